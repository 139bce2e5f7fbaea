/** A text that is edited on: what is taken over of its tree is what a parse of the whole would give, and so are the verdicts. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { type AnalyzerOptions, analyzeFile, EditedTree } from '../../../../src/analyzer/analyzer';
import { ts } from '../../../../src/analyzer/syntax/compiler';
import { parse } from '../../../../src/analyzer/syntax/syntax';

const root = resolve(__dirname, '../../../..');
const options: AnalyzerOptions = { severityOverrides: {} };

const files = [
  ...['src', 'test/unit', 'scripts', 'test/bench'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|mjs)$/.test(name))
      .map((name) => join(folder, name).replaceAll('\\', '/')),
  ),
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const component = `<template><button @click="go">x</button></template>
<script lang="ts">
import { on } from './on';
export default { mounted() { window.addEventListener('resize', this.go); }, methods: { go() {} } };
</script>
<script setup lang="ts">
const timer = setInterval(() => {}, 100);
</script>
`;

const noise = [
  'x',
  '1',
  '}',
  '{',
  '(',
  ')',
  ' => ',
  'await ',
  'async ',
  '`',
  "'",
  '/*',
  '*/',
  '//',
  'class A {',
  'this.',
  '?.',
  'yield ',
  'function* f() {',
  '...',
  '\u2028',
  '\r\n',
  '@',
  '<',
  ';',
  'return ',
  '0x',
  '</script>',
  'export ',
  'import ',
  '${',
  '/',
  'static {',
  'declare ',
];

interface Edit {
  readonly where: number;
  readonly removed: number;
  readonly put: number;
}

function edited(text: string, { where, removed, put }: Edit): string {
  const at = Math.floor(where * text.length);
  const inserted =
    put < 1 ? '' : put < 2 ? text.slice(at, at + 60) : (noise[Math.floor((put - 2) * noise.length)] ?? 'y');
  return text.slice(0, at) + inserted + text.slice(at + removed);
}

/** The parser's own notes: whether errors below were looked for, and whether there may be an `import()` or `import.meta`. */
const notes = 0b1111 << 20;

/** All that the analyzer can see of a tree. */
function shapeOf(sourceFile: ts.SourceFile): string {
  const lines: string[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    const text = 'escapedText' in node ? String(node.escapedText) : '';
    const { parent } = node;
    lines.push(
      `${depth} ${node.kind} ${node.pos} ${node.end} ${node.flags & ~notes} ${text} ${parent?.kind} ${parent?.pos}`,
    );
    ts.forEachChild(node, (child) => visit(child, depth + 1));
  };
  visit(sourceFile, 0);
  return lines.join('\n');
}

const edit = fc.record({
  where: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(80)),
  put: fc.double({ min: 0, max: 2.999, noNaN: true }),
});

function checkEdits(path: string, start: string, edits: readonly Edit[]): void {
  const trees = new EditedTree();
  const verdicts = new EditedTree();
  let text = start;
  parse(path, text, trees);
  analyzeFile({ path, text }, options, undefined, 'later', verdicts);
  for (const one of edits) {
    text = edited(text, one);
    const taken = parse(path, text, trees);
    const fresh = parse(path, text);
    assert.equal(shapeOf(taken.sourceFile), shapeOf(fresh.sourceFile));
    assert.deepEqual(taken.syntaxErrors, fresh.syntaxErrors);
    assert.deepEqual(
      analyzeFile({ path, text }, options, undefined, 'later', verdicts),
      analyzeFile({ path, text }, options, undefined, 'later'),
    );
  }
}

describe('a text that is edited on', function () {
  this.timeout(240_000);

  it('has the tree and the verdicts of a fresh parse after each edit', () => {
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.array(edit, { minLength: 1, maxLength: 8 }), (index, edits) => {
        const file = files[index];
        if (file) checkEdits(file.path, file.text, edits);
      }),
      { numRuns: Number(process.env.SLO_LENS_RUNS ?? 60) },
    );
  });

  it('so do the scripts of a component', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) =>
        checkEdits('src/Button.vue', component, edits),
      ),
      { numRuns: 100 },
    );
  });

  it('gives no tree of another file, nor one that is used up', () => {
    const trees = new EditedTree();
    const first = parse('a.ts', 'let a = 1;', trees).sourceFile;
    assert.equal(parse('b.ts', 'let a = 12;', trees).sourceFile.fileName, 'b.ts');
    assert.notEqual(parse('b.ts', 'let a = 12;', trees).sourceFile, first);
    trees.forget('b.ts');
    assert.equal(trees.next('b.ts', 'let a = 3;', ts.ScriptKind.TS), undefined);
  });
});
