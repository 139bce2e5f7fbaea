/** Files of Node: descriptors, file handles and watchers. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

/** The same names in `fs` and its drop-in replacements. */
const inFs = (...names: readonly string[]): readonly ApiName[] =>
  ['fs', 'graceful-fs', 'fs-extra', 'original-fs', '~/fs'].flatMap((module) => names.map((name) => ({ module, name })));

/** Ends of the specifiers that import it: its calls have names too common to search for. */
const fsWords = ["fs'", 'fs"', "fs.js'", 'fs.js"', "fs-extra'", 'fs-extra"'];

const readers = [
  'read',
  'readv',
  'write',
  'writev',
  'fstat',
  'fsync',
  'fdatasync',
  'ftruncate',
  'futimes',
  'fchmod',
  'fchown',
  'readFile',
  'writeFile',
  'appendFile',
];

export const nodeFsKinds: readonly ResourceKind[] = [
  {
    id: 'handle/fs-filehandle',
    family: 'handle',
    noun: 'file handle',
    title: 'File handle is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['promises'],
    acquire: [
      {
        form: 'call',
        callee: [
          { module: 'fs/promises', name: 'open' },
          { module: 'graceful-fs', name: 'promises.open' },
          { module: 'fs-extra', name: 'promises.open' },
        ],
        promise: true,
      },
    ],
    release: [
      // A stream made from the handle closes it at its end.
      {
        form: 'method',
        method: [
          'close',
          'createReadStream',
          'createWriteStream',
          'readLines',
          'readableWebStream',
          '[Symbol.asyncDispose]',
        ],
      },
    ],
    heldBy: 'runtime',
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'every',
    collected: true,
    documentation: {
      what: 'A `FileHandle` of `fs.promises.open` that is not closed on some way out of the function.',
      why: 'The operating system keeps the file open; a process has a limited number of descriptors, and closing during garbage collection is deprecated and ends in an error.',
      leaking:
        "import { open } from 'node:fs/promises';\nexport async function readHeader(path) {\n  const file = await open(path);\n  const { buffer } = await file.read({ length: 16 });\n  await file.close();\n  return buffer;\n}",
      safe: "import { open } from 'node:fs/promises';\nexport async function readHeader(path) {\n  const file = await open(path);\n  try {\n    return (await file.read({ length: 16 })).buffer;\n  } finally {\n    await file.close();\n  }\n}",
      releases: [
        '`await file.close()` on every way out, best in `finally`',
        '`await using file = await open(path)`',
        'a stream made from it, which closes it at its end',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/fs-descriptor',
    family: 'handle',
    noun: 'file descriptor',
    title: 'File descriptor is not closed',
    participle: 'closed',
    severity: 'high',
    words: fsWords,
    acquire: [
      { form: 'call', callee: inFs('openSync') },
      { form: 'callback', callee: inFs('open'), parameter: 1 },
      { form: 'call', callee: [{ module: 'fs-extra', name: 'open' }], promise: true },
    ],
    release: [{ form: 'call', callee: inFs('close', 'closeSync'), argument: 0 }],
    readers: [
      ...inFs(...readers, ...readers.map((name) => `${name}Sync`)),
      // A child gets its own copy of a descriptor in `stdio`.
      ...['spawn', 'spawnSync', 'fork', 'execFile', 'execFileSync'].map((name) => ({ module: 'child_process', name })),
    ],
    launchedBy: 'detached',
    heldBy: 'runtime',
    afterRelease: { twice: 'handle/double-close' },
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'every',
    documentation: {
      what: 'A descriptor of `fs.open` or `fs.openSync` that is not closed on some way out of the function.',
      why: 'Nothing closes a descriptor but `close`: not garbage collection, not an exception. A process that runs out of descriptors can open no file and accept no connection.',
      leaking:
        "import fs from 'node:fs';\nexport function readConfig(path) {\n  const fd = fs.openSync(path, 'r');\n  const config = JSON.parse(fs.readFileSync(fd, 'utf8'));\n  fs.closeSync(fd);\n  return config;\n}",
      safe: "import fs from 'node:fs';\nexport function readConfig(path) {\n  const fd = fs.openSync(path, 'r');\n  try {\n    return JSON.parse(fs.readFileSync(fd, 'utf8'));\n  } finally {\n    fs.closeSync(fd);\n  }\n}",
      releases: [
        '`fs.closeSync(fd)` or `fs.close(fd, …)` on every way out, best in `finally`',
        'a stream over the descriptor (`{ fd }`), which closes it',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/fs-watch',
    family: 'handle',
    noun: 'file watcher',
    title: 'File watcher is never closed',
    participle: 'closed',
    severity: 'high',
    words: fsWords,
    acquire: [{ form: 'call', callee: inFs('watch') }],
    release: [{ form: 'method', method: ['close', '[Symbol.dispose]', '[Symbol.asyncDispose]'] }],
    endingOptions: ['signal'],
    besideWithout: 'persistent',
    heldBy: 'runtime',
    fluent: ['on', 'once', 'addListener', 'unref', 'ref', 'setMaxListeners'],
    pathSensitive: true,
    exits: 'never',
    documentation: {
      what: 'A watcher of `fs.watch` that starts each time a function runs and that nothing closes.',
      why: 'The operating system keeps the watch and calls the listener until the watcher is closed; the number of watches is limited.',
      leaking: "import fs from 'node:fs';\nexport function onChange(path, update) {\n  fs.watch(path, update);\n}",
      safe: "import fs from 'node:fs';\nexport function onChange(path, update) {\n  const watcher = fs.watch(path, update);\n  return () => watcher.close();\n}",
      releases: ['`watcher.close()`', 'the `signal` option', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/chokidar-watcher',
    family: 'handle',
    noun: 'file watcher',
    title: 'Chokidar watcher is never closed',
    participle: 'closed',
    severity: 'high',
    words: ['chokidar'],
    acquire: [
      {
        form: 'call',
        callee: [
          { module: 'chokidar', name: 'watch' },
          { module: 'chokidar', name: 'default.watch' },
        ],
      },
      { form: 'new', callee: [{ module: 'chokidar', name: 'FSWatcher' }] },
    ],
    release: [{ form: 'method', method: ['close', '[Symbol.asyncDispose]'] }],
    besideWithout: 'persistent',
    heldBy: 'runtime',
    fluent: ['on', 'once', 'addListener', 'add', 'unwatch', 'unref', 'ref', 'setMaxListeners', 'off', 'removeListener'],
    pathSensitive: true,
    exits: 'never',
    documentation: {
      what: 'A chokidar watcher that starts each time a function runs and that nothing closes.',
      why: 'It holds one watch of the operating system per file or folder and calls its listeners until it is closed.',
      leaking:
        "import chokidar from 'chokidar';\nexport function onChange(path, update) {\n  chokidar.watch(path).on('change', update);\n}",
      safe: "import chokidar from 'chokidar';\nexport function onChange(path, update) {\n  const watcher = chokidar.watch(path).on('change', update);\n  return () => watcher.close();\n}",
      releases: ['`await watcher.close()`', 'returned or handed to another owner'],
    },
  },
];
