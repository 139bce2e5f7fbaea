import { samples } from '../expectLeaks';

samples(
  'handlers known by their own name, and handlers after them',
  [
    {
      name: 'a named function that takes off another name',
      code: `import { EventEmitter } from 'node:events';
export const bus = new EventEmitter();
const other = () => {};
export function ask(id: string): Promise<string> {
  return new Promise((resolve) => {
    bus.on('answer', function answered(from: string, text: string) { // leak listener/emitter-on
      bus.removeListener('answer', other);
      if (from === id) resolve(text);
    });
  });
}`,
    },
    {
      name: 'a handler that each call adds beside the one that comes off',
      code: `import { EventEmitter } from 'node:events';
export const bus = new EventEmitter();
export function ask(id: string, done: () => void) {
  bus.once('ready', done);
  bus.on('error', () => console.error(id)); // leak listener/emitter-on
}`,
    },
  ],
  [
    {
      name: 'a named function that takes itself off before the work settles',
      code: `import { EventEmitter } from 'node:events';
export const bus = new EventEmitter();
let last = 0;
export function ask(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const channel = 'answer' + ++last;
    bus.on(channel, function answered(error: Error | null, answer: string) {
      bus.removeListener(channel, answered);
      if (error) reject(error);
      else resolve(answer);
    });
    bus.emit('question', channel, text);
  });
}`,
    },
    {
      name: 'a second signal that ends the process at once',
      code: `export function onEnd(clean: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as NodeJS.Signals[])
    process.once(signal, async () => {
      process.on(signal, () => process.exit(1));
      await clean();
    });
}`,
    },
  ],
);
