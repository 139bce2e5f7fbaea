import { samples } from '../expectLeaks';

samples(
  'listeners of an instance on the signal it was given',
  [
    {
      name: 'an option that the instance keeps',
      code: `export class Request {
  constructor(private readonly options: { signal?: AbortSignal }) {
    this.options.signal?.addEventListener('abort', () => this.destroy()); // leak listener/abort-on-caller-signal
  }
  destroy() { console.log('gone'); }
}`,
    },
    {
      name: 'a parameter, once',
      code: `export class Upload {
  private parts: string[] = [];
  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', this.stop.bind(this), { once: true }); // leak listener/abort-on-caller-signal
  }
  stop() { this.parts = []; }
  dispose() { this.parts = []; }
}`,
    },
    {
      name: 'a field that is given it',
      path: 'src/task.js',
      code: `export class Task {
  constructor({ signal }) {
    this.signal = signal;
    this.signal.addEventListener('abort', this.onAbort); // leak listener/abort-on-caller-signal
  }
  onAbort = () => this.end('aborted');
  end(reason) { this.reason = reason; }
  destroy() { this.end('destroyed'); }
}`,
    },
  ],
  [
    {
      name: 'removed by the teardown',
      code: `export class Request {
  constructor(private readonly options: { signal?: AbortSignal }) { this.options.signal?.addEventListener('abort', this.onAbort); }
  private readonly onAbort = () => this.destroy();
  destroy() { this.options.signal?.removeEventListener('abort', this.onAbort); }
}`,
    },
    {
      name: 'a signal of its own',
      code: `export class Loader {
  private readonly controller = new AbortController();
  constructor() { this.controller.signal.addEventListener('abort', () => this.forget()); }
  forget() { console.log('gone'); }
  dispose() { this.controller.abort(); }
}`,
    },
    {
      name: 'no end but that of the signal',
      code: `export class Watch {
  constructor(signal: AbortSignal, private names: string[]) { signal.addEventListener('abort', () => this.forget()); }
  private forget() { this.names = []; }
}`,
    },
    {
      name: 'the end of the instance, by which its parts end',
      code: `export class Viewer {
  private readonly pages: string[] = [];
  constructor({ signal, observer }: { signal: AbortSignal; observer: ResizeObserver }) {
    signal.addEventListener('abort', () => { observer.disconnect(); this.pages.length = 0; }, { once: true });
  }
  cleanup() { this.pages.length = 0; }
}`,
    },
    {
      name: 'taken off by a signal of its own',
      code: `export class Request {
  private readonly over = new AbortController();
  constructor(signal: AbortSignal) { signal.addEventListener('abort', () => this.destroy(), { signal: this.over.signal }); }
  destroy() { this.over.abort(); }
}`,
    },
  ],
);

samples(
  'promises that only a signal settles, and functions that are wrapped for one',
  [
    {
      name: 'raced',
      code: `function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))); // leak listener/abort-on-caller-signal
}
export async function within(work: Promise<void>, signal: AbortSignal) { await Promise.race([work, whenAborted(signal)]); }`,
    },
    {
      name: 'with an end that ends nothing',
      code: `export function promised(signal: AbortSignal) {
  const promise = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true }); // leak listener/abort-on-caller-signal
  });
  return { promise, dispose: () => {} };
}`,
    },
    {
      name: 'a function made for one signal',
      code: `export function withCancel(work: () => Promise<string>, signal: AbortSignal) {
  return () => new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason)); // leak listener/abort-on-caller-signal
    work().then(resolve, reject);
  });
}`,
    },
  ],
  [
    {
      name: 'awaited: the signal is what it waits for',
      code: `export async function untilAborted(signal: AbortSignal) {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  console.log('over');
}`,
    },
    {
      name: 'settled by somebody else, too',
      code: `export class Gate {
  private open: (() => void) | undefined;
  pass(signal: AbortSignal, work: Promise<void>) {
    const passed = new Promise<void>((resolve) => { this.open = resolve; signal.addEventListener('abort', () => resolve()); });
    return { passed, dispose: () => this.open?.() };
  }
}`,
    },
    {
      name: 'an end that takes it off',
      code: `export function promised(signal: AbortSignal) {
  let dispose = () => {};
  const promise = new Promise<void>((resolve) => {
    const onAbort = () => resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    dispose = () => signal.removeEventListener('abort', onAbort);
  });
  return { promise, dispose };
}`,
    },
  ],
);

samples(
  'races for events of a receiver of unknown type',
  [
    {
      name: 'a reader',
      path: 'src/reader.js',
      code: `export class Reader {
  async read(size) {
    const { stream } = this.source;
    if (!stream.length) {
      await new Promise((resolve, reject) => {
        stream.once('readable', resolve);
        stream.once('end', resolve); // leak listener/race-loser-left
        stream.once('error', reject); // leak listener/race-loser-left
      });
    }
    return stream.take(size);
  }
}`,
    },
    {
      name: 'functions that settle',
      path: 'src/link.js',
      code: `export class Link {
  async reply() {
    return new Promise((resolve, reject) => {
      this.wire.once('reply', (text) => resolve(text)); // leak listener/race-loser-left
      this.wire.once('refusal', () => reject(new Error('refused'))); // leak listener/race-loser-left
    });
  }
}`,
    },
    {
      name: 'two works of one method, of which each removes its own',
      path: 'src/broker.js',
      code: `import { EventEmitter } from 'node:events';
export class Broker {
  bus = new EventEmitter();
  ping(id, ms) {
    if (id) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), ms);
        const handler = (pong) => { clearTimeout(timer); this.bus.off('pong', handler); resolve(pong); };
        this.bus.on('pong', handler); // leak listener/emitter-on
      });
    }
    return new Promise((resolve) => {
      const handler = () => { this.bus.off('pong', handler); resolve(null); };
      this.bus.on('pong', handler);
    });
  }
}`,
    },
  ],
  [
    {
      name: 'each takes the other off',
      path: 'src/link.js',
      code: `export class Link {
  async reply() {
    return new Promise((resolve, reject) => {
      const onReply = (text) => { this.wire.off('refusal', onRefusal); resolve(text); };
      const onRefusal = () => { this.wire.off('reply', onReply); reject(new Error('refused')); };
      this.wire.once('reply', onReply);
      this.wire.once('refusal', onRefusal);
    });
  }
}`,
    },
    {
      name: 'one event only, of what may be no emitter',
      path: 'src/link.js',
      code: `export class Link {
  async reply() { return new Promise((resolve) => this.wire.once('reply', resolve)); }
}`,
    },
    {
      name: 'a receiver that the class makes for this',
      path: 'src/link.js',
      code: `import { open } from './wire';
export class Link {
  async reply() {
    this.wire = open();
    return new Promise((resolve, reject) => { this.wire.once('reply', resolve); this.wire.once('error', reject); });
  }
}`,
    },
  ],
);
