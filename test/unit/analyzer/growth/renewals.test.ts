import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const severities = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);

const kinds = (code: string): readonly string[] =>
  findingsOf(code).flatMap(({ kind }) => (kind.startsWith('cache/') ? [kind] : []));

samples(
  'an event that adds the same again',
  [
    {
      name: 'keys that each event brings',
      code: `import { feed } from './feed';
const done = new Map();
export function follow(board) {
  feed.on('change', (event) => {
    done.set(event.url, new Mark(board)); // leak cache/map-without-eviction
  });
}
export const isDone = (url) => done.has(url);`,
    },
    {
      name: 'the text of a process that each call starts',
      code: `import { spawn } from 'node:child_process';
let output = '';
export function run(command) {
  const child = spawn(command);
  child.stdout.on('data', (part) => { output += part; }); // leak cache/text-accumulator
  child.stdout.on('end', () => console.info(output));
}`,
    },
    {
      name: 'the text of an answer that each call asks for',
      code: `import https from 'node:https';
let list = '';
export function load() {
https.get('https://example.org/list', (answer) => {
  answer.on('data', (part) => { list += part; }); // leak cache/text-accumulator
  answer.on('end', () => console.info(list));
});
}`,
    },
    {
      name: 'the text of one answer without an end',
      code: `import https from 'node:https';
let list = '';
https.get('https://example.org/list', (answer) => {
  answer.on('data', (part) => { list += part; }); // leak cache/text-accumulator
  answer.on('pause', () => console.info(list));
});`,
    },
  ],
  [
    {
      name: 'the text of one answer that a script asks for',
      code: `import https from 'node:https';
let list = '';
https.get('https://example.org/list', (answer) => {
  answer.on('data', (part) => { list += part; });
  answer.on('end', () => console.info(list));
});`,
    },
    {
      name: 'a key of the function that begins the polling',
      code: `const migrated = new Set<string>();
export class Migration {
  follow(boardId: string) {
    const timer = setInterval(() => {
      if (this.progressOf(boardId) < 100) return;
      clearInterval(timer);
      migrated.add(boardId);
    }, 1000);
  }
  isDone(boardId: string) { return migrated.has(boardId); }
}`,
    },
    {
      name: 'an input that is read to its end, and what is made of it then',
      code: `const maps = {};
async function mapOf(url) {
  if (maps[url]) return maps[url];
  maps[url] = await (await fetch(url)).json();
  return maps[url];
}
let trace = '';
process.stdin.on('data', (part) => { trace += part; });
process.stdin.on('end', async () => console.info(await Promise.all(trace.split('\\n').map(mapOf))));`,
    },
  ],
);

samples(
  'lists that are asked first',
  [
    {
      name: 'what is put in without a question',
      code: `import { bus } from './bus';
const opened = [];
bus.on('opened', (event) => {
  opened.push(event.name); // leak cache/array-only-pushed
});
export const isOpened = (name) => opened.includes(name);`,
    },
  ],
  [
    {
      name: 'a set of what an instance passes by',
      code: `export class StylesManager {
  private readonly skipped: string[] = [];
  load(node: HTMLLinkElement, href: string) {
    return new Promise<void>((resolve) => {
      if (this.skipped.includes(href)) resolve();
      node.onerror = () => {
        this.skipped.push(href);
        resolve();
      };
    });
  }
}`,
    },
    {
      name: 'a list of the module by the names of things',
      code: `import { bus } from './bus';
const opened = [];
bus.on('opened', (event) => {
  if (opened.includes(event.page)) return;
  opened.push(event.page);
});`,
    },
  ],
);

samples(
  'work that leaves its entry when it fails',
  [
    {
      name: 'work that is begun here',
      code: `const running = new Map<string, Promise<unknown>>();
export function build(jobId: string) {
  const work = compile(jobId);
  running.set(jobId, work); // leak cache/entry-left-after-rejection
  work.then(() => {
    running.delete(jobId);
  });
}`,
    },
  ],
  [
    {
      name: 'promises of a list that others settle',
      code: `export class Finder {
  private readonly waiting = new Set<number>();
  private readonly texts: Promise<void>[] = [];
  find(count: number) {
    for (let page = 0; page < count; page++) {
      if (this.waiting.has(page)) continue;
      this.waiting.add(page);
      this.texts[page].then(() => {
        this.waiting.delete(page);
      });
    }
  }
}`,
    },
    {
      name: 'work that only resolves',
      code: `const probes = new Map<string, Promise<boolean>>();
let ready = Promise.resolve();
function probe(port: string): Promise<boolean> {
  const result = ready.then(() => new Promise<boolean>((resolve) => {
    ping(port, resolve);
  }));
  return result;
}
export function isTaken(port: string) {
  let known = probes.get(port);
  if (!known) {
    known = probe(port);
    probes.set(port, known);
    known.then(() => {
      probes.delete(port);
    });
  }
  return known;
}`,
    },
    {
      name: 'a registry that is brought up to date, by a variable of another loop',
      code: `export class Hosts {
  private readonly hosts = new Map<string, object>();
  async update() {
    for (const { host } of await this.changed()) this.hosts.set(host, this.make(host));
    const known = new Set(await this.all());
    for (const host of [...this.hosts.keys()].filter((one) => !known.has(one))) this.hosts.delete(host);
  }
}`,
    },
  ],
);

samples(
  'the end of what a list keeps',
  [
    {
      name: 'an end that the list does not hear of',
      code: `const windows: Frame[] = [];
export function open(url: string) {
  const frame = new Frame(url);
  frame.on('closed', () => console.info('closed', url));
  windows.push(frame); // leak cache/entry-left-after-completion
}
export function close(index: number) { windows.splice(index, 1); }`,
    },
  ],
  [
    {
      name: 'an end that is prevented',
      code: `const windows: Frame[] = [];
export function open(url: string) {
  const frame = new Frame(url);
  frame.on('close', (event) => event.preventDefault());
  windows.push(frame);
}
export function close(index: number) { windows.splice(index, 1); }`,
    },
    {
      name: 'an end that ends the owner of the list',
      code: `export class Expansion {
  private selections: Selection[] = [];
  place(ranges: Range[]) {
    this.selections = this.selections.slice(0, ranges.length);
    for (const range of ranges) {
      const selection = this.editor.add(range);
      selection.onDidDestroy(() => this.selectionEnded());
      this.selections.push(selection);
    }
  }
  selectionEnded() { if (!this.isPlacing) this.destroy(); }
  destroy() { this.editor.forget(this); }
}`,
    },
    {
      name: 'a list that a method of its object begins anew',
      code: `export default {
  data() { return { installing: [] }; },
  methods: {
    installAddon(addon) { this.installing.push(addon.uid); },
    uninstallAddon(addon) { this.leave(addon.uid); },
    resetPending() { this.installing = []; },
  },
};`,
    },
  ],
);

describe('what is kept for as long as nobody knows', () => {
  const queue = (holder: string): readonly string[] =>
    severities(`import { bus } from './bus';
export ${holder} {
  private readonly queue: Message[] = [];
  send(message: Message) { this.queue.push(message); }
  flush() { for (const message of this.queue) bus.emit('out', message); }
}`);
  it('weighs little in an instance of which nothing says how long it lives', () => {
    assert.deepEqual(queue('class Sender'), ['low']);
    assert.deepEqual(queue('class MessageBroker'), ['medium']);
  });
  it('is no queue of what came before the beginning, of one request', () =>
    assert.deepEqual(
      kinds(`export function request(address: string) {
  const sendQueue: Uint8Array[] = [];
  let socket: WebSocket;
  return {
    send(bytes: Uint8Array) {
      if (socket.readyState === 0) sendQueue.push(bytes);
      else socket.send(bytes);
    },
    start() {
      socket = new WebSocket(address);
      socket.onopen = () => sendQueue.forEach((bytes) => socket.send(bytes));
    },
  };
}`),
      [],
    ));
  it('weighs little where only the name says that subscribers come and go', () =>
    assert.deepEqual(
      severities(`export class Store {
  private readonly handlers: ((value: number) => void)[] = [];
  set(value: number) { for (const handler of this.handlers) handler(value); }
  subscribe(handler: (value: number) => void) { this.handlers.push(handler); }
}`),
      ['low'],
    ));
  it('weighs little where the end of a service empties it', () =>
    assert.deepEqual(
      severities(`import net from 'node:net';
export class LoginServer {
  private readonly sockets: net.Socket[] = [];
  private readonly server = net.createServer();
  start() { this.server.on('connection', (socket) => this.sockets.push(socket)); }
  dispose() { this.sockets.splice(0); this.server.close(); }
}`).filter((one) => one !== 'low'),
      [],
    ));
  it('weighs little where a call fills a global list', () =>
    assert.deepEqual(
      severities(`export function read(files: string[]) {
  for (const file of files) {
    global.skipped = global.skipped || [];
    global.skipped.push(file);
  }
}`),
      ['low'],
    ));
});

describe('memoized functions', () => {
  const memo = (key: string): readonly string[] =>
    severities(`import _ from 'lodash';
export const look = _.memoize(async (${key}: string) => ask(${key}));`);
  it('weigh more by what people write, little by addresses, and nothing by the ids of things', () => {
    assert.deepEqual(memo('searchInput'), ['medium']);
    assert.deepEqual(memo('url'), ['low']);
    assert.deepEqual(memo('deviceUuid'), []);
  });
});

describe('caches of what calls are given', () => {
  const keyed = (signature: string, key: string): readonly string[] =>
    severities(`const made = new Map<string, Limiter>();
export function limiterOf(${signature}): Limiter {
  const key = ${key};
  let known = made.get(key);
  if (!known) {
    known = new Limiter();
    made.set(key, known);
  }
  return known;
}`);
  it('weigh little where any call may fill them', () => {
    assert.deepEqual(keyed('options: Options', 'JSON.stringify(options)'), ['low']);
    assert.deepEqual(keyed('options: Options', 'JSON.stringify({ limit: options.limit, url: options.url })'), ['low']);
    assert.deepEqual(keyed('sessionId: string, limit: number', 'JSON.stringify({ sessionId, limit })'), ['low']);
    assert.deepEqual(keyed('task: Task', 'task.id'), ['low']);
  });
  it('weigh more where each request fills them', () =>
    assert.deepEqual(
      severities(`import http from 'node:http';
const made = new Map<string, Limiter>();
http.createServer().on('request', (request) => {
  const key = request.headers.cookie;
  if (!made.has(key)) made.set(key, new Limiter());
});`),
      ['high'],
    ));
});

describe('a list that a method begins anew', () => {
  const widget = (first: string): string => `export default {
  data() {
    return { queue: [], jobs: [] };
  },
  methods: {
    async load() {
      const slots = await ask();
      ${first}
      slots.forEach((slot) => {
        this.queue.push(slot);
      });
    },
  },
};`;
  it('holds what its last call has put in', () => {
    assert.deepEqual(severities(widget('this.queue = [];')), []);
    assert.deepEqual(severities(widget('this.queue = [];\n      this.at = Date.now();')), []);
  });
  it('holds what its last call has put in, of what it does on a condition as well', () => {
    const mixin = (first: string, before = ''): string => `export default {
  plan(names) {
    ${before}
    if (names) {
      ${first}
      names.forEach((name) => {
        this.names.push(name);
      });
    }
  },
};`;
    assert.deepEqual(severities(mixin('this.names = [];')), []);
    assert.equal(severities(mixin('if (names.length > 2) this.names = [];')).length, 1);
    assert.equal(severities(mixin('', 'if (!names) {\n      this.names = [];\n    }')).length, 1);
  });
  it('goes on where a handler puts in more, later', () =>
    assert.equal(
      severities(`import { bus } from './bus';
class Log {
  start() {
    this.rows = [];
    bus.on('row', (row) => {
      this.rows.push(row);
    });
  }
  show() {
    return this.rows.at(-1);
  }
}
export const log = new Log();`).length,
      1,
    ));
  it('goes on where it is only made when there is none', () =>
    assert.equal(severities(widget('this.queue ??= [];')).length, 1));
});

describe('a list that collects what one object gives', () => {
  const spawned = (event: string, list: string): string => `import cp from 'node:child_process';
${list === 'module' ? 'const parts = [];\n' : ''}export function run(command) {
  return new Promise((resolve, reject) => {
    const child = cp.spawn(command);
    ${list === 'local' ? 'const parts = [];' : ''}
    child.stdout.on('data', (part) => parts.push(part));
    child.on('${event}', () => resolve(parts.join('')));
  });
}`;
  it('ends with it', () => {
    for (const event of ['exit', 'close']) assert.deepEqual(severities(spawned(event, 'local')), [], event);
  });
  it('goes on where all calls share it', () => assert.equal(severities(spawned('exit', 'module')).length, 1));
});

samples(
  'handlers that a function of the program listens with',
  [
    {
      name: 'a table of what is pending, filled by a handler',
      code: `import { listen } from './events';
export class Snap {
  private pending = {};
  add(feature) {
    listen(feature, 'change', this.onChange, this);
  }
  onChange(event) {
    const uid = event.target.uid;
    if (!(uid in this.pending)) this.pending[uid] = event.target; // leak cache/record-only-grows
  }
  onUp() {
    for (const feature of Object.values(this.pending)) this.update(feature);
  }
  update(feature) { feature.changed(); }
}`,
    },
    {
      name: 'a Set of a class, by a handler that is bound',
      code: `import { listen } from './events';
export class Layout {
  private readonly pendingNodes = new Set();
  watch(node) {
    listen(node, 'resize', (event) => this.mark(event.target));
  }
  mark(node) {
    if (!this.pendingNodes.has(node)) this.pendingNodes.add(node); // leak cache/set-field-only-grows
  }
  layout() {
    for (const node of this.pendingNodes) node.layout();
  }
}`,
    },
  ],
  [
    {
      name: 'what is pending is taken out once it is done',
      code: `import { listen } from './events';
export class Snap {
  private pending = {};
  add(feature) {
    listen(feature, 'change', this.onChange, this);
  }
  onChange(event) {
    const uid = event.target.uid;
    if (!(uid in this.pending)) this.pending[uid] = event.target;
  }
  onUp() {
    const all = Object.values(this.pending);
    this.pending = {};
    for (const feature of all) this.update(feature);
  }
  update(feature) { feature.changed(); }
}`,
    },
    {
      name: 'the start of a server, once',
      code: `import { createServer } from 'node:http';
const ports = [];
const server = createServer();
export function start() {
  server.listen(8080, 'localhost', () => {
    ports.push(server.address());
    for (const port of ports) console.info(port);
  });
}
start();`,
    },
  ],
);
