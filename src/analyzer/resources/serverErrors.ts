/** Sockets that a server hands to a handler of its errors, for good. */
import type { ResourceKind } from './model';

export const serverErrorKinds: readonly ResourceKind[] = [
  {
    id: 'handle/settled-without-close',
    family: 'handle',
    noun: 'socket',
    title: 'Socket of a malformed request is never closed',
    participle: 'ended or destroyed',
    severity: 'medium',
    words: ["'clientError'", '"clientError"', "'tlsClientError'", '"tlsClientError"'],
    acquire: [
      {
        form: 'method-callback',
        on: ['emitter'],
        method: ['on', 'once', 'addListener', 'prependListener'],
        events: ['clientError', 'tlsClientError'],
        parameter: 1,
        untyped: true,
      },
    ],
    release: [{ form: 'method', method: ['end', 'destroy', 'destroySoon', 'resetAndDestroy', 'write'] }],
    heldBy: 'runtime',
    pathSensitive: true,
    exits: 'never',
    givenForGood: true,
    documentation: {
      what: 'A handler of `clientError` is given the socket of a request that could not be read, and neither ends nor destroys it.',
      why: 'Without a handler the server closes the socket; with one, that is left to the handler. Each malformed request then leaves a connection open.',
      leaking:
        "import http from 'node:http';\nexport function serve(log) {\n  const server = http.createServer();\n  server.on('clientError', (error, socket) => {\n    log(error.message, socket.remoteAddress);\n  });\n  return server;\n}",
      safe: "import http from 'node:http';\nexport function serve(log) {\n  const server = http.createServer();\n  server.on('clientError', (error, socket) => {\n    log(error.message, socket.remoteAddress);\n    socket.destroy(error);\n  });\n  return server;\n}",
      releases: ['`socket.end(…)` with an answer', '`socket.destroy()`'],
    },
  },
];
