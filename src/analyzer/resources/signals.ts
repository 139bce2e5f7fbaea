/** Abort signals and controllers. */

import type { TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

export const signalTypes: readonly TypeEntry[] = [];

export const signalKinds: readonly ResourceKind[] = [
  {
    id: 'listener/abort-on-caller-signal',
    family: 'listener',
    noun: 'abort listener',
    title: 'Abort listener stays on the caller’s signal when the work is done',
    participle: 'removed',
    severity: 'medium',
    words: ["'abort'", '"abort"', '`abort`', 'onCancellationRequested', 'addAbortListener('],
    acquire: [
      {
        form: 'registration',
        on: ['abort-signal'],
        named: ['signal'],
        method: ['addEventListener'],
        identity: { event: 0, handler: 1, capture: 2, options: 2 },
        events: ['abort'],
        givesUp: true,
      },
      {
        form: 'registration',
        on: [],
        named: ['token'],
        method: ['onCancellationRequested'],
        identity: { handler: 0 },
        givesUp: true,
        disposable: true,
      },
      // Gives a disposable (Node.js) or a function that removes it; whoever drops that cannot.
      { form: 'call', callee: [{ module: '*', name: 'addAbortListener' }] },
    ],
    release: [
      { form: 'removal', method: ['removeEventListener'], identity: { event: 0, handler: 1, capture: 2 } },
      { form: 'method', method: ['[Symbol.dispose]', 'dispose'] },
      { form: 'invoked' },
    ],
    heldBy: 'receiver',
    documentation: {
      what: 'A function that is given a signal listens for `abort`, and leaves the listener there when its work ends without an abort.',
      why: 'A caller may use one signal for many calls, or for the life of the program. Each call that ends well leaves a listener and all that it captures; `{ once: true }` does not help, since the event never comes.',
      leaking:
        "export function delay(ms, signal) {\n  return new Promise((resolve, reject) => {\n    const timer = setTimeout(resolve, ms);\n    signal.addEventListener('abort', () => {\n      clearTimeout(timer);\n      reject(signal.reason);\n    }, { once: true });\n  });\n}\nexport async function poll(check, signal) {\n  while (!(await check())) await delay(1000, signal);\n}",
      safe: "export function delay(ms, signal) {\n  return new Promise((resolve, reject) => {\n    const onAbort = () => {\n      clearTimeout(timer);\n      reject(signal.reason);\n    };\n    const timer = setTimeout(() => {\n      signal.removeEventListener('abort', onAbort);\n      resolve();\n    }, ms);\n    signal.addEventListener('abort', onAbort, { once: true });\n  });\n}",
      releases: [
        '`removeEventListener` on every way in which the work ends',
        '`{ signal }` of a controller that is aborted when the work ends',
        'a signal made for this one call',
      ],
    },
  },
];
