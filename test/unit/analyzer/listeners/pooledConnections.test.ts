import { samples } from '../expectLeaks';

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
