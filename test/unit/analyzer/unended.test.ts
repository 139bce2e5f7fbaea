/** Parts, lists and locals that want an end by their class, their maker or their names, and that nobody ends. */
import assert from 'node:assert/strict';
import { findingsOf, findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

const field = 'handle/field-without-teardown';

/** "path:line kind" of what is shown. */
const found = (files: Files): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const inOne = (code: string): readonly string[] => found({ 'src/one.ts': code });

/** A player that gives its picture back when it is destroyed: nothing that the catalogue knows. */
const part = (end: string): string => `export class Part {
  private picture = load();
  play(title: string) {
    this.picture.show(title);
  }
  ${end}
}
`;
const gives = 'destroy() {\n    this.picture.close();\n  }';

const page = (fields: string, end: string, more = ''): string => `import { Part } from './part';
export class Page {
  ${fields}
  private title = '';
  show(title: string) {
    this.title = title;
    this.part.play(title);
  }
  ${more}
  dispose() {
    ${end}
    this.title = '';
  }
}
`;
const made = 'private part = new Part();';

describe('parts that nobody ends', () => {
  it('an instance of a class that declares an end', () => {
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': page(made, '') }), [`src/page.ts:3 ${field}`]);
  });

  it('what a function of another file makes', () => {
    const maker = `export function createPart() {\n  const picture = load();\n  return { play: (title: string) => picture.show(title), destroy: () => picture.close() };\n}\n`;
    const text = page('private part = createPart();', '').replace('{ Part }', '{ createPart }');
    assert.deepEqual(found({ 'src/part.ts': maker, 'src/page.ts': text }), [`src/page.ts:3 ${field}`]);
  });

  it('what a library makes, by the name of its class', () => {
    const code = (name: string): string =>
      `import lib from 'some-lib';\nexport class Room {\n  private link = new lib.${name}('room');\n  say(text: string) {\n    this.link.send(text);\n  }\n  destroy() {\n    log('bye');\n  }\n}\n`;
    for (const name of ['EventManager', 'Connection', 'PollTimer', 'RoomSession', 'FocusTrap'])
      assert.deepEqual(inOne(code(name)), [`src/one.ts:3 ${field}`], name);
    for (const name of ['Parser', 'Formatter', 'Options', 'AbortController', 'EventEmitter'])
      assert.deepEqual(inOne(code(name)), [], name);
  });

  it('what a library makes, by the names of the function and the field', () => {
    const code = (value: string): string =>
      `import ui from 'some-ui';\nexport class Box {\n  private editor: unknown;\n  constructor(private root: Root) {\n    const editor = ${value};\n    editor.focus();\n    this.editor = editor;\n  }\n  onDestroy() {\n    this.root.remove();\n  }\n}\n`;
    assert.deepEqual(inOne(code('ui.createEditor(root)')), [`src/one.ts:5 ${field}`]);
    assert.deepEqual(inOne(code('ui.edit(root)')), [`src/one.ts:5 ${field}`]);
    assert.deepEqual(inOne(code('ui.getEditor(root)')), []);
  });

  it('the last of those that are ended before each new one', () => {
    const more = 'load() {\n    this.part?.destroy();\n    this.part = new Part();\n  }';
    const text = page('private part?: Part;', '', more).replace('part.play', 'part?.play');
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': text }), [`src/page.ts:11 ${field}`]);
  });

  it('is silent when the class ends it, whoever calls that', () => {
    const more = 'stopPart() {\n    this.part.destroy();\n  }';
    for (const text of [page(made, 'this.part.destroy();'), page(made, '', more), page(made, 'this.part.reset();')])
      assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': text }), []);
  });

  it('is silent when others have it, or may have given it', () => {
    for (const text of [
      page(made, '', 'owned(list: Part[]) {\n    list.push(this.part);\n  }'),
      page(made, '', 'get() {\n    return this.part;\n  }'),
      page('private part = this.register(new Part());', ''),
      page('private part = given ? given : new Part();', ''),
      page('private part = new Part(this);', ''),
    ])
      assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': text }), []);
  });

  it('is silent where a getter shows it and it is ended by that name', () => {
    const more = 'get shown() {\n    return this.part;\n  }\n  leave() {\n    this.shown.destroy();\n  }';
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': page(made, '', more) }), []);
  });

  it('is silent on a class that has no end, or one that ends nothing', () => {
    for (const end of [
      '',
      'destroy() {\n    this.picture = load();\n  }',
      'destroy() {\n    this.leave();\n  }\n  leave() {}',
    ])
      assert.deepEqual(found({ 'src/part.ts': part(end), 'src/page.ts': page(made, '') }), []);
  });

  it('is silent on a class of the program with a telling name and no end', () => {
    const files = {
      'src/part.ts': 'export class FileManager {\n  play(title: string) {\n    console.log(title);\n  }\n}\n',
      'src/page.ts': page('private part = new FileManager();', '').replace('{ Part }', '{ FileManager }'),
    };
    assert.deepEqual(found(files), []);
  });

  it('is silent where there is one instance, or no teardown', () => {
    const one = page(made, '').replace('export class', 'class').concat('export const page = new Page();\n');
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': one }), []);
    const none = page(made, '').replace('dispose()', 'rename()');
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/page.ts': none }), []);
  });
});

describe('lists that nobody empties by ending what is in them', () => {
  const view = (body: string, end: string): string =>
    `import { bus } from './bus';\nexport class View {\n  private readonly disposables: Disposable[] = [];\n  ${body}\n  dispose() {\n    ${end}\n    this.root.remove();\n  }\n}\n`;
  const push = 'constructor(private root: Root) {\n    this.disposables.push(root.watchSize(() => this.draw()));\n  }';

  it('disposables that are pushed, or added by who is given the list', () => {
    // What gives it makes a subscription of it, too: told once.
    assert.deepEqual(inOne(view(push, '')), ['src/one.ts:5 listener/kept-never-used']);
    const given =
      'constructor(private root: Root) {\n    root.onResize(() => this.draw(), this, this.disposables);\n  }';
    assert.deepEqual(inOne(view(given, '')), [`src/one.ts:5 ${field}`]);
  });

  it('also when they are dropped, or only counted', () => {
    assert.deepEqual(inOne(view(push, 'this.disposables.length = 0;')), [`src/one.ts:5 ${field}`]);
    assert.deepEqual(inOne(view(push, 'log(this.disposables.length);')), [`src/one.ts:5 ${field}`]);
  });

  it('a table of instances that their class says how to end', () => {
    const rooms = (end: string): string =>
      `import { Part } from './part';\nexport class Rooms {\n  private rooms = new Map<string, Part>();\n  enter(name: string) {\n    const room = new Part();\n    room.play(name);\n    this.rooms.set(name, room);\n  }\n  close() {\n    ${end}\n    this.rooms.clear();\n  }\n}\n`;
    assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/rooms.ts': rooms('') }), [`src/rooms.ts:5 ${field}`]);
    for (const end of [
      'for (const room of this.rooms.values()) room.destroy();',
      'this.rooms.forEach((room) => room.destroy());',
      'endAll(this.rooms);',
    ])
      assert.deepEqual(found({ 'src/part.ts': part(gives), 'src/rooms.ts': rooms(end) }), []);
  });

  it('is silent when they are ended, one by one or together', () => {
    for (const end of [
      'for (const each of this.disposables) each.dispose();',
      'disposeAll(this.disposables);',
      'while (this.disposables.length > 0) this.disposables.pop()?.dispose();',
      'this.disposables.splice(0).forEach((each) => each.dispose());',
      'Disposable.from(...this.disposables).dispose();',
    ])
      assert.deepEqual(inOne(view(push, end)), [], end);
  });

  it('is silent on lists that are empty, or hold what others end', () => {
    assert.deepEqual(inOne(view('constructor(private root: Root) {}', '')), []);
    const other = 'constructor(private root: Root) {\n    this.disposables.push(root);\n  }';
    assert.deepEqual(inOne(view(other, '')), []);
    const given = 'constructor(private root: Root) {\n    root.keep(this.disposables);\n  }';
    assert.deepEqual(inOne(view(given, '')), []);
  });
});

describe('locals that are not ended as their like are', () => {
  const two = (second: string): string =>
    `import { Muxer } from 'some-muxer';\nexport async function list() {\n  const muxer = new Muxer();\n  try {\n    return await muxer.all();\n  } finally {\n    muxer.destroy();\n  }\n}\nexport async function drop(key: string) {\n  const muxer = new Muxer();\n  ${second}\n}\n`;
  const local = 'src/one.ts:11 handle/disposable-not-disposed';

  it('the one that is worked with and forgotten', () => {
    assert.deepEqual(inOne(two('await muxer.dropKey(key);')), [local]);
    assert.deepEqual(inOne(two('muxer.key = key;\n  await muxer.run();')), [local]);
    assert.deepEqual(inOne(two('await muxer.run(key);').replaceAll('new Muxer()', 'Muxer.open()')), [local]);
  });

  it('is silent when it is ended, returned, given to others, or ends by itself', () => {
    for (const second of [
      'try {\n    await muxer.run(key);\n  } finally {\n    muxer.destroy();\n  }',
      'await muxer.run(key);\n  return muxer;',
      'await work(muxer, key);',
      "muxer.on('end', () => log(key));\n  muxer.run(key);",
      'const end = () => muxer.destroy();\n  await muxer.run(key).finally(end);',
    ])
      assert.deepEqual(inOne(two(second)), [], second);
  });

  it('is silent when more are left, or it is another maker', () => {
    const three = `${two('await muxer.run(key);')}export async function more() {\n  const muxer = new Muxer();\n  await muxer.run();\n}\n`;
    assert.deepEqual(inOne(three), []);
    assert.deepEqual(
      inOne(two('await muxer.run(key);').replace('= new Muxer();\n  await', '= getMuxer();\n  await')),
      [],
    );
  });

  it('is silent in tests', () => {
    assert.deepEqual(found({ 'test/one.test.ts': two('await muxer.run(key);') }), []);
  });

  it('is silent on what is kept there and not made', () => {
    const code = two('await muxer.run(key);').replaceAll('new Muxer()', 'muxers.get(1)');
    assert.equal(findingsOf(code).length, 0);
  });
});

describe('locals of an effect', () => {
  const effect = (body: string): string =>
    `import { useEffect } from 'react';\nimport lib from 'some-lib';\nexport function Map({ root }: Props) {\n  useEffect(() => {\n    ${body}\n  }, [root]);\n  return null;\n}\n`;
  const leak = ['src/one.ts:5 handle/disposable-not-disposed'];

  it('one that no clean-up ends, by its name or its maker', () => {
    assert.deepEqual(inOne(effect('const chart = new lib.Chart(root);\n    chart.draw();')), leak);
    assert.deepEqual(inOne(effect("const link = lib.createConnection(root);\n    link.on('open', show);")), leak);
    assert.deepEqual(
      inOne(effect('const editor = lib.createView(root);\n    editor.focus();\n    return () => hide();')),
      leak,
    );
  });

  it('is silent when it is ended, handed on, or has a name that says nothing', () => {
    for (const body of [
      'const chart = new lib.Chart(root);\n    chart.draw();\n    return () => chart.destroy();',
      'const chart = new lib.Chart(root);\n    keep(chart);',
      'const parser = new lib.Parser(root);\n    parser.run();',
      'const editor = lib.getEditor(root);\n    editor.focus();',
    ])
      assert.deepEqual(inOne(effect(body)), [], body);
  });

  it('is silent of what is given away where it is made, and of what is made of a part that is ended', () => {
    const room = (made: string, end: string): string =>
      `import lib from 'some-lib';\nexport class Room extends lib.Base {\n  private link = new lib.Connection('room');\n  private linkDisposables = ${made};\n  say(text: string) {\n    this.linkDisposables.add(text);\n  }\n  destroy() {\n    ${end}\n  }\n}\n`;
    const isTold = (code: string): boolean => inOne(code).some((one) => one.startsWith('src/one.ts:4 '));
    assert.equal(isTold(room('makeDisposables(lib)', 'this.link.close();')), true);
    assert.equal(isTold(room('this._register(new lib.Store())', 'this.link.close();')), false);
    assert.equal(isTold(room('makeDisposables(this.link)', 'this.link.close();')), false);
    assert.equal(isTold(room('makeDisposables(this.link)', 'this.link.pause();')), true);
  });

  it('is silent of a sight of the owner, and where a part of it is what the teardown ends it by', () => {
    const room = (listen: string, end: string): string =>
      `import lib from 'some-lib';\nexport class Room extends lib.Base {\n  private link?: { close(): void };\n  private child?: lib.Child;\n  open(title: string) {\n    this.link = this.listen(title);\n    this.child = lib.createProcess(title);\n  }\n  listen(title: string) {\n    ${listen}\n  }\n  destroy() {\n    ${end}\n  }\n}\n`;
    const lines = (code: string): readonly string[] => inOne(code).map((one) => one.split(' ')[0] ?? '');
    const made = 'const socket = lib.open(title);\n    return { close: () => socket.close() };';
    const sight = 'return { close: () => this.cancel(title) };';
    assert.deepEqual(lines(room(made, 'log();')), ['src/one.ts:6', 'src/one.ts:7']);
    assert.deepEqual(lines(room(sight, 'process.kill(this.child.pid);')), []);
  });

  it('is silent of what has a part that is ended among its options, and of a class that was given', () => {
    const room = (made: string, end: string): string =>
      `import lib from 'some-lib';\nexport class Room {\n  private server?: lib.Server;\n  private link?: lib.Connection;\n  open(options: lib.Options) {\n    this.server = lib.createServer(options);\n    this.link = ${made};\n  }\n  destroy() {\n    ${end}\n  }\n}\n`;
    const isTold = (code: string): boolean => inOne(code).some((one) => one.startsWith('src/one.ts:7 '));
    assert.equal(isTold(room('new lib.Connection({ server: this.server })', 'this.server.pause();')), true);
    assert.equal(isTold(room('new lib.Connection({ server: this.server })', 'this.server.close();')), false);
    assert.equal(isTold(room('new options.Connection({ port: 1 })', 'this.server.close();')), false);
  });

  it('is silent of a field that a base of the file knows and ends', () => {
    const room = (end: string): string =>
      `import lib from 'some-lib';\nclass Base {\n  protected trap?: lib.FocusTrap;\n  destroy() {\n    ${end}\n  }\n}\nexport class Room extends Base {\n  open(title: string) {\n    this.trap = lib.factory.create(title);\n    this.focusTrap = lib.factory.create(title);\n    this.focusTrap.attach();\n    this.trap.attach();\n  }\n}\n`;
    assert.deepEqual(inOne(room('this.trap?.destroy();')), [`src/one.ts:11 ${field}`]);
    assert.deepEqual(inOne(room('this.trap?.destroy();').replace(/this.focusTrap/g, 'this.trap')), []);
    assert.deepEqual(
      inOne(
        room('this.trap?.destroy();')
          .replace('trap?: lib', 'focusTrap?: lib')
          .replaceAll('this.trap?', 'this.focusTrap?'),
      ),
      [],
    );
  });
});

describe('how much it weighs that a part is not ended', () => {
  const severity = (end: string): string | undefined =>
    findingsOfFiles({ 'src/part.ts': part(gives), 'src/page.ts': page(made, '').replace('dispose()', `${end}()`) })
      .flatMap(({ findings }) => findings)
      .map((finding) => finding.severity)[0];

  it('is less where the end may be followed by another beginning', () => {
    assert.equal(severity('dispose'), 'medium');
    assert.equal(severity('shutdown'), 'low');
  });

  it('is less for a list, too', () => {
    const list = (end: string): string | undefined =>
      findingsOf(`import { bus } from './bus';
export class View {
  private readonly disposables: Disposable[] = [];
  constructor(private root: Root) {
    root.onResize(() => this.draw(), this, this.disposables);
  }
  draw() {}
  ${end}() {
    this.root.remove();
  }
}`).find(({ kind }) => kind === field)?.severity;
    assert.equal(list('dispose'), 'medium');
    assert.equal(list('shutdown'), 'low');
  });

  it('a socket whose handlers are given by their names, in a class whose end takes options', () => {
    const link = (close: string, rest = '...args'): string =>
      `export class Link {\n  socket = null;\n  connect(url, handlers) {\n    this.socket = new WebSocket(url);\n    for (const event of Object.keys(handlers)) this.socket[event] = handlers[event];\n  }\n  close(${rest}) {\n    ${close}\n    this.isOver = true;\n  }\n}\n`;
    const files = (text: string): Files => ({ 'src/link.js': text });
    assert.deepEqual(found(files(link(''))), ['src/link.js:4 handle/websocket']);
    assert.deepEqual(found(files(link('this.socket.close(...args);'))), []);
    // One of those that it is given, by any of its methods.
    assert.deepEqual(found(files(link('this.socket[args[0]]();'))), []);
  });
});
