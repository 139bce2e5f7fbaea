import { samples } from '../expectLeaks';

samples(
  'cache/memoize-unbounded',
  [
    {
      name: 'lodash memoize by text',
      code: `import { memoize } from 'lodash';
export const parse = memoize((text: string) => JSON.parse(text)); // leak cache/memoize-unbounded`,
    },
    {
      name: 'a default import',
      path: 'src/a.js',
      code: `const _ = require('lodash');
const fetchPage = _.memoize(async (url) => (await fetch(url)).text()); // leak cache/memoize-unbounded
module.exports = { fetchPage };`,
    },
    {
      name: 'memoizee without a limit',
      code: `import memoizee from 'memoizee';
async function profile(userId: string) { return fetch('/users/' + userId); }
export const cachedProfile = memoizee(profile, { promise: true }); // leak cache/memoize-unbounded`,
    },
  ],
  [
    {
      name: 'a limit',
      code: `import memoizee from 'memoizee';
export const parse = memoizee((text: string) => JSON.parse(text), { max: 100 });`,
    },
    {
      name: 'no argument',
      code: `import { memoize } from 'lodash';
export const settings = memoize(() => JSON.parse('{}'));`,
    },
    {
      name: 'a cache that is cleared or replaced',
      code: `import memoize from 'lodash/memoize';
const parse = memoize((text: string) => JSON.parse(text));
export function reset() { parse.cache.clear?.(); }
export const use = (text: string) => parse(text);`,
    },
    {
      name: 'the last value, and a memo of a call',
      code: `import memoizeOne from 'memoize-one';
import { memoize } from 'lodash';
export const last = memoizeOne((text: string) => text.trim());
export function run(texts: readonly string[]) { const trim = memoize((text: string) => text.trim()); return texts.map(trim); }`,
    },
    {
      name: 'a closed set of arguments',
      code: `import { memoize } from 'lodash';
export const label = memoize((type: string) => type.toUpperCase());
export const icon = memoize((size: 16 | 32) => 'icon' + size);`,
    },
  ],
);

samples(
  'cache/lru-without-max',
  [
    {
      name: 'NodeCache without options',
      path: 'src/a.js',
      code: `const NodeCache = require('node-cache');
const cache = new NodeCache(); // leak cache/lru-without-max
exports.remember = (userId, value) => cache.set(userId, value);`,
    },
    {
      name: 'an LRU without a size',
      code: `import LRU from 'lru-cache';
const pages = new LRU<string, string>({ updateAgeOnGet: true }); // leak cache/lru-without-max
export function keep(url: string, page: string) { pages.set(url, page); }`,
    },
    {
      name: 'a Keyv of a service',
      code: `import Keyv from 'keyv';
export class TokenService {
  private readonly tokens = new Keyv(); // leak cache/lru-without-max
  async store(sessionId: string, token: string) { await this.tokens.set(sessionId, token); }
}`,
    },
  ],
  [
    {
      name: 'limits',
      code: `import { LRUCache } from 'lru-cache';
import NodeCache from 'node-cache';
const pages = new LRUCache<string, string>({ max: 500 });
const users = new NodeCache({ stdTTL: 60 });
export function keep(url: string, page: string) { pages.set(url, page); users.set(url, page); }`,
    },
    {
      name: 'options from elsewhere',
      code: `import { LRUCache } from 'lru-cache';
import { options } from './options';
const pages = new LRUCache<string, string>(options);
const more = new LRUCache<string, string>({ ...options });
export function keep(url: string, page: string) { pages.set(url, page); more.set(url, page); }`,
    },
    {
      name: 'an expiry per entry',
      code: `import NodeCache from 'node-cache';
const cache = new NodeCache();
export function keep(url: string, page: string) { cache.set(url, page, 600); }`,
    },
    {
      name: 'a number as the size',
      code: `import LRU from 'lru-cache';
const pages = new LRU(100);
export function keep(url: string, page: string) { pages.set(url, page); }`,
    },
    {
      name: 'entries that are deleted',
      code: `import NodeCache from 'node-cache';
const cache = new NodeCache();
export function keep(sessionId: string, page: string) { cache.set(sessionId, page); }
export function drop(sessionId: string) { cache.del(sessionId); }`,
    },
  ],
);

samples(
  'cache/replay-subject',
  [
    {
      name: 'a subject of the module',
      code: `import { ReplaySubject } from 'rxjs';
export const messages = new ReplaySubject<string>(); // leak cache/replay-subject
export function receive(text: string) { messages.next(text); }`,
    },
    {
      name: 'a field of a service',
      code: `import { Injectable } from '@angular/core';
import { ReplaySubject } from 'rxjs';
@Injectable({ providedIn: 'root' })
export class EventService {
  private readonly events = new ReplaySubject<object>(); // leak cache/replay-subject
  publish(event: object) { this.events.next(event); }
}`,
    },
    {
      name: 'a subject that a socket feeds',
      code: `import { ReplaySubject } from 'rxjs';
const lines = new ReplaySubject<string>(); // leak cache/replay-subject
process.stdin.on('data', (chunk) => lines.next(String(chunk)));`,
    },
  ],
  [
    {
      name: 'a size, also from a constant',
      code: `import { ReplaySubject } from 'rxjs';
const size = 10;
const a = new ReplaySubject<string>(1);
const b = new ReplaySubject<string>(size);
export function receive(text: string) { a.next(text); b.next(text); }`,
    },
    {
      name: 'a window of time',
      code: `import { ReplaySubject } from 'rxjs';
const recent = new ReplaySubject<string>(Infinity, 1000);
export function receive(text: string) { recent.next(text); }`,
    },
    {
      name: 'a value given once',
      code: `import { ReplaySubject } from 'rxjs';
const ready = new ReplaySubject<void>();
ready.next();
ready.complete();
export const whenReady = () => ready.asObservable();`,
    },
  ],
);

samples(
  'cache/finalization-registry-strong',
  [
    {
      name: 'the target as held value',
      code: `const registry = new FinalizationRegistry((held) => console.log(held));
export function track(texture: object) {
  registry.register(texture, texture); // leak cache/finalization-registry-strong
}`,
    },
    {
      name: 'a function that uses the target',
      code: `const registry = new FinalizationRegistry((free: () => void) => free());
export function track(buffer: { handle: number }) {
  registry.register(buffer, () => release(buffer.handle)); // leak cache/finalization-registry-strong
}`,
    },
    {
      name: 'this in an object',
      code: `export class Texture {
  static readonly #registry = new FinalizationRegistry((held: { owner: object }) => console.log(held));
  constructor() {
    Texture.#registry.register(this, { owner: this }); // leak cache/finalization-registry-strong
  }
}`,
    },
  ],
  [
    {
      name: 'an id',
      code: `const registry = new FinalizationRegistry((id) => console.log(id));
export function track(texture: { id: number }) { registry.register(texture, texture.id); }`,
    },
    {
      name: 'the target as token',
      code: `const registry = new FinalizationRegistry((id) => console.log(id));
export function track(texture: { id: number }) { registry.register(texture, texture.id, texture); }`,
    },
    {
      name: 'a weak reference',
      code: `const registry = new FinalizationRegistry((ref) => console.log(ref));
export function track(texture: object) { registry.register(texture, new WeakRef(texture)); }`,
    },
    {
      name: 'a registry of another kind',
      code: `export function add(registry: { register(a: object, b: object): void }, plugin: object) { registry.register(plugin, plugin); }`,
    },
  ],
);

samples(
  'cache/async-local-enter-with',
  [
    {
      name: 'a store entered for each message',
      code: `import { AsyncLocalStorage } from 'node:async_hooks';
const context = new AsyncLocalStorage<object>();
process.on('message', (message) => {
  context.enterWith({ message }); // leak cache/async-local-enter-with
  handle(message);
});`,
    },
    {
      name: 'a middleware',
      code: `import express from 'express';
import { AsyncLocalStorage } from 'async_hooks';
const storage = new AsyncLocalStorage();
const app = express();
app.use((req, res, next) => {
  storage.enterWith({ id: req.id }); // leak cache/async-local-enter-with
  next();
});`,
    },
    {
      name: 'a field of a class',
      path: 'src/a.js',
      code: `const { AsyncLocalStorage } = require('node:async_hooks');
class Tracer {
  constructor(bus) {
    this.spans = new AsyncLocalStorage();
    bus.on('job', (job) => {
      this.spans.enterWith({ job }); // leak cache/async-local-enter-with
    });
  }
}
module.exports = { Tracer };`,
    },
  ],
  [
    {
      name: 'run',
      code: `import { AsyncLocalStorage } from 'node:async_hooks';
const context = new AsyncLocalStorage<object>();
process.on('message', (message) => { context.run({ message }, () => handle(message)); });`,
    },
    {
      name: 'entered once for the program',
      code: `import { AsyncLocalStorage } from 'node:async_hooks';
const context = new AsyncLocalStorage<object>();
context.enterWith({ started: Date.now() });
process.on('message', () => handle(context.getStore()));`,
    },
    {
      name: 'a method of that name elsewhere',
      code: `export function go(scene: { enterWith(x: object): void }, bus: { on(event: string, fn: (message: object) => void): void }) {
  bus.on('message', (message) => { scene.enterWith({ message }); });
}`,
    },
  ],
);

samples(
  'cache/component-state-array',
  [
    {
      name: 'lines of a socket',
      path: 'src/log.tsx',
      code: `import { useEffect, useState } from 'react';
export function Log({ url }: { url: string }) {
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = (event) => {
      setLines((previous) => [...previous, event.data]); // leak cache/component-state-array
    };
    return () => socket.close();
  }, [url]);
  return <pre>{lines.join('')}</pre>;
}`,
    },
    {
      name: 'samples of a timer',
      path: 'src/chart.tsx',
      code: `import React, { useEffect, useState } from 'react';
export const Chart = () => {
  const [points, setPoints] = useState<number[]>([]);
  useEffect(() => {
    const timer = setInterval(() => {
      setPoints((before) => before.concat(performance.now())); // leak cache/component-state-array
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return <b>{points.length}</b>;
};`,
    },
    {
      name: 'events of a hook',
      code: `import { useEffect, useState } from 'react';
export function useEvents(bus: { on(event: string, fn: (event: object) => void): () => void }) {
  const [events, setEvents] = useState<object[]>([]);
  useEffect(() => {
    return bus.on('event', (event) => {
      setEvents((all) => { return [...all, event]; }); // leak cache/component-state-array
    });
  }, [bus]);
  return events;
}`,
    },
  ],
  [
    {
      name: 'the last entries only',
      code: `import { useEffect, useState } from 'react';
export function useLines(bus: { on(event: string, fn: (line: string) => void): () => void }) {
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => bus.on('line', (line) => setLines((all) => [...all.slice(-99), line])), [bus]);
  return lines;
}`,
    },
    {
      name: 'rows that a user adds',
      path: 'src/form.tsx',
      code: `import { useState } from 'react';
export function Form() {
  const [rows, setRows] = useState<string[]>([]);
  return <button onClick={() => setRows((all) => [...all, ''])}>{rows.length}</button>;
}`,
    },
    {
      name: 'a list that is reset or filtered',
      code: `import { useEffect, useState } from 'react';
export function useToasts(bus: { on(event: string, fn: (toast: string) => void): () => void }) {
  const [toasts, setToasts] = useState<string[]>([]);
  useEffect(() => bus.on('toast', (toast) => setToasts((all) => [...all, toast])), [bus]);
  return { toasts, dismiss: (toast: string) => setToasts((all) => all.filter((one) => one !== toast)) };
}`,
    },
  ],
);

samples(
  'cache/race-with-long-lived-promise',
  [
    {
      name: 'a stop promise in a read loop',
      code: `export async function consume(reader: { read(): Promise<string> }) {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => { stop = resolve; });
  process.on('exit', stop);
  while (true) {
    const chunk = await Promise.race([reader.read(), stopped]); // leak cache/race-with-long-lived-promise
    if (!chunk) break;
  }
}`,
    },
    {
      name: 'a closed promise of the caller',
      code: `export async function* frames(source: { next(): Promise<object> }, closed: Promise<void>) {
  for (;;) {
    const frame = await Promise.race([source.next(), closed]); // leak cache/race-with-long-lived-promise
    if (!frame) return;
    yield frame;
  }
}`,
    },
    {
      name: 'a promise of the instance',
      code: `export class Worker {
  private readonly aborted = new Promise<void>((resolve) => { this.abort = resolve; });
  private abort = () => {};
  async run(queue: { take(): Promise<() => void> }) {
    do {
      const job = await Promise.race([queue.take(), this.aborted]); // leak cache/race-with-long-lived-promise
      if (!job) return;
      job();
    } while (true);
  }
}`,
    },
  ],
  [
    {
      name: 'both made in the round',
      code: `export async function poll(read: () => Promise<string>) {
  while (true) {
    const got = await Promise.race([read(), tick()]);
    if (!got) return;
  }
}`,
    },
    {
      name: 'a race outside a loop',
      code: `export async function first(a: Promise<string>, closed: Promise<void>) { return Promise.race([a.then((x) => x), closed]); }`,
    },
    {
      name: 'promises that the round replaces',
      code: `export async function merge(a: AsyncIterator<string>, b: AsyncIterator<string>) { let x = a.next(); let y = b.next(); while (true) { const got = await Promise.race([x, y, tick()]); if (!got) return; x = a.next(); y = b.next(); } }`,
    },
    {
      name: 'a limit of the running work',
      code: `export async function pool(tasks: readonly (() => Promise<void>)[]) { const running = new Set<Promise<void>>(); for (const task of tasks) { const work = task().finally(() => running.delete(work)); running.add(work); if (running.size > 4) await Promise.race(running); } await Promise.all(running); }`,
    },
  ],
);

samples(
  'cache/promise-chain-collected',
  [
    {
      name: 'a promise of all before it',
      code: `let all: Promise<unknown> = Promise.resolve();
export function schedule(work: () => Promise<unknown>) {
  all = Promise.all([all, work()]); // leak cache/promise-chain-collected
}`,
    },
    {
      name: 'a field that joins itself',
      path: 'src/writer.js',
      code: `export class Writer {
  constructor() { this.done = Promise.resolve(); }
  write(chunk) {
    this.done = Promise.allSettled([this.done, this.send(chunk)]); // leak cache/promise-chain-collected
  }
  send(chunk) { return fetch('/write', { method: 'POST', body: chunk }); }
}`,
    },
    {
      name: 'promises pushed for a wait at the end',
      code: `const writePromises: Promise<void>[] = [];
export function write(line: string) {
  writePromises.push(append(line)); // leak cache/promise-chain-collected
}
export const flush = () => Promise.all(writePromises);`,
    },
  ],
  [
    {
      name: 'the tail alone',
      code: `let tail: Promise<unknown> = Promise.resolve();
export function schedule(work: () => Promise<unknown>) { tail = tail.then(() => work()); return tail; }`,
    },
    {
      name: 'promises of a call',
      code: `export async function writeAll(lines: readonly string[]) { const writePromises: Promise<void>[] = []; for (const line of lines) writePromises.push(append(line)); await Promise.all(writePromises); }`,
    },
    {
      name: 'a list that starts anew when it is awaited',
      code: `let writePromises: Promise<void>[] = [];
export function write(line: string) { writePromises.push(append(line)); }
export async function flush() { const all = writePromises; writePromises = []; await Promise.all(all); }`,
    },
  ],
);
