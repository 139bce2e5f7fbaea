/** Agents, bodies, inspector sessions, temporary folders and readers of streams. */
import type { ApiName, TypeEntry } from './apiTypes';
import type { KindDocumentation, ResourceKind } from './model';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));

const removals: readonly ApiName[] = [
  ...['fs', 'fs/promises', 'fs-extra', 'graceful-fs'].flatMap((module) =>
    named(module, 'rm', 'rmSync', 'rmdir', 'rmdirSync', 'remove', 'removeSync', 'emptyDir'),
  ),
  ...named('rimraf', 'default', '*', 'rimraf', 'sync', 'rimrafSync', 'default.sync'),
  ...named('del', 'default', 'deleteAsync', 'deleteSync'),
];

/** A kind that the acquisitions of others are reported as, by what happens to them. */
const aspect = (name: string, title: string, documentation: KindDocumentation): ResourceKind => ({
  id: `handle/${name}`,
  family: 'handle',
  noun: 'handle',
  title,
  severity: 'medium',
  words: [],
  acquire: [],
  release: [],
  heldBy: 'runtime',
  documentation,
});

export const nodeMiscTypes: readonly TypeEntry[] = [];

export const nodeMiscKinds: readonly ResourceKind[] = [
  {
    id: 'handle/http-agent',
    family: 'handle',
    noun: 'agent',
    title: 'Agent with its own sockets is made per request',
    participle: 'destroyed',
    severity: 'high',
    words: ['Agent(', 'new Pool(', 'new Client('],
    acquire: [
      {
        form: 'new',
        // Without it each connection ends with its request.
        onlyWith: 'keepAlive',
        callee: ['http', 'https'].flatMap((module) => named(module, 'Agent')),
      },
      {
        form: 'new',
        callee: [
          ...named('undici', 'Agent', 'Pool', 'Client', 'ProxyAgent', 'BalancedPool'),
          ...named('agentkeepalive', 'default', '*', 'HttpsAgent'),
        ],
      },
    ],
    release: [{ form: 'method', method: ['destroy', 'close', '[Symbol.asyncDispose]'] }],
    heldBy: 'runtime',
    mostlyShared: true,
    sinks: { arguments: true },
    documentation: {
      what: 'An agent or pool of connections that is made for each request and never destroyed.',
      why: 'A connection that is kept alive belongs to its agent and is never used again: each request leaves one open.',
      leaking:
        "import https from 'node:https';\nexport function load(url, done) {\n  const agent = new https.Agent({ keepAlive: true });\n  https.get(url, { agent }, done);\n}",
      safe: "import https from 'node:https';\nconst agent = new https.Agent({ keepAlive: true });\nexport function load(url, done) {\n  https.get(url, { agent }, done);\n}",
      releases: ['one agent for the whole process', '`agent.destroy()`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/undici-body',
    family: 'handle',
    noun: 'response body',
    title: 'Body of a response is never read',
    participle: 'read or dumped',
    severity: 'medium',
    words: ['undici'],
    acquire: [{ form: 'call', callee: named('undici', 'request'), promise: true }],
    // Read, dumped or destroyed: which, only the author knows.
    release: [{ form: 'method', method: ['body', 'opaque'], written: '' }],
    heldBy: 'runtime',
    documentation: {
      what: 'A response of undici whose body is neither read nor dumped.',
      why: 'The connection stays busy with the body and cannot be used again.',
      leaking:
        "import { request } from 'undici';\nexport async function isUp(url) {\n  const { statusCode } = await request(url);\n  return statusCode === 200;\n}",
      safe: "import { request } from 'undici';\nexport async function isUp(url) {\n  const { statusCode, body } = await request(url);\n  await body.dump();\n  return statusCode === 200;\n}",
      releases: ['any use of `body`: `text()`, `json()`, `dump()`, a pipe', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/inspector-session',
    family: 'handle',
    noun: 'inspector session',
    title: 'Inspector session is not disconnected',
    participle: 'disconnected',
    severity: 'medium',
    words: ['inspector'],
    acquire: [
      {
        form: 'new',
        callee: [...named('inspector', 'Session'), ...named('inspector/promises', 'Session')],
        activatedBy: ['connect', 'connectToMainThread'],
      },
    ],
    release: [{ form: 'method', method: ['disconnect', '[Symbol.dispose]'] }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    callbacks: ['post'],
    pathSensitive: true,
    lent: 'endedAfter',
    documentation: {
      what: 'A session with the inspector that some way out of the function leaves connected.',
      why: 'Profilers and breakpoints stay switched on, and what they record stays in memory, until it is disconnected.',
      leaking:
        "import { Session } from 'node:inspector/promises';\nexport async function profile(work) {\n  const session = new Session();\n  session.connect();\n  await session.post('Profiler.enable');\n  await work();\n  session.disconnect();\n}",
      safe: "import { Session } from 'node:inspector/promises';\nexport async function profile(work) {\n  const session = new Session();\n  session.connect();\n  try {\n    await session.post('Profiler.enable');\n    await work();\n  } finally {\n    session.disconnect();\n  }\n}",
      releases: ['`session.disconnect()` in `finally`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/temp-dir',
    family: 'handle',
    noun: 'temporary folder',
    title: 'Temporary folder is not removed',
    participle: 'removed',
    severity: 'medium',
    words: ['mkdtemp'],
    acquire: [
      { form: 'call', callee: ['fs', 'graceful-fs', 'fs-extra'].flatMap((module) => named(module, 'mkdtempSync')) },
      {
        form: 'call',
        callee: ['fs/promises', 'fs-extra'].flatMap((module) => named(module, 'mkdtemp')),
        promise: true,
      },
    ],
    release: [{ form: 'call', callee: removals, argument: 0, further: '{ recursive: true, force: true }' }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A temporary folder that is removed on one way out of the function and left behind on another.',
      why: 'The system does not clean such folders while it runs; a busy service fills the disk.',
      leaking:
        "import { mkdtemp, rm } from 'node:fs/promises';\nexport async function build(run) {\n  const folder = await mkdtemp('/tmp/build-');\n  await run(folder);\n  await rm(folder, { recursive: true });\n}",
      safe: "import { mkdtemp, rm } from 'node:fs/promises';\nexport async function build(run) {\n  const folder = await mkdtemp('/tmp/build-');\n  try {\n    await run(folder);\n  } finally {\n    await rm(folder, { recursive: true });\n  }\n}",
      releases: ['`rm` of it in `finally`', '`mkdtempDisposable`', 'returned or handed to another owner'],
    },
  },
  {
    id: 'handle/stream-reader-lock',
    family: 'handle',
    noun: 'stream lock',
    title: 'Reader or writer keeps its stream locked',
    participle: 'released or cancelled',
    severity: 'medium',
    words: ['getReader', 'getWriter'],
    acquire: [{ form: 'method', on: [], method: ['getReader', 'getWriter'], untyped: true }],
    release: [{ form: 'method', method: ['releaseLock', 'cancel', 'close', 'abort'] }],
    finishedBy: 'done',
    heldBy: 'receiver',
    pathSensitive: true,
    exits: 'certain',
    documentation: {
      what: 'A reader or writer of a stream that some way out of the function leaves holding the lock.',
      why: 'Nobody else can read or cancel the stream, so its source stays open.',
      leaking:
        'export async function first(stream) {\n  const reader = stream.getReader();\n  const { value, done } = await reader.read();\n  if (done) return null;\n  if (value.length === 0) return undefined;\n  reader.releaseLock();\n  return value;\n}',
      safe: 'export async function first(stream) {\n  const reader = stream.getReader();\n  try {\n    const { value } = await reader.read();\n    return value;\n  } finally {\n    reader.releaseLock();\n  }\n}',
      releases: ['`reader.releaseLock()` or `reader.cancel()` in `finally`', 'handed to another owner'],
    },
  },
  {
    id: 'handle/iterator-not-closed',
    family: 'handle',
    noun: 'source of a stream',
    title: 'Source of a stream is left when the stream is cancelled',
    participle: 'ended',
    severity: 'medium',
    words: ['ReadableStream', 'asyncIterator'],
    acquire: [],
    release: [],
    heldBy: 'runtime',
    forwards: {
      made: [
        { name: 'ReadableStream' },
        ...['stream/web', 'web-streams-polyfill'].flatMap((module) => named(module, 'ReadableStream')),
      ],
      more: 'pull',
      end: 'cancel',
      asks: ['next', 'read'],
      ends: ['return', 'throw', 'cancel', 'releaseLock'],
      alike: { mark: 'asyncIterator', more: 'next', end: 'return' },
    },
    documentation: {
      what: 'A `ReadableStream` that takes its pieces from an iterator or reader of the caller, with `pull` and without `cancel`; or an async iterator written by hand that asks another one and has no `return`.',
      why: 'When the reader of the stream gives up, or a loop over the iterator is left, the generator stays where it waits: its `finally` blocks, which close files and connections, never run.',
      leaking:
        'export function toStream(parts: AsyncGenerator<string>) {\n  return new ReadableStream({\n    async pull(controller) {\n      const { value, done } = await parts.next();\n      if (done) controller.close();\n      else controller.enqueue(value);\n    },\n  });\n}',
      safe: 'export function toStream(parts: AsyncGenerator<string>) {\n  return new ReadableStream({\n    async pull(controller) {\n      const { value, done } = await parts.next();\n      if (done) controller.close();\n      else controller.enqueue(value);\n    },\n    async cancel(reason) {\n      await parts.return(reason);\n    },\n  });\n}',
      releases: ['`iterator.return()` or `reader.cancel()` in `cancel`', '`ReadableStream.from(iterable)`'],
    },
  },
  aspect('double-close', 'Handle is released twice', {
    what: 'A descriptor or pooled connection that is released twice on one path, often in `try` and again in `finally`.',
    why: 'The number or the connection may belong to someone else by then: the second release closes theirs.',
    leaking:
      "import fs from 'node:fs';\nexport function read(path) {\n  const fd = fs.openSync(path, 'r');\n  try {\n    const text = fs.readFileSync(fd, 'utf8');\n    fs.closeSync(fd);\n    return text;\n  } finally {\n    fs.closeSync(fd);\n  }\n}",
    safe: "import fs from 'node:fs';\nexport function read(path) {\n  const fd = fs.openSync(path, 'r');\n  try {\n    return fs.readFileSync(fd, 'utf8');\n  } finally {\n    fs.closeSync(fd);\n  }\n}",
    releases: ['one release, in `finally`', 'releases that may be repeated (`FileHandle.close`, streams) are no fault'],
  }),
  aspect('use-after-close', 'Handle is used after its release', {
    what: 'A connection, handle or browser that is used after its release on the same path.',
    why: 'The call fails, or works on a connection that somebody else has by now.',
    leaking:
      "import { open } from 'node:fs/promises';\nexport async function size(path) {\n  const file = await open(path);\n  await file.close();\n  const { size } = await file.stat();\n  return size;\n}",
    safe: "import { open } from 'node:fs/promises';\nexport async function size(path) {\n  const file = await open(path);\n  try {\n    const { size } = await file.stat();\n    return size;\n  } finally {\n    await file.close();\n  }\n}",
    releases: ['the release after the last use', 'a new handle before the next use'],
  }),
];
