/** Parts that a teardown leaves: their class ends something outside, or the teardown ends others that are made alike. */
import assert from 'node:assert/strict';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

/** "path:line kind" of what is shown. */
const found = (files: Files): readonly string[] =>
  findingsOfFiles(files).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const leak = (line: number): readonly string[] => [`src/page.ts:${line} handle/field-without-teardown`];

const page = (part: string, end: string, more = ''): string => `import { Part } from './part';
export class Page {
  ${part}
  private title = '';
  show(title: string) {
    this.title = title;
    this.part.draw(title);
  }
  ${more}
  destroy() {
    ${end}
    this.title = '';
  }
}
`;
const field = 'private part = new Part();';

/** A class that hands its clean-up to a table of others. */
const bag = `export class Part {
  private readonly undo: (() => void)[] = [];
  add(undo: () => void) {
    this.undo.push(undo);
  }
  draw(title: string) {
    console.log(title);
  }
  destroy() {
    for (const each of this.undo) each();
    this.undo.length = 0;
  }
}
`;
/** A class that gives back the addresses that its loader made. */
const showing = `export class Part {
  private readonly url = { current: '' };
  async draw(title: string) {
    this.url.current = await load(title);
  }
  dispose() {
    if (this.url.current) URL.revokeObjectURL(this.url.current);
  }
}
`;
/** A class with a table of intervals, made by whoever needs one. */
const ticking = `export class Part {
  private readonly timers: Record<string, NodeJS.Timeout> = {};
  draw(title: string) {
    this.timers[title] = this.tick(title);
  }
  private tick(title: string) {
    return setInterval(() => console.log(title), 1000);
  }
  stop() {
    for (const title of Object.keys(this.timers)) clearInterval(this.timers[title]);
  }
}
`;
/** A class that only forgets its own memory. */
const plain = `export class Part {
  private readonly rows = new Map<string, string>();
  draw(title: string) {
    this.rows.set(title, title);
  }
  destroy() {
    this.rows.clear();
  }
}
`;

describe('parts that a teardown leaves', () => {
  it('a collection of clean-ups', () => {
    assert.deepEqual(found({ 'src/part.ts': bag, 'src/page.ts': page(field, '') }), leak(3));
  });

  it('addresses of what is in memory', () => {
    const text = page('private part?: Part;', '', 'load() {\n    this.part = new Part();\n  }');
    assert.deepEqual(
      found({ 'src/part.ts': showing, 'src/page.ts': text.replace('part.draw', 'part?.draw') }),
      leak(10),
    );
  });

  it('a table of intervals, where the teardown only looks at the part', () => {
    const files = { 'src/part.ts': ticking, 'src/page.ts': page(field, 'if (!this.part) return;') };
    assert.deepEqual(found(files), ['src/page.ts:3 listener/disposable-not-registered']);
  });

  it('one that is configured when it is made', () => {
    const files = { 'src/part.ts': bag, 'src/page.ts': page('private part = new Part().withName(1);', '') };
    assert.deepEqual(found(files), leak(3));
  });

  it('one that inherits its end', () => {
    const files = {
      'src/base.ts': bag,
      'src/part.ts': "import { Part as Bag } from './base';\nexport class Part extends Bag {}\n",
      'src/page.ts': page(field, ''),
    };
    assert.deepEqual(found(files), leak(3));
  });

  it('is silent when the teardown ends it, itself or in what it calls', () => {
    for (const end of ['this.part.destroy();', 'this.clear();', 'const part = this.part;\n    part.destroy();']) {
      const more = 'private clear() {\n    this.part.destroy();\n  }';
      assert.deepEqual(found({ 'src/part.ts': bag, 'src/page.ts': page(field, end, more) }), []);
    }
  });

  it('is silent when the teardown calls another method of it that tells of an end', () => {
    const files = { 'src/part.ts': bag, 'src/page.ts': page(field, 'this.part.unbindAll();') };
    assert.deepEqual(found(files), []);
  });

  it('also when the teardown only takes handlers off it', () => {
    const files = { 'src/part.ts': bag, 'src/page.ts': page(field, "this.part.off('draw', this.show);") };
    assert.deepEqual(found(files), leak(3));
  });

  it('is silent when the part only forgets memory of its own', () => {
    assert.deepEqual(found({ 'src/part.ts': plain, 'src/page.ts': page(field, '') }), []);
  });

  it('is silent on a part that is given its owner: what it ends outside may be in there', () => {
    const files = { 'src/part.ts': bag, 'src/page.ts': page(field.replace('()', '(this)'), 'release();') };
    assert.deepEqual(found(files), []);
  });

  it('is silent when others get the part', () => {
    const more = 'owner(list: { add(part: Part): void }) {\n    list.add(this.part);\n  }';
    assert.deepEqual(found({ 'src/part.ts': bag, 'src/page.ts': page(field, '', more) }), []);
  });

  it('is silent on a part that ends by a hook of its framework, or by itself', () => {
    for (const part of [
      bag.replace('destroy()', 'disconnectedCallback()'),
      `${bag.replace('console.log(title);', 'if (!title) this.destroy();')}`,
      bag.replace('draw(title', 'constructor(host: Host) {\n    host.addController(this);\n  }\n  draw(title'),
    ])
      assert.deepEqual(found({ 'src/part.ts': part, 'src/page.ts': page(field, '') }), []);
  });

  it('is silent on what a base class keeps for those that extend it', () => {
    const text = page('protected part = new Part();', '').replace('this.part.draw(title);', '');
    assert.deepEqual(found({ 'src/part.ts': bag, 'src/page.ts': text }), []);
  });
});

describe('parts of which a teardown ends those that are made alike', () => {
  const panel = (fields: string, end: string, more = ''): string => `import { ui } from './ui';
export class Panel {
  ${fields}
  constructor(private readonly root: Root) {}
  ${more}
  destroy() {
    ${end}
    this.root.remove();
  }
}
`;
  const timers =
    'private fade = new ui.Timer(() => this.root.fade());\n  private hide = new ui.Timer(() => this.root.hide());';
  const panelLeak = (line: number): readonly string[] => [`src/panel.ts:${line} handle/field-without-teardown`];

  it('one of two timers of an unknown class', () => {
    assert.deepEqual(found({ 'src/panel.ts': panel(timers, 'this.fade.stop();') }), panelLeak(4));
  });

  it('also when it is stopped on other occasions', () => {
    const more = 'onHover() {\n    this.hide.stop();\n    this.fade.stop();\n  }';
    assert.deepEqual(found({ 'src/panel.ts': panel(timers, 'this.fade?.stop();', more) }), panelLeak(4));
  });

  it('one of three that the same function opens', () => {
    const fields = 'a = ui.openChannel(1);\n  b = ui.openChannel(2);\n  c = ui.openChannel(3);';
    assert.deepEqual(found({ 'src/panel.ts': panel(fields, 'this.a.close();\n    this.c.close();') }), panelLeak(4));
  });

  it('is silent when the teardown ends all, or most are left', () => {
    assert.deepEqual(found({ 'src/panel.ts': panel(timers, 'this.fade.stop();\n    this.hide.stop();') }), []);
    const three = `${timers}\n  private wait = new ui.Timer(() => this.root.wait());`;
    assert.deepEqual(found({ 'src/panel.ts': panel(three, 'this.fade.stop();') }), []);
  });

  it('is silent when others get it', () => {
    const more = 'attach(list: Timer[]) {\n    list.push(this.hide);\n  }';
    assert.deepEqual(found({ 'src/panel.ts': panel(timers, 'this.fade.stop();', more) }), []);
  });

  it('is silent on emitters, which go with their owner', () => {
    const emitters = 'private a = new ui.Emitter();\n  private b = new ui.Emitter();';
    assert.deepEqual(found({ 'src/panel.ts': panel(emitters, 'this.a.dispose();') }), []);
  });
});
