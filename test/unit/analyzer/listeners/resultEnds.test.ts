import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from '../expectLeaks';

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

const player = (before: string, after = ''): string => `import { EventEmitter } from 'node:events';
const feed = new EventEmitter();
let stop;
function watchRows() {
  ${before}
  stop = feed.on('row', () => show()); // leak listener/emitter-on
}
${after}
window.addEventListener('popstate', () => watchRows());`;

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
    { name: 'only where none is made', code: player('if (isOff) {\n    if (stop) stop();\n    return;\n  }') },
    { name: 'which is another one', code: adapter('this.entry = ', 'this.other.off();') },
  ],
  [
    { name: 'in the teardown', code: silent(adapter('this.entry = ', 'this.entry.off();')) },
    { name: 'in the teardown, if it is there', code: silent(adapter('this.entry = ', 'this.entry?.off();')) },
    { name: 'before the next is made', code: silent(player('if (stop) stop();')) },
    { name: 'by another function', code: silent(player('', 'export const quit = () => stop();')) },
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

const hook = (body: string): string => `import { useEffect } from 'react';
import feed from './feed';
export function useRows(draw) {
  useEffect(() => {
    ${body}
  }, [draw]);
}`;
const feed = {
  'src/feed.js': `import { EventEmitter } from 'events';
class Feed extends EventEmitter {
  on(type, listener) {
    const called = (...rows) => listener(...rows);
    super.on(type, called);
    return () => super.off(type, called);
  }
}
export default new Feed();`,
};
const leaksOf = (code: string): number =>
  findingsOfFiles({ ...feed, 'src/rows.jsx': code }).flatMap(({ path, findings }) =>
    path === 'src/rows.jsx' ? findings : [],
  ).length;

describe('a registration that gives the function that takes it off', () => {
  for (const [name, body, isLeft] of [
    ['is dropped', "feed.on('row', () => draw());", true],
    ['is looked at', "const stop = feed.on('row', () => draw());\nconsole.log(stop);", true],
    ['is called in the clean-up', "const stop = feed.on('row', () => draw());\nreturn () => stop();", false],
    ['is the clean-up', "const stop = feed.on('row', () => draw());\nreturn stop;", false],
    [
      'is one of a list of which each is called',
      "const ends = [feed.on('row', () => draw()), feed.on('end', () => draw())];\nreturn () => ends.forEach((end) => end());",
      false,
    ],
    [
      'is put into a list that a loop calls',
      "const ends = [];\nends.push(feed.on('row', () => draw()));\nreturn () => { for (const end of ends) end(); };",
      false,
    ],
    [
      'is put into a list that is only counted',
      "const ends = [];\nends.push(feed.on('row', () => draw()));\nreturn () => { for (const end of ends) console.log(end); };",
      true,
    ],
  ] as const)
    it(`which ${name} is ${isLeft ? 'left' : 'ended'}`, () => {
      assert.equal(leaksOf(hook(body)) > 0, isLeft);
    });
});
