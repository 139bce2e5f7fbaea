import { samples } from '../expectLeaks';

samples(
  'handle/pg-pool-client',
  [
    {
      name: 'a release that a rejected query skips',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function find(id: string) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  const { rows } = await client.query('SELECT 1', [id]);
  client.release();
  return rows;
}`,
    },
    {
      name: 'an early return before the release',
      code: `import pg from 'pg';
const pool = new pg.Pool();
export async function rename(id: string, name: string) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  const { rowCount } = await client.query('UPDATE t SET name = $1 WHERE id = $2', [name, id]);
  if (rowCount === 0) return null;
  client.release();
  return name;
}`,
    },
    {
      name: 'a set-up that rejects before the caller gets the client',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function checkout() {
  const client = await pool.connect(); // leak handle/pg-pool-client
  await client.query('SET x');
  return client;
}`,
    },
    {
      name: 'a client that nobody releases, of an injected pool',
      code: `import type { Pool } from 'pg';
export class Users {
  constructor(private readonly pool: Pool) {}
  async all() {
    const client = await this.pool.connect(); // leak handle/pg-pool-client
    const { rows } = await client.query('SELECT * FROM users');
    return rows;
  }
}`,
    },
    {
      name: 'a pool of another file, by the release that the code itself writes',
      path: 'src/routes.js',
      code: `const { pool } = require('./db');
exports.list = async (req, res) => {
  const client = await pool.connect(); // leak handle/pg-pool-client
  const result = await client.query('SELECT * FROM t');
  res.json(result.rows);
  client.release();
};`,
    },
    {
      name: 'helpers that work with the client',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function transfer(a: string, b: string) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  await begin(client);
  await move(client, a, b);
  client.release();
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function find(id: string) {
  const client = await pool.connect();
  try { return (await client.query('SELECT 1', [id])).rows; } finally { client.release(); }
}`,
    },
    {
      name: 'release in both branches',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function find(id: string) {
  const client = await pool.connect();
  try {
    const result = await client.query('SELECT 1', [id]);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}`,
    },
    {
      name: 'a client that the caller gets',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function checkout() { const client = await pool.connect(); client.on('error', console.error); return client; }`,
    },
    {
      name: 'connect of something else',
      code: `export async function join(room) { const socket = await room.connect(); await socket.send('hi'); return 1; }`,
    },
    {
      name: 'a promise chain that releases in finally',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export function find(id: string) {
  return pool.connect().then((client) => client.query('SELECT 1', [id]).finally(() => client.release()));
}`,
    },
  ],
);

samples(
  'handle/pg-release-on-throw',
  [
    {
      name: 'commit and release in try, rollback alone in catch',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function pay(order) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO o VALUES ($1)', [order.id]);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}`,
    },
    {
      name: 'a callback pool client with a missed branch',
      path: 'src/db.js',
      code: `const { Pool } = require('pg');
const pool = new Pool();
exports.get = (id, done) => {
  pool.connect((error, client) => { // leak handle/pg-pool-client
    if (error) return done(error);
    client.query('SELECT 1', [id], (failure, result) => {
      if (failure) return done(failure);
      client.release();
      done(null, result.rows);
    });
  });
};`,
    },
    {
      name: 'a rollback that itself rejects before the release',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function pay(order) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  try {
    await client.query('INSERT INTO o VALUES ($1)', [order.id]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  client.release();
}`,
    },
  ],
  [
    {
      name: 'release in finally after rollback in catch',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function pay(order) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}`,
    },
    {
      name: 'done of the callback form',
      path: 'src/db.js',
      code: `const { Pool } = require('pg');
const pool = new Pool();
exports.get = (id, cb) => {
  pool.connect((error, client, done) => {
    if (error) return cb(error);
    client.query('SELECT 1', [id], (failure, result) => {
      done();
      cb(failure, result);
    });
  });
};`,
    },
    {
      name: 'pool.query needs no client',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function find(id: string) { return (await pool.query('SELECT 1', [id])).rows; }`,
    },
  ],
);

samples(
  'handle/pg-client',
  [
    {
      name: 'a client per call that is never ended',
      code: `import { Client } from 'pg';
export async function count() {
  const client = new Client(); // leak handle/pg-client
  await client.connect();
  const { rows } = await client.query('SELECT count(*) FROM t');
  return rows[0];
}`,
    },
    {
      name: 'an end that a rejected query skips',
      code: `import mysql from 'mysql2/promise';
export async function count() {
  const connection = await mysql.createConnection({}); // leak handle/pg-client
  const [rows] = await connection.query('SELECT 1');
  await connection.end();
  return rows;
}`,
    },
    {
      name: 'a client per request',
      path: 'src/server.js',
      code: `const { Client } = require('pg');
app.get('/users', async (req, res) => {
  const client = new Client(); // leak handle/pg-client
  await client.connect();
  const result = await client.query('SELECT * FROM users');
  res.json(result.rows);
});`,
    },
  ],
  [
    {
      name: 'one client of the module',
      code: `import { Client } from 'pg';
const client = new Client();
await client.connect();
export const query = (sql: string) => client.query(sql);`,
    },
    {
      name: 'a client that an object keeps, made once',
      code: `import { Client } from 'pg';
export class Store { private client = new Client(); async open() { await this.client.connect(); } }`,
    },
    {
      name: 'a failed connect, which leaves nothing open',
      code: `import { Client } from 'pg';
export async function check() {
  const client = new Client();
  await client.connect();
  await client.end();
}`,
    },
  ],
);

samples(
  'handle/mysql-pool-connection',
  [
    {
      name: 'an early return after a failed query',
      path: 'src/dao.js',
      code: `const mysql = require('mysql');
const pool = mysql.createPool({});
exports.find = function (id, cb) {
  pool.getConnection(function (err, connection) { // leak handle/mysql-pool-connection
    if (err) { return cb(err); }
    connection.query('SELECT * FROM t WHERE id = ?', [id], function (err, rows) {
      if (err) { return cb(err); }
      connection.release();
      cb(null, rows);
    });
  });
};`,
    },
    {
      name: 'an awaited connection of a pool in another file',
      code: `import { pool } from './db';
export async function save(user) {
  const connection = await pool.getConnection(); // leak handle/mysql-pool-connection
  await connection.beginTransaction();
  await connection.query('INSERT INTO users SET ?', user);
  await connection.commit();
  connection.release();
}`,
    },
    {
      name: 'a connection that is never given back',
      code: `import mysql from 'mysql2/promise';
const pool = mysql.createPool({});
export async function all() {
  const connection = await pool.getConnection(); // leak handle/mysql-pool-connection
  const [rows] = await connection.query('SELECT * FROM t');
  return rows;
}`,
    },
  ],
  [
    {
      name: 'release first, then the error',
      path: 'src/dao.js',
      code: `const mysql = require('mysql');
const pool = mysql.createPool({});
exports.find = function (id, cb) {
  pool.getConnection(function (err, connection) {
    if (err) return cb(err);
    connection.query('SELECT * FROM t WHERE id = ?', [id], function (err, rows) {
      connection.release();
      cb(err, rows);
    });
  });
};`,
    },
    {
      name: 'finally with a guard',
      code: `import { pool } from './db';
export async function save(user) {
  let connection;
  try {
    connection = await pool.getConnection();
    await connection.query('INSERT INTO users SET ?', user);
  } finally {
    if (connection) connection.release();
  }
}`,
    },
    {
      name: 'getConnection that nobody releases and whose type is unknown',
      code: `export async function name(manager) { const c = await manager.getConnection(); return c.name; }`,
    },
  ],
);

samples(
  'handle/mongo-client',
  [
    {
      name: 'a client per call',
      code: `import { MongoClient } from 'mongodb';
export async function users(url: string) {
  const client = await MongoClient.connect(url); // leak handle/mongo-client
  return client.db('x').collection('users').find().toArray();
}`,
    },
    {
      name: 'a close that a rejected read skips',
      code: `import { MongoClient } from 'mongodb';
export async function users(url: string) {
  const client = new MongoClient(url); // leak handle/mongo-client
  await client.connect();
  const all = await client.db('x').collection('users').find().toArray();
  await client.close();
  return all;
}`,
    },
    {
      name: 'an early return',
      code: `import { MongoClient } from 'mongodb';
export async function seed(url: string, force: boolean) {
  const client = await MongoClient.connect(url); // leak handle/mongo-client
  try {
    if (!force) return false;
    await client.db('x').dropDatabase();
    await client.close();
    return true;
  } catch (error) {
    await client.close();
    throw error;
  }
}`,
    },
  ],
  [
    {
      name: 'a database that the caller gets',
      code: `import { MongoClient } from 'mongodb';
export async function open(url: string) {
  const client = await MongoClient.connect(url);
  const db = client.db('x');
  return db;
}`,
    },
    {
      name: 'a cached client',
      code: `import { MongoClient } from 'mongodb';
let cached: MongoClient | undefined;
export async function db(url: string) {
  if (!cached) cached = await MongoClient.connect(url);
  return cached.db('x');
}`,
    },
    {
      name: 'finally',
      code: `import { MongoClient } from 'mongodb';
export async function users(url: string) {
  const client = new MongoClient(url);
  try { await client.connect(); return await client.db('x').collection('users').countDocuments(); } finally { await client.close(); }
}`,
    },
    {
      name: 'module level',
      code: `import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://x');
export const ready = client.connect();`,
    },
  ],
);

samples(
  'handle/mongo-session-cursor',
  [
    {
      name: 'endSession after the transaction only',
      code: `import mongoose from 'mongoose';
export async function pay(order) {
  const session = await mongoose.startSession(); // leak handle/mongo-session-cursor
  session.startTransaction();
  await order.save({ session });
  await session.commitTransaction();
  session.endSession();
}`,
    },
    {
      name: 'a session of a client in a field',
      code: `import { MongoClient } from 'mongodb';
export class Store {
  constructor(private readonly client: MongoClient) {}
  async move(a, b) {
    const session = this.client.startSession(); // leak handle/mongo-session-cursor
    await this.client.db('x').collection('y').insertOne(a, { session });
    await session.endSession();
  }
}`,
    },
    {
      name: 'ended in catch only',
      code: `import { startSession } from 'mongoose';
export async function pay(order) {
  const session = await startSession(); // leak handle/mongo-session-cursor
  try {
    await order.save({ session });
    await session.commitTransaction();
  } catch (error) {
    await session.abortTransaction();
    session.endSession();
    throw error;
  }
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import mongoose from 'mongoose';
export async function pay(order) {
  const session = await mongoose.startSession();
  try { await order.save({ session }); } finally { session.endSession(); }
}`,
    },
    {
      name: 'await using',
      code: `export async function pay(client, order) {
  await using session = client.startSession();
  await order.save({ session });
}`,
    },
    {
      name: 'a session that is returned',
      code: `import mongoose from 'mongoose';
export async function begin() { const session = await mongoose.startSession(); session.startTransaction(); return session; }`,
    },
  ],
);

samples(
  'handle/redis-client',
  [
    {
      name: 'a client per call',
      code: `import { createClient } from 'redis';
export async function get(key: string) {
  const client = createClient(); // leak handle/redis-client
  await client.connect();
  return await client.get(key);
}`,
    },
    {
      name: 'a quit that a rejection skips',
      code: `import Redis from 'ioredis';
export async function publish(text: string) {
  const redis = new Redis(); // leak handle/redis-client
  await redis.publish('news', text);
  await redis.quit();
}`,
    },
    {
      name: 'a duplicate per request',
      code: `import Redis from 'ioredis';
const redis = new Redis();
app.get('/events', (req, res) => {
  const subscriber = redis.duplicate(); // leak handle/redis-client
  subscriber.subscribe('news');
  subscriber.on('message', (channel, text) => res.write(text));
});`,
    },
  ],
  [
    {
      name: 'one client of the module',
      code: `import Redis from 'ioredis';
export const redis = new Redis();`,
    },
    {
      name: 'a subscriber that ends with its request',
      code: `import Redis from 'ioredis';
const redis = new Redis();
app.get('/events', (req, res) => {
  const subscriber = redis.duplicate();
  subscriber.subscribe('news');
  req.on('close', () => subscriber.disconnect());
});`,
    },
    {
      name: 'finally',
      code: `import { createClient } from 'redis';
export async function get(key: string) {
  const client = createClient();
  try { await client.connect(); return await client.get(key); } finally { client.destroy(); }
}`,
    },
  ],
);

samples(
  'handle/sqlite-database',
  [
    {
      name: 'a database per call',
      code: `import Database from 'better-sqlite3';
export function names(file: string) {
  const db = new Database(file); // leak handle/sqlite-database
  return db.prepare('SELECT name FROM t').all();
}`,
    },
    {
      name: 'an early return before the close',
      code: `import { DatabaseSync } from 'node:sqlite';
export function names(file: string) {
  const db = new DatabaseSync(file); // leak handle/sqlite-database
  const rows = db.prepare('SELECT name FROM t').all();
  if (rows.length === 0) return [];
  db.close();
  return rows;
}`,
    },
    {
      name: 'a replaced database',
      code: `import Database from 'better-sqlite3';
export function each(files: string[]) {
  for (const file of files) {
    const db = new Database(file); // leak handle/sqlite-database
    console.log(db.name);
  }
}`,
    },
  ],
  [
    {
      name: 'one of the module',
      code: `import Database from 'better-sqlite3';\nconst db = new Database('x.db');\nexport const all = () => db.prepare('x').all();`,
    },
    {
      name: 'finally',
      code: `import Database from 'better-sqlite3';
export function names(file: string) { const db = new Database(file); try { return db.prepare('x').all(); } finally { db.close(); } }`,
    },
    {
      name: 'a lazily opened one',
      code: `import Database from 'better-sqlite3';
let db: Database.Database | null = null;
export function open() { return (db ??= new Database('x.db')); }`,
    },
  ],
);

samples(
  'handle/knex-instance',
  [
    {
      name: 'an instance per call',
      code: `import knex from 'knex';\nexport async function names(config) {\n  const db = knex(config); // leak handle/knex-instance\n  const rows = await db('t').select('name');\n  console.log(rows);\n}`,
    },
    {
      name: 'a destroy that a rejection skips',
      code: `import knex from 'knex';\nexport async function names(config) {\n  const db = knex(config); // leak handle/knex-instance\n  const rows = await db.select('name').from('t');\n  await db.destroy();\n  return rows;\n}`,
    },
    {
      name: 'an instance per request',
      path: 'src/app.js',
      code: `const knex = require('knex');\napp.get('/t', async (req, res) => {\n  const db = knex({ client: 'pg', connection: req.app.url }); // leak handle/knex-instance\n  res.json(await db.select('*').from(req.params.table));\n});`,
    },
  ],
  [
    {
      name: 'one of the module',
      code: `import knex from 'knex';\nexport const db = knex({ client: 'pg', connection: {} });`,
    },
    {
      name: 'one that only builds texts',
      code: `import knex from 'knex';\nexport function textOf(table: string, client: string) {\n  const builder = knex({ client });\n  return builder(table).select('*').toString();\n}`,
    },
    {
      name: 'finally',
      code: `import knex from 'knex';\nexport async function migrate(config) { const db = knex(config); try { await db.migrate.latest(); } finally { await db.destroy(); } }`,
    },
    {
      name: 'a factory',
      code: `import knex from 'knex';\nexport function connect(config) { const db = knex(config); return db; }`,
    },
  ],
);

samples(
  'handle/knex-transaction',
  [
    {
      name: 'a commit without a rollback',
      code: `import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:');\nexport async function move(a, b) {\n  const t = await db.transaction(); // leak handle/knex-transaction\n  await a.save({ transaction: t });\n  await b.save({ transaction: t });\n  await t.commit();\n}`,
    },
    {
      name: 'an early return',
      code: `import knex from 'knex';\nconst db = knex({});\nexport async function add(row) {\n  const trx = await db.transaction(); // leak handle/knex-transaction\n  try {\n    if (await exists(trx, row)) return false;\n    await trx('t').insert(row);\n    await trx.commit();\n    return true;\n  } catch (error) {\n    await trx.rollback();\n    throw error;\n  }\n}`,
    },
    {
      name: 'a transaction of an injected connection',
      code: `export class Orders {\n  constructor(private readonly sequelize) {}\n  async place(order) {\n    const transaction = await this.sequelize.transaction(); // leak handle/knex-transaction\n    const saved = await order.save({ transaction });\n    await transaction.commit();\n    return saved;\n  }\n}`,
    },
  ],
  [
    {
      name: 'commit and rollback',
      code: `import { Sequelize } from 'sequelize';\nconst db = new Sequelize('x');\nexport async function move(a) {\n  const t = await db.transaction();\n  try { await a.save({ transaction: t }); await t.commit(); } catch (e) { await t.rollback(); throw e; }\n}`,
    },
    {
      name: 'the callback form',
      code: `import knex from 'knex';\nconst db = knex({});\nexport function add(row) { return db.transaction(async (trx) => { await trx('t').insert(row); }); }`,
    },
    {
      name: 'an IndexedDB transaction',
      code: `export function put(db, value) { const tx = db.transaction(['s'], 'readwrite'); tx.objectStore('s').put(value); tx.commit(); }`,
    },
  ],
);

samples(
  'handle/prisma-client',
  [
    {
      name: 'a client per call',
      code: `import { PrismaClient } from '@prisma/client';\nexport async function users() {\n  const prisma = new PrismaClient(); // leak handle/prisma-client\n  const all = await prisma.user.findMany();\n  return all.length;\n}`,
    },
    {
      name: 'a client per request',
      path: 'src/app.js',
      code: `const { PrismaClient } = require('@prisma/client');\nrouter.get('/users', async (req, res) => {\n  const prisma = new PrismaClient(); // leak handle/prisma-client\n  res.json(await prisma.user.findMany());\n});`,
    },
    {
      name: 'a client per job',
      code: `import { PrismaClient } from '@prisma/client';\nimport cron from 'node-cron';\ncron.schedule('* * * * *', async () => {\n  const db = new PrismaClient(); // leak handle/prisma-client\n  await db.task.updateMany({});\n});`,
    },
  ],
  [
    {
      name: 'one of the module',
      code: `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();`,
    },
    {
      name: 'one kept on the global object',
      code: `import { PrismaClient } from '@prisma/client';\nexport const prisma = globalThis.prisma ?? new PrismaClient();\nglobalThis.prisma = prisma;`,
    },
    {
      name: 'a service that keeps one',
      code: `import { PrismaClient } from '@prisma/client';\nexport class Users { private prisma = new PrismaClient(); all() { return this.prisma.user.findMany(); } }`,
    },
  ],
);

samples(
  'handle/typeorm-query-runner',
  [
    {
      name: 'a release that a rejection skips',
      code: `import { DataSource } from 'typeorm';\nexport class Repo {\n  constructor(private readonly dataSource: DataSource) {}\n  async save(entity) {\n    const queryRunner = this.dataSource.createQueryRunner(); // leak handle/typeorm-query-runner\n    await queryRunner.connect();\n    await queryRunner.manager.save(entity);\n    await queryRunner.release();\n  }\n}`,
    },
    {
      name: 'a return in try without finally',
      code: `import { DataSource } from 'typeorm';\nexport async function save(source: DataSource, entity) {\n  const runner = source.createQueryRunner(); // leak handle/typeorm-query-runner\n  await runner.startTransaction();\n  try {\n    await runner.manager.save(entity);\n    await runner.commitTransaction();\n    return entity;\n  } catch (error) {\n    await runner.rollbackTransaction();\n    await runner.release();\n    throw error;\n  }\n}`,
    },
    {
      name: 'an untyped source',
      path: 'src/repo.js',
      code: `exports.save = async function (connection, entity) {\n  const runner = connection.createQueryRunner(); // leak handle/typeorm-query-runner\n  await runner.connect();\n  await runner.manager.save(entity);\n  await runner.release();\n};`,
    },
  ],
  [
    {
      name: 'finally',
      code: `import { DataSource } from 'typeorm';\nexport async function save(source: DataSource, entity) {\n  const runner = source.createQueryRunner();\n  try { await runner.connect(); await runner.manager.save(entity); } finally { await runner.release(); }\n}`,
    },
    {
      name: 'a runner that is returned',
      code: `import { DataSource } from 'typeorm';\nexport function begin(source: DataSource) { const runner = source.createQueryRunner(); return runner; }`,
    },
    {
      name: 'a runner kept by its unit of work',
      code: `import { DataSource } from 'typeorm';\nexport class Unit {\n  private runner;\n  constructor(source: DataSource) { this.runner = source.createQueryRunner(); }\n  async dispose() { await this.runner.release(); }\n}`,
    },
  ],
);
