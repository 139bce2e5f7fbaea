/** Streams over files, and line readers. */
import type { ApiName } from './apiTypes';
import type { ResourceKind } from './model';

const inFs = (...names: readonly string[]): readonly ApiName[] =>
  ['fs', 'graceful-fs', 'fs-extra', 'original-fs'].flatMap((module) => names.map((name) => ({ module, name })));

const keepers: readonly ApiName[] = [
  { module: 'crypto', name: 'createHash' },
  { module: 'crypto', name: 'createHmac' },
  { module: 'stream', name: 'PassThrough' },
];

const emitterMethods = ['on', 'once', 'addListener', 'prependListener', 'setMaxListeners', 'off', 'removeListener'];
const listenMethods = ['on', 'once', 'addListener', 'prependListener', 'addEventListener'];

export const nodeStreamKinds: readonly ResourceKind[] = [
  {
    id: 'handle/read-stream',
    family: 'handle',
    noun: 'read stream',
    title: 'Read stream is abandoned',
    participle: 'read to its end or destroyed',
    severity: 'medium',
    words: ['createReadStream'],
    acquire: [{ form: 'call', callee: inFs('createReadStream') }],
    release: [
      {
        form: 'method',
        method: ['destroy', 'close', 'pipe', 'pipeTo', 'resume', 'compose', 'toArray', '[Symbol.asyncDispose]'],
      },
      {
        form: 'observed',
        method: listenMethods,
        event: ['data', 'readable', 'end', 'close'],
        members: ['read', 'map', 'filter', 'forEach', 'reduce', 'iterator', 'take', 'flatMap', 'asIndexedPairs'],
      },
      { form: 'consumed' },
    ],
    endingOptions: ['signal'],
    heldBy: 'runtime',
    fluent: [...emitterMethods, 'setEncoding', 'pause'],
    piped: { as: 'handle/pipe-upstream-open', end: 'source', keepers },
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'certain',
    documentation: {
      what: 'A read stream over a file that some way out of the function leaves neither read to its end nor destroyed.',
      why: 'The stream opens its file at once and closes it only at its end or when it is destroyed.',
      leaking:
        "import fs from 'node:fs';\nexport function send(path, request, response) {\n  const stream = fs.createReadStream(path);\n  if (request.method === 'HEAD') return response.end();\n  stream.pipe(response);\n}",
      safe: "import fs from 'node:fs';\nimport { pipeline } from 'node:stream/promises';\nexport async function send(path, request, response) {\n  if (request.method === 'HEAD') return response.end();\n  await pipeline(fs.createReadStream(path), response);\n}",
      releases: [
        'consumed: `pipe`, `pipeline`, `for await`, a `data` listener',
        '`stream.destroy()`',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/write-stream',
    family: 'handle',
    noun: 'write stream',
    title: 'Write stream is never ended',
    participle: 'ended',
    severity: 'high',
    words: ['createWriteStream'],
    acquire: [{ form: 'call', callee: inFs('createWriteStream') }],
    release: [
      { form: 'method', method: ['end', 'destroy', 'destroySoon', 'close', '[Symbol.asyncDispose]'] },
      { form: 'transfer-method', method: ['pipe', 'pipeTo'] },
      { form: 'observed', method: listenMethods, event: ['finish', 'close'] },
    ],
    endingOptions: ['signal'],
    heldBy: 'runtime',
    fluent: emitterMethods,
    piped: { as: 'handle/pipe-upstream-open', end: 'sink', loud: ['fs.stream'], givers: ['openReadStream'] },
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'certain',
    documentation: {
      what: 'A write stream over a file that nothing ends or destroys, or that some way out of the function leaves open.',
      why: 'The file stays open, and what is buffered may never be written, until the stream is ended.',
      leaking:
        "import fs from 'node:fs';\nexport function save(path, lines) {\n  const out = fs.createWriteStream(path);\n  for (const line of lines) out.write(line);\n}",
      safe: "import fs from 'node:fs';\nexport function save(path, lines) {\n  const out = fs.createWriteStream(path);\n  for (const line of lines) out.write(line);\n  out.end();\n}",
      releases: [
        '`stream.end()` or `stream.destroy()`',
        'target of `pipe` or `pipeline`',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/pipe-upstream-open',
    family: 'handle',
    noun: 'stream',
    title: 'A pipe leaves one end open when the other is gone',
    participle: 'destroyed',
    severity: 'medium',
    words: ['.pipe('],
    acquire: [],
    release: [{ form: 'method', method: ['destroy', 'close', 'end', 'destroySoon', 'resetAndDestroy', 'abort'] }],
    pairs: true,
    heldBy: 'runtime',
    documentation: {
      what: 'A file stream, outgoing request or socket that is piped to or from a stream of somebody else, with nothing that closes it when that one fails or closes first.',
      why: '`pipe` ends its target when its source ends, and no more. A client that goes away in the middle of a download leaves the read stream and its descriptor open; an upload that is cut off leaves the write stream open: a request or response of `http` to whose errors nobody listens just stops. Other sources fail with an error, which ends the process, and all it has open, unless somebody listens to it; a handler that only rejects or logs leaves the target open. A hash neither fails nor closes before its source.',
      leaking:
        "import fs from 'node:fs';\nexport function download(path, response) {\n  fs.createReadStream(path).pipe(response);\n}",
      safe: "import fs from 'node:fs';\nimport { pipeline } from 'node:stream/promises';\nexport async function download(path, response) {\n  await pipeline(fs.createReadStream(path), response);\n}",
      releases: [
        '`pipeline` or `finished`, which destroy their streams',
        '`destroy()` in a handler of the other end’s `close` or `error`',
      ],
    },
  },
  {
    id: 'handle/readline-interface',
    family: 'handle',
    noun: 'line reader',
    title: 'Line reader of the standard input is never closed',
    participle: 'closed',
    severity: 'medium',
    words: ['createInterface'],
    acquire: [
      {
        form: 'call',
        callee: [
          { module: 'readline', name: 'createInterface' },
          { module: 'readline/promises', name: 'createInterface' },
        ],
        // Over a file or a child's output it ends with its input.
        when: { argument: 0, property: 'input', ofType: 'process-stream' },
      },
    ],
    release: [
      { form: 'method', method: ['close', '[Symbol.dispose]'] },
      { form: 'observed', method: listenMethods, event: ['close'] },
      { form: 'consumed' },
    ],
    heldBy: 'runtime',
    fluent: emitterMethods,
    pathSensitive: true,
    lent: 'endedAfter',
    exits: 'never',
    documentation: {
      what: 'A `readline` interface over the standard input that is created each time a function runs and that nothing closes.',
      why: 'The standard input outlives the call: each interface adds its listeners to it, keeps the process alive and reads along with the next one.',
      leaking:
        "import readline from 'node:readline';\nexport function ask(question) {\n  const lines = readline.createInterface({ input: process.stdin });\n  return new Promise((resolve) => lines.question(question, resolve));\n}",
      safe: "import readline from 'node:readline';\nexport function ask(question) {\n  const lines = readline.createInterface({ input: process.stdin });\n  return new Promise((resolve) =>\n    lines.question(question, (answer) => {\n      lines.close();\n      resolve(answer);\n    }),\n  );\n}",
      releases: ['`close()` on the interface', 'an input that ends', 'returned or handed to another owner'],
    },
  },
];
