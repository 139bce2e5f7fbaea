import assert from 'node:assert/strict';
import { expectLeaks, samples } from '../expectLeaks';

samples(
  'listener/dom-event-listener',
  [
    {
      name: 'a class that adds a listener to window and has no teardown',
      code: `export class Panel {
  constructor() {
    window.addEventListener('resize', () => this.layout()); // leak listener/dom-event-listener
  }
  layout() {}
}`,
    },
    {
      name: 'a teardown that forgets one of two listeners',
      code: `export class Panel {
  private onKey = () => {};
  private onResize = () => {};
  start() {
    document.addEventListener('keydown', this.onKey); // leak listener/dom-event-listener
    window.addEventListener('resize', this.onResize);
  }
  destroy() {
    window.removeEventListener('resize', this.onResize);
  }
}`,
    },
    {
      name: 'a removal that passes a new function',
      code: `export class Panel {
  mount() {
    window.addEventListener('scroll', this.onScroll.bind(this)); // leak listener/dom-event-listener
  }
  destroy() {
    window.removeEventListener('scroll', this.onScroll.bind(this));
  }
  onScroll() {}
}`,
    },
    {
      name: 'a removal with another capture flag',
      code: `const capture = true;
export function track(update: () => void) {
  const onMove = () => update();
  window.addEventListener('pointermove', onMove, { capture }); // leak listener/dom-event-listener
  return () => window.removeEventListener('pointermove', onMove);
}`,
    },
    {
      name: 'a removal from another target',
      code: `export class Idle {
  private onMove = () => {};
  componentDidMount() {
    document.addEventListener('pointermove', this.onMove); // leak listener/dom-event-listener
  }
  componentWillUnmount() {
    window.removeEventListener('pointermove', this.onMove);
  }
}`,
    },
    {
      name: 'an effect without a clean-up',
      path: 'src/Widget.tsx',
      code: `import { useEffect } from 'react';
export function Widget({ onResize }) {
  useEffect(() => {
    window.addEventListener('resize', () => onResize()); // leak listener/dom-event-listener
  }, []);
  return <div />;
}`,
    },
    {
      name: 'a signal of a controller that nobody aborts',
      code: `export class Panel {
  constructor() {
    const controller = new AbortController();
    window.addEventListener('resize', () => this.layout(), { signal: controller.signal }); // leak listener/dom-event-listener
  }
  layout() {}
  destroy() {
    this.layout();
  }
}`,
    },
    {
      name: 'a listener added in an event handler',
      code: `export function attach(button: HTMLElement) {
  button.addEventListener('click', () => {
    window.addEventListener('mousemove', (event) => console.log(event)); // leak listener/dom-event-listener
  });
}`,
    },
  ],
  [
    {
      name: 'a one-shot event',
      code: `export class App { constructor() { document.addEventListener('DOMContentLoaded', () => this.run()); } run() {} }`,
    },
    {
      name: 'once',
      code: `export class App { wait() { window.addEventListener('message', () => {}, { once: true }); } }`,
    },
    {
      name: 'an element created here',
      code: `export function make() { const el = document.createElement('div'); el.addEventListener('click', () => {}); return el; }`,
    },
    { name: 'module level', code: `window.addEventListener('error', (event) => console.error(event));` },
    {
      name: 'a returned clean-up',
      code: `export function onResize(handler: () => void) {
  const listener = () => handler();
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}`,
    },
    {
      name: 'a bound handler kept in a field',
      code: `export class Panel {
  constructor() {
    this.onScroll = this.onScroll.bind(this);
    window.addEventListener('scroll', this.onScroll);
  }
  onScroll() {}
  destroy() {
    window.removeEventListener('scroll', this.onScroll);
  }
}`,
    },
    {
      name: 'a capture flag that is the same through a constant and an options bag',
      code: `const options = { capture: true, passive: true };
export function track() {
  const onMove = () => {};
  document.addEventListener('pointermove', onMove, options);
  return () => document.removeEventListener('pointermove', onMove, true);
}`,
    },
    {
      name: 'a signal that a teardown aborts',
      code: `export class Panel {
  private readonly controller = new AbortController();
  constructor() {
    window.addEventListener('resize', () => this.layout(), { signal: this.controller.signal });
  }
  layout() {}
  destroy() {
    this.controller.abort();
  }
}`,
    },
    {
      name: 'a signal that the caller owns',
      code: `export function watch(signal: AbortSignal) { window.addEventListener('resize', () => {}, { signal }); }`,
    },
    {
      name: 'a handler that removes itself',
      code: `export function waitForMessage() {
  const onMessage = (event: MessageEvent) => {
    if (event.data !== 'ready') return;
    window.removeEventListener('message', onMessage);
  };
  window.addEventListener('message', onMessage);
}`,
    },
    {
      name: 'a wrapper whose handler comes from the caller',
      code: `export class Bus { on(event: string, handler: () => void) { window.addEventListener(event, handler); } }`,
    },
    {
      name: 'the same module function added again',
      code: `function onError() {}\nexport function install() { window.addEventListener('error', onError); }`,
    },
    {
      name: 'a drag that ends itself',
      code: `export function drag(el: HTMLElement) {
  el.addEventListener('mousedown', () => {
    const move = () => {};
    const up = () => {
      document.removeEventListener('mousemove', move);
      document.removeEventListener('mouseup', up);
    };
    document.addEventListener('mousemove', move);
    document.addEventListener('mouseup', up);
  });
}`,
    },
    {
      name: 'handlers kept in a table and removed by iterating it',
      code: `export class Panel {
  private listeners = new Map<string, () => void>([['resize', () => {}]]);
  mount() {
    for (const [event, listener] of this.listeners.entries()) window.addEventListener(event, listener);
  }
  destroy() {
    for (const [event, listener] of this.listeners.entries()) window.removeEventListener(event, listener);
  }
}`,
    },
    {
      name: 'a handler stored elsewhere under another name',
      code: `export function begin(state: { onMove?: () => void }) {
  const onMove = () => {};
  window.addEventListener('pointermove', onMove);
  state.onMove = onMove;
}
export function finish(state: { onMove?: () => void }) {
  window.removeEventListener('pointermove', state.onMove!);
}`,
    },
    {
      name: 'an effect with a clean-up',
      path: 'src/Widget.tsx',
      code: `import { useEffect } from 'react';
export function Widget({ onResize }) {
  useEffect(() => {
    const listener = () => onResize();
    window.addEventListener('resize', listener);
    return () => window.removeEventListener('resize', listener);
  }, []);
  return <div />;
}`,
    },
    {
      name: 'a method named addEventListener of another class',
      code: `class Hub { addEventListener(name: string, fn: () => void) { void name; void fn; } }\nexport class User { constructor(private hub: Hub) { this.hub.addEventListener('x', () => {}); } }`,
    },
    {
      name: 'text in strings and comments',
      code: `// window.addEventListener('resize', f)\nexport const text = "window.addEventListener('resize', f)";`,
    },
  ],
);

samples(
  'browser observers',
  [
    {
      name: 'an observer in a class whose teardown forgets it',
      code: `export class Panel {
  private observer?: ResizeObserver;
  mount(el: Element) {
    this.observer = new ResizeObserver(() => {}); // leak listener/resize-observer
    this.observer.observe(el);
  }
  destroy() {
    console.log('gone');
  }
}`,
    },
    {
      name: 'an effect that never disconnects',
      path: 'src/Widget.tsx',
      code: `import { useEffect, useRef } from 'react';
export function Widget() {
  const ref = useRef(null);
  useEffect(() => {
    const observer = new IntersectionObserver(() => {}); // leak listener/intersection-observer
    observer.observe(ref.current);
  }, []);
  return <div ref={ref} />;
}`,
    },
    {
      name: 'an observer of the document in a function that repeats',
      code: `export function watchAll(update: () => void) {
  const observer = new MutationObserver(update); // leak listener/mutation-observer
  observer.observe(document.body, { childList: true });
}`,
    },
    {
      name: 'a performance observer per instance',
      code: `export class Vitals {
  private readonly items: unknown[] = [];
  start() {
    new PerformanceObserver((list) => console.log(list)).observe({ entryTypes: ['paint'] }); // leak listener/performance-observer
  }
  destroy() {
    this.items.length = 0;
  }
}`,
    },
  ],
  [
    {
      name: 'an observer that never observes',
      code: `export class Panel { private observer = new ResizeObserver(() => {}); destroy() { console.log(1); } }`,
    },
    {
      name: 'disconnect in the teardown',
      code: `export class Panel {
  private readonly observer = new ResizeObserver(() => {});
  mount(el: Element) { this.observer.observe(el); }
  destroy() { this.observer?.disconnect(); }
}`,
    },
    {
      name: 'observers in a map that a teardown iterates',
      code: `export class Panel {
  private observers = new Map<string, MutationObserver>();
  mount() {
    const observer = new MutationObserver(() => {});
    observer.observe(document.body, { childList: true });
    this.observers.set('dom', observer);
  }
  destroy() {
    this.observers.forEach((observer) => observer.disconnect());
  }
}`,
    },
    {
      name: 'disconnect through the callback',
      code: `export function once(el: Element, done: () => void) {
  new IntersectionObserver((entries, observer) => {
    if (entries[0]?.isIntersecting) { observer.disconnect(); done(); }
  }).observe(el);
}`,
    },
    {
      name: 'an observer that is returned',
      code: `export function make(el: Element) { const o = new ResizeObserver(() => {}); o.observe(el); return o; }`,
    },
    {
      name: 'an observer of an element that dies with it',
      code: `export function autosize(el: HTMLElement) { new ResizeObserver(() => {}).observe(el); }`,
    },
  ],
);

describe('trail of a listener', () => {
  it('names the acquisition, the holder and the teardown that forgets it', () => {
    const [finding] = expectLeaks(`export class Panel {
  mount() {
    window.addEventListener('resize', () => this.layout()); // leak listener/dom-event-listener
  }
  layout() {}
  destroy() {
    this.layout();
  }
}`);
    assert.deepEqual(
      finding?.trail.map((step) => [step.role, step.range.startLine + 1]),
      [
        ['acquired', 3],
        ['held', 3],
        ['repeats', 2],
        ['forgotten', 6],
      ],
    );
    assert.equal(finding?.severity, 'medium');
    assert.match(finding?.message ?? '', /`destroy` \(line 6\)/);
  });
});
