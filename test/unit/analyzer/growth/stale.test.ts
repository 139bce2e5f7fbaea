import { samples } from '../expectLeaks';

samples(
  'caches whose entries have a time, and stay after it',
  [
    {
      name: 'an end that is compared with the clock',
      code: `const answers = new Map<string, { value: string; expires: number }>();
export async function lookUp(host: string, ask: (host: string) => Promise<string>) {
  const known = answers.get(host);
  if (known && known.expires > Date.now()) return known.value;
  const value = await ask(host);
  answers.set(host, { value, expires: Date.now() + 60_000 }); // leak cache/map-without-eviction
  return value;
}`,
    },
    {
      name: 'the time of the fetch, in a record of the module, with a call back',
      code: `const pages = {};
exports.page = function (slug, load, done) {
  const hit = pages[slug];
  const now = Date.now();
  if (hit && now - hit.at < 5000) return done(null, hit.body);
  load(slug, (error, body) => {
    if (error) return done(error);
    pages[slug] = { body, at: Date.now() }; // leak cache/record-only-grows
    done(null, body);
  });
};`,
    },
    {
      name: 'a field of a client, an entry that has a name, a helper that compares',
      code: `interface Entry { readonly price: number; readonly fetchedAt: number }
export class PriceClient {
  private readonly prices = new Map<string, Entry>();
  constructor(private readonly source: { price(symbol: string): Promise<number> }) {}
  async price(symbol: string) {
    const entry = this.prices.get(symbol);
    if (entry && this.fresh(entry)) return entry.price;
    const made = { price: await this.source.price(symbol), fetchedAt: Date.now() };
    this.prices.set(symbol, made); // leak cache/map-without-eviction
    return made.price;
  }
  private fresh(entry: Entry) { return Date.now() - entry.fetchedAt < 30_000; }
}`,
    },
    {
      name: 'a cache that others can name',
      code: `const records = (module.exports.records = new Map());
module.exports.resolve = (options, ask, done) => {
  if (records.has(options.host)) {
    const record = records.get(options.host);
    if (!record.until || record.until >= Date.now()) return done(null, record.value);
  }
  ask(options.host, (error, value) => {
    if (!error) records.set(options.host, { value, until: Date.now() + 300000 }); // leak cache/map-without-eviction
    done(error, value);
  });
};`,
    },
    {
      name: 'an entry of a class, asked whether it is over',
      code: `import { Entry } from './entry';
export function createStore(load: (id: string) => Promise<string>) {
  const entries = new Map<string, Entry>();
  return {
    async read(id: string) {
      const entry = entries.get(id);
      if (entry && !entry.isExpired()) return entry.value;
      const value = await load(id);
      entries.set(id, new Entry(value, Date.now() + 1000)); // leak cache/map-without-eviction
      return value;
    },
  };
}`,
    },
  ],
  [
    {
      name: 'what is over is taken out now and then',
      code: `const answers = new Map<string, { value: string; expires: number }>();
setInterval(() => {
  for (const [host, answer] of answers) if (answer.expires < Date.now()) answers.delete(host);
}, 60_000).unref();
export async function lookUp(host: string, ask: (host: string) => Promise<string>) {
  const known = answers.get(host);
  if (known && known.expires > Date.now()) return known.value;
  const value = await ask(host);
  answers.set(host, { value, expires: Date.now() + 60_000 });
  return value;
}`,
    },
    {
      name: 'a limit',
      code: `const pages = new Map<string, { body: string; at: number }>();
export async function page(name: string, load: (name: string) => Promise<string>) {
  const hit = pages.get(name);
  if (hit && Date.now() - hit.at < 5000) return hit.body;
  const body = await load(name);
  if (pages.size > 100) pages.clear();
  pages.set(name, { body, at: Date.now() });
  return body;
}`,
    },
    {
      name: 'few keys',
      code: `type Unit = 'metric' | 'imperial';
const tables = new Map<Unit, { table: number[]; expires: number }>();
export async function table(unit: Unit, load: (unit: Unit) => Promise<number[]>) {
  const known = tables.get(unit);
  if (known && known.expires > Date.now()) return known.table;
  const made = await load(unit);
  tables.set(unit, { table: made, expires: Date.now() + 60_000 });
  return made;
}`,
    },
    {
      name: 'emptied when the settings change',
      code: `const looks = new Map<string, { look: string; at: number }>();
export function onChange() { looks.clear(); }
export async function look(name: string, load: (name: string) => Promise<string>) {
  const hit = looks.get(name);
  if (hit && Date.now() - hit.at < 5000) return hit.look;
  const made = await load(name);
  looks.set(name, { look: made, at: Date.now() });
  return made;
}`,
    },
  ],
);
