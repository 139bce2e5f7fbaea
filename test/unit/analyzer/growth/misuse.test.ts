import { samples } from '../expectLeaks';

samples(
  'cache/collection-used-as-record',
  [
    {
      name: 'properties of a WeakMap, removed like entries',
      code: `const results = new WeakMap<object, string>();
export function finished(span: object, result: string) {
  results[span] = result; // leak cache/collection-used-as-record
}
export function take(span: object) {
  const result = results[span];
  results.delete(span);
  return result;
}`,
    },
    {
      name: 'properties of a Map in a field',
      code: `export class Router {
  private readonly routes = new Map<string, object>();
  add(path: string, route: object) {
    this.routes[path] = route; // leak cache/collection-used-as-record
  }
  drop(path: string) { this.routes.delete(path); }
}`,
    },
    {
      name: 'a WeakMap of a closure, with nothing that removes',
      code: `export function instrument(agent: { on(event: string, fn: (span: object) => void): void }) {
  const started = new WeakMap<object, number>();
  agent.on('start', (span) => {
    started[span] = Date.now(); // leak cache/collection-used-as-record
  });
  agent.on('end', (span) => report(Date.now() - started[span]));
}`,
    },
  ],
  [
    {
      name: 'entries',
      code: `const results = new WeakMap<object, string>();
export function finished(span: object, result: string) { results.set(span, result); }
export const take = (span: object) => results.get(span);`,
    },
    {
      name: 'a Map that is a record for all who use it',
      code: `const names = new Map();
export function name(kind: string, text: string) { names[kind] = text; }
export const nameOf = (kind: string) => names[kind];
export function forget(kind: string) { delete names[kind]; }`,
    },
    {
      name: 'a fixed property',
      code: `const results = new Map<string, object>();
export function start(owner: object) { results['owner'] = owner; results.clear(); }`,
    },
    {
      name: 'a collection of one call',
      code: `export function count(words: string[]) {
  const counts = new Map();
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts.get('a');
}`,
    },
    {
      name: 'what may be something else',
      code: `export class Store {
  private table = new Map();
  usePlain() { this.table = {} as never; }
  put(key: string, value: object) { this.table[key] = value; }
  drop(key: string) { this.table.delete(key); }
}`,
    },
  ],
);
