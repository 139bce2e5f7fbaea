import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ts } from '../../src/analyzer/syntax/syntax';

type Rewrite = (text: string) => string;

async function load(): Promise<Rewrite> {
  const module: { withDirectNames: Rewrite } = await import(pathToFileURL(resolve('scripts/directNames.mjs')).href);
  return module.withDirectNames;
}

describe('names of the parser in the bundle', () => {
  it('are constants of the file, and kinds are numbers', async () => {
    const rewrite = await load();
    assert.equal(
      rewrite(
        'import { ts } from "./syntax";\nexport const f = (n: ts.Node) => ts.isBlock(n) || n.kind === ts.SyntaxKind.Block;\n',
      ),
      `const ts$isBlock = ts.isBlock; import { ts } from "./syntax";\nexport const f = (n: ts.Node) => ts$isBlock(n) || n.kind === ${ts.SyntaxKind.Block};\n`,
    );
    assert.equal(
      rewrite('const a = charts.isBlock(ts.SyntaxKind[kind]);'),
      'const a = charts.isBlock(ts.SyntaxKind[kind]);',
    );
  });

  it('keep every line of the analyzer where it is, and what the text means', async () => {
    const rewrite = await load();
    for (const name of readdirSync('src/analyzer', { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join('src/analyzer', name), 'utf8');
      const rewritten = rewrite(text);
      assert.equal(rewritten.split('\n').length, text.split('\n').length, name);
      const { parseDiagnostics = [] } = ts.createSourceFile(
        name,
        rewritten,
        ts.ScriptTarget.Latest,
      ) as ts.SourceFile & {
        readonly parseDiagnostics?: readonly unknown[];
      };
      assert.equal(parseDiagnostics.length, 0, name);
    }
  });
});
