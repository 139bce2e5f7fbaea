/** Listeners on emitters of Node.js and its like. */
import type { ResourceKind } from './model';

export const emitterKinds: readonly ResourceKind[] = [
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
    ],
    release: [
      { form: 'removal', method: ['off', 'removeListener'], identity: { event: 0, handler: 1 } },
      { form: 'whole', method: ['removeAllListeners'], event: 0 },
    ],
    heldBy: 'receiver',
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
];
