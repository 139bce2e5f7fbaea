/** What is right but does little harm is a hint. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from './expectLeaks';

const severityOf = (code: string, path?: string): string | undefined => findingsOf(code, path)[0]?.severity;

describe('how much a timeout weighs', () => {
  const field = (delay: string, run = ''): string => `export class Notice {
  show() {
    this.hiding = setTimeout(() => this.hide(), ${delay});
  }
  hide() {
    ${run}
  }
  dispose() {
    this.element.remove();
  }
}`;
  const dropped = (delay: string, run?: string): string => field(delay, run).replace('this.hiding = ', '');
  const effect = (delay: string): string => `import { useEffect, useState } from 'react';
export function Toast({ close }) {
  useEffect(() => {
    setTimeout(() => close('late'), ${delay});
  }, [close]);
  return <p />;
}`;
  const race = (delay: string): string => `export function within(work) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), ${delay}));
  return Promise.race([work, late]);
}`;

  it('is nothing where it soon ends by itself', () => {
    for (const delay of ['2000', '9_999']) {
      assert.equal(severityOf(dropped(delay)), undefined, delay);
      assert.equal(severityOf(effect(delay), 'src/Toast.tsx'), undefined, delay);
      assert.equal(severityOf(race(delay)), undefined, delay);
    }
  });

  it('is little where its handle is kept', () => {
    for (const delay of ['2000', '10_000', 'wait']) assert.equal(severityOf(field(delay)), 'low', delay);
  });

  it('is little where it goes on for long, or nobody knows how long', () => {
    for (const delay of ['10_000', '5 * 60 * 1000', 'wait']) {
      assert.equal(severityOf(effect(delay), 'src/Toast.tsx'), 'low', delay);
      assert.equal(severityOf(race(delay)), 'low', delay);
    }
  });

  it('is little where it works with what its owner has ended', () =>
    assert.equal(severityOf(dropped('2000', 'this.element.hidden = true;')), 'low'));

  it('is more where it then begins what stays', () => {
    const begins = "document.addEventListener('click', () => this.show());";
    assert.equal(severityOf(field('2000', begins)), 'low');
    assert.equal(severityOf(field('10_000', begins)), 'medium');
  });
});

describe('how much a handler on a caller’s signal weighs', () => {
  const read = `export function read(source: Source, signal?: AbortSignal) {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
    source.read(resolve);
  });
}`;

  it('is little where nothing ever takes it off, and more where a way out forgets it', () => {
    assert.equal(severityOf(read), 'low');
    const readAll = `export async function readAll(sources: Source[], signal: AbortSignal) {
  for (const source of sources) await read(source, signal);
}`;
    assert.equal(severityOf(`${read}\n${readAll}`), 'low');
    const forgets = `export async function read(source: Source, signal: AbortSignal) {
  const stop = () => source.stop();
  signal.addEventListener('abort', stop);
  await source.read();
  signal.removeEventListener('abort', stop);
}`;
    assert.equal(severityOf(forgets), 'low');
    assert.equal(severityOf(`${forgets}\n${readAll}`), 'medium');
  });
});

describe('how much a removal in vain weighs', () => {
  const off = (receiver: string, more = ''): string => `export class Picker {
  ${more}
  open() {
    ${receiver}.addEventListener('click', this.pick.bind(this));
  }
  pick() {}
  destroy() {
    ${receiver}.removeEventListener('click', this.pick.bind(this));
  }
}`;

  it('is most where owners come and go while what it is on stays, least on elements that the instance was given or made', () => {
    assert.equal(severityOf(off('document')), 'medium');
    assert.equal(
      severityOf(`${off('document')}\ndocument.addEventListener('click', () => new Picker().open());`),
      'high',
    );
    assert.equal(severityOf(off('this.host', 'constructor(private readonly host: HTMLElement) {}')), 'low');
    assert.equal(severityOf(off('this.own', "private readonly own = document.createElement('p');")), 'low');
  });
});

describe('how much a removal with another capture flag weighs', () => {
  const track = (receiver: string): string => `export function track(box: HTMLElement) {
  ${receiver}.addEventListener('click', click, true);
  ${receiver}.removeEventListener('click', click);
}
function click() {}`;

  it('is little where one function stays on the page once, and more where it stays on each element', () => {
    assert.equal(severityOf(track('document')), 'low');
    assert.equal(severityOf(track('box')), 'medium');
  });
});

describe('how much an early return of the end of a gesture weighs', () => {
  const columns = (more: string, condition = 'column < 0'): string => `let column = -1;
export function down(index: number) {
  column = index;
  document.addEventListener('touchmove', move);
  document.addEventListener('touchend', up);
}
function move() {}
function up() {
  if (${condition}) return;
  column = -1;
  document.removeEventListener('touchmove', move);
  document.removeEventListener('touchend', up);
}
${more}`;

  it('is little, also where another has said before that nothing is there', () => {
    const dragging = 'let dragging = false;\nexport function shake() {\n  dragging = true;\n}\n';
    assert.equal(severityOf(columns(dragging, '!dragging')), 'low');
    const reset = 'function reset() {\n  column = -1;\n}\nexport function leave() {\n  reset();\n  up();\n}';
    assert.equal(severityOf(columns(reset)), 'low');
  });

  it('is nothing where so much is left', () => {
    const fingers = 'let left = 2;\nlet all = 2;\nexport function more() {\n  left = all = 3;\n}\n';
    assert.equal(severityOf(columns(fingers, 'left > all')), undefined);
  });
});

describe('how much an observer weighs', () => {
  const panel = (target: string): string => `export class Panel {
  constructor(private readonly element: HTMLElement) {
    this.observer = new ResizeObserver(() => this.layout());
    this.observer.observe(${target});
  }
  layout() {}
  dispose() {
    this.element.remove();
  }
}`;

  it('is less where it dies with what it observes', () => {
    assert.equal(severityOf(panel('document.body')), 'medium');
    assert.equal(severityOf(panel('this.element')), 'low');
  });
});

describe('how much a listener of each mount weighs', () => {
  const component = (more: string): string => `import { Component } from 'react';
export class Shell extends Component {
  componentDidMount() {
    window.addEventListener('resize', this.fit);
  }
  fit = () => this.setState({ width: window.innerWidth });
  ${more}
  render() {
    return <main />;
  }
}`;

  it('is more where the class ends something else at its unmount', () => {
    assert.equal(severityOf(component(''), 'src/Shell.tsx'), 'low');
    assert.equal(severityOf(component('componentWillUnmount() { this.api.close(); }'), 'src/Shell.tsx'), 'high');
  });
});

describe('how much a handler weighs that is added again', () => {
  const shell = (handler: string): string => `export class Shell {
  open() {
    window.addEventListener('focus', ${handler});
  }
  refresh() {}
}
document.addEventListener('visibilitychange', () => shell.open());
const shell = new Shell();`;

  it('is little where it is one and the same function, which an event target keeps once', () => {
    assert.equal(severityOf(shell('() => this.refresh()')), 'medium');
    assert.equal(severityOf(shell('this.refresh')), 'low');
  });
});

describe('what a static member begins', () => {
  it('is not for the end of an instance', () => {
    const recorder = (modifier: string): string | undefined =>
      findingsOf(`export class Recorder {
  ${modifier} save(blob: Blob) {
    this.link.href = URL.createObjectURL(blob);
    this.link.click();
  }
  stop() {
    this.recording = false;
  }
}`)[0]?.message;
    assert.match(recorder('') ?? '', /`stop`/);
    assert.doesNotMatch(recorder('static') ?? '', /`stop`/);
  });
});

describe('what an element is given for its beginning', () => {
  const editor = (prop: string): readonly string[] =>
    findingsOf(
      `import { useRef } from 'react';
export function Query() {
  const cursor = useRef();
  useEffect(() => () => cursor.current?.dispose(), []);
  return <Editor ${prop}={(editor) => { cursor.current = editor.onDidChangeCursor(() => {}); }} />;
}`,
      'src/Query.tsx',
    ).map(({ kind }) => kind);

  it('comes once', () => {
    assert.deepEqual(editor('onMount'), []);
    assert.deepEqual(editor('onSelect'), ['listener/disposable-overwritten']);
  });
});

describe('how much a listener of each event weighs', () => {
  const server = (handler: string): string | undefined =>
    severityOf(`import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
server.on('request', ${handler} => {
  bus.on('news', (item) => console.log(item));
});`);

  it('is most where the event is a request', () => {
    assert.equal(server('(req, res)'), 'high');
    assert.equal(server('(news)'), 'medium');
  });
});

describe('what a getter does', () => {
  const server = (app: string): string | undefined =>
    findingsOf(`import express from 'express';
export class Server {
  ${app} {
    this.made = express();
    process.on('uncaughtException', (error) => this.log(error));
    return this.made;
  }
  start(port: number) {
    express().use('/api', this.app).listen(port);
  }
}`)[0]?.message;

  it('is not done by whoever is given what it gives', () => {
    assert.match(server('app()') ?? '', /each `\/api`/);
    assert.doesNotMatch(server('get app()') ?? '', /each `\/api`/);
  });
});

describe('how much an interval weighs whose handle is dropped', () => {
  const begun = (around: string): string => around.replace('…', 'setInterval(() => check(), 60_000);');
  it('is little in a function that is called, which mostly means it to last', () => {
    assert.equal(severityOf(begun('export function watchAll(rows) {\n  log(rows);\n  …\n}')), 'low');
    assert.equal(severityOf(begun('export function initialize() {\n  …\n}')), 'low');
  });
  it('is more where it works for the caller, by a function that was given', () => {
    assert.equal(severityOf('export function poll(f: () => void) {\n  setInterval(f, 1);\n}'), 'medium');
    assert.equal(
      severityOf('export function poll(f: () => void, ms: number) {\n  setInterval(() => {\n    f();\n  }, ms);\n}'),
      'medium',
    );
    assert.equal(severityOf('export function pollAll(ms: number) {\n  setInterval(() => check(), ms);\n}'), 'low');
  });
  it('is more where it begins anew for each event or mount, or its owner ends without it', () => {
    assert.equal(severityOf(begun("bus.on('row', () => {\n  …\n});")), 'high');
    assert.equal(
      severityOf(
        begun(
          "import { useEffect } from 'react';\nexport function Row() {\n  useEffect(() => {\n    …\n  }, []);\n  return <tr />;\n}",
        ),
        'src/Row.tsx',
      ),
      'high',
    );
    assert.equal(
      severityOf(
        begun('export class Row {\n  constructor() {\n    …\n  }\n  dispose() {\n    this.box.remove();\n  }\n}'),
      ),
      'high',
    );
  });
  it('is more where its class alone keeps it, so that it could end it', () => {
    const kept = (field: string): string | undefined =>
      severityOf(`export class Row {\n  begin() {\n    this.${field} = setInterval(() => check(), 60_000);\n  }\n}`);
    assert.equal(kept('#timer'), 'medium');
    assert.equal(kept('_timer'), 'medium');
    // Whoever has the row may end it.
    assert.equal(kept('timer'), 'low');
  });
});

describe('how much weighs what comes a few times in a session', () => {
  const window = (event: string): string => `import { app, ipcMain } from 'electron';
function open() {
  ipcMain.on('save', () => save());
}
app.on('${event}', () => open());`;
  it('is little', () => {
    for (const event of ['activate', 'second-instance']) assert.equal(severityOf(window(event)), 'low', event);
  });
  it('is more for what comes often', () => assert.equal(severityOf(window('browser-window-focus')), 'medium'));
});

describe('how much an observer weighs that is dropped', () => {
  const element = (target: string): string => `export class Panel extends HTMLElement {
  constructor(page) {
    super();
    new MutationObserver(() => this.draw()).observe(${target}, { childList: true });
  }
  draw() {}
  disconnectedCallback() {
    this.rows = [];
  }
}`;
  it('is little where it watches its own element', () => assert.equal(severityOf(element('this')), 'low'));
  it('is more where it watches what stays', () => assert.equal(severityOf(element('document.body')), 'medium'));
});

describe('how much a file handle weighs that a failure leaves open', () => {
  const read = (before: string): string => `import { open } from 'node:fs/promises';
export async function readHeader(path, parse) {
  const file = await open(path);
  ${before}
  const { buffer } = await file.read({ length: 16 });
  await file.close();
  return buffer;
}`;
  it('is little where only reading what was just opened may fail', () => assert.equal(severityOf(read('')), 'low'));
  it('is more where other work may fail, or a way out forgets it, and it is done all the time', () => {
    const often = (before: string): string => `${read(before)}\nsetInterval(() => readHeader('a', JSON.parse), 9);`;
    assert.equal(severityOf(often('await parse(path);')), 'medium');
    assert.equal(severityOf(often("if (path.endsWith('.txt')) return undefined;")), 'medium');
    assert.equal(severityOf(read("if (path.endsWith('.txt')) return undefined;")), 'low');
    assert.equal(severityOf(read('').replace('  await file.close();\n', '')), 'high');
  });
});

describe('how much a stream weighs that a pipe leaves open', () => {
  const pack = (finish: string, made = 'const archive = createArchive();'): string => `import fs from 'node:fs';
import { createArchive } from './archive';
export function pack(path, files, done, given) {
  const output = fs.createWriteStream(path);
  ${made}
  archive.on('error', done);
  archive.pipe(output);
  ${finish}
}`;
  it('is little where the function itself fills and finishes what it pipes', () =>
    assert.equal(severityOf(pack('for (const file of files) archive.file(file);\n  archive.finalize();')), 'low'));
  it('is little, too, where a function of the file finishes it', () =>
    assert.equal(severityOf(`${pack('finish(archive);')}\nfunction finish(one) {\n  one.finalize();\n}`), 'low'));
  it('is more where others do', () => {
    assert.equal(severityOf(pack('files.forEach((file) => given.add(file, archive));')), 'medium');
    assert.equal(
      severityOf(
        pack('archive.end();', 'const archive = given;')
          .replace('const archive = given;\n', '')
          .replace('done, given', 'done, archive'),
      ),
      'medium',
    );
  });
});

describe('how much a memoized function weighs', () => {
  const memo = `import mem from 'mem';
export const load = mem(async (query) => (await fetch(endpoint, { body: query })).json());`;
  it('is little in a page, and more in a process that serves many', () => {
    assert.equal(severityOf(memo, 'src/gists.tsx'), 'low');
    assert.equal(severityOf(`${memo}\nload(window.name);`, 'src/gists.ts'), 'low');
    assert.equal(severityOf(memo, 'src/server.ts'), 'medium');
    assert.equal(
      severityOf(`${memo}\nexport const of = (page) => load(page.document.url);`, 'src/server.ts'),
      'medium',
    );
  });
});

describe('how much a loop weighs that nobody can stop', () => {
  const loop = 'function beat() {\n  ping();\n  setTimeout(beat, 1000);\n}\n';
  const started = (start: string, path: string): readonly (string | undefined)[] =>
    findingsOfFiles({
      'src/beat.ts': `${loop}export function keepAlive() {\n  beat();\n}\n`,
      [path]: `import { keepAlive } from './beat';\n${start}\n`,
    }).flatMap(({ findings }) => findings.map(({ severity }) => severity));

  it('is nothing where the program starts it once, by a hook that a framework calls', () => {
    assert.deepEqual(started('export async function init() {\n  keepAlive();\n}', 'src/hooks.server.ts'), []);
    assert.deepEqual(
      started('export const register = async () => {\n  keepAlive();\n};', 'src/instrumentation.ts'),
      [],
    );
  });
  it('is little where others may start it again', () => {
    assert.deepEqual(started('export async function init() {\n  keepAlive();\n}', 'src/other.ts'), ['low']);
    assert.deepEqual(started('export async function handle() {\n  keepAlive();\n}', 'src/hooks.server.ts'), ['low']);
  });
  it('is much where it is started again and again', () =>
    assert.deepEqual(started("window.addEventListener('focus', () => keepAlive());", 'src/hooks.server.ts'), ['low']));
  it('is more where it draws', () =>
    assert.equal(
      severityOf(
        'function draw() {\n  paint();\n  requestAnimationFrame(draw);\n}\nexport function show() {\n  draw();\n}\n',
      ),
      'medium',
    ));
  it('is more where the file itself starts it again and again', () =>
    assert.equal(severityOf(`${loop}window.addEventListener('focus', () => beat());\n`), 'high'));
});

describe('how much a handler of a service weighs', () => {
  const service = (decorator: string, add: string): string => `import { Injectable } from '@angular/core';
@Injectable(${decorator})
export class Focus {
  private track() {
    ${add}
  }
  ask() {
    this.track();
  }
  ngOnDestroy() {
    this.names.clear();
  }
}`;
  const add = "window.addEventListener('focus', () => this.names.add('focus'));";

  it('is little where there is one for the page', () => {
    assert.equal(severityOf(service("{ providedIn: 'root' }", add)), 'low');
    assert.equal(severityOf(service("{ providedIn: 'platform' }", add)), 'low');
  });
  it('is more where a part of the page may have its own', () => {
    assert.equal(severityOf(service('', add)), 'medium');
    assert.equal(severityOf(service("{ providedIn: 'any' }", add)), 'medium');
  });
  it('is more where an event adds it each time', () =>
    assert.equal(
      severityOf(service("{ providedIn: 'root' }", `document.onclick = () => {\n      ${add}\n    };`)),
      'medium',
    ));
});

describe('how much weighs what a failure leaves open', () => {
  it('is little where the step that fails is one of what was opened, unless that is done all the time', () => {
    const write = (before: string, after: string, step: string): string =>
      `import fs from 'node:fs';\n${before}\n  const fd = fs.openSync(path, 'w');\n  ${step}\n  fs.closeSync(fd);\n${after}`;
    const [call, end] = ['export function save(path, text) {', '}'];
    assert.equal(severityOf(write(call, end, 'fs.writeSync(fd, text);')), 'low');
    assert.equal(severityOf(write(call, end, 'const data = JSON.parse(text);\n  fs.writeSync(fd, data);')), 'medium');
    assert.equal(
      severityOf(
        write("import { bus } from './bus';\nbus.on('row', (path, text) => {", '});', 'fs.writeSync(fd, text);'),
      ),
      'medium',
    );
  });
  it('is little where a work of one call settles, and more where events begin it', () => {
    const choose = (begin: string, end: string): string => `import readline from 'node:readline';
${begin}
  new Promise<string>((resolve) => {
    const asker = readline.createInterface({ input: process.stdin });
    const limit = setTimeout(() => resolve(options[0]), 9000);
    asker.question('Which one? ', (answer) => {
      clearTimeout(limit);
      asker.close();
      resolve(answer);
    });
  })${end}`;
    assert.equal(severityOf(choose('export const choose = (options: string[]) =>', ';')), 'low');
    assert.equal(severityOf(choose("bus.on('ask', (options: string[]) =>", ');')), 'medium');
  });
  it('is little of a pipe that somebody begins by hand, or of which nothing shows that it fails', () => {
    const copy = (begin: string, source: string, end = '};'): string =>
      `import fs from 'node:fs';\n${begin}\n  const source = ${source};\n  source.on('error', tell).pipe(fs.createWriteStream(target));\n${end}`;
    assert.equal(severityOf(copy('box.ondrop = ({ path, target }) => {', 'open(path)')), 'low');
    assert.equal(severityOf(copy('export const copy = (path, target) => {', 'open(path)')), 'medium');
    const plain = (source: string): string =>
      `import fs from 'node:fs';\nexport function store(mail, target) {\n  ${source}.pipe(fs.createWriteStream(target));\n}`;
    assert.equal(severityOf(plain('mail.body')), 'low');
    assert.equal(severityOf(plain('mail')), 'medium');
  });
  it('is little of a watcher that each call would set up for the same, and that is dropped', () => {
    const watch = (what: string, keep = ''): string =>
      `import fs from 'node:fs';\nimport { config } from './config';\nexport function follow(folder, tell) {\n  ${keep}fs.watch(${what}, () => tell());\n}`;
    assert.equal(severityOf(watch('config.users()')), 'low');
    assert.equal(severityOf(watch('folder')), 'medium');
    assert.equal(severityOf(watch('config.usersOf(folder)')), 'medium');
  });
  it('is little of a listener for the end of the process, and more of another of its events', () => {
    const wait = (event: string): string => `export function run(work) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      process.off('${event}', stop);
      resolve();
    };
    process.on('${event}', stop);
    work.then(resolve, reject);
  });
}`;
    assert.equal(severityOf(wait('SIGINT')), 'low');
    assert.equal(severityOf(wait('message')), 'medium');
  });
});

describe('listeners on what is imported and there once of a process, which nothing tears down', () => {
  const listening = (receiver: string, add: string): string => `import { ipcMain } from 'electron';
import { bus } from './bus';
export class Channels {
  listen(): void {
    ${receiver}.${add}('told', () => this.tell());
  }
  tell(): void {}
}`;
  it('are hidden: a part of the program sets them up for good', () =>
    assert.equal(severityOf(listening('ipcMain', 'on')), undefined));
  it('weigh little on the page, and on the process, of which others take theirs off', () => {
    assert.equal(severityOf(listening('window', 'addEventListener')), 'low');
    assert.equal(severityOf(listening('process', 'on')), 'low');
  });
  it('weigh as before where the end of their owner forgets them', () =>
    assert.equal(
      severityOf(listening('ipcMain', 'on').replace('tell(): void', 'dispose(): void { this.off(); }\n  tell(): void')),
      'medium',
    ));
  it('weigh as before where each event adds one', () =>
    assert.notEqual(
      severityOf(`import { app, ipcMain } from 'electron';
app.on('second-instance', (_event, args) => ipcMain.on('told', () => open(args)));`),
      undefined,
    ));
  const opening = (body: string): string =>
    `import { BrowserWindow, ipcMain } from 'electron';\nimport { store } from './store';\nexport function open(size, given) {\n  ${body}\n}`;
  for (const [name, held, free] of [
    [
      'a thing that the same call makes',
      "const win = new BrowserWindow();\n  ipcMain.on('told', () => win.setSize(1, 1));\n  return win;",
      "const win = new BrowserWindow();\n  ipcMain.on('told', (event, win) => win.setSize(1, 1));\n  return win;",
    ],
    [
      'what the same call opens',
      "const win = await openWindow(size);\n  ipcMain.on('told', (event) => {\n    if (event) win.close();\n  });",
      "const win = await openWindow(size);\n  ipcMain.on('told', (event) => {\n    if (event) store.close();\n  });",
    ],
    [
      'such a thing by a function with a name',
      "const win = new BrowserWindow();\n  const fit = () => win.setSize(1, 1);\n  ipcMain.on('told', fit);",
      "const title = 'told';\n  const fit = () => store.fit(title);\n  ipcMain.on('told', fit);",
    ],
  ] as const)
    it(`are shown where they hold ${name}, and else not`, () => {
      assert.equal(severityOf(opening(held).replace('export f', 'export async f')), 'low');
      assert.equal(severityOf(opening(free).replace('export f', 'export async f')), undefined);
    });
  const framed = (fields: string, handler: string): string =>
    `import { BrowserWindow, ipcMain } from 'electron';\nexport class Frame {\n  ${fields}\n    ipcMain.on('told', ${handler});\n  }\n}\nexport const open = () => new Frame();`;
  for (const [name, held, free] of [
    [
      'the window that each instance makes',
      framed('win = new BrowserWindow();\n  constructor() {', '() => this.win.setSize(1, 1)'),
      framed('seen = new Map();\n  constructor() {', '() => this.seen.clear()'),
    ],
    [
      'the window that each instance is given',
      framed('constructor(private readonly win: BrowserWindow) {', '() => this.win.setSize(1, 1)'),
      framed('constructor(private readonly store: Store) {', '() => this.store.save()'),
    ],
    [
      'the window that a method makes',
      framed('constructor() {\n    this.win = new BrowserWindow();', '() => this.win.setSize(1, 1)'),
      framed('constructor() {\n    this.win = new BrowserWindow();', '() => this.tell()'),
    ],
  ] as const)
    it(`are shown where they hold ${name}, and else not`, () => {
      assert.equal(severityOf(held), 'low');
      assert.equal(severityOf(free), undefined);
    });
});
