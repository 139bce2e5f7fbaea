import { samples } from '../expectLeaks';

samples(
  'waits of a race for an event that is named after the work',
  [
    {
      name: 'on an emitter of the instance',
      code: `import { EventEmitter, once } from 'node:events';
export class Bridge {
  private readonly replies = new EventEmitter();
  private last = 0;
  async call(child: any, limit: Promise<never>) {
    const id = ++this.last;
    const answered = once(this.replies, \`reply:\${id}\`); // leak listener/race-loser-left
    child.send({ id });
    return Promise.race([answered, limit]);
  }
  close() {
    this.replies.removeAllListeners();
  }
}`,
    },
    {
      name: 'by a name that is put together before',
      code: `import { EventEmitter, once } from 'node:events';
export class Jobs {
  readonly #ends = new EventEmitter();
  async run(job: { id: string }, limit: Promise<never>) {
    const name = 'end:' + job.id;
    return Promise.race([once(this.#ends, name), limit]); // leak listener/race-loser-left
  }
  end(id: string) {
    this.#ends.emit('end:' + id);
  }
}`,
    },
  ],
  [
    {
      name: 'a signal takes it off',
      code: `import { EventEmitter, once } from 'node:events';
export class Bridge {
  private readonly replies = new EventEmitter();
  private last = 0;
  async call(child: any, limit: Promise<never>) {
    const id = ++this.last;
    const over = new AbortController();
    try {
      child.send({ id });
      return await Promise.race([once(this.replies, \`reply:\${id}\`, { signal: over.signal }), limit]);
    } finally {
      over.abort();
    }
  }
}`,
    },
    {
      name: 'taken off by its name',
      code: `import { EventEmitter, once } from 'node:events';
export class Bridge {
  private readonly replies = new EventEmitter();
  private last = 0;
  async call(child: any, limit: Promise<never>) {
    const id = ++this.last;
    try {
      child.send({ id });
      return await Promise.race([once(this.replies, \`reply:\${id}\`), limit]);
    } finally {
      this.replies.removeAllListeners(\`reply:\${id}\`);
    }
  }
}`,
    },
    {
      name: 'one event for all, which the next call brings',
      code: `import { EventEmitter, once } from 'node:events';
export class Bridge {
  private readonly replies = new EventEmitter();
  async call(child: any, limit: Promise<never>) {
    child.send({});
    return Promise.race([once(this.replies, 'reply'), limit]);
  }
}`,
    },
  ],
);
