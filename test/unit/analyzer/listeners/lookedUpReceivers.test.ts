import { samples } from '../expectLeaks';

const pool = (wait: string): string => `import { Worker } from 'node:worker_threads';
export class Pool {
  private readonly workers: Worker[] = [];
  constructor(count: number, file: string) {
    for (let at = 0; at < count; at++) this.workers.push(new Worker(file));
  }
  run(at: number, job: unknown, ms: number) {
    const worker = this.workers[at];
    return new Promise((resolve, reject) => {
${wait}
      worker.postMessage(job);
    });
  }
  async close() {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }
}`;

samples(
  'handlers of a work on what is looked up for it',
  [
    {
      name: 'a time limit leaves it',
      code: pool(
        `      const timer = setTimeout(() => reject(new Error('late')), ms);
      const onMessage = (answer: unknown) => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        resolve(answer);
      };
      worker.on('message', onMessage); // leak listener/emitter-on`,
      ),
    },
    {
      name: 'by a key',
      code: `import type { EventEmitter } from 'node:events';
export class Links {
  readonly #links = new Map<string, EventEmitter>();
  ask(id: string, question: string) {
    const link = this.#links.get(id);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('late')), 5000);
      const onAnswer = (answer: string) => {
        clearTimeout(timer);
        link.off('answer', onAnswer);
        resolve(answer);
      };
      link.on('answer', onAnswer); // leak listener/emitter-on
      link.emit('question', question);
    });
  }
}`,
    },
  ],
  [
    {
      name: 'the time limit takes it off',
      code: pool(
        `      const timer = setTimeout(() => {
        worker.off('message', onMessage);
        reject(new Error('late'));
      }, ms);
      const onMessage = (answer: unknown) => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        resolve(answer);
      };
      worker.on('message', onMessage);`,
      ),
    },
    {
      name: 'the time limit ends the worker',
      code: pool(
        `      const timer = setTimeout(() => {
        worker.terminate();
        reject(new Error('late'));
      }, ms);
      const onMessage = (answer: unknown) => {
        clearTimeout(timer);
        worker.off('message', onMessage);
        resolve(answer);
      };
      worker.on('message', onMessage);`,
      ),
    },
    {
      name: 'there is no other way',
      code: pool(`      worker.once('message', resolve);
      worker.once('exit', reject);`),
    },
  ],
);
