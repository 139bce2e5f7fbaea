import { samples } from '../expectLeaks';

const run = (predicate: string, end: string, mark = '') => `import { createPool } from 'mysql2/promise';
const pool = createPool({});
function isPooled(connection: { release?: () => void }) {
  ${predicate}
}
export async function run(work) {
  const connection = await pool.getConnection();${mark}
  try {
    return await connection.query(work);
  } finally {
    ${end}
  }
}`;

samples(
  'members that are looked at only to tell whether they are there',
  [
    {
      name: 'a resource that nobody ends',
      code: run(
        "return typeof connection.release === 'function';",
        'console.log(isPooled(connection));',
        ' // leak handle/mysql-pool-connection',
      ),
    },
  ],
  [
    {
      name: 'one that is ended where it is there',
      code: run("return typeof connection.release === 'function';", 'if (isPooled(connection)) connection.release();'),
    },
    {
      name: 'one that the helper ends where it is there',
      code: run("if (typeof connection.release === 'function') connection.release();", 'isPooled(connection);'),
    },
  ],
);

const element = (subscribe: string, mark = '') => `export class Element {
  subscriptions: Record<string, Subscription> = {};
  constructor(private readonly bus: Bus) {}
  update(key: string, listener: () => void) {
    this.subscriptions[key] = ${subscribe};${mark}
  }
  on(key: string, listener: () => void) {
    return this.bus.add(key, listener);
  }
  unmount() {
    this.bus.log('gone');
  }
}`;

samples(
  'subscriptions to the object itself',
  [],
  [{ name: 'an object that listens to itself', code: element('this.on(key, listener)') }],
);
