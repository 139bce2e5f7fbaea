/** Links between the files of a workspace: which files are judged again, and what tsconfig and package.json say of names. */
import assert from 'node:assert/strict';
import { CodeScan } from '../../../src/monitor/codeScan';
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
      },
    ]);
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
});
