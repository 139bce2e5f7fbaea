/** Disposables of the VS Code API. */
import type { ResourceKind } from './model';

/** The module of the API, as an import names it. */
export const vscodeModule: readonly string[] = ["'vscode'", '"vscode"'];

/** `onDidChange(…)`, `onWillSave?.(…)`, `(onDidClose as Event)(…)`: an event is called, not only declared or handed on. */
export const calledEvents: readonly (readonly RegExp[])[] = [
  [/\bon(?:Did|Will)\w*(?:\s|\/\*[^*]*\*\/)*(?:[(<!)]|\?\.|as\b|satisfies\b)/],
];

export const vscodeKinds: readonly ResourceKind[] = [
  {
    id: 'listener/vscode-event-dropped',
    family: 'listener',
    noun: 'disposable',
    title: 'Disposable of the VS Code API is dropped',
    participle: 'disposed',
    severity: 'medium',
    words: [...vscodeModule, '.event('],
    patterns: calledEvents,
    acquire: [
      // The third argument of an event is the collection that owns the disposable, of a command its `this`.
      {
        form: 'call',
        ownerArgument: 2,
        callee: [
          'window.onDid*',
          'window.onWill*',
          'workspace.onDid*',
          'workspace.onWill*',
          'languages.onDid*',
          'debug.onDid*',
          'extensions.onDidChange',
          'tasks.onDid*',
          'env.onDid*',
          'authentication.onDid*',
          'commands.register*',
        ].map((name) => ({ module: 'vscode', name })),
      },
      {
        form: 'call',
        callee: [
          'languages.register*',
          'languages.createDiagnosticCollection',
          'languages.createLanguageStatusItem',
          'scm.createSourceControl',
          'comments.createCommentController',
          'tests.createTestController',
          'notebooks.createNotebookController',
          'window.register*',
          'workspace.register*',
          'window.createOutputChannel',
          'window.createStatusBarItem',
          'window.createTextEditorDecorationType',
          'window.createTreeView',
          'workspace.createFileSystemWatcher',
          'debug.register*',
          'tasks.register*',
        ].map((name) => ({ module: 'vscode', name })),
      },
      // `onDidClose(handler)`: an event that a module of the extension exports
      { form: 'call', ownerArgument: 2, callee: ['onDid*', 'onWill*'].map((name) => ({ module: '*', name })) },
      // `service.onDidChange(handler)`; a third argument is the collection that owns the disposable
      { form: 'distinctive', method: ['onDid*', 'onWill*', 'event'], minArguments: 1, maxArguments: 2 },
    ],
    type: { module: 'vscode', name: 'Disposable' },
    release: [{ form: 'method', method: ['dispose', '[Symbol.dispose]'] }],
    heldBy: 'receiver',
    keptAs: 'listener/disposable-not-registered',
    overwrittenAs: 'listener/disposable-overwritten',
    repeatedAs: 'listener/vscode-repeated-registration',
    documentation: {
      what: 'The disposable of an event subscription or registration is dropped or kept in a field that no teardown disposes, in code that runs more than once.',
      why: 'The editor keeps the handler until the disposable is disposed or the extension host ends.',
      leaking: 'class Panel {\n  show() {\n    vscode.window.onDidChangeActiveTextEditor(() => this.render());\n  }\n}',
      safe: 'class Panel {\n  constructor(subscriptions) {\n    subscriptions.push(vscode.window.onDidChangeActiveTextEditor(() => this.render()));\n  }\n}',
      releases: [
        'pushed to `context.subscriptions` or another owner',
        '`dispose()` in a teardown',
        'returned to the caller',
        'the third parameter of an event (`disposables`)',
      ],
    },
  },
];
