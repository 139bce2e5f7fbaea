import { samples } from '../expectLeaks';

samples(
  'made once behind a question for its type, or a latch that throws',
  [
    {
      name: 'a pool that is made where there is one already',
      code: `import workerpool from 'workerpool';
let pool: workerpool.Pool | undefined;
export async function count(text: string): Promise<number> {
  if (typeof pool !== 'undefined') pool = workerpool.pool('count.js'); // leak handle/service-client
  return pool ? pool.exec('count', [text]) : 0;
}`,
    },
    {
      name: 'a child process whose messages alone are heard',
      code: `import { type ChildProcess, fork } from 'node:child_process';
export class Job {
  child?: ChildProcess;
  run() {
    this.child = fork('job.js'); // leak handle/child-process
    this.child.on('message', (text) => console.log(text));
  }
}`,
    },
    {
      name: 'a setter that may be called again',
      code: `export class Sizes {
  private metrics: object | null = null;
  private timer?: NodeJS.Timeout;
  setMetrics(metrics: object): void {
    if (this.metrics !== null) console.warn('set again');
    this.metrics = metrics;
    this.collect();
  }
  private collect(): void {
    this.timer = setInterval(() => this.size(), 1000); // leak listener/interval
  }
  private size(): void {}
  close(): void { clearInterval(this.timer); }
}`,
    },
  ],
  [
    {
      name: 'a pool that is made where there is none',
      code: `import workerpool from 'workerpool';
let pool: workerpool.Pool | undefined;
export async function count(text: string, away: boolean): Promise<number> {
  if (away && typeof pool === 'undefined') pool = workerpool.pool('count.js');
  return pool ? pool.exec('count', [text]) : 0;
}`,
    },
    {
      name: 'a way out where there is one',
      code: `import workerpool from 'workerpool';
let pool: workerpool.Pool | undefined;
export function warm(): void {
  if (typeof pool !== 'undefined') return;
  pool = workerpool.pool('count.js');
}`,
    },
    {
      name: 'a setter that throws when it is called again',
      code: `export class Sizes {
  private metrics: object | null = null;
  private timer?: NodeJS.Timeout;
  setMetrics(metrics: object): void {
    if (this.metrics !== null) throw new Error('only once');
    this.metrics = metrics;
    this.collect();
  }
  private collect(): void {
    this.timer = setInterval(() => this.size(), 1000);
  }
  private size(): void {}
  close(): void { clearInterval(this.timer); }
}`,
    },
    {
      name: 'a child process whose end is waited for where it is started',
      code: `import { type ChildProcess, fork } from 'node:child_process';
export class Job {
  child?: ChildProcess;
  async run() {
    await new Promise<void>((resolve, reject) => {
      this.child = fork('job.js');
      this.child.on('close', (code) => (code ? reject(new Error(String(code))) : resolve()));
    });
  }
}`,
    },
    {
      name: 'a lock that is given back by the name of its file',
      code: `import { lockSync, unlockSync } from 'proper-lockfile';
export function lockFile(path: string): void {
  lockSync(path, { realpath: false });
}
export function unlockFile(path: string): void {
  unlockSync(path, { realpath: false });
}`,
    },
  ],
);
