import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

/** Severities of the findings on a text, by kind. */
const weights = (code: string): readonly string[] =>
  findingsOf(code).map(
    ({ kind, severity, message }) => `${severity} ${kind} ${/`([^`]+)` on line/.exec(message)?.[1]}`,
  );

const pg = "import pg from 'pg';\n";
const mysql = "import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({});\n";

describe('first steps on what has just been opened', () => {
  it('weigh little where the connection is lost if they fail', () => {
    assert.deepEqual(
      weights(`${pg}export async function open(options) {
  const client = new pg.Client(options);
  await client.connect();
  await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY');
  return client;
}`),
      ['low handle/pg-client client.query(…)'],
    );
    assert.deepEqual(
      weights(`${mysql}export async function keepAlive() {
  const connection = await pool.getConnection();
  await connection.ping();
  connection.release();
}`),
      ['low handle/mysql-pool-connection connection.ping()'],
    );
  });

  it('weigh little one after the other, in front of a `try` that ends it', () => {
    assert.deepEqual(
      weights(`${mysql}export async function pay(order) {
  const connection = await pool.getConnection();
  await connection.query('SET time_zone = "+00:00"');
  await connection.beginTransaction();
  try {
    await connection.query('INSERT INTO orders SET ?', order);
    await connection.commit();
  } finally {
    connection.release();
  }
}`),
      ['low handle/mysql-pool-connection connection.query(…)'],
    );
  });

  it('weigh little where they only queue what they are given', () => {
    const asked = (step: string): readonly string[] =>
      weights(`import { Request } from 'zeromq';
import { read } from './state';
export async function ask(address) {
  const socket = new Request();
  socket.connect(address);
  ${step}
  try {
    return await socket.receive();
  } finally {
    socket.close();
  }
}`);
    assert.deepEqual(asked("await socket.send('state');"), ['low handle/network-client socket.send(…)']);
    assert.deepEqual(asked('await read(address);'), ['medium handle/network-client read(…)']);
  });

  it('are not blamed where a later step leaves it open as well', () => {
    assert.deepEqual(
      weights(`${mysql}export async function pay(order) {
  const connection = await pool.getConnection();
  await connection.beginTransaction();
  await connection.query('INSERT INTO orders SET ?', order);
  await connection.commit();
  connection.release();
}`),
      ['medium handle/mysql-pool-connection connection.query(…)'],
    );
  });

  it('are others that say what the caller gives, or come after some work', () => {
    assert.deepEqual(
      weights(`${mysql}export async function use(schema) {
  const connection = await pool.getConnection();
  await connection.query(\`SET search_path TO \${schema}\`);
  return connection;
}`),
      ['medium handle/mysql-pool-connection connection.query(…)'],
    );
    assert.deepEqual(
      weights(`${mysql}export async function runThenPing(sql) {
  const connection = await pool.getConnection();
  try {
    await connection.query(sql);
  } catch (error) {
    console.error(error);
  }
  await connection.ping();
  return connection;
}`),
      ['medium handle/mysql-pool-connection connection.ping()'],
    );
  });

  it('tell by failing that a connection could not be opened, where nothing has opened it before', () => {
    assert.deepEqual(
      weights(`import mysql from 'mysql2';
export async function check(options) {
  const connection = mysql.createConnection(options).promise();
  await connection.ping();
  await connection.end();
}`),
      ['medium handle/pg-client connection.ping()'],
    );
  });

  it('are no others: a role that may be refused, a value that is asked for', () => {
    for (const said of [
      'SET ROLE auditor',
      'SET @total = (SELECT COUNT(*) FROM orders)',
      'SET GLOBAL max_connections = 9',
    ])
      assert.deepEqual(
        weights(`${mysql}export async function check() {
  const connection = await pool.getConnection();
  await connection.query('${said}');
  connection.release();
}`),
        ['medium handle/mysql-pool-connection connection.query(…)'],
        said,
      );
  });

  it('weigh as before where each request takes them', () => {
    const each = (step: string): string => `${mysql}export function serve(server) {
  server.on('request', async (request, response) => {
    const connection = await pool.getConnection();
    await ${step};
    connection.release();
    response.end();
  });
}`;
    assert.deepEqual(weights(each('connection.ping()')), ['medium handle/mysql-pool-connection connection.ping()']);
    assert.deepEqual(weights(each("connection.query('SET NAMES utf8mb4')")), [
      'medium handle/mysql-pool-connection connection.query(…)',
    ]);
  });

  it('weigh as before on a client that its pool lends until it is given back', () => {
    assert.deepEqual(
      weights(`${pg}const pool = new pg.Pool();
export async function begin() {
  const client = await pool.connect();
  await client.query('BEGIN');
  return client;
}`),
      ['medium handle/pg-pool-client client.query(…)'],
    );
  });

  it('do not hide an early return', () => {
    assert.deepEqual(
      weights(`${mysql}export async function pay(order) {
  const connection = await pool.getConnection();
  await connection.ping();
  if (order.lines.length === 0) return undefined;
  try {
    return await connection.query('INSERT INTO orders SET ?', order);
  } finally {
    connection.release();
  }
}`),
      ['medium handle/mysql-pool-connection undefined'],
    );
  });
});
