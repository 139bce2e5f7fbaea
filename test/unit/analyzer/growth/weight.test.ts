import assert from 'node:assert/strict';
import { findingsOf, samples } from '../expectLeaks';

const severities = (code: string): readonly string[] => findingsOf(code).map(({ severity }) => severity);

describe('what an entry holds', () => {
  const kept = (declaration: string, insertion: string): readonly string[] =>
    severities(`import { bus } from './bus';
${declaration}
bus.on('opened', (event: Opened) => {
  if (!table[event.url]) ${insertion}
});`);

  it('weighs little where it is a number, a flag or a time', () => {
    for (const [type, value] of [
      ['number', 'Date.now()'],
      ['boolean', 'true'],
      ['string | null', 'event.title'],
    ])
      assert.deepEqual(
        kept(`const table: Record<string, ${type}> = {};`, `table[event.url] = ${value};`),
        ['low'],
        type,
      );
  });
  it('weighs more where it is an object, a promise or a function', () => {
    for (const [type, value] of [
      ['View', 'new View(event)'],
      ['Promise<View>', 'open(event)'],
      ['() => void', '() => event.reload()'],
    ])
      assert.deepEqual(
        kept(`const table: Record<string, ${type}> = {};`, `table[event.url] = ${value};`),
        ['high'],
        type,
      );
  });
  it('weighs more where it is small, and whoever sends a request brings the key', () =>
    assert.deepEqual(
      severities(`import http from 'node:http';
const hits: Record<string, number> = {};
http.createServer().on('request', (request) => {
  hits[request.url] = Date.now();
});`),
      ['medium'],
    ));
});

describe('a set of small keys', () => {
  const kept = (name: string, event: string): readonly string[] =>
    severities(`import { source } from './source';
const ${name} = new Set<string>();
source.on('${event}', ({ url }) => {
  if (!${name}.has(url)) ${name}.add(url);
});`);

  it('weighs much where who sends requests brings the keys', () =>
    assert.deepEqual(kept('known', 'request'), ['high']));
  it('weighs little where it remembers what was turned down', () =>
    assert.deepEqual(kept('failedUrls', 'navigate'), ['low']));
  it('weighs much where it does, and strangers name them', () =>
    assert.deepEqual(kept('failedUrls', 'request'), ['high']));
  it('weighs little where a partner names them', () => assert.deepEqual(kept('known', 'message'), ['low']));
});

describe('an entry that takes the place of the one before', () => {
  const shown = (before: string, event = 'navigate'): readonly string[] =>
    severities(`import { source } from './source';
import { Dialog } from './dialog';
const dialogs = new Map<string, Dialog>();
source.on('${event}', ({ url }) => {
  ${before}
  dialogs.set(url, new Dialog(url));
});`);

  it('weighs little where the code ends that one: its keys come again', () => {
    assert.deepEqual(shown('dialogs.get(url)?.close();'), ['low']);
    assert.deepEqual(shown('const old = dialogs.get(url);\n  old?.close();'), ['low']);
  });
  it('weighs much where it only asks', () =>
    assert.deepEqual(shown('if (dialogs.get(url)?.isOpen) return;'), ['high']));
  it('weighs much where strangers name them', () =>
    assert.deepEqual(shown('dialogs.get(url)?.close();', 'request'), ['high']));
});

describe('a cache that any call may fill', () => {
  const cached = (key: string, value: string): readonly string[] =>
    severities(`const cache = new Map();
export function lookUp(${key}) {
  const known = cache.get(${key});
  if (known) return known;
  const made = ${value};
  cache.set(${key}, made);
  return made;
}`);

  it('weighs little where it keeps what it computes of texts of the program', () => {
    assert.deepEqual(cached('pattern', 'new RegExp(pattern)'), ['low']);
    assert.deepEqual(cached('sql', 'prepare(sql)'), ['low']);
    assert.deepEqual(cached('text', 'text.split(" ")'), ['low']);
  });
  it('weighs little, too, where no event is seen to fill it', () => {
    assert.deepEqual(cached('query', 'new Answer(query)'), ['low']);
    assert.deepEqual(cached('query', 'fetch("/" + query).then((answer) => answer.blob())'), ['low']);
  });
  it('weighs little where the keys may be those that the program is set up with', () => {
    assert.deepEqual(cached('url', 'new Image(url)'), ['low']);
    assert.deepEqual(cached('rclient', 'new Channels(rclient)'), ['low']);
  });
});

describe('an entry that is left', () => {
  const timed = (key: string): readonly string[] =>
    severities(`export class Port {
  private readonly waiting = new Map<string, (port: number) => void>();
  ask(${key}: string): Promise<number | undefined> {
    return new Promise((resolve) => {
      setTimeout(() => resolve(undefined), 5000);
      this.waiting.set(${key}, (port) => {
        resolve(port);
        this.waiting.delete(${key});
      });
      this.send(${key});
    });
  }
}`);
  it('weighs little where the next one under its key takes its place', () =>
    assert.deepEqual(timed('username'), ['low']));
  it('weighs little where no key comes again, but nothing calls for each event', () =>
    assert.deepEqual(timed('requestId'), ['low']));

  const marked = (mark: string, end: string): readonly string[] =>
    severities(`export class Pages {
  private readonly loading = new Map<string, Promise<Page>>();
  async show(path: string): Promise<void> {
    ${mark}
    const page = this.load(path);
    this.loading.set(path, page);
    await page;
    ${end}
  }
}`);
  it('weighs little also where it stands in the way of the next one', () =>
    assert.deepEqual(marked('if (this.loading.has(path)) return;', 'this.loading.delete(path);'), ['low']));
  it('weighs little where the next one takes its place', () =>
    assert.deepEqual(marked('this.draw();', 'this.loading.delete(path);'), ['low']));
});

const loader = (body: string): string => `const scripts: Record<string, Promise<unknown>> = {};
export function need(url: string): Promise<unknown> {
  if (!(url in scripts)) scripts[url] = ${body};
  return scripts[url];
}`;

samples(
  'what is loaded for good is remembered',
  [
    {
      name: 'answers that a page asks for',
      code: `const answers: Record<string, Promise<Answer>> = {};
export function need(url: string): Promise<Answer> {
  if (!(url in answers)) answers[url] = ask(url); // leak cache/record-only-grows
  return answers[url];
}`,
    },
    {
      name: 'images that a page shows',
      code: `const imageCache = new Map<string, Promise<Bitmap>>();
export function need(url: string): Promise<Bitmap> {
  let image = imageCache.get(url);
  if (!image) {
    image = draw(url);
    imageCache.set(url, image); // leak cache/map-without-eviction
  }
  return image;
}`,
    },
    {
      name: 'scripts for each request',
      code: `import http from 'node:http';
const scriptRuns = new Map<string, Run>();
http.createServer().on('request', (request) => {
  scriptRuns.set(request.url, new Run(request)); // leak cache/map-without-eviction
});`,
    },
  ],
  [
    { name: 'scripts by a function that loads them', code: loader('loadScript(url)') },
    { name: 'modules by their import', code: loader('import(url)') },
    {
      name: 'scripts by the element that is made for them',
      code: loader(`new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = url;
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  })`),
    },
    {
      name: 'scripts by the name of their table and function',
      code: `const loadedScriptPromises = {};
export async function requireScript(url) {
  if (!loadedScriptPromises[url]) loadedScriptPromises[url] = request({ url, dataType: 'script' });
  await loadedScriptPromises[url];
}`,
    },
  ],
);

const guesses = (use: string): string => `class Finder {
  static Guesses = class {
    constructor() {
      this.found = new Set();
      this.places = {};
      this.at = 0;
    }
    add(title) {
      this.found.add(title);
      this.places[title] = this.at;
    }
    remove(title) {
      this.found.delete(title);
    }
  };
  search(titles) {
    ${use}
  }
}
module.exports = Finder;`;
const marked = (code: string): string =>
  code.replace(
    'this.places[title] = this.at;',
    'this.places[title] = this.at; // leak cache/sibling-collection-forgotten',
  );

samples(
  'instances that die with who makes them',
  [
    {
      name: 'one that goes on with what it waits for',
      code: `class Board {
  found = new Set();
  places = {};
  async run(titles) {
    for await (const title of titles) {
      this.found.add(title);
      this.places[title] = this.at; // leak cache/sibling-collection-forgotten
    }
  }
  remove(title) {
    this.found.delete(title);
  }
}
export function follow(titles) {
  const board = new Board();
  board.run(titles);
}`,
    },
    {
      name: 'one that events hold',
      code: `class Board {
  found = new Set();
  places = {};
  follow(source) {
    source.attach((title) => {
      this.found.add(title);
      this.places[title] = this.at; // leak cache/sibling-collection-forgotten
    });
  }
  remove(title) {
    this.found.delete(title);
  }
}
export function follow(source) {
  const board = new Board();
  board.follow(source);
}`,
    },
    {
      name: 'one that is kept',
      code: marked(
        guesses('this.guesses = new Finder.Guesses();\n    for (const title of titles) this.guesses.add(title);'),
      ),
    },
    {
      name: 'one that is given back',
      code: marked(
        guesses(
          'const guesses = new Finder.Guesses();\n    for (const title of titles) guesses.add(title);\n    return guesses;',
        ),
      ),
    },
    {
      name: 'one that somebody else is given',
      code: marked(guesses('const guesses = new Finder.Guesses();\n    this.board.show(guesses);')),
    },
  ],
  [
    {
      name: 'one that a function works with',
      code: guesses(
        'const guesses = new Finder.Guesses();\n    for (const title of titles) guesses.add(title);\n    return guesses.best();',
      ),
    },
    {
      name: 'one whose variable is given its result',
      code: guesses(
        'let guesses = new Finder.Guesses();\n    for (const title of titles) guesses.add(title);\n    guesses = guesses.best();\n    for (const one of guesses) this.show(one);',
      ),
    },
    {
      name: 'one of a class of the module',
      code: `class Words {
  byName = new Map();
  order = {};
  add(key, word) {
    this.byName.set(key, word);
    this.order[key] = word;
  }
  drop(key) {
    this.byName.delete(key);
  }
}
export function read(texts) {
  const words = new Words();
  for (const text of texts) words.add(text.id, text);
  return words.byName.size;
}`,
    },
  ],
);

const started = (first: string, last: string): string => `export class Devices {
  private readonly started = new Set<string>();
  async tell(device: Device, event: DeviceEvent): Promise<void> {
    ${first}
    await device.handle(event);
    ${last}
  }
}`;

samples(
  'marks that another call takes away',
  [
    {
      name: 'a mark around the work',
      code: started(
        'this.started.add(device.id); // leak cache/entry-left-after-rejection',
        'this.started.delete(device.id);',
      ),
    },
    {
      name: 'a mark and its removal under one condition',
      code: started(
        "if (event.type === 'start') this.started.add(device.id); // leak cache/entry-left-after-rejection",
        "if (event.type === 'start') this.started.delete(device.id);",
      ),
    },
    {
      name: 'a removal under another condition',
      code: started(
        "if (event.type === 'start') this.started.add(device.id); // leak cache/entry-left-after-rejection",
        'if (event.isLast) this.started.delete(device.id);',
      ),
    },
  ],
  [
    {
      name: 'a mark on the start and a removal on the stop',
      code: started(
        "if (event.type === 'start') this.started.add(device.id);",
        "if (event.type === 'stop') this.started.delete(device.id);",
      ),
    },
    {
      name: 'a mark on all but the stop',
      code: started(
        "if (event.type !== 'stop' && device.isNew) this.started.add(device.id);",
        "if (event.type === 'stop') this.started.delete(device.id);",
      ),
    },
    {
      name: 'branches of a switch',
      code: started(
        "switch (event.type) { case 'start': this.started.add(device.id); break; }",
        "switch (event.type) { case 'stop': this.started.delete(device.id); break; }",
      ),
    },
  ],
);

samples(
  'entries that a finally takes out, and methods that may go on',
  [
    {
      name: 'a transaction whose end is only told',
      code: `export class Store {
  private readonly pending: Transaction[] = [];
  run(name: string): Promise<void> {
    const transaction = this.database.open(name);
    this.pending.push(transaction); // leak cache/entry-left-after-completion
    return new Promise((done, failed) => {
      transaction.oncomplete = () => this.count++;
      transaction.onabort = () => this.count--;
    });
  }
  abort(): void {
    this.pending.splice(0, this.pending.length).forEach((one) => one.abort());
  }
}`,
    },
    {
      name: 'an object that is closed',
      code: `export class Meter {
  static readonly all = new Set<Meter>();
  constructor(readonly name: string) {
    Meter.all.add(this); // leak cache/set-field-only-grows
  }
  close(): void {
    this.watch = undefined;
  }
}`,
    },
    {
      name: 'an object that adds itself each time it is started',
      code: `export class Meter {
  static readonly all = new Set<Meter>();
  start(): void {
    Meter.all.add(this); // leak cache/set-field-only-grows
  }
  stop(): void {
    this.watch = undefined;
  }
}`,
    },
    {
      name: 'an object that is stopped, and never started',
      code: `export class Meter {
  static readonly all = new Set<Meter>();
  constructor(readonly name: string) {
    Meter.all.add(this); // leak cache/set-field-only-grows
  }
  stop(): void {
    this.watch = undefined;
  }
}`,
    },
  ],
  [
    {
      name: 'a transaction that is taken out when it is over',
      code: `export class Store {
  private readonly pending: Transaction[] = [];
  run(name: string): Promise<void> {
    const transaction = this.database.open(name);
    this.pending.push(transaction);
    return new Promise((done, failed) => {
      transaction.oncomplete = () => this.count++;
      transaction.onabort = () => this.count--;
    }).finally(() => this.pending.splice(this.pending.indexOf(transaction), 1));
  }
  abort(): void {
    this.pending.splice(0, this.pending.length).forEach((one) => one.abort());
  }
}`,
    },
    {
      name: 'an object that is started and stopped',
      code: `export class Meter {
  static readonly all = new Set<Meter>();
  constructor(readonly name: string) {
    Meter.all.add(this);
  }
  start(): void {
    this.watch = now();
  }
  stop(): void {
    this.watch = undefined;
  }
}`,
    },
    {
      name: 'an object that is resumed after an end of its work',
      code: `export class Meter {
  static readonly all = new Set<Meter>();
  constructor(readonly name: string) {
    Meter.all.add(this);
  }
  resumeWork(): void {
    this.watch = now();
  }
  stop(): void {
    this.watch = undefined;
  }
}`,
    },
  ],
);

describe('a list that something ends for each entry, and nothing takes out', () => {
  const store = (field: string, more = ''): string | undefined =>
    findingsOf(`export class Registry {
  ${field}: Zone[] = [];
  private index = 0;
  addZone(zone: Zone) {
    this.zones.push(zone);
  }
  removeZone(zone: Zone) {
    const at = this.zones.indexOf(zone);
    if (at >= 0) this.index = Math.min(this.index, at);
  }
  ${more}
}`)[0]?.severity;

  it('weighs little, and says nothing where others can take entries out', () => {
    assert.equal(store('private zones'), 'low');
    assert.equal(store('zones'), undefined);
    assert.equal(store('private zones', 'resetZones() { this.zones = []; }'), 'low');
  });

  const table = (end: string): number =>
    findingsOf(`export class Commands {
  private readonly scopes = new Map<string, Map<string, Set<Handler>>>();
  registerHandler(scope: string, command: string, handler: Handler) {
    let commands = this.scopes.get(scope);
    if (!commands) {
      commands = new Map();
      this.scopes.set(scope, commands);
    }
    let handlers = commands.get(command);
    if (!handlers) {
      handlers = new Set();
      commands.set(command, handlers);
    }
    handlers.add(handler);
  }
  unregisterHandler(scope: string, command: string, handler: Handler) {
    ${end}
  }
}`).length;

  it('is silent where the entry leaves a table within the table', () => {
    assert.equal(table('this.scopes.get(scope)?.get(command)?.delete(handler);'), 0);
    assert.equal(table('console.debug(scope, command, handler);'), 1);
  });
});

describe('a cache that calls fill', () => {
  const renames = (holder: 'instance' | 'module'): string =>
    holder === 'instance'
      ? `export class Names {
  private readonly cache = new Map<string, Promise<string>>();
  of(query: string): Promise<string> {
    let known = this.cache.get(query);
    if (!known) this.cache.set(query, (known = this.load(query)));
    return known;
  }
}`
      : `const cache = new Map<string, Promise<string>>();
export function nameOf(query: string): Promise<string> {
  let known = cache.get(query);
  if (!known) cache.set(query, (known = load(query)));
  return known;
}`;

  it('weighs little, in a module as in an instance', () => {
    assert.deepEqual(severities(renames('module')), ['low']);
    assert.deepEqual(severities(renames('instance')), ['low']);
  });
});

describe('keys that a list allows', () => {
  const guarded = (list: string, guard: string): string => `${list}
const handlers = new Map();
app.use((req, res, next) => {
  const origin = req.get('origin');
  ${guard}
  if (!handlers.has(origin)) handlers.set(origin, handlerOf(origin));
  handlers.get(origin)(req, res, next);
});`;
  const kinds = (list: string, guard: string): readonly string[] =>
    findingsOf(guarded(list, guard), 'src/server.js').map(({ kind }) => kind);
  it('are no more than it has', () => {
    const list = 'const allowed = new Set(config.origins);';
    assert.deepEqual(kinds(list, 'if (!allowed.has(origin)) return res.sendStatus(400);'), []);
    assert.deepEqual(kinds(list, 'if (!allowed.has(origin)) {\n    log(origin);\n    return;\n  }'), []);
    assert.deepEqual(kinds('const allowed = config.origins;', 'if (!allowed.includes(origin)) return;'), []);
  });
  it('are any where it is not asked for them, or changes', () => {
    const list = 'const allowed = new Set(config.origins);';
    assert.equal(kinds(list, '').length, 1);
    assert.equal(kinds(list, 'if (!allowed.has(req.id)) return;').length, 1);
    assert.equal(kinds(list, 'if (allowed.has(origin)) return;').length, 1);
    assert.equal(
      kinds(`${list}\nbus.on('origin', (one) => allowed.add(one));`, 'if (!allowed.has(origin)) return;').length > 0,
      true,
    );
  });
});
