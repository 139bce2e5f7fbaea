/** Resources of libraries that the catalogue does not know: by the words of the function that opens and closes them. */
import type { ResourceKind } from './model';

/** Words for taking something that must be given back. */
const opening = [
  'open*',
  'connect*',
  'acquire*',
  'checkout*',
  'launch*',
  'borrow*',
  'createConnection*',
  'createClient*',
  'createSession*',
  'createChannel*',
  'createPool*',
  'createContext*',
  'createInstance*',
  'getConnection*',
  'getClient*',
  'getChannel*',
  'getSession*',
  'startSession*',
  'newSession*',
  'newContext*',
  'newPage*',
];

/** Words for making or taking anything: only where the variable itself is then closed, or given back. */
const taking = [
  'create*',
  'take*',
  'lease*',
  'reserve*',
  'obtain*',
  'claim*',
  'lock*',
  'begin*',
  'start*',
  'rent*',
  'scan*',
  'retain*',
  'allocate*',
  'make*',
  'fork*',
  'enter*',
];

/** Methods of an owner for itself: `_openArchive`, `#openArchive`. */
const orPrivate = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => [word, `_${word}`, `#${word}`]);

const endings = ['close', 'release', 'destroy', 'dispose', 'unlock', 'free'];

/** Words for the call that first opens an instance. */
const starting = [
  'connect',
  'open',
  'listen',
  'start',
  'launch',
  'init',
  'initialize',
  'setup',
  'login',
  'ready',
  'load',
  'begin',
  'spawn',
];

export const conventionKinds: readonly ResourceKind[] = [
  {
    id: 'handle/release-skipped',
    family: 'handle',
    noun: 'resource',
    title: 'What the function closes itself stays open on another way out',
    participle: 'closed',
    severity: 'low',
    words: [
      '.close',
      '.release',
      '.destroy',
      '.dispose',
      '.disconnect',
      '.terminate',
      '.quit',
      '.shutdown',
      '.free(',
      '.unlock(',
    ],
    acquire: [
      { form: 'convention', method: orPrivate(opening), callback: 1, instances: true, activatedBy: starting },
      { form: 'convention', method: orPrivate(taking), endedAs: endings },
      // What is only looked up is not waited for.
      // (A row of a database that is got and then destroyed is deleted.)
      {
        form: 'convention',
        method: orPrivate(['get*', 'load*']),
        endedAs: endings.filter((name) => name !== 'destroy'),
        awaited: true,
      },
    ],
    release: [
      {
        form: 'method',
        method: [
          'close',
          'release',
          'destroy',
          'dispose',
          'disconnect',
          'terminate',
          'quit',
          'shutdown',
          'free',
          'unlock',
        ],
      },
      // `pool.release(connection)`
      { form: 'method-argument', method: ['release', 'checkin', 'giveBack', 'putBack', 'returnToPool'], argument: 0 },
    ],
    heldBy: 'runtime',
    pathSensitive: true,
    exits: 'likely',
    lent: true,
    productionOnly: true,
    documentation: {
      what: 'A function opens something and closes it itself, but leaves it open when it returns early, throws, or something it waits for rejects.',
      why: 'The function says by its own `close()` that nobody else will do it. Each call that leaves the other way keeps one more open.',
      leaking:
        "import { openArchive } from './archive.js';\nexport async function names(path) {\n  const archive = await openArchive(path);\n  const entries = await archive.read();\n  await archive.close();\n  return entries;\n}",
      safe: "import { openArchive } from './archive.js';\nexport async function names(path) {\n  const archive = await openArchive(path);\n  try {\n    return await archive.read();\n  } finally {\n    await archive.close();\n  }\n}",
      releases: ['the same release in `finally`, or on every way out', 'returned or handed to another owner'],
    },
  },
];
