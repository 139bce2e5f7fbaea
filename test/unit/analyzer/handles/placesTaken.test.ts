import { samples } from '../expectLeaks';

samples(
  'Places that are taken for the time of a piece of work',
  [
    {
      name: 'a semaphore of its own',
      code: `export class Loader {
  constructor(places, api) {
    this.places = places;
    this.semaphore = places;
    this.api = api;
  }
  async load(key) {
    await this.semaphore.acquire(); // leak handle/bracket-left-open
    const found = await this.api.get(key);
    this.semaphore.release();
    return found;
  }
}
`,
    },
    {
      name: 'a limiter of the module',
      code: `import { limiter, send } from './lib';
export async function post(text) {
  await limiter.enter(); // leak handle/bracket-left-open
  await send(text);
  limiter.leave();
}
`,
    },
    {
      name: 'tickets that are given back',
      code: `import { tickets, work } from './lib';
export const run = async (job) => {
  await tickets.take(); // leak handle/bracket-left-open
  const done = await work(job);
  tickets.giveBack();
  return done;
};
`,
    },
  ],
  [
    {
      name: 'given back in finally',
      code: `import { semaphore, work } from './lib';
export async function run(job) {
  await semaphore.acquire();
  try {
    return await work(job);
  } finally {
    semaphore.release();
  }
}
`,
    },
    {
      name: 'nothing can fail in between',
      code: `import { semaphore } from './lib';
export async function run(list) {
  await semaphore.acquire();
  list.length = 0;
  semaphore.release();
}
`,
    },
    {
      name: 'its failure is caught',
      code: `import { semaphore, work } from './lib';
export async function run(job) {
  await semaphore.acquire();
  await work(job).catch(() => undefined);
  semaphore.release();
}
`,
    },
  ],
);
