import { samples } from '../expectLeaks';

samples(
  'handle/release-skipped',
  [
    {
      name: 'a place of a class of the program',
      code: `import type { Places } from './places';
export class Printer {
  constructor(private readonly places: Places, private readonly print: (place: number, text: string) => Promise<void>) {}
  async run(text: string) {
    const place = await this.places.take(); // leak handle/release-skipped
    await this.print(place.number, text);
    place.release();
  }
}`,
    },
    {
      name: 'a lock of a library before the try',
      code: `import type { Mailbox } from 'some-mail';
export async function fetchNew(box: Mailbox, last: number) {
  const lock = await box.getFolderLock('INBOX'); // leak handle/release-skipped
  if (box.next <= last) return [];
  try {
    return await box.fetch(last);
  } finally {
    lock.release();
  }
}`,
    },
    {
      name: 'a scan that is left early',
      code: `import { table } from './table';
export function find(text: string) {
  const cursor = table.scan(); // leak handle/release-skipped
  for (let row = cursor.next(); row; row = cursor.next()) {
    if (row.includes(text)) return row;
  }
  cursor.close();
  return undefined;
}`,
    },
  ],
  [
    {
      name: 'given back in finally',
      code: `import type { Places } from './places';
export async function run(places: Places, print: (place: number) => Promise<void>) {
  const place = await places.take();
  try {
    await print(place.number);
  } finally {
    place.release();
  }
}`,
    },
    {
      name: 'its own work fails, and it with it',
      code: `import { Waiter } from './waiter';
export async function next(source, event: string) {
  const waiter = Waiter.createFor(source, event);
  const found = await waiter.wait();
  waiter.dispose();
  return found;
}`,
    },
    {
      name: 'nothing was given',
      code: `import type { Places } from './places';
export async function run(places: Places, print: (place: number) => Promise<void>) {
  const place = await places.take();
  if (!place) return false;
  try {
    await print(place.number);
  } finally {
    place.release();
  }
  return true;
}`,
    },
    {
      name: 'looked up, and closed where it is worn out',
      code: `const lines = new Map<string, { close(): void; worn: boolean; send(text: string): Promise<void> }>();
export async function send(who: string, text: string, log: () => Promise<void>) {
  const line = lines.get(who);
  if (!line) return;
  await log();
  if (line.worn) line.close();
  else await line.send(text);
}`,
    },
    {
      name: 'something that nobody closes',
      code: `import { makeList } from './lists';
export async function run(load: () => Promise<string[]>) {
  const list = makeList();
  list.add(await load());
  return list.size;
}`,
    },
  ],
);

samples(
  'handle/disposable-not-disposed',
  [
    {
      name: 'the end of a started server that nobody calls',
      code: `import { createServer } from 'node:http';
async function startServer(pages: Record<string, string>) {
  const server = createServer((request, response) => response.end(pages[request.url ?? '/']));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: 'http://localhost', stop: () => server.close() };
}
export async function shoot(pages: Record<string, string>, take: (url: string) => Promise<Buffer>) {
  const started = await startServer(pages); // leak handle/disposable-not-disposed
  return take(started.url);
}`,
    },
    {
      name: 'taken apart without its end',
      code: `import { watch } from 'node:fs';
function follow(folder: string) {
  const changed = new Set<string>();
  const watcher = watch(folder, (_event, file) => changed.add(String(file)));
  return {
    changed,
    close() {
      watcher.close();
    },
  };
}
export async function during(folder: string, work: () => Promise<void>) {
  const { changed } = follow(folder); // leak handle/disposable-not-disposed
  await work();
  return [...changed];
}`,
    },
    {
      name: 'by way of a variable',
      code: `import Redis from 'ioredis';
const openQueue = (url: string) => {
  const redis = new Redis(url);
  const queue = {
    push: (text: string) => redis.rpush('jobs', text),
    close: () => redis.quit(),
  };
  return queue;
};
export async function enqueue(url: string, text: string) {
  const queue = openQueue(url); // leak handle/disposable-not-disposed
  await queue.push(text);
}`,
    },
  ],
  [
    {
      name: 'ended by its caller',
      code: `import { createServer } from 'node:http';
async function startServer(pages: Record<string, string>) {
  const server = createServer((request, response) => response.end(pages[request.url ?? '/']));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: 'http://localhost', stop: () => server.close() };
}
export async function shoot(pages: Record<string, string>, take: (url: string) => Promise<Buffer>) {
  const { url, stop } = await startServer(pages);
  try {
    return await take(url);
  } finally {
    stop();
  }
}`,
    },
    {
      name: 'ended by the part that is shown',
      code: `import { watch } from 'node:fs';
function follow(folder: string) {
  const changed = new Set<string>();
  const watcher = watch(folder, (_event, file) => changed.add(String(file)));
  return { changed, watcher, close: () => watcher.close() };
}
export async function during(folder: string, work: () => Promise<void>) {
  const { changed, watcher } = follow(folder);
  await work();
  watcher.close();
  return [...changed];
}`,
    },
    {
      name: 'given on',
      code: `import Redis from 'ioredis';
const openQueue = (url: string) => {
  const redis = new Redis(url);
  return { push: (text: string) => redis.rpush('jobs', text), close: () => redis.quit() };
};
export function queueOf(config: { url: string }) {
  return openQueue(config.url);
}`,
    },
  ],
);

samples(
  'handle/lock-release-skipped',
  [
    {
      name: 'kept in a field that the teardown leaves',
      code: `import { Mutex } from 'async-mutex';
const mutex = new Mutex();
export class Sheet {
  private unlock?: () => void;
  private pending?: () => void;
  async open() {
    this.unlock = await mutex.acquire(); // leak handle/lock-release-skipped
  }
  async wait() {
    this.pending = await mutex.acquire();
  }
  dispose() {
    this.pending?.();
  }
}`,
    },
  ],
  [
    {
      name: 'given back by its key',
      code: `export class Sheet {
  constructor(private readonly pool, private readonly path: string) {}
  open() {
    this.sheet = this.pool.acquire(this.path);
    this.sheet.show();
  }
  dispose() {
    this.sheet = null;
    this.pool.release(this.path);
  }
}
export async function other(lock) {
  const release = await lock.acquire();
  try {
    await work();
  } finally {
    release();
  }
}`,
    },
  ],
);
