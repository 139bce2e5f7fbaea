import { samples } from '../expectLeaks';

samples(
  'lists of promises that are waited for again and again',
  [
    {
      name: 'writes of a file that each sync waits for',
      code: `export class Ledger {
  private readonly writes: Promise<void>[] = [];
  constructor(private readonly disk: { write(line: string): Promise<void> }) {}
  note(line: string) {
    this.writes.push(this.disk.write(line).then(() => undefined)); // leak cache/promise-chain-collected
  }
  async sync() {
    await Promise.all(this.writes);
  }
}`,
    },
    {
      name: 'async work of a factory',
      path: 'src/uploads.js',
      code: `const names = [];
names.push('uploads');
export function uploads(client) {
  const running = [];
  async function send(file) {
    await client.put(file);
  }
  return {
    add(file) {
      running.push(send(file)); // leak cache/promise-chain-collected
    },
    settled: () => Promise.allSettled(running),
  };
}`,
    },
  ],
  [
    {
      name: 'a list that is begun anew when all are there',
      code: `export class Ledger {
  private writes: Promise<void>[] = [];
  constructor(private readonly disk: { write(line: string): Promise<void> }) {}
  note(line: string) {
    this.writes.push(this.disk.write(line).then(() => undefined));
  }
  async sync() {
    const writes = this.writes;
    this.writes = [];
    await Promise.all(writes);
  }
}`,
    },
    {
      name: 'promises that take themselves out, if all goes well',
      code: `export class Ledger {
  private readonly writes: Promise<void>[] = [];
  constructor(private readonly disk: { write(line: string): Promise<void> }) {}
  note(line: string) {
    const write = this.disk.write(line).then(() => {
      this.writes.splice(this.writes.indexOf(write), 1);
    });
    this.writes.push(write);
  }
  async sync() {
    await Promise.all(this.writes);
  }
}`,
    },
    {
      name: 'a list that only the end waits for',
      code: `export class Ledger {
  private readonly writes: Promise<void>[] = [];
  constructor(private readonly disk: { write(line: string): Promise<void> }) {}
  note(line: string) {
    this.writes.push(this.disk.write(line).then(() => undefined));
  }
  async close() {
    await Promise.all(this.writes);
  }
}`,
    },
    {
      name: 'a list of one call',
      code: `export async function sendAll(files: string[], send: (file: string) => Promise<void>) {
  const works: Promise<void>[] = [];
  files.forEach((file) => works.push(send(file).then(() => undefined)));
  await Promise.all(works);
}`,
    },
    {
      name: 'a list of what is made for one work',
      code: `export class Batch {
  private readonly loads: Promise<void>[] = [];
  add(url: string) {
    this.loads.push(this.load(url));
  }
  private async load(url: string) {
    await fetch(url);
  }
  async done() {
    await Promise.all(this.loads);
  }
}
export async function page(urls: string[]) {
  const batch = new Batch();
  for (const url of urls) batch.add(url);
  await batch.done();
}`,
    },
  ],
);
