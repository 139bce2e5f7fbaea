import { samples } from '../expectLeaks';

samples(
  'handles that are ended one by one and stay in the list',
  [
    {
      name: 'a subscription that the caller ends',
      code: `import { watch } from './watch';
export class Query {
  private handles: { unsubscribe(): void }[] = [];
  more(options: object) {
    const handle = watch(options);
    this.handles.push(handle); // leak cache/disposers-pile-up
    return () => { handle.unsubscribe(); };
  }
  stop() { for (const handle of this.handles) handle.unsubscribe(); this.handles = []; }
}`,
    },
    {
      name: 'a function that is called',
      code: `const stops = new Set<() => void>();
export function follow(source: { listen(): () => void }) {
  const stop = source.listen();
  stops.add(stop); // leak cache/disposers-pile-up
  return { dispose() { stop(); } };
}
export function stopAll() { for (const stop of stops) stop(); }`,
    },
    {
      name: 'a handle that is ended through a member',
      code: `export class Feed {
  #open: { close(): void }[] = [];
  read(name: string, open: (name: string) => { close(): void }) {
    const reader = open(name);
    this.#open.push(reader); // leak cache/disposers-pile-up
    return { name, end: () => reader.close() };
  }
  close() { this.#open.forEach((reader) => reader.close()); this.#open.length = 0; }
}`,
    },
  ],
  [
    {
      name: 'taken out where it is ended',
      code: `import { watch } from './watch';
export class Query {
  private handles: { unsubscribe(): void }[] = [];
  more(options: object) {
    const handle = watch(options);
    this.handles.push(handle);
    return () => {
      this.handles = this.handles.filter((one) => one !== handle);
      handle.unsubscribe();
    };
  }
}`,
    },
    {
      name: 'ended with all others only',
      code: `import { watch } from './watch';
export class Query {
  private handles: { unsubscribe(): void }[] = [];
  more(options: object) {
    const handle = watch(options);
    this.handles.push(handle);
    return () => handle.result;
  }
  stop() { for (const handle of this.handles) handle.unsubscribe(); this.handles = []; }
}`,
    },
    {
      name: 'one per part of the program',
      code: `export class Registry {
  private handles: { dispose(): void }[] = [];
  registerCommand(name: string) {
    const handle = commands.register(name);
    this.handles.push(handle);
    return () => handle.dispose();
  }
  dispose() { for (const handle of this.handles) handle.dispose(); }
}`,
    },
  ],
);

samples(
  'callbacks that wait for an answer when the connection closes',
  [
    {
      name: 'acknowledgements by a counter',
      code: `export class Channel {
  private ids = 0;
  private acks: Record<number, (answer: string) => void> = {};
  connected = false;
  connect() { this.transport.open(); }
  send(text: string, ack: (answer: string) => void) {
    const id = this.ids++;
    this.acks[id] = ack; // leak cache/pending-requests
    this.transport.write(id, text);
  }
  onanswer(packet: { id: number; text: string }) {
    const ack = this.acks[packet.id];
    if (ack) { ack(packet.text); delete this.acks[packet.id]; }
  }
  onclose() { this.connected = false; }
  transport = makeTransport(this);
}`,
    },
    {
      name: 'a Map, filled through a helper',
      code: `export class Rpc {
  #next = 1;
  #pending = new Map<number, (answer: string) => void>();
  open() { this.socket = makeSocket(this); }
  call(text: string, done: (answer: string) => void) {
    const id = ++this.#next;
    this.#keep(id, done);
    this.socket.send(id, text);
  }
  #keep(id: number, done: (answer: string) => void) {
    this.#pending.set(id, done); // leak cache/pending-requests
  }
  onMessage(message: { id: number; text: string }) {
    this.#pending.get(message.id)?.(message.text);
    this.#pending.delete(message.id);
  }
  onDisconnect() { this.emit('gone'); }
}`,
    },
    {
      name: 'objects with a callback, and a timeout that only some have',
      code: `export class Client {
  seq = 0;
  requests = new Map<number, { done: (answer: string) => void }>();
  reconnect() { this.socket.open(); }
  ask(text: string, done: (answer: string) => void, wait?: number) {
    const id = this.seq++;
    if (wait) setTimeout(() => { this.requests.delete(id); }, wait);
    this.requests.set(id, { done }); // leak cache/pending-requests
    this.socket.send(id, text);
  }
  handleAnswer(id: number, text: string) {
    this.requests.get(id)?.done(text);
    this.requests.delete(id);
  }
  handleClose() { this.socket.log('closed'); }
}`,
    },
  ],
  [
    {
      name: 'rejected when the connection closes',
      code: `export class Channel {
  private ids = 0;
  private acks = new Map<number, (answer: string) => void>();
  connect() { this.transport.open(); }
  send(text: string, ack: (answer: string) => void) {
    const id = this.ids++;
    this.acks.set(id, ack);
    this.transport.write(id, text);
  }
  onanswer(id: number, text: string) { this.acks.get(id)?.(text); this.acks.delete(id); }
  onclose() { this.fail(); }
  fail() { for (const [id, ack] of this.acks) { ack('closed'); this.acks.delete(id); } }
}`,
    },
    {
      name: 'an object of one connection, which goes with it',
      code: `export class Connection {
  private ids = 0;
  private acks = new Map<number, (answer: string) => void>();
  constructor(private readonly socket: { send(id: number, text: string): void }) {}
  send(text: string, ack: (answer: string) => void) {
    const id = this.ids++;
    this.acks.set(id, ack);
    this.socket.send(id, text);
  }
  onanswer(id: number, text: string) { this.acks.get(id)?.(text); this.acks.delete(id); }
  onclose() { this.socket = undefined as never; }
}`,
    },
    {
      name: 'entries under the names of what they are',
      code: `export class Channel {
  private callbacks = new Map<string, () => void>();
  connect() { this.transport.open(); }
  use(name: string, callback: () => void) { this.callbacks.set(name, callback); }
  drop(name: string) { this.callbacks.delete(name); }
  onclose() { this.transport = undefined; }
}`,
    },
  ],
);

const rpc = (close: string): string => `export class Rpc {
  private ids = 0;
  private pending = new Map<number, (answer: string) => void>();
  private socket?: Socket;
  connect() {
    this.socket = dial(this.url);
    this.socket.on('message', (message) => {
      this.pending.get(message.id)?.(message.text);
      this.pending.delete(message.id);
    });
${close}
  }
  ask(text: string, done: (answer: string) => void) {
    const id = this.ids++;
    this.pending.set(id, done);
    this.socket.send(id, text);
  }
  fail() {
    for (const id of this.pending.keys()) this.pending.delete(id);
  }
}`;
const leftRpc = (close: string): string =>
  rpc(close).replace('set(id, done);', 'set(id, done); // leak cache/pending-requests');

samples(
  'callbacks that wait for an answer when a handler on the spot lets the connection go',
  [
    { name: 'an arrow', code: leftRpc("    this.socket.on('close', () => {\n      this.socket = undefined;\n    });") },
    {
      name: 'a method that is bound',
      code: leftRpc("    this.socket.once('end', this.gone.bind(this));").replace(
        '  fail() {',
        '  gone() {\n    this.socket = null;\n  }\n  fail() {',
      ),
    },
    {
      name: 'two handlers, of which neither drops what waits',
      code: leftRpc(
        "    this.socket.on('close', () => console.info('closed'));\n    this.socket.on('disconnect', () => {\n      this.socket = undefined;\n    });",
      ),
    },
  ],
  [
    {
      name: 'one that fails them',
      code: rpc("    this.socket.on('close', () => {\n      this.socket = undefined;\n      this.fail();\n    });"),
    },
    {
      name: 'another that fails them',
      code: rpc(
        "    this.socket.on('end', () => this.fail());\n    this.socket.on('close', () => {\n      this.socket = undefined;\n    });",
      ),
    },
    {
      name: 'one that only tells of it',
      code: rpc("    this.socket.on('close', () => console.info('closed'));"),
    },
  ],
);

const worker = (ask: string, exit: string): string => `export class Runner {
  private readonly questions = new Map<string, Promise<string>>();
  spawn() {
    this.child = fork('./child.js').on('exit', () => this.handleExit());
  }
${ask}
  handleExit() {
${exit}
  }
}`;
const ask = (mark: string, inner: string): string => `  ask(text: string) {
    const known = this.questions.get(text);
    if (known) return known;
    const promise = new Promise<string>((resolve) => {
      const listener = (message: { text: string; answer: string }) => {
        if (message.text !== text) return;
        this.child.off('message', listener);
        this.questions.delete(text);
        resolve(message.answer);
      };
      this.child.on('message', listener);
${inner}
      this.child.send(text);
    });
    this.questions.set(text, promise);${mark}
    return promise;
  }`;

samples(
  'promises for the answer of a process that may end',
  [
    {
      name: 'one per question, which the exit leaves',
      code: worker(ask(' // leak cache/pending-requests', ''), '    this.child = undefined;\n    this.spawn();'),
    },
    {
      name: 'one that a failure to send takes out',
      code: worker(
        ask(' // leak cache/pending-requests', "      this.child.on('error', () => this.questions.delete(text));"),
        '    this.child = undefined;',
      ),
    },
    {
      name: 'a class of old style',
      path: 'src/runner.js',
      code: `class Runner {
  constructor(file) {
    this.file = file;
    this.answers = {};
  }
  start() {
    this.child = this.make(this.file);
    this.child.once('exit', this.onExit.bind(this));
  }
  ask(name) {
    const answer = new Promise((resolve) => {
      this.child.once('message', (value) => {
        delete this.answers[name];
        resolve(value);
      });
    });
    this.answers[name] = answer; // leak cache/pending-requests
    return answer;
  }
  onExit() {
    this.child = null;
  }
}
module.exports = Runner;`,
    },
  ],
  [
    {
      name: 'emptied at the exit',
      code: worker(ask('', ''), '    this.questions.clear();\n    this.spawn();'),
    },
    {
      name: 'given up after a time',
      code: worker(
        ask('', '      setTimeout(() => this.questions.delete(text), 5000);'),
        '    this.child = undefined;',
      ),
    },
    {
      name: 'a runner of one process',
      code: worker(ask('', ''), '    this.child = undefined;').replace('spawn()', 'constructor()'),
    },
  ],
);

samples(
  'buckets that are made to remove from',
  [
    {
      name: 'a record',
      code: `export class Rooms {
  constructor() { this.byMember = {}; }
  join(memberId, room) { this.byMember[memberId] = this.byMember[memberId] || {}; this.byMember[memberId][room] = true; }
  leave(memberId, room) {
    this.byMember[memberId] = this.byMember[memberId] || {}; // leak cache/empty-bucket-left
    delete this.byMember[memberId][room];
  }
  gone(memberId) { delete this.byMember[memberId]; }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a Map of Sets',
      code: `const rooms = new Map<string, Set<string>>();
export function join(roomId: string, member: string) {
  if (!rooms.has(roomId)) rooms.set(roomId, new Set());
  rooms.get(roomId)?.add(member);
}
export function leave(roomId: string, member: string) {
  if (!rooms.has(roomId)) rooms.set(roomId, new Set()); // leak cache/empty-bucket-left
  rooms.get(roomId)?.delete(member);
}
export function close(roomId: string) { rooms.delete(roomId); }`,
    },
    {
      name: 'a bucket that is made with ??=',
      code: `const tags: Record<string, Set<string>> = {};
export function tag(userId: string, name: string) { (tags[userId] ??= new Set()).add(name); }
export function untag(userId: string, name: string) {
  tags[userId] ??= new Set(); // leak cache/empty-bucket-left
  tags[userId].delete(name);
}
export function forget(userId: string) { delete tags[userId]; }`,
    },
  ],
  [
    {
      name: 'only what is there',
      code: `export class Rooms {
  constructor() { this.byMember = {}; }
  join(memberId, room) { this.byMember[memberId] = this.byMember[memberId] || {}; this.byMember[memberId][room] = true; }
  leave(memberId, room) { if (this.byMember[memberId]) delete this.byMember[memberId][room]; }
  gone(memberId) { delete this.byMember[memberId]; }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a bucket that is filled, too',
      code: `const rooms = new Map<string, Set<string>>();
export function move(roomId: string, from: string, to: string) {
  if (!rooms.has(roomId)) rooms.set(roomId, new Set());
  rooms.get(roomId)?.delete(from);
  rooms.get(roomId)?.add(to);
}
export function close(roomId: string) { rooms.delete(roomId); }`,
    },
    {
      name: 'taken out when it is empty',
      code: `const rooms: Record<string, Set<string>> = {};
export function join(roomId: string, member: string) { (rooms[roomId] ??= new Set()).add(member); }
export function leave(roomId: string, member: string) {
  rooms[roomId] ??= new Set();
  rooms[roomId].delete(member);
  if (rooms[roomId].size === 0) delete rooms[roomId];
}`,
    },
  ],
);

samples(
  'buckets of elements',
  [
    {
      name: 'a table that is begun anew only when none is left',
      path: 'src/delegate.js',
      code: `class Delegate {
  constructor() { this.handlers = new Map(); this.count = 0; }
  run(event) { for (const handler of this.handlers.get(event.target) ?? []) handler(event); }
  register(el, handler) {
    this.count++;
    if (this.handlers.get(el)) this.handlers.get(el).push(handler);
    else this.handlers.set(el, [handler]); // leak cache/empty-bucket-left
  }
  unregister(el, handler) {
    const handlers = this.handlers.get(el);
    const at = handlers.indexOf(handler);
    if (at >= 0) { handlers.splice(at, 1); this.count--; }
    if (!this.count) this.handlers = new Map();
  }
}
export default new Delegate();`,
    },
  ],
  [
    {
      name: 'a bucket that goes with its last handler',
      path: 'src/delegate.js',
      code: `class Delegate {
  constructor() { this.handlers = new Map(); this.count = 0; }
  run(event) { for (const handler of this.handlers.get(event.target) ?? []) handler(event); }
  register(el, handler) { this.count++; if (this.handlers.get(el)) this.handlers.get(el).push(handler); else this.handlers.set(el, [handler]); }
  unregister(el, handler) {
    const handlers = this.handlers.get(el);
    const at = handlers.indexOf(handler);
    if (at >= 0) { handlers.splice(at, 1); this.count--; }
    if (handlers.length === 0) this.handlers.delete(el);
    if (!this.count) this.handlers = new Map();
  }
}
export default new Delegate();`,
    },
    {
      name: 'a table that is emptied on a condition of its own',
      path: 'src/delegate.js',
      code: `class Delegate {
  constructor() { this.handlers = new Map(); }
  run(event) { for (const handler of this.handlers.get(event.target) ?? []) handler(event); }
  register(el, handler) { if (this.handlers.get(el)) this.handlers.get(el).push(handler); else this.handlers.set(el, [handler]); }
  unregister(el, handler) {
    const handlers = this.handlers.get(el);
    handlers.splice(handlers.indexOf(handler), 1);
    if (el.isLast) this.handlers = new Map();
  }
}
export default new Delegate();`,
    },
  ],
);
