import { samples } from '../expectLeaks';

samples(
  'listener/vscode-event-dropped',
  [
    {
      name: 'an event in a method that repeats',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  show() {\n    vscode.window.onDidChangeActiveTextEditor(() => this.render()); // leak listener/vscode-event-dropped\n  }\n  render() {}\n}`,
    },
    {
      name: 'a teardown that forgets the disposable',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  private sub?: vscode.Disposable;\n  constructor() {\n    this.sub = vscode.workspace.onDidSaveTextDocument(() => {}); // leak listener/disposable-not-registered\n  }\n  dispose() {\n    console.log('x');\n  }\n}`,
    },
    {
      name: 'what is made with three arguments or more',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  private readonly item = vscode.window.createStatusBarItem('a', vscode.StatusBarAlignment.Left, 1); // leak listener/disposable-not-registered\n  private readonly files = vscode.workspace.createFileSystemWatcher('*.ts', false, true, false); // leak listener/disposable-not-registered\n  private title = '';\n  draw() {\n    this.item.text = this.title;\n    this.files.onDidCreate(() => {}, this, this.rest);\n  }\n  dispose() {\n    this.title = '';\n  }\n}`,
    },
    {
      name: 'an event of an injected service',
      code: `export class View {\n  constructor(private readonly service: Service) {\n    this.service.onDidChange(() => this.draw()); // leak listener/vscode-event-dropped\n  }\n  draw() {}\n  dispose() {\n    this.draw();\n  }\n}`,
    },
  ],
  [
    {
      name: 'subscriptions',
      code: `import * as vscode from 'vscode';\nexport function activate(context: vscode.ExtensionContext) { context.subscriptions.push(vscode.commands.registerCommand('a', () => {})); }`,
    },
    {
      name: 'dropped in activate',
      code: `import * as vscode from 'vscode';\nexport function activate() { vscode.commands.registerCommand('a', () => {}); }`,
    },
    {
      name: 'what is made with three arguments or more, and disposed',
      code: `import * as vscode from 'vscode';\nexport class Panel {\n  private readonly item = vscode.window.createStatusBarItem('a', vscode.StatusBarAlignment.Left, 1);\n  private title = '';\n  draw() {\n    this.item.text = this.title;\n  }\n  dispose() {\n    if (this.title) this.title = '';\n    this.item.dispose();\n  }\n}`,
    },
    {
      name: 'the third argument',
      code: `import * as vscode from 'vscode';\nexport class P { private d: vscode.Disposable[] = []; show() { vscode.window.onDidChangeActiveTextEditor(() => {}, this, this.d); } }`,
    },
    {
      name: '_register',
      code: `export class V extends Disposable { constructor(private s: Service) { super(); this._register(this.s.onDidChange(() => {})); } }`,
    },
    {
      name: 'an owner collection',
      code: `export class V { private toDispose = new DisposableCollection(); constructor(private s: Service) { this.toDispose.push(this.s.onDidChange(() => {})); } dispose() { this.toDispose.dispose(); } }`,
    },
    {
      name: 'returned',
      code: `import * as vscode from 'vscode';\nexport function watch() { return vscode.workspace.onDidChangeTextDocument(() => {}); }`,
    },
    {
      name: 'its own emitter',
      code: `export class V { private model = new Model(); constructor() { this.model.onDidChange(() => {}); } dispose() { console.log(1); } }`,
    },
  ],
);

const activate = (body: string): string =>
  `import * as vscode from 'vscode';\nexport function activate(context: vscode.ExtensionContext) {\n  ${body}\n}\nfunction update() {}`;

samples(
  'registrations of an extension that its context is not given',
  [
    {
      name: 'a dropped provider',
      code: activate(
        `vscode.languages.registerHoverProvider('text', { provideHover: update }); // leak listener/vscode-event-dropped`,
      ),
    },
    {
      name: 'a dropped event',
      code: activate(
        `vscode.workspace.onDidChangeConfiguration(() => update()); // leak listener/vscode-event-dropped`,
      ),
    },
    {
      name: 'one of two, in JavaScript',
      path: 'src/extension.js',
      code: `const vscode = require('vscode');
function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('a', run));
  vscode.commands.registerCommand('b', run); // leak listener/vscode-event-dropped
}
function run() {}
module.exports = { activate };`,
    },
  ],
  [
    {
      name: 'given to the context',
      code: activate(`context.subscriptions.push(vscode.workspace.onDidChangeConfiguration(() => update()));`),
    },
    {
      name: 'given as the third argument',
      code: activate(`vscode.workspace.onDidChangeConfiguration(() => update(), undefined, context.subscriptions);`),
    },
    {
      name: 'kept in a variable that is given',
      code: activate(
        `const one = vscode.languages.registerHoverProvider('text', { provideHover: update });\n  context.subscriptions.push(one);`,
      ),
    },
    {
      name: 'no owner at hand',
      code: `import * as vscode from 'vscode';\nexport function activate() {\n  vscode.workspace.onDidChangeConfiguration(() => update());\n}\nfunction update() {}`,
    },
  ],
);

const kernels = (parameter: string, given: string): string => `import { onDidSelectKernel } from './kernels';
export class Picker {
  private readonly disposables: { dispose(): void }[] = [];
  constructor(private readonly bar: { dispose(): void }) {}
  pick(${parameter}) {
    onDidSelectKernel(${given});MARK
  }
  dispose() {
    this.bar.dispose();
  }
}`;

samples(
  'imported functions that are named like an event',
  [
    {
      name: 'are given a handler',
      code: kernels('name: string', '() => console.log(name)').replace(
        'MARK',
        ' // leak listener/vscode-event-dropped',
      ),
    },
    {
      name: 'are given a handler of the caller',
      code: kernels('handler: SelectionHandler', 'handler').replace('MARK', ' // leak listener/vscode-event-dropped'),
    },
    {
      name: 'are given a handler that is called elsewhere, too',
      code: kernels('run', 'run')
        .replace('MARK', ' // leak listener/vscode-event-dropped')
        .replace('}\n  dispose', '  run.call(this);\n  }\n  dispose'),
    },
    ...[
      ['a type of the file that is a function', 'type Pick = (kernel: string) => void;'],
      ['an interface of the file that can be called', 'interface Pick { (kernel: string): void }'],
      ['a function type or nothing', 'type Heard = (kernel: string) => void;\ntype Pick = Heard | undefined;'],
    ].map(([name = '', declared = '']) => ({
      name: `are given a handler of ${name}`,
      code: `${declared}\n${kernels('picked: Pick', 'picked').replace('MARK', ' // leak listener/vscode-event-dropped')}`,
    })),
    ...['Subscriber<string>', 'KernelCb', 'OnKernel', 'Dispatch<string>'].map((type) => ({
      name: `are given a handler by the name of its type: ${type}`,
      code: kernels(`picked: ${type}`, 'picked').replace('MARK', ' // leak listener/vscode-event-dropped'),
    })),
    ...['run.cancel();', 'run.flush();', 'run.calls = 0;', "run.displayName = 'run';"].map((use) => ({
      name: `are given a handler that waits or carries a note: ${use}`,
      code: kernels('run', 'run').replace('MARK', ` // leak listener/vscode-event-dropped\n    ${use}`),
    })),
  ],
  [
    { name: 'are told of a thing', code: kernels('notebook: Notebook', 'notebook').replace('MARK', '') },
    {
      name: 'are told of what has members',
      code: kernels('notebook', 'notebook').replace('MARK', '\n    notebook.save();'),
    },
    ...[
      'class Notebook { save() {} }',
      'interface Notebook { readonly path: string }',
      'type Notebook = { readonly path: string };',
    ].map((declared) => ({
      name: `are told of a thing of this file: ${declared}`,
      code: `${declared}\n${kernels('notebook: Notebook', 'notebook').replace('MARK', '')}`,
    })),
    { name: 'are told of a name', code: kernels('', "'python'").replace('MARK', '') },
  ],
);
