/** Locks, semaphores and mutexes. */

import type { TypeEntry } from './apiTypes';
import type { ResourceKind } from './model';

export const lockTypes: readonly TypeEntry[] = [
  {
    id: 'mutex',
    names: [
      { module: 'async-mutex', name: 'Mutex' },
      { module: 'await-lock', name: 'default' },
    ],
  },
];

export const lockKinds: readonly ResourceKind[] = [
  {
    id: 'handle/lock-release-skipped',
    family: 'handle',
    noun: 'lock',
    title: 'Lock is not released on every way out',
    severity: 'high',
    words: ['async-mutex', 'proper-lockfile', 'redlock', '.acquire(', '.lock('],
    acquire: [
      { form: 'method', on: ['mutex'], method: ['acquire'], promise: true },
      // `unlock(file)` names what is locked: who drops the result gives it back by that.
      { form: 'call', callee: [{ module: 'proper-lockfile', name: 'lock' }], promise: true, givenBackBy: 'unlock' },
      { form: 'call', callee: [{ module: 'proper-lockfile', name: 'lockSync' }], givenBackBy: 'unlock' },
      { form: 'method', on: [], method: ['acquire', 'lock'], promise: true, untyped: true },
    ],
    release: [
      { form: 'invoked' },
      { form: 'method', method: ['release', 'unlock'] },
      // The lock itself gives back what was taken last.
      { form: 'whole', method: ['release', 'unlock'] },
    ],
    heldBy: 'runtime',
    othersWait: true,
    pathSensitive: true,
    documentation: {
      what: 'A lock that is taken and, on some way out of the function, not given back.',
      why: 'Everyone who waits for it waits for ever.',
      leaking:
        "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function save(file) {\n  const release = await mutex.acquire();\n  await file.write();\n  release();\n}",
      safe: "import { Mutex } from 'async-mutex';\nconst mutex = new Mutex();\nexport async function save(file) {\n  const release = await mutex.acquire();\n  try {\n    await file.write();\n  } finally {\n    release();\n  }\n}",
      releases: ['the release function, or `release()`, in `finally`', '`mutex.runExclusive()`'],
    },
  },
  {
    id: 'handle/bracket-left-open',
    family: 'handle',
    noun: 'bracket',
    title: 'What is begun stays begun when something throws in between',
    severity: 'medium',
    words: ['End(', 'endBatch', 'unlock(', '.resume(', '.unblock(', '.release(', '.leave(', '.giveBack('],
    // A count that goes both ways; a line of dashes, as many headers have, is none.
    patterns: [
      [/[\w\])]--(?:;|\s*$)|^\s*--[\w#]/m, /\+\+/],
      [/-= 1\b/, /\+= 1\b/],
      [/\bpop[A-Z]\w*\(/, /\bpush[A-Z]\w*\(/],
      [/\.pop\(\)/, /\.push\(/],
    ],
    acquire: [],
    release: [],
    brackets: true,
    heldBy: 'runtime',
    productionOnly: true,
    documentation: {
      what: 'A count that is raised and lowered again, or two calls like `startBatch()` and `endBatch()`, with a function of the caller (or, of a count, an `await`) between them, and no `finally`.',
      why: 'When that throws or rejects, the second one never comes: the batch stays open and collects for ever, the count stays up and its limit is reached some day.',
      leaking:
        'export class Queue {\n  private depth = 0;\n  batch(work: () => void) {\n    this.depth++;\n    work();\n    this.depth--;\n  }\n}',
      safe: 'export class Queue {\n  private depth = 0;\n  batch(work: () => void) {\n    this.depth++;\n    try {\n      work();\n    } finally {\n      this.depth--;\n    }\n  }\n}',
      releases: ['the second one in `finally`'],
    },
  },
];
