import { samples } from '../expectLeaks';

samples(
  'operators that keep all of an endless stream',
  [
    {
      name: 'a scan that appends',
      code: `import { interval, scan } from 'rxjs';
export const ticks$ = interval(1000).pipe(scan((all, tick) => [...all, tick], [] as number[])); // leak cache/stream-keeps-all`,
    },
    {
      name: 'a scan into a part of what it keeps',
      code: `import { Subject, scan } from 'rxjs';
interface Sum { values: number[]; total: number }
const values = new Subject<number>();
const add = (sum: Sum, value: number): Sum => ({
  values: sum.values.concat(value), // leak cache/stream-keeps-all
  total: sum.total + value,
});
export const sum$ = values.asObservable().pipe(scan(add, { values: [], total: 0 }));`,
    },
    {
      name: 'a replay without a bound',
      code: `import { fromEvent, shareReplay } from 'rxjs';
export const moves$ = fromEvent(window, 'storage').pipe(shareReplay()); // leak cache/stream-keeps-all`,
    },
    {
      name: 'the keys of all that came',
      code: `import { webSocket } from 'rxjs/webSocket';
import { distinct } from 'rxjs/operators';
const orders$ = webSocket<{ id: string }>('wss://example.com');
export const fresh$ = orders$.pipe(distinct((order) => order.id)); // leak cache/stream-keeps-all`,
    },
    {
      name: 'a group for each key',
      code: `import { groupBy, mergeMap, debounceTime, Subject } from 'rxjs';
const changes = new Subject<string>();
export const settled$ = changes.pipe(
  groupBy((file) => file), // leak cache/stream-keeps-all
  mergeMap((group) => group.pipe(debounceTime(100))),
);`,
    },
  ],
  [
    {
      name: 'a scan that cuts',
      code: `import { interval, scan } from 'rxjs';
export const ticks$ = interval(1000).pipe(scan((all, tick) => [...all, tick].slice(-10), [] as number[]));`,
    },
    {
      name: 'a scan that counts',
      code: `import { interval, scan } from 'rxjs';
export const ticks$ = interval(1000).pipe(scan((count) => count + 1, 0));`,
    },
    {
      name: 'a stream that ends',
      code: `import { from, scan } from 'rxjs';
export const pages$ = from(fetchPages()).pipe(scan((all, page) => [...all, page], []));`,
    },
    {
      name: 'a stream that is ended',
      code: `import { interval, scan, take } from 'rxjs';
export const ticks$ = interval(1000).pipe(take(5), scan((all, tick) => [...all, tick], [] as number[]));`,
    },
    {
      name: 'bounds of the operators',
      code: `import { fromEvent, groupBy, shareReplay, timer, distinct } from 'rxjs';
const moves$ = fromEvent<{ id: string }>(window, 'storage');
export const last$ = moves$.pipe(shareReplay(1));
export const counted$ = moves$.pipe(shareReplay({ bufferSize: 1, refCount: true }));
export const fresh$ = moves$.pipe(distinct((move) => move.id, timer(0, 1000)));
export const groups$ = moves$.pipe(groupBy((move) => move.id, { duration: () => timer(1000) }));`,
    },
  ],
);

samples(
  'registries of libraries',
  [
    {
      name: 'a label per session',
      code: `import { Gauge } from 'prom-client';
const size = new Gauge({ name: 'size', help: 'size', labelNames: ['session'] });
export function report(sessionId: string, bytes: number) {
  size.labels({ session: sessionId }).set(bytes); // leak cache/library-registry
}`,
    },
    {
      name: 'a label per made-up id',
      code: `import client from 'prom-client';
import { randomUUID } from 'node:crypto';
const depth = new client.Gauge({ name: 'depth', help: 'depth', labelNames: ['stream'] });
export function watch(stream: { length: number }) {
  const id = randomUUID();
  return setInterval(() => depth.set({ stream: id }, stream.length), 1000); // leak cache/library-registry
}`,
    },
    {
      name: 'marks of each request',
      code: `import { performance } from 'node:perf_hooks';
export async function timed(request: { id: string }, work: () => Promise<void>) {
  performance.mark(\`begin-\${request.id}\`); // leak cache/library-registry
  await work();
  return performance.now();
}`,
    },
    {
      name: 'a partial per message',
      code: `const Handlebars = require('handlebars');
let count = 0;
exports.render = (layout, text) => {
  const name = \`text-\${++count}\`;
  Handlebars.registerPartial(name, text); // leak cache/library-registry
  return layout({ name });
};`,
    },
    {
      name: 'a schema per request',
      code: `import Ajv from 'ajv';
const ajv = new Ajv();
export function check(fields: object, data: unknown) {
  return ajv.compile({ type: 'object', properties: fields })(data); // leak cache/library-registry
}`,
    },
    {
      name: 'loaders of all requests',
      code: `import DataLoader from 'dataloader';
import { findBooks } from './books';
const loaders = { books: new DataLoader(findBooks) }; // leak cache/request-cache-kept
export const contextOf = () => ({ loaders });`,
    },
    {
      name: 'sessions in memory',
      code: `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET })); // leak cache/request-cache-kept`,
    },
  ],
  [
    {
      name: 'labels that are taken out',
      code: `import { Gauge } from 'prom-client';
const size = new Gauge({ name: 'size', help: 'size', labelNames: ['session'] });
export function report(sessionId: string, bytes: number) {
  size.set({ session: sessionId }, bytes);
}
export function end(sessionId: string) {
  size.remove({ session: sessionId });
}`,
    },
    {
      name: 'labels of a small set',
      code: `import { Counter } from 'prom-client';
const calls = new Counter({ name: 'calls', help: 'calls', labelNames: ['method', 'status'] });
export function count(method: string, status: number) {
  calls.inc({ method, status });
}`,
    },
    {
      name: 'marks that are cleared',
      code: `import { performance } from 'node:perf_hooks';
export async function timed(request: { id: string }, work: () => Promise<void>) {
  performance.mark(\`begin-\${request.id}\`);
  await work();
  performance.clearMarks(\`begin-\${request.id}\`);
}`,
    },
    {
      name: 'partials of the start',
      code: `const Handlebars = require('handlebars');
for (const name of ['head', 'foot']) Handlebars.registerPartial(name, read(name));
exports.render = (layout, data) => layout(data);`,
    },
    {
      name: 'a compiler of its own, and a schema of the module',
      code: `import Ajv from 'ajv';
const shared = new Ajv();
const schema = { type: 'object' };
export function check(fields: object, data: unknown) {
  const ajv = new Ajv();
  return ajv.compile({ type: 'object', properties: fields })(data) && shared.validate(schema, data);
}`,
    },
    {
      name: 'loaders of one request, and one without a cache',
      code: `import DataLoader from 'dataloader';
import { findBooks } from './books';
const plain = new DataLoader(findBooks, { cache: false });
export const contextOf = () => ({ plain, books: new DataLoader(findBooks) });`,
    },
    {
      name: 'sessions in a store',
      code: `const express = require('express');
const session = require('express-session');
const app = express();
app.use(session({ secret: process.env.SECRET, store: makeStore() }));`,
    },
  ],
);
