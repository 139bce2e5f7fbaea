import { samples } from '../expectLeaks';

samples(
  'entries for the time of a call, which is over',
  [
    {
      name: 'a token that is disposed of in finally, beside calls that take theirs out',
      code: `import { TokenSource } from './tokens';
export class Proxy {
  private readonly running = new Set<TokenSource>();
  constructor(private readonly remote: Remote) {}
  async names(text: string) {
    const source = new TokenSource();
    this.running.add(source);
    try { return await this.remote.names(text, source.token); } finally { this.running.delete(source); source.dispose(); }
  }
  async places(text: string) {
    const source = new TokenSource();
    this.running.add(source); // leak cache/set-field-only-grows
    try { return await this.remote.places(text, source.token); } finally { source.dispose(); }
  }
  dispose() {
    for (const source of this.running) source.cancel();
    this.running.clear();
  }
}`,
    },
    {
      name: 'what is counted down again',
      code: `let busy = 0;
const stacks = new Set();
export async function hold(work) {
  const stack = { text: new Error().stack };
  busy++;
  stacks.add(stack); // leak cache/set-field-only-grows
  try { await work; } finally { busy--; }
}
export function report() { const [first] = stacks; return busy > 0 ? first.text : ''; }`,
    },
    {
      name: 'a generator',
      code: `import { EventEmitter, on } from 'node:events';
export function createInbox(port) {
  const readers = new Set();
  port.on('message', (message) => { for (const reader of readers) reader.emit('message', message); });
  return {
    async *read() {
      const reader = new EventEmitter();
      readers.add(reader); // leak cache/set-field-only-grows
      try {
        port.ref();
        for await (const [message] of on(reader, 'message')) yield message;
      } finally {
        port.unref();
      }
    },
  };
}`,
    },
  ],
  [
    {
      name: 'taken out by a function that finally calls',
      code: `import { TokenSource } from './tokens';
export class Proxy {
  private readonly running = new Set<TokenSource>();
  async places(text: string) {
    const source = new TokenSource();
    this.running.add(source);
    try { return await this.remote.places(text, source.token); } finally { this.end(source); }
  }
  private end(source: TokenSource) {
    this.running.delete(source);
    source.dispose();
  }
}`,
    },
    {
      name: 'ended only where it fails, else it goes on',
      code: `import { Session } from './session';
export class Sessions {
  private readonly open = new Set<Session>();
  async start(place: string) {
    const session = new Session(place);
    this.open.add(session);
    try { await session.begin(); } catch (error) { session.dispose(); throw error; }
    return session;
  }
  list() { return [...this.open].map((one) => one.place); }
  dispose() { for (const one of this.open) one.dispose(); this.open.clear(); }
}`,
    },
    {
      name: 'a handler of its end may take it out',
      code: `import { Job } from './job';
export class Jobs {
  private readonly running = new Set<Job>();
  async run(place: string) {
    const job = new Job(place);
    this.running.add(job);
    job.onDidEnd(() => this.running.delete(job));
    try { await job.work(); } finally { job.dispose(); }
  }
}`,
    },
    {
      name: 'on an early way out before it is put in',
      code: `import { Part } from './part';
export class Parts {
  private readonly parts = new Set<Part>();
  async load(place: string) {
    const part = new Part(place);
    if (!(await part.isThere())) { part.dispose(); return; }
    this.parts.add(part);
  }
  names() { return [...this.parts].map((one) => one.name); }
}`,
    },
  ],
);

samples(
  'what comes and goes by itself',
  [
    {
      name: 'sockets of a server that is given its handler',
      code: `import net from 'node:net';
export function forward(remote, port) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket); // leak cache/set-field-only-grows
    socket.on('close', () => console.info('gone'));
  });
  server.listen(port);
  remote.on('close', () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}`,
    },
    {
      name: 'a child that is waited for, whose end takes its handlers off and no more',
      code: `import { begin } from './begin';
const children = new Map();
export async function open(options) {
  const child = await begin(options.port);
  child.on('exit', () => { child.removeAllListeners('message'); });
  children.set(options.uid, { child }); // leak cache/entry-left-after-completion
}
export function close(uid) {
  children.get(uid)?.child.kill();
  children.delete(uid);
}`,
    },
  ],
  [
    {
      name: 'sockets of a server that is given its handler, taken out when they close',
      code: `import net from 'node:net';
export function forward(remote, port) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => { if (!remote.isKept) sockets.delete(socket); });
  });
  server.listen(port);
  remote.on('close', () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
}`,
    },
    {
      name: 'an end that tells others, who may take it out',
      code: `import { begin } from './begin';
import { hub } from './hub';
const children = new Map();
export async function open(options) {
  const child = await begin(options.port);
  child.on('exit', () => { child.removeAllListeners('message'); hub.emit('gone', options.uid); });
  children.set(options.uid, { child });
}
export function close(uid) {
  children.get(uid)?.child.kill();
  children.delete(uid);
}
hub.on('gone', close);`,
    },
    {
      name: 'a function that waits before it runs, and one of which only a member is used',
      code: `import { debounce, wrap } from './timing';
const seen = new Set();
export function watch(box) {
  const later = debounce(() => { seen.add('box'); }, 10);
  const wrapped = wrap(() => { seen.add('box'); });
  later.cancel();
  box.onresize = later;
  wrapped.flush();
}
export const isSeen = () => seen.has('box');`,
    },
  ],
);
