import { samples } from '../expectLeaks';

samples(
  'an interval of a work that has several outcomes',
  [
    {
      name: 'a time limit that leaves it',
      code: `export function waitFor<T>(condition: () => T | false, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timeout')), limit);
    const interval = setInterval(() => { // leak listener/interval
      const result = condition();
      if (result === false) return;
      clearInterval(interval);
      clearTimeout(timer);
      resolve(result);
    }, 100);
  });
}`,
    },
    {
      name: 'a first look at once, which may have seen nothing',
      path: 'src/wait.js',
      code: `export function element(selector, limit) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (found) {
        clearTimeout(timer);
        clearInterval(interval);
        resolve(found);
      }
    };
    const timer = setTimeout(() => reject(new Error(selector)), limit);
    const interval = setInterval(look, 50); // leak listener/interval
    look();
  });
}`,
    },
  ],
  [
    {
      name: 'a round that clears it after the time limit, and one that tries again',
      code: `export function waitFor(condition: () => boolean, limit: number) {
  return new Promise<void>((resolve, reject) => {
    let isExpired = false;
    const timer = setTimeout(() => {
      isExpired = true;
      reject(new Error('timeout'));
    }, limit);
    const interval = setInterval(() => {
      if (isExpired) {
        clearInterval(interval);
        return;
      }
      if (!condition()) return;
      clearInterval(interval);
      clearTimeout(timer);
      resolve();
    }, 50);
  });
}
type Answer = (error: unknown, isDone?: boolean) => void;
export function poll(load: (answer: Answer) => void, callback: Answer) {
  const timer = setInterval(() => {
    load((error, isDone) => {
      if (error) return callback(error);
      if (!isDone) return;
      clearInterval(timer);
      callback(null, isDone);
    });
  }, 100);
}`,
    },
    {
      name: 'a time limit that clears it',
      code: `export function waitFor<T>(condition: () => T | false, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      clearInterval(interval);
      reject(new Error('timeout'));
    }, limit);
    const interval = setInterval(() => {
      const result = condition();
      if (result === false) return;
      clearInterval(interval);
      clearTimeout(timer);
      resolve(result);
    }, 100);
  });
}`,
    },
    {
      name: 'one end for all outcomes',
      code: `export function element(selector: string, limit: number): Promise<Element | null> {
  return new Promise((resolve) => {
    const finish = (found: Element | null) => {
      clearTimeout(timer);
      clearInterval(interval);
      resolve(found);
    };
    const timer = setTimeout(() => finish(null), limit);
    const interval = setInterval(() => {
      const found = document.querySelector(selector);
      if (found) finish(found);
    }, 50);
  });
}`,
    },
    {
      name: 'it counts its rounds itself',
      code: `export function element(selector: string): Promise<Element> {
  return new Promise((resolve, reject) => {
    let rounds = 0;
    const interval = setInterval(() => {
      const found = document.querySelector(selector);
      rounds += 1;
      if (found) {
        clearInterval(interval);
        resolve(found);
      } else if (rounds > 20) {
        clearInterval(interval);
        reject(new Error(selector));
      }
    }, 50);
  });
}`,
    },
  ],
);
