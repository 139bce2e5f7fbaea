import { samples } from '../expectLeaks';

samples(
  'Handles that somebody is given, and that are ended afterwards',
  [
    {
      name: 'a file that a function of another file reads',
      code: `import { open } from 'node:fs/promises';
import { parse } from './parse';
export async function load(path: string) {
  const file = await open(path); // leak handle/fs-filehandle
  const rows = await parse(file);
  await file.close();
  return rows;
}`,
    },
    {
      name: 'a browser that a method is given in an object',
      code: `import { chromium } from 'playwright';
export async function shoot(camera, pages: string[]) {
  const browser = await chromium.launch(); // leak handle/browser-launch
  const shots = await camera.takeAll({ browser, pages });
  await browser.close();
  return shots;
}`,
    },
    {
      name: 'a connection that a loop gives on, left by an early return',
      code: `import mysql from 'mysql2/promise';
import { migrate } from './steps';
export async function upgrade(url: string, steps: string[]) {
  const connection = await mysql.createConnection(url); // leak handle/pg-client
  for (const step of steps) {
    const done = await migrate(connection, step);
    if (!done) return false;
  }
  await connection.end();
  return true;
}`,
    },
    {
      name: 'a client that an inner function uses, which is handed on',
      code: `import { MongoClient } from 'mongodb';
export async function copy(url: string, feed, each) {
  const client = await MongoClient.connect(url); // leak handle/mongo-client
  await feed(each((row) => client.db('a').collection('b').insertOne(row)));
  await client.close();
}`,
    },
  ],
  [
    {
      name: 'ended in finally',
      code: `import { open } from 'node:fs/promises';
import { parse } from './parse';
export async function load(path: string) {
  const file = await open(path);
  try {
    return await parse(file);
  } finally {
    await file.close();
  }
}`,
    },
    {
      name: 'ended only where the work fails: the caller of it has it',
      code: `import { open } from 'node:fs/promises';
import { parse } from './parse';
export async function load(path: string) {
  const file = await open(path);
  try {
    await parse(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}`,
    },
    {
      name: 'ended only on an early way out, and given away behind it',
      code: `import { open } from 'node:fs/promises';
import { keepReading } from './parse';
export async function load(path: string, wanted: () => boolean) {
  const file = await open(path);
  if (!wanted()) {
    await file.close();
    return;
  }
  await keepReading(file);
}`,
    },
    {
      name: 'ended on an early way out behind the call, and otherwise theirs',
      code: `import { open } from 'node:fs/promises';
import { begin } from './parse';
export async function load(path: string) {
  const file = await open(path);
  const isTaken = await begin(file);
  if (!isTaken) {
    await file.close();
    return;
  }
  console.log(path);
}`,
    },
    {
      name: 'ended by a handler that may not run',
      code: `import { open } from 'node:fs/promises';
import { begin } from './parse';
export async function load(path: string, signal: AbortSignal) {
  const file = await open(path);
  await begin(file);
  signal.addEventListener('abort', () => file.close());
}`,
    },
    {
      name: 'given to what keeps it',
      code: `import { open } from 'node:fs/promises';
export async function load(path: string, files, done: boolean) {
  const file = await open(path);
  files.register(file);
  await files.ready();
  if (done) await file.close();
}`,
    },
  ],
);
