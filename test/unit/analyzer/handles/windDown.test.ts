import { samples } from '../expectLeaks';

const feed = (leave: string, mark = '') => `import type Redis from 'ioredis';
export class Feed {
  private readonly subscriber: Redis;
  constructor(redis: Redis, private readonly channel: string, private readonly tell: (text: string) => void) {
    this.subscriber = redis.duplicate();${mark}
    this.subscriber.on('message', (_channel, text) => this.tell(text));
  }
  async join() {
    await this.subscriber.subscribe(this.channel);
  }
  ${leave}
}
export const feed = (redis: Redis, tell: (text: string) => void) => new Feed(redis, 'news', tell);`;

const worker = (finish: string, mark = '') => `import { Worker } from 'node:worker_threads';
export class Job {
  private readonly worker = new Worker('./job.js');${mark}
  run(input: unknown) {
    this.worker.postMessage(input);
  }
  ${finish}
}`;

samples(
  'handles that a method winds down and leaves open',
  [
    {
      name: 'a connection whose handlers are taken off',
      code: feed(
        'async leave() {\n    await this.subscriber.unsubscribe(this.channel);\n    this.subscriber.removeAllListeners();\n  }',
        ' // leak handle/redis-client',
      ),
    },
    {
      name: 'one by another name of the method',
      code: feed("quit() {\n    this.subscriber.removeAllListeners('message');\n  }", ' // leak handle/redis-client'),
    },
  ],
  [
    {
      name: 'one that is disconnected as well',
      code: feed('leave() {\n    this.subscriber.removeAllListeners();\n    this.subscriber.disconnect();\n  }'),
    },
    {
      name: 'one that goes on with another channel',
      code: feed('async leave() {\n    await this.subscriber.unsubscribe(this.channel);\n  }'),
    },
    {
      name: 'handlers that are taken off on a condition',
      code: feed('mute(all = false) {\n    if (all) this.subscriber.removeAllListeners();\n  }'),
    },
    {
      name: 'handlers that are put on again',
      code: feed(
        "pause() {\n    this.subscriber.removeAllListeners();\n  }\n  resume() {\n    this.subscriber.on('message', (_channel, text) => this.tell(text));\n  }",
      ),
    },
    { name: 'what runs no handler', code: worker('finish() {\n    this.worker.terminate();\n  }') },
  ],
);
