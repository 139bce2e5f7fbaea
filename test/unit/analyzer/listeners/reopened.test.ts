import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

samples(
  'filled again while it holds something open',
  [
    {
      name: 'a setter that starts anew',
      code: `export class Poll {
  private timer: number | undefined;
  constructor(private readonly load: () => void, private wait: number) {}
  start() {
    this.timer = setInterval(() => this.load(), this.wait); // leak listener/interval
  }
  setWait(wait: number) {
    this.wait = wait;
    this.start();
  }
  stop() {
    clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'a condition that it runs',
      code: `export class Track {
  private id: number | null = null;
  constructor(private readonly add: (at: GeolocationPosition) => void) {}
  get on() {
    return this.id !== null;
  }
  start() {
    if (!this.on) this.follow();
  }
  follow() {
    this.id = navigator.geolocation.watchPosition(this.add); // leak listener/geolocation-watch
  }
  precise() {
    if (this.on) this.follow();
  }
  stop() {
    if (this.id !== null) navigator.geolocation.clearWatch(this.id);
    this.id = null;
  }
}`,
    },
    {
      name: 'one object after the other',
      code: `export class Outline {
  private shown: Model | undefined;
  private listener: { dispose(): void } | undefined;
  show(model: Model) {
    if (model === this.shown) return;
    this.shown = model;
    this.listener = model.onDidChange(() => this.draw()); // leak listener/disposable-overwritten
  }
  draw() {}
  dispose() {
    this.listener?.dispose();
  }
}`,
    },
    {
      name: 'a directive that observes at each update',
      path: 'src/sticky.js',
      code: `function follow(el, { value }) {
  const seen = new ResizeObserver(() => value(el)); // leak listener/resize-observer
  seen.observe(el);
  el.__seen = seen;
}
export const sticky = {
  mounted: (el, binding) => follow(el, binding),
  updated(el, binding) {
    follow(el, binding);
  },
  unmounted(el) {
    el.__seen.disconnect();
  },
};`,
    },
  ],
  [
    {
      name: 'a setter that stops first',
      code: `export class Poll {
  private timer: number | undefined;
  constructor(private readonly load: () => void, private wait: number) {}
  start() {
    this.stop();
    this.timer = setInterval(() => this.load(), this.wait);
  }
  setWait(wait: number) {
    this.wait = wait;
    this.start();
  }
  stop() {
    clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'a condition that it does not run',
      code: `export class Poll {
  private running = false;
  private timer: number | undefined;
  constructor(private readonly load: () => void) {}
  setLoad(wait: number) {
    if (this.running) return;
    this.begin(wait);
  }
  begin(wait: number) {
    this.running = true;
    this.timer = setInterval(() => this.load(), wait);
  }
  stop() {
    this.running = false;
    clearInterval(this.timer);
  }
}`,
    },
    {
      name: 'one after the other, each ended',
      code: `export class Outline {
  private shown: Model | undefined;
  private listener: { dispose(): void } | undefined;
  show(model: Model) {
    if (model === this.shown) return;
    this.hide();
    this.shown = model;
    this.listener = model.onDidChange(() => this.draw());
  }
  draw() {}
  hide() {
    this.listener?.dispose();
  }
}`,
    },
    {
      name: 'a directive that ends the old one before each update',
      path: 'src/sticky.js',
      code: `function follow(el, { value }) {
  el.__seen = new ResizeObserver(() => value(el));
  el.__seen.observe(el);
}
export const sticky = {
  mounted: (el, binding) => follow(el, binding),
  updated(el, binding) {
    if (el.__seen) el.__seen.disconnect();
    follow(el, binding);
  },
  unmounted(el) {
    el.__seen.disconnect();
  },
};`,
    },
    {
      name: 'a handler that ends itself',
      code: `export class Outline {
  private shown: Model | undefined;
  private listener: { dispose(): void } | undefined;
  show(model: Model) {
    if (model === this.shown) return;
    this.shown = model;
    this.listener = model.onDidChange(() => {
      if (model !== this.shown) this.listener?.dispose();
    });
  }
  dispose() {
    this.listener?.dispose();
  }
}`,
    },
  ],
);

describe('how much a place weighs that is filled again', () => {
  it('is little where only the name of a method says that it is called again', () => {
    const [finding] = findingsOf(`export class Poll {
  private timer: number | undefined;
  constructor(private readonly load: () => void, private wait: number) {}
  start() {
    this.timer = setInterval(() => this.load(), this.wait);
  }
  setWait(wait: number) {
    this.wait = wait;
    this.start();
  }
  stop() {
    clearInterval(this.timer);
  }
}`);
    assert.equal(finding?.severity, 'low');
  });
});
