/** Sockets and servers. */
import type { ResourceKind } from './model';

const emitterMethods = ['on', 'once', 'addListener', 'prependListener', 'setMaxListeners', 'off', 'removeListener'];
const listenMethods = ['on', 'once', 'addListener', 'prependListener'];

export const nodeNetKinds: readonly ResourceKind[] = [
  {
    id: 'handle/net-socket',
    family: 'handle',
    noun: 'socket',
    title: 'Socket is never closed',
    participle: 'ended or destroyed',
    severity: 'high',
    // Ends of the specifiers that import it: `connect` alone is in every second file.
    words: ["net'", 'net"', "tls'", 'tls"'],
    acquire: [
      {
        form: 'call',
        callee: [
          { module: 'net', name: 'connect' },
          { module: 'net', name: 'createConnection' },
          { module: 'tls', name: 'connect' },
        ],
      },
      { form: 'new', callee: [{ module: 'net', name: 'Socket' }], activatedBy: ['connect'] },
    ],
    release: [
      { form: 'method', method: ['end', 'destroy', 'destroySoon', 'resetAndDestroy', '[Symbol.asyncDispose]'] },
      { form: 'transfer-method', method: ['pipe', 'pipeTo'] },
      { form: 'observed', method: listenMethods, event: ['close', 'end'] },
      { form: 'consumed' },
    ],
    endingOptions: ['signal'],
    idle: { option: 'timeout', method: ['setTimeout'], event: 'timeout', onlyGivenUp: true },
    heldBy: 'runtime',
    fluent: [
      ...emitterMethods,
      'connect',
      'setEncoding',
      'setTimeout',
      'setNoDelay',
      'setKeepAlive',
      'unref',
      'ref',
      'pause',
      'resume',
    ],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'never',
    documentation: {
      what: 'A socket that is opened each time a function runs and that nothing ends, destroys or hands over.',
      why: 'The connection stays open, here and at the other end, until one side closes it.',
      leaking:
        "import net from 'node:net';\nexport function ping(host) {\n  const socket = net.connect(80, host);\n  socket.on('connect', () => console.log('up'));\n}",
      safe: "import net from 'node:net';\nexport function ping(host) {\n  const socket = net.connect(80, host);\n  socket.on('connect', () => socket.end());\n  socket.on('error', () => socket.destroy());\n}",
      releases: [
        '`socket.end()` or `socket.destroy()`',
        'target of `pipe` or `pipeline`',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/http2-session',
    family: 'handle',
    noun: 'HTTP/2 session',
    title: 'HTTP/2 session is not closed on every way out',
    participle: 'closed',
    severity: 'high',
    words: ["http2'", 'http2"'],
    acquire: [{ form: 'call', callee: [{ module: 'http2', name: 'connect' }] }],
    release: [
      { form: 'method', method: ['close', 'destroy', '[Symbol.asyncDispose]'] },
      { form: 'observed', method: listenMethods, event: ['close', 'goaway'] },
    ],
    heldBy: 'runtime',
    fluent: [...emitterMethods, 'unref', 'ref'],
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'likely',
    documentation: {
      what: 'A client session that is opened each time a function runs and that nothing closes, or that some way out leaves open.',
      why: 'The connection stays open, and keeps the process alive, until one side closes it: requests that end do not end it.',
      leaking:
        "import http2 from 'node:http2';\nexport function ask(origin) {\n  const session = http2.connect(origin);\n  const request = session.request({ ':path': '/' });\n  request.resume();\n  request.end();\n}",
      safe: "import http2 from 'node:http2';\nexport function ask(origin) {\n  const session = http2.connect(origin);\n  const request = session.request({ ':path': '/' });\n  request.on('close', () => session.close());\n  request.resume();\n  request.end();\n}",
      releases: ['`session.close()` or `session.destroy()`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/http-server',
    family: 'handle',
    noun: 'server',
    title: 'Server is never closed',
    participle: 'closed',
    severity: 'medium',
    words: ['createServer', 'createSecureServer'],
    acquire: [
      {
        form: 'call',
        callee: ['net', 'tls', 'http', 'https', 'http2']
          .map((module) => ({ module, name: 'createServer' }))
          .concat([{ module: 'http2', name: 'createSecureServer' }]),
        activatedBy: ['listen'],
      },
    ],
    release: [
      { form: 'method', method: ['close', 'closeAllConnections', '[Symbol.asyncDispose]'] },
      { form: 'observed', method: listenMethods, event: ['close'] },
    ],
    heldBy: 'runtime',
    fluent: [...emitterMethods, 'listen', 'setTimeout', 'unref', 'ref'],
    pathSensitive: true,
    lent: 'endedAfter',
    // It listens on a server that it is given, and leaves it open.
    sinks: {
      calls: ['Server', 'WebSocketServer', 'default.Server'].map((name) => ({ module: 'ws', name })),
    },
    exits: 'never',
    documentation: {
      what: 'A server that starts to listen each time a function runs and that nothing closes or hands over.',
      why: 'It keeps its port, its connections and the process until it is closed.',
      leaking:
        "import http from 'node:http';\nexport function preview(page) {\n  const server = http.createServer((request, response) => response.end(page));\n  server.listen(0);\n}",
      safe: "import http from 'node:http';\nexport function preview(page) {\n  const server = http.createServer((request, response) => response.end(page));\n  server.listen(0);\n  return () => server.close();\n}",
      releases: ['`server.close()`', 'started once per process', 'returned or handed to another owner'],
    },
  },
];
