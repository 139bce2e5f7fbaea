import { samples } from '../expectLeaks';

samples(
  'timers of a race that are cleared only where it does not fail',
  [
    {
      name: 'behind the wait',
      code: `export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 60_000); // leak listener/timeout-race
  });
  const value = await Promise.race([work, limit]);
  clearTimeout(timer);
  return value;
}`,
    },
    {
      name: 'behind the wait for a work whose failure is thrown on',
      code: `export async function within<T>(promise: Promise<T>, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const guarded = promise.catch((error) => {
    throw new Error('work: ' + error);
  });
  const timed = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ late: true }), ms); // leak listener/timeout-race
  });
  const result = await Promise.race([guarded, timed]);
  clearTimeout(timer);
  return result;
}`,
    },
    {
      name: 'in the next step of the promise',
      code: `export function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), ms); // leak listener/timeout-race
  });
  return Promise.race([work, limit]).then((value) => {
    clearTimeout(timer);
    return value;
  });
}`,
    },
  ],
  [
    {
      name: 'behind the wait for a work whose failure becomes a value',
      code: `export async function within<T>(promise: Promise<T>, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const guarded = promise.then((value) => ({ value })).catch((error) => ({ error }));
  const timed = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ late: true }), ms);
  });
  const result = await Promise.race([guarded, timed]);
  clearTimeout(timer);
  return result;
}`,
    },
    {
      name: 'in a finally',
      code: `export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 60_000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}`,
    },
    {
      name: 'behind a catch that goes on',
      code: `export async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 60_000);
  });
  let value: T | undefined;
  try {
    value = await Promise.race([work, limit]);
  } catch (error) {
    console.error(error);
  }
  clearTimeout(timer);
  return value;
}`,
    },
    {
      name: 'in the catch as well',
      code: `export function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 60_000);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}`,
    },
    {
      name: 'neither side fails',
      code: `export async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 60_000);
  });
  const value = await Promise.race([work.catch(() => undefined), limit]);
  clearTimeout(timer);
  return value;
}`,
    },
  ],
);
