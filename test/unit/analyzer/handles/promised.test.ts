import { samples } from '../expectLeaks';

samples(
  'handles that a promise gives',
  [
    {
      name: 'a request made a promise by a helper',
      code: `export class Snapshots {
  private settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
  async names(database: string) {
    const db = await this.settled(indexedDB.open(database)); // leak handle/indexed-db
    return [...db.objectStoreNames].join();
  }
}`,
    },
    {
      name: 'a descriptor that a callback resolves',
      code: `import fs from 'node:fs';
export async function size(path: string) {
  const fd = await new Promise<number>((resolve, reject) => // leak handle/fs-descriptor
    fs.open(path, 'r', (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  return fs.fstatSync(fd).size;
}`,
    },
    {
      name: 'a connection from a helper that makes a promise of it',
      path: 'src/sample.js',
      code: `const mysql = require('mysql');
const pool = mysql.createPool({});
function take() {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => {
      if (error) return reject(error);
      resolve(connection);
    });
  });
}
exports.load = async (sql) => {
  const connection = await take(); // leak handle/mysql-pool-connection
  const rows = await run(connection, sql);
  connection.release();
  return rows;
};`,
    },
    {
      name: 'a socket that is resolved once it is open',
      code: `const open = (url) => new Promise((resolve) => {
  const socket = new WebSocket(url);
  socket.onopen = () => resolve(socket);
});
export async function greet(url) {
  const socket = await open(url); // leak handle/websocket
  socket.send('hello');
}`,
    },
  ],
  [
    {
      name: 'a request whose database is closed',
      code: `export class Snapshots {
  private settled<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  }
  async names(database: string) {
    const db = await this.settled(indexedDB.open(database));
    try { return [...db.objectStoreNames].join(); } finally { db.close(); }
  }
}`,
    },
    {
      name: 'a descriptor that is closed after all',
      code: `import fs from 'node:fs';
export async function size(path: string) {
  const fd = await new Promise<number>((resolve, reject) =>
    fs.open(path, 'r', (error, opened) => (error ? reject(error) : resolve(opened))),
  );
  try { return fs.fstatSync(fd).size; } finally { fs.closeSync(fd); }
}`,
    },
    {
      name: 'a helper whose caller releases',
      path: 'src/sample.js',
      code: `const mysql = require('mysql');
const pool = mysql.createPool({});
const take = () => new Promise((resolve, reject) => {
  pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
});
exports.load = async (sql) => {
  const connection = await take();
  try { return await run(connection, sql); } finally { connection.release(); }
};`,
    },
    {
      name: 'a socket that its opener ends after a while',
      code: `import net from 'node:net';
const open = (port) => new Promise((resolve) => {
  const socket = net.connect(port, () => resolve(socket));
  socket.setTimeout(1000, () => socket.destroy());
});
export async function greet(port) {
  const socket = await open(port);
  socket.write('hello');
}`,
    },
    {
      name: 'one database for the page',
      code: `import { openDB } from 'idb';
const database = openDB('notes', 1);
export async function load(key) { return (await database).get('notes', key); }`,
    },
  ],
);

samples(
  'handles that functions are lent',
  [
    {
      name: 'a picker whose handler is throttled, disposed on the early return only',
      code: `import * as vscode from 'vscode';
export async function choose(throttle, load) {
  const picker = vscode.window.createQuickPick(); // leak handle/disposable-not-disposed
  const refresh = async () => { picker.items = await load(picker.value); };
  picker.onDidChangeValue(throttle(refresh));
  picker.show();
  const picked = await new Promise((resolve) => picker.onDidAccept(() => resolve(picker.selectedItems[0])));
  if (!picked) { picker.dispose(); return; }
  return picked.label;
}`,
    },
    {
      name: 'a tunnel that nobody keeps',
      code: `import * as vscode from 'vscode';
export class Tunnels {
  async addressOf(port: number) {
    const tunnel = await vscode.workspace.openTunnel({ remoteAddress: { port, host: 'localhost' } }); // leak handle/disposable-not-disposed
    return String(tunnel.localAddress);
  }
}`,
    },
    {
      name: 'a pool client whose work is debounced',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function follow(debounce, source) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  const store = debounce((row) => client.query('INSERT INTO t VALUES ($1)', [row]));
  const first = await source.next();
  if (first.done) { client.release(); return 0; }
  store(first.value);
  return 1;
}`,
    },
  ],
  [
    {
      name: 'a picker that goes when it is hidden',
      code: `import * as vscode from 'vscode';
export function choose(throttle, load) {
  const picker = vscode.window.createQuickPick();
  picker.onDidChangeValue(throttle(async () => { picker.items = await load(picker.value); }));
  picker.onDidHide(() => picker.dispose());
  picker.show();
}`,
    },
    {
      name: 'a tunnel that is kept',
      code: `import * as vscode from 'vscode';
export class Tunnels {
  private readonly open = new Map<number, vscode.Tunnel>();
  async addressOf(port: number) {
    const tunnel = await vscode.workspace.openTunnel({ remoteAddress: { port, host: 'localhost' } });
    this.open.set(port, tunnel);
    return String(tunnel.localAddress);
  }
}`,
    },
    {
      name: 'a tunnel that is opened and left for good',
      code: `import * as vscode from 'vscode';
export async function forward(port: number) {
  await vscode.workspace.openTunnel({ remoteAddress: { port, host: 'localhost' } });
}`,
    },
  ],
);
