/** Listeners on windows, documents and other event targets; observers of the browser. */

import type { ApiName } from './apiTypes';
import { withArticleFirst } from './articles';
import type { ResourceKind } from './model';

const observer = (name: string, type: string, watches: string, stands: readonly ApiName[] = []): ResourceKind => ({
  id: `listener/${name}`,
  family: 'listener',
  noun: type,
  title: `${type} is never disconnected`,
  participle: 'disconnected',
  severity: 'high',
  words: [type],
  acquire: [{ form: 'new', callee: [{ name: type }, ...stands], activatedBy: ['observe'] }],
  release: [{ form: 'method', method: ['disconnect', 'unobserve'] }],
  heldBy: 'receiver',
  documentation: {
    what: `${withArticleFirst(type, `\`${type}\``)} that starts to observe each time its component, instance or function runs and is never disconnected.`,
    why: `The browser keeps an observer, its callback and all that the callback captures for as long as ${watches}.`,
    leaking: `class Panel {\n  constructor(el) {\n    this.observer = new ${type}(() => this.update());\n    this.observer.observe(el);\n  }\n  destroy() {\n    this.ended = true;\n  }\n}`,
    safe: `class Panel {\n  constructor(el) {\n    this.observer = new ${type}(() => this.update());\n    this.observer.observe(el);\n  }\n  destroy() {\n    this.observer.disconnect();\n  }\n}`,
    releases: [
      '`observer.disconnect()`',
      '`observer.unobserve(target)`',
      'disconnecting through the callback’s second parameter',
      'a stored observer that a teardown iterates and disconnects',
    ],
  },
});

export const domKinds: readonly ResourceKind[] = [
  {
    id: 'listener/media-query-list',
    family: 'listener',
    noun: 'media query listener',
    title: 'Listener on a media query is never removed',
    participle: 'removed',
    severity: 'high',
    words: ['matchMedia', 'MediaQueryList'],
    acquire: [
      {
        form: 'registration',
        on: ['media-query-list'],
        method: ['addEventListener'],
        identity: { event: 0, handler: 1, capture: 2, options: 2 },
      },
      { form: 'registration', on: ['media-query-list'], method: ['addListener'], identity: { handler: 0 } },
    ],
    release: [
      { form: 'removal', method: ['removeEventListener'], identity: { event: 0, handler: 1, capture: 2 } },
      { form: 'removal', method: ['removeListener'], identity: { handler: 0 } },
    ],
    heldBy: 'receiver',
    documentation: {
      what: 'A listener for changes of a media query, added each time a component, instance or function runs, without a removal from the same object.',
      why: 'The page keeps a query that has listeners. Each call of `matchMedia` makes another object: a removal from a second one removes nothing.',
      leaking:
        "export class Theme {\n  constructor() {\n    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.apply);\n  }\n  destroy() {\n    window.matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.apply);\n  }\n}",
      safe: "export class Theme {\n  query = window.matchMedia('(prefers-color-scheme: dark)');\n  constructor() {\n    this.query.addEventListener('change', this.apply);\n  }\n  destroy() {\n    this.query.removeEventListener('change', this.apply);\n  }\n}",
      releases: [
        'a removal from the same object',
        '`{ signal }` of a controller that somebody aborts',
        '`{ once: true }`',
      ],
    },
  },
  {
    id: 'listener/dom-event-listener',
    family: 'listener',
    noun: 'DOM listener',
    title: 'Event listener on a long-lived target is never removed',
    participle: 'removed',
    severity: 'high',
    words: ['addEventListener'],
    acquire: [
      {
        form: 'registration',
        on: ['event-target'],
        method: ['addEventListener'],
        identity: { event: 0, handler: 1, capture: 2, options: 2 },
        untyped: 'name',
        oneShotEvents: ['DOMContentLoaded', 'load', 'beforeunload', 'unload', 'pagehide'],
        lastEvents: ['beforeunload', 'unload', 'pagehide'],
      },
    ],
    release: [{ form: 'removal', method: ['removeEventListener'], identity: { event: 0, handler: 1, capture: 2 } }],
    heldBy: 'receiver',
    documentation: {
      what: 'A listener added to `window`, `document` or another target that outlives the code that adds it, in code that can run again, without a removal that matches.',
      why: 'The target keeps the handler, and the handler keeps everything it captures. Each run adds one more.',
      leaking: "class Panel {\n  constructor() {\n    window.addEventListener('resize', () => this.layout());\n  }\n}",
      safe: "class Panel {\n  onResize = () => this.layout();\n  constructor() {\n    window.addEventListener('resize', this.onResize);\n  }\n  destroy() {\n    window.removeEventListener('resize', this.onResize);\n  }\n}",
      releases: [
        '`removeEventListener` with the same target, event, function and capture flag',
        '`{ once: true }`',
        '`{ signal }` of a controller that somebody aborts',
        'a returned clean-up function',
        'a target that dies with its owner',
      ],
    },
  },
  observer('resize-observer', 'ResizeObserver', 'an observed element is in the document', [
    { module: 'resize-observer-polyfill', name: 'default' },
    { module: '@juggle/resize-observer', name: 'ResizeObserver' },
  ]),
  observer('intersection-observer', 'IntersectionObserver', 'an observed element is in the document'),
  observer('mutation-observer', 'MutationObserver', 'an observed node lives'),
  observer('performance-observer', 'PerformanceObserver', 'the page lives'),
  observer('reporting-observer', 'ReportingObserver', 'the page lives'),
];
