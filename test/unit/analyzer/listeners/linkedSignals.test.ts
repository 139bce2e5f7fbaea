import { samples } from '../expectLeaks';

samples(
  'signals joined by hand',
  [
    {
      name: 'a controller for any of several signals',
      path: 'src/signals.js',
      code: `export function firstOf(...signals) {
  const joined = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) return signal;
    signal.addEventListener('abort', () => joined.abort(signal.reason), { once: true }); // leak listener/abort-on-caller-signal
  }
  return joined.signal;
}`,
    },
    {
      name: 'a deadline beside the signal of the caller',
      code: `export function withDeadline(ms: number, parentSignal: AbortSignal): AbortController {
  const inner = new AbortController();
  setTimeout(() => inner.abort(), ms);
  parentSignal.addEventListener('abort', () => { // leak listener/abort-on-caller-signal
    inner.abort(parentSignal.reason);
  });
  return inner;
}`,
    },
    {
      name: 'a request with a signal of its own',
      code: `export function get(url: string, options: { signal?: AbortSignal }) {
  const own = new AbortController();
  options.signal?.addEventListener('abort', own.abort.bind(own)); // leak listener/abort-on-caller-signal
  return fetch(url, { signal: own.signal }).then((response) => response.json());
}`,
    },
    {
      name: 'elements of a list that is filtered',
      code: `export function anyOf(signals: (AbortSignal | undefined)[]): AbortSignal {
  const joined = new AbortController();
  const abort = () => joined.abort();
  signals.filter((one) => one !== undefined).forEach((signal) => {
    signal.addEventListener('abort', abort); // leak listener/abort-on-caller-signal
  });
  return joined.signal;
}`,
    },
    {
      name: 'a helper that joins what its callers give it',
      path: 'src/ask.js',
      code: `export function ask(url, options) {
  const controller = new AbortController();
  if (options.signal) joinTo(controller, options.signal);
  return fetch(url, { signal: controller.signal });
}
function joinTo(controller, signal) {
  if (signal.aborted) controller.abort(signal.reason);
  signal.addEventListener('abort', () => controller.abort(signal.reason)); // leak listener/abort-on-caller-signal
}`,
    },
    {
      name: 'a helper of a class, with the handler by its name',
      path: 'src/loader.ts',
      code: `function follow(own: AbortController, given: AbortSignal) {
  const stop = () => own.abort();
  given.addEventListener('abort', stop); // leak listener/abort-on-caller-signal
}
export class Loader {
  load(url: string, signal: AbortSignal) {
    const own = new AbortController();
    follow(own, signal);
    return this.transport.load(url, own.signal);
  }
}`,
    },
  ],
  [
    {
      name: 'the listener ends with the own signal',
      code: `export function firstOf(signals: AbortSignal[]) {
  const joined = new AbortController();
  for (const signal of signals)
    signal.addEventListener('abort', () => joined.abort(), { signal: joined.signal });
  return joined.signal;
}`,
    },
    {
      name: 'a clean-up that is handed on, too',
      code: `export function linked(signal: AbortSignal) {
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort);
  return { signal: own.signal, unlink: () => signal.removeEventListener('abort', abort) };
}`,
    },
    {
      name: 'a signal of the request that is being answered',
      path: 'src/proxy.js',
      code: `export function forward(req, url) {
  const own = new AbortController();
  req.signal.addEventListener('abort', () => own.abort());
  return fetch(url, { signal: own.signal });
}`,
    },
    {
      name: 'a signal that is made for it',
      code: `export function pair() {
  const outer = new AbortController();
  const inner = new AbortController();
  outer.signal.addEventListener('abort', () => inner.abort());
  return { outer, inner: inner.signal };
}`,
    },
    {
      name: 'a controller of the module',
      code: `const all = new AbortController();
export function stopWith(signal: AbortSignal) {
  signal.addEventListener('abort', () => all.abort());
}`,
    },
  ],
);

samples(
  'work that is settled through somebody else',
  [
    {
      name: 'a callback that the listener does not know of',
      code: `export function read(db: Db, key: string, signal: AbortSignal) {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason)); // leak listener/abort-on-caller-signal
    db.get(key, (error, value) => (error ? reject(error) : resolve(value)));
  });
}`,
    },
    {
      name: 'a table of what is waited for',
      code: `export class Channel {
  private waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  private last = 0;
  ask(text: string, signal: AbortSignal) {
    return new Promise((resolve, reject) => {
      const id = ++this.last;
      this.waiting.set(id, { resolve, reject });
      signal.addEventListener('abort', () => { // leak listener/abort-on-caller-signal
        this.waiting.delete(id);
        reject(signal.reason);
      });
      this.send(id, text);
    });
  }
  send(_id: number, _text: string) {}
}`,
    },
    {
      name: 'a token and a queue',
      code: `export class Jobs {
  private queue: (() => void)[] = [];
  next() {
    this.queue.shift()?.();
  }
  wait(token: CancellationToken) {
    return new Promise<void>((resolve, reject) => {
      token.onCancellationRequested(() => reject(new Error('cancelled'))); // hint listener/abort-on-caller-signal
      this.queue.push(() => resolve());
    });
  }
}`,
    },
  ],
  [
    {
      name: 'a removal in a clean-up that both ways run',
      code: `export function read(db: Db, key: string, signal: AbortSignal) {
  return new Promise((resolve, reject) => {
    const finish = (error: unknown, value?: unknown) => {
      signal.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve(value);
    };
    const onAbort = () => finish(signal.reason);
    signal.addEventListener('abort', onAbort);
    db.get(key, finish);
  });
}`,
    },
    {
      name: 'a promise that only the signal settles',
      code: `export function aborted(signal: AbortSignal, wrap: (fn: () => void) => () => void) {
  return new Promise<void>((resolve) => {
    signal.addEventListener('abort', wrap(resolve), { once: true });
  });
}`,
    },
    {
      name: 'a token whose listener is disposed of',
      code: `export class Jobs {
  private queue: (() => void)[] = [];
  next() {
    this.queue.shift()?.();
  }
  wait(token: CancellationToken) {
    return new Promise<void>((resolve, reject) => {
      const listener = token.onCancellationRequested(() => reject(new Error('cancelled')));
      this.queue.push(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}`,
    },
    {
      name: 'a helper that gives back what takes it off',
      path: 'src/ask.js',
      code: `export async function ask(url, options) {
  const controller = new AbortController();
  const free = joinTo(controller, options.signal);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    free();
  }
}
function joinTo(controller, signal) {
  const stop = () => controller.abort(signal.reason);
  signal.addEventListener('abort', stop);
  return () => signal.removeEventListener('abort', stop);
}`,
    },
    {
      name: 'a helper for the one controller of an instance and a signal of its own',
      path: 'src/loader.ts',
      code: `function follow(own: AbortController, given: AbortSignal) {
  given.addEventListener('abort', () => own.abort());
}
export class Loader {
  private readonly own = new AbortController();
  constructor(signal: AbortSignal) { follow(this.own, signal); }
}`,
    },
  ],
);
