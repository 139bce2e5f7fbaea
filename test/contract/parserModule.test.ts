/** Of TypeScript the bundles hold the parser: it lacks nothing that it names, and reads files as the whole does. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bindScopes } from '../../src/analyzer/program/binding';
import { isReference } from '../../src/analyzer/program/references';
import { ts } from '../../src/analyzer/syntax/syntax';
import { filesIn, src } from '../support/sourceFiles';

/** Named where no file of scripts leads: a hook of a profiler behind `typeof`, options of JSON files, tags of a checker's symbols. */
const lacking = ['convertToJson', 'onProfilerEvent', 'targetOptionDeclaration', 'ts_JsDoc_exports'];

async function moduleText(): Promise<string> {
  const { parserModule }: { parserModule: () => Promise<string> } = await import(
    pathToFileURL(resolve('scripts/parserOnly.mjs')).href
  );
  return parserModule();
}

/** Kinds and places of all nodes, in source order. */
function shapeOf(compiler: typeof ts, path: string, text: string): readonly string[] {
  const shape: string[] = [];
  const visit = (node: ts.Node): void => {
    shape.push(`${String(node.kind)} ${String(node.pos)}-${String(node.end)}`);
    compiler.forEachChild(node, visit);
  };
  visit(compiler.createSourceFile(path, text, compiler.ScriptTarget.Latest, true));
  return shape;
}

describe('the parser of the bundles', function () {
  this.timeout(120_000);
  let text = '';
  before(async () => {
    text = await moduleText();
  });

  it('names nothing that was left out', () => {
    const sourceFile = ts.createSourceFile('parser.js', text, ts.ScriptTarget.Latest, true);
    const scopes = bindScopes(sourceFile);
    const free = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && isReference(node) && !scopes.resolve(node) && !(node.text in globalThis))
        free.add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(sourceFile);
    // `arguments` and `require` are of each function and of the module.
    assert.deepEqual([...free].filter((name) => name !== 'arguments' && name !== 'require').sort(), lacking);
  });

  it('reads files as the whole of TypeScript does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slo-lens-parser-'));
    try {
      const path = join(folder, 'parser.mjs');
      writeFileSync(path, text);
      const { ts: parser }: { ts: typeof ts } = await import(pathToFileURL(path).href);
      const samples = ['a.tsx', 'a.jsx', 'a.mts', 'a.cjs'].map(
        (name) =>
          [
            name,
            `const a = <T,>(b: T) => b; /** @type {x} */ let c = \`d\${a(1)}\`; @e class F {} // g\n await h;`,
          ] as const,
      );
      const own = filesIn(src).map((file) => [file, readFileSync(file, 'utf8')] as const);
      for (const [name, content] of [...samples, ...own])
        assert.deepEqual(shapeOf(parser, name, content), shapeOf(ts, name, content), name);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
