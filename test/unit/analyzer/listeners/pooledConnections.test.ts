import { samples } from '../expectLeaks';

const checked = (making: string, again: string): string => `import { Pool } from 'pg';
const check = async ({ pool, report }) => {
  let client;
  try {
    client = await pool.connect();
  } catch {
    setTimeout(() => check({ pool, report }), 1000);
    return;
  }
  client.on('error', (error) => {MARK
    if (error.code === 'ECONNRESET') check({ pool, report });
  });
  client.release();
  ${again}
};
export async function open(options, report) {
  ${making}
  await check({ pool, report });
  return pool;
}`;

const probed = (serving: string): string => `import { Pool } from 'pg';
async function probe(pool) {
  const client = await pool.connect();
  client.on('error', console.warn);MARK
  client.release();
}
export async function serve(options) {
  ${serving}
}`;

const retried = (trying: string, after: string): string => `import { Pool } from 'pg';
async function probe(pool, report) {
  let client;
  try {
    client = await pool.connect();
    ${trying}
  } catch {
    return probe(pool, report);
  }
  ${after}
}
export async function serve(options, report) {
  options.pool = new Pool(options);
  await probe(options.pool, report);
}`;

const leaking = (code: string): string => code.replace('MARK', ' // leak listener/emitter-on-pooled-client');

samples(
  'A client that is taken of a pool to look whether it works',
  [
    {
      name: 'each time that the function is called, of one pool',
      path: 'src/pool.js',
      code: leaking(checked('const pool = options.pool;', '')),
    },
    {
      name: 'of a new pool, and again by a timer',
      path: 'src/pool.js',
      code: leaking(checked('const pool = new Pool(options);', 'setTimeout(() => check({ pool, report }), 60_000);')),
    },
    {
      name: 'of a pool that is only made if there is none',
      path: 'src/pool.js',
      code: leaking(checked('let pool = options.pool;\n  if (!pool) {\n    pool = new Pool(options);\n  }', '')),
    },
    {
      name: 'of a new pool, in each round of a loop without braces',
      path: 'src/probe.js',
      code: leaking(
        probed(
          'options.pool = new Pool(options);\n  for (const part of options.parts) await probe(options.pool, part);',
        ),
      ),
    },
    {
      name: 'of the new pool of a field, until a flag is set',
      path: 'src/probe.js',
      code: leaking(probed('options.pool = new Pool(options);\n  while (!options.isDone) await probe(options.pool);')),
    },
    {
      name: 'of a new pool, and again on a condition',
      path: 'src/probe.js',
      code: leaking(
        probed(
          'options.pool = new Pool(options);\n  await probe(options.pool);\n  if (options.again) await probe(options.pool);',
        ),
      ),
    },
    {
      name: 'of a new pool, several times',
      path: 'src/probe.js',
      code: leaking(
        probed('options.pool = new Pool(options);\n  await probe(options.pool);\n  await probe(options.pool);'),
      ),
    },
    {
      name: 'and again where what is done after it fails',
      path: 'src/probe.js',
      code: leaking(
        retried(
          "client.on('error', console.warn);MARK\n    client.release();\n    await report(pool);",
          'return pool;',
        ),
      ),
    },
  ],
  [
    {
      name: 'once for each pool, and again when the client is lost',
      path: 'src/pool.js',
      code: checked('const pool = new Pool(options);', '').replace('MARK', ''),
    },
    {
      name: 'once for each pool that a field keeps',
      path: 'src/pool.js',
      code: checked('options.pool = new Pool(options);', '')
        .replace('check({ pool, report });\n  return pool', 'check({ pool: options.pool, report });\n  return options')
        .replace('MARK', ''),
    },
    {
      name: 'once for each pool that a loop makes',
      path: 'src/probe.js',
      code: probed(
        'for (const part of options.parts) {\n    part.pool = new Pool(part);\n    await probe(part.pool);\n  }',
      ).replace('MARK', ''),
    },
    {
      name: 'once for each of two pools of one field',
      path: 'src/probe.js',
      code: probed(
        'options.pool = new Pool(options.first);\n  await probe(options.pool);\n  options.all.push(options.pool);\n  options.pool = new Pool(options.second);\n  await probe(options.pool);',
      ).replace('MARK', ''),
    },
    {
      name: 'and again where none was given',
      path: 'src/probe.js',
      code: retried('', "client.on('error', console.warn);\n  client.release();"),
    },
  ],
);

samples(
  'listener/emitter-on-pooled-client',
  [
    {
      name: 'a notice listener on a client of a pool',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text: string, log: (text: string) => void) {\n  const client = await pool.connect();\n  client.on('notice', (notice) => log(notice.message ?? '')); // leak listener/emitter-on-pooled-client\n  try {\n    return await client.query(text);\n  } finally {\n    client.release();\n  }\n}`,
    },
    {
      name: 'a pool that the caller gives',
      code: `import type { Pool } from 'pg';\nexport function runner(pool: Pool, subscribers: Set<(value: unknown) => void>) {\n  return async (text: string) => {\n    const client = await pool.connect();\n    client.addListener('notification', (value) => { // leak listener/emitter-on-pooled-client\n      for (const subscriber of subscribers) subscriber(value);\n    });\n    try {\n      await client.query(text);\n    } finally {\n      client.release();\n    }\n  };\n}`,
    },
    {
      name: 'in a callback',
      path: 'src/rows.js',
      code: `const mysql = require('mysql');\nconst pool = mysql.createPool({});\nexports.rows = (text, log, done) => {\n  pool.getConnection((error, connection) => {\n    if (error) return done(error);\n    connection.on('error', log); // leak listener/emitter-on-pooled-client\n    connection.query(text, (failure, rows) => {\n      connection.release();\n      done(failure, rows);\n    });\n  });\n};`,
    },
  ],
  [
    {
      name: 'removed before it goes back',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text: string, log: (text: unknown) => void) { const client = await pool.connect(); client.on('notice', log); try { return await client.query(text); } finally { client.off('notice', log); client.release(); } }`,
    },
    {
      name: 'the connection is destroyed',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text: string, log: (text: unknown) => void) { const client = await pool.connect(); client.on('notice', log); try { return await client.query(text); } finally { client.release(true); } }`,
    },
    {
      name: 'a client of its own',
      code: `import { Client } from 'pg';\nexport async function load(text: string, log: (text: unknown) => void) { const client = new Client(); client.on('notice', log); try { await client.connect(); return await client.query(text); } finally { await client.end(); } }`,
    },
    {
      name: 'once',
      code: `import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text: string, log: (text: unknown) => void) { const client = await pool.connect(); client.once('drain', log); try { return await client.query(text); } finally { client.release(); } }`,
    },
  ],
);
