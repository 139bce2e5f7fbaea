import { samples } from '../expectLeaks';

samples(
  'functions of the file that give what they open',
  [
    {
      name: 'a descriptor from a helper, never closed',
      code: `import fs from 'node:fs';
function openForRead(path) { return fs.openSync(path, 'r'); }
export function sizeOf(path) {
  const fd = openForRead(path); // leak handle/fs-descriptor
  return fs.fstatSync(fd).size;
}`,
    },
    {
      name: 'a client from an async helper, closed on the way that succeeds',
      code: `import { MongoClient } from 'mongodb';
const connect = async (url) => {
  const client = new MongoClient(url);
  await client.connect();
  return client;
};
export async function count(url) {
  const client = await connect(url); // leak handle/mongo-client
  const total = await client.db('shop').collection('orders').countDocuments();
  await client.close();
  return total;
}`,
    },
    {
      name: 'a connection from a private method',
      code: `import pg from 'pg';
export class Store {
  private readonly pool = new pg.Pool();
  private connect() { return this.pool.connect(); }
  async load(id) {
    const client = await this.connect(); // leak handle/pg-pool-client
    return (await client.query('SELECT $1', [id])).rows;
  }
}`,
    },
    {
      name: 'an own one or that of the caller, used at once',
      code: `import type { DataSource, QueryRunner } from 'typeorm';
export class Results {
  constructor(private readonly source: DataSource) {}
  private runner(given?: QueryRunner): QueryRunner {
    if (given) return given;
    return this.source.createQueryRunner();
  }
  async remove(ids: string[], given?: QueryRunner) {
    await Promise.all(ids.map((id) => this.runner(given).manager.delete('result', id))); // leak handle/typeorm-query-runner
  }
}`,
    },
  ],
  [
    {
      name: 'a descriptor that the caller of the helper closes',
      code: `import fs from 'node:fs';
function openForRead(path) { return fs.openSync(path, 'r'); }
export function sizeOf(path) {
  const fd = openForRead(path);
  try { return fs.fstatSync(fd).size; } finally { fs.closeSync(fd); }
}`,
    },
    {
      name: 'a helper that sees to the end of what it opens',
      code: `import net from 'node:net';
function dial(host) {
  const socket = net.connect(80, host);
  socket.setTimeout(5000, () => socket.destroy());
  return socket;
}
export function greet(host) {
  const socket = dial(host);
  socket.write('hello');
}`,
    },
    {
      name: 'one client for the process, filled on demand',
      code: `import { MongoClient } from 'mongodb';
const connect = async (url) => new MongoClient(url).connect();
let client;
export async function database(url) {
  client ??= await connect(url);
  return client.db('shop');
}`,
    },
    {
      name: 'that of the caller',
      code: `import type { DataSource, QueryRunner } from 'typeorm';
export class Results {
  constructor(private readonly source: DataSource) {}
  private runner(given?: QueryRunner): QueryRunner {
    if (given) return given;
    return this.source.createQueryRunner();
  }
  async clear(given: QueryRunner) { await this.runner(given).clearTable('result'); }
  async remove(id: string, given?: QueryRunner) {
    const runner = this.runner(given);
    try { await runner.manager.delete('result', id); } finally { if (!given) await runner.release(); }
  }
}`,
    },
    {
      name: 'a connection that a getter of the class keeps',
      code: `import pg from 'pg';
export class Store {
  private readonly pool = new pg.Pool();
  private connect() { return this.pool.connect(); }
  async run(work) {
    const client = await this.connect();
    try { return await work(client); } finally { client.release(); }
  }
}`,
    },
    {
      name: 'a collection that a box ends, itself in a collection that is given to the caller',
      code: `import { DisposableStore, Slot } from './lifecycle';
export class Picker {
  constructor(private readonly editors) {}
  provide() {
    const all = new DisposableStore();
    const slot = all.add(new Slot());
    all.add(this.editors.onDidChange(() => {
      slot.value = undefined;
      slot.value = this.watch();
    }));
    return all;
  }
  private watch() {
    const own = new DisposableStore();
    own.add(this.editors.onDidScroll(() => this.draw()));
    return own;
  }
  draw() {}
  dispose() { this.editors = undefined; }
}`,
    },
  ],
);
