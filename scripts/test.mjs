/**
 * `npm test`: every suite, and one last line `N passed, N failed` that adds them up. `npm test -- unit host e2e` runs some.
 * A step that fails (types, lint, build) counts as one failure; a suite without a test fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

const wanted = process.argv.slice(2);
const runs = (name) => wanted.length === 0 || wanted.includes(name);
const total = { passed: 0, failed: 0 };
const add = (name, { passed, failed }) => {
  total.passed += passed;
  total.failed += passed + failed === 0 ? 1 : failed;
  console.log(`\n${name}: ${passed} ok, ${passed + failed === 0 ? 'no test ran' : `${failed} not ok`}`);
};
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
const step = (name, ok) => add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

mkdirSync('out', { recursive: true });
if (runs('static')) {
  step('types', node('node_modules/typescript/bin/tsc', '--noEmit'));
  step('lint', node('node_modules/@biomejs/biome/bin/biome', 'check', '.', '--max-diagnostics=20'));
}
const needsVsix = runs('unit') || runs('host') || runs('e2e');
const built = needsVsix && node('scripts/package.mjs');
if (needsVsix) step('package', built);
if (runs('unit')) {
  const counts = resolve('out/unit-counts.json');
  rmSync(counts, { force: true });
  process.env.SLO_LENS_COUNTS = counts;
  if (built) process.env.SLO_LENS_BUILT = '1';
  const ok = node('node_modules/mocha/bin/mocha.js', '--reporter', 'test/support/countingReporter.cjs');
  const { passes = 0, failures = 0 } = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : {};
  add('unit, server and contract tests', { passed: passes, failed: ok ? failures : Math.max(1, failures) });
}
// Ratios to the cost of parsing the same files, with bounds that only a real regression crosses.
if (built && runs('unit') && process.platform === 'linux') step('speed', node('test/bench/bench.mjs', '--short'));
if (built && (runs('host') || runs('e2e'))) {
  const log = (message) => console.error(`  ${message}`);
  try {
    const { obtainVsCode } = await import('./vscode/obtain.mjs');
    const host = await obtainVsCode(log);
    const vsix = resolve('out/slo-lens.vsix');
    if (runs('host')) add('host tests', await (await import('./hostTests.mjs')).hostTests(host, vsix, log));
    if (runs('e2e')) add('end-to-end tests', await (await import('./e2eTests.mjs')).e2eTests(host, vsix, log));
  } catch (error) {
    console.error(error);
    add('VS Code', { passed: 0, failed: 1 });
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
