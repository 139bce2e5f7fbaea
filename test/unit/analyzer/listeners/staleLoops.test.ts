import { samples } from '../expectLeaks';

samples(
  'loops that go on after their end',
  [
    {
      name: 'a class whose stop clears a timer that has fired',
      code: `export class Tracker {
  private handle?: ReturnType<typeof setTimeout>;
  constructor(private readonly api: Api, private readonly show: (value: number) => void) {}
  begin() { this.round(); }
  private async round() {
    const value = await this.api.read();
    this.show(value);
    this.handle = setTimeout(() => this.round(), 5000); // leak listener/timeout-rearm-loop
  }
  stop() { clearTimeout(this.handle); }
}`,
    },
    {
      name: 'armed by a helper, in a finally',
      code: `export class Sync {
  #timer;
  constructor(store) { this.store = store; }
  start() { this.#plan(); }
  #plan() {
    this.#timer = setTimeout(() => this.#run(), 10_000); // leak listener/timeout-rearm-loop
  }
  async #run() {
    try {
      await this.store.push();
    } catch (error) {
      console.warn(error);
    } finally {
      this.#plan();
    }
  }
  destroy() { clearTimeout(this.#timer); }
}`,
    },
    {
      name: 'continued from a promise',
      code: `export class Health {
  constructor(url) { this.url = url; }
  check() {
    fetch(this.url).then((answer) => this.report(answer.ok), () => this.report(false)).then(() => {
      this.next = setTimeout(() => this.check(), 3000); // leak listener/timeout-rearm-loop
    });
  }
  report(ok) { this.ok = ok; }
  close() { clearTimeout(this.next); }
}`,
    },
    {
      name: 'frames of a class of which only the first is kept',
      code: `export class Meter {
  private frame = 0;
  constructor(private readonly node: AnalyserNode) {}
  start() { this.frame = requestAnimationFrame(this.paint); }
  private paint = () => {
    this.node.getByteFrequencyData(new Uint8Array(8));
    requestAnimationFrame(this.paint); // leak listener/animation-frame-loop
  };
  stop() { cancelAnimationFrame(this.frame); }
}`,
    },
  ],
  [
    {
      name: 'a flag that is tested after the wait',
      code: `export class Tracker {
  private handle?: ReturnType<typeof setTimeout>;
  private over = false;
  constructor(private readonly api: Api) {}
  private async round() {
    await this.api.read();
    if (this.over) return;
    this.handle = setTimeout(() => this.round(), 5000);
  }
  stop() { this.over = true; clearTimeout(this.handle); }
}`,
    },
    {
      name: 'a flag that is tested in the next round',
      code: `export class Tracker {
  private handle?: ReturnType<typeof setTimeout>;
  private over = false;
  constructor(private readonly api: Api) {}
  private async round() {
    if (this.over) return;
    await this.api.read();
    this.handle = setTimeout(() => this.round(), 5000);
  }
  stop() { this.over = true; clearTimeout(this.handle); }
}`,
    },
    {
      name: 'no wait before it is armed',
      code: `export class Tracker {
  private handle?: ReturnType<typeof setTimeout>;
  constructor(private readonly api: Api) {}
  private round() {
    this.api.read();
    this.handle = setTimeout(() => this.round(), 5000);
  }
  stop() { clearTimeout(this.handle); }
}`,
    },
    {
      name: 'the work is aborted',
      code: `export class Tracker {
  private handle?: ReturnType<typeof setTimeout>;
  private readonly abort = new AbortController();
  private async round() {
    await fetch('/x', { signal: this.abort.signal });
    this.handle = setTimeout(() => this.round(), 5000);
  }
  stop() { this.abort.abort(); clearTimeout(this.handle); }
}`,
    },
    {
      name: 'each frame is kept',
      code: `export function createSpinner(draw) {
  let id = 0;
  const step = (now) => {
    draw(now);
    id = requestAnimationFrame(step);
  };
  return {
    start() { id = requestAnimationFrame(step); },
    stop() { cancelAnimationFrame(id); },
  };
}`,
    },
    {
      name: 'a frame that asks whether it is wanted',
      code: `export function createSpinner(draw) {
  let id = 0;
  let on = false;
  const step = (now) => {
    draw(now);
    if (on) requestAnimationFrame(step);
  };
  return {
    start() { on = true; id = requestAnimationFrame(step); },
    stop() { on = false; cancelAnimationFrame(id); },
  };
}`,
    },
  ],
);
