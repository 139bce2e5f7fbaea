import { samples } from '../expectLeaks';

samples(
  'releases in chains of promises',
  [
    {
      name: 'a release on success alone',
      path: 'src/sample.js',
      code: `const { Pool } = require('pg');
const pool = new Pool();
exports.load = (id) =>
  pool.connect().then((client) => // leak handle/pg-pool-client
    client.query('SELECT $1', [id]).then((result) => {
      client.release();
      return result.rows;
    }),
  );`,
    },
    {
      name: 'a failure that is reported only',
      code: `import { open } from 'node:fs/promises';
export async function size(path, done) {
  const file = await open(path); // leak handle/fs-filehandle
  return file.stat().then((stats) => { file.close(); done(null, stats.size); }).catch((error) => done(error));
}`,
    },
    {
      name: 'a release at the end of nested successes',
      code: `import { open } from 'node:fs/promises';
export const size = (path) =>
  open(path).then((file) => file.stat().then((stats) => file.close().then(() => stats.size))); // leak handle/fs-filehandle`,
    },
  ],
  [
    {
      name: 'a release on either outcome',
      path: 'src/sample.js',
      code: `const { Pool } = require('pg');
const pool = new Pool();
exports.load = (id) =>
  pool.connect().then((client) =>
    client.query('SELECT $1', [id]).then(
      (result) => { client.release(); return result.rows; },
      (error) => { client.release(); throw error; },
    ),
  );`,
    },
    {
      name: 'a release behind a catch',
      code: `import { open } from 'node:fs/promises';
export async function size(path, done) {
  const file = await open(path);
  return file.stat().then((stats) => done(null, stats.size)).catch(done).then(() => file.close());
}`,
    },
    {
      name: 'a handler of failures that is made elsewhere',
      code: `import { open } from 'node:fs/promises';
export async function size(path, closing) {
  const file = await open(path);
  return file.stat().then((stats) => { file.close(); return stats.size; }).catch(closing(file));
}`,
    },
    {
      name: 'finally',
      code: `import { open } from 'node:fs/promises';
export const size = (path) => open(path).then((file) => file.stat().then((stats) => stats.size).finally(() => file.close()));`,
    },
  ],
);

samples(
  'functions under other names',
  [
    {
      name: 'promises of functions with a callback',
      path: 'src/sample.js',
      code: `const { promisify } = require('util');
const fs = require('fs');
const open = promisify(fs.open), read = promisify(fs.read), close = promisify(fs.close);
exports.magic = async (path) => {
  const fd = await open(path, 'r'); // leak handle/fs-descriptor
  const { buffer } = await read(fd, Buffer.alloc(4), 0, 4, 0);
  await close(fd);
  return buffer;
};`,
    },
    {
      name: 'a module that a call without arguments gives',
      path: 'src/sample.js',
      code: `const sqlite3 = require('sqlite3').verbose();
exports.names = (done) => {
  const db = new sqlite3.Database('people.db'); // leak handle/sqlite-database
  db.all('SELECT name FROM t', (error, rows) => done(error, rows));
};`,
    },
    {
      name: 'a descriptor in a field that is written to',
      code: `import fs from 'node:fs';
export class Journal {
  constructor(path) { this.fd = fs.openSync(path, 'a'); } // leak handle/fs-descriptor
  add(line) { fs.writeSync(this.fd, line); }
  dispose() { this.path = undefined; }
}`,
    },
  ],
  [
    {
      name: 'a promise of close in finally',
      path: 'src/sample.js',
      code: `const { promisify } = require('util');
const fs = require('fs');
const open = promisify(fs.open), fstat = promisify(fs.fstat), close = promisify(fs.close);
exports.size = async (path) => {
  const fd = await open(path, 'r');
  try { return (await fstat(fd)).size; } finally { await close(fd); }
};`,
    },
    {
      name: 'a database that its callback closes',
      path: 'src/sample.js',
      code: `const sqlite3 = require('sqlite3').verbose();
exports.names = (done) => {
  const db = new sqlite3.Database('people.db');
  db.all('SELECT name FROM t', (error, rows) => { db.close(); done(error, rows); });
};`,
    },
    {
      name: 'a descriptor in a field that the teardown closes',
      code: `import fs from 'node:fs';
export class Journal {
  constructor(path) { this.fd = fs.openSync(path, 'a'); }
  add(line) { fs.writeSync(this.fd, line); }
  dispose() { fs.closeSync(this.fd); }
}`,
    },
  ],
);
