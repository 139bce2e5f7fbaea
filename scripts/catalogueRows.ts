/** Rows of the leak reference that have no kind of their own: which kind reports them, or why nothing does. */

export interface Row {
  readonly row: string;
  readonly by: string | undefined;
  readonly how: string;
}

const scope = (row: string, by: string, where: string): Row => ({
  row,
  by,
  how: `the owner is the ${where}; the finding names it`,
});

export const rows: readonly Row[] = [
  scope('listener/dom-event-listener-in-effect', 'listener/dom-event-listener', 'effect'),
  scope('listener/dom-event-listener-in-class', 'listener/dom-event-listener', 'instance'),
  {
    row: 'listener/process-on',
    by: 'listener/emitter-on',
    how: '`process` is an emitter that lives as long as the process',
  },
  {
    row: 'listener/abort-controller-never-aborted',
    by: 'listener/dom-event-listener',
    how: 'a signal of a controller that nobody aborts is no release',
  },
  {
    row: 'listener/remove-different-function',
    by: 'listener/dom-event-listener',
    how: 'mechanism `release-never-matches`; `listener/emitter-on` for emitters',
  },
  {
    row: 'listener/remove-capture-mismatch',
    by: 'listener/dom-event-listener',
    how: 'mechanism `release-never-matches`',
  },
  {
    row: 'listener/remove-event-mismatch',
    by: 'listener/emitter-on',
    how: 'mechanism `release-never-matches`; `listener/dom-event-listener` for event targets',
  },
  {
    row: 'listener/remove-target-mismatch',
    by: 'listener/dom-event-listener',
    how: 'mechanism `release-never-matches`',
  },
  { row: 'listener/teardown-adds-again', by: 'listener/dom-event-listener', how: 'mechanism `release-never-matches`' },
  {
    row: 'listener/disposer-never-called',
    by: 'listener/store-subscribe-in-effect',
    how: 'the returned function is kept and never called',
  },
  scope('listener/interval-in-effect', 'listener/interval', 'effect'),
  scope('listener/interval-in-class', 'listener/interval', 'instance'),
  { row: 'listener/timer-overwritten', by: 'listener/interval', how: 'mechanism `overwritten-before-release`' },
  scope('listener/resize-observer-in-effect', 'listener/resize-observer', 'effect'),
  scope('listener/intersection-observer-in-effect', 'listener/intersection-observer', 'effect'),
  scope('listener/mutation-observer-in-effect', 'listener/mutation-observer', 'effect'),
  scope('listener/performance-observer-in-effect', 'listener/performance-observer', 'effect'),
  scope('listener/observer-in-class', 'listener/resize-observer', 'instance'),
  scope('listener/react-class-unmount', 'listener/dom-event-listener', 'component'),
  scope('listener/react-class-partial-teardown', 'listener/dom-event-listener', 'component'),
  scope('listener/react-render-body', 'listener/dom-event-listener', 'render, which is hot'),
  scope('listener/react-ref-callback', 'listener/dom-event-listener', 'ref callback'),
  scope('listener/vue-lifecycle', 'listener/dom-event-listener', 'component or composable'),
  scope('listener/angular-lifecycle', 'listener/dom-event-listener', 'component'),
  scope('listener/svelte-lifecycle', 'listener/dom-event-listener', 'component'),
  scope('listener/solid-effect', 'listener/dom-event-listener', 'effect'),
  scope('listener/web-component', 'listener/dom-event-listener', 'element'),
  scope('listener/lit-controller', 'listener/dom-event-listener', 'controller'),
  scope('handle/websocket-in-effect', 'handle/websocket', 'effect'),
  {
    row: 'handle/exit-early-return',
    by: 'handle/fs-descriptor',
    how: 'every path-sensitive kind: mechanism `error-or-early-exit-path`',
  },
  {
    row: 'handle/exit-throw',
    by: 'handle/fs-filehandle',
    how: 'every path-sensitive kind: mechanism `error-or-early-exit-path`',
  },
  {
    row: 'handle/open-then-setup-throws',
    by: 'handle/fs-filehandle',
    how: 'every path-sensitive kind, by the call that throws',
  },
  { row: 'handle/pg-release-on-throw', by: 'handle/pg-pool-client', how: 'mechanism `error-or-early-exit-path`' },
  { row: 'handle/disposable-dropped', by: 'handle/disposable-not-disposed', how: 'the result is dropped' },
  {
    row: 'handle/obtained-after-dispose',
    by: 'listener/subscribed-after-dispose',
    how: 'where a clean-up is handed back, or the class keeps a flag of its end',
  },
  {
    row: 'cache/intern-table',
    by: 'cache/record-only-grows',
    how: 'a table keyed by input; `cache/map-without-eviction` for maps',
  },
];

export const notJudged: readonly { readonly row: string; readonly why: string }[] = [
  {
    row: 'handle/fetch-body',
    why: 'Weight LOW by the reference; the runtimes free an unread body when it is collected, and most code reads it conditionally.',
  },
  {
    row: 'handle/request-not-aborted',
    why: 'Weight LOW by the reference; a request ends by itself, and only its size and the network say when.',
  },
  {
    row: 'cache/closure-pins-large-value',
    why: 'Undecidable from source: how large a captured value is shows only when the program runs.',
  },
];
