/** Abort listeners that a work leaves on the signal of its caller. */
import { samples } from '../expectLeaks';

samples(
  'listeners left on the signal of a caller',
  [
    {
      name: 'a search that ends by a timer or by its process',
      code: `import { spawn } from 'node:child_process';
function grep(text: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('grep', [text]);
    let found = '';
    const finish = () => { child.kill(); resolve(found); };
    const timer = setTimeout(finish, 5000);
    signal?.addEventListener('abort', () => finish()); // leak listener/abort-on-caller-signal
    child.on('close', () => { clearTimeout(timer); resolve(found); });
  });
}
export function makeSearch() {
  return async (text: string, context: { signal?: AbortSignal }) => grep(text, context.signal);
}`,
    },
    {
      name: 'a generator that is done when its answer is',
      code: `export async function* ask(client: Client, text: string, signal: AbortSignal) {
  const cancellation = client.cancellation();
  signal.addEventListener('abort', () => cancellation.cancel(), { once: true }); // leak listener/abort-on-caller-signal
  for await (const part of client.send(text, cancellation)) yield part.text;
}`,
    },
    {
      name: 'an async function that returns the promise of its work',
      code: `export async function signIn(dispatch: Dispatch, signal?: AbortSignal) {
  signal?.addEventListener('abort', () => dispatch({ type: 'cancelled' })); // leak listener/abort-on-caller-signal
  return dispatch({ type: 'begin' });
}`,
    },
    {
      name: 'a method of a table that is made of names',
      code: `export function methods(names: string[]) {
  return Object.fromEntries(names.map((name) => [
    name,
    async ({ signal, ...rest }: { signal?: AbortSignal }) => {
      signal?.addEventListener('abort', () => cancel(name), { once: true }); // leak listener/abort-on-caller-signal
      return await invoke(name, rest);
    },
  ]));
}`,
    },
    {
      name: 'a token, where the promise is given, too',
      code: `export function cancellable<T>(promise: Promise<T>, token: CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    token.onCancellationRequested(() => reject(new Error('cancelled'))); // leak listener/abort-on-caller-signal
    promise.then(resolve, reject);
  });
}`,
    },
  ],
  [
    {
      name: 'what the listener ends is given to the caller, who works with it until then',
      code: `export async function serve(port: number, signal: AbortSignal) {
  const server = await listen(port);
  signal.addEventListener('abort', () => server.close());
  await announce(port);
  return server;
}`,
    },
    {
      name: 'each caller makes a signal for it',
      code: `async function load(url: string, signal: AbortSignal) {
  const reader = await open(url);
  signal.addEventListener('abort', () => reader.cancel());
  return await reader.read();
}
export async function first(urls: string[]) {
  const controller = new AbortController();
  const text = await load(urls[0], controller.signal);
  return text;
}`,
    },
    {
      name: 'a function among the options of a library is given a signal for each call',
      code: `query({
  load: ({ signal }) => new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }),
});`,
    },
    {
      name: 'a tool that a library calls with a signal for each call',
      code: `const tool = {
  execute: async ({ signal }: { signal: AbortSignal }) => {
    signal.addEventListener('abort', () => note('aborted'));
    await work();
  },
};
export const tools = [tool];`,
    },
    {
      name: 'a generator removes it at its end',
      code: `export async function* ask(client: Client, text: string, signal: AbortSignal) {
  const cancellation = client.cancellation();
  const onAbort = () => cancellation.cancel();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const part of client.send(text, cancellation)) yield part.text;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}`,
    },
    {
      name: 'a generator that goes on until the signal comes',
      code: `export async function* ticks(signal: AbortSignal) {
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) yield await new Promise<void>((resolve) => { wake = resolve; });
}`,
    },
    {
      name: 'a method that sets up what lasts as long as its signal',
      code: `export class Watcher {
  async start(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.halt());
    return this.open();
  }
  halt() {}
  open() { return 1; }
}`,
    },
  ],
);
