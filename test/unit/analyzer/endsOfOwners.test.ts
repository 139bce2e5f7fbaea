/** What ends an owner and what does not, what one of a kind leaves, and what a function closes itself. */
import assert from 'node:assert/strict';
import { findingsOf, hintsOf, samples } from './expectLeaks';

const shown = (code: string, path?: string): readonly string[] =>
  findingsOf(code, path).map(({ kind, severity, range }) => `${range.startLine + 1} ${severity} ${kind}`);

const guard = (end: string, ends = ''): string => `import { app } from 'electron';
export class Guard {
  constructor(private readonly host: Host) {
    app.on('activate', () => this.host.show());
  }
  ${end}
}
${ends}`;

describe('methods that only ask another to end', () => {
  const isAnEnd = (end: string): boolean => {
    const [finding] = hintsOf(guard(end));
    return finding?.trail.some(({ role }) => role === 'forgotten') === true;
  };

  it('are no end of their owner', () =>
    assert.equal(isAnEnd('shutdown() {\n    return this.host.closeWindow();\n  }'), false));

  it('are one by a name that says nothing else', () =>
    assert.equal(isAnEnd('dispose() {\n    return this.host.closeWindow();\n  }'), true));

  it('are one where they end a part of their own', () =>
    assert.equal(
      isAnEnd('private readonly view = new View();\n  shutdown() {\n    return this.view.close();\n  }'),
      true,
    ));

  it('are one where they do more', () =>
    assert.equal(isAnEnd('shutdown() {\n    this.view = null;\n    return this.host.closeWindow();\n  }'), true));
});

describe('a clean-up of what it is given', () => {
  const isNamed = (end: string): boolean =>
    findingsOf(guard(`${end} {\n    this.view = null;\n  }`)).some(({ trail }) =>
      trail.some(({ role }) => role === 'forgotten'),
    );

  it('is no end of its owner', () => {
    assert.equal(isNamed('cleanup(session: Session)'), false);
    assert.equal(isNamed('cleanUp(contents: Contents)'), false);
  });

  it('is one where it needs nothing, or only tells why', () => {
    assert.equal(isNamed('cleanup()'), true);
    assert.equal(isNamed('cleanup(force = false)'), true);
    assert.equal(isNamed('dispose(session: Session)'), true);
  });
});

describe('what a teardown leaves', () => {
  const bus = (end: string, more = ''): readonly string[] =>
    shown(guard(`${end}() {\n    this.view = null;\n  }`, more));
  const clock = (end: string, more = ''): readonly string[] =>
    shown(`export class Clock {
  constructor() {
    setInterval(() => this.tick(), 9);
  }
  tick() {}
  ${end}() {
    this.at = 0;
  }
}
${more}`);
  const many = (name: string): string => `setInterval(() => new ${name}(host), 1).unref();`;

  it('weighs most where there are many, whatever the name of the end', () => {
    assert.deepEqual(bus('stop', many('Guard')), ['4 high listener/emitter-on']);
    assert.deepEqual(bus('dispose', many('Guard')), ['4 high listener/emitter-on']);
    assert.deepEqual(clock('stop', many('Clock'))[0], '3 high listener/interval');
  });

  it('is a listener of what may be there once', () => {
    assert.deepEqual(bus('dispose'), ['4 medium listener/emitter-on']);
    assert.deepEqual(bus('stop'), []);
  });

  it('is something that goes on for sure', () => {
    assert.deepEqual(clock('dispose'), ['3 high listener/interval']);
    assert.deepEqual(clock('stop'), ['3 medium listener/interval']);
  });
});

describe('the work that an interval does', () => {
  const cache = (end: string): string => `export class Cache {
  private entries = new Map<string, number>();
  constructor() {
    setInterval(() => this.cleanup(), 60000);
  }
  cleanup() {
    this.entries.clear();
  }
  ${end}
}`;
  const mentions = (code: string): readonly boolean[] => findingsOf(code).map(({ message }) => /cleanup/.test(message));

  it('is no end of its owner', () => assert.deepEqual(mentions(cache('')), [false]));

  it('leaves the end to another method', () =>
    assert.deepEqual(
      findingsOf(cache('dispose() {\n    this.entries.clear();\n  }')).map(({ message }) => /`dispose`/.test(message)),
      [true],
    ));
});

describe('what is there once', () => {
  const service = (name: string, more: string): string => `import { app } from 'electron';
export class ${name} {
  constructor(private readonly host: Host) {
    app.on('activate', () => this.host.show());
  }
}
${more}`;

  it('is told of nothing where its class is registered as one', () => {
    assert.deepEqual(shown(service('Shell', 'registerSingleton(Api, Shell);')), []);
    assert.deepEqual(shown(service('Shell', 'container.addSingleton(Shell);')), []);
  });

  it('is a hidden hint where a container makes it, of which there may be many', () => {
    const [hint, ...more] = hintsOf(service('Shell', '').replace('export class', '@injectable()\nexport class'));
    assert.deepEqual([hint?.kind, hint?.confidence, more.length], ['listener/emitter-on', 'low', 0]);
  });

  it('is told of nothing where its class stands for the process', () => {
    assert.deepEqual(shown(service('CodeApplication', '')), []);
    assert.deepEqual(shown(service('WindowsMainService', '')), []);
  });

  const root = (code: string): readonly string[] => shown(code, 'src/index.tsx');
  const page = (more: string): string => `import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
function Desk() {
  useEffect(() => {
    window.addEventListener('drop', (event) => event.preventDefault());
  }, []);
  return <main />;
}
${more}`;

  it('is told of nothing in a component that its file puts at the root of the page', () => {
    assert.deepEqual(root(page(`createRoot(document.body).render(<Theme><Desk /></Theme>);`)), []);
    assert.deepEqual(root(page(`ReactDOM.render(<Desk />, document.getElementById('desk'));`)), []);
    assert.deepEqual(root(page(`hydrateRoot(document, <Desk />);`)), []);
  });

  it('is told where such a component is put up elsewhere too, or by others, or each time', () => {
    const told = ['5 high listener/dom-event-listener'];
    assert.deepEqual(root(page(`export const More = () => <Desk />;\nReactDOM.render(<Desk />, host);`)), told);
    assert.deepEqual(root(page(`export { Desk };\nReactDOM.render(<Desk />, host);`)), told);
    assert.deepEqual(root(page(`export const open = (host) => ReactDOM.render(<Desk />, host);`)), told);
    assert.deepEqual(root(page(`ReactDOM.render(desks.map(() => <Desk />), host);`)), told);
  });

  it('is hidden where nothing tells how many there are, and weighs most where there are many', () => {
    assert.deepEqual(shown(service('Shell', 'register(Api, Shell);')), []);
    assert.deepEqual(shown(service('Domain', '')), []);
    assert.deepEqual(shown(service('Domain', 'app.on("login", () => new Domain(host));')), [
      '4 high listener/emitter-on',
    ]);
  });

  const detector = (more: string): string => `import * as vscode from 'vscode';
class Detector {
  start() {
    vscode.workspace.onDidChangeWorkspaceFolders(() => this.update());
  }
  update() {}
  dispose() {
    this.update();
  }
}
${more}`;

  it('weighs little where the only one leaves it at its end', () =>
    assert.deepEqual(
      shown(
        detector(
          'let detector: Detector;\nexport function activate() {\n  detector = new Detector();\n  detector.start();\n}',
        ),
      ),
      ['4 low listener/vscode-event-dropped'],
    ));

  it('weighs more where each call makes one', () =>
    assert.deepEqual(
      shown(
        detector(
          'export function open() {\n  const detector = new Detector();\n  detector.start();\n  return detector;\n}',
        ),
      ),
      ['4 medium listener/vscode-event-dropped'],
    ));
});

const part = (fields: string, update: string, end: string): string => `import * as vscode from 'vscode';
export class Marks {
  ${fields}
  update(): void {
    ${update}
  }
  dispose(): void {
    ${end}
  }
}`;
const make = 'vscode.window.createTextEditorDecorationType({})';

samples(
  'parts under fixed keys',
  [
    {
      name: 'nobody goes through them',
      code: part(
        'private marks: Record<string, vscode.Disposable> = {};',
        `this.marks['line.head'] = ${make}; // leak listener/disposable-not-registered`,
        'this.marks = {};',
      ),
    },
    {
      name: 'others are gone through',
      code: part(
        'private marks: Record<string, vscode.Disposable> = {};\n  private others: Record<string, vscode.Disposable> = {};',
        `this.marks['line.head'] = ${make}; // leak listener/disposable-not-registered`,
        'Object.keys(this.others).forEach((name) => this.others[name].dispose());',
      ),
    },
  ],
  [
    {
      name: 'by their keys',
      code: part(
        'private marks: Record<string, vscode.Disposable> = {};',
        `this.marks['line.head'] = ${make};`,
        'Object.keys(this.marks).forEach((name) => this.marks[name].dispose());',
      ),
    },
    {
      name: 'in a loop',
      code: part(
        'private marks: Record<string, vscode.Disposable> = {};',
        `this.marks['line.head'] = ${make};\n    this.marks.foot = ${make};`,
        'for (const name in this.marks) this.marks[name].dispose();',
      ),
    },
    {
      name: 'by their values',
      code: part(
        'private marks: Record<string, vscode.Disposable> = {};',
        `this.marks['line.head'] = ${make};`,
        'Object.values(this.marks).forEach((mark) => mark.dispose());',
      ),
    },
  ],
);

const skipped = 'handle/release-skipped';

samples(
  'what a function closes itself',
  [
    {
      name: 'a token source that another token ends',
      code: `import { TokenSource } from './tokens';
export async function load(token: Token, files: Files): Promise<void> {
  const source = new TokenSource(token); // leak ${skipped}
  await files.read(source.token);
  source.dispose();
}`,
    },
    {
      name: 'a session that is begun for a name',
      code: `export async function load(pool: Pool, name: string): Promise<void> {
  const session = await pool.getSession(name); // leak ${skipped}
  await session.run();
  session.close();
}`,
    },
    {
      name: 'closed in catch and at the end',
      code: `export async function load(files: Files): Promise<void> {
  const archive = await files.openArchive(); // leak ${skipped}
  try {
    await archive.read();
  } catch {
    archive.close();
    return;
  }
  await files.log();
  archive.close();
}`,
    },
  ],
  [
    {
      name: 'a token source of nothing',
      code: `import { TokenSource } from './tokens';
export async function load(files: Files): Promise<void> {
  const source = new TokenSource();
  await files.read(source.token);
  source.dispose();
}`,
    },
    {
      name: 'one that is there already',
      code: `export function end(model: Model, event: Ended): void {
  const session = model.getSession(event.id);
  if (session && session.part === event.part) session.disconnect();
}`,
    },
    {
      name: 'given up where it could not be handed on',
      code: `export function add(grid: Grid, view: View): void {
  const leaf = grid.openLeaf(view);
  try {
    grid.parent.add(leaf);
  } catch (error) {
    leaf.dispose();
    throw error;
  }
}`,
    },
  ],
);

const loop = 'listener/timeout-rearm-loop';

const widget = (members: string): string => `export class Widget {
  private readonly queue: string[] = [];
${members}
  dispose(): void {
    this.element.remove();
  }
}`;

samples(
  'timeouts that begin again',
  [
    {
      name: 'with what they were given',
      code: widget(`  show(message: string): void {
    this.element.title = message;
    if (message) {
      setTimeout(() => { // leak ${loop}
        this.show(message);
      }, 3000);
    }
  }`),
    },
    {
      name: 'whatever is in the list',
      code: widget(`  poll(): void {
    if (this.queue.length > 0) this.draw();
    setTimeout(() => { // leak ${loop}
      this.poll();
    }, 3000);
  }
  draw(): void {}`),
    },
    {
      name: 'from each event',
      code: `export class Bar {
  constructor(source: Source) {
    source.on('data', () => this.tick());
  }
  private tick(): void {
    setTimeout(() => { // leak ${loop}
      this.tick();
    }, 200);
  }
}`,
    },
  ],
  [
    {
      name: 'once more, with nothing',
      code: widget(`  show(message?: string): void {
    this.element.title = message ?? '';
    if (message) {
      setTimeout(() => {
        this.show(undefined);
      }, 300);
    }
  }`),
    },
    {
      name: 'once more, with other options',
      code: widget(`  show(message: string, options: { after?: number } = {}): void {
    const isBrief = typeof options.after === 'number';
    if (isBrief) {
      const old = this.element.title;
      setTimeout(() => {
        this.show(old, { after: undefined });
      }, options.after);
    }
    this.element.title = message;
  }`),
    },
    {
      name: 'as long as there is work',
      code: widget(`  write(): void {
    if (this.queue.length === 0) return;
    this.send(this.queue.shift());
    setTimeout(() => {
      this.write();
    }, 5);
  }
  send(text?: string): void {}`),
    },
    {
      name: 'until it has waited for long enough',
      code: `export class Bar {
  constructor(private readonly source: Source) {
    source.on('data', () => this.ask(0));
  }
  private ask(waited: number): void {
    setTimeout(() => {
      if (waited > 1000) this.source.send('more');
      else this.ask(waited + 200);
    }, 200);
  }
}`,
    },
  ],
);
