import { samples } from '../expectLeaks';

const imports = `import { createClient } from 'redis';
import { MongoClient } from 'mongodb';
`;
const mark = (kind: string): string => ` // leak handle/${kind}`;

samples(
  'steps that open what was made, and may fail',
  [
    {
      name: 'a later step that skips the end',
      code: `${imports}export async function name(id: string) {
  const client = await createClient().on('error', console.error).connect();${mark('redis-client')}
  const found = await client.get(id);
  await client.quit();
  return found;
}`,
    },
    {
      name: 'another step before the first try',
      code: `${imports}export async function names(url: string) {
  const client = await new MongoClient(url).connect();${mark('mongo-client')}
  const database = await client.db().command({ ping: 1 });
  try {
    return await client.db(database.name).collection('names').find().toArray();
  } finally {
    await client.close();
  }
}`,
    },
    {
      name: 'one that is never ended, once',
      code: `${imports}export async function first() {
  const client = await createClient().connect();
  try {
    return await client.get('first');
  } finally {
    await client.quit();
  }
}
export async function second() {
  const client = await createClient().connect();${mark('redis-client')}
  return client.get('second');
}`,
    },
  ],
  [
    {
      name: 'one that is made and opened in one expression',
      code: `${imports}export async function names(url: string) {
  const client = await new MongoClient(url).connect();
  try {
    return await client.db().collection('names').find().toArray();
  } finally {
    await client.close();
  }
}`,
    },
    {
      name: 'one that is opened by the next statement',
      code: `${imports}export async function name(id: string) {
  const client = createClient();
  await client.connect();
  try {
    return await client.get(id);
  } finally {
    await client.quit();
  }
}`,
    },
  ],
);

samples(
  'steps that open something else, or what is open already',
  [
    {
      name: 'another thing that is made and opened meanwhile',
      code: `import { open } from 'node:fs/promises';
import { Client } from './client';
export async function send(path: string) {
  const file = await open(path); // leak handle/fs-filehandle
  await new Client(path).connect();
  await file.close();
}`,
    },
    {
      name: 'a first step of what is given open',
      code: `import { chromium } from 'playwright';
export async function shot(path: string) {
  const browser = await chromium.launch(); // leak handle/browser-launch
  await browser.init(path);
  await browser.close();
}`,
    },
  ],
  [],
);
