/** Collections that grow: kinds without an acquisition, judged by what fills and what empties them. */
import type { ResourceKind } from './model';

const container = (
  name: string,
  noun: string,
  title: string,
  documentation: ResourceKind['documentation'],
  patterns: ResourceKind['patterns'],
  severity: ResourceKind['severity'] = 'medium',
): ResourceKind => ({
  id: `cache/${name}`,
  family: 'cache',
  noun,
  title,
  severity,
  words: [],
  ...(patterns ? { patterns } : {}),
  acquire: [],
  release: [],
  heldBy: 'receiver',
  documentation,
});

const releases = [
  'deleting entries when they are done',
  'a size check that evicts',
  'expiry that sweeps',
  'replacing or draining the collection',
  '`WeakMap` or `WeakSet`',
  'keys that are a small closed set',
];

/** A pattern over lines, from readable parts. */
const lines = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'm');

const keyed = 'new (?:Map|Set)\\b';
const list = '(?:\\[\\s*\\]|new Array\\b)';
const table = '(?:\\{\\s*\\}|Object\\.create\\(null\\))';

/** Where a value lives longer than a call: a variable of the module, a field, a property given through `this` or a class. */
const longLived = (value: string): readonly RegExp[] => [
  lines('^(?:export\\s+)?(?:const|let|var)\\s+\\w+[^\\n]*=\\s*', value),
  lines(
    '^[ \\t]+(?!(?:const|let|var|using)\\b)(?:[a-z]+[ \\t]+)*#?\\w+[!?]?(?:[ \\t]*:[^\\n]*)?[ \\t]*=[ \\t]*',
    value,
  ),
  // the end of a type that takes several lines
  lines('^[ \\t]*[>})\\]]+[^\\n]*=\\s*', value),
  lines(
    '\\b(?:this|self|that|[A-Z]\\w*)(?:\\.#?\\w+|\\[[\\w.]+\\])[ \\t]*(?:\\?\\?|\\|\\|)?=[ \\t]*(?:[\\w.]+\\s*(?:\\|\\||\\?\\?)\\s*)?',
    value,
  ),
];

const appends = /\.(?:push|unshift)\(|\[\s*\.\.\.|\.concat\(/;
const assignsEntry = /\]\s*(?:\?\?|\|\|)?=[^=]/;
const puts = /\.(?:set|add)\(/;
/** `{ items: [], add(x) { this.items.push(x); } }` */
const member = /^\s+\w+\s*:\s*(?:\[\s*\]|\{\s*\}|new (?:Map|Set)\b.*),?$/m;
const grownMember = /\bthis\.\w+(?:\.(?:push|unshift|set|add)\(|\[[^\]]*\]\s*=[^=])/;
/** `(function () { … })()`, `define(function () { … })`: a module of the time before modules. */
const wrapper = /^[;!(]*(?:async )?\(?(?:function\s*\(|\(\)\s*=>)|^define\(/m;

/** `const lobby = { members: new Set(), history: [] }`, `lobby.history.push(…)`: a part of an object. */
const part = (value: string): readonly RegExp[] => [
  lines(
    '(?:^(?:export )?(?:const|let|var) \\w|^\\s+(?:(?:private|protected|readonly|static) )+#?\\w|^\\s+#\\w|\\bthis\\.#?\\w)[^\\n=]*= \\{(?:\\n\\s+\\w+:[^\\n]*){0,12}?[^\\n]*\\w: ',
    value,
  ),
  /\w\.#?\w+(?:\.(?:push|unshift|set|add)\(|\[[^\]]*\]\s*=[^=])/,
];

const maps = [
  part(keyed),
  ...longLived(keyed).map((place) => [place, puts]),
  [wrapper, lines(keyed), puts],
  [member, grownMember],
];
const lists = [
  part(list),
  ...longLived(list).map((place) => [place, appends]),
  [wrapper, lines('=\\s*', list), appends],
  [member, grownMember],
];
const records = [
  part(table),
  ...longLived(table).map((place) => [place, assignsEntry]),
  [wrapper, lines('=\\s*', table), assignsEntry],
  [member, grownMember],
];
/** Tables of entries, also those that a function keeps for the functions it returns. */
const tables = [
  ...maps,
  ...records,
  [lines(keyed), /new Promise\b/, puts],
  [lines(keyed), /\breturn \{/, /\.delete\(|\bDate\.now\b|expir/i, puts],
];
const memos = [[/(?:memo|[cC]ach)\w*\s*(?:=|\()/, lines('(?:', keyed, '|=\\s*', table, ')'), /\breturn\b/]];
const removals = [
  [/\.(?:delete|indexOf)\(\s*(?:[\w.#]+\.bind\(|\{|\(|\[|new |async|function|\w+ =>)/],
  [/\.bind\(/, /\.(?:delete|indexOf)\(\w+\)/],
  [/^\s*[\w.#]+(?:\[[^\]\n]+\])?\.filter\(/m],
  [/\.(?:indexOf|findIndex)\(/, /\.splice\(/, /\bif \(\w+(?: > 0)?\)/],
];
const texts = [...longLived('(?:\'\'|""|``)'), ...longLived('Buffer\\.')].map((place) => [
  place,
  /\+=|=\s*\S*\s*\+|Buffer\.concat/,
]);
const races = [[/Promise\.race/, /\b(?:while|do|for await)\b|\bfor\s*\(\s*;/]];
const chains = [[/=\s*Promise\.all(?:Settled)?\(\s*\[/]];
const globals = [
  lines(
    '\\b(?:globalThis|window|global|self)(?: as \\w+\\))?\\.\\w+\\s*(?:\\?\\?|\\|\\|)?=[^=\\n]{0,60}(?:',
    keyed,
    '|',
    list,
    '|',
    table,
    ')',
  ),
].map((place) => [place]);

export const containerKinds: readonly ResourceKind[] = [
  container(
    'map-without-eviction',
    'map',
    'Map grows without eviction',
    {
      what: 'A `Map` that outlives what fills it takes a new entry for each new key, and nothing removes entries.',
      why: 'Each distinct id, URL or query stays in memory until the process ends.',
      leaking:
        'const cache = new Map();\nexport async function load(url) {\n  if (cache.has(url)) return cache.get(url);\n  const page = await fetchPage(url);\n  cache.set(url, page);\n  return page;\n}',
      safe: 'const cache = new Map();\nexport async function load(url) {\n  if (cache.has(url)) return cache.get(url);\n  const page = await fetchPage(url);\n  cache.set(url, page);\n  if (cache.size > 1000) cache.delete(cache.keys().next().value);\n  return page;\n}',
      releases,
    },
    maps,
    'high',
  ),
  container(
    'set-field-only-grows',
    'set',
    'Set only grows',
    {
      what: 'A `Set` that outlives what fills it is only added to.',
      why: 'Every value ever seen stays in memory.',
      leaking:
        'const seen = new Set();\nexport function isNew(id) {\n  const fresh = !seen.has(id);\n  seen.add(id);\n  return fresh;\n}',
      safe: 'const seen = new Set();\nexport function begin(id) {\n  seen.add(id);\n}\nexport function end(id) {\n  seen.delete(id);\n}',
      releases,
    },
    maps,
  ),
  container(
    'array-only-pushed',
    'list',
    'List only grows',
    {
      what: 'An array that outlives what fills it is only appended to.',
      why: 'Every entry ever appended stays in memory.',
      leaking: "const log = [];\nserver.on('request', (req) => {\n  log.push(req.url);\n});",
      safe: "const log = [];\nserver.on('request', (req) => {\n  log.push(req.url);\n  if (log.length > 1000) log.shift();\n});",
      releases: [
        '`shift`, `pop`, `splice` or `length =`',
        'a slice or filter that is assigned back',
        'a cap',
        'draining',
      ],
    },
    lists,
  ),
  container(
    'record-only-grows',
    'record',
    'Record only grows',
    {
      what: 'A plain object used as a table outlives what fills it and takes a property for each new key.',
      why: 'Each distinct key stays in memory until the process ends.',
      leaking: 'const sessions = {};\nexport function open(sessionId, data) {\n  sessions[sessionId] = data;\n}',
      safe: 'const sessions = {};\nexport function open(sessionId, data) {\n  sessions[sessionId] = data;\n}\nexport function close(sessionId) {\n  delete sessions[sessionId];\n}',
      releases,
    },
    [...records, [/\._+uid\b/, assignsEntry]],
  ),
  container(
    'memoize-hand-rolled',
    'memo table',
    'Hand-written memo table grows without limit',
    {
      what: 'A function keeps results by argument in a table of its own, without a limit.',
      why: 'The table lives as long as the function, and each distinct argument adds an entry.',
      leaking:
        'export function memoize(fn) {\n  const results = new Map();\n  return (key) => {\n    if (!results.has(key)) results.set(key, fn(key));\n    return results.get(key);\n  };\n}',
      safe: 'export function memoizeLast(fn) {\n  let last;\n  return (key) => {\n    if (last?.key !== key) last = { key, value: fn(key) };\n    return last.value;\n  };\n}',
      releases,
    },
    memos,
  ),
  container(
    'pending-requests',
    'resolver of a pending request',
    'Resolver of a pending request is never removed',
    {
      what: 'A promise per request puts its `resolve` under an id into a table, and the entry is not deleted when the answer comes.',
      why: 'Each request leaves its resolver, and with it everything the request held, in memory.',
      leaking:
        'const pending = new Map();\nlet next = 0;\nexport function call(method) {\n  return new Promise((resolve) => {\n    const id = ++next;\n    pending.set(id, resolve);\n    send({ id, method });\n  });\n}\nexport function onReply(reply) {\n  pending.get(reply.id)(reply.value);\n}',
      safe: 'const pending = new Map();\nlet next = 0;\nexport function call(method) {\n  return new Promise((resolve) => {\n    const id = ++next;\n    pending.set(id, resolve);\n    send({ id, method });\n  });\n}\nexport function onReply(reply) {\n  const resolve = pending.get(reply.id);\n  pending.delete(reply.id);\n  resolve(reply.value);\n}',
      releases: [
        '`delete` on reply, on timeout and when the connection closes',
        'clearing the table when the connection closes',
      ],
    },
    tables,
    'high',
  ),
  container(
    'entry-left-after-completion',
    'entry',
    'Entry stays after one way of ending',
    {
      what: 'An entry per request, job or timer is deleted on one outcome, and another outcome leaves it.',
      why: 'Each request that ends the other way (a timeout, a stop) leaves its entry for ever.',
      leaking:
        "const pending = new Map();\nexport function call(id, message) {\n  return new Promise((resolve, reject) => {\n    pending.set(id, { resolve, reject });\n    setTimeout(() => reject(new Error('timed out')), 5000);\n    send(message);\n  });\n}\nexport function onReply(id, value) {\n  const entry = pending.get(id);\n  pending.delete(id);\n  entry.resolve(value);\n}",
      safe: "const pending = new Map();\nexport function call(id, message) {\n  return new Promise((resolve, reject) => {\n    pending.set(id, { resolve, reject });\n    setTimeout(() => {\n      pending.delete(id);\n      reject(new Error('timed out'));\n    }, 5000);\n    send(message);\n  });\n}\nexport function onReply(id, value) {\n  const entry = pending.get(id);\n  pending.delete(id);\n  entry.resolve(value);\n}",
      releases: ['`delete` on each outcome', 'a sweep that removes old entries'],
    },
    tables,
  ),
  container(
    'entry-left-after-rejection',
    'entry',
    'Entry stays when the work fails',
    {
      what: 'An entry marks work in flight and is deleted after it succeeded; a rejection passes the deletion by.',
      why: 'Each failure leaves an entry for ever, and often blocks the next try.',
      leaking:
        'const running = new Map();\nexport async function build(id) {\n  running.set(id, Date.now());\n  const result = await compile(id);\n  running.delete(id);\n  return result;\n}',
      safe: 'const running = new Map();\nexport async function build(id) {\n  running.set(id, Date.now());\n  try {\n    return await compile(id);\n  } finally {\n    running.delete(id);\n  }\n}',
      releases: ['`delete` in `finally`', '`delete` in `catch` as well'],
    },
    tables,
  ),
  container(
    'entry-nulled-not-deleted',
    'entry',
    'Entry is emptied, its key stays',
    {
      what: 'Entries are set to `null` or `undefined` when they are done, and the keys stay.',
      why: 'Every key ever used stays, and each look at the whole table takes longer.',
      leaking:
        'const callbacks = {};\nexport function ask(requestId, callback) {\n  callbacks[requestId] = callback;\n}\nexport function answer(requestId, value) {\n  callbacks[requestId](value);\n  callbacks[requestId] = null;\n}',
      safe: 'const callbacks = {};\nexport function ask(requestId, callback) {\n  callbacks[requestId] = callback;\n}\nexport function answer(requestId, value) {\n  callbacks[requestId](value);\n  delete callbacks[requestId];\n}',
      releases: ['`delete`'],
    },
    tables,
  ),
  container(
    'empty-bucket-left',
    'empty bucket',
    'Empty bucket stays under its key',
    {
      what: 'A collection per key loses its last member, and the key with the empty collection stays.',
      why: 'One small object stays for each key ever used.',
      leaking:
        'const rooms = new Map();\nexport function join(roomId, member) {\n  if (!rooms.has(roomId)) rooms.set(roomId, new Set());\n  rooms.get(roomId).add(member);\n}\nexport function leave(roomId, member) {\n  rooms.get(roomId)?.delete(member);\n}',
      safe: 'const rooms = new Map();\nexport function join(roomId, member) {\n  if (!rooms.has(roomId)) rooms.set(roomId, new Set());\n  rooms.get(roomId).add(member);\n}\nexport function leave(roomId, member) {\n  const room = rooms.get(roomId);\n  room?.delete(member);\n  if (room?.size === 0) rooms.delete(roomId);\n}',
      releases: ['deleting the key with its last member'],
    },
    tables,
    'low',
  ),
  container(
    'sibling-collection-forgotten',
    'collection',
    'One of several parallel collections is not cleaned',
    {
      what: 'Several collections are filled under the same key, and where the key ends only some of them are cleaned.',
      why: 'The forgotten collection keeps an entry for every key there ever was.',
      leaking:
        'const sockets = new Map();\nconst names = new Map();\nexport function join(socket, name) {\n  sockets.set(socket.id, socket);\n  names.set(socket.id, name);\n}\nexport function leave(socket) {\n  sockets.delete(socket.id);\n}',
      safe: 'const sockets = new Map();\nconst names = new Map();\nexport function join(socket, name) {\n  sockets.set(socket.id, socket);\n  names.set(socket.id, name);\n}\nexport function leave(socket) {\n  sockets.delete(socket.id);\n  names.delete(socket.id);\n}',
      releases: ['removing the key from every collection'],
    },
    tables,
  ),
  container(
    'removal-wrong-identity',
    'removal',
    'Removal cannot match what was added',
    {
      what: 'A value made on the spot (a bound function, an object, an arrow function) is looked for in a collection, or what `filter` gives is dropped.',
      why: 'Nothing equal to it is in the collection, so nothing is ever removed.',
      leaking:
        'const handlers = new Set();\nexport function start(view) {\n  handlers.add(view.update.bind(view));\n}\nexport function stop(view) {\n  handlers.delete(view.update.bind(view));\n}',
      safe: 'const handlers = new Set();\nexport function start(view) {\n  const handler = view.update.bind(view);\n  handlers.add(handler);\n  return () => handlers.delete(handler);\n}',
      releases: ['removing the stored value itself', 'assigning the result of `filter` back'],
    },
    removals,
  ),
  container(
    'collection-used-as-record',
    'entry',
    'Map or Set is used like a plain record',
    {
      what: 'Values are assigned to a `Map`, `Set`, `WeakMap` or `WeakSet` in brackets, as if it were a plain object.',
      why: 'That makes properties of the object, under a text made of the key. `delete`, `clear` and weak keys concern entries only, so the properties stay.',
      leaking:
        'const results = new WeakMap();\nexport function finished(span, result) {\n  results[span] = result;\n}\nexport function take(span) {\n  const result = results[span];\n  results.delete(span);\n  return result;\n}',
      safe: 'const results = new WeakMap();\nexport function finished(span, result) {\n  results.set(span, result);\n}\nexport function take(span) {\n  const result = results.get(span);\n  results.delete(span);\n  return result;\n}',
      releases: ['`set` and `get`', 'a plain object and the operator `delete`'],
    },
    [[/\bnew (?:Weak)?(?:Map|Set)\b/, assignsEntry]],
  ),
  container(
    'disposers-pile-up',
    'disposer',
    'Disposers pile up until the end',
    {
      what: 'An event or item adds a disposer to a list that is only emptied when its owner ends.',
      why: 'Each event leaves a disposer and what it holds, for as long as the owner lives.',
      leaking:
        "export class EditorService {\n  disposables = [];\n  opened = (editor) => {\n    this.disposables.push(watch(editor));\n  };\n  constructor(editors) {\n    this.editors = editors;\n    editors.on('open', this.opened);\n  }\n  dispose() {\n    this.editors.off('open', this.opened);\n    this.disposables.forEach((one) => one.dispose());\n    this.disposables = [];\n  }\n}",
      safe: "export class EditorService {\n  watches = new Map();\n  constructor(editors) {\n    editors.on('open', (editor) => {\n      this.watches.set(editor.id, watch(editor));\n    });\n    editors.on('close', (editor) => {\n      this.watches.get(editor.id)?.dispose();\n      this.watches.delete(editor.id);\n    });\n  }\n}",
      releases: ['disposing and removing each with what it belongs to', 'disposing the previous one'],
    },
    lists,
  ),
  container(
    'client-per-key',
    'client',
    'A client is kept for every key',
    {
      what: 'A pool, client or connection is made for each id or address, kept in a table, and never closed.',
      why: 'Each holds sockets, buffers and timers of its own.',
      leaking:
        'const pools = new Map();\nexport function poolFor(tenantId) {\n  let pool = pools.get(tenantId);\n  if (!pool) {\n    pool = new Pool({ database: tenantId });\n    pools.set(tenantId, pool);\n  }\n  return pool;\n}',
      safe: 'const pools = new Map();\nexport function poolFor(tenantId) {\n  let pool = pools.get(tenantId);\n  if (!pool) {\n    pool = new Pool({ database: tenantId });\n    pools.set(tenantId, pool);\n  }\n  return pool;\n}\nexport async function drop(tenantId) {\n  await pools.get(tenantId)?.end();\n  pools.delete(tenantId);\n}',
      releases: ['closing and removing it when it is idle', 'closing it with its last user'],
    },
    tables,
  ),
  container(
    'request-state-in-module',
    'request',
    'Requests are kept in module state',
    {
      what: 'A handler puts the request, the response or their data into a collection of the module.',
      why: 'The request with its socket, body and session stays in memory after it ended.',
      leaking:
        "import http from 'node:http';\nconst requests = [];\nhttp.createServer().on('request', (req, res) => {\n  requests.push(req);\n  res.end();\n});",
      safe: "import http from 'node:http';\nconst open = new Set();\nhttp.createServer().on('request', (req, res) => {\n  open.add(req);\n  res.on('close', () => open.delete(req));\n  res.end();\n});",
      releases: ['removal when the response ends', 'keeping counters only'],
    },
    [...tables, ...lists],
    'high',
  ),
  container(
    'queue-not-drained',
    'queue',
    'Queue is read but never emptied',
    {
      what: 'Work is appended to a queue, and the code that goes through the queue does not take it out.',
      why: 'The queue keeps all work ever done, and each pass does it again.',
      leaking:
        'const queue = [];\nexport function enqueue(job) {\n  queue.push(job);\n}\nexport async function flush() {\n  for (const job of queue) await send(job);\n}',
      safe: 'const queue = [];\nexport function enqueue(job) {\n  queue.push(job);\n}\nexport async function flush() {\n  for (const job of queue.splice(0)) await send(job);\n}',
      releases: ['`shift`', '`splice`', 'swapping the list for a new one', 'a cap'],
    },
    lists,
    'high',
  ),
  container(
    'map-keyed-by-object',
    'map keyed by objects',
    'Collection keeps its key objects alive',
    {
      what: 'A `Map` or `Set` has objects as keys that die before it: requests, sockets, signals.',
      why: 'The key, and everything it refers to, lives as long as the collection.',
      leaking:
        'const timings = new Map<Request, number>();\nexport function begin(request: Request) {\n  timings.set(request, Date.now());\n}',
      safe: 'const timings = new WeakMap<Request, number>();\nexport function begin(request: Request) {\n  timings.set(request, Date.now());\n}',
      releases: ['`WeakMap` or `WeakSet`', '`delete` when the object is done'],
    },
    maps,
  ),
  container(
    'map-of-dom-elements',
    'map of DOM elements',
    'Collection keeps detached elements alive',
    {
      what: 'A `Map` or `Set` that lives as long as the page has DOM elements as keys.',
      why: 'An element that left the page stays in memory with its whole subtree.',
      leaking:
        'const states = new Map<HTMLElement, string>();\nexport function open(element: HTMLElement) {\n  states.set(element, "open");\n}',
      safe: 'const states = new WeakMap<HTMLElement, string>();\nexport function open(element: HTMLElement) {\n  states.set(element, "open");\n}',
      releases: ['`WeakMap` or `WeakSet`', '`delete` when the element goes'],
    },
    maps,
  ),
  container(
    'subscriber-array',
    'listener',
    'Listeners can be added, not removed',
    {
      what: 'A function adds a listener to a list, and nothing takes it out again.',
      why: 'Each subscriber, and what it refers to, lives as long as the list.',
      leaking:
        'const listeners = [];\nexport function subscribe(listener) {\n  listeners.push(listener);\n}\nexport function emit(value) {\n  listeners.forEach((listener) => listener(value));\n}',
      safe: 'let listeners = [];\nexport function subscribe(listener) {\n  listeners.push(listener);\n  return () => {\n    listeners = listeners.filter((one) => one !== listener);\n  };\n}\nexport function emit(value) {\n  listeners.forEach((listener) => listener(value));\n}',
      releases: ['a returned function that removes it', 'a matching `unsubscribe` or `off`'],
    },
    lists,
  ),
  container(
    'text-accumulator',
    'text',
    'Text is appended for ever',
    {
      what: 'Events append to a text or buffer of a long-lived holder, and nothing empties it.',
      why: 'All that was ever received stays in memory.',
      leaking: "let output = '';\nprocess.on('message', (message) => {\n  output += message;\n});",
      safe: "let output = '';\nprocess.on('message', (message) => {\n  output += message;\n  if (output.length > 10000) output = output.slice(-10000);\n});",
      releases: ['cutting it', 'emptying it when it is used', 'streaming it'],
    },
    texts,
  ),
  container(
    'race-with-long-lived-promise',
    'reaction of a promise',
    'Each race leaves a reaction on a long-lived promise',
    {
      what: '`Promise.race` in a loop takes part in a promise that lives as long as the loop.',
      why: 'Each round adds a reaction, with the values of that round, to the promise that does not settle.',
      leaking:
        'export async function pump(source, stopped: Promise<void>) {\n  for (;;) {\n    const item = await Promise.race([source.next(), stopped]);\n    if (!item) return;\n    handle(item);\n  }\n}',
      safe: 'export async function pump(source, signal: AbortSignal) {\n  for (;;) {\n    if (signal.aborted) return;\n    const item = await source.next();\n    handle(item);\n  }\n}',
      releases: ['a signal that is checked', 'a listener that is removed after each round'],
    },
    races,
  ),
  container(
    'promise-chain-collected',
    'promises',
    'Promises are collected and never let go',
    {
      what: 'Each promise is added to a list, or to a `Promise.all` of all before it, that nothing empties.',
      why: 'The results of all work ever done stay reachable.',
      leaking: 'let all = Promise.resolve();\nexport function add(work) {\n  all = Promise.all([all, work()]);\n}',
      safe: 'let last = Promise.resolve();\nexport function add(work) {\n  last = last.then(() => work());\n}',
      releases: ['keeping only the last promise', 'removing each when it settles'],
    },
    [...chains, ...lists],
  ),
  container(
    'global-registry',
    'global list',
    'Global collection only grows',
    {
      what: 'Code appends to a collection on `globalThis` or `window`, and nothing takes anything out.',
      why: 'It is reachable from everywhere for as long as the page or process lives, over all reloads of the module.',
      leaking:
        'globalThis.instances ??= [];\nexport function create(options) {\n  const instance = { options };\n  globalThis.instances.push(instance);\n  return instance;\n}',
      safe: 'globalThis.instances ??= new Set();\nexport function create(options) {\n  const instance = { options };\n  globalThis.instances.add(instance);\n  return { instance, dispose: () => globalThis.instances.delete(instance) };\n}',
      releases: ['a returned function that removes it', 'one entry per key that is replaced'],
    },
    globals,
  ),
  container(
    'kept-by-registry',
    'entry',
    'What a registry is given is not taken back',
    {
      what: 'The clean-up of an effect takes one thing back of what the effect has given to a longer-lived object, and forgets the other; or there is none, and the file declares how it would be taken back.',
      why: 'The object outlives the component: one that is gone stays in it with all that it holds, and each run of the effect adds another.',
      leaking:
        "import { useEffect } from 'react';\nexport function useRoom(room, show) {\n  useEffect(() => {\n    const guest = (one) => show(one);\n    const host = (one) => show(one);\n    room.addGuestHandler(guest);\n    room.addHostHandler(host);\n    return () => room.removeGuestHandler(guest);\n  }, [room, show]);\n}",
      safe: "import { useEffect } from 'react';\nexport function useRoom(room, show) {\n  useEffect(() => {\n    const guest = (one) => show(one);\n    const host = (one) => show(one);\n    room.addGuestHandler(guest);\n    room.addHostHandler(host);\n    return () => {\n      room.removeGuestHandler(guest);\n      room.removeHostHandler(host);\n    };\n  }, [room, show]);\n}",
      releases: ['the function of the same object that takes out what this one has put in'],
    },
    [[/\b(?:un|off|remove|de)\w+\(/, /\buse\w*Effect\w*\(|\bonMount|\bcreateEffect\(/]],
  ),
];
