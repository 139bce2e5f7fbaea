/** Timers that repeat. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const delayed: readonly ApiName[] = ['debounce', 'throttle'].flatMap((name) => [
  ...['lodash', 'lodash-es', 'underscore', 'throttle-debounce', 'radash', 'es-toolkit', 'perfect-debounce'].map(
    (module) => ({ module, name }),
  ),
  ...['lodash', 'lodash-es'].map((module) => ({ module: `${module}/${name}`, name: 'default' })),
  { module: `lodash.${name}`, name: 'default' },
  { module: name, name: 'default' },
  { module: name, name },
]);

export const timerKinds: readonly ResourceKind[] = [
  {
    id: 'listener/interval',
    family: 'listener',
    noun: 'interval',
    title: 'Interval is never cleared',
    participle: 'cleared',
    severity: 'high',
    words: ['setInterval'],
    acquire: [{ form: 'call', callee: [{ name: 'setInterval' }, { module: 'timers', name: 'setInterval' }] }],
    release: [
      {
        form: 'call',
        callee: [
          { name: 'clearInterval' },
          { name: 'clearTimeout' },
          { module: 'timers', name: 'clearInterval' },
          { module: 'timers', name: 'clearTimeout' },
        ],
        argument: 0,
        ignoresMissing: true,
      },
      { form: 'method', method: ['close', '[Symbol.dispose]'] },
    ],
    heldBy: 'runtime',
    mostlyLasting: { work: 0 },
    endedHere: true,
    exits: 'likely',
    fluent: ['unref', 'ref'],
    replaceable: true,
    documentation: {
      what: 'An interval that starts each time a function, instance or component runs, and that nothing clears.',
      why: 'The runtime keeps the timer, its callback and all that the callback captures until it is cleared; each run adds one more that ticks for ever.',
      leaking: 'export function watchPrices(update) {\n  setInterval(update, 1000);\n}',
      safe: 'export function watchPrices(update) {\n  const timer = setInterval(update, 1000);\n  return () => clearInterval(timer);\n}',
      releases: [
        '`clearInterval` (or `clearTimeout`) of the stored id in any teardown',
        'a returned function that clears it',
        'the callback that clears its own interval',
        'ids kept in a collection that a teardown iterates',
      ],
    },
  },
  {
    id: 'listener/debounce-not-cancelled',
    family: 'listener',
    noun: 'delayed function',
    title: 'Delayed function is not cancelled when its owner is torn down',
    participle: 'cancelled',
    severity: 'low',
    words: ['debounce', 'throttle'],
    acquire: [{ form: 'call', callee: delayed }],
    release: [{ form: 'method', method: ['cancel', 'flush', 'clear'] }],
    heldBy: 'runtime',
    perInstance: true,
    onlyForgotten: true,
    sinks: {
      methods: ['addEventListener', 'removeEventListener', 'on', 'off', 'addListener', 'removeListener', 'observe'],
    },
    documentation: {
      what: 'A debounced or throttled function in a field of a class whose teardown does not cancel it.',
      why: 'A call that still waits runs after the teardown, on what is gone, and keeps it until then.',
      leaking:
        "import { debounce } from 'lodash';\nexport class Search {\n  query = debounce(() => this.run(), 300);\n  run() {}\n  dispose() {\n    this.run();\n  }\n}",
      safe: "import { debounce } from 'lodash';\nexport class Search {\n  query = debounce(() => this.run(), 300);\n  run() {}\n  dispose() {\n    this.query.cancel();\n  }\n}",
      releases: ['`cancel()`, `flush()` or `clear()` in the teardown'],
    },
  },
];
