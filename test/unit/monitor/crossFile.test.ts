/** Links between the files of a workspace: which files are judged again, and what tsconfig and package.json say of names. */
import assert from 'node:assert/strict';
import { createResolver } from '../../../src/analyzer/facts/modules';
import type { FileFindings } from '../../../src/analyzer/findings/findings';
import { CodeScan } from '../../../src/monitor/code/codeScan';
import { readModuleMap } from '../../../src/monitor/moduleMap';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never = { isCancelled: () => false };
const closes =
  "import type { FileHandle } from 'node:fs/promises';\nexport async function end(file: FileHandle) {\n  await file.close();\n}\n";
const reads = closes.replace('file.close()', 'file.sync()');
const user =
  "import fs from 'node:fs/promises';\nimport { end } from './helper';\nexport async function read(path: string) {\n  const file = await fs.open(path);\n  await end(file);\n}\n";

function workspace(files: Readonly<Record<string, string>>) {
  const fs = new MemoryFileSystem();
  for (const [path, text] of Object.entries(files)) fs.write(`/w/${path}`, text, 1);
  const scan = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
  const walked = Object.keys(files).map((path) => ({ path, absolute: `/w/${path}` }));
  return { fs, scan, walked, absoluteOf: (path: string) => (files[path] === undefined ? undefined : `/w/${path}`) };
}

describe('code scan across files', () => {
  it('an edit of a helper changes the verdict of who calls it, and only that file is read again', async () => {
    const other = "import fs from 'node:fs';\nexport const text = (path: string) => fs.readFileSync(path, 'utf8');\n";
    const { fs, scan, walked, absoluteOf } = workspace({ 'helper.ts': closes, 'user.ts': user, 'other.ts': other });
    const first = await scan.scan(walked, never, () => undefined);
    assert.deepEqual(
      first.files.flatMap((file) => file.findings.map(({ kind }) => kind)),
      [],
    );
    scan.setOverride('helper.ts', reads);
    scan.analyzeOne('helper.ts', reads);
    fs.reads.length = 0;
    const linked = await scan.relink(absoluteOf);
    assert.deepEqual(
      linked.flatMap((file) => file.findings.map(({ kind }) => `${file.path} ${kind}`)),
      ['user.ts handle/fs-filehandle'],
    );
    assert.deepEqual(fs.reads, ['/w/user.ts']);
    scan.analyzeOne('helper.ts', closes);
    scan.setOverride('helper.ts', closes);
    assert.deepEqual(
      (await scan.relink(absoluteOf)).flatMap((file) => file.findings),
      [],
    );
  });
  it('an edit of what nobody has asked of an export has nobody judged again, one of what was asked has', async () => {
    const store = (members: string): string =>
      `import fs from 'node:fs';\nexport class Store {\n  private at = 0;\n${members}}\n`;
    const reader =
      "import fs from 'node:fs';\nimport type { Store } from './store';\nexport function read(store: Store, path: string) {\n  store.open(path);\n  const log = store.open(path);\n  log?.on('data', () => fs.statSync(path));\n}\n";
    const opens = '  open(path: string) {\n    return fs.createReadStream(path);\n  }\n';
    const idle = '  open(path: string) {\n    return fs.statSync(path);\n  }\n';
    const ends =
      '  private timer = setInterval(() => this.at++, 100);\n  dispose() {\n    clearInterval(this.timer);\n  }\n';
    const { fs, scan, walked, absoluteOf } = workspace({ 'store.ts': store(idle), 'reader.ts': reader });
    await scan.scan(walked, never, () => undefined);
    const readAgain = async (text: string): Promise<readonly string[]> => {
      fs.reads.length = 0;
      scan.setOverride('store.ts', text);
      scan.analyzeOne('store.ts', text);
      await scan.relink(absoluteOf);
      return [...fs.reads];
    };
    assert.deepEqual(await readAgain(store(idle + ends)), [], 'who calls a method asks nothing of its end');
    assert.deepEqual(await readAgain(store(opens + ends)), ['/w/reader.ts'], 'the method gives something else');
    assert.deepEqual(await readAgain(store(opens)), []);
    assert.deepEqual(await readAgain(store(idle)), ['/w/reader.ts']);
  });
  it('a second instance that another file makes brings the report of the first file back, and leaves it when it goes', async () => {
    const panel =
      "export class Panel {\n  constructor() {\n    window.addEventListener('resize', () => this.draw());\n  }\n  draw() {}\n}\n";
    const idle = "import { Panel } from './panel';\nexport type Shown = Panel | undefined;\n";
    const opens = `${idle}export const open = (): Shown => new Panel();\n`;
    const { fs, scan, walked, absoluteOf } = workspace({
      'panel.ts': panel,
      'shell.ts': "import { Panel } from './panel';\nexport class Shell {\n  panel = new Panel();\n}\n",
      'main.ts': "import { Shell } from './shell';\nnew Shell();\n",
      'menu.ts': idle,
      'other.ts': "import fs from 'node:fs';\nexport const text = (path: string) => fs.readFileSync(path, 'utf8');\n",
    });
    const kinds = (files: readonly FileFindings[]): readonly string[] =>
      files.flatMap(({ path, findings }) => findings.map(({ kind }) => `${path} ${kind}`));
    assert.deepEqual(kinds((await scan.scan(walked, never, () => undefined)).files), []);
    fs.reads.length = 0;
    scan.setOverride('menu.ts', opens);
    scan.analyzeOne('menu.ts', opens);
    assert.deepEqual(kinds(await scan.relink(absoluteOf)), ['panel.ts listener/dom-event-listener']);
    assert.deepEqual(fs.reads, ['/w/panel.ts'], 'nobody else is judged again');
    scan.setOverride('menu.ts', idle);
    scan.analyzeOne('menu.ts', idle);
    assert.deepEqual(kinds(await scan.relink(absoluteOf)), []);
    // Of one that nobody makes nothing is known.
    scan.forget('main.ts');
    assert.deepEqual(kinds(await scan.relink(absoluteOf)), ['panel.ts listener/dom-event-listener']);
  });
  it('nothing is said to be made once before all files are known', async () => {
    const panel =
      "export class Panel {\n  constructor() {\n    window.addEventListener('resize', () => this.draw());\n  }\n  draw() {}\n}\n";
    const main = "import { Panel } from './panel';\nnew Panel();\n";
    const { scan, walked } = workspace({ 'panel.ts': panel, 'main.ts': main });
    scan.analyzeOne('main.ts', main);
    assert.equal(scan.analyzeOne('panel.ts', panel).findings.length, 1);
    await scan.scan(walked, never, () => undefined);
    assert.equal(scan.analyzeOne('panel.ts', panel).findings.length, 0);
  });
  it('a file without a word of the catalogue is parsed when what it imports gives something open', async () => {
    const { scan, walked } = workspace({
      'log.ts':
        "import fs from 'node:fs/promises';\nexport async function openLog() {\n  return await fs.open('x', 'a');\n}\n",
      'note.ts':
        "import { openLog } from './log';\nexport async function note(text: string) {\n  const log = await openLog();\n  await log.write(text);\n}\n",
    });
    const { files } = await scan.scan(walked, never, () => undefined);
    assert.deepEqual(
      files.flatMap((file) => file.findings.map(({ kind }) => `${file.path} ${kind}`)),
      ['note.ts handle/fs-filehandle'],
    );
  });
  it('a class that comes to keep something open makes its users leak, and no more when it lets go', async () => {
    const feed = (made: string): string =>
      `import { createConnection } from 'node:net';\nexport class Feed {\n  ${made}\n  send(text: string) {\n    this.socket?.write(text);\n  }\n  close() {\n    this.socket?.destroy();\n  }\n}\n`;
    const open = feed('private readonly socket = createConnection(7000);');
    const idle = feed('private socket?: ReturnType<typeof createConnection>;');
    const board =
      "import { Feed } from './index';\nexport class Board {\n  private readonly feed = new Feed();\n  add(row: string) {\n    this.feed.send(row);\n  }\n  dispose() {}\n}\n";
    const { scan, walked, absoluteOf } = workspace({
      'feed.ts': idle,
      'index.ts': "export * from './feed';\n",
      'board.ts': board,
    });
    const kinds = (files: readonly { path: string; findings: readonly { kind: string }[] }[]): readonly string[] =>
      files.flatMap((file) => file.findings.map(({ kind }) => `${file.path} ${kind}`));
    assert.deepEqual(kinds((await scan.scan(walked, never, () => undefined)).files), []);
    scan.setOverride('feed.ts', open);
    scan.analyzeOne('feed.ts', open);
    assert.deepEqual(kinds(await scan.relink(absoluteOf)), ['board.ts handle/field-without-teardown']);
    scan.setOverride('feed.ts', idle);
    scan.analyzeOne('feed.ts', idle);
    assert.deepEqual(kinds(await scan.relink(absoluteOf)), []);
  });
  it('what was saved is taken up again, links included', async () => {
    const { fs, scan, walked } = workspace({ 'helper.ts': reads, 'user.ts': user });
    await scan.scan(walked, never, () => undefined);
    const later = new CodeScan(fs, new FakeClock(10_000), { severityOverrides: {} });
    await later.load(await scan.save());
    fs.reads.length = 0;
    const { files } = await later.scan(walked, never, () => undefined);
    assert.deepEqual(
      files.flatMap((file) => file.findings.map(({ kind }) => kind)),
      ['handle/fs-filehandle'],
    );
    assert.deepEqual(fs.reads, []);
  });
});

describe('module map', () => {
  it('reads aliases through extends, and the packages of a workspace', async () => {
    const { fs, walked } = workspace({
      'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["app/src/*"] } } } // end',
      'app/tsconfig.json': '{ "extends": "../tsconfig.base.json" }',
      'web/tsconfig.json': '{ "compilerOptions": { "paths": { "~/*": ["./lib/*"] } }, }',
      'packages/bus/package.json':
        '{ "name": "@acme/bus", "main": "./dist/index.js", "exports": { ".": { "import": "./dist/main.mjs" } } }',
      'broken/package.json': '{ "name": ',
      'odd/tsconfig.json': '[1]',
    });
    const { aliases, packages } = await readModuleMap(fs, walked);
    assert.deepEqual(
      aliases.map(({ folder, base, paths }) => ({ folder, base, paths: { ...paths } })),
      [
        { folder: 'app', base: '', paths: { '@app/*': ['app/src/*'] } },
        { folder: 'web', base: undefined, paths: { '~/*': ['web/lib/*'] } },
      ],
    );
    assert.deepEqual(packages, [
      {
        name: '@acme/bus',
        folder: 'packages/bus',
        entries: ['src/index', 'dist/index', 'src/main', 'dist/main', 'index', 'lib/index'],
        offered: ['src/index', 'dist/index', 'src/main', 'dist/main', 'index', 'lib/index'],
      },
    ]);
  });
  it('what a package offers to others: nothing while it is private, what its manifest names, folders as a whole', async () => {
    const { fs, walked } = workspace({
      'app/package.json': '{ "name": "app", "private": true, "main": "src/main.js" }',
      'kit/package.json':
        '{ "name": "kit", "exports": { ".": "./dist/index.js", "./ui": { "import": "./dist/esm/ui/index.mjs" }, "./parts/*": "./dist/parts/*.js" } }',
    });
    const { packages } = await readModuleMap(fs, walked);
    const files = [
      'app/src/main.ts',
      'kit/src/ui/index.ts',
      'kit/src/parts/row.ts',
      'kit/src/inner.ts',
      'kit/src/index.ts',
    ];
    const { isPublic } = createResolver({ aliases: [], packages }, (path) => files.includes(path));
    assert.deepEqual(files.filter(isPublic), ['kit/src/ui/index.ts', 'kit/src/parts/row.ts', 'kit/src/index.ts']);
  });
  it('configurations that extend each other end', async () => {
    const { fs, walked } = workspace({
      'tsconfig.json': '{ "extends": "./tsconfig.b.json" }',
      'tsconfig.b.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "a": ["b"] } } }',
    });
    assert.deepEqual(
      (await readModuleMap(fs, walked)).aliases.map(({ paths }) => ({ ...paths })),
      [{ a: ['b'] }],
    );
  });
  /** What specifiers mean in a file, in a workspace of these files. */
  const meant = async (
    files: Readonly<Record<string, string>>,
    from: string,
    specifiers: readonly string[],
  ): Promise<readonly (string | undefined)[]> => {
    const { fs, walked } = workspace(files);
    const { resolve } = createResolver(await readModuleMap(fs, walked), (path) => Object.hasOwn(files, path));
    return specifiers.map((specifier) => resolve(from, specifier));
  };
  it('aliases that only a bundler knows mean a file of the own package, where there is one', async () => {
    const files = {
      'package.json': '{ "name": "all" }',
      'src/lib/far.ts': '',
      'app/package.json': '{ "name": "app" }',
      'app/src/store.ts': '',
      'app/src/lib/near.ts': '',
      'app/views/main.ts': '',
    };
    assert.deepEqual(
      await meant(files, 'app/views/main.ts', ['@/store', '~/views/main', '$lib/near', '$lib/far', '@/none', '@store']),
      ['app/src/store.ts', 'app/views/main.ts', 'app/src/lib/near.ts', 'src/lib/far.ts', undefined, undefined],
    );
    // What a configuration says comes first.
    const paths = '{ "compilerOptions": { "paths": { "@/*": ["./views/*"] } } }';
    assert.deepEqual(
      await meant({ ...files, 'app/tsconfig.json': paths, 'app/views/store.ts': '' }, 'app/a.ts', ['@/store']),
      ['app/views/store.ts'],
    );
  });
  it('a configuration that only names others has the aliases of the one beside it', async () => {
    const files = {
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./lib" }] }',
      'tsconfig.app.json': '{ "compilerOptions": { "paths": { "@app/*": ["src/app/*"] } } }',
      'lib/tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./*"] } } }',
      'src/app/store.ts': '',
      'lib/part.ts': '',
    };
    assert.deepEqual(await meant(files, 'src/main.ts', ['@app/store', '@lib/part']), ['src/app/store.ts', undefined]);
    assert.deepEqual(await meant(files, 'lib/main.ts', ['@app/store', '@lib/part']), [undefined, 'lib/part.ts']);
  });
  it('a package is found by the names it offers below its own, and a folder by its manifest', async () => {
    const files = {
      'kit/package.json':
        '{ "name": "kit", "main": "main.js", "exports": { ".": "./main.js", "./old": { "require": "./lib/compat/old.js" }, "./inner/*": "./lib/*" } }',
      'kit/main.js': '',
      'kit/src/compat/old.ts': '',
      'kit/src/parts/row.ts': '',
      'kit/test/a.js': '',
    };
    assert.deepEqual(await meant(files, 'app/a.ts', ['kit/old', 'kit/inner/parts/row.js', 'kit/none']), [
      'kit/src/compat/old.ts',
      'kit/src/parts/row.ts',
      undefined,
    ]);
    assert.deepEqual(await meant(files, 'kit/test/a.js', ['..', '../none']), ['kit/main.js', undefined]);
  });
});
