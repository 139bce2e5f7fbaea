/** What is left on a resource that goes back to its pool. */
import type { ResourceKind } from './model';

/** A connection of a pool and the listeners on it. */
export const pooledEmitter: NonNullable<ResourceKind['pooled']> = {
  as: 'listener/emitter-on-pooled-client',
  registers: ['on', 'addListener', 'prependListener'],
  removes: ['off', 'removeListener', 'removeAllListeners'],
  back: ['release'],
};

export const pooledKinds: readonly ResourceKind[] = [
  {
    id: 'listener/emitter-on-pooled-client',
    family: 'listener',
    noun: 'listener',
    title: 'Listener stays on a connection that goes back to its pool',
    participle: 'removed',
    severity: 'medium',
    words: ['.connect(', 'getConnection'],
    acquire: [],
    release: [{ form: 'method', method: ['off', 'removeListener', 'removeAllListeners'] }],
    heldBy: 'receiver',
    documentation: {
      what: 'A function takes a connection from a pool, adds a listener to it and gives the connection back without removing the listener.',
      why: 'The connection lives on. The next caller gets it with the old listener, and each use adds one more, with all that it captures.',
      leaking:
        "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text, log) {\n  const client = await pool.connect();\n  client.on('notice', (notice) => log(notice.message));\n  try {\n    return await client.query(text);\n  } finally {\n    client.release();\n  }\n}",
      safe: "import { Pool } from 'pg';\nconst pool = new Pool();\nexport async function load(text, log) {\n  const client = await pool.connect();\n  const onNotice = (notice) => log(notice.message);\n  client.on('notice', onNotice);\n  try {\n    return await client.query(text);\n  } finally {\n    client.removeListener('notice', onNotice);\n    client.release();\n  }\n}",
      releases: ['`client.off(…)` before `client.release()`', '`once`, where the event is sure to come'],
    },
  },
];
