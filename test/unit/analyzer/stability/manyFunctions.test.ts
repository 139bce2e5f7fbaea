/** Many functions of one file that do the same with one thing: each is asked about, and not each pair of them. */
import assert from 'node:assert/strict';
import { analyzeFile } from '../../../../src/analyzer/analyzer';

/** Linear work grows fourfold from the few to the many, quadratic work sixteenfold. */
const limit = 10;
const [few, many] = [400, 1_600];

function repeated(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join('\n');
}

const files: Readonly<Record<string, (count: number) => string>> = {
  'fill one table': (count) =>
    `const rows = new Map<string, object>();\n${repeated(count, (index) => `export function add${index}(id: string, row: object) { rows.set(id, row); }`)}`,
  'fill one record': (count) =>
    `const rows: Record<string, number> = {};\n${repeated(count, (index) => `export function set${index}(id: string) { rows[id] = ${index}; }`)}`,
  'fill one list beside functions that end other things': (count) =>
    `const rows: object[] = [];\n${repeated(count, (index) => `export function add${index}(row: object) { rows.push({ row }); }\nexport function remove${index}(part: Part) { part.hide(${index}); }`)}`,
};

/** Processor time of the quickest of some runs: the machine may have other work. */
function cost(text: string): number {
  const times = Array.from({ length: 2 }, () => {
    const started = process.cpuUsage();
    const { findings } = analyzeFile({ path: 'src/many.ts', text }, { severityOverrides: {} });
    const { user, system } = process.cpuUsage(started);
    assert.equal(findings.coverage.state, 'full');
    return user + system;
  });
  return Math.min(...times);
}

describe('many functions of one file', () => {
  for (const [what, fileOf] of Object.entries(files))
    it(`cost as much as they are many: they ${what}`, () => {
      cost(fileOf(few));
      const ratio = cost(fileOf(many)) / cost(fileOf(few));
      assert.ok(ratio < limit, `${ratio.toFixed(1)} times`);
    }).timeout(60_000);
});
