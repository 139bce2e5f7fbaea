import { samples } from '../expectLeaks';

samples(
  'work that waits for the work before it',
  [
    {
      name: 'a chain for each key, with a start of its own',
      code: `export class Store {
  private readonly chains = new Map<string, Promise<unknown>>();
  append(path: string, work: () => Promise<void>) {
    const before = this.chains.get(path) ?? Promise.resolve();
    const next = before.then(work);
    this.chains.set(path, next.catch(() => undefined)); // leak cache/map-without-eviction
    return next;
  }
}`,
    },
    {
      name: 'a lock that the next one waits for',
      code: `const locks = new Map<string, Promise<void>>();
export async function exclusive(id: string, work: () => Promise<void>) {
  const previous = locks.get(id);
  let open = () => {};
  const lock = new Promise<void>((resolve) => { open = resolve; });
  locks.set(id, lock); // leak cache/map-without-eviction
  if (previous) await previous;
  try { await work(); } finally { open(); }
}`,
    },
    {
      name: 'a function that runs at once and waits in itself',
      code: `const running = new Map<string, Promise<void>>();
export function enqueue(id: string, work: () => Promise<void>) {
  const last = running.get(id);
  const task = (async () => { await last; await work(); })();
  running.set(id, task); // leak cache/map-without-eviction
  return task;
}`,
    },
  ],
  [
    {
      name: 'the last one takes the entry out',
      code: `export class Store {
  private readonly chains = new Map<string, Promise<unknown>>();
  append(path: string, work: () => Promise<void>) {
    const before = this.chains.get(path) ?? Promise.resolve();
    const next = before.then(work).finally(() => {
      if (this.chains.get(path) === next) this.chains.delete(path);
    });
    this.chains.set(path, next);
    return next;
  }
}`,
    },
    {
      name: 'an answer that is kept for those who ask again',
      code: `export class Loader {
  private readonly answers = new Map<string, Promise<string>>();
  load(name: string, read: (name: string) => Promise<string>) {
    const known = this.answers.get(name);
    if (known) return known;
    const answer = read(name).then((text) => text.trim());
    this.answers.set(name, answer);
    return answer;
  }
}`,
    },
    {
      name: 'a chain of its own for each of a few known names',
      code: `const chains = new Map<string, Promise<void>>();
function run(name: 'read' | 'write', work: () => Promise<void>) {
  const next = (chains.get(name) ?? Promise.resolve()).then(work);
  chains.set(name, next);
  return next;
}
export const read = (work: () => Promise<void>) => run('read', work);
export const write = (work: () => Promise<void>) => run('write', work);`,
    },
    {
      name: 'all of them are waited for in the end',
      code: `export class Downloads {
  private groups = new Map<number, Promise<void>>();
  queue(id: number, work: () => Promise<void>) {
    const next = (this.groups.get(id) || Promise.resolve()).then(work);
    this.groups.set(id, next);
    return next;
  }
  async all() { await Promise.all(this.groups.values()); }
}`,
    },
    {
      name: 'keys that are objects',
      code: `export class Docs {
  private readonly chains = new WeakMap<object, Promise<void>>();
  edit(doc: object, work: () => Promise<void>) {
    const next = (this.chains.get(doc) ?? Promise.resolve()).then(work);
    this.chains.set(doc, next);
    return next;
  }
}`,
    },
    {
      name: 'sinks that are each asked to flush',
      code: `export class Telemetry {
  private readonly sinks: Sink[] = [];
  private static shared = new Telemetry();
  static get() { return Telemetry.shared; }
  addSink(sink: Sink) { this.sinks.push(sink); }
  async flush() { await Promise.all(this.sinks.map((sink) => sink.flush())); }
}`,
    },
    {
      name: 'sinks that a loop asks to flush',
      code: `const sinks: Sink[] = [];
export function addSink(sink: Sink) { sinks.push(sink); }
export function flush() { for (const sink of sinks) { sink.flush(); } }`,
    },
  ],
);

samples(
  'lists that are flushed',
  [
    {
      name: 'entries that are sent and stay',
      code: `const rows: Row[] = [];
export function addRow(row: Row) { rows.push(row); } // leak cache/queue-not-drained
export async function flush(send: (rows: Row[]) => Promise<void>) { await send(rows.map((row) => row)); }`,
    },
    {
      name: 'entries that are asked and handed on',
      code: `const rows: Row[] = [];
export function addRow(row: Row) { rows.push(row); } // leak cache/queue-not-drained
export function flush(send: (row: Row) => void) { for (const row of rows) { row.seal(); send(row); } }`,
    },
    {
      name: 'works that are each done',
      code: `const works: Work[] = [];
export function addWork(work: Work) { works.push(work); } // leak cache/queue-not-drained
export function flush() { for (const work of works) work.commit(); }`,
    },
    {
      name: 'parts of what they have',
      code: `const rows: Row[] = [];
export function addRow(row: Row) { rows.push(row); } // leak cache/queue-not-drained
export function flush(send: (text: string) => void) { rows.forEach((row) => send(row.text)); }`,
    },
  ],
  [
    {
      name: 'a list that begins anew when it is flushed',
      code: `let rows: Row[] = [];
export function addRow(row: Row) { rows.push(row); }
export function flush(send: (rows: Row[]) => void) { send(rows.map((row) => row)); rows = []; }`,
    },
  ],
);
