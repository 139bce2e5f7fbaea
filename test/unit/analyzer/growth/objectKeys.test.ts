import { samples } from '../expectLeaks';

samples(
  'tables of the module that are asked for objects only',
  [
    {
      name: 'a function as the key, by a type of the file',
      code: `type Loader = (done: () => void) => void;
const converted = new Map<Loader, object>();
export function convert(loader: Loader) {
  const known = converted.get(loader);
  if (known) return known;
  const made = { load: loader };
  converted.set(loader, made); // leak cache/map-keyed-by-object
  return made;
}`,
    },
    {
      name: 'an object by its use',
      code: `import type { Options } from './options';
const normalized = new Map<Options, object>();
export function normalize(options: Options) {
  if (normalized.has(options)) return normalized.get(options);
  const made = { render: options.render };
  normalized.set(options, made); // leak cache/map-keyed-by-object
  return made;
}`,
    },
    {
      name: 'a set of what was warned of',
      code: `interface Widget { readonly title: string }
const warned = new Set<Widget>();
export function warn(widget: Widget) {
  if (warned.has(widget)) return;
  warned.add(widget); // leak cache/map-keyed-by-object
  console.warn(widget.title);
}`,
    },
  ],
  [
    {
      name: 'weak',
      code: `type Loader = (done: () => void) => void;
const converted = new WeakMap<Loader, object>();
export function convert(loader: Loader) {
  const known = converted.get(loader);
  if (known) return known;
  const made = { load: loader };
  converted.set(loader, made);
  return made;
}`,
    },
    {
      name: 'classes, of which the program has its number',
      code: `const tables = new Map<new () => object, object>();
export function tableOf(ctor: new () => object) {
  let table = tables.get(ctor);
  if (!table) tables.set(ctor, (table = { name: ctor.name }));
  return table;
}`,
    },
    {
      name: 'all entries are gone through',
      code: `interface Widget { draw(): void }
const drawn = new Map<Widget, number>();
export function timesOf(widget: Widget) {
  const times = drawn.get(widget) ?? 0;
  drawn.set(widget, times + 1);
  return times;
}
export function redraw() { for (const widget of drawn.keys()) widget.draw(); }`,
    },
    {
      name: 'a name that has a length like any text',
      code: `const sizes = new Map();
export function sizeOf(name) {
  const known = sizes.get(name);
  if (known) return known;
  const size = name.length + name.trim().length;
  sizes.set(name, size);
  return size;
}`,
      path: 'src/sample.js',
    },
  ],
);

samples(
  'entries of work that is over',
  [
    {
      name: 'a record by request in an object of unknown life',
      code: `export class Upstream {
  private readonly started: Record<string, number> = {};
  begin(requestId: string) {
    this.started[requestId] = Date.now(); // leak cache/record-only-grows
  }
  elapsed(requestId: string) { return Date.now() - (this.started[requestId] ?? 0); }
}`,
    },
    {
      name: 'a name without capitals',
      code: `export class Upstream {
  constructor() { this.calls = new Map(); }
  begin(message) {
    this.calls.set(message.traceid, message); // leak cache/map-without-eviction
  }
  find(traceid) { return this.calls.get(traceid); }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a nonce',
      code: `export class Guard {
  private readonly seen = new Map<string, number>();
  accept(nonce: string) {
    if (this.seen.has(nonce)) return false;
    this.seen.set(nonce, Date.now()); // leak cache/map-without-eviction
    return true;
  }
}`,
    },
  ],
  [
    {
      name: 'removed when it ends',
      code: `export class Upstream {
  private readonly started: Record<string, number> = {};
  begin(requestId: string) { this.started[requestId] = Date.now(); }
  end(requestId: string) { delete this.started[requestId]; }
}`,
    },
    {
      name: 'an object of one conversation',
      code: `export class ConversationState {
  private readonly texts: Record<string, string> = {};
  add(messageId: string, text: string) { this.texts[messageId] = text; }
  textOf(messageId: string) { return this.texts[messageId]; }
}`,
    },
    {
      name: 'a table that others are meant to change',
      code: `export class Upstream {
  public started: Record<string, number> = {};
  begin(traceId: string) { this.started[traceId] = Date.now(); }
  elapsed(traceId: string) { return Date.now() - (this.started[traceId] ?? 0); }
}`,
    },
    {
      name: 'names of events, fields and languages',
      code: `export class Bus {
  private readonly counts: Record<string, number> = {};
  private readonly texts = new Map<string, object>();
  private readonly kinds = new Map<string, object>();
  emit(eventName: string) { this.counts[eventName] = (this.counts[eventName] ?? 0) + 1; }
  text(locale: string, value: object) { this.texts.set(locale, value); return this.texts.get(locale); }
  kind(extension: string, value: object) { this.kinds.set(extension, value); return this.kinds.get(extension); }
  count(eventName: string) { return this.counts[eventName]; }
}`,
    },
  ],
);

samples(
  'collections in parts of an object, made late, and of handlers',
  [
    {
      name: 'a part of an object of the module',
      code: `import { bus } from './bus';
const state = { jobs: new Map<string, object>(), count: 0 };
bus.on('job', (job) => {
  state.jobs.set(job.requestId, job); // leak cache/map-without-eviction
  state.count++;
});
export const jobOf = (requestId: string) => state.jobs.get(requestId);`,
    },
    {
      name: 'a field that is made with its first entry',
      code: `export class Upstream {
  begin(traceId: string) {
    this.started = this.started || {};
    this.started[traceId] = Date.now(); // leak cache/record-only-grows
  }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'a variable that the handlers of one set-up share',
      code: `import { bus } from './bus';
export function instrument() {
  const started = new Map<string, number>();
  bus.on('start', (request) => {
    started.set(request.requestId, Date.now()); // leak cache/map-without-eviction
  });
  bus.on('end', (request) => report(started.get(request.requestId)));
}`,
    },
  ],
  [
    {
      name: 'a part that is emptied',
      code: `import { bus } from './bus';
const state = { jobs: new Map<string, object>() };
bus.on('job', (job) => { state.jobs.set(job.requestId, job); });
bus.on('done', (job) => { state.jobs.delete(job.requestId); });`,
    },
    {
      name: 'an object that others get',
      code: `import { bus, share } from './bus';
const state = { jobs: new Map<string, object>() };
share(state);
bus.on('job', (job) => { state.jobs.set(job.requestId, job); });`,
    },
    {
      name: 'a field that may come from elsewhere',
      code: `export class Upstream {
  begin(traceId: string, options: { table?: object }) {
    this.started = options.table || {};
    this.started[traceId] = Date.now();
  }
}`,
      path: 'src/sample.js',
    },
    {
      name: 'results of one run',
      code: `export function reporter(runner: NodeJS.EventEmitter) {
  const failures: object[] = [];
  const pending = new Map<string, object>();
  runner.on('fail', (test) => { failures.push(test); });
  runner.on('pending', (test) => { pending.set(test.title, test); });
  runner.once('end', () => { for (const one of failures) print(one, pending); });
}`,
    },
  ],
);
