import { samples } from '../expectLeaks';

/** A component whose list of timers begins anew where they are stopped. */
const flash = (first: string, stop: string, mark = ''): string => `export default {
  methods: {
    flash() {
      ${first}
      for (let at = 0; at < 3; at++)
        this._timers.push(setTimeout(() => this.light(), at * 100));${mark}
    },
    stop() {
      ${stop}
    },
    onStep() {
      this.flash();
    },
  },
  beforeUnmount() {
    for (const timer of this._timers) clearTimeout(timer);
    this._timers = [];
  },
};`;
const stopAll = 'for (const timer of this._timers) clearTimeout(timer);\n      this._timers = [];';
const left = ' // leak cache/entry-left-after-completion';

samples(
  'timers that stay in a list after they have fired',
  [
    {
      name: 'a list of a module, emptied when all are stopped',
      code: `const timers: NodeJS.Timeout[] = [];
process.on('message', (text) => {
  timers.push(setTimeout(() => console.log(text), 100)); // leak cache/entry-left-after-completion
});
export function stop() { for (const timer of timers) clearTimeout(timer); timers.length = 0; }`,
    },
    {
      name: 'a helper that is given the timer and the list',
      path: 'src/common.js',
      code: `import timers from 'node:timers';
const timeouts = [];
const wrap = (timer, ids) => (...args) => {
  const id = timer(...args);
  ids.push(id); // leak cache/entry-left-after-completion
  return id;
};
export const later = wrap(timers.setTimeout, timeouts);
function clearAll(clear, ids) { while (ids.length) clear(ids.shift()); }
export const removeAll = () => clearAll(clearTimeout, timeouts);`,
    },
    {
      name: 'a Map of an object that is made by a function, by the number of the timer',
      path: 'src/window.js',
      code: `export function Page(options) {
  const active = new Map();
  let last = 0;
  this.setTimeout = function (work, delay) { return begin(work, delay); };
  this.clearTimeout = function (id) {
    const timer = active.get(id);
    if (timer) { clearTimeout(timer); active.delete(id); }
  };
  function begin(work, delay) {
    const id = ++last;
    function task() { if (active.has(id)) work(); }
    const timer = setTimeout(task, delay);
    active.set(id, timer); // leak cache/entry-left-after-completion
    return id;
  }
}`,
    },
    {
      name: 'a list that begins anew on a condition, or after an early way out',
      path: 'src/flash.js',
      code: flash('if (this.open) this.stop();', stopAll, left),
    },
    {
      name: 'a list that begins anew unless it is left as it is',
      path: 'src/flash.js',
      code: flash('this.stop();', `if (this.open) return;\n      ${stopAll}`, left),
    },
    {
      name: 'a list that begins anew when all are put in',
      path: 'src/flash.js',
      code: flash('this.onEnd(() => this.stop());', stopAll, left),
    },
  ],
  [
    {
      name: 'a list that a function begins anew before the next',
      path: 'src/flash.js',
      code: flash('this.stop();', stopAll),
    },
    {
      name: 'a timer that takes itself out',
      code: `const timers: NodeJS.Timeout[] = [];
process.on('message', (text) => {
  const timer = setTimeout(() => { timers.splice(timers.indexOf(timer), 1); console.log(text); }, 100);
  timers.push(timer);
});
export function stop() { for (const timer of timers) clearTimeout(timer); timers.length = 0; }`,
    },
    {
      name: 'a list that begins anew before the next',
      code: `const timers: NodeJS.Timeout[] = [];
process.on('message', (text) => {
  stop();
  timers.push(setTimeout(() => console.log(text), 100));
});
export function stop() { for (const timer of timers) clearTimeout(timer); timers.length = 0; }`,
    },
    {
      name: 'a list of intervals, which do not end by themselves',
      code: `const timers: NodeJS.Timeout[] = [];
export function every(work: () => void) { timers.push(setInterval(work, 100)); }
export function stop() { for (const timer of timers) clearInterval(timer); timers.length = 0; }`,
    },
    {
      name: 'a Map whose timers take themselves out, if they still are in it',
      path: 'src/window.js',
      code: `export function Page(options) {
  const active = new Map();
  let last = 0;
  this.setTimeout = function (work, delay) {
    const id = ++last;
    active.set(id, setTimeout(() => { work(); if (active.has(id)) active.delete(id); }, delay));
    return id;
  };
  this.clearTimeout = function (id) { clearTimeout(active.get(id)); active.delete(id); };
}`,
    },
    {
      name: 'a list of an instance, which goes with it',
      code: `export class Fade {
  private readonly timers: number[] = [];
  step(work: () => void) { this.timers.push(setTimeout(work, 10)); }
  destroy() { for (const timer of this.timers) clearTimeout(timer); }
}`,
    },
  ],
);
