import { samples } from '../expectLeaks';

const unit = (
  rollback: string,
  finish = 'if (this.done) return;\n    this.done = true;\n    this.client.release();',
) => `import type { Pool, PoolClient } from 'pg';
export class Unit {
  private done = false;
  private constructor(private readonly client: PoolClient) {}
  static async begin(pool: Pool) {
    return new Unit(await pool.connect());
  }
  async commit() {
    await this.client.query('commit');
    this.finish();
  }
  async rollback() {
    ${rollback}
  }
  private finish() {
    ${finish}
  }
}`;
const marked = 'this.done = true; // leak handle/release-unreachable';

samples(
  'flags that say that something has been ended',
  [
    { name: 'set by who only works with it', code: unit(`${marked}\n    await this.client.query('rollback');`) },
    {
      name: 'set where it is asked for first',
      code: unit(`if (this.done) return;\n    ${marked}\n    await this.client.query('rollback');`),
    },
    {
      name: 'set before what ends it',
      code: unit(`${marked}\n    await this.client.query('rollback');\n    this.finish();`),
    },
  ],
  [
    { name: 'set by what ends it', code: unit("await this.client.query('rollback');\n    this.finish();") },
    {
      name: 'set after the end',
      code: unit("await this.client.query('rollback');\n    this.finish();\n    this.done = true;"),
    },
    {
      name: 'set by who ends it otherwise',
      code: unit("this.done = true;\n    this.client.release(new Error('rolled back'));"),
    },
    { name: 'set on a condition', code: unit("if (await this.client.query('rollback')) this.done = true;") },
    {
      name: 'one that is taken back',
      code: unit("this.done = true;\n    await this.client.query('rollback');\n    this.done = false;"),
    },
    {
      name: 'an end that does not ask for it',
      code: unit("this.done = true;\n    await this.client.query('rollback');", 'this.client.release();'),
    },
    { name: 'set by who hears that it is over', code: unit('this.done = true;') },
    {
      name: 'set where whoever has opened it may end it',
      code: unit("this.done = true;\n    await this.client.query('rollback');").replace(
        'private constructor',
        'constructor',
      ),
    },
  ],
);
