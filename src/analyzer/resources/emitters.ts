/** Listeners on emitters of Node.js and its like. */

import type { ResourceKind } from './model';
import type { ReleaseForm } from './releaseForms';

/** Events after which an emitter does nothing more. */
const terminalEvents = ['error', 'close', 'end', 'exit', 'finish', 'disconnect'];

/** These come when the process is about to end. */
const lastEvents = ['exit', 'beforeExit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

const removals: readonly ReleaseForm[] = [
  { form: 'removal', method: ['off', 'removeListener', 'un'], identity: { event: 0, handler: 1 } },
  { form: 'whole', method: ['removeAllListeners', 'removeListeners'], event: 0 },
];

export const emitterKinds: readonly ResourceKind[] = [
  {
    id: 'listener/emitter-on-shared-connection',
    family: 'listener',
    noun: 'listener',
    title: 'Listener of one request stays on its connection',
    participle: 'removed',
    severity: 'high',
    words: [
      '.socket.',
      '.connection.',
      '.socket?.',
      '.connection?.',
      "'socket'",
      '"socket"',
      'socket = ',
      'connection = ',
      'socket } = ',
    ],
    acquire: [
      {
        form: 'registration',
        on: ['connection'],
        named: ['req.socket', 'request.socket', 'res.socket', 'req.connection', 'request.connection', 'res.connection'],
        handedBy: ['socket'],
        method: ['on', 'addListener', 'prependListener'],
        identity: { event: 0, handler: 1 },
        lives: {
          as: 'the connection, which serves many requests',
          ownedIn: ['upgrade', 'connect', 'CONNECT', 'connection'],
        },
      },
    ],
    release: removals,
    heldBy: 'receiver',
    documentation: {
      what: 'A listener that each request adds to the socket it came by, or is sent by, and that nobody removes when the request is done.',
      why: 'Connections are kept alive and serve one request after another: the listeners of all of them pile up on the socket.',
      leaking:
        "export function handle(req, res) {\n  req.socket.on('close', () => stop(res));\n  res.end(render(req));\n}",
      safe: "export function handle(req, res) {\n  const gone = () => stop(res);\n  req.socket.on('close', gone);\n  res.on('finish', () => req.socket.off('close', gone));\n  res.end(render(req));\n}",
      releases: [
        '`off` when the request or its answer is done',
        'a listener on the request or the answer instead, which end with it',
      ],
    },
  },
  {
    id: 'listener/emitter-on',
    family: 'listener',
    noun: 'listener',
    title: 'Listener on a shared emitter is never removed',
    participle: 'removed',
    severity: 'high',
    words: ['.on(', '.addListener(', '.prependListener(', '.on\n'],
    acquire: [
      {
        form: 'registration',
        on: ['emitter'],
        method: ['on', 'addListener', 'prependListener'],
        identity: { event: 0, handler: 1 },
        untyped: 'pair',
        oneShotEvents: ['exit', 'beforeExit'],
        lastEvents,
        terminalEvents,
        lifecycleEvents: [
          'SIGINT',
          'SIGTERM',
          'SIGHUP',
          'SIGQUIT',
          'SIGPIPE',
          'SIGUSR1',
          'SIGUSR2',
          'SIGBREAK',
          'uncaughtException',
          'unhandledRejection',
          'rejectionHandled',
          'warning',
          'disconnect',
          'before-quit',
          'will-quit',
          'window-all-closed',
        ],
      },
      {
        form: 'registration',
        on: ['wrapped-page'],
        method: ['on', 'bind'],
        identity: { event: 0, handler: 1 },
        oneShotEvents: ['DOMContentLoaded', 'load', 'ready', 'beforeunload', 'unload', 'pagehide'],
        lastEvents: ['beforeunload', 'unload', 'pagehide'],
      },
    ],
    release: [...removals, { form: 'removal', method: ['unbind'], identity: { event: 0, handler: 1 } }],
    heldBy: 'receiver',
    settled: { loser: 'listener/race-loser-left', unmet: 'listener/emitter-once-never-fires' },
    byEvent: ['on', 'addListener', 'addEventListener'],
    documentation: {
      what: 'A listener added to an emitter that outlives the code that adds it (`process`, a module-level, static or injected emitter), once per call or instance, without a removal.',
      why: 'The emitter keeps the handler and all that it captures; Node.js warns at the eleventh, and each event runs all of them.',
      leaking:
        "import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nexport function handle(req, res) {\n  bus.on('done', () => res.end());\n}",
      safe: "import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nexport function handle(req, res) {\n  const done = () => res.end();\n  bus.on('done', done);\n  res.on('close', () => bus.off('done', done));\n}",
      releases: [
        '`off` or `removeListener` with the same event and function',
        '`removeAllListeners`',
        '`once`',
        'an emitter that dies with its owner',
      ],
    },
  },
  {
    id: 'listener/emitter-once-never-fires',
    family: 'listener',
    noun: 'one-time listener',
    title: 'One-time listener stays when its event does not come',
    participle: 'removed',
    severity: 'medium',
    words: ['.once(', '.prependOnceListener(', '.once\n'],
    acquire: [
      {
        form: 'registration',
        on: ['emitter'],
        method: ['once', 'prependOnceListener'],
        identity: { event: 0, handler: 1 },
        untyped: 'pair',
        once: true,
        oneShotEvents: ['beforeExit'],
        lastEvents,
        terminalEvents,
      },
    ],
    release: removals,
    heldBy: 'receiver',
    settled: { loser: 'listener/race-loser-left', unmet: 'listener/emitter-once-never-fires' },
    documentation: {
      what: 'A promise that waits for an event once, gives up after a time or fails in another way, and then leaves its listener.',
      why: 'A one-time listener is removed when its event comes. When the wait ends otherwise it stays on the emitter, with all that it captures.',
      leaking:
        "import { EventEmitter } from 'node:events';\nconst replies = new EventEmitter();\nexport function reply(id) {\n  return new Promise((resolve, reject) => {\n    replies.once(id, resolve);\n    setTimeout(() => reject(new Error('late')), 5000);\n  });\n}",
      safe: "import { EventEmitter } from 'node:events';\nconst replies = new EventEmitter();\nexport function reply(id) {\n  return new Promise((resolve, reject) => {\n    const done = (value) => {\n      clearTimeout(timer);\n      resolve(value);\n    };\n    const timer = setTimeout(() => {\n      replies.off(id, done);\n      reject(new Error('late'));\n    }, 5000);\n    replies.once(id, done);\n  });\n}",
      releases: [
        '`off` on every other way in which the wait ends',
        '`once(emitter, event, { signal })` with a signal that is aborted then',
      ],
    },
  },
  {
    id: 'listener/race-loser-left',
    family: 'listener',
    noun: 'listener',
    title: 'Listeners that lost the race stay',
    participle: 'removed',
    severity: 'medium',
    words: ['.once(', '.prependOnceListener(', '.once\n', ' once('],
    acquire: [],
    release: removals,
    heldBy: 'receiver',
    documentation: {
      what: 'Several listeners on one emitter wait for what comes first; the handler of the winner leaves the others.',
      why: 'The others stay until their own event comes, which may be never; each wait adds them once more.',
      leaking:
        "export class Writer {\n  constructor(private readonly out: NodeJS.EventEmitter) {}\n  drained() {\n    return new Promise((resolve, reject) => {\n      this.out.once('drain', resolve);\n      this.out.once('error', reject);\n    });\n  }\n}",
      safe: "export class Writer {\n  constructor(private readonly out: NodeJS.EventEmitter) {}\n  drained() {\n    return new Promise((resolve, reject) => {\n      const done = () => {\n        this.out.off('error', failed);\n        resolve(undefined);\n      };\n      const failed = (error) => {\n        this.out.off('drain', done);\n        reject(error);\n      };\n      this.out.once('drain', done);\n      this.out.once('error', failed);\n    });\n  }\n}",
      releases: ['the handler of each event removes the others', 'one clean-up in `finally`'],
    },
  },
];
