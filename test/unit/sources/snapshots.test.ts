/** Currency by content: line ends do not matter, content does; and the odd files of the reference. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseJsonValue } from '../../../src/sources/jsonScan';
import { currencyOf, isSourcePath, lineEndHashes, readHashCache } from '../../../src/sources/snapshots';

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
const hashes = (text: string) => lineEndHashes(new TextEncoder().encode(text));
const cacheOf = (value: unknown) => {
  const parsed = parseJsonValue(JSON.stringify(value));
  return parsed.ok ? readHashCache(parsed.value) : null;
};

describe('snapshots: hashes', () => {
  it('a file is current with LF and CRLF alike, and not after a change', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().map((line) => line.replace(/[\r\n]/g, '')),
          { minLength: 1 },
        ),
        (lines) => {
          const lf = lines.join('\n');
          const crlf = lines.join('\r\n');
          assert.deepEqual(hashes(lf), hashes(crlf));
          assert.deepEqual(hashes(lf), { lf: md5(lf), crlf: md5(crlf) });
          for (const recorded of [md5(lf), md5(crlf)]) {
            const cache = cacheOf({ 'a\\b.py': recorded });
            assert.ok(cache);
            const read = (text: string) => currencyOf(new Map([['a/b.py', hashes(text)]]), cache, () => false);
            assert.deepEqual([read(lf).current, read(crlf).current, read(`${lf}#`).changed], [1, 1, 1]);
          }
        },
      ),
    );
  });
  it('bytes that are no text are hashed as they are', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index).filter((byte) => byte !== 10 && byte !== 13);
    const only = createHash('md5').update(bytes).digest('hex');
    assert.deepEqual(lineEndHashes(bytes), { lf: only, crlf: only });
  });
});

describe('snapshots: cache and ratio', () => {
  it('takes plain hashes and entries with one, both slashes; anything else is no cache', () => {
    const hash = 'AB'.repeat(16);
    assert.deepEqual(
      [...(cacheOf({ 'x\\y.ts': hash, './z.py': { hash, mtime: 1 }, bad: 3 }) ?? [])],
      [
        ['x/y.ts', hash.toLowerCase()],
        ['z.py', hash.toLowerCase()],
      ],
    );
    for (const value of [[], 'x', 3, null, { a: 1 }, { a: 'not a hash' }]) assert.equal(cacheOf(value), null);
  });
  it('unscanned counts against, gone does not count; without sources there is no share', () => {
    const cache = cacheOf({ 'a.py': md5('a'), 'gone.py': md5('g'), 'docs/kept.md': md5('k') });
    assert.ok(cache);
    const sources = new Map([
      ['a.py', hashes('a')],
      ['new.ts', hashes('n')],
    ]);
    const result = currencyOf(sources, cache, (path) => path === 'docs/kept.md');
    assert.deepEqual([result.current, result.unscanned, result.gone, result.share], [1, 1, 1, 0.5]);
    assert.deepEqual(result.unscannedPaths, ['new.ts']);
    assert.equal(currencyOf(new Map(), cache, () => true).share, null);
  });
  it('knows the sources by ending and folder', () => {
    for (const path of ['a.py', 'src/b.ts', 'my_build/c.js', 'x/buildings/d.rs']) assert.ok(isSourcePath(path), path);
    for (const path of [
      'a.md',
      'build/a.py',
      'x/node_modules/b.js',
      '.git/c.py',
      'venv/d.py',
      'a.PY.txt',
      'q/target/e.rs',
    ])
      assert.ok(!isSourcePath(path), path);
  });
});

describe('snapshots: files of the reference', () => {
  const root = join(__dirname, '../../fixtures/swarm');
  const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')).snapshots;
  const read = (path: string) => parseJsonValue(readFileSync(join(root, path), 'utf8'));
  for (const [path, wanted] of Object.entries<Record<string, unknown>>(expected.odd))
    it(path, () => {
      const parsed = read(path);
      if (wanted.state === 'unreadable') {
        const problem = wanted.problem as { line: number; column: number };
        assert.ok(!parsed.ok);
        assert.deepEqual([parsed.position.line, parsed.position.column], [problem.line, problem.column]);
        return;
      }
      assert.ok(parsed.ok);
      const value = parsed.value as Record<string, unknown>;
      if ('entries' in wanted) assert.equal(Object.keys(value).length, wanted.entries);
      if ('filesAnalyzed' in wanted) assert.equal(value.num_files_analyzed, wanted.filesAnalyzed);
    });
  it('the cache of main holds its entries under forward slashes', () => {
    const parsed = read('snapshots/main_b206a4da/dependency_cache.json');
    assert.ok(parsed.ok);
    const cache = readHashCache(parsed.value);
    const wanted = expected.readings['dependency_cache.json'];
    assert.equal(cache?.size, wanted.entries);
    assert.ok([...(cache?.keys() ?? [])].every((path) => !path.includes('\\')));
  });
});
