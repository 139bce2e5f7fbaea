import { samples } from '../expectLeaks';

samples(
  'cache/pending-requests',
  [
    {
      name: 'a resolver per id that the reply only looks up',
      code: `export class RpcClient {
  private readonly pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private nextId = 0;
  constructor(private readonly socket: WebSocket) {}
  call(method: string, params: unknown) {
    const id = ++this.nextId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject }); // leak cache/pending-requests
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
  onMessage(text: string) {
    const reply = JSON.parse(text);
    this.pending.get(reply.id)?.resolve(reply.result);
  }
}`,
    },
    {
      name: 'a record of callbacks in a module',
      path: 'src/bridge.js',
      code: `const waiting = {};
let counter = 0;
export function ask(message) {
  return new Promise((resolve) => {
    const requestId = 'r' + counter++;
    waiting[requestId] = resolve; // leak cache/pending-requests
    window.parent.postMessage({ requestId, message }, '*');
  });
}
window.addEventListener('message', (event) => {
  const resolve = waiting[event.data.requestId];
  if (resolve) resolve(event.data.answer);
});`,
    },
    {
      name: 'an entry object made before it is stored, in a factory',
      code: `export function createChannel(port: MessagePort) {
  const calls = new Map<string, { resolve: (value: unknown) => void }>();
  port.onmessage = (event) => {
    const entry = calls.get(event.data.id);
    if (entry) entry.resolve(event.data.value);
  };
  return {
    invoke(name: string) {
      return new Promise((resolve) => {
        const id = crypto.randomUUID();
        const entry = { resolve, name };
        calls.set(id, entry); // leak cache/pending-requests
        port.postMessage({ id, name });
      });
    },
  };
}`,
    },
  ],
  [
    {
      name: 'a deletion with the reply',
      code: `export class RpcClient {
  private readonly pending = new Map<number, (value: unknown) => void>();
  private nextId = 0;
  call(method: string) {
    const id = ++this.nextId;
    return new Promise((resolve) => { this.pending.set(id, resolve); send(id, method); });
  }
  onMessage(reply: { id: number; value: unknown }) {
    const resolve = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    resolve?.(reply.value);
  }
}`,
    },
    {
      name: 'a clean-up function with a this of its own',
      code: `export class Bridge {
  private handlers = new Map<string, (value: unknown) => void>();
  receive(key: string, value: unknown) { this.handlers.get(key)?.(value); }
  ask(key: string) {
    return new Promise((resolve, reject) => {
      function dispose(this: Bridge) { this.handlers.delete(key); }
      const timer = setTimeout(() => { dispose.call(this); reject(new Error('late')); }, 1000);
      this.handlers.set(key, (value) => { clearTimeout(timer); dispose.call(this); resolve(value); });
    });
  }
}`,
    },
    {
      name: 'a table that is handed to someone who answers',
      code: `const pending = new Map<string, (value: unknown) => void>();
startReader(pending);
export function ask(id: string) {
  return new Promise((resolve) => { pending.set(id, resolve); });
}
export function peek(id: string) { return pending.get(id); }`,
    },
    {
      name: 'a wait of the call itself',
      code: `export async function both(a: Promise<number>, b: Promise<number>) {
  const waiting = new Map<string, (value: number) => void>();
  const done = new Promise<number>((resolve) => { waiting.set('a', resolve); });
  waiting.get('a')?.((await a) + (await b));
  return done;
}`,
    },
  ],
);

samples(
  'cache/entry-left-after-completion',
  [
    {
      name: 'a timeout that rejects and leaves the entry',
      code: `export class Connection {
  private readonly requests = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private seq = 0;
  request(command: string) {
    const seq = this.seq++;
    return new Promise((resolve, reject) => {
      this.requests.set(seq, { resolve, reject }); // leak cache/entry-left-after-completion
      setTimeout(() => { reject(new Error('request timed out')); }, 30_000); // leak listener/timeout-race
      this.write(seq, command);
    });
  }
  private write(seq: number, command: string) { process.stdout.write(seq + command); }
  handle(reply: { seq: number; body: unknown }) {
    const entry = this.requests.get(reply.seq);
    if (!entry) return;
    this.requests.delete(reply.seq);
    entry.resolve(reply.body);
  }
}`,
    },
    {
      name: 'a timer that is stopped and left in its table',
      code: `const timers = new Map<string, NodeJS.Timeout>();
export function arm(requestId: string, fail: () => void) {
  timers.set(requestId, setTimeout(() => { // leak cache/entry-left-after-completion
    timers.delete(requestId);
    fail();
  }, 5000));
}
export function settle(requestId: string) {
  const timer = timers.get(requestId);
  if (timer) clearTimeout(timer);
}`,
    },
    {
      name: 'a record whose timeout settles only',
      path: 'src/worker.js',
      code: `const callbacks = {};
export function run(taskId, payload) {
  return new Promise((resolve, reject) => {
    callbacks[taskId] = { resolve, reject }; // leak cache/entry-left-after-completion
    const timer = setTimeout(() => reject(new Error('timeout')), 1000);
    worker.postMessage({ taskId, payload, timer });
  });
}
worker.onmessage = ({ data }) => {
  callbacks[data.taskId].resolve(data.result);
  delete callbacks[data.taskId];
};`,
    },
  ],
  [
    {
      name: 'a timeout that deletes through a helper',
      code: `export class Connection {
  private readonly requests = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  request(seq: number) {
    return new Promise((resolve, reject) => {
      this.requests.set(seq, { resolve, reject });
      setTimeout(() => { this.drop(seq); reject(new Error('late')); }, 1000);
    });
  }
  private drop(seq: number) { this.requests.delete(seq); }
  handle(seq: number, body: unknown) { this.requests.get(seq)?.resolve(body); this.drop(seq); }
}`,
    },
    {
      name: 'a deletion in finally of the waiter',
      code: `const requests = new Map<number, (value: unknown) => void>();
export async function request(seq: number) {
  try {
    return await new Promise((resolve, reject) => {
      requests.set(seq, resolve);
      setTimeout(() => reject(new Error('late')), 1000);
    });
  } finally {
    requests.delete(seq);
  }
}
export const answer = (seq: number, value: unknown) => requests.get(seq)?.(value);`,
    },
    {
      name: 'a timer that is stopped and deleted',
      code: `const timers = new Map<string, NodeJS.Timeout>();
export function arm(requestId: string) {
  timers.set(requestId, setTimeout(() => { timers.delete(requestId); }, 5000));
}
export function settle(requestId: string) {
  clearTimeout(timers.get(requestId));
  timers.delete(requestId);
}`,
    },
    {
      name: 'a timer that is armed anew',
      code: `const timers = new Map<string, NodeJS.Timeout>();
export function touch(sessionId: string) {
  clearTimeout(timers.get(sessionId));
  timers.set(sessionId, setTimeout(() => { timers.delete(sessionId); }, 5000));
}`,
    },
  ],
);

samples(
  'cache/entry-left-after-rejection',
  [
    {
      name: 'a mark in flight that only success takes away',
      code: `export class Builder {
  private readonly running = new Set<string>();
  async build(projectId: string) {
    if (this.running.has(projectId)) return;
    this.running.add(projectId); // leak cache/entry-left-after-rejection
    await this.compile(projectId);
    this.running.delete(projectId);
  }
  private compile(projectId: string): Promise<void> { return fetch('/build/' + projectId).then(() => undefined); }
}`,
    },
    {
      name: 'a cached promise that a then removes',
      code: `const inFlight = new Map<string, Promise<Response>>();
export function load(url: string) {
  const known = inFlight.get(url);
  if (known) return known;
  const work = fetch(url).then((response) => {
    inFlight.delete(url);
    return response;
  });
  inFlight.set(url, work); // leak cache/entry-left-after-rejection
  return work;
}`,
    },
    {
      name: 'a lock whose catch reports and throws on',
      code: `const locks: Record<string, boolean> = {};
export async function sync(userId: string) {
  locks[userId] = true; // leak cache/entry-left-after-rejection
  try {
    await upload(userId);
    delete locks[userId];
  } catch (error) {
    report(error);
    throw error;
  }
}
export const isLocked = (userId: string) => locks[userId] === true;`,
    },
  ],
  [
    {
      name: 'finally',
      code: `const running = new Set<string>();
export async function build(id: string) {
  running.add(id);
  try { await compile(id); } finally { running.delete(id); }
}`,
    },
    {
      name: 'a promise chain with finally',
      code: `const inFlight = new Map<string, Promise<Response>>();
export function load(url: string) {
  const known = inFlight.get(url);
  if (known) return known;
  const work = fetch(url).finally(() => { inFlight.delete(url); });
  inFlight.set(url, work);
  return work;
}`,
    },
    {
      name: 'a catch that swallows before the deletion',
      code: `const running = new Set<string>();
export async function build(id: string) {
  running.add(id);
  try { await compile(id); } catch (error) { console.error(error); }
  running.delete(id);
}`,
    },
    {
      name: 'a catch that deletes as well',
      code: `const running = new Set<string>();
export async function build(id: string) {
  running.add(id);
  try { await compile(id); running.delete(id); } catch (error) { running.delete(id); throw error; }
}`,
    },
    {
      name: 'a promise that tells of an end',
      code: `const watchers = new Map<string, Watcher>();
export function watch(key: string) {
  const watcher = createWatcher(key);
  watcher.whenDisposed.then(() => watchers.delete(key));
  watchers.set(key, watcher);
  return watcher;
}`,
    },
    {
      name: 'a promise that only resolves',
      code: `const approvals = new Map<string, (value: boolean) => void>();
export async function ask(requestId: string) {
  const answer = new Promise<boolean>((resolve) => { approvals.set(requestId, resolve); });
  const result = await answer;
  approvals.delete(requestId);
  return result;
}
export const approve = (requestId: string) => approvals.get(requestId)?.(true);`,
    },
    {
      name: 'a branch that leaves before the deletion',
      code: `const failures = new Map<string, number>();
export async function start(serverId: string) {
  if (!known(serverId)) {
    failures.set(serverId, (failures.get(serverId) ?? 0) + 1);
    return;
  }
  await spawn(serverId);
  failures.delete(serverId);
}`,
    },
    {
      name: 'work that catches its own failures',
      code: `const running = new Set<string>();
async function compile(id: string) { try { await fetch(id); } catch { console.log('failed'); } }
export async function build(id: string) { running.add(id); await compile(id); running.delete(id); }`,
    },
  ],
);

samples(
  'cache/entry-nulled-not-deleted',
  [
    {
      name: 'callbacks set to null',
      path: 'src/proxy.js',
      code: `const callbacks = {};
export function ask(requestId, callback) {
  callbacks[requestId] = callback; // leak cache/entry-nulled-not-deleted
}
export function answer(requestId, value) {
  callbacks[requestId](value);
  callbacks[requestId] = null;
}`,
    },
    {
      name: 'map entries set to undefined',
      code: `export class SessionStore {
  private readonly sessions = new Map<string, object | undefined>();
  open(sessionId: string, data: object) {
    this.sessions.set(sessionId, data); // leak cache/entry-nulled-not-deleted
  }
  close(sessionId: string) {
    this.sessions.set(sessionId, undefined);
  }
}`,
    },
    {
      name: 'sockets emptied by void',
      code: `const sockets: Record<string, unknown> = {};
export function welcome(socketId: string, socket: unknown) {
  sockets[socketId] = socket; // leak cache/entry-nulled-not-deleted
}
export function detach(socketId: string) {
  sockets[socketId] = void 0;
}`,
    },
  ],
  [
    {
      name: 'delete after null',
      code: `const callbacks: Record<string, unknown> = {};
export function ask(requestId: string, callback: unknown) { callbacks[requestId] = callback; }
export function answer(requestId: string) { callbacks[requestId] = null; delete callbacks[requestId]; }`,
    },
    {
      name: 'a state per kind',
      code: `type Panel = 'left' | 'right';
const open = new Map<Panel, object | undefined>();
export function show(panel: Panel, view: object) { open.set(panel, view); }
export function hide(panel: Panel) { open.set(panel, undefined); }`,
    },
    {
      name: 'slots of a table',
      code: `const slots: Record<number, unknown> = {};
export function put(index: number, value: unknown) { slots[index] = value; }
export function take(index: number) { slots[index] = undefined; }`,
    },
    {
      name: 'an empty entry that says something',
      code: `const activations = new Map<string, object | undefined>();
export function prepare(id: string) {
  if (activations.has(id)) return;
  activations.set(id, []);
  ready(id).then(() => activations.set(id, undefined));
}`,
    },
  ],
);

samples(
  'cache/empty-bucket-left',
  [
    {
      name: 'rooms that stay without members',
      code: `const rooms = new Map<string, Set<string>>();
export function join(roomId: string, user: string) {
  if (!rooms.has(roomId)) rooms.set(roomId, new Set()); // leak cache/empty-bucket-left
  rooms.get(roomId)!.add(user);
}
export function leave(roomId: string, user: string) {
  rooms.get(roomId)?.delete(user);
}`,
    },
    {
      name: 'listeners per topic of a service',
      code: `export class SubscriptionService {
  private readonly bySession = new Map<string, string[]>();
  subscribe(sessionId: string, topic: string) {
    let topics = this.bySession.get(sessionId);
    if (!topics) {
      topics = [];
      this.bySession.set(sessionId, topics); // leak cache/empty-bucket-left
    }
    topics.push(topic);
  }
  unsubscribe(sessionId: string, topic: string) {
    const topics = this.bySession.get(sessionId);
    if (topics) topics.splice(topics.indexOf(topic), 1);
  }
}`,
    },
    {
      name: 'a record of sets',
      path: 'src/presence.js',
      code: `const sockets = {};
export function enter(userId, socket) {
  sockets[userId] ??= new Set(); // leak cache/empty-bucket-left
  sockets[userId].add(socket);
}
export function detach(userId, socket) {
  sockets[userId]?.delete(socket);
}`,
    },
  ],
  [
    {
      name: 'the key goes with its last member',
      code: `const rooms = new Map<string, Set<string>>();
export function join(roomId: string, user: string) { if (!rooms.has(roomId)) rooms.set(roomId, new Set()); rooms.get(roomId)!.add(user); }
export function leave(roomId: string, user: string) { const room = rooms.get(roomId); room?.delete(user); if (room?.size === 0) rooms.delete(roomId); }`,
    },
    {
      name: 'buckets per event type',
      code: `const listeners = new Map<string, Set<() => void>>();
export function on(eventName: string, fn: () => void) { if (!listeners.has(eventName)) listeners.set(eventName, new Set()); listeners.get(eventName)!.add(fn); }
export function off(eventName: string, fn: () => void) { listeners.get(eventName)?.delete(fn); }`,
    },
    {
      name: 'buckets of a local grouping',
      code: `export function group(rows: readonly { userId: string }[]) {
  const by = new Map<string, object[]>();
  for (const row of rows) { const list = by.get(row.userId) ?? []; list.push(row); by.set(row.userId, list); }
  return by;
}`,
    },
  ],
);

samples(
  'cache/sibling-collection-forgotten',
  [
    {
      name: 'two maps filled together, one cleaned',
      code: `export class ChatServer {
  private readonly sockets = new Map<string, WebSocket>();
  private readonly lastSeen = new Map<string, number>();
  add(connectionId: string, socket: WebSocket) {
    this.sockets.set(connectionId, socket);
    this.lastSeen.set(connectionId, Date.now()); // leak cache/sibling-collection-forgotten
  }
  drop(connectionId: string) {
    this.sockets.delete(connectionId);
  }
  idle(connectionId: string) { return this.lastSeen.get(connectionId); }
}`,
    },
    {
      name: 'a state of the session that its end forgets',
      code: `const sessions = new Map<string, object>();
const analysedAt = new Map<string, number>();
export function begin(sessionId: string) { sessions.set(sessionId, {}); }
export function analyse(sessionId: string) {
  const last = analysedAt.get(sessionId) ?? 0;
  if (Date.now() - last < 1000) return;
  analysedAt.set(sessionId, Date.now()); // leak cache/sibling-collection-forgotten
}
export function end(sessionId: string) { sessions.delete(sessionId); }`,
    },
    {
      name: 'a table beside one that only a new beginning empties, as one that nothing empties',
      code: `const answers = new Map<string, object>();
const pages = new Map<string, string>();
export function answer(sessionId: string, text: object) { answers.set(sessionId, text); }
function startOver(sessionId: string) { answers.delete(sessionId); }
export function visit(sessionId: string, page: string) {
  if (pages.get(sessionId) !== page) startOver(sessionId);
  pages.set(sessionId, page); // leak cache/map-without-eviction
}`,
    },
    {
      name: 'records of a class in JavaScript',
      path: 'src/client.js',
      code: `export class Client {
  constructor() { this.outgoing = {}; this.topics = {}; }
  publish(packet, topic) {
    this.outgoing[packet.id] = packet;
    this.topics[packet.id] = topic; // leak cache/sibling-collection-forgotten
  }
  onAck(packet) {
    const sent = this.outgoing[packet.id];
    delete this.outgoing[packet.id];
    return [sent, this.topics[packet.id]];
  }
}`,
    },
  ],
  [
    {
      name: 'both cleaned, one by a helper',
      code: `const sockets = new Map<string, WebSocket>();
const names = new Map<string, string>();
function forget(map: Map<string, unknown>, id: string) { map.delete(id); }
export function join(socketId: string, socket: WebSocket) { sockets.set(socketId, socket); names.set(socketId, 'x'); }
export function leave(socketId: string) { sockets.delete(socketId); forget(names, socketId); }`,
    },
    {
      name: 'a record of a finished run, beside the runs',
      code: `export class Health {
  private readonly running = new Set<string>();
  private readonly lastAt = new Map<string, number>();
  async run(repository: string) {
    this.running.add(repository);
    try { await check(repository); this.lastAt.set(repository, Date.now()); } finally { this.running.delete(repository); }
  }
  age(repository: string) { return Date.now() - (this.lastAt.get(repository) ?? 0); }
}`,
    },
    {
      name: 'a generation beside what waits to be written',
      code: `const pendingWrites = new Map<string, object>();
const generations = new Map<string, number>();
export function change(key: string, state: object) {
  generations.set(key, (generations.get(key) ?? 0) + 1);
  pendingWrites.set(key, state);
}
export function flush(key: string) { const state = pendingWrites.get(key); pendingWrites.delete(key); console.log(state, generations.get(key)); }`,
    },
    {
      name: 'what has been seen',
      code: `const open = new Map<string, object>();
const seen = new Set<string>();
export function begin(path: string) { open.set(path, {}); seen.add(path); }
export function end(path: string) { open.delete(path); }
export const wasSeen = (path: string) => seen.has(path);`,
    },
    {
      name: 'collections of different classes',
      code: `class A { private readonly items = new Map<string, object>(); put(itemId: string) { this.items.set(itemId, {}); } drop(itemId: string) { this.items.delete(itemId); } }
class B { private readonly names = new Map<string, string>(); put(itemId: string) { this.names.set(itemId, ''); } name(itemId: string) { return this.names.get(itemId); } }
export { A, B };`,
    },
  ],
);

samples(
  'cache/removal-wrong-identity',
  [
    {
      name: 'a bound function that is bound again',
      code: `export class View {
  private readonly handlers = new Set<() => void>();
  start() { this.handlers.add(this.update.bind(this)); }
  stop() {
    this.handlers.delete(this.update.bind(this)); // leak cache/removal-wrong-identity
  }
  update() {}
}`,
    },
    {
      name: 'indexOf of a fresh object',
      code: `const tasks: { id: string }[] = [];
export function add(task: { id: string }) { tasks.push(task); }
export function remove(id: string) {
  tasks.splice(tasks.indexOf({ id }), 1); // leak cache/removal-wrong-identity
}`,
    },
    {
      name: 'a filter whose result is dropped',
      code: `export class Bus {
  private listeners: (() => void)[] = [];
  on(fn: () => void) { this.listeners.push(fn); }
  off(fn: () => void) {
    this.listeners.filter((one) => one !== fn); // leak cache/removal-wrong-identity
  }
}`,
    },
  ],
  [
    {
      name: 'the stored function',
      code: `export class View {
  private readonly handlers = new Set<() => void>();
  private readonly bound = this.update.bind(this);
  start() { this.handlers.add(this.bound); }
  stop() { this.handlers.delete(this.bound); }
  update() {}
}`,
    },
    {
      name: 'a filter that is assigned back or returned',
      code: `let listeners: (() => void)[] = [];
export function off(fn: () => void) { listeners = listeners.filter((one) => one !== fn); }
export const others = (fn: () => void) => listeners.filter((one) => one !== fn);`,
    },
    {
      name: 'a collection that compares by value',
      code: `export function forget(set: PointSet, x: number, y: number) { set.delete({ x, y }); }
export function drop(client: { delete(options: object): void }) { client.delete({ id: 1 }); }`,
    },
    {
      name: 'indexOf in a text',
      code: `export const at = (text: string, part: string) => text.indexOf(part);`,
    },
  ],
);

const dialogs = (closing: string): string => `class Dialogs {
  private readonly open = new Map<object, () => void>();
  show(dialog: object, page: Page) {
    return new Promise((resolve) => {
      const close = () => {
        ${closing}
        page.remove();
      };
      this.open.set(dialog, () => { // leak cache/pending-requests
        close();
        resolve(false);
      });
      page.render(dialog, (answer: unknown) => {
        close();
        resolve(answer);
      });
    });
  }
  find(dialog: object) {
    return this.open.get(dialog);
  }
}
export const dialogs = new Dialogs();`;

samples(
  'an end within the method that begins it',
  [{ name: 'that leaves the entry', code: dialogs('') }],
  [
    {
      name: 'that takes the entry out',
      code: dialogs('this.open.delete(dialog);').replace(/ \/\/ leak.*/, ''),
    },
  ],
);

samples(
  'cache/pending-requests',
  [
    {
      name: 'an answer of its own is awaited again under the id that it came with, and nothing else takes one out',
      code: `export class Runtime {
  private requests: { [id: number]: { handler: (answer: unknown) => void } } = {};
  private count = 0;
  constructor(private readonly child: { send(text: string): void; on(event: string, cb: (text: string) => void): void }) {
    child.on('message', (text) => {
      const answer = JSON.parse(text);
      this.requests[answer.id]?.handler(answer);
    });
  }
  send(action: string, given?: number) {
    const request = { action, id: given ?? this.count++ };
    if (given !== undefined) {
      delete this.requests[given];
    } else if (this.requests[request.id]) {
      throw new Error('stale');
    }
    return new Promise((resolve) => {
      this.requests[request.id] = { handler: resolve }; // leak cache/pending-requests
      this.child.send(JSON.stringify(request));
    });
  }
}`,
    },
    {
      name: 'the last one under the key makes way for the next, in a function',
      code: `const waiting = new Map();
let next = 0;
export function ask(port, id) {
  const key = id ?? next++;
  waiting.delete(id);
  return new Promise((resolve) => {
    waiting.set(key, resolve); // leak cache/pending-requests
    port.postMessage({ key });
  });
}
export const answer = (key, value) => waiting.get(key)?.(value);`,
    },
  ],
  [
    {
      name: 'who asks again takes the old one out and leaves',
      code: `const waiting = new Map();
let next = 0;
export function ask(port, id) {
  const key = id ?? next++;
  if (id !== undefined) {
    waiting.delete(id);
    return undefined;
  }
  return new Promise((resolve) => {
    waiting.set(key, resolve);
    port.postMessage({ key });
  });
}
export const answer = (key, value) => waiting.get(key)?.(value);`,
    },
    {
      name: 'the answer takes it out, too',
      code: `const waiting = new Map();
let next = 0;
export function ask(port, id) {
  const key = id ?? next++;
  waiting.delete(id);
  return new Promise((resolve) => {
    waiting.set(key, resolve);
    port.postMessage({ key });
  });
}
export function answer(key, value) {
  waiting.get(key)?.(value);
  waiting.delete(key);
}`,
    },
  ],
);

samples(
  'entries that are a work, which takes them out on success only',
  [
    {
      name: 'a function of the method, run with its this',
      code: `export class Repositories {
  private readonly pending = new Map<string, Promise<object>>();
  constructor(private readonly git) {}
  async open(repoPath: string) {
    let work = this.pending.get(repoPath);
    if (work == null) {
      async function find(this: Repositories) {
        const root = await this.git.findRoot(repoPath);
        const folder = await this.git.read(root);
        this.pending.delete(repoPath);
        return folder;
      }
      work = find.call(this);
      this.pending.set(repoPath, work); // leak cache/entry-left-after-rejection
    }
    return await work;
  }
}`,
    },
    {
      name: 'a function of the module that is given the key',
      path: 'src/avatars.js',
      code: `const loading = {};
export function avatar(userId) {
  if (!loading[userId]) loading[userId] = load(userId); // leak cache/entry-left-after-rejection
  return loading[userId];
}
async function load(id) {
  const answer = await fetch('/avatars/' + id);
  const blob = await answer.blob();
  delete loading[id];
  return blob;
}`,
    },
    {
      name: 'a function that is called where it is written, and catches only to tell',
      code: `const jobs = new Map();
export function build(jobId, compile) {
  if (jobs.has(jobId)) return jobs.get(jobId);
  const job = (async () => {
    try {
      await compile(jobId);
      jobs.delete(jobId);
    } catch (error) {
      console.error(error);
    }
  })();
  jobs.set(jobId, job); // leak cache/entry-left-after-rejection
  return job;
}`,
    },
  ],
  [
    {
      name: 'in finally, or in the catch, too',
      code: `const jobs = new Map();
const tests = new Map();
export function build(jobId, compile) {
  if (jobs.has(jobId)) return jobs.get(jobId);
  const job = (async () => {
    try {
      await compile(jobId);
    } finally {
      jobs.delete(jobId);
    }
  })();
  jobs.set(jobId, job);
  return job;
}
export function test(jobId, run) {
  if (tests.has(jobId)) return tests.get(jobId);
  const job = (async () => {
    try {
      await run(jobId);
      tests.delete(jobId);
    } catch (error) {
      tests.delete(jobId);
      throw error;
    }
  })();
  tests.set(jobId, job);
  return job;
}`,
    },
    {
      name: 'whoever begins the work takes it out when it fails',
      path: 'src/avatars.js',
      code: `const loading = {};
export function avatar(userId) {
  if (!loading[userId]) loading[userId] = load(userId);
  loading[userId].catch(() => { delete loading[userId]; });
  return loading[userId];
}
async function load(id) {
  const answer = await fetch('/avatars/' + id);
  delete loading[id];
  return answer;
}`,
    },
    {
      name: 'a cache that forgets what is empty',
      code: `const pages = new Map();
export function page(url, load) {
  if (pages.has(url)) return pages.get(url);
  const work = (async () => {
    const text = await load(url);
    if (!text) pages.delete(url);
    return text;
  })();
  pages.set(url, work);
  if (pages.size > 100) pages.clear();
  return work;
}`,
    },
    {
      name: 'nothing that could fail comes before',
      code: `const jobs = new Map();
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
export function build(jobId) {
  if (jobs.has(jobId)) return jobs.get(jobId);
  const job = (async () => {
    await pause();
    jobs.delete(jobId);
  })();
  jobs.set(jobId, job);
  return job;
}`,
    },
    {
      name: 'the second function of then takes up the failure',
      code: `const loading = new Map<string, Promise<string | null>>();
export function get(key: string, load: (key: string) => Promise<string>) {
  const known = loading.get(key);
  if (known) return known;
  const work = (async () => {
    const text = await load(key).then((given) => given, () => null);
    loading.delete(key);
    return text;
  })();
  loading.set(key, work);
  return work;
}`,
    },
    {
      name: 'what it waits for catches all after some declarations',
      code: `declare function load(url: string): Promise<string>;
const loading = new Map<string, Promise<string | null>>();
async function find(key: string): Promise<string | null> {
  const begun = Date.now();
  const url = '/texts/' + key;
  try {
    return await load(url);
  } catch {
    console.log(Date.now() - begun);
    return null;
  }
}
export function get(key: string) {
  const known = loading.get(key);
  if (known) return known;
  const work = (async () => {
    const text = await find(key);
    loading.delete(key);
    return text;
  })();
  loading.set(key, work);
  return work;
}`,
    },
    {
      name: 'the next one only waits until the one before is over',
      code: `declare function load(key: string): Promise<string>;
const loading = new Map<string, Promise<string>>();
export async function get(key: string) {
  const before = loading.get(key);
  if (before) await before.catch(() => {});
  const work = run(key);
  loading.set(key, work);
  return work;
}
async function run(key: string) {
  const text = await load(key);
  loading.delete(key);
  return text;
}`,
    },
  ],
);

const restored = (settling: string, after = ''): string => `import { createDeferred } from './deferred';
const shown = new Map();
export function restore(states) {
  for (const id of Object.keys(states)) {
    const ready = createDeferred();
    ${settling}
    shown.set(id, ready);MARK
    ${after}
  }
}
export const whenShown = (id) => shown.get(id)?.promise;
export const answer = (id) => shown.get(id)?.resolve();`;

samples(
  'entries that wait for an answer',
  [
    {
      name: 'and are settled by it only',
      path: 'src/shown.js',
      code: restored('').replace('MARK', ' // leak cache/pending-requests'),
    },
    {
      name: 'unless they are settled on a condition',
      path: 'src/shown.js',
      code: restored('if (states[id].isOld) ready.resolve();').replace('MARK', ' // leak cache/pending-requests'),
    },
    {
      name: 'unless another one is settled, whose variable they take',
      path: 'src/shown.js',
      code: `import { createDeferred } from './deferred';
const shown = new Map();
let ready = createDeferred();
export function restore(requestId) {
  ready.resolve();
  ready = createDeferred();
  shown.set(requestId, ready); // leak cache/pending-requests
}
export const whenShown = (id) => shown.get(id)?.promise;
export const answer = (id) => shown.get(id)?.resolve();`,
    },
    {
      name: 'or are settled in a handler that may not run',
      path: 'src/shown.js',
      code: restored('states[id].once(() => ready.resolve());').replace('MARK', ' // leak cache/pending-requests'),
    },
  ],
  [
    {
      name: 'that came before they were put in',
      path: 'src/shown.js',
      code: restored('ready.resolve();').replace('MARK', ''),
    },
  ],
);
