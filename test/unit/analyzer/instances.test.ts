/** Classes whose instances have to be ended, and who forgets to: in the same file, in another, through bases and fields. */
import assert from 'node:assert/strict';
import { findingsOfFiles, samples } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

/** "path:line kind" of what is shown. */
const found = (files: Files): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const feed = `import { createConnection } from 'node:net';
export class Feed {
  private readonly socket = createConnection(7000);
  send(text: string) {
    this.socket.write(text);
  }
  close() {
    this.socket.destroy();
  }
}
`;
const board = (close: string): string => `import { Feed } from './feed';
export class Board {
  private readonly feed = new Feed();
  private rows = 0;
  add(row: string) {
    this.rows++;
    this.feed.send(row);
  }
${close}
}
`;
const forgets = board('  close() {\n    this.rows = 0;\n  }');

describe('instances that have to be ended', () => {
  it('a field of a class whose teardown leaves it', () => {
    const [{ findings } = assert.fail('no file')] = findingsOfFiles({ 'src/board.ts': forgets, 'src/feed.ts': feed });
    assert.deepEqual(
      findings.map(({ kind, confidence, message }) => ({ kind, confidence, message })),
      [
        {
          kind: 'handle/field-without-teardown',
          confidence: 'high',
          message:
            '`this.feed` is never ended: `Feed` keeps a socket (src/feed.ts:3) until `close()`, and `close` (line 9) tears `Board` down without it.',
        },
      ],
    );
  });
  it('the fix ends it in the teardown, unless that takes time', () => {
    const fixesOf = (files: Files): readonly string[] =>
      findingsOfFiles(files).flatMap(({ findings }) =>
        findings.flatMap(({ fixes }) => fixes.map(({ title }) => title)),
      );
    assert.deepEqual(fixesOf({ 'src/feed.ts': feed, 'src/board.ts': forgets }), ['Add `this.feed.close()` to `close`']);
    assert.deepEqual(fixesOf({ 'src/feed.ts': feed.replace('close()', 'async close()'), 'src/board.ts': forgets }), []);
  });
  it('a teardown that is empty, or inherited', () => {
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': board('  dispose() {}') }), [
      'src/board.ts:3 handle/field-without-teardown',
    ]);
    const base =
      "import { createConnection } from 'node:net';\nexport class Base {\n  private socket = createConnection(1);\n  close() {\n    this.socket.end();\n  }\n}\n";
    const derived = board('')
      .replace("import { Feed } from './feed';", "import { Feed } from './feed';\nimport { Base } from './base';")
      .replace('class Board', 'class Board extends Base');
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/base.ts': base, 'src/board.ts': derived }), [
      'src/board.ts:4 handle/field-without-teardown',
    ]);
  });
  it('through a base class, a class between and the default of a parameter', () => {
    const files = {
      'src/feed.ts': feed,
      'src/queue.ts':
        "import { Feed } from './feed';\nexport class Queue {\n  protected feed: Feed;\n  constructor(Link: typeof Feed = Feed) {\n    this.feed = new Link();\n  }\n  close() {\n    this.feed.close();\n  }\n}\n",
      'src/repeat.ts': "import { Queue } from './queue';\nexport class Repeat extends Queue {\n  next() {}\n}\n",
      'src/jobs.ts':
        "import { Queue } from './queue';\nimport { Repeat } from './repeat';\nexport class Jobs extends Queue {\n  private repeat?: Repeat;\n  again() {\n    if (!this.repeat) this.repeat = new Repeat();\n    this.repeat.next();\n  }\n}\n",
    };
    assert.deepEqual(found(files), ['src/jobs.ts:6 handle/field-without-teardown']);
    const closes = files['src/jobs.ts'].replace(
      '  again() {',
      '  close() {\n    this.repeat?.close();\n    super.close();\n  }\n  again() {',
    );
    assert.deepEqual(found({ ...files, 'src/jobs.ts': closes }), []);
  });
  it('a subscription on what the instance is given leaks where that outlives its maker', () => {
    const state = `export class State {
  private readonly listener;
  rows = 0;
  constructor(private readonly messages: Messages) {
    this.listener = this.messages.onMessage(() => this.rows++);
  }
  dispose() {
    this.listener.dispose();
  }
}
`;
    const view = (argument: string): string => `import { State } from './state';
export class View {
  private readonly state: State;
  private readonly own = new Messages();
  constructor(private readonly messages: Messages, private readonly element: Element) {
    this.state = new State(${argument});
  }
  dispose() {
    this.element.remove();
  }
}
`;
    assert.deepEqual(found({ 'src/state.ts': state, 'src/view.ts': view('messages') }), [
      'src/view.ts:6 listener/disposable-not-registered',
    ]);
    assert.deepEqual(found({ 'src/state.ts': state, 'src/view.ts': view('this.own') }), [], 'both end together');
  });
  it('disposables that a base class keeps by convention', () => {
    const base =
      'export class Disposable {\n  private readonly kept: { dispose(): void }[] = [];\n  protected _register<T extends { dispose(): void }>(one: T): T {\n    this.kept.push(one);\n    return one;\n  }\n  dispose() {\n    for (const one of this.kept) one.dispose();\n  }\n}\n';
    const model =
      "import * as vscode from 'vscode';\nimport { Disposable } from './base';\nexport class Model extends Disposable {\n  constructor() {\n    super();\n    this._register(vscode.workspace.onDidSaveTextDocument(() => this.load()));\n  }\n  load() {}\n}\n";
    const panel = (make: string): string =>
      `import { Disposable } from './base';\nimport { Model } from './model';\nexport class Panel extends Disposable {\n  private readonly model = ${make};\n  show() {\n    this.model.load();\n  }\n}\n`;
    const files = { 'src/base.ts': base, 'src/model.ts': model };
    assert.deepEqual(found({ ...files, 'src/panel.ts': panel('new Model()') }), [
      'src/panel.ts:4 listener/disposable-not-registered',
    ]);
    assert.deepEqual(found({ ...files, 'src/panel.ts': panel('this._register(new Model())') }), []);
    const together = base + model.replace(/import .*base';\n/, '');
    const same = panel('new Model()').replace('./base', './all').replace('./model', './all');
    assert.deepEqual(found({ 'src/all.ts': together, 'src/panel.ts': same }), [
      'src/panel.ts:4 listener/disposable-not-registered',
    ]);
  });
  it('what a method of the base opens, and the class calls while it is made', () => {
    const files = {
      'src/base.ts':
        'export class Watched {\n  private timer?: NodeJS.Timeout;\n  protected watch() {\n    this.timer = setInterval(() => this.look(), 100);\n  }\n  look() {}\n  destroy() {\n    clearInterval(this.timer);\n  }\n}\n',
      'src/canvas.ts': `import { Watched } from './base';
export class Canvas extends Watched {
  constructor() {
    super();
    this.watch();
  }
}
`,
      'src/device.ts':
        "import { Canvas } from './canvas';\nexport class Device {\n  private readonly canvas = new Canvas();\n  draw() {\n    this.canvas.look();\n  }\n  destroy() {}\n}\n",
    };
    assert.deepEqual(found(files), ['src/device.ts:3 listener/disposable-not-registered']);
    const later = files['src/canvas.ts'].replace('  constructor() {\n    super();', '  begin() {');
    assert.deepEqual(found({ ...files, 'src/canvas.ts': later }), []);
    const begins = files['src/device.ts'].replace('.look()', '.begin()');
    assert.deepEqual(found({ ...files, 'src/canvas.ts': later, 'src/device.ts': begins }), [
      'src/device.ts:3 listener/disposable-not-registered',
    ]);
  });
  it('what a library gives, and the class closes', () => {
    const store = (made: string, close: string): string =>
      `import { LevelDb } from 'level-db';\nexport class Store {\n  private readonly db = new ${made}('rows');\n  send(text: string) {\n    this.db.put(text);\n  }\n  close() {\n    ${close};\n  }\n}\n`;
    const user = forgets.replaceAll('Feed', 'Store').replace("'./feed'", "'./store'");
    const findings = findingsOfFiles({ 'src/store.ts': store('LevelDb', 'this.db.close()'), 'src/board.ts': user });
    assert.deepEqual(
      findings.flatMap((file) => file.findings.map(({ kind, confidence }) => `${file.path} ${kind} ${confidence}`)),
      ['src/board.ts handle/field-without-teardown medium'],
    );
    // No handle by its words, but an end that its class declares.
    assert.deepEqual(found({ 'src/store.ts': store('LevelDb', 'this.db.dispose()'), 'src/board.ts': user }), [
      'src/board.ts:3 handle/field-without-teardown',
    ]);
    assert.deepEqual(found({ 'src/store.ts': store('Map', 'this.db.clear()'), 'src/board.ts': user }), []);
    const emitter = store('Emitter', 'this.db.destroy()').replace('LevelDb', 'Emitter');
    assert.deepEqual(found({ 'src/store.ts': emitter, 'src/board.ts': user }), []);
  });
  it('what a method opens counts once the method is called', () => {
    const poll =
      'export class Poll {\n  private timer?: NodeJS.Timeout;\n  start() {\n    this.timer = setInterval(() => this.tick(), 1000);\n  }\n  tick() {}\n  stop() {\n    clearInterval(this.timer);\n  }\n}\n';
    const page = (show: string): string =>
      `import { Poll } from './poll';\nexport class Page {\n  private readonly poll = new Poll();\n  private rows = 0;\n  show() {\n    ${show};\n  }\n  destroy() {\n    this.rows = 0;\n  }\n}\n`;
    assert.deepEqual(found({ 'src/poll.ts': poll, 'src/page.ts': page('this.poll.start()') }), [
      'src/page.ts:3 listener/disposable-not-registered',
    ]);
    assert.deepEqual(found({ 'src/poll.ts': poll, 'src/page.ts': page('this.poll.tick()') }), []);
  });
  it('a local instance that no way out ends', () => {
    const send = (rest: string): string =>
      `import { Feed } from './feed';\nexport function send(text: string) {\n  const feed = new Feed();\n  feed.send(text);${rest}\n}\n`;
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/send.ts': send('') }), [
      'src/send.ts:3 handle/disposable-not-disposed',
    ]);
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/send.ts': send('\n  feed.close();') }), []);
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/send.ts': send('\n  return feed;') }), []);
  });

  it('one that a function or a method of another file makes', () => {
    const files = {
      'src/feed.ts': feed,
      'src/make.ts':
        "import { Feed } from './feed';\nexport const makeFeed = () => new Feed();\nexport class Feeds {\n  made = 0;\n  static first() {\n    return new Feed();\n  }\n  next() {\n    const feed = new Feed();\n    this.made++;\n    return feed;\n  }\n}\n",
    };
    const user = (make: string): string =>
      `import { Feeds, makeFeed } from './make';\nexport class Board {\n  private readonly feed;\n  constructor(private readonly feeds: Feeds) {\n    this.feed = ${make};\n  }\n  add(row: string) {\n    this.feed.send(row);\n  }\n  dispose() {}\n}\n`;
    for (const make of ['makeFeed()', 'Feeds.first()', 'feeds.next()', 'this.feeds.next()'])
      assert.deepEqual(
        found({ ...files, 'src/board.ts': user(make) }),
        ['src/board.ts:5 handle/field-without-teardown'],
        make,
      );
    const kept = files['src/make.ts'].replace('this.made++;', 'this.all.push(feed);');
    assert.deepEqual(found({ ...files, 'src/make.ts': kept, 'src/board.ts': user('feeds.next()') }), []);
  });
  it('a handle that a method of another file opens for its caller', () => {
    const store =
      "import fs from 'node:fs/promises';\nexport class Store {\n  constructor(private readonly path: string) {}\n  async open() {\n    return await fs.open(this.path, 'a');\n  }\n}\n";
    const note = (rest: string): string =>
      `import { Store } from './store';\nexport class Notes {\n  private readonly store = new Store('notes');\n  async note(text: string) {\n    const file = await this.store.open();\n    ${rest}\n  }\n}\n`;
    assert.deepEqual(found({ 'src/store.ts': store, 'src/note.ts': note('await file.write(text);') }), [
      'src/note.ts:5 handle/fs-filehandle',
    ]);
    const closes = note('try {\n      await file.write(text);\n    } finally {\n      await file.close();\n    }');
    assert.deepEqual(found({ 'src/store.ts': store, 'src/note.ts': closes }), []);
    assert.deepEqual(found({ 'src/store.ts': store, 'src/note.ts': note('return file;') }), []);
  });
  it('a field that a getter shows', () => {
    const shows = (end: string): string => board(`  get link() {\n    return this.feed;\n  }\n  dispose() {${end}}`);
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': shows('') }), [
      'src/board.ts:3 handle/field-without-teardown',
    ]);
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': shows('\n    this.feed.close();\n  ') }), []);
    const ended = `${shows('')}export const end = (board: Board) => board.link.close();\n`;
    assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': ended }), []);
  });

  it('a field that is made on demand, and that all who ask are given', () => {
    const onDemand = (show: string, end = ''): string => `import { Feed } from './feed';
import { log } from './log';
export class Board {
  private feed?: Feed;
${show}
  close() {${end}}
}
`;
    const leaks = (show: string, line: number): void => {
      assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': onDemand(show) }), [
        `src/board.ts:${line} handle/field-without-teardown`,
      ]);
      assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': onDemand(show, ' this.feed?.close(); ') }), []);
    };
    leaks('  get() {\n    if (!this.feed) this.feed = new Feed();\n    return this.feed;\n  }', 6);
    leaks('  get() {\n    this.feed ??= new Feed();\n    log(this.feed);\n    return this.feed;\n  }', 6);
    leaks(
      '  get link() {\n    return new Promise<Feed>((resolve) => {\n      if (!this.feed) {\n        this.feed = new Feed();\n      }\n      resolve(this.feed);\n    });\n  }',
      8,
    );
    const silentOn = (show: string): void =>
      assert.deepEqual(found({ 'src/feed.ts': feed, 'src/board.ts': onDemand(show) }), []);
    silentOn('  make() {\n    this.feed = new Feed();\n    return this.feed;\n  }');
    silentOn('  get() {\n    this.feed ??= new Feed();\n    registerFeed(this.feed);\n    return this.feed;\n  }');
    silentOn(
      '  take() {\n    this.feed ??= new Feed();\n    const feed = this.feed;\n    this.feed = undefined;\n    return feed;\n  }',
    );
  });

  const silent = (name: string, files: Files): void => {
    it(`is silent on ${name}`, () => assert.deepEqual(found({ 'src/feed.ts': feed, ...files }), []));
  };
  silent('a teardown that ends it, by any of its names', {
    'src/board.ts': board('  close() {\n    this.feed.close();\n  }'),
  });
  silent('a teardown that speaks of it', { 'src/board.ts': board("  close() {\n    this.feed.send('bye');\n  }") });
  silent('a class without a teardown', { 'src/board.ts': board('') });
  silent('a module singleton', {
    'src/board.ts': `${forgets.replace('export ', '')}export const one = new Board();\n`,
  });
  silent('a field that is handed to another owner', {
    'src/board.ts': board(
      '  constructor(owner: Owner) {\n    owner.own(this.feed);\n  }\n  close() {\n    this.rows = 0;\n  }',
    ),
  });
  silent('one that is ended from outside', {
    'src/board.ts': `${forgets}export function leave(board: { feed: Feed }) {\n  board.feed.close();\n}\n`,
  });
  silent('a class whose resources die with the instance', {
    'src/feed.ts':
      "import { EventEmitter } from 'node:events';\nexport class Feed {\n  private readonly bus = new EventEmitter();\n  private rows = new Map<string, string>();\n  constructor() {\n    this.bus.on('row', this.send);\n  }\n  send = (text: string) => this.rows.set(text, text);\n  close() {\n    this.bus.off('row', this.send);\n    this.rows.clear();\n  }\n}\n",
    'src/board.ts': forgets,
  });
  silent('an owner that can only be stopped, and started again', {
    'src/board.ts': board('  start() {}\n  stop() {\n    this.rows = 0;\n  }'),
  });
  silent('a field that others set', {
    'src/board.ts': forgets.replace('private readonly feed', '@Input() feed'),
  });
  silent('a field that is put into a collection at once', {
    'src/board.ts': board(
      '  private readonly parts = new Parts();\n  private readonly second: Feed;\n  constructor() {\n    this.parts.push((this.second = this.feed));\n  }\n  get part() {\n    return this.second;\n  }\n  close() {\n    this.parts.close();\n  }',
    ),
  });
  silent('a class that ends when its work is done', {
    'src/feed.ts': feed.replace('this.socket.write(text);', 'this.socket.write(text);\n    this.close();'),
    'src/board.ts': forgets,
  });
  silent('an instance that others are given while it is made', {
    'src/feed.ts': feed.replace('  send(', '  constructor(owner: Owner) {\n    owner.register(this);\n  }\n  send('),
    'src/board.ts': forgets.replace('new Feed()', 'new Feed(owners)'),
  });
  silent('a class that may be given what it holds', {
    'src/feed.ts': feed
      .replace('private readonly socket = createConnection(7000);', 'private readonly socket;')
      .replace(
        '  send(',
        '  constructor(given?: Socket) {\n    this.socket = given ?? createConnection(7000);\n  }\n  send(',
      ),
    'src/board.ts': forgets,
  });
  silent('a class of a file that is not known', { 'src/feed.ts': 'export {};\n', 'src/board.ts': forgets });
});

samples(
  'a field of a class whose base, in another file, has an end that this one calls',
  [
    {
      name: 'where the base is told nothing',
      path: 'src/intake.js',
      code: `import http from 'node:http';
import { Agent } from './agent.js';
export class Intake extends Agent {
  start() {
    this.server = http.createServer().listen(0); // leak handle/http-server
  }
  stop() {
    this.port = 0;
  }
}`,
    },
    {
      name: 'where there is no base',
      path: 'src/intake.js',
      code: `import http from 'node:http';
export class Intake {
  start() {
    this.server = http.createServer().listen(0); // leak handle/http-server
  }
  stop() {
    this.port = 0;
  }
}`,
    },
  ],
  [
    {
      name: 'in JavaScript',
      path: 'src/intake.js',
      code: `import http from 'node:http';
import { Agent } from './agent.js';
export class Intake extends Agent {
  start() {
    this.server = http.createServer().listen(0);
  }
  stop() {
    this.port = 0;
    return super.stop();
  }
}`,
    },
  ],
);
