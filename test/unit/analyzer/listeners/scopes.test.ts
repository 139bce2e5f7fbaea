/** Listeners, intervals and observers by the scope that should end them: effects, classes, processes. */
import { samples } from '../expectLeaks';

const view = 'src/View.tsx';
const effect = (body: string, head = ''): string =>
  `import { useEffect } from 'react';\n${head}export function View({ node, show }) {\n  useEffect(() => {\n    ${body}\n  }, [show]);\n  return <p />;\n}`;

samples(
  'listener/dom-event-listener-in-effect',
  [
    {
      name: 'no clean-up',
      path: view,
      code: effect(
        `window.addEventListener('scroll', () => show(window.scrollY)); // leak listener/dom-event-listener`,
      ),
    },
    {
      name: 'a clean-up that removes one of two',
      path: view,
      code: effect(
        `const down = () => show(1);\n    const up = () => show(0);\n    document.addEventListener('keydown', down);\n    document.addEventListener('keyup', up); // leak listener/dom-event-listener\n    return () => document.removeEventListener('keydown', down);`,
      ),
    },
    {
      name: 'a mount hook',
      path: 'src/useOnline.ts',
      code: `import { onMounted, ref } from 'vue';
export function useOnline() {
  const online = ref(true);
  onMounted(() => {
    window.addEventListener('online', () => { online.value = true; }); // leak listener/dom-event-listener
  });
  return online;
}`,
    },
  ],
  [
    {
      name: 'a clean-up that is a function of its own',
      path: view,
      code: effect(
        `const onScroll = () => show(1);\n    const stop = () => window.removeEventListener('scroll', onScroll);\n    window.addEventListener('scroll', onScroll);\n    return stop;`,
      ),
    },
    {
      name: 'a signal that the clean-up aborts',
      path: view,
      code: effect(
        `const controller = new AbortController();\n    window.addEventListener('scroll', () => show(1), { signal: controller.signal });\n    return () => controller.abort();`,
      ),
    },
    {
      name: 'added in a branch, removed always',
      path: view,
      code: effect(
        `const onScroll = () => show(1);\n    if (node) window.addEventListener('scroll', onScroll);\n    return () => window.removeEventListener('scroll', onScroll);`,
      ),
    },
  ],
);

samples(
  'listener/dom-event-listener-in-class',
  [
    {
      name: 'a teardown that forgets it',
      code: `export class Dialog {
  open() { document.addEventListener('keydown', this.onKey); } // leak listener/dom-event-listener
  private readonly onKey = (event: KeyboardEvent) => { if (event.key === 'Escape') this.close(); };
  close() { this.el.remove(); }
  constructor(private readonly el: HTMLElement) {}
}`,
    },
    {
      name: 'a prototype',
      path: 'src/slider.js',
      code: `function Slider(el) { this.el = el; }
Slider.prototype.init = function () {
  window.addEventListener('resize', this.fit.bind(this)); // leak listener/dom-event-listener
};
Slider.prototype.fit = function () {};
Slider.prototype.destroy = function () {
  this.el.innerHTML = '';
};
module.exports = Slider;`,
    },
    {
      name: 'a target that is handed over',
      code: `export class Keys {
  constructor(private readonly target: HTMLElement) {
    this.target.addEventListener('keydown', this.down); // hint listener/dom-event-listener
    this.target.addEventListener('keyup', this.up);
  }
  private readonly down = () => {};
  private readonly up = () => {};
  dispose() { this.target.removeEventListener('keyup', this.up); }
}`,
    },
  ],
  [
    {
      name: 'a helper that takes the method’s name',
      code: `export class Dialog {
  private toggle(method: 'addEventListener' | 'removeEventListener') { document[method]('keydown', this.onKey); }
  private readonly onKey = () => {};
  open() { this.toggle('addEventListener'); }
  close() { this.toggle('removeEventListener'); }
}`,
    },
    {
      name: 'handleEvent',
      code: `export class Dialog {
  open() { document.addEventListener('keydown', this); }
  handleEvent() {}
  close() { document.removeEventListener('keydown', this); }
}`,
    },
    {
      name: 'an element of its own',
      code: `export class Dialog {
  private readonly el = document.createElement('div');
  constructor() { this.el.addEventListener('click', () => this.close()); }
  close() { this.el.remove(); }
}`,
    },
  ],
);

samples(
  'listener/process-on',
  [
    {
      name: 'a signal in an exported function',
      code: `export function serve(server: { close(): void }) {\n  process.on('SIGTERM', () => server.close()); // leak listener/emitter-on\n}`,
    },
    {
      name: 'standard input in a method',
      code: `export class Prompt {
  ask(done: (text: string) => void) {
    process.stdin.on('data', (data) => done(String(data))); // hint listener/emitter-on
  }
  close() { process.stdin.pause(); }
}`,
    },
    {
      name: 'errors, once per request',
      code: `import http from 'node:http';
http.createServer((req, res) => {
  process.on('uncaughtException', () => res.end()); // leak listener/emitter-on
});`,
    },
  ],
  [
    { name: 'module level', code: `process.on('unhandledRejection', (error) => console.error(error));` },
    {
      name: 'a flag',
      code: `let registered = false;\nexport function serve(stop: () => void) { if (!registered) { registered = true; process.on('SIGTERM', () => stop()); } }`,
    },
    {
      name: 'taken off when the work is done',
      code: `export async function run(work: { start(): Promise<void>; stop(): void }) {
  const stop = () => work.stop();
  process.on('SIGINT', stop);
  try { await work.start(); } finally { process.off('SIGINT', stop); }
}`,
    },
    {
      name: 'the function that a worker’s module is',
      code: `export default (run: () => void) => { process.on('SIGTERM', () => run()); };`,
    },
  ],
);

samples(
  'listener/abort-controller-never-aborted',
  [
    {
      name: 'in an effect',
      path: view,
      code: effect(
        `const controller = new AbortController();\n    window.addEventListener('resize', () => show(1), { signal: controller.signal }); // leak listener/dom-event-listener`,
      ),
    },
    {
      name: 'in a class with a teardown',
      code: `export class Panel {
  private readonly controller = new AbortController();
  mount() { document.addEventListener('click', () => this.fit(), { signal: this.controller.signal }); } // leak listener/dom-event-listener
  fit() {}
  destroy() { this.fit(); }
}`,
    },
    {
      name: 'a signal taken out first',
      path: view,
      code: effect(
        `const { signal } = new AbortController();\n    document.addEventListener('keydown', () => show(1), { signal }); // leak listener/dom-event-listener`,
      ),
    },
  ],
  [
    {
      name: 'aborted in the clean-up',
      path: view,
      code: effect(
        `const controller = new AbortController();\n    window.addEventListener('resize', () => show(1), { signal: controller.signal });\n    return () => controller.abort();`,
      ),
    },
    {
      name: 'a controller that goes elsewhere',
      code: `export function attach(own: (c: AbortController) => void) { const controller = new AbortController(); own(controller); window.addEventListener('resize', () => {}, { signal: controller.signal }); }`,
    },
    {
      name: 'a signal of the caller',
      code: `export function attach({ signal }: { signal: AbortSignal }) { window.addEventListener('resize', () => {}, { signal }); }`,
    },
  ],
);

samples(
  'listener/interval-in-effect',
  [
    {
      name: 'a dropped id',
      path: view,
      code: effect(`setInterval(() => show(Date.now()), 1000); // leak listener/interval`),
    },
    {
      name: 'an id that no clean-up clears',
      path: view,
      code: effect(`const id = setInterval(show, 500); // leak listener/interval\n    show(id > 0);`),
    },
    {
      name: 'a clean-up that clears another',
      path: view,
      code: effect(
        `const a = setInterval(show, 500);\n    const b = setInterval(show, 900); // leak listener/interval\n    return () => { clearInterval(a); };`,
      ),
    },
  ],
  [
    {
      name: 'a clean-up',
      path: view,
      code: effect(`const id = setInterval(show, 500);\n    return () => clearInterval(id);`),
    },
    {
      name: 'conditional, with a guarded clear',
      path: view,
      code: effect(
        `let id;\n    if (node) id = setInterval(show, 500);\n    return () => { if (id) clearInterval(id); };`,
      ),
    },
    {
      name: 'ends itself',
      path: view,
      code: effect(`let left = 9;\n    const id = setInterval(() => { if (--left === 0) clearInterval(id); }, 500);`),
    },
  ],
);

samples(
  'listener/interval-in-class',
  [
    {
      name: 'a field that no method clears',
      code: `export class Poller {\n  private timer?: NodeJS.Timeout;\n  begin() {\n    this.timer = setInterval(() => this.poll(), 1000); // leak listener/interval\n  }\n  poll() {}\n  dispose() { this.poll(); }\n}`,
    },
    {
      name: 'a field initialiser',
      code: `export class Clock {\n  private readonly timer = setInterval(() => this.tick(), 1000); // leak listener/interval\n  tick() {}\n  close() { console.log('closed'); }\n}`,
    },
    {
      name: 'a private field and a disposer that forgets it',
      code: `export class Clock {\n  #timer = setInterval(() => this.tick(), 1000); // leak listener/interval\n  tick() {}\n  [Symbol.dispose]() { this.tick(); }\n}`,
    },
  ],
  [
    {
      name: 'cleared by a method that the teardown calls',
      code: `export class Poller {\n  private timer?: NodeJS.Timeout;\n  begin() { this.timer = setInterval(() => {}, 1000); }\n  private stopTimer() { clearInterval(this.timer); this.timer = undefined; }\n  dispose() { this.stopTimer(); }\n}`,
    },
    {
      name: 'cleared by a disposer that is registered',
      code: `export class Poller extends Disposable {\n  constructor() { super(); const timer = setInterval(() => {}, 1000); this._register({ dispose: () => clearInterval(timer) }); }\n}`,
    },
    {
      name: 'a list that the teardown empties',
      code: `export class Poller {\n  private readonly timers: NodeJS.Timeout[] = [];\n  begin() { const timer = setInterval(() => {}, 1000); this.timers.push(timer); }\n  dispose() { for (const timer of this.timers.splice(0)) clearInterval(timer); }\n}`,
    },
  ],
);

for (const [type, id] of [
  ['ResizeObserver', 'resize-observer'],
  ['IntersectionObserver', 'intersection-observer'],
  ['MutationObserver', 'mutation-observer'],
] as const)
  samples(
    `listener/${id}-in-effect`,
    [
      {
        name: 'no clean-up',
        path: view,
        code: effect(`const observer = new ${type}(show); // leak listener/${id}\n    observer.observe(node, {});`),
      },
      {
        name: 'dropped at once',
        path: view,
        code: effect(`new ${type}(() => show(1)).observe(node, {}); // leak listener/${id}`),
      },
      {
        name: 'a clean-up of something else',
        path: view,
        code: effect(
          `const observer = new ${type}(show); // leak listener/${id}\n    observer.observe(document.body, {});\n    return () => show(0);`,
        ),
      },
    ],
    [
      {
        name: 'disconnected',
        path: view,
        code: effect(
          `const observer = new ${type}(show);\n    observer.observe(node, {});\n    return () => observer.disconnect();`,
        ),
      },
      {
        name: 'only with an element',
        path: view,
        code: effect(
          `let observer;\n    if (node) { observer = new ${type}(show); observer.observe(node, {}); }\n    return () => observer?.disconnect();`,
        ),
      },
      {
        name: 'never observes',
        path: view,
        code: effect(`const observer = new ${type}(show);\n    show(observer.takeRecords().length);`),
      },
    ],
  );

samples(
  'listener/performance-observer-in-effect',
  [
    {
      name: 'no clean-up',
      path: view,
      code: effect(
        `const observer = new PerformanceObserver(show); // leak listener/performance-observer\n    observer.observe({ type: 'event' });`,
      ),
    },
    {
      name: 'dropped at once',
      path: view,
      code: effect(
        `new PerformanceObserver(show).observe({ entryTypes: ['longtask'] }); // leak listener/performance-observer`,
      ),
    },
    {
      name: 'one of two',
      path: view,
      code: effect(
        `const a = new PerformanceObserver(show);\n    const b = new PerformanceObserver(show); // leak listener/performance-observer\n    a.observe({ type: 'event' });\n    b.observe({ type: 'paint' });\n    return () => a.disconnect();`,
      ),
    },
  ],
  [
    {
      name: 'disconnected',
      path: view,
      code: effect(
        `const observer = new PerformanceObserver(show);\n    observer.observe({ type: 'event' });\n    return () => observer.disconnect();`,
      ),
    },
    {
      name: 'disconnects itself',
      path: view,
      code: effect(
        `const observer = new PerformanceObserver((list) => { show(list); observer.disconnect(); });\n    observer.observe({ type: 'paint', buffered: true });`,
      ),
    },
    {
      name: 'module level',
      code: `new PerformanceObserver((list) => console.log(list.getEntries())).observe({ type: 'paint' });`,
    },
  ],
);

samples(
  'listener/observer-in-class',
  [
    {
      name: 'a field that the teardown forgets',
      code: `export class Grid {\n  private readonly observer = new ResizeObserver(() => this.fit()); // leak listener/resize-observer\n  constructor(el: Element) { this.observer.observe(el); }\n  fit() {}\n  destroy() { this.fit(); }\n}`,
    },
    {
      name: 'a local observer of the body',
      code: `export class Watcher {\n  start() {\n    const observer = new MutationObserver(() => this.scan()); // leak listener/mutation-observer\n    observer.observe(document.body, { childList: true });\n  }\n  scan() {}\n  stop() { this.scan(); }\n}`,
    },
    {
      name: 'a web component',
      code: `class Lazy extends HTMLElement {\n  connectedCallback() {\n    this.seen = new IntersectionObserver(() => this.load()); // leak listener/intersection-observer\n    this.seen.observe(document.documentElement);\n  }\n  load() {}\n  disconnectedCallback() { this.load(); }\n}`,
      path: 'src/lazy.js',
    },
  ],
  [
    {
      name: 'disconnected by a helper',
      code: `export class Grid {\n  private observer?: ResizeObserver;\n  mount(el: Element) { this.observer = new ResizeObserver(() => {}); this.observer.observe(el); }\n  private unwatch() { this.observer?.disconnect(); }\n  destroy() { this.unwatch(); }\n}`,
    },
    {
      name: 'constructed and never observing',
      code: `export class Grid {\n  private readonly observer = new ResizeObserver(() => this.fit());\n  fit() {}\n  destroy() { this.fit(); }\n}`,
    },
    {
      name: 'unobserve of its target',
      code: `export class Grid {\n  private readonly observer = new ResizeObserver(() => {});\n  constructor(private readonly el: Element) { this.observer.observe(el); }\n  destroy() { this.observer.unobserve(this.el); }\n}`,
    },
  ],
);
