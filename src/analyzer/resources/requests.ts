/** Requests that this process sends: they end by themselves, unless the other side, or the body, never does. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const sending: readonly ApiName[] = ['http', 'https', 'follow-redirects'].flatMap((module) =>
  ['request', 'get', 'http.request', 'http.get', 'https.request', 'https.get'].map((name) => ({ module, name })),
);

export const requestKinds: readonly ResourceKind[] = [
  {
    id: 'handle/request-timeout-ignored',
    family: 'handle',
    noun: 'request',
    title: 'Timeout of a request ends nothing',
    participle: 'destroyed',
    severity: 'medium',
    words: ["http'", 'http"', "https'", 'https"', "follow-redirects'", 'follow-redirects"'],
    acquire: [{ form: 'call', callee: sending }],
    release: [{ form: 'method', method: ['destroy', 'abort'] }],
    endingOptions: ['signal'],
    heldBy: 'runtime',
    endsByItself: true,
    fluent: [
      'on',
      'once',
      'addListener',
      'setHeader',
      'setNoDelay',
      'setTimeout',
      'flushHeaders',
      'setSocketKeepAlive',
    ],
    idle: { option: 'timeout', method: ['setTimeout'], event: 'timeout' },
    piped: {
      as: 'handle/pipe-upstream-open',
      end: 'sink',
      from: { types: ['http.message', 'net.socket'], named: ['req', 'request', 'socket', 'incoming', 'upload'] },
    },
    documentation: {
      what: 'A request with a timeout, but without a handler of `timeout` that destroys it.',
      why: 'The option and `setTimeout` only emit an event when the socket is idle for so long. Unless a handler destroys the request, it waits for an answer for ever, with its socket and all that its callbacks hold.',
      leaking:
        "import https from 'node:https';\nexport function load(url, done) {\n  const request = https.get(url, { timeout: 5000 }, (response) => done(null, response));\n  request.on('error', done);\n}",
      safe: "import https from 'node:https';\nexport function load(url, done) {\n  const request = https.get(url, { timeout: 5000 }, (response) => done(null, response));\n  request.on('error', done);\n  request.on('timeout', () => request.destroy(new Error('no answer')));\n}",
      releases: [
        '`request.destroy()` in a handler of `timeout`',
        'a `signal` that is aborted: `AbortSignal.timeout()`',
      ],
    },
  },
];
