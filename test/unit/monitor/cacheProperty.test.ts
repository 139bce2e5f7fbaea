/**
 * Whatever is done to a workspace, what a scan says with everything it remembers is what a scan says that remembers nothing:
 * edits of helpers in other files, renames, branch switches, other aliases, documents in the editor, restarts from the cache,
 * cancelled scans.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { readModuleMap } from '../../../src/monitor/moduleMap';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const options = { severityOverrides: {} };
const never = { isCancelled: () => false };

/** Texts that depend on each other, by several ways: calls, re-exports, classes, aliases. */
const texts: readonly string[] = [
  "import type { FileHandle } from 'node:fs/promises';\nexport async function end(file: FileHandle) {\n  await file.close();\n}\n",
  "import type { FileHandle } from 'node:fs/promises';\nexport async function end(file: FileHandle) {\n  await file.sync();\n}\n",
  "import fs from 'node:fs/promises';\nimport { end } from './a';\nexport async function read(path: string) {\n  const file = await fs.open(path);\n  await end(file);\n}\n",
  "import fs from 'node:fs/promises';\nimport { end } from '@lib/b';\nexport async function read(path: string) {\n  const file = await fs.open(path);\n  await end(file);\n}\n",
  "export * from './a';\n",
  "export { end } from './b';\nexport { Feed } from './c';\n",
  "import fs from 'node:fs/promises';\nexport async function openLog() {\n  return await fs.open('x', 'a');\n}\n",
  "import { openLog } from './a';\nexport async function note(text: string) {\n  const log = await openLog();\n  await log.write(text);\n}\n",
  "import { createConnection } from 'node:net';\nexport class Feed {\n  private readonly socket = createConnection(7000);\n  send(text: string) {\n    this.socket.write(text);\n  }\n  close() {\n    this.socket.destroy();\n  }\n}\n",
  'export class Feed {\n  send(text: string) {}\n  close() {}\n}\n',
  "import { Feed } from './c';\nexport class Board {\n  private readonly feed = new Feed();\n  add(row: string) {\n    this.feed.send(row);\n  }\n  dispose() {}\n}\n",
  "import { Feed } from '@lib/c';\nimport { end } from './d';\nexport function make() {\n  return new Feed();\n}\nexport { end };\n",
  'export function poll(f: () => void) {\n  setInterval(f, 1);\n}\n',
  'export const nothing = 1;\n',
  // How often others make or call it is asked of all files, of those as well that hold no word of the catalogue.
  "export class Feed {\n  constructor() {\n    window.addEventListener('focus', () => this.send(''));\n  }\n  send(text: string) {}\n}\nexport function end() {\n  window.addEventListener('blur', () => alert());\n}\n",
  "import { Feed, end } from './c';\nnew Feed();\nend();\n",
  "import { Feed as Other } from './c';\nexport class Feed {\n  part = new Other();\n}\n",
  "import { Feed } from './b';\nnew Feed();\n",
  "import { Feed } from './d';\nexport class Board {\n  feed = new Feed();\n}\nnew Board();\n",
  "import type { Feed } from '@lib/c';\nexport function show(feed: Feed) {}\n",
  "import { Feed } from '@lib/c';\nexport function show(feed: Feed) {}\nnew Feed();\n",
];
/** Scripts of elements that pages and templates place. */
const elements: readonly string[] = [
  "@customElement('app-feed')\nexport class Feed extends LitElement {\n  firstUpdated() {\n    window.addEventListener('focus', () => this.requestUpdate());\n  }\n}\n",
  "@Component({ selector: 'app-board', templateUrl: './board.html' })\nexport class Board {\n  ngOnInit() {\n    setInterval(() => console.log(1), 1);\n  }\n}\n",
  "@customElement('app-board')\nexport class Board extends LitElement {\n  render() {\n    return html`<app-feed></app-feed>`;\n  }\n}\n",
  "export const more = (box: Element) => {\n  box.innerHTML = '<app-feed></app-feed>';\n};\n",
];
/** Pages and templates, which are no scripts: what they place is asked of all files. */
const markups: readonly string[] = [
  '<html><body><app-feed></app-feed></body></html>\n',
  '<html><body><app-feed></app-feed><app-feed></app-feed></body></html>\n',
  '<html><body><app-board></app-board><script type="module">import { end } from "./c"; end();</script></body></html>\n',
  '<section><app-feed></app-feed></section>\n',
  '<section *ngIf="open"><app-feed></app-feed></section>\n',
  '<p>nothing</p>\n',
];
const pageNames = ['index.html', 'board.html', 'lib/index.html'];
const names = ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'lib/a.ts', 'lib/b.ts', 'lib/c.ts'];
const configs = [
  null,
  '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
  '{"compilerOptions":{"paths":{"@lib/*":["./*"]}}}',
];

type Step =
  | { readonly do: 'write' | 'type'; readonly name: string; readonly text: string }
  | { readonly do: 'delete' | 'close'; readonly name: string }
  | { readonly do: 'rename'; readonly name: string; readonly to: string }
  | { readonly do: 'switch'; readonly branch: Readonly<Record<string, string>> }
  | { readonly do: 'config'; readonly text: string | null }
  | { readonly do: 'scan' | 'restart' | 'cancelled scan' }
  | { readonly do: 'wait'; readonly ms: number };

const name = fc.constantFrom(...names);
const text = fc.constantFrom(...texts, ...elements);
/** Little else than elements and pages: a step hits what another hangs on. */
const elementName = fc.constantFrom('a.ts', 'b.ts', 'lib/a.ts');
const element = fc.constantFrom(...elements);
const stepOf = (name: fc.Arbitrary<string>, text: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), name, text }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('type' as const), name, text }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        name: fc.constantFrom(...pageNames),
        text: fc.constantFrom(...markups),
      }),
    },
    fc.record({ do: fc.constantFrom('delete' as const, 'close' as const), name }),
    fc.record({ do: fc.constant('delete' as const), name: fc.constantFrom(...pageNames) }),
    fc.record({ do: fc.constant('rename' as const), name, to: name }),
    fc.record({ do: fc.constant('switch' as const), branch: fc.dictionary(name, text) }),
    fc.record({ do: fc.constant('config' as const), text: fc.constantFrom(...configs) }),
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('scan' as const, 'restart' as const, 'cancelled scan' as const) }),
    },
    fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1500, 60_000) }),
  );

/** What a workspace looks like to a scan. */
class World {
  readonly fs = new MemoryFileSystem();
  readonly clock = new FakeClock(1_000_000);
  readonly files = new Map<string, string>();
  readonly typed = new Map<string, string>();
  scan = new CodeScan(this.fs, this.clock, options);

  write(path: string, content: string): void {
    this.files.set(path, content);
    this.fs.write(`/w/${path}`, content, this.clock.time);
  }

  remove(path: string): void {
    this.files.delete(path);
    this.fs.delete(`/w/${path}`);
  }

  /** Every finding with all that is said of it. Whether a file without one was parsed at all is nobody's concern. */
  async scanWith(scan: CodeScan, cancellation = never): Promise<unknown> {
    // An editor leaves no document of a file open that is gone; what it shows is not of the workspace then.
    const walked = [...this.files.keys()].sort().map((path) => ({ path, absolute: `/w/${path}` }));
    scan.setModules(await readModuleMap(this.fs, walked));
    const { files } = await scan.scan(walked, cancellation, () => undefined);
    return files.filter(({ findings }) => findings.length > 0).map(({ path, findings }) => ({ path, findings }));
  }

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'write':
        return this.write(one.name, one.text);
      case 'type':
        if (!this.files.has(one.name)) return;
        this.typed.set(one.name, one.text);
        this.scan.setOverride(one.name, one.text);
        this.scan.analyzeOne(one.name, one.text);
        await this.scan.relink((path) => (this.files.has(path) ? `/w/${path}` : undefined));
        return;
      case 'close':
        this.typed.delete(one.name);
        this.scan.setOverride(one.name, undefined);
        return;
      case 'delete':
        this.typed.delete(one.name);
        this.scan.setOverride(one.name, undefined);
        return this.remove(one.name);
      case 'rename': {
        const content = this.files.get(one.name);
        if (content === undefined || one.to === one.name) return;
        await this.take({ do: 'delete', name: one.name });
        return this.write(one.to, content);
      }
      case 'switch':
        for (const path of [...this.files.keys()])
          if (path.endsWith('.ts')) await this.take({ do: 'delete', name: path });
        for (const [path, content] of Object.entries(one.branch)) this.write(path, content);
        return;
      case 'config':
        if (one.text === null) this.remove('tsconfig.json');
        else this.write('tsconfig.json', one.text);
        return;
      case 'scan':
        await this.scanWith(this.scan);
        return;
      case 'cancelled scan': {
        let asked = 0;
        await this.scanWith(this.scan, { isCancelled: () => ++asked > 7 });
        return;
      }
      case 'restart': {
        const saved = await this.scan.save();
        this.scan = new CodeScan(this.fs, this.clock, options);
        await this.scan.load(saved);
        for (const [path, content] of this.typed) this.scan.setOverride(path, content);
        return;
      }
      case 'wait':
        this.clock.advance(one.ms);
    }
  }
}

describe('what is remembered', function () {
  this.timeout(120_000);

  const neverMatters = (
    name: fc.Arbitrary<string>,
    text: fc.Arbitrary<string>,
    pages: number,
    before: readonly Step[] = [],
  ): Promise<void> =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, text),
        fc.dictionary(fc.constantFrom(...pageNames), fc.constantFrom(...markups), { maxKeys: pages }),
        fc.array(stepOf(name, text), { minLength: 1, maxLength: 14 }),
        async (scripts, pages, steps) => {
          const start = { ...scripts, ...pages };
          const world = new World();
          for (const [path, content] of Object.entries(start)) world.write(path, content);
          for (const one of [...before, ...steps]) {
            world.clock.advance(1);
            await world.take(one);
          }
          const fresh = new CodeScan(world.fs, world.clock, options);
          for (const [path, content] of world.typed) fresh.setOverride(path, content);
          assert.deepEqual(await world.scanWith(world.scan), await world.scanWith(fresh));
        },
      ),
      { numRuns: Number(process.env.SLO_LENS_RUNS ?? 60) },
    );

  it('never changes a verdict', () => neverMatters(name, text, 1));
  it('nor one that hangs on what pages place', () =>
    neverMatters(elementName, element, 3, [{ do: 'scan' }, { do: 'restart' }]));

  it('a verdict stands for the text it was made of, though another lay on the disk when a helper changed', async () => {
    const world = new World();
    const quiet = texts[2] ?? '';
    const loud = `${quiet}${texts[12] ?? ''}`;
    world.write('a.ts', texts[0] ?? '');
    world.write('b.ts', loud);
    await world.scanWith(world.scan);
    const kinds = (): readonly string[] =>
      world.scan.findings.flatMap(({ path, findings }) => findings.map(({ kind }) => `${path} ${kind}`));
    await world.take({ do: 'type', name: 'b.ts', text: quiet });
    await world.take({ do: 'close', name: 'b.ts' });
    await world.take({ do: 'type', name: 'a.ts', text: texts[1] ?? '' });
    assert.deepEqual(kinds(), ['b.ts handle/fs-filehandle', 'b.ts listener/interval']);
    await world.take({ do: 'type', name: 'b.ts', text: quiet });
    assert.deepEqual(kinds(), ['b.ts handle/fs-filehandle']);
  });

  it('an edit looks only at who asked', async () => {
    const world = new World();
    world.write('a.ts', texts[0] ?? '');
    world.write('b.ts', "export * from './a';\n");
    world.write('c.ts', (texts[2] ?? '').replace('./a', './b'));
    for (let index = 0; index < 200; index++) world.write(`other${index}.ts`, texts[12] ?? '');
    await world.scanWith(world.scan);
    world.fs.reads.length = 0;
    await world.take({ do: 'type', name: 'a.ts', text: texts[1] ?? '' });
    assert.deepEqual(world.fs.reads, ['/w/c.ts'], 'through the file that passes it on');
    assert.deepEqual(
      world.scan.findings.flatMap(({ path, findings }) =>
        path.startsWith('other') ? [] : findings.map(({ kind }) => kind),
      ),
      ['handle/fs-filehandle'],
    );
    world.fs.reads.length = 0;
    await world.take({ do: 'type', name: 'a.ts', text: `${texts[1]}// more\n` });
    assert.deepEqual(world.fs.reads, [], 'nothing was told that is new');
  });
});
