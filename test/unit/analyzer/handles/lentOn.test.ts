import { samples } from '../expectLeaks';

samples(
  'Resources that helpers lend on',
  [
    {
      name: 'a session that a helper puts into the options of an update',
      code: `import { MongoClient } from 'mongodb';
async function take(client: MongoClient, id: string, session) {
  const found = await client.db('a').collection('b').findOneAndUpdate({ id }, { $inc: { left: -1 } }, { session });
  if (!found) throw new Error(id);
}
export async function order(client: MongoClient, ids: string[]) {
  const session = client.startSession(); // leak handle/mongo-session-cursor
  await session.withTransaction(async () => {
    for (const id of ids) await take(client, id, session);
  });
  await session.endSession();
}
`,
    },
    {
      name: 'a folder that a helper runs a program in',
      code: `import { mkdtemp, rm } from 'node:fs/promises';
import { execa } from 'execa';
const run = (dir) => execa('make', [], { cwd: dir });
export async function build(pack) {
  const dir = await mkdtemp('/tmp/x-'); // leak handle/temp-dir
  await run(dir);
  await pack();
  await rm(dir, { recursive: true });
}
`,
    },
    {
      name: 'by way of two helpers',
      code: `import { mkdtemp, rm } from 'node:fs/promises';
import { write } from './write';
const inner = (dir, name) => write({ dir, name });
const outer = (dir) => inner(dir, 'x');
export async function build(pack) {
  const dir = await mkdtemp('/tmp/x-'); // leak handle/temp-dir
  await outer(dir);
  await pack();
  await rm(dir, { recursive: true });
}
`,
    },
  ],
  [
    {
      name: 'ended in finally',
      code: `import { MongoClient } from 'mongodb';
const take = (client: MongoClient, session) => client.db('a').collection('b').updateOne({}, {}, { session });
export async function order(client: MongoClient) {
  const session = client.startSession();
  try {
    await take(client, session);
  } finally {
    await session.endSession();
  }
}
`,
    },
    {
      name: 'the helper keeps it',
      code: `import { mkdtemp, rm } from 'node:fs/promises';
const dirs = [];
const note = (dir) => {
  dirs.push({ dir });
};
export async function build(pack) {
  const dir = await mkdtemp('/tmp/x-');
  note(dir);
  await pack();
  await rm(dir, { recursive: true });
}
export const end = () => Promise.all(dirs.map(({ dir }) => rm(dir, { recursive: true })));
`,
    },
    {
      name: 'nobody ends it here: the one it is lent to may',
      code: `import { mkdtemp } from 'node:fs/promises';
import { work } from './work';
const run = (dir) => work({ dir, remove: true });
export async function build() {
  const dir = await mkdtemp('/tmp/x-');
  await run(dir);
}
`,
    },
  ],
);
