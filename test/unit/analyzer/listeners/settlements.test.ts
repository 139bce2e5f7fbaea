import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const emitter = `import { EventEmitter } from 'node:events';\n`;

samples(
  'listener/abort-on-caller-signal',
  [
    {
      name: 'a sleep that can be aborted',
      code: `export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => { // leak listener/abort-on-caller-signal
      clearTimeout(timer);
      reject(new Error('aborted'));
    });
  });
}`,
    },
    {
      name: 'once, which fires only on abort',
      path: 'src/request.js',
      code: `export async function request(url, options = {}) {
  const controller = new AbortController();
  if (options.signal) options.signal.addEventListener('abort', () => controller.abort(), { once: true }); // leak listener/abort-on-caller-signal
  const response = await fetch(url, { signal: controller.signal });
  return response.json();
}`,
    },
    {
      name: 'a removal on one of two ways',
      code: `export function run(child: Child, { signal }: { signal: AbortSignal }) {
  return new Promise<void>((resolve, reject) => {
    const onAbort = () => child.stop();
    signal.addEventListener('abort', onAbort); // leak listener/abort-on-caller-signal
    child.on('done', () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    child.on('failed', (error) => reject(error));
  });
}`,
    },
    {
      name: 'a clean-up that clears the timer only',
      code: `export function combine(signal: AbortSignal, ms: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  signal.addEventListener('abort', () => controller.abort(), { once: true }); // hint listener/abort-on-caller-signal
  const cleanup = () => clearTimeout(timer);
  return { signal: controller.signal, cleanup };
}`,
    },
    {
      name: 'a signal of the instance, for each call',
      code: `export class Queue {
  constructor(private readonly signal: AbortSignal) {}
  async take(job: Job) {
    const cancel = () => job.cancel();
    this.signal.addEventListener('abort', cancel); // leak listener/abort-on-caller-signal
    return await job.result();
  }
}`,
    },
  ],
  [
    {
      name: 'removal in finally',
      code: `export async function request(url: string, signal: AbortSignal) {
  const controller = new AbortController();
  const onAbort = () => controller.abort();
  signal.addEventListener('abort', onAbort);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}`,
    },
    {
      name: 'one clean-up for every way',
      code: `export function sleep(ms: number, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const cleanUp = () => { clearTimeout(timer); signal.removeEventListener('abort', onAbort); };
    const onAbort = () => { cleanUp(); reject(signal.reason); };
    const timer = setTimeout(() => { cleanUp(); resolve(); }, ms);
    signal.addEventListener('abort', onAbort);
  });
}`,
    },
    {
      name: 'a promise that only the abort settles',
      code: `export function aborted(signal: AbortSignal) { return new Promise((_, reject) => { signal.addEventListener('abort', () => reject(signal.reason), { once: true }); }); }`,
    },
    {
      name: 'a signal made here',
      code: `export async function get(url: string) {
  const controller = new AbortController();
  controller.signal.addEventListener('abort', () => console.log('late'));
  return await fetch(url, { signal: controller.signal });
}`,
    },
    {
      name: 'a service that lives until the abort',
      code: `export async function serve(signal: AbortSignal) {
  const server = await listen();
  signal.addEventListener('abort', () => server.close());
  return server;
}
export async function poll(signal: AbortSignal) {
  signal.addEventListener('abort', () => console.log('bye'));
  while (!signal.aborted) await tick();
}`,
    },
    {
      name: 'the signal of one request',
      code: `export async function handle(request: Request) {
  request.signal.addEventListener('abort', () => console.log('gone'));
  return await render(request);
}`,
    },
    {
      name: 'a signal of its own for the listener',
      code: `export async function load(url: string, signal: AbortSignal) {
  const done = new AbortController();
  signal.addEventListener('abort', () => console.log('abort'), { signal: done.signal });
  try {
    return await fetch(url);
  } finally {
    done.abort();
  }
}`,
    },
    {
      name: 'the promise’s own finally',
      code: `export function wait(work: Promise<void>, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}`,
    },
    {
      name: 'a clean-up that removes it',
      code: `export function combine(signal: AbortSignal, ms: number) {
  const controller = new AbortController();
  const forward = () => controller.abort();
  const timer = setTimeout(forward, ms);
  signal.addEventListener('abort', forward, { once: true });
  return { signal: controller.signal, cleanup: () => { clearTimeout(timer); signal.removeEventListener('abort', forward); } };
}`,
    },
    {
      name: 'abort of a request, which is no signal',
      code: `export function send(xhr: XMLHttpRequest) { return new Promise((resolve, reject) => { xhr.addEventListener('abort', reject); xhr.addEventListener('load', resolve); }); }`,
    },
  ],
);

samples(
  'listener/emitter-once-never-fires',
  [
    {
      name: 'a reply that may be late',
      code: `${emitter}const replies = new EventEmitter();
export function reply(id: string) {
  return new Promise((resolve, reject) => {
    replies.once(id, resolve); // leak listener/emitter-once-never-fires
    setTimeout(() => reject(new Error('late')), 1000);
  });
}`,
    },
    {
      name: 'its own event',
      code: `${emitter}export class Client extends EventEmitter {
  call(id: string) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('late')), 1000);
      this.once('reply:' + id, (value) => { // hint listener/emitter-once-never-fires
        clearTimeout(timer);
        resolve(value);
      });
      this.send(id);
    });
  }
  send(id: string) { void id; }
}`,
    },
    {
      name: 'work that fails before',
      code: `${emitter}export class Client {
  constructor(private readonly bus: EventEmitter) {}
  call(id: string) {
    return new Promise((resolve, reject) => {
      this.bus.once('answer', resolve); // leak listener/emitter-once-never-fires
      this.write(id).catch(reject);
    });
  }
  private async write(id: string) { void id; }
}`,
    },
  ],
  [
    {
      name: 'off when it is late',
      code: `${emitter}const replies = new EventEmitter();
export function reply(id: string) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { replies.off(id, done); reject(new Error('late')); }, 1000);
    const done = (value: unknown) => { clearTimeout(timer); resolve(value); };
    replies.once(id, done);
  });
}`,
    },
    {
      name: 'nothing else settles it',
      code: `${emitter}const bus = new EventEmitter();
export function next() { return new Promise((resolve) => bus.once('next', resolve)); }`,
    },
    {
      name: 'an emitter made for the call',
      code: `import { spawn } from 'node:child_process';
export function run() {
  return new Promise((resolve, reject) => {
    const child = spawn('ls');
    child.once('message', resolve);
    setTimeout(() => reject(new Error('late')), 1000);
  });
}`,
    },
    {
      name: 'a receiver that the timeout ends',
      code: `${emitter}import net from 'node:net';
export class Client {
  private readonly socket = new net.Socket();
  ask() {
    return new Promise((resolve, reject) => {
      this.socket.once('data', resolve);
      setTimeout(() => { this.socket.destroy(); reject(new Error('late')); }, 1000);
    });
  }
}`,
    },
    {
      name: 'a field that the method fills',
      code: `import { fork } from 'node:child_process';
export class Pool {
  restart() {
    if (this.child) this.child.kill();
    this.child = fork('./worker.js');
    return new Promise((resolve, reject) => {
      this.child.once('message', resolve);
      setTimeout(() => reject(new Error('late')), 1000);
    });
  }
}`,
      path: 'src/pool.js',
    },
  ],
);

samples(
  'listener/race-loser-left',
  [
    {
      name: 'an error handler for each drain',
      code: `import type { Writable } from 'node:stream';
export class Log {
  constructor(private readonly out: Writable) {}
  write(line: string) {
    return new Promise<void>((resolve, reject) => {
      if (this.out.write(line)) return resolve();
      this.out.once('drain', resolve);
      this.out.once('error', reject); // leak listener/race-loser-left
    });
  }
}`,
    },
    {
      name: 'two answers, one of which comes',
      code: `${emitter}export const bus = new EventEmitter();
export function ask(id: string) {
  return new Promise((resolve, reject) => {
    bus.once('ok:' + id, resolve); // leak listener/race-loser-left
    bus.once('failed:' + id, reject); // leak listener/race-loser-left
  });
}`,
    },
    {
      name: 'a writer’s stream, parameter of a function',
      code: `import type { Writable } from 'node:stream';
export function drained(out: Writable) {
  return new Promise<void>((resolve, reject) => {
    out.once('drain', () => resolve());
    out.once('error', (error) => reject(error)); // hint listener/race-loser-left
  });
}`,
    },
  ],
  [
    {
      name: 'what the one gave ends it',
      code: `${emitter}export const bus = new EventEmitter();
export function ask(id: string) {
  return new Promise<void>((resolve, reject) => {
    const off = bus.once('failed:' + id, reject);
    new Image().addEventListener('load', () => { off(); resolve(); });
  });
}`,
    },
    {
      name: 'each handler removes the other',
      code: `import type { Writable } from 'node:stream';
export function drained(out: Writable) {
  return new Promise<void>((resolve, reject) => {
    const done = () => { out.off('error', failed); resolve(); };
    const failed = (error: Error) => { out.off('drain', done); reject(error); };
    out.once('drain', done);
    out.once('error', failed);
  });
}`,
    },
    {
      name: 'the start of a server of its own',
      code: `import http from 'node:http';
export class App {
  private readonly server = http.createServer();
  listen(port: number) {
    return new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.once('listening', resolve);
      this.server.listen(port);
    });
  }
  close() { this.server.close(); }
}`,
    },
    {
      name: 'a stream that ends',
      code: `import type { Readable } from 'node:stream';
export function text(stream: Readable) {
  return new Promise<string>((resolve, reject) => {
    let all = '';
    stream.on('data', (chunk) => { all += chunk; });
    stream.once('end', () => resolve(all));
    stream.once('error', reject);
  });
}`,
    },
    {
      name: 'removers given to a subscription, and all taken off by a reset',
      code: `${emitter}export class Keys {
  private readonly source = new EventEmitter();
  usable() {
    return new Promise((resolve, reject) => {
      this.source.once('ok', resolve);
      this.source.once('failed', reject);
    });
  }
  reset() { this.source.removeAllListeners(); }
}
export const bus = new EventEmitter();
export function ask(scope: { add(off: () => void): void }) {
  return new Promise((resolve, reject) => {
    bus.once('ok', resolve);
    scope.add(() => bus.off('ok', resolve));
    setTimeout(reject, 1000);
  });
}`,
    },
    {
      name: 'the whole is removed',
      code: `${emitter}export const bus = new EventEmitter();
export function ask(id: string) {
  return new Promise((resolve, reject) => {
    const clean = () => { bus.removeAllListeners('ok:' + id); bus.removeAllListeners('failed:' + id); };
    bus.once('ok:' + id, (value) => { clean(); resolve(value); });
    bus.once('failed:' + id, (error) => { clean(); reject(error); });
  });
}`,
    },
  ],
);

samples(
  'listener/emitter-on, on the way of a failure',
  [
    {
      name: 'removal after an await that may fail',
      code: `${emitter}export class Runner {
  constructor(private readonly bus: EventEmitter) {}
  async run(work: () => Promise<void>) {
    const onProgress = () => console.log('.');
    this.bus.on('progress', onProgress); // leak listener/emitter-on
    await work();
    this.bus.off('progress', onProgress);
  }
}`,
    },
    {
      name: 'a signal handler of one run',
      code: `export async function runTask(work: { start(): Promise<void>; stop(): void }) {
  const stop = () => work.stop();
  process.on('SIGINT', stop); // leak listener/emitter-on
  const result = await work.start();
  process.removeListener('SIGINT', stop);
  return result;
}`,
    },
    {
      name: 'the signal of the caller',
      code: `export async function load(url: string, signal: AbortSignal) {
  const controller = new AbortController();
  const forward = () => controller.abort();
  signal.addEventListener('abort', forward); // leak listener/abort-on-caller-signal
  const response = await fetch(url, { signal: controller.signal });
  signal.removeEventListener('abort', forward);
  return response;
}`,
    },
  ],
  [
    {
      name: 'finally',
      code: `export async function runTask(work: { start(): Promise<void>; stop(): void }) {
  const stop = () => work.stop();
  process.on('SIGINT', stop);
  try { return await work.start(); } finally { process.removeListener('SIGINT', stop); }
}`,
    },
    {
      name: 'a failure that is caught before',
      code: `export async function runTask(work: { start(): Promise<void>; stop(): void }) {
  const stop = () => work.stop();
  process.on('SIGINT', stop);
  try { await work.start(); } catch (error) { console.error(error); }
  process.removeListener('SIGINT', stop);
}`,
    },
    {
      name: 'a removal in the teardown',
      code: `${emitter}export class Runner {
  constructor(private readonly bus: EventEmitter) {}
  private readonly onProgress = () => {};
  async run(work: () => Promise<void>) { this.bus.on('progress', this.onProgress); await work(); }
  dispose() { this.bus.off('progress', this.onProgress); }
}`,
    },
  ],
);

samples(
  'a removal after the wait, by whoever made the promise',
  [
    {
      name: 'of the handler that the promise of the race has added',
      code: `import { EventEmitter } from 'node:events';
const line = new EventEmitter();
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  let fail: () => void;
  const broken = new Promise<T>((_, reject) => {
    fail = () => reject(new Error('broken'));
    line.once('beforeExit', fail); // leak listener/emitter-once-never-fires
  });
  const result = await Promise.race([work(), broken]);
  line.off('beforeExit', fail!);
  return result;
}`,
    },
    {
      name: 'though another work of the file has a handler of the same name',
      path: 'src/works.js',
      code: `const { EventEmitter } = require('events');
const line = new EventEmitter();
exports.first = async function first(work) {
  const stop = () => work.stop();
  line.on('halt', stop); // leak listener/emitter-on
  await work.run();
  line.off('halt', stop);
};
exports.second = async function second(work) {
  const stop = () => work.stop();
  line.on('halt', stop);
  try {
    await work.run();
  } finally {
    line.off('halt', stop);
  }
};`,
    },
  ],
  [
    {
      name: 'in a finally',
      code: `import { EventEmitter } from 'node:events';
const line = new EventEmitter();
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  let fail: () => void;
  const broken = new Promise<T>((_, reject) => {
    fail = () => reject(new Error('broken'));
    line.once('drop', fail);
  });
  try {
    return await Promise.race([work(), broken]);
  } finally {
    line.off('drop', fail!);
  }
}`,
    },
    {
      name: 'behind a wait whose failure goes on',
      code: `import { EventEmitter } from 'node:events';
const line = new EventEmitter();
export async function guarded(work: () => Promise<void>): Promise<void> {
  let fail: () => void;
  const broken = new Promise<void>((_, reject) => {
    fail = () => reject(new Error('broken'));
    line.once('drop', fail);
  });
  await Promise.race([work(), broken]).catch((error) => console.error(error));
  line.off('drop', fail!);
}`,
    },
    {
      name: 'by whoever takes the promise, in a function that is no work of its own',
      code: `import { EventEmitter } from 'node:events';
const line = new EventEmitter();
export function guarded<T>(work: () => Promise<T>): Promise<T> {
  let fail: () => void;
  const broken = new Promise<T>((_, reject) => {
    fail = () => reject(new Error('broken'));
    line.once('drop', fail);
  });
  return Promise.race([work(), broken]).finally(() => line.off('drop', fail!));
}`,
    },
  ],
);

describe('a wait for one event that something else ends', () => {
  const severities = (event: string): readonly string[] =>
    findingsOf(`import { ipcRenderer } from 'electron';
export function clear() {
  return new Promise<void>((resolve, reject) => {
    ipcRenderer.once('${event}', () => resolve());
    new Image().addEventListener('error', () => reject(new Error('too late')));
  });
}`).map(({ severity }) => severity);
  it('weighs little: late, the event comes all the same', () => assert.deepEqual(severities('cleared'), ['low']));
  it('weighs more where the event tells of a failure, which may never come', () =>
    assert.deepEqual(severities('failed'), ['medium']));
});
