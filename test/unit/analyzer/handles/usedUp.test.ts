import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const reading = (loop: string): string => `export class Link {
  async first(stream: ReadableStream<string>) {
    const reader = stream.getReader();
    return await reader.read().finally(() => reader.releaseLock());
  }
  async join(connection: Connection) {
    this.follow(connection.readable.getReader());
  }
  async follow(reader: ReadableStreamDefaultReader<string>) {
    ${loop}
  }
}`;

samples(
  'what is used until its end',
  [
    {
      name: 'a reader of which only the first part is read',
      code: reading('const { value } = await reader.read(); this.show(value);').replace(
        'this.follow(connection.readable.getReader());',
        'this.follow(connection.readable.getReader()); // leak handle/stream-reader-lock',
      ),
    },
    {
      name: 'the queue of a command of which no host is seen to ask, as of an editor',
      path: 'src/commands/work.ts',
      code: `import { QueueEvents } from 'bullmq';
import { BaseCommand } from './base';
export class Work extends BaseCommand {
  async run() {
    const events = new QueueEvents('work'); // leak handle/queue-worker
    events.on('failed', ({ jobId }) => this.log(jobId));
  }
}`,
    },
    {
      name: 'the queue of a command that takes arguments, as of a bot',
      path: 'src/commands/work.ts',
      code: `import { QueueEvents } from 'bullmq';
import { BaseCommand } from './base';
export default class Work extends BaseCommand {
  async run(message: Message) {
    const events = new QueueEvents('work'); // leak handle/queue-worker
    events.on('failed', ({ jobId }) => message.reply(jobId));
  }
}`,
    },
  ],
  [
    {
      name: 'a reader that a method reads to the end',
      code: reading('for (;;) { const { done, value } = await reader.read(); if (done) break; this.show(value); }'),
    },
    {
      name: 'a view of a file that the caller has opened and closes',
      code: `export function toStream(file: FileHandle) {
  return new ReadableStream({
    async pull(controller) {
      const { data } = await file.read(null, 16 * 1024);
      controller.enqueue(data);
    },
  });
}`,
    },
    {
      name: 'the queue of the command that a process is started for',
      path: 'src/commands/work.ts',
      code: `import { QueueEvents } from 'bullmq';
import { BaseCommand } from './base';
export default class Work extends BaseCommand {
  async run() {
    const events = new QueueEvents('work');
    events.on('failed', ({ jobId }) => this.log(jobId));
  }
}`,
    },
  ],
);

const weights = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);

describe('the URL of a blob', () => {
  it('weighs little in a window of its own, which needs it as long as it is there', () => {
    assert.deepEqual(weights('export function show(blob) { window.open(URL.createObjectURL(blob)); }'), ['low']);
  });
  it('weighs more in a link that is clicked', () =>
    assert.deepEqual(
      weights(
        "export function save(blob) { const link = document.createElement('a'); link.href = URL.createObjectURL(blob); link.click(); }",
      ),
      ['medium'],
    ));
});

describe('the source of an iterator written by hand', () => {
  it('weighs little: what waits in it is collected with it', () =>
    assert.deepEqual(
      weights(`export function peekable<T>(source: AsyncIterable<T>) {
  const iterator = source[Symbol.asyncIterator]();
  const peeked = { async next() { return await iterator.next(); }, [Symbol.asyncIterator]() { return this; } };
  return peeked;
}`),
      ['low'],
    ));
});
