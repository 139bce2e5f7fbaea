import { samples } from '../expectLeaks';

samples(
  'one of its own, or the caller’s',
  [
    {
      name: 'a failing query before a guarded release',
      code: `export class Executor {
  async undo() {
    const runner = this.runner || this.source.createQueryRunner(); // leak handle/typeorm-query-runner
    await runner.query('ROLLBACK');
    if (!this.runner) await runner.release();
  }
}`,
    },
    {
      name: 'a parameter that is filled when it is missing',
      code: `export class Cache {
  async store(options, runner) {
    const isOwn = runner === undefined;
    if (isOwn) runner = this.source.createQueryRunner(); // leak handle/typeorm-query-runner
    await runner.query(options.sql);
    if (isOwn) await runner.release();
  }
}`,
    },
    {
      name: 'worked with at once and dropped, beside one that is released',
      code: `export class Driver {
  async connect() {
    await this.createQueryRunner('master').query('SELECT 1'); // leak handle/typeorm-query-runner
    const runner = this.createQueryRunner('master');
    try { await runner.query('SELECT 2'); } finally { await runner.release(); }
  }
}`,
    },
    {
      name: 'closed in the branch that leaves, and nowhere else',
      code: `import fs from 'node:fs';
export function read(path, size) {
  const fd = fs.openSync(path, 'r'); // leak handle/fs-descriptor
  if (size === 0) {
    fs.closeSync(fd);
    return '';
  }
  return fs.readFileSync(fd, 'utf8');
}`,
    },
  ],
  [
    {
      name: 'a guarded release in finally',
      code: `export class Executor {
  async undo() {
    const runner = this.runner || this.source.createQueryRunner();
    try { await runner.query('ROLLBACK'); } finally { if (!this.runner) await runner.release(); }
  }
}`,
    },
    {
      name: 'a flag that was computed before',
      code: `export class Cache {
  async store(options, runner) {
    const isOwn = runner === undefined;
    if (isOwn) runner = this.source.createQueryRunner();
    try { await runner.query(options.sql); } finally { if (isOwn) await runner.release(); }
  }
}`,
    },
    {
      name: 'a lock that runs what it is given',
      code: `export class Reader { read(body) { this.lock.lock(async () => { await this.decode(body); }).catch(() => {}); } other() { this.lock.lock().then((l) => l.release()); } }`,
    },
    {
      name: 'one that is made for the caller',
      code: `export class Source { runner(given) { return given || this.createQueryRunner('master'); } }`,
    },
  ],
);
