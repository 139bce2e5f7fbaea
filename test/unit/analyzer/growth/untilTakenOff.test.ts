import { samples } from '../expectLeaks';

samples(
  'what a handler collects until it is taken off',
  [
    {
      name: 'a handler that nobody takes off',
      path: 'src/logging.js',
      code: `const early = [];
const collect = (entry) => early.push(entry); // leak cache/array-only-pushed
export function install() {
  process.on('app:log', collect);
}
export async function start(writer) {
  for (const entry of early) writer.write(entry);
}`,
    },
    {
      name: 'one that is taken off where the list is only counted',
      path: 'src/logging.js',
      code: `const early = [];
const collect = (entry) => early.push(entry); // leak cache/array-only-pushed
export function install() {
  process.on('app:log', collect);
}
export function pause() {
  process.off('app:log', collect);
  return early.length;
}`,
    },
    {
      name: 'a list of the module that the handlers of many fill',
      path: 'src/Feed.js',
      code: `const seen = [];
export class Feed {
  constructor() {
    this.take = (entry) => seen.push(entry); // leak cache/array-only-pushed
  }
  mount() {
    process.on('app:log', this.take);
  }
  unmount() {
    process.off('app:log', this.take);
    for (const entry of seen) entry.done();
  }
}`,
    },
  ],
  [
    {
      name: 'a list of what comes before the start',
      path: 'src/logging.js',
      code: `const early = [];
const collect = (entry) => early.push(entry);
export function install() {
  process.on('app:log', collect);
}
export async function start(writer) {
  process.off('app:log', collect);
  for (const entry of early) writer.write(entry);
}`,
    },
  ],
);
