import { samples } from '../expectLeaks';

samples(
  'streams made of a source',
  [
    {
      name: 'a generator of the caller',
      code: `export function toStream(parts: AsyncGenerator<string>) {
  return new ReadableStream({ // leak handle/iterator-not-closed
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}`,
    },
    {
      name: 'an iterator that is taken here, in a stream of a class of the file',
      code: `export class Lines<T> extends ReadableStream<T> {
  static from<T>(source: AsyncIterable<T>) {
    const lines = source[Symbol.asyncIterator]();
    return new Lines<T>({ // leak handle/iterator-not-closed
      pull: (controller) => lines.next().then(({ value, done }) => (done ? controller.close() : controller.enqueue(value))),
    });
  }
}`,
    },
    {
      name: 'the reader of another stream',
      code: `export function upper(source: ReadableStream<string>) {
  const reader = source.getReader();
  return new ReadableStream<string>({ // leak handle/iterator-not-closed
    async pull(controller) {
      const { value, done } = await reader.read();
      if (done) return controller.close();
      controller.enqueue(value.toUpperCase());
    },
  });
}`,
    },
  ],
  [
    {
      name: 'a generator that is ended in cancel',
      code: `export function toStream(parts: AsyncGenerator<string>) {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => parts.return(undefined),
  });
}`,
    },
    {
      name: 'a generator that a signal ends',
      code: `export function toStream(parts: AsyncGenerator<string>, signal: AbortSignal) {
  signal.addEventListener('abort', () => parts.return(undefined), { once: true });
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}`,
    },
    {
      name: 'an iterator that waits for nothing',
      code: `export function toStream(list: string[]) {
  const items = list.values();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = items.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}`,
    },
    {
      name: 'a source that is given with all its callbacks',
      code: `export function wrap(source, parts) {
  return new ReadableStream({ ...source, pull: async (controller) => controller.enqueue((await parts.next()).value) });
}`,
    },
  ],
);

samples(
  'async iterators written by hand',
  [
    {
      name: 'one that maps what another gives',
      code: `export function mapped<T, R>(events: AsyncIterator<T>, map: (value: T) => R) {
  return { // leak handle/iterator-not-closed
    async next() {
      const { value, done } = await events.next();
      return { value: done ? value : map(value), done };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}`,
    },
    {
      name: 'one over an iterator that is made for it',
      code: `import { listen } from './events';
export const resolvers = {
  added(parent, args, { bus }) {
    const added = listen(bus, 'added');
    return { // leak handle/iterator-not-closed
      next: () => added.next().then(({ value, done }) => ({ value: { item: value }, done })),
      [Symbol.asyncIterator]() { return this; },
    };
  },
};`,
    },
    {
      name: 'a wrapper that counts',
      code: `export function counted(source) {
  const inner = source[Symbol.asyncIterator]();
  let count = 0;
  return { // leak handle/iterator-not-closed
    next() {
      count++;
      return inner.next();
    },
    count: () => count,
    [Symbol.asyncIterator]() { return this; },
  };
}`,
    },
  ],
  [
    {
      name: 'one that passes the end on',
      code: `export function mapped(events, map) {
  return {
    async next() {
      const { value, done } = await events.next();
      return { value: done ? value : map(value), done };
    },
    return(value) {
      return events.return(value);
    },
    [Symbol.asyncIterator]() { return this; },
  };
}`,
    },
    {
      name: 'one that makes its values itself',
      code: `export function ticks(wait) {
  let count = 0;
  return {
    async next() {
      await wait();
      return { value: count++, done: false };
    },
    [Symbol.asyncIterator]() { return this; },
  };
}`,
    },
    {
      name: 'an iterator that waits for nothing',
      code: `export function doubled(list) {
  const items = list.values();
  return {
    next() {
      return items.next();
    },
    [Symbol.iterator]() { return this; },
  };
}`,
    },
    {
      name: 'one that is given the rest of the other',
      code: `export function named(inner) {
  return { ...inner, next: async () => await inner.next(), [Symbol.asyncIterator]() { return this; } };
}`,
    },
  ],
);
