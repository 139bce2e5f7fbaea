/** Child processes and worker threads. */
import type { ResourceKind } from './model';

const emitterMethods = ['on', 'once', 'addListener', 'prependListener', 'setMaxListeners', 'off', 'removeListener'];
const listenMethods = ['on', 'once', 'addListener', 'prependListener'];

export const nodeProcessKinds: readonly ResourceKind[] = [
  {
    id: 'handle/child-process',
    family: 'handle',
    noun: 'child process',
    title: 'Child process is never ended',
    participle: 'ended',
    severity: 'medium',
    words: ['child_process', 'cross-spawn', 'node-pty', "'execa'", '"execa"'],
    // `exec` and `execFile` run a command to its end.
    acquire: [
      { form: 'call', callee: [{ module: 'child_process', name: 'fork' }] },
      {
        form: 'call',
        endsByItself: true,
        callee: [
          { module: 'child_process', name: 'spawn' },
          { module: 'cross-spawn', name: 'default' },
          { module: 'cross-spawn', name: '*' },
          { module: 'cross-spawn', name: 'spawn' },
          { module: 'node-pty', name: 'spawn' },
          { module: 'node-pty', name: 'default.spawn' },
          ...['execa', 'execaCommand', 'execaNode', 'default'].map((name) => ({ module: 'execa', name })),
        ],
      },
    ],
    release: [
      // Whoever reads the process id may end the process by it, with all its children.
      { form: 'method', method: ['kill', 'disconnect', 'pid', 'stdin.end', '[Symbol.dispose]'] },
      {
        form: 'observed',
        method: listenMethods,
        event: ['exit', 'close', 'disconnect', 'message'],
        members: ['stdout', 'stderr', 'stdio', 'exitCode', 'unref'],
      },
      { form: 'transfer', callee: [{ module: 'events', name: 'once' }] },
    ],
    endingOptions: ['signal', 'timeout', 'detached'],
    heldBy: 'runtime',
    fluent: [...emitterMethods, 'unref', 'ref'],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'never',
    mayBeDropped: true,
    endsAlone: true,
    documentation: {
      what: 'A child process that is started each time a function runs, that nothing kills or hands over, and whose end nobody watches.',
      why: 'A child with an open channel to its parent does not end by itself; each one keeps its memory and the channel.',
      leaking:
        "import { fork } from 'node:child_process';\nexport function render(job) {\n  const child = fork('renderer.js');\n  child.send(job);\n}",
      safe: "import { fork } from 'node:child_process';\nexport function render(job) {\n  const child = fork('renderer.js');\n  child.send(job);\n  child.once('message', () => child.kill());\n}",
      releases: [
        '`child.kill()` or `child.disconnect()`',
        'options `signal` or `timeout`',
        'a listener for its end, or a reader of its output',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/worker-thread',
    family: 'handle',
    noun: 'worker thread',
    title: 'Worker thread is never terminated',
    participle: 'terminated',
    severity: 'medium',
    words: ['worker_threads'],
    acquire: [{ form: 'new', callee: [{ module: 'worker_threads', name: 'Worker' }] }],
    release: [
      { form: 'method', method: ['terminate', '[Symbol.asyncDispose]'] },
      {
        form: 'observed',
        method: listenMethods,
        event: ['exit', 'message', 'error'],
        members: ['stdout', 'stderr', 'unref'],
      },
      { form: 'transfer', callee: [{ module: 'events', name: 'once' }] },
    ],
    heldBy: 'runtime',
    fluent: [...emitterMethods, 'unref', 'ref'],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'never',
    mayBeDropped: true,
    endsAlone: true,
    documentation: {
      what: 'A worker thread that is started each time a function runs, that nothing terminates or hands over, and whose end nobody watches.',
      why: 'A worker that listens for messages runs until it is terminated; each one keeps its own heap.',
      leaking:
        "import { Worker } from 'node:worker_threads';\nexport function resize(image) {\n  const worker = new Worker('./resize.js');\n  worker.postMessage(image);\n}",
      safe: "import { Worker } from 'node:worker_threads';\nexport function resize(image) {\n  const worker = new Worker('./resize.js');\n  worker.postMessage(image);\n  worker.once('message', () => worker.terminate());\n}",
      releases: [
        '`worker.terminate()`',
        'a listener for its messages or its end',
        'returned or handed to another owner',
      ],
    },
  },
];
