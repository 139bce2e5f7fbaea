/** Which file a specifier means, and to which package a file belongs. */
import assert from 'node:assert/strict';
import { createResolver } from '../../../src/analyzer/facts/modules';

describe('packages of a workspace', () => {
  const folders = ['', 'packages/core', 'packages/core/inner', 'lib'];
  const packages = folders.map((folder) => ({ name: `p${folder}`, folder, entries: ['src/index.ts'] }));
  const files = new Set(['src/index.ts', 'packages/core/src/index.ts', 'packages/corex/a.ts', 'lib/src/index.ts']);

  it('have the files of the nearest folder', () => {
    const { packageOf } = createResolver({ aliases: [], packages }, (path) => files.has(path));
    const expected: Readonly<Record<string, string>> = {
      'a.ts': '',
      'packages/core/src/a.ts': 'packages/core',
      'packages/core/inner/a.ts': 'packages/core/inner',
      'packages/corex/a.ts': '',
      'lib/a.ts': 'lib',
    };
    for (const [path, folder] of Object.entries(expected)) assert.equal(packageOf(path), folder, path);
  });

  it('offer their entries, and a repository without a manifest at its root its index', () => {
    const all = createResolver({ aliases: [], packages }, (path) => files.has(path));
    assert.equal(all.isPublic('packages/core/src/index.ts'), true);
    assert.equal(all.isPublic('packages/corex/a.ts'), false);
    const rootless = createResolver({ aliases: [], packages: packages.slice(1) }, (path) => files.has(path));
    assert.equal(rootless.isPublic('src/index.ts'), true);
  });

  it('are told of new files: what meant none may mean one', () => {
    const some = new Set<string>();
    const { resolve, filesCame } = createResolver({ aliases: [], packages: [] }, (path) => some.has(path));
    assert.equal(resolve('src/a.ts', './b'), undefined);
    some.add('src/b.ts');
    filesCame();
    assert.equal(resolve('src/a.ts', './b'), 'src/b.ts');
    some.delete('src/b.ts');
    assert.equal(resolve('src/a.ts', './b'), undefined);
  });
});
