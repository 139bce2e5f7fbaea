/** The bundles of the server and the command line are plain ASCII: one other letter, and the engine holds the source of all of them at two bytes each. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { ts } from '../../src/analyzer/syntax/compiler';
import { filesIn, src } from '../support/sourceFiles';

const isPlain = (text: string): boolean => !/[^\0-\x7f]/.test(text);

describe('text of the bundles', () => {
  it('no regular expression of the server has a letter beyond ASCII: the bundler escapes those of strings only', () => {
    for (const file of filesIn(src)) {
      if (/^(?:client|dashboard)\b/.test(relative(src, file))) continue;
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) assert.ok(isPlain(node.text), `${relative(src, file)}: ${node.text}`);
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  });

  it('what was built is plain', function () {
    if (process.env.SLO_LENS_BUILT === undefined) this.skip();
    for (const name of ['analyzer.js', 'server.js', 'cli.js', 'commands.js']) {
      const file = resolve(src, '../dist', name);
      assert.ok(existsSync(file) && isPlain(readFileSync(file, 'utf8')), name);
    }
  });
});
