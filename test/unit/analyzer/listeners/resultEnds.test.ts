import { samples } from '../expectLeaks';

const adapter = (kept: string, end: string): string => `import { EventEmitter } from 'node:events';
export class Adapter {
  constructor(private readonly feed: EventEmitter) {
    ${kept}feed.on('row', () => this.draw(), { objectify: true }); // leak listener/emitter-on
  }
  draw() {}
  destroy() {
    ${end}
  }
}`;
const silent = (code: string): string => code.replace(/ \/\/ leak.*/, '');

samples(
  'a registration that is ended by what it gives',
  [
    { name: 'which is dropped', code: adapter('', 'this.rows = [];') },
    { name: 'which is kept and only looked at', code: adapter('this.entry = ', 'log(this.entry.event);') },
    {
      name: 'which the next one takes the place of',
      path: 'src/follow.js',
      code: `import { EventEmitter } from 'node:events';
export const emitter = new EventEmitter();
let stop;
export function follow(isOff) {
  if (isOff) {
    if (stop) stop();
    return;
  }
  stop = emitter.on('row', () => console.log(isOff)); // leak listener/emitter-on
}
document.addEventListener('click', () => follow(false));`,
    },
    { name: 'which is another one', code: adapter('this.entry = ', 'this.other.off();') },
  ],
  [
    { name: 'in the teardown', code: silent(adapter('this.entry = ', 'this.entry.off();')) },
    { name: 'in the teardown, if it is there', code: silent(adapter('this.entry = ', 'this.entry?.off();')) },
    {
      name: 'called, where it is a function',
      code: `import { EventEmitter } from 'node:events';
export class Adapter {
  constructor(private readonly feed: EventEmitter) {
    const end = feed.on('row', () => this.draw(), { objectify: true });
    this.end = () => end();
  }
  draw() {}
  destroy() {
    this.end();
  }
}`,
    },
    {
      name: 'in a handler of the end',
      code: `import { EventEmitter } from 'node:events';
export class Adapter {
  constructor(private readonly feed: EventEmitter) {
    const entry = feed.on('row', () => this.draw(), { objectify: true });
    this.end = () => entry.off();
  }
  draw() {}
  destroy() {
    this.end();
  }
}`,
    },
    {
      name: 'by a signal among further options',
      code: `import { EventEmitter } from 'node:events';
export class Adapter {
  private readonly controller = new AbortController();
  constructor(private readonly feed: EventEmitter, more: object) {
    feed.on('row', () => this.draw(), { signal: this.controller.signal, ...more });
  }
  draw() {}
  destroy() {
    this.controller.abort();
  }
}`,
    },
  ],
);
