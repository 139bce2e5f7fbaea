import { samples } from '../expectLeaks';

/** What is sure on a path with several exceptions is only what its least likely one leaves. */
samples(
  'handle/pg-pool-client',
  [
    {
      name: 'an early answer between two releases, one of them in catch',
      code: `import type { Pool } from 'pg';
export async function seat(pool: Pool, request, response, next) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  try {
    const { rows } = await client.query('SELECT taken FROM seats WHERE id = $1', [request.params.id]);
    if (rows[0].taken) {
      return response.status(409).json({ taken: true });
    }
    await client.query('UPDATE seats SET taken = true');
    client.release();
    response.json({ taken: false });
  } catch (error) {
    client.release();
    next(error);
  }
}`,
    },
    {
      name: 'a rollback before the release that may itself fail',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function move(sql: string) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  try {
    await client.query(sql);
    client.release();
  } catch (error) {
    await client.query('ROLLBACK');
    client.release();
    throw error;
  }
}`,
    },
    {
      name: 'a generator that is left at a yield',
      code: `import type { Pool } from 'pg';
import Cursor from 'pg-cursor';
export async function* pages(pool: Pool, sql: string) {
  const client = await pool.connect(); // leak handle/pg-pool-client
  const cursor = client.query(new Cursor(sql));
  for (let rows = await cursor.read(50); rows.length > 0; rows = await cursor.read(50)) yield rows;
  client.release();
}`,
    },
  ],
  [
    {
      name: 'an answer that is sent after the release',
      code: `import type { Pool } from 'pg';
export async function seat(pool: Pool, request, response, next) {
  const client = await pool.connect();
  try {
    await client.query('UPDATE seats SET taken = true');
    client.release();
    response.status(201).json({ taken: true });
  } catch (error) {
    client.release();
    next(error);
  }
}`,
    },
    {
      name: 'a rollback whose rejection is handled',
      code: `import { Pool } from 'pg';
const pool = new Pool();
export async function move(sql: string) {
  const client = await pool.connect();
  try {
    await client.query(sql);
    client.release();
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
    throw error;
  }
}`,
    },
    {
      name: 'an object of a library that is made before the try',
      code: `import type { Pool } from 'pg';
import Cursor from 'pg-cursor';
export async function first(pool: Pool, sql: string) {
  const client = await pool.connect();
  const cursor = client.query(new Cursor(sql));
  try {
    return await cursor.read(1);
  } finally {
    client.release();
  }
}`,
    },
  ],
);

const copying = (step: string, leak = ''): string => `import { createWriteStream, promises } from 'node:fs';
export async function write(path: string, source: AsyncIterable<Buffer>) {
  const output = createWriteStream(path);${leak}
  const tools = ${step};
  await tools.pipeline(source, output);
}`;

samples(
  'a module that is loaded on demand',
  [
    {
      name: 'is read as a file',
      code: copying('JSON.parse(await promises.readFile(path))', ' // leak handle/write-stream'),
    },
    {
      name: 'is asked for over the network',
      code: copying('await (await fetch(path)).json()', ' // leak handle/write-stream'),
    },
    { name: 'is taken from elsewhere', code: copying('await source.load()', ' // leak handle/write-stream') },
  ],
  [
    { name: 'is a built-in one', code: copying("await import('node:stream/promises')") },
    { name: 'is a package', code: copying("await import('tools')") },
    { name: 'is one of the program', code: copying("(await import('./tools')).default") },
  ],
);

const connecting = (check: string, leak: string): string => `import { createClient } from 'redis';
export async function connect(url: string) {
  const client = createClient({ url });${leak}
  ${check}
  await client.quit();
}`;

samples(
  'a client that is opened by a call of its own',
  [
    {
      name: 'is open when what comes after it throws',
      code: connecting(
        "await client.connect();\n  if (!url) throw new Error('nowhere');",
        ' // leak handle/redis-client',
      ),
    },
    {
      name: 'is open when nothing opens it apart',
      code: connecting("if (!url) throw new Error('nowhere');", ' // leak handle/redis-client'),
    },
  ],
  [
    {
      name: 'is not open yet when what comes before it throws',
      code: connecting("if (!url) throw new Error('nowhere');\n  void client.connect();", ''),
    },
  ],
);
