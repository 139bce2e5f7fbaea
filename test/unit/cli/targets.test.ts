/** Where a command works, with either separator. */
import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { type Scope, scopeOf } from '../../../src/cli/targets';

const file = (absolute: string) => ({ absolute, isFile: true });
const folder = (absolute: string) => ({ absolute, isFile: false });
const never = (): boolean => false;

function seen(scope: Scope | null, ...paths: readonly string[]): readonly boolean[] {
  return paths.map((path) => scope?.isSubject(path) ?? false);
}

describe('targets', () => {
  it('is the folder that was named, all of it', () => {
    const scope = scopeOf([folder('/r/src')], posix, never);
    assert.deepEqual([scope?.root, scope?.within, seen(scope, 'a.ts', 'deep/b.ts')], ['/r/src', [''], [true, true]]);
  });

  it('walks the neighbours of a file but is about the file', () => {
    const scope = scopeOf([file('/r/src/a.ts')], posix, never);
    assert.deepEqual([scope?.root, seen(scope, 'a.ts', 'a.tsx', 'b.ts')], ['/r/src', [true, false, false]]);
  });

  it('takes several targets by their common folder and walks only them', () => {
    const scope = scopeOf([folder('/r/src'), folder('/r/srcs/x'), file('/r/test/t.ts')], posix, never);
    assert.deepEqual([scope?.root, scope?.within], ['/r', ['src', 'srcs/x', 'test']]);
    assert.deepEqual(seen(scope, 'src/a.ts', 'srcs/a.ts', 'srcs/x/a.ts', 'test/t.ts', 'test/u.ts'), [
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('takes the nearest folder with settings, except across a folder that is never entered', () => {
    const has = (path: string) => path === '/r';
    assert.equal(scopeOf([folder('/r/a/b')], posix, has)?.root, '/r');
    assert.equal(scopeOf([folder('/r/node_modules/p/lib')], posix, has)?.root, '/r/node_modules/p/lib');
  });

  it('knows drive letters, backslashes and shares', () => {
    const scope = scopeOf([folder('C:\\r\\src'), file('C:\\r\\test\\t.ts')], win32, never);
    assert.deepEqual([scope?.root, scope?.within], ['C:\\r', ['src', 'test']]);
    assert.deepEqual(seen(scope, 'src/a.ts', 'test/t.ts', 'other.ts'), [true, true, false]);
    assert.equal(scopeOf([folder('C:\\a'), folder('C:\\b')], win32, never)?.root, 'C:\\');
    assert.equal(scopeOf([folder('C:\\a'), folder('D:\\b')], win32, never), null);
    assert.equal(
      scopeOf([folder('\\\\s\\share\\a\\x'), folder('\\\\s\\share\\a\\y')], win32, never)?.root,
      '\\\\s\\share\\a',
    );
  });
});
