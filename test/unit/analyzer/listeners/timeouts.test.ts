import { samples } from '../expectLeaks';

const effect = (body: string): string =>
  `import { useEffect } from 'react';\nexport function View({ close, ms }) {\n  useEffect(() => {\n    ${body}\n  }, [ms]);\n  return <p />;\n}`;
const view = 'src/View.tsx';

samples(
  'listener/timeout-in-class',
  [
    {
      name: 'a debounce that the teardown forgets',
      code: `export class Search {\n  private timer?: number;\n  onInput() {\n    clearTimeout(this.timer);\n    this.timer = window.setTimeout(() => this.query(), 300); // leak listener/timeout-in-class\n  }\n  query() {}\n  dispose() {\n    this.results.clear();\n  }\n}`,
    },
    {
      name: 'a heartbeat',
      path: 'src/socket.js',
      code: `class Connection {\n  beat() {\n    clearTimeout(this.heartbeat);\n    this.heartbeat = setTimeout(() => { this.terminate(); }, this.interval); // leak listener/timeout-in-class\n  }\n  terminate() {}\n  destroy() {\n    this.socket.removeAllListeners();\n  }\n}\nmodule.exports = Connection;`,
    },
    {
      name: 'a web component',
      path: 'src/tip.js',
      code: `class Tip extends HTMLElement {\n  show() {\n    this.hideTimer = setTimeout(() => this.hide(), 2000); // leak listener/timeout-in-class\n  }\n  hide() { this.hidden = true; }\n  disconnectedCallback() {\n    document.removeEventListener('click', this.onClick);\n  }\n}`,
    },
    {
      name: 'a teardown that names what it runs with itself',
      code: `import { Base } from './base';\nexport class Probe {\n  arm() {\n    this.timer = setTimeout(() => this.check(), 3000); // leak listener/timeout-in-class\n  }\n  check() {}\n  destroy() {\n    Base.prototype.destroy.call(this);\n    handlers.forEach((one) => one.call(null));\n  }\n}`,
    },
  ],
  [
    {
      name: 'a state machine: the state that is entered at the end may clear it',
      code: `export class Line {\n  arm() { this.timer = setTimeout(() => this.fail(), 3000); }\n  fail() {}\n  clean() { clearTimeout(this.timer); }\n  enter(next) { this.state = next; this.state.begin.call(this); }\n  close() { this.enter(this.states.last); }\n}`,
    },
    {
      name: 'a hook that the teardown picks by name',
      code: `export class Line {\n  arm() { this.timer = setTimeout(() => this.fail(), 3000); }\n  fail() {}\n  clean() { clearTimeout(this.timer); }\n  destroy() { for (const step of this.steps) this[step](); }\n}`,
    },
    {
      name: 'a table of functions that are given the instance',
      code: `export class Line {\n  arm() { this.timer = setTimeout(() => this.fail(), 3000); }\n  fail() {}\n  clean() { clearTimeout(this.timer); }\n  destroy() { endings[this.mode](this); }\n}`,
    },
    {
      name: 'cleared by a helper of the teardown',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => this.query(), 300); }\n  query() {}\n  private stopTimer() { clearTimeout(this.timer); }\n  dispose() { this.stopTimer(); }\n}`,
    },
    {
      name: 'a callback that asks whether it is too late',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => { if (this.disposed) return; this.query(); }, 300); }\n  query() {}\n  dispose() { this.disposed = true; }\n}`,
    },
    {
      name: 'cleared by a disposable of its own',
      code: `export class Search {
  constructor() { this.disposables.push({ dispose: () => clearTimeout(this.timer) }); }
  onInput() { this.timer = setTimeout(() => this.query(), 300); }
  query() {}
  dispose() { for (const one of this.disposables) one.dispose(); }
}`,
    },
    {
      name: 'cleared by a registered disposable',
      code: `export class Search extends Disposable {
  constructor() { super(); this._register(toDisposable(() => clearTimeout(this.timer))); }
  onInput() { this.timer = setTimeout(() => this.query(), 300); }
  query() {}
  dispose() { super.dispose(); this.results.clear(); }
}`,
    },
    {
      name: 'a teardown that is put off',
      code: `export class Watcher {
  onIdle() { this.timer = setTimeout(() => this.dispose(), 5000); }
  dispose() { this.watcher.close(); }
}`,
    },
    {
      name: 'no teardown at all',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => this.query(), 300); }\n  query() {}\n}`,
    },
    {
      name: 'a tick',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => this.query(), 0); }\n  query() {}\n  dispose() { this.results.clear(); }\n}`,
    },
    {
      name: 'a callback that holds nothing of it',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => console.log('x'), 300); }\n  dispose() { this.results.clear(); }\n}`,
    },
    {
      name: 'handed to the teardown’s list',
      code: `export class Search {\n  onInput() { this.timer = setTimeout(() => this.query(), 300); }\n  query() {}\n  dispose() { for (const t of [this.timer]) clearTimeout(t); }\n}`,
    },
  ],
);

samples(
  'listener/timeout-in-effect',
  [
    {
      name: 'a dropped handle',
      path: view,
      code: effect('setTimeout(() => close(), 3000); // hint listener/timeout-in-effect'),
    },
    {
      name: 'a handle that nobody reads',
      path: view,
      code: effect('const timer = setTimeout(() => close(), ms); // leak listener/timeout-in-effect'),
    },
    {
      name: 'a mounted hook',
      path: 'src/toast.js',
      code: `export default {\n  mounted() {\n    setTimeout(() => { this.visible = false; }, 5000); // hint listener/timeout-in-effect\n  },\n};`,
    },
  ],
  [
    {
      name: 'a clean-up',
      path: view,
      code: effect('const timer = setTimeout(() => close(), 3000);\n    return () => clearTimeout(timer);'),
    },
    { name: 'a short delay', path: view, code: effect('setTimeout(() => close(), 50);') },
    {
      name: 'a callback that holds nothing of the component',
      path: view,
      code: effect("setTimeout(() => { document.body.classList.remove('preload'); }, 2000);"),
    },
    {
      name: 'a flag',
      path: view,
      code: effect(
        'let gone = false;\n    setTimeout(() => { if (!gone) close(); }, 3000);\n    return () => { gone = true; };',
      ),
    },
    {
      name: 'an event handler',
      path: view,
      code: `export function View({ close }) { return <button onClick={() => setTimeout(() => close(), 3000)} />; }`,
    },
  ],
);

samples(
  'listener/timeout-rearm-loop',
  [
    {
      name: 'a loop per call',
      code: `export function watch(check: () => void) {\n  function tick() {\n    check();\n    setTimeout(tick, 1000); // leak listener/timeout-rearm-loop\n  }\n  tick();\n}`,
    },
    {
      name: 'a loop per mount',
      path: view,
      code: effect(
        'const tick = () => {\n      close();\n      setTimeout(tick, 1000); // leak listener/timeout-rearm-loop\n    };\n    tick();',
      ),
    },
    {
      name: 'a loop per connection',
      path: 'src/server.js',
      code: `const net = require('net');\nnet.createServer((socket) => {\n  const ping = () => {\n    socket.write('ping');\n    setTimeout(() => ping(), 5000); // leak listener/timeout-rearm-loop\n  };\n  ping();\n});`,
    },
  ],
  [
    {
      name: 'a handle that is cleared',
      code: `export function watch(check: () => void) {\n  let timer;\n  const tick = () => { check(); timer = setTimeout(tick, 1000); };\n  tick();\n  return () => clearTimeout(timer);\n}`,
    },
    {
      name: 'a stop flag',
      code: `export function watch(check: () => boolean) {\n  const tick = () => { if (check()) setTimeout(tick, 1000); };\n  tick();\n}`,
    },
    {
      name: 'a number of attempts',
      code: `export function retry(work: () => void, n: number) {\n  const attempt = () => { if (n-- <= 0) return; work(); setTimeout(attempt, 1000); };\n  attempt();\n}`,
    },
    { name: 'module level', code: `function tick() { console.log('x'); setTimeout(tick, 1000); }\ntick();` },
  ],
);

samples(
  'listener/timeout-race',
  [
    {
      name: 'a race with an inline promise',
      code: `export async function load(url: string) {\n  return Promise.race([\n    fetch(url),\n    new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 5000)), // hint listener/timeout-race\n  ]);\n}`,
    },
    {
      name: 'a variable',
      code: `export async function load(url: string) {\n  const late = new Promise((_, reject) => {\n    setTimeout(reject, 5000); // hint listener/timeout-race\n  });\n  return await Promise.race([fetch(url), late]);\n}`,
    },
    {
      name: 'a local helper',
      code: `const timeout = (ms: number) => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ms)); // leak listener/timeout-race\nexport const load = (url: string) => Promise.race([fetch(url), timeout(5000)]);`,
    },
  ],
  [
    {
      name: 'cleared in finally',
      code: `export async function load(url: string) {\n  let timer;\n  const late = new Promise((_, reject) => { timer = setTimeout(reject, 5000); });\n  try { return await Promise.race([fetch(url), late]); } finally { clearTimeout(timer); }\n}`,
    },
    {
      name: 'a race for a moment',
      code: `export const load = (url: string) => Promise.race([fetch(url), new Promise((resolve) => setTimeout(resolve, 250))]);`,
    },
    {
      name: 'a plain sleep',
      code: `export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));`,
    },
    {
      name: 'an aborting signal',
      code: `export const load = (url: string) => fetch(url, { signal: AbortSignal.timeout(5000) });`,
    },
  ],
);

samples(
  'listener/animation-frame-loop',
  [
    {
      name: 'a loop per mount',
      path: view,
      code: effect(
        'const draw = () => {\n      close();\n      requestAnimationFrame(draw); // leak listener/animation-frame-loop\n    };\n    requestAnimationFrame(draw);',
      ),
    },
    {
      name: 'a method that calls itself',
      code: `export class Chart extends HTMLElement {\n  connectedCallback() {\n    this.draw();\n  }\n  private draw() {\n    this.paint();\n    requestAnimationFrame(() => this.draw()); // leak listener/animation-frame-loop\n  }\n}`,
    },
    {
      name: 'a loop per call',
      code: `export function animate(paint: () => void) {\n  const step = () => {\n    paint();\n    window.requestAnimationFrame(step); // leak listener/animation-frame-loop\n  };\n  step();\n}`,
    },
  ],
  [
    {
      name: 'cancelled',
      path: view,
      code: effect(
        'let frame = 0;\n    const draw = () => {\n      close();\n      frame = requestAnimationFrame(draw);\n    };\n    draw();\n    return () => cancelAnimationFrame(frame);',
      ),
    },
    {
      name: 'until it is done',
      code: `export function fade(element, ms: number) {\n  const step = (now) => { element.style.opacity = now / ms; if (now < ms) requestAnimationFrame(step); };\n  requestAnimationFrame(step);\n}`,
    },
    {
      name: 'a flag that stops it',
      code: `export function animate(paint: () => void) {\n  let stopped = false;\n  const step = () => { if (stopped) return; paint(); requestAnimationFrame(step); };\n  step();\n  return () => { stopped = true; };\n}`,
    },
  ],
);

samples(
  'listener/idle-callback-loop',
  [
    {
      name: 'a loop per call',
      code: `export function index(next: () => void) {\n  const step = () => {\n    next();\n    requestIdleCallback(step); // leak listener/idle-callback-loop\n  };\n  step();\n}`,
    },
    {
      name: 'a loop per mount',
      path: view,
      code: effect(
        'const step = () => {\n      close();\n      requestIdleCallback(step); // leak listener/idle-callback-loop\n    };\n    step();',
      ),
    },
    {
      name: 'a named function',
      code: `export function prefetch(next: () => void) {\n  function step() {\n    next();\n    window.requestIdleCallback(step); // leak listener/idle-callback-loop\n  }\n  requestIdleCallback(step);\n}`,
    },
  ],
  [
    {
      name: 'until the work is done',
      code: `export function index(queue: string[]) {\n  const step = () => { queue.pop(); if (queue.length > 0) requestIdleCallback(step); };\n  step();\n}`,
    },
    { name: 'one callback', code: `export const later = (work: () => void) => requestIdleCallback(work);` },
    {
      name: 'cancelled',
      code: `export function index(next: () => void) {\n  let handle;\n  const step = () => { next(); handle = requestIdleCallback(step); };\n  step();\n  return () => cancelIdleCallback(handle);\n}`,
    },
  ],
);

samples(
  'listener/geolocation-watch',
  [
    {
      name: 'a dropped id in an effect',
      path: view,
      code: effect('navigator.geolocation.watchPosition(close); // leak listener/geolocation-watch'),
    },
    {
      name: 'a class whose teardown forgets it',
      code: `export class Tracker {\n  start() {\n    this.id = navigator.geolocation.watchPosition((p) => this.move(p)); // leak listener/geolocation-watch\n  }\n  destroy() { this.points = []; }\n}`,
    },
    {
      name: 'a mounted hook',
      path: 'src/map.js',
      code: `export default {\n  mounted() {\n    this.watch = navigator.geolocation.watchPosition(this.move); // leak listener/geolocation-watch\n  },\n  unmounted() {\n    this.map.remove();\n  },\n};`,
    },
  ],
  [
    {
      name: 'a clean-up',
      path: view,
      code: effect(
        'const id = navigator.geolocation.watchPosition(close);\n    return () => navigator.geolocation.clearWatch(id);',
      ),
    },
    {
      name: 'cleared in a method',
      code: `export class Tracker { start() { this.id = navigator.geolocation.watchPosition(() => {}); } stop() { navigator.geolocation.clearWatch(this.id); } }`,
    },
    { name: 'one position', code: `export const here = (done) => navigator.geolocation.getCurrentPosition(done);` },
  ],
);

samples(
  'a removal of a handler is no run of it',
  [
    {
      name: 'a timeout that only a removed handler clears',
      path: 'src/peer.js',
      code: `export class Peer {
  constructor(conn) {
    this.conn = conn;
    this.onHello = this.greet.bind(this);
    this.conn.on('hello', this.greet);
    this.waiting = setTimeout(() => this.give(), 20000); // leak listener/timeout-in-class
  }
  give() { this.conn.refuse(); }
  greet() { clearTimeout(this.waiting); }
  destroy() {
    this.conn.removeListener('hello', this.greet);
  }
}`,
    },
  ],
  [
    {
      name: 'a teardown that runs the handler',
      path: 'src/peer.js',
      code: `export class Peer {
  constructor(conn) {
    this.conn = conn;
    this.conn.on('hello', this.greet);
    this.waiting = setTimeout(() => this.give(), 20000);
  }
  give() { this.conn.refuse(); }
  greet() { clearTimeout(this.waiting); }
  destroy() {
    this.conn.removeListener('hello', this.greet);
    this.greet();
  }
}`,
    },
  ],
);

samples(
  'a method that ends all or one of its parts',
  [
    {
      name: 'one that ends all',
      code: `export class Track {
  later() { this.timer = setTimeout(() => this.show(), 5000); } // leak listener/timeout-in-class
  show() {}
  detach() { this.elements.forEach((one) => one.remove()); }
}`,
    },
  ],
  [
    {
      name: 'one that may end one only',
      code: `export class Track {
  later() { this.timer = setTimeout(() => this.show(), 5000); }
  show() {}
  detach(element?: Element) { element ? element.remove() : this.elements.forEach((one) => one.remove()); }
}`,
    },
  ],
);
