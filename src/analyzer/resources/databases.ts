/** Database pools, clients, sessions, transactions and caches over a connection. */
import type { AcquireForm } from './acquireForms';
import type { ApiName, TypeEntry } from './apiTypes';
import { connectionSteps } from './firstSteps';
import type { ResourceKind } from './model';
import { pooledEmitter } from './pooled';

const named = (module: string, ...names: readonly string[]): readonly ApiName[] =>
  names.map((name) => ({ module, name }));
/** Constructors of a module, also through its default export or namespace. */
const created = (callee: readonly ApiName[]): AcquireForm => ({ form: 'new', callee });
const called = (callee: readonly ApiName[], promise = false): AcquireForm => ({
  form: 'call',
  callee,
  ...(promise ? { promise } : {}),
});
const close = '[Symbol.asyncDispose]';
const listening = ['on', 'once', 'addListener'];

export const databaseTypes: readonly TypeEntry[] = [
  {
    id: 'pg.pool',
    names: [
      ...named('pg', 'Pool'),
      ...named('pg-pool', 'default', '*'),
      ...named('@neondatabase/serverless', 'Pool'),
      ...named('@vercel/postgres', 'Pool'),
    ],
    values: named('@vercel/postgres', 'db'),
    is: ['emitter'],
  },
  { id: 'pg.client', names: named('pg', 'Client', 'PoolClient'), is: ['emitter'] },
  {
    id: 'mysql.pool',
    names: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb'].flatMap((module) => named(module, 'Pool', 'PoolCluster')),
    calls: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb', 'promise-mysql'].flatMap((module) =>
      named(module, 'createPool', 'createPoolCluster'),
    ),
    members: [{ of: 'mysql.pool', name: 'promise', call: true }],
    is: ['emitter'],
  },
  {
    id: 'oracle.pool',
    names: named('oracledb', 'Pool'),
    calls: named('oracledb', 'createPool', 'getPool'),
  },
  { id: 'neo4j.driver', names: named('neo4j-driver', 'Driver'), calls: named('neo4j-driver', 'driver') },
  { id: 'mongo.client', names: named('mongodb', 'MongoClient'), calls: named('mongodb', 'MongoClient.connect') },
  {
    id: 'mongoose.connection',
    names: named('mongoose', 'Connection', 'Mongoose'),
    values: named('mongoose', 'default', '*', 'connection'),
  },
  { id: 'knex', names: named('knex', 'Knex', 'Knex.Client'), calls: named('knex', 'default', '*', 'knex') },
  { id: 'sequelize', names: named('sequelize', 'Sequelize').concat(named('sequelize-typescript', 'Sequelize')) },
  {
    id: 'typeorm.source',
    names: named('typeorm', 'DataSource', 'Connection', 'EntityManager'),
    calls: named('typeorm', 'getConnection', 'createConnection', 'getManager'),
    members: [{ of: 'typeorm.source', name: 'manager', call: false }],
  },
  { id: 'ioredis', names: named('ioredis', 'default', '*', 'Redis', 'Cluster'), is: ['emitter'] },
];

export const databaseKinds: readonly ResourceKind[] = [
  {
    id: 'handle/pg-pool-client',
    family: 'handle',
    noun: 'pool client',
    title: 'Client of a connection pool is not released',
    severity: 'high',
    words: ['.connect('],
    acquire: [
      { form: 'method', on: ['pg.pool'], method: ['connect'], promise: true, untyped: true, maxArguments: 0 },
      { form: 'method-callback', on: ['pg.pool'], method: ['connect'], parameter: 1, releaser: 2 },
    ],
    release: [{ form: 'method', method: ['release'] }],
    heldBy: 'runtime',
    callbacks: ['query', 'execute', 'beginTransaction', 'commit', 'rollback', 'prepare'],
    afterRelease: { twice: 'handle/double-close', use: 'handle/use-after-close' },
    pooled: pooledEmitter,
    othersWait: true,
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A client taken from a connection pool that is not given back on every way out of the function.',
      why: 'A pool has a few clients. Each one that is not released is lost until the process ends; when all are, every query waits for ever.',
      leaking:
        "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function total(id) {\n  const client = await pool.connect();\n  const { rows } = await client.query('SELECT sum(x) FROM t WHERE id = $1', [id]);\n  client.release();\n  return rows[0];\n}",
      safe: "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function total(id) {\n  const client = await pool.connect();\n  try {\n    const { rows } = await client.query('SELECT sum(x) FROM t WHERE id = $1', [id]);\n    return rows[0];\n  } finally {\n    client.release();\n  }\n}",
      releases: [
        '`client.release()` in `finally`, or on every way out',
        '`pool.query()`, which needs no client',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/pg-client',
    family: 'handle',
    noun: 'database client',
    title: 'Client, connection or pool of a database is not ended',
    participle: 'ended',
    severity: 'high',
    words: ['Client(', 'Pool(', 'createConnection'],
    acquire: [
      {
        form: 'new',
        callee: [
          ...named('pg', 'Client'),
          ...named('@neondatabase/serverless', 'Client'),
          ...named('cassandra-driver', 'Client'),
        ],
        activatedBy: ['connect'],
      },
      {
        form: 'new',
        callee: ['pg', '@neondatabase/serverless', '@vercel/postgres'].flatMap((module) => named(module, 'Pool')),
        noun: 'connection pool',
      },
      {
        form: 'call',
        callee: ['mysql', 'mysql2', 'mysql2/promise', 'mariadb'].flatMap((module) => named(module, 'createPool')),
        noun: 'connection pool',
      },
      {
        form: 'call',
        callee: [...named('mysql', 'createConnection'), ...named('mysql2', 'createConnection')],
        noun: 'database connection',
      },
      {
        form: 'call',
        callee: [...named('mysql2/promise', 'createConnection'), ...named('mariadb', 'createConnection')],
        noun: 'database connection',
        promise: true,
      },
    ],
    release: [
      { form: 'method', method: ['end', 'destroy', 'shutdown', 'close', close] },
      { form: 'observed', method: listening, event: ['end', 'close'] },
    ],
    heldBy: 'runtime',
    fluent: ['on', 'once', 'promise'],
    firstSteps: connectionSteps,
    callbacks: ['query', 'execute', 'beginTransaction', 'commit', 'rollback', 'prepare'],
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A client, a connection or a pool of connections of a database (PostgreSQL, MySQL, MariaDB, Cassandra) that a function opens and does not end on every way out.',
      why: 'The connection stays open here and at the server, which admits only so many.',
      leaking:
        "import { Client } from 'pg';\nexport async function count() {\n  const client = new Client();\n  await client.connect();\n  const { rows } = await client.query('SELECT count(*) FROM t');\n  await client.end();\n  return rows[0];\n}",
      safe: "import { Client } from 'pg';\nexport async function count() {\n  const client = new Client();\n  await client.connect();\n  try {\n    const { rows } = await client.query('SELECT count(*) FROM t');\n    return rows[0];\n  } finally {\n    await client.end();\n  }\n}",
      releases: [
        '`client.end()` in `finally`, or on every way out',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/mysql-pool-connection',
    family: 'handle',
    noun: 'pool connection',
    title: 'Connection of a pool is not released',
    severity: 'high',
    words: ['getConnection'],
    acquire: [
      {
        form: 'method-callback',
        on: ['mysql.pool', 'oracle.pool'],
        method: ['getConnection'],
        parameter: 1,
        untyped: true,
      },
      { form: 'method', on: ['mysql.pool', 'oracle.pool'], method: ['getConnection'], promise: true, untyped: true },
      called(named('oracledb', 'getConnection'), true),
    ],
    release: [
      { form: 'method', method: ['release', 'destroy', 'close', 'end', close] },
      { form: 'call', callee: named('mysql2', 'releaseConnection'), argument: 0 },
      { form: 'transfer-method', method: ['releaseConnection', 'release'] },
    ],
    heldBy: 'runtime',
    firstSteps: connectionSteps,
    callbacks: ['query', 'execute', 'beginTransaction', 'commit', 'rollback', 'prepare'],
    afterRelease: { twice: 'handle/double-close', use: 'handle/use-after-close' },
    pooled: pooledEmitter,
    othersWait: true,
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A connection taken from a pool that is not given back on every way out, often an early return after an error.',
      why: 'Each connection that is not released is lost to the pool; when all are, every request waits for ever.',
      leaking:
        "import mysql from 'mysql2';\nconst pool = mysql.createPool({});\nexport function load(id, done) {\n  pool.getConnection((error, connection) => {\n    if (error) return done(error);\n    connection.query('SELECT * FROM t WHERE id = ?', [id], (failure, rows) => {\n      if (failure) return done(failure);\n      connection.release();\n      done(null, rows);\n    });\n  });\n}",
      safe: "import mysql from 'mysql2';\nconst pool = mysql.createPool({});\nexport function load(id, done) {\n  pool.getConnection((error, connection) => {\n    if (error) return done(error);\n    connection.query('SELECT * FROM t WHERE id = ?', [id], (failure, rows) => {\n      connection.release();\n      if (failure) return done(failure);\n      done(null, rows);\n    });\n  });\n}",
      releases: [
        '`connection.release()` or `connection.destroy()` on every way out',
        '`pool.query()`, which needs no connection',
      ],
    },
  },
  {
    id: 'handle/mongo-client',
    family: 'handle',
    noun: 'Mongo client',
    title: 'Mongo client is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['MongoClient'],
    acquire: [
      { form: 'new', callee: named('mongodb', 'MongoClient'), activatedBy: ['connect', 'db'] },
      called(named('mongodb', 'MongoClient.connect', 'connect'), true),
    ],
    release: [{ form: 'method', method: ['close', close] }],
    heldBy: 'runtime',
    fluent: ['on', 'once', 'connect'],
    parts: ['db'],
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A `MongoClient` that is made by a function and not closed on every way out of it.',
      why: 'Each client has a pool of its own and monitors the servers until it is closed.',
      leaking:
        "import { MongoClient } from 'mongodb';\nexport async function count(url) {\n  const client = new MongoClient(url);\n  await client.connect();\n  return client.db('x').collection('y').countDocuments();\n}",
      safe: "import { MongoClient } from 'mongodb';\nexport async function count(url) {\n  const client = new MongoClient(url);\n  try {\n    await client.connect();\n    return await client.db('x').collection('y').countDocuments();\n  } finally {\n    await client.close();\n  }\n}",
      releases: [
        '`client.close()` in `finally`',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/mongo-session-cursor',
    family: 'handle',
    noun: 'session',
    title: 'Session of a database is not ended',
    participle: 'ended',
    severity: 'medium',
    words: ['startSession', 'neo4j'],
    acquire: [
      {
        form: 'method',
        on: ['mongo.client', 'mongoose.connection'],
        method: ['startSession'],
        promise: true,
        untyped: true,
      },
      called(named('mongoose', 'startSession'), true),
      { form: 'method', on: ['neo4j.driver'], method: ['session'] },
    ],
    release: [{ form: 'method', method: ['endSession', 'close', close] }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A session of a database (MongoDB, Mongoose, Neo4j) that is started and not ended on every way out of the function.',
      why: 'The server keeps a session, and the client its place in the session pool, until it is ended or times out.',
      leaking:
        "import mongoose from 'mongoose';\nexport async function pay(order) {\n  const session = await mongoose.startSession();\n  session.startTransaction();\n  await order.save({ session });\n  await session.commitTransaction();\n  session.endSession();\n}",
      safe: "import mongoose from 'mongoose';\nexport async function pay(order) {\n  const session = await mongoose.startSession();\n  try {\n    session.startTransaction();\n    await order.save({ session });\n    await session.commitTransaction();\n  } finally {\n    await session.endSession();\n  }\n}",
      releases: ['`session.endSession()` in `finally`', '`client.withSession()`', '`await using`'],
    },
  },
  {
    id: 'handle/redis-client',
    family: 'handle',
    noun: 'Redis client',
    title: 'Redis client is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['redis'],
    acquire: [
      created(named('ioredis', 'default', '*', 'Redis', 'Cluster')),
      called([
        ...named('redis', 'createClient', 'createCluster', 'createClientPool'),
        ...named('@redis/client', 'createClient'),
      ]),
      { form: 'method', on: ['ioredis'], method: ['duplicate'] },
    ],
    release: [
      { form: 'method', method: ['quit', 'disconnect', 'close', 'destroy', 'end', close] },
      { form: 'observed', method: listening, event: ['end', 'close'] },
    ],
    heldBy: 'runtime',
    fluent: ['on', 'once', 'connect'],
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A Redis client that is made by a function and not closed on every way out of it.',
      why: 'Each client keeps a connection and reconnects for ever until it is closed.',
      leaking:
        "import Redis from 'ioredis';\nexport async function publish(message) {\n  const redis = new Redis();\n  await redis.publish('news', message);\n}",
      safe: "import Redis from 'ioredis';\nexport async function publish(message) {\n  const redis = new Redis();\n  try {\n    await redis.publish('news', message);\n  } finally {\n    redis.disconnect();\n  }\n}",
      releases: [
        '`quit()`, `disconnect()`, `close()` or `destroy()` on every way out',
        'one client for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/sqlite-database',
    family: 'handle',
    noun: 'database',
    title: 'SQLite database is not closed',
    participle: 'closed',
    severity: 'high',
    words: ['sqlite'],
    acquire: [
      created([
        ...named('better-sqlite3', 'default', '*'),
        ...named('sqlite', 'DatabaseSync'),
        ...named('sqlite3', 'Database', 'default.Database', 'verbose().Database', 'default.verbose().Database'),
        ...named('bun:sqlite', 'Database'),
      ]),
    ],
    release: [{ form: 'method', method: ['close', '[Symbol.dispose]'] }],
    heldBy: 'runtime',
    fluent: ['on', 'once'],
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A SQLite database that is opened by a function and not closed on every way out of it.',
      why: 'Its file handles, locks and caches stay until it is closed or, much later, collected.',
      leaking:
        "import Database from 'better-sqlite3';\nexport function names(file) {\n  const db = new Database(file);\n  return db.prepare('SELECT name FROM t').all();\n}",
      safe: "import Database from 'better-sqlite3';\nexport function names(file) {\n  const db = new Database(file);\n  try {\n    return db.prepare('SELECT name FROM t').all();\n  } finally {\n    db.close();\n  }\n}",
      releases: [
        '`db.close()` in `finally`',
        'one database for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/knex-instance',
    family: 'handle',
    noun: 'Knex instance',
    title: 'Knex instance is not destroyed',
    participle: 'destroyed',
    severity: 'high',
    words: ["'knex'", '"knex"'],
    acquire: [called(named('knex', 'default', '*', 'knex'))],
    emptyWithout: 'connection',
    release: [{ form: 'method', method: ['destroy', close] }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: 'endedAfter',
    mostlyShared: true,
    documentation: {
      what: 'A Knex instance that is made by a function and not destroyed on every way out of it.',
      why: 'Each instance has a pool of connections of its own.',
      leaking:
        "import knex from 'knex';\nexport async function names(config) {\n  const db = knex(config);\n  const rows = await db.select('name').from('t');\n  await db.destroy();\n  return rows;\n}",
      safe: "import knex from 'knex';\nexport async function names(config) {\n  const db = knex(config);\n  try {\n    return await db.select('name').from('t');\n  } finally {\n    await db.destroy();\n  }\n}",
      releases: [
        '`db.destroy()` in `finally`',
        'one instance for the whole process',
        'returned or handed to another owner',
      ],
    },
  },
  {
    id: 'handle/knex-transaction',
    family: 'handle',
    noun: 'transaction',
    title: 'Transaction is neither committed nor rolled back',
    participle: 'committed or rolled back',
    severity: 'high',
    words: ['.transaction('],
    acquire: [
      { form: 'method', on: ['knex', 'sequelize'], method: ['transaction'], promise: true, maxArguments: 0 },
      { form: 'method', on: [], method: ['transaction'], promise: true, untyped: true, maxArguments: 0 },
    ],
    // Which of the two is right, only the author knows.
    release: [{ form: 'method', method: ['commit', 'rollback'], written: '' }],
    heldBy: 'runtime',
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A transaction that is opened without a callback and, on some way out, neither committed nor rolled back.',
      why: 'It keeps a connection of the pool and the locks of all rows that it touched.',
      leaking:
        "import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:');\nexport async function move(a, b) {\n  const transaction = await db.transaction();\n  await a.save({ transaction });\n  await b.save({ transaction });\n  await transaction.commit();\n}",
      safe: "import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:');\nexport async function move(a, b) {\n  const transaction = await db.transaction();\n  try {\n    await a.save({ transaction });\n    await b.save({ transaction });\n    await transaction.commit();\n  } catch (error) {\n    await transaction.rollback();\n    throw error;\n  }\n}",
      releases: ['`commit()` on success **and** `rollback()` on failure', 'the form with a callback, which does both'],
    },
  },
  {
    id: 'handle/prisma-client',
    family: 'handle',
    noun: 'Prisma client',
    title: 'Prisma client is made per call',
    participle: 'disconnected',
    severity: 'high',
    words: ['PrismaClient'],
    acquire: [created(named('@prisma/client', 'PrismaClient'))],
    release: [{ form: 'method', method: ['$disconnect', close] }],
    heldBy: 'runtime',
    fluent: ['$extends', '$on'],
    pathSensitive: true,
    exits: 'likely',
    mostlyShared: true,
    documentation: {
      what: 'A `PrismaClient` that is made each time a function runs and never disconnected.',
      why: 'Each client starts an engine and a pool of connections of its own.',
      leaking:
        "import { PrismaClient } from '@prisma/client';\nexport async function users() {\n  const prisma = new PrismaClient();\n  const all = await prisma.user.findMany();\n  console.log(all.length);\n}",
      safe: "import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport async function users() {\n  const all = await prisma.user.findMany();\n  console.log(all.length);\n}",
      releases: ['one client for the whole process', '`prisma.$disconnect()`'],
    },
  },
  {
    id: 'handle/typeorm-query-runner',
    family: 'handle',
    noun: 'query runner',
    title: 'Query runner is not released',
    severity: 'high',
    words: ['createQueryRunner'],
    acquire: [{ form: 'method', on: ['typeorm.source'], method: ['createQueryRunner'], untyped: true }],
    release: [{ form: 'method', method: ['release', close] }],
    heldBy: 'runtime',
    afterRelease: { use: 'handle/use-after-close' },
    pathSensitive: true,
    lent: true,
    documentation: {
      what: 'A query runner that is not released on every way out of the function.',
      why: 'It holds a connection of the pool until it is released.',
      leaking:
        "import { DataSource } from 'typeorm';\nexport async function rename(source: DataSource, name: string) {\n  const runner = source.createQueryRunner();\n  await runner.connect();\n  await runner.query('UPDATE t SET name = $1', [name]);\n  await runner.release();\n}",
      safe: "import { DataSource } from 'typeorm';\nexport async function rename(source: DataSource, name: string) {\n  const runner = source.createQueryRunner();\n  try {\n    await runner.connect();\n    await runner.query('UPDATE t SET name = $1', [name]);\n  } finally {\n    await runner.release();\n  }\n}",
      releases: ['`runner.release()` in `finally`', 'returned or handed to another owner'],
    },
  },
];
