import { samples } from '../expectLeaks';

samples(
  'cache/map-without-eviction',
  [
    {
      name: 'a read-through cache of queries',
      code: `const results = new Map<string, string>();\nexport function search(query: string) {\n  if (results.has(query)) return results.get(query);\n  const found = query + '!';\n  results.set(query, found); // leak cache/map-without-eviction\n  return found;\n}`,
    },
    {
      name: 'a cache field with only a manual clear',
      path: 'src/search.js',
      code: `export class Search {\n  constructor() { this.cache = new Map(); }\n  async search(query) {\n    const key = this.keyOf(query);\n    if (this.cache.has(key)) return this.cache.get(key);\n    const found = await this.run(query);\n    this.cache.set(key, found); // leak cache/map-without-eviction\n    return found;\n  }\n  keyOf(query) { return JSON.stringify(query); }\n  clearCache() { this.cache.clear(); }\n}`,
    },
    {
      name: 'a module map filled by requests',
      code: `import http from 'node:http';\nconst seen = new Map<string, number>();\nhttp.createServer().on('request', (req) => {\n  seen.set(req.url, Date.now()); // leak cache/map-without-eviction\n});`,
    },
    {
      name: 'expired entries that leave only when they are asked for',
      code: `const versions = new Map<string, { version: number; expiresAt: number }>();
function cached(userId: string) {
  const entry = versions.get(userId);
  if (!entry || Date.now() > entry.expiresAt) {
    versions.delete(userId);
    return undefined;
  }
  return entry.version;
}
function keep(userId: string, version: number) {
  versions.set(userId, { version, expiresAt: Date.now() + 60_000 }); // leak cache/map-without-eviction
}
export async function versionOf(userId: string) {
  const known = cached(userId);
  if (known !== undefined) return known;
  const version = await load(userId);
  keep(userId, version);
  return version;
}`,
    },
    {
      name: 'tries by address in a class that handles connections',
      code: `export class Throttle {
  private readonly triesByIp = new Map<string, number[]>();
  async onConnect(ip: string) {
    const tries = this.triesByIp.get(ip) ?? [];
    tries.push(Date.now());
    this.triesByIp.set(ip, tries); // leak cache/map-without-eviction
    return tries.length > 10;
  }
}`,
    },
    {
      name: 'buckets of a rate limiter',
      code: `const buckets = new Map<string, { tokens: number }>();
export function allow(key: string) {
  let bucket = buckets.get(key);
  if (!bucket) {
    bucket = { tokens: 10 };
    buckets.set(key, bucket); // leak cache/map-without-eviction
  }
  return bucket.tokens-- > 0;
}`,
    },
    {
      name: 'a configured limit that nothing enforces',
      path: 'src/core.js',
      code: `export class Core {\n  constructor() { this.config = { cacheSize: 1000 }; this.cache = new Map(); }\n  add(document) {\n    const id = \`doc_\${Date.now()}\`;\n    this.cache.set(id, document); // leak cache/map-without-eviction\n    return id;\n  }\n  get(id) { return this.cache.get(id); }\n  remove(id) { this.cache.delete(id); }\n}`,
    },
  ],
  [
    {
      name: 'a size check that evicts',
      code: `const results = new Map<string, string>();\nexport function search(query: string) {\n  if (results.has(query)) return results.get(query);\n  if (results.size > 100) results.delete(results.keys().next().value!);\n  results.set(query, query);\n  return query;\n}`,
    },
    {
      name: 'eviction in a helper',
      code: `const results = new Map<string, string>();\nfunction trim() { results.clear(); }\nexport function search(query: string) {\n  if (results.has(query)) return results.get(query);\n  trim();\n  results.set(query, query);\n  return query;\n}`,
    },
    {
      name: 'a sweep on a timer',
      code: `const results = new Map<string, number>();\nsetInterval(() => { for (const [k, at] of results) if (at < Date.now()) results.delete(k); }, 1000);\nexport function search(query: string) {\n  if (results.has(query)) return results.get(query);\n  results.set(query, Date.now());\n  return 1;\n}`,
    },
    {
      name: 'expired entries that a sweep removes',
      code: `const versions = new Map<string, { version: number; expiresAt: number }>();
export function cached(userId: string) {
  const entry = versions.get(userId);
  if (entry && Date.now() > entry.expiresAt) versions.delete(userId);
  return entry?.version;
}
export function keep(userId: string, version: number) { sweep(); versions.set(userId, { version, expiresAt: Date.now() + 60_000 }); }
function sweep() { for (const [key, entry] of versions) if (entry.expiresAt < Date.now()) versions.delete(key); }`,
    },
    {
      name: 'messages of a conversation',
      code: `export class Conversation {
  private readonly messages = new Map<string, string>();
  add(messageId: string, text: string) { this.messages.set(messageId, text); }
  get(messageId: string) { return this.messages.get(messageId); }
}`,
    },
    {
      name: 'a closed key type',
      code: `type Kind = 'a' | 'b';\nconst byKind = new Map<Kind, string>();\nexport function text(kind: Kind) {\n  const known = byKind.get(kind);\n  if (known) return known;\n  byKind.set(kind, kind);\n  return kind;\n}`,
    },
    {
      name: 'an enum key',
      code: `enum Kind { A, B }\nconst byKind = new Map<Kind, string>();\nexport function text(query: Kind) { if (byKind.has(query)) return byKind.get(query); byKind.set(query, 'x'); return 'x'; }`,
    },
    {
      name: 'a registry whose callers remove',
      code: `const handlers = new Map<string, () => void>();\nexport function register(url: string, fn: () => void) { handlers.set(url, fn); }\nexport function unregister(url: string) { handlers.delete(url); }`,
    },
    {
      name: 'a weak map',
      code: `const cache = new WeakMap<object, string>();\nexport function of(input: object) { if (cache.has(input)) return cache.get(input); cache.set(input, 'x'); return 'x'; }`,
    },
    {
      name: 'a local collection',
      code: `export function group(items: readonly string[]) { const by = new Map<string, string[]>(); for (const query of items) by.set(query, []); return by.size; }`,
    },
    {
      name: 'a table filled once',
      code: `const table = new Map<string, number>();\nfunction setup(url: string) { table.set(url, 1); }\nsetup('a');\nsetup('b');\nexport const size = () => table.size;`,
    },
    {
      name: 'a collection that is exported',
      code: `export const results = new Map<string, string>();\nexport function search(query: string) { if (results.has(query)) return results.get(query); results.set(query, query); return query; }`,
    },
  ],
);

samples(
  'cache/array-only-pushed',
  [
    {
      name: 'a log filled by events',
      code: `const log: string[] = [];\nprocess.on('message', (message) => {\n  log.push(String(message)); // leak cache/array-only-pushed\n});`,
    },
    {
      name: 'a list that is spread',
      code: `let log: readonly string[] = [];\nwindow.addEventListener('error', (event) => {\n  log = [...log, event.message]; // leak cache/array-only-pushed\n});\nexport const size = () => log.length;`,
    },
    {
      name: 'a list filled by a timer',
      code: `const samples: number[] = [];\nsetInterval(() => {\n  samples.push(Date.now()); // leak cache/array-only-pushed\n}, 1000);`,
    },
  ],
  [
    {
      name: 'a ring',
      code: `const log: string[] = [];\nprocess.on('message', (message) => { log.push(String(message)); if (log.length > 100) log.shift(); });`,
    },
    {
      name: 'a trim through an alias',
      path: 'src/a.js',
      code: `const a = { items: [], tick() { const list = this.items; list.push(1); if (list.length > 50) list.shift(); } };\nsetInterval(() => a.tick(), 1);`,
    },
    {
      name: 'a slice assigned back',
      path: 'src/a.js',
      code: `const a = { items: [], add(m) { this.items.push(m); this.items = this.items.slice(-10); } };\nprocess.on('message', (m) => a.add(m));`,
    },
    {
      name: 'a queue that is swapped',
      code: `let queue: string[] = [];\nprocess.on('message', (m) => { queue.push(String(m)); });\nsetInterval(() => { const batch = queue; queue = []; console.log(batch.length); }, 10);`,
    },
    {
      name: 'a list that is handed out',
      code: `const log: string[] = [];\nprocess.on('message', (m) => { log.push(String(m)); });\nexport function all() { return log; }`,
    },
    {
      name: 'a local list',
      code: `export function collect() { const out: number[] = []; for (let i = 0; i < 10; i++) out.push(i); return out; }`,
    },
  ],
);

samples(
  'cache/record-only-grows and cache/set-field-only-grows',
  [
    {
      name: 'a record keyed by url in a handler',
      code: `import http from 'node:http';\nconst hits: Record<string, number> = {};\nhttp.createServer().on('request', (req) => {\n  hits[req.url] = 1; // leak cache/record-only-grows\n});`,
    },
    {
      name: 'a set of messages',
      code: `const seen = new Set<string>();\nprocess.on('message', (message) => {\n  seen.add(message); // leak cache/set-field-only-grows\n});`,
    },
    {
      name: 'a record used as a cache',
      code: `const pages: Record<string, string> = {};\nexport function load(url: string) {\n  if (pages[url]) return pages[url];\n  pages[url] = url; // leak cache/record-only-grows\n  return url;\n}`,
    },
  ],
  [
    {
      name: 'a record with delete',
      code: `const open: Record<string, number> = {};\nprocess.on('message', (message) => { open[message] = 1; setTimeout(() => { delete open[message]; }, 10); });`,
    },
    {
      name: 'literal keys',
      code: `const state: Record<string, number> = {};\nprocess.on('message', () => { state['last'] = Date.now(); });`,
    },
    {
      name: 'a set with delete',
      code: `const seen = new Set<string>();\nprocess.on('message', (message) => { seen.add(message); seen.delete(message); });`,
    },
  ],
);
