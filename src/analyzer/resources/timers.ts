/** Timers that repeat. */
import type { ResourceKind } from './model';

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
    fluent: ['unref', 'ref'],
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
];
