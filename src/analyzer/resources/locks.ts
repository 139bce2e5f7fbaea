/** Locks, semaphores and mutexes. */
import type { ResourceKind, TypeEntry } from './model';

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
      { form: 'call', callee: [{ module: 'proper-lockfile', name: 'lock' }], promise: true },
      { form: 'call', callee: [{ module: 'proper-lockfile', name: 'lockSync' }] },
      { form: 'method', on: [], method: ['acquire', 'lock'], promise: true, untyped: true },
    ],
    release: [{ form: 'invoked' }, { form: 'method', method: ['release', 'unlock'] }],
    heldBy: 'runtime',
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
];
