import { samples } from '../expectLeaks';

samples(
  'cache/request-state-in-module',
  [
    {
      name: 'requests in a list of the module',
      code: `import http from 'node:http';
const log = [];
http.createServer().on('request', (req, res) => {
  log.push(req); // leak cache/request-state-in-module
  res.end();
});`,
    },
    {
      name: 'the body of each request under its id',
      code: `import express from 'express';
const app = express();
const uploads = new Map();
app.post('/upload', (req, res) => {
  uploads.set(req.headers['x-request-id'], req.body); // leak cache/request-state-in-module
  res.sendStatus(202);
});`,
    },
    {
      name: 'a context kept in a set',
      code: `import Koa from 'koa';
const app = new Koa();
const contexts = new Set();
app.use(async (ctx, next) => {
  contexts.add(ctx); // leak cache/request-state-in-module
  await next();
});`,
    },
  ],
  [
    {
      name: 'counters',
      code: `import express from 'express';
const app = express();
const hits: Record<string, number> = {};
app.get('/a', (req, res) => { hits['a'] = (hits['a'] ?? 0) + 1; res.end(); });`,
    },
    {
      name: 'removal when the response ends',
      code: `import http from 'node:http';
const open = new Set<http.ServerResponse>();
http.createServer().on('request', (req, res) => { open.add(res); res.on('close', () => open.delete(res)); });`,
    },
    {
      name: 'a list of the call',
      code: `import http from 'node:http';
http.createServer().on('request', (req, res) => { const seen = []; seen.push(req); res.end(String(seen.length)); });`,
    },
  ],
);

samples(
  'cache/queue-not-drained',
  [
    {
      name: 'a queue that flushing only reads',
      code: `export class Uploader {
  private readonly queue: object[] = [];
  enqueue(item: object) {
    this.queue.push(item); // leak cache/queue-not-drained
  }
  async flush() {
    for (const item of this.queue) await fetch('/upload', { method: 'POST', body: JSON.stringify(item) });
  }
}`,
    },
    {
      name: 'a send buffer that is sliced, not spliced',
      path: 'src/socket.js',
      code: `export class Socket {
  #sendBuffer = [];
  emit(packet) {
    if (this.connected) this.write(packet);
    else this.#sendBuffer.push(packet); // leak cache/queue-not-drained
  }
  onConnect() {
    this.#sendBuffer.forEach((packet) => this.write(packet));
    this.#sendBuffer.slice(0);
  }
  write(packet) { this.transport.write(packet); }
}`,
    },
    {
      name: 'a module backlog that a timer works through',
      code: `const backlog: string[] = [];
export function report(line: string) {
  backlog.push(line); // leak cache/queue-not-drained
}
setInterval(() => { backlog.forEach((line) => console.log(line)); }, 1000);`,
    },
    {
      name: 'what is to be removed, gone through each frame',
      code: `export class EntityManager {
  private readonly entities: Entity[] = [];
  private readonly entitiesToRemove: Entity[] = [];
  update() {
    for (const entity of this.entities)
      if (!entity.active) this.entitiesToRemove.push(entity); // leak cache/queue-not-drained
    for (const entity of this.entitiesToRemove) this.remove(entity);
  }
  private remove(entity: Entity) { this.entities.splice(this.entities.indexOf(entity), 1); }
}`,
    },
  ],
  [
    {
      name: 'what is to be removed, in a list that is emptied afterwards',
      code: `export class EntityManager {
  private readonly entities: Entity[] = [];
  private readonly entitiesToRemove: Entity[] = [];
  update() {
    for (const entity of this.entities) if (!entity.active) this.entitiesToRemove.push(entity);
    for (const entity of this.entitiesToRemove) this.remove(entity);
    if (this.entitiesToRemove.length > 0) this.entitiesToRemove.length = 0;
  }
  private remove(entity: Entity) { this.entities.splice(this.entities.indexOf(entity), 1); }
}`,
    },
    {
      name: 'what is to be removed, in a list of one run',
      code: `export class EntityManager {
  private readonly entities: Entity[] = [];
  update() {
    const entitiesToRemove: Entity[] = [];
    for (const entity of this.entities) if (!entity.active) entitiesToRemove.push(entity);
    for (const entity of entitiesToRemove) this.remove(entity);
  }
  private remove(entity: Entity) { this.entities.splice(this.entities.indexOf(entity), 1); }
}`,
    },
    {
      name: 'a shift per job',
      code: `const queue: (() => void)[] = [];
export function add(job: () => void) { queue.push(job); run(); }
function run() { const job = queue.shift(); job?.(); }`,
    },
    {
      name: 'a swap',
      code: `export class Batch { private queue: string[] = []; add(x: string) { this.queue.push(x); } flush() { const all = this.queue; this.queue = []; for (const x of all) console.log(x); } }`,
    },
    {
      name: 'a queue that is emptied by its length',
      code: `const queue: string[] = [];
export function add(x: string) { queue.push(x); }
export function flush() { queue.forEach((x) => console.log(x)); queue.length = 0; }`,
    },
  ],
);

samples(
  'cache/map-keyed-by-object',
  [
    {
      name: 'a map of requests',
      code: `const startedAt = new Map<Request, number>();
export function begin(request: Request) {
  startedAt.set(request, Date.now()); // leak cache/map-keyed-by-object
}
export const since = (request: Request) => startedAt.get(request);`,
    },
    {
      name: 'a set of signals',
      code: `const known = new Set<AbortSignal>();
export function follow(signal: AbortSignal) {
  if (known.has(signal)) return;
  known.add(signal); // leak cache/map-keyed-by-object
}`,
    },
    {
      name: 'a cache of what was computed for an object',
      code: `const sizes = new Map<object, number>();
export function sizeOf(value: object) {
  const known = sizes.get(value);
  if (known !== undefined) return known;
  const size = JSON.stringify(value).length;
  sizes.set(value, size); // leak cache/map-keyed-by-object
  return size;
}`,
    },
  ],
  [
    {
      name: 'a weak map',
      code: `const startedAt = new WeakMap<Request, number>();
export function begin(request: Request) { startedAt.set(request, Date.now()); }`,
    },
    {
      name: 'removal at the end of the object',
      code: `import type { Socket } from 'node:net';
const since = new Map<Socket, number>();
export function accept(socket: Socket) { since.set(socket, Date.now()); socket.on('close', () => since.delete(socket)); }`,
    },
    {
      name: 'objects of one call',
      code: `export function order(nodes: readonly object[]) { const seen = new Set<object>(); for (const node of nodes) seen.add(node); return seen.size; }`,
    },
  ],
);

samples(
  'cache/map-of-dom-elements',
  [
    {
      name: 'states of elements',
      code: `const states = new Map<HTMLElement, string>();
export function open(element: HTMLElement) {
  states.set(element, 'open'); // leak cache/map-of-dom-elements
}`,
    },
    {
      name: 'a set of nodes that were enhanced',
      code: `const enhanced = new Set<Element>();
export function enhance(root: Element) {
  if (enhanced.has(root)) return;
  enhanced.add(root); // leak cache/map-of-dom-elements
  root.classList.add('ready');
}`,
    },
    {
      name: 'a static table of canvases',
      code: `export class Charts {
  private static readonly contexts = new Map<HTMLCanvasElement, object>();
  static draw(canvas: HTMLCanvasElement) {
    Charts.contexts.set(canvas, {}); // leak cache/map-of-dom-elements
  }
}`,
    },
  ],
  [
    {
      name: 'a weak map',
      code: `const states = new WeakMap<HTMLElement, string>();
export function open(element: HTMLElement) { states.set(element, 'open'); }`,
    },
    {
      name: 'removal with the element',
      code: `const states = new Map<HTMLElement, string>();
export function open(element: HTMLElement) { states.set(element, 'open'); }
export function close(element: HTMLElement) { states.delete(element); element.remove(); }`,
    },
    {
      name: 'a map by tag name',
      code: `const makers = new Map<string, () => HTMLElement>();
export function define(tagName: string, make: () => HTMLElement) { makers.set(tagName, make); }`,
    },
  ],
);

samples(
  'cache/subscriber-array',
  [
    {
      name: 'subscribe without unsubscribe',
      code: `const listeners: ((value: number) => void)[] = [];
export function subscribe(listener: (value: number) => void) {
  listeners.push(listener); // leak cache/subscriber-array
}
export function publish(value: number) { for (const listener of listeners) listener(value); }`,
    },
    {
      name: 'observers of a store',
      path: 'src/store.js',
      code: `export class SettingsStore {
  constructor() { this.callbacks = []; }
  onChange(callback) {
    this.callbacks.push(callback); // leak cache/subscriber-array
  }
  set(name, value) { this.callbacks.forEach((callback) => callback(name, value)); }
}`,
    },
    {
      name: 'a watcher with its filter',
      code: `export class EventHub {
  private readonly entries: { filter: string; handler: (event: object) => void }[] = [];
  addListener(filter: string, handler: (event: object) => void) {
    this.entries.push({ filter, handler }); // leak cache/subscriber-array
  }
  fire(event: object) { for (const { handler } of this.entries) handler(event); }
}`,
    },
  ],
  [
    {
      name: 'a returned remover',
      code: `let listeners: (() => void)[] = [];
export function subscribe(listener: () => void) { listeners.push(listener); return () => { listeners = listeners.filter((one) => one !== listener); }; }`,
    },
    {
      name: 'hooks that a program registers once',
      code: `const hooks: (() => void)[] = [];
export function onExit(hook: () => void) { hooks.push(hook); }
process.on('exit', () => { for (const hook of hooks) hook(); });`,
    },
    {
      name: 'an off beside on',
      code: `export class Bus { private readonly all: (() => void)[] = []; addListener(fn: () => void) { this.all.push(fn); } removeListener(fn: () => void) { this.all.splice(this.all.indexOf(fn), 1); } }`,
    },
  ],
);

samples(
  'cache/disposers-pile-up',
  [
    {
      name: 'a disposable per opened editor',
      code: `export class MarkerService {
  private readonly disposables: { dispose(): void }[] = [];
  constructor(editors: { onDidOpen(fn: (editor: object) => void): { dispose(): void } }) {
    this.disposables.push(editors.onDidOpen((editor) => {
      this.disposables.push(decorate(editor)); // leak cache/disposers-pile-up
    }));
  }
  dispose() { for (const one of this.disposables) one.dispose(); this.disposables.length = 0; }
}`,
    },
    {
      name: 'an unsubscriber per message',
      path: 'src/hub.js',
      code: `const unsubscribers = [];
process.on('message', (message) => {
  unsubscribers.push(follow(message.topic)); // leak cache/disposers-pile-up
});
export const count = () => unsubscribers.length;`,
    },
    {
      name: 'a clean-up per message of a service',
      code: `export class PollService {
  private cleanups: (() => void)[] = [];
  constructor(private readonly source: { on(event: string, fn: (text: string) => void): void }) {
    source.on('line', this.line);
  }
  private readonly line = (line: string) => {
    this.cleanups.push(startRequest(line)); // leak cache/disposers-pile-up
  };
  dispose() { this.source.off('line', this.line); this.cleanups.forEach((cleanup) => cleanup()); this.cleanups = []; }
}`,
    },
  ],
  [
    {
      name: 'registrations made once',
      code: `export class View {
  private readonly disposables: { dispose(): void }[] = [];
  constructor(editor: { onDidChange(fn: () => void): { dispose(): void } }) { this.disposables.push(editor.onDidChange(() => undefined)); }
  dispose() { this.disposables.forEach((one) => one.dispose()); }
}`,
    },
    {
      name: 'a list that is emptied before it is filled again',
      code: `export class ConnectionService {
  private subs: (() => void)[] = [];
  begin(socket: { on(event: string, fn: () => void): () => void }) { socket.on('open', () => { this.cleanup(); this.subs.push(socket.on('data', () => undefined)); }); }
  private cleanup() { this.subs.forEach((sub) => sub()); this.subs.length = 0; }
}`,
    },
    {
      name: 'a method that others call',
      code: `export class Owner { private readonly toDispose: { dispose(): void }[] = []; add(one: { dispose(): void }) { this.toDispose.push(one); } dispose() { this.toDispose.forEach((one) => one.dispose()); } }`,
    },
  ],
);

samples(
  'cache/client-per-key',
  [
    {
      name: 'a pool per tenant',
      code: `import { Pool } from 'pg';
const pools = new Map<string, Pool>();
export function poolFor(tenantId: string) {
  const known = pools.get(tenantId);
  if (known) return known;
  const pool = new Pool({ database: tenantId });
  pools.set(tenantId, pool); // leak cache/client-per-key
  return pool;
}`,
    },
    {
      name: 'a client per address of a service',
      code: `export class ProxyService {
  private readonly clients: Record<string, object> = {};
  private clientOf(url: string) {
    if (!this.clients[url]) this.clients[url] = new HttpClient(url); // leak cache/client-per-key
    return this.clients[url];
  }
  forward(url: string) { return this.clientOf(url); }
}`,
    },
    {
      name: 'a connection per user',
      path: 'src/notify.js',
      code: `const connections = new Map();
export async function notify(userId, text) {
  let connection = connections.get(userId);
  if (!connection) {
    connection = await createConnection(userId);
    connections.set(userId, connection); // leak cache/client-per-key
  }
  return connection.send(text);
}`,
    },
  ],
  [
    {
      name: 'a client per region',
      code: `type Region = 'eu' | 'us';
const clients = new Map<Region, object>();
export function clientFor(region: Region) { const known = clients.get(region); if (known) return known; const made = new S3Client({ region }); clients.set(region, made); return made; }`,
    },
    {
      name: 'a drop when it is idle',
      code: `const pools = new Map<string, Pool>();
export function poolFor(tenantId: string) { let pool = pools.get(tenantId); if (!pool) { pool = new Pool({ database: tenantId }); pool.on('idle', () => pools.delete(tenantId)); pools.set(tenantId, pool); } return pool; }`,
    },
    {
      name: 'clients by provider name',
      code: `const clients = new Map<string, object>();
export function clientFor(provider: string) { const known = clients.get(provider); if (known) return known; const made = new ApiClient(provider); clients.set(provider, made); return made; }`,
    },
  ],
);

samples(
  'cache/set-field-only-grows',
  [
    {
      name: 'ids that were handled',
      code: `export class WebhookService {
  private readonly processed = new Set<string>();
  handle(eventId: string) {
    if (this.processed.has(eventId)) return;
    this.processed.add(eventId); // leak cache/set-field-only-grows
  }
}`,
    },
    {
      name: 'users that were greeted',
      path: 'src/bot.js',
      code: `const greeted = new Set();
bot.on('message', (message) => {
  if (greeted.has(message.author.id)) return;
  greeted.add(message.userId); // leak cache/set-field-only-grows
});`,
    },
    {
      name: 'process ids of what was started',
      code: `const pids = new Set<number>();
export function note(pid: number) {
  pids.add(pid); // leak cache/set-field-only-grows
}
export const isOurs = (pid: number) => pids.has(pid);`,
    },
  ],
  [
    {
      name: 'ids that leave when they are done',
      code: `const processed = new Set<string>();
export function begin(eventId: string) { processed.add(eventId); }
export function done(eventId: string) { processed.delete(eventId); }`,
    },
    {
      name: 'warnings by name',
      code: `const warned = new Set<string>();
export function warnOnce(name: string) { if (!warned.has(name)) { warned.add(name); console.warn(name); } }`,
    },
    {
      name: 'a set that is emptied for each round',
      code: `const seen = new Set<string>();
export function visit(requestId: string) { seen.add(requestId); }
export function nextRound() { seen.clear(); }`,
    },
  ],
);

samples(
  'cache/record-only-grows',
  [
    {
      name: 'sessions by id',
      code: `const sessions: Record<string, object> = {};
export function touch(sessionId: string) {
  sessions[sessionId] = { at: Date.now() }; // leak cache/record-only-grows
}`,
    },
    {
      name: 'counts per address',
      code: `import http from 'node:http';
const counts: Record<string, number> = Object.create(null);
http.createServer().on('request', (req) => {
  counts[req.socket.remoteAddress ?? ''] = 1; // leak cache/record-only-grows
});`,
    },
    {
      name: 'results by query in a service',
      path: 'src/search.js',
      code: `export class SearchService {
  constructor() { this.results = {}; }
  async find(query) {
    if (this.results[query]) return this.results[query];
    this.results[query] = await this.ask(query); // leak cache/record-only-grows
    return this.results[query];
  }
  ask(query) { return fetch('/search?q=' + query); }
}`,
    },
  ],
  [
    {
      name: 'a table of registered commands',
      code: `const commands: Record<string, () => void> = {};
export function registerCommand(id: string, run: () => void) { commands[id] = run; }
export const run = (id: string) => commands[id]?.();`,
    },
    {
      name: 'fields of a form',
      code: `const values: Record<string, string> = {};
export function change(field: string, value: string) { values[field] = value; }`,
    },
    {
      name: 'a record that is built and returned',
      code: `export function index(rows: readonly { sessionId: string }[]) { const by: Record<string, object> = {}; for (const row of rows) by[row.sessionId] = row; return by; }`,
    },
  ],
);

samples(
  'cache/intern-table',
  [
    {
      name: 'numbers for texts',
      code: `const ids: Record<string, number> = {};
let next = 0;
export function idOf(text: string) {
  return (ids[text] ??= next++); // leak cache/record-only-grows
}`,
    },
    {
      name: 'one object per url',
      code: `const table = new Map<string, { url: string }>();
export function intern(url: string) {
  let known = table.get(url);
  if (!known) {
    known = { url };
    table.set(url, known); // leak cache/map-without-eviction
  }
  return known;
}`,
    },
    {
      name: 'parsed expressions',
      path: 'src/parse.js',
      code: `const parsed = {};
exports.parse = function (expression) {
  if (!parsed[expression]) parsed[expression] = compile(expression); // leak cache/record-only-grows
  return parsed[expression];
};`,
    },
  ],
  [
    {
      name: 'a closed set of names',
      code: `const ids: Record<string, number> = {};
let next = 0;
export function idOf(className: string) { return (ids[className] ??= next++); }`,
    },
    {
      name: 'a cap',
      code: `const table = new Map<string, object>();
export function intern(url: string) { let known = table.get(url); if (!known) { if (table.size > 500) table.clear(); known = { url }; table.set(url, known); } return known; }`,
    },
    {
      name: 'a table of one compilation',
      code: `export function compile(texts: readonly string[]) { const ids = new Map<string, number>(); const idOf = (text: string) => { const known = ids.get(text); if (known !== undefined) return known; ids.set(text, ids.size); return ids.size; }; return texts.map(idOf); }`,
    },
  ],
);

samples(
  'cache/memoize-hand-rolled',
  [
    {
      name: 'a memoizer with a map',
      code: `export function memoize<T>(fn: (key: string) => T) {
  const results = new Map<string, T>();
  return (key: string) => {
    if (results.has(key)) return results.get(key);
    const made = fn(key);
    results.set(key, made); // leak cache/memoize-hand-rolled
    return made;
  };
}`,
    },
    {
      name: 'a memoizer by the text of its arguments',
      path: 'src/memo.js',
      code: `export const memoized = (fn) => {
  const cache = {};
  return (...args) => {
    const key = JSON.stringify(args);
    if (!(key in cache)) cache[key] = fn(...args); // leak cache/memoize-hand-rolled
    return cache[key];
  };
};`,
    },
    {
      name: 'a cached version of a function',
      code: `export function withCache(fn: (url: string) => Promise<string>) {
  const byUrl = new Map<string, Promise<string>>();
  return async function cached(url: string) {
    let known = byUrl.get(url);
    if (!known) {
      known = fn(url);
      byUrl.set(url, known); // leak cache/memoize-hand-rolled
    }
    return known;
  };
}`,
    },
  ],
  [
    {
      name: 'the last value only',
      code: `export function memoizeLast(fn: (key: string) => string) { let last: { key: string; value: string } | undefined; return (key: string) => { if (last?.key !== key) last = { key, value: fn(key) }; return last.value; }; }`,
    },
    {
      name: 'a memo of one call',
      code: `export function fibonacci(n: number): number { const memo = new Map<number, number>(); const at = (i: number): number => { if (i < 2) return i; const known = memo.get(i); if (known !== undefined) return known; const value = at(i - 1) + at(i - 2); memo.set(i, value); return value; }; return at(n); }`,
    },
    {
      name: 'a limit',
      code: `export function memoize<T>(fn: (key: string) => T, limit: number) { const results = new Map<string, T>(); return (key: string) => { if (results.has(key)) return results.get(key); if (results.size >= limit) results.clear(); const made = fn(key); results.set(key, made); return made; }; }`,
    },
    {
      name: 'caches of an object that is made per analysis',
      code: `export function createNames(program: object) { const cache = new Map<object, string>(); return { of: (node: object) => { const known = cache.get(node); if (known) return known; const name = String(node) + String(program); cache.set(node, name); return name; } }; }`,
    },
  ],
);

samples(
  'cache/text-accumulator',
  [
    {
      name: 'output of a module',
      code: `let output = '';
process.stdin.on('data', (chunk) => {
  output += chunk; // leak cache/text-accumulator
});`,
    },
    {
      name: 'a log text of a service',
      code: `export class ConsoleService {
  private text = '';
  constructor(source: { on(event: string, fn: (line: string) => void): void }) {
    source.on('line', (line) => {
      this.text += line + '\\n'; // leak cache/text-accumulator
    });
  }
  read() { return this.text; }
}`,
    },
    {
      name: 'a buffer that is joined to itself',
      code: `let received = Buffer.alloc(0);
process.stdin.on('data', (chunk: Buffer) => {
  received = Buffer.concat([received, chunk]); // leak cache/text-accumulator
});
export const size = () => received;`,
    },
  ],
  [
    {
      name: 'a text that is cut',
      code: `let tail = '';
process.stdin.on('data', (chunk) => { tail += chunk; tail = tail.slice(-1000); });`,
    },
    {
      name: 'lines taken out of a buffer',
      code: `let buffer = '';
process.stdin.on('data', (chunk) => { buffer += chunk; const lines = buffer.split('\\n'); buffer = lines.pop() ?? ''; for (const line of lines) console.log(line); });`,
    },
    {
      name: 'a body of one request',
      code: `import http from 'node:http';
http.createServer().on('request', (req) => { let body = ''; req.on('data', (chunk) => { body += chunk; }); });`,
    },
    {
      name: 'the output of a process that ends',
      code: `export class Run { output = ''; begin(child: { on(event: string, fn: (text: string) => void): void }) { child.on('data', (text) => { this.output += text; }); } }`,
    },
  ],
);

samples(
  'cache/global-registry',
  [
    {
      name: 'instances on globalThis',
      code: `globalThis.instances ??= [];
export function create(options: object) {
  globalThis.instances.push(options); // leak cache/global-registry
}`,
    },
    {
      name: 'a list on window made where it is filled',
      path: 'src/widget.js',
      code: `export function show(element) {
  (window.widgets = window.widgets || []).push(element);
  window.mounted ??= [];
  window.mounted.push(element); // leak cache/global-registry
}`,
    },
    {
      name: 'a table by session on global',
      code: `global.sessions = global.sessions || new Map();
export function begin(sessionId: string) {
  global.sessions.set(sessionId, {}); // leak cache/global-registry
}`,
    },
  ],
  [
    {
      name: 'a returned remover',
      code: `globalThis.instances ??= new Set();
export function create(options: object) { globalThis.instances.add(options); return () => globalThis.instances.delete(options); }`,
    },
    {
      name: 'the command list of a script of others',
      code: `window.dataLayer = window.dataLayer || [];
export function track(event: object) { window.dataLayer.push(event); }`,
    },
    {
      name: 'a client kept over reloads',
      code: `globalThis.prisma ??= createClient();
export const prisma = globalThis.prisma;`,
    },
  ],
);
