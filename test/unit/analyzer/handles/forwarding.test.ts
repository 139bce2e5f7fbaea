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
