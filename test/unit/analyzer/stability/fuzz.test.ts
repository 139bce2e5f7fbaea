/** Broken programs: whatever is typed, cut off or pasted twice, the analysis ends in time and does not throw. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { type AnalyzerOptions, analyzeFile } from '../../../../src/analyzer/analyzer';

const root = resolve(__dirname, '../../../..');
const options: AnalyzerOptions = { severityOverrides: {} };
/** Longest that one file of this size may take, ms; generous, for a machine that others use too. */
const budgetMs = 2_000;

/** Our own sources: real files of all the shapes that people write. */
const corpus = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs)$/.test(name) && !name.includes('fixtures'))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);
const files = corpus.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const token = /\w+|\s+|./gs;
const noise = [
  '}',
  '{',
  '(',
  ')',
  '=>',
  'await ',
  '`',
  "'",
  '/*',
  'class ',
  'this.',
  '?.',
  'yield ',
  '...',
  '\u2028',
  '@',
  '<',
  ';',
  'return ',
  '0x',
];

/** Some tokens taken out, doubled, swapped or replaced by noise, and perhaps the end cut off. */
function mutate(text: string, steps: readonly (readonly [number, number, number])[], cut: number): string {
  const tokens = text.match(token) ?? [];
  for (const [where, how, what] of steps) {
    const at = Math.floor(where * tokens.length);
    const other = Math.floor(what * tokens.length);
    if (how === 0) tokens.splice(at, 1);
    else if (how === 1) tokens.splice(at, 0, tokens[other] ?? '');
    else if (how === 2) tokens.splice(at, 1, noise[other % noise.length] ?? '');
    else tokens.splice(at, 0, ...tokens.slice(other, other + 40));
  }
  const whole = tokens.join('');
  return cut < 0.2 ? whole.slice(0, Math.floor((whole.length * cut) / 0.2)) : whole;
}

describe('broken programs', function () {
  this.timeout(120_000);
  it('are analysed without a fault and in time', () => {
    const step = fc.tuple(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.nat(3),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.nat(files.length - 1),
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (index, steps, cut) => {
          const file = files[index];
          if (!file) return;
          const text = mutate(file.text, steps, cut);
          const started = performance.now();
          const { coverage } = analyzeFile({ path: file.path, text }, options).findings;
          assert.ok(
            coverage.state !== 'partial' || !coverage.reason.startsWith('the analysis failed'),
            `${file.path}: ${coverage.state === 'partial' ? coverage.reason : ''}`,
          );
          assert.ok(performance.now() - started < budgetMs, `${file.path} took ${performance.now() - started} ms`);
        },
      ),
      { numRuns: 400, seed: 20_261_124 },
    );
  });
  it('of extreme shape are too', () => {
    const shapes: Readonly<Record<string, string>> = {
      'deep calls': `${'f('.repeat(2_000)}setInterval(x)${')'.repeat(2_000)}`,
      'deep members': `setInterval(a${'.b'.repeat(5_000)})`,
      'deep blocks': `${'{'.repeat(1_500)}setInterval(f, 1)${'}'.repeat(1_500)}`,
      'deep functions': `${'() => '.repeat(1_500)}setInterval(f, 1)`,
      'a long chain of methods': `new Map()${'.set(a, b)'.repeat(3_000)}`,
      'a long sum': `const m = new Map(); export const f = (x) => m.set(${'x + '.repeat(5_000)}x, 1);`,
      'many branches': `export function f(x) { const t = setInterval(g, 1); ${'if (x) { g(); } '.repeat(3_000)} }`,
      'many functions': Array.from(
        { length: 3_000 },
        (_, i) => `export function f${i}() { setInterval(f${i + 1}, 1); }`,
      ).join('\n'),
      'one name in a circle':
        'let a = b, b = c, c = a; a = b; export function f() { a = setInterval(() => a, 1); b = a; c = b; a = c; }',
      'a class that extends itself':
        'class A extends A { constructor() { setInterval(this.f, 1); } destroy() { super.destroy(); } }',
      'classes in a circle':
        'class A extends B { m() { this.t = setInterval(f, 1); } destroy() {g();} } class B extends A {}',
    };
    for (const [name, text] of Object.entries(shapes)) {
      const started = performance.now();
      const { coverage } = analyzeFile({ path: 'src/x.ts', text }, options).findings;
      assert.ok(performance.now() - started < 5_000, `${name} took ${performance.now() - started} ms`);
      const reason = coverage.state === 'partial' ? coverage.reason : '';
      assert.ok(!reason.startsWith('the analysis failed') || /nested|deep|stack/i.test(reason), `${name}: ${reason}`);
    }
  });
});
