/** Which files are pages, and what a watcher of them is told to look for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPage } from '../../../src/analyzer/files/pagePaths';
import { pagePatterns } from '../../../src/client/pagePatterns';
import { globMatcher } from '../../../src/sources/glob';

const pages = [
  'index.html',
  'src/index.htm',
  'src/index.html.ejs',
  'src/index.htm.template',
  'views/list.hbs',
  'views/list.blade.php',
  'src/post.mdx',
  'blog/2020/post.md',
  'src/pages/index.astro',
];

/** Endings that are read, by the source of the rule itself. */
const source = readFileSync(join(__dirname, '../../../src/analyzer/files/pagePaths.ts'), 'utf8');
const words = [...source.matchAll(/'(\w+)'/g)].map(([, word]) => word);
const candidates = words.flatMap((word) => [`a/b.${word}`, `a/b.html.${word}`, `a/b.htm.${word}`, `${word}/a/b.md`]);

describe('paths of pages', () => {
  it('are watched, whatever they end with', () => {
    const read = candidates.filter(isPage);
    assert.equal(read.length > 50, true);
    assert.deepEqual(
      read.filter((path) => !globMatcher(pagePatterns)(path)),
      [],
    );
  });
  for (const path of pages)
    it(`tell that it is one, and are watched: ${path}`, () => {
      assert.equal(isPage(path), true);
      assert.equal(globMatcher(pagePatterns)(path), true);
    });
  for (const path of ['README.md', 'src/index.ts', 'html.json', 'src/template.html.map'])
    it(`tell that it is none: ${path}`, () => assert.equal(isPage(path), false));
});
