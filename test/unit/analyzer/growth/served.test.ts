/** Tables and lists that other files fill again and again: what they bring decides. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from '../expectLeaks';

type Files = Readonly<Record<string, string>>;

const found = (files: Files): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const meter = `export class Meter {
  private readonly seen = new Map<string, { count: number }>();
  hit(caller: string) {
    const one = this.seen.get(caller) ?? { count: 0 };
    one.count++;
    this.seen.set(caller, one);
    return one.count;
  }
}
`;
const meterAt = 'src/meter.ts:6 cache/map-without-eviction';

describe('a table that other files fill', () => {
  it('with a key of each request, by an instance that is there before', () => {
    for (const [made, used] of [
      ['const meter = new Meter();', 'meter'],
      ['class Api { constructor(private readonly meter: Meter) {}\n', 'this.meter'],
      ['const meters = { login: new Meter(), search: new Meter() };\nconst meter = meters[kind];', 'meter'],
    ]) {
      const handler = `(req, res) => { res.json(${used}.hit(req.ip)); }`;
      const body = made?.startsWith('class')
        ? `${made} open(app: any) { app.get('/', ${handler}); } }\nnew Api(new Meter());`
        : `${made}\nexport function open(app: any) { app.get('/', ${handler}); }`;
      assert.deepEqual(
        found({
          'src/meter.ts': meter,
          'src/api.ts': `import { Meter } from './meter';\ndeclare const kind: 'login';\n${body}`,
        }),
        [meterAt],
        made,
      );
    }
  });
  it('with a key that passes through functions of several files', () => {
    const files = {
      'src/names.js': `const known = new Map();
exports.numberOf = function (name) {
  if (!known.has(name)) known.set(name, { name, at: known.size });
  return known.get(name);
};
`,
      'src/rules.js': `const { numberOf } = require('./names');
function judge(subject) { return numberOf(subject).at % 2; }
module.exports = { judge };
`,
      'src/inbox.js': `const rules = require('./rules');
module.exports = (bus) => bus.on('message', (mail) => rules.judge(mail.text));
`,
    };
    assert.deepEqual(found(files), ['src/names.js:3 cache/map-without-eviction']);
    // The same for what the program sets up, and for what is always the same.
    for (const inbox of [
      "const rules = require('./rules');\nmodule.exports = (config) => config.subjects.map((one) => rules.judge(one));\n",
      "const rules = require('./rules');\nmodule.exports = (bus) => bus.on('message', () => rules.judge('mail'));\n",
    ])
      assert.deepEqual(found({ ...files, 'src/inbox.js': inbox }), [], inbox);
  });
  it('by what a function gives', () => {
    const files = {
      'src/memo.ts': `export function remember<T>(make: (key: string) => T) {
  const made: Record<string, T> = {};
  return (key: string): T => {
    if (!(key in made)) made[key] = make(key);
    return made[key];
  };
}
`,
      'src/pages.ts': `import { remember } from './memo';
const pageOf = remember((text) => text.toUpperCase());
export function open(server: any) {
  server.on('request', (request: any, response: any) => response.end(pageOf(request.body.query)));
}
`,
    };
    assert.deepEqual(found(files), ['src/memo.ts:4 cache/memoize-hand-rolled']);
    // Made for each connection, it goes with that.
    const brief = `import { remember } from './memo';
export function open(server: any) {
  server.on('connection', (socket: any) => {
    const pageOf = remember((text) => text.toUpperCase());
    socket.on('message', (message: any) => socket.send(pageOf(message.text)));
  });
}
`;
    assert.deepEqual(found({ ...files, 'src/pages.ts': brief }), []);
  });
  it('is silent where the instance is made for each of them', () => {
    const api = `import { Meter } from './meter';
export function open(app: any) {
  app.get('/', (req, res) => { const meter = new Meter(); res.json(meter.hit(req.ip)); });
}
`;
    assert.deepEqual(found({ 'src/meter.ts': meter, 'src/api.ts': api }), []);
  });
  it('is silent where another instance takes its place now and then', () => {
    const api = `import { Meter } from './meter';
let meter = new Meter();
setInterval(() => { meter = new Meter(); }, 60000);
export function open(app: any) { app.get('/', (req, res) => { res.json(meter.hit(req.ip)); }); }
`;
    assert.deepEqual(found({ 'src/meter.ts': meter, 'src/api.ts': api }), []);
  });
  it('is silent where the one that fills it makes room, if there is too much', () => {
    const bounded = meter.replace('    return', '    if (this.seen.size > 500) this.seen.clear();\n    return');
    const api = `import { Meter } from './meter';
const meter = new Meter();
export function open(app: any) { app.get('/', (req, res) => { res.json(meter.hit(req.ip)); }); }
`;
    assert.deepEqual(found({ 'src/meter.ts': bounded, 'src/api.ts': api }), []);
  });
  it('is silent where a function loads again what there is', () => {
    const files = {
      'src/people.ts': `import { database } from './database';
const people = new Map<string, object>();
export async function load() {
  for (const one of await database.all()) people.set(one.userId, one);
}
export const personOf = (userId: string) => people.get(userId);
`,
      'src/jobs.ts': `import { load } from './people';
export function open(bus: any) { bus.on('message', () => load()); }
`,
    };
    assert.deepEqual(found(files), []);
  });
});

describe('a list that other files make longer', () => {
  const list = `const times = [];
exports.add = (ms) => { times.push(ms); };
exports.slowest = () => times.slice().sort((a, b) => b - a)[0];
`;
  const reportedAt = 'src/times.js:2 cache/array-only-pushed';
  it('with each request, behind a handler of its end', () => {
    const files = {
      'src/times.js': list,
      'src/clock.js': `const times = require('./times');
module.exports = () => (req, res, next) => {
  const start = Date.now();
  res.on('finish', () => times.add(Date.now() - start));
  next();
};
`,
    };
    assert.deepEqual(found(files), [reportedAt]);
  });
  it('is silent where it is cut, and where files are only loaded', () => {
    const clock = `const times = require('./times');
module.exports = () => (req, res, next) => { times.add(Date.now()); next(); };
`;
    const cut = list.replace('times.push(ms);', 'times.push(ms); if (times.length > 999) times.shift();');
    assert.deepEqual(found({ 'src/times.js': cut, 'src/clock.js': clock }), []);
    const loading = "const times = require('./times');\nfor (const ms of [1, 2, 3]) times.add(ms);\n";
    assert.deepEqual(found({ 'src/times.js': list, 'src/clock.js': loading }), []);
  });
});

describe('who sends it', () => {
  const wait = `const last = {};
exports.mayAsk = (asker) => {
  if (Date.now() - (last[asker] ?? 0) < 1000) return false;
  last[asker] = Date.now();
  return true;
};
`;
  const bot = (event: string, key: string): Files => ({
    'src/wait.js': wait,
    'src/bot.js': `const { mayAsk } = require('./wait');
module.exports = (bot) => bot.on('${event}', (given) => mayAsk(${key}) && bot.answer(given));
`,
  });
  it('is new each time, where it is a part of the message', () =>
    assert.deepEqual(found(bot('messageCreate', 'given.author.id')), ['src/wait.js:4 cache/record-only-grows']));
  it('is no one new where the part is one of few, or nobody outside sends it', () => {
    assert.deepEqual(found(bot('messageCreate', 'given.channel.type')), []);
    assert.deepEqual(found(bot('themeChanged', 'given.author.id')), []);
  });
  it('a method that its decorator has answer requests', () => {
    const files = {
      'src/trail.ts': `export class TrailService {
  private readonly steps: { user: string; at: number }[] = [];
  note(user: string) {
    this.steps.push({ user, at: Date.now() });
  }
  of(user: string) {
    return this.steps.filter((one) => one.user === user);
  }
}
`,
      'src/orders.ts': `import { Controller, Post, Req } from '@nestjs/common';
import { TrailService } from './trail';
@Controller('orders')
export class Orders {
  constructor(private readonly trail: TrailService) {}
  @Post()
  create(@Req() request: any) {
    this.trail.note(request.user.id);
  }
}
`,
    };
    assert.deepEqual(found(files), ['src/trail.ts:4 cache/array-only-pushed']);
    const undecorated = files['src/orders.ts'].replace('@Post()', '');
    assert.deepEqual(found({ ...files, 'src/orders.ts': undecorated }), []);
  });
});
