/** Verdicts that depend on other files: factories, helpers, classes, barrels, aliases and packages of the workspace. */
import assert from 'node:assert/strict';
import type { ModuleMap } from '../../../src/analyzer/facts/modules';
import { findingsOfFiles } from './expectLeaks';

type Files = Readonly<Record<string, string>>;

/** "path:line kind" of what is shown. */
const found = (files: Files, modules?: ModuleMap): readonly string[] =>
  findingsOfFiles(files, modules).flatMap(({ path, findings }) =>
    findings
      .filter(({ confidence }) => confidence !== 'low')
      .map(({ kind, range }) => `${path}:${range.startLine + 1} ${kind}`),
  );

const openLog = `import fs from 'node:fs/promises';
export async function openLog(path: string) {
  const file = await fs.open(path, 'a');
  return file;
}
`;
const forgets = (module: string): string => `import { openLog } from '${module}';
export async function note(path: string, text: string) {
  const log = await openLog(path);
  await log.write(text);
}
`;

describe('across files', () => {
  it('a factory of another file gives an open handle', () => {
    assert.deepEqual(found({ 'src/log.ts': openLog, 'src/note.ts': forgets('./log') }), [
      'src/note.ts:3 handle/fs-filehandle',
    ]);
  });
  it('a factory behind a barrel, a renamed re-export and another factory', () => {
    const files = {
      'src/log.ts': openLog,
      'src/day.ts':
        "import { openLog } from './log';\nexport const openDay = (day: string) => openLog('/var/' + day);\n",
      'src/index.ts': "export { openDay as openLog } from './day';\n",
      'src/app/note.ts': forgets('../index'),
    };
    assert.deepEqual(found(files), ['src/app/note.ts:3 handle/fs-filehandle']);
  });
  it('is silent when the caller closes it, returns it or keeps it', () => {
    const files = {
      'src/log.ts': openLog,
      'src/a.ts': forgets('./log').replace(
        'await log.write(text);',
        'try {\n    await log.write(text);\n  } finally {\n    await log.close();\n  }',
      ),
      'src/b.ts': forgets('./log').replace('await log.write(text);', 'return log;'),
      'src/c.ts':
        "import { openLog } from './log';\nexport class Log {\n  file: any;\n  async open(path: string) {\n    this.file = await openLog(path);\n  }\n  close() {\n    return this.file.close();\n  }\n}\n",
    };
    assert.deepEqual(found(files), []);
  });
  it('what a factory gives is open once the call that opens it is made, there or by its caller', () => {
    const make = (opened: string): string =>
      `import { Client } from 'ssh2';\nexport function make(host: string) {\n  const client = new Client();\n${opened}  return client;\n}\n`;
    const connects = '  client.connect({ host });\n';
    const user = (before: string): string =>
      `import { make } from './make';\nexport function names(host: string) {\n  const client = make(host);\n${before}  return client.names.length;\n}\n`;
    const verdict = (made: string, used: string): readonly string[] =>
      found({ 'src/make.ts': make(made), 'src/user.ts': user(used) });
    assert.deepEqual(verdict(connects, ''), ['src/user.ts:3 handle/network-client']);
    assert.deepEqual(verdict('', connects), ['src/user.ts:3 handle/network-client']);
    assert.deepEqual(verdict('', ''), []);
    assert.deepEqual(verdict('', `${connects}  client.on('close', () => host);\n`), []);
  });
  it('a factory that keeps what it gives shares it', () => {
    const files = {
      'src/log.ts':
        "import fs from 'node:fs/promises';\nconst kept = new Map<'a' | 'b', fs.FileHandle>();\nexport async function openLog(path: 'a' | 'b') {\n  const file = await fs.open(path, 'a');\n  kept.set(path, file);\n  return file;\n}\nexport async function closeAll() {\n  for (const file of kept.values()) await file.close();\n}\n",
      'src/note.ts': forgets('./log'),
    };
    assert.deepEqual(found(files), []);
  });
  it('a helper of another file that only reads leaves the handle with its caller, one that closes ends it', () => {
    const helper = `import type { FileHandle } from 'node:fs/promises';
export async function header(file: FileHandle) {
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return buffer;
}
export async function finish(file: FileHandle) {
  await file.sync();
  await file.close();
}
`;
    const use = (name: string): string => `import fs from 'node:fs/promises';
import { ${name} } from './helper';
export async function read(path: string) {
  const file = await fs.open(path);
  await ${name}(file);
}
`;
    assert.deepEqual(found({ 'src/helper.ts': helper, 'src/a.ts': use('header') }), [
      'src/a.ts:4 handle/fs-filehandle',
    ]);
    assert.deepEqual(found({ 'src/helper.ts': helper, 'src/a.ts': use('finish') }), []);
    assert.deepEqual(found({ 'src/a.ts': use('header') }), [], 'a helper that is not known may close it');
  });

  const bus = "import { EventEmitter } from 'node:events';\nexport class Bus extends EventEmitter {}\n";
  const listens = `import { Bus } from './bus';
export class View {
  constructor(private readonly bus: Bus) {
    this.bus.on('change', this.update);
  }
  private readonly update = () => {};
  dispose() {}
}
`;
  it('an injected instance of a class of another file is an emitter', () => {
    assert.deepEqual(found({ 'src/bus.ts': bus, 'src/view.ts': listens }), ['src/view.ts:4 listener/emitter-on']);
    const removes = listens.replace('dispose() {}', "dispose() { this.bus.off('change', this.update); }");
    assert.deepEqual(found({ 'src/bus.ts': bus, 'src/view.ts': removes }), []);
  });
  it('through a class between, a default export and CommonJS', () => {
    const between = "import { Bus as Base } from './base';\nexport class Bus extends Base {}\n";
    assert.deepEqual(found({ 'src/base.ts': bus, 'src/bus.ts': between, 'src/view.ts': listens }), [
      'src/view.ts:4 listener/emitter-on',
    ]);
    const common =
      "const { EventEmitter } = require('events');\nclass Bus extends EventEmitter {}\nmodule.exports = new Bus();\n";
    const route =
      "const bus = require('./bus');\nexports.route = function (request, response) {\n  bus.on('change', () => response.write('x'));\n};\n";
    assert.deepEqual(found({ 'lib/bus.js': common, 'lib/route.js': route }), ['lib/route.js:3 listener/emitter-on']);
  });
  it('an exported emitter by way of an alias and of a package of the workspace', () => {
    const shared = "import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();\n";
    const listener = (module: string): string =>
      `import { bus } from '${module}';\nexport function handle(response: { write(text: string): void }) {\n  bus.on('change', () => response.write('x'));\n}\n`;
    const modules: ModuleMap = {
      aliases: [{ folder: '', base: undefined, paths: { '@/*': ['src/*'] } }],
      packages: [{ name: '@acme/bus', folder: 'packages/bus', entries: ['src/index'] }],
    };
    assert.deepEqual(found({ 'src/bus.ts': shared, 'app/a.ts': listener('@/bus') }, modules), [
      'app/a.ts:3 listener/emitter-on',
    ]);
    assert.deepEqual(found({ 'packages/bus/src/index.ts': shared, 'app/a.ts': listener('@acme/bus') }, modules), [
      'app/a.ts:3 listener/emitter-on',
    ]);
    assert.deepEqual(found({ 'packages/bus/src/index.ts': shared, 'app/a.ts': listener('@acme/else') }, modules), []);
  });
  it('files that import each other end with a verdict', () => {
    const a = "import { b } from './b';\nexport const a = () => b();\n";
    const b = "import { a } from './a';\nexport const b = () => a();\n";
    assert.deepEqual(found({ 'src/a.ts': a, 'src/b.ts': b }), []);
  });
});
