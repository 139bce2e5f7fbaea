/** Over every leaky sample of the tests: a fix that is offered parses, adds no type error, ends its finding and makes no other. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyzeFile } from '../../../../src/analyzer/analyzer';
import type { Finding, Fix } from '../../../../src/analyzer/findings/findings';
import { applyEdits } from '../../../../src/analyzer/fixes/edits';
import { declared } from '../expectLeaks';

// Declared by all test files, also where only this one was asked for.
const analyzerTests = join(__dirname, '..');
for (const name of readdirSync(analyzerTests, { recursive: true, encoding: 'utf8' }))
  if (/^(?:listeners|handles|growth)[/\\].*\.test\.ts$/.test(name)) require(join(analyzerTests, name));

interface Fixed {
  readonly name: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly finding: Finding;
  readonly fix: Fix;
}

const analyze = (path: string, text: string) => analyzeFile({ path, text }, { severityOverrides: {} }).findings;

function* offered(): Generator<Fixed> {
  for (const { title, name, code, path = 'src/sample.ts', leaks } of declared) {
    if (!leaks) continue;
    for (const finding of analyze(path, code).findings)
      for (const fix of finding.fixes)
        yield {
          name: `${title}: ${name}: ${fix.title}`,
          path,
          before: code,
          after: applyEdits(code, fix.edits),
          finding,
          fix,
        };
  }
}

const repository = join(__dirname, '..', '..', '..', '..');

const compilerOptions = {
  noEmit: true,
  strict: true,
  allowJs: true,
  skipLibCheck: true,
  target: 'esnext',
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  lib: ['esnext', 'dom', 'dom.iterable'],
  typeRoots: [join(repository, 'node_modules', '@types')],
  types: ['node', 'vscode'],
  jsx: 'preserve',
  experimentalDecorators: true,
  noUncheckedIndexedAccess: true,
};

/** Errors by file, of one run of the compiler over all texts. */
function compile(texts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'slo-lens-fixes-'));
  try {
    for (const [name, text] of texts) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*'] }));
    const compiler = join(repository, 'node_modules', 'typescript', 'lib', 'tsc.js');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '--pretty', 'false', '-p', folder], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    assert.ok(status === 0 || status === 1 || status === 2, stdout);
    const errors = new Map<string, string[]>();
    for (const line of stdout.split('\n')) {
      const [, name, message] = /^(\S+?)\(\d+,\d+\): error (.*)$/.exec(line) ?? [];
      if (name !== undefined && message !== undefined) errors.set(name, [...(errors.get(name) ?? []), message]);
    }
    assert.ok(errors.size > 0 || stdout.trim() === '', stdout.slice(0, 2000));
    return errors;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('fixes of all samples', function () {
  this.timeout(60_000);

  it('parse, add no type error, end their finding and make no other', () => {
    const all = [...offered()];
    assert.ok(all.length > 0);
    const nameOf = (index: number, version: string, path: string): string => `${index}/${version}/${path}`;
    const texts = new Map<string, string>();
    all.forEach(({ path, before, after }, index) => {
      texts.set(nameOf(index, 'before', path), before);
      texts.set(nameOf(index, 'after', path), after);
    });
    const errors = compile(texts);
    const wrong: string[] = [];
    const perKind = new Map<string, number>();
    all.forEach(({ name, path, before, after, finding }, index) => {
      perKind.set(finding.kind, (perKind.get(finding.kind) ?? 0) + 1);
      const known = errors.get(nameOf(index, 'before', path)) ?? [];
      const now = errors.get(nameOf(index, 'after', path)) ?? [];
      // JavaScript in a file of TypeScript: what hangs on an unknown member is nobody's news.
      const isUntyped = known.some((error) => error.startsWith('TS2339'));
      if (
        now.some(
          (error) => !known.includes(error) && !(isUntyped && error.startsWith('TS7')) && !error.startsWith('TS2307'),
        )
      )
        wrong.push(`${name}\n${now.join('\n')}\n${after}`);
      const prior = analyze(path, before).findings;
      const left = analyze(path, after).findings;
      const fingerprints = new Set(prior.map((one) => one.fingerprint));
      if (left.length !== prior.length - 1 || left.some((one) => !fingerprints.has(one.fingerprint)))
        wrong.push(`${name}: the findings after it are ${left.map((one) => one.message).join('; ')}\n${after}`);
    });
    assert.equal(wrong.length, 0, wrong.join('\n---\n'));
    const counts = [...perKind].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${kind} ${count}`);
    process.stdout.write(`      ${all.length} fixes: ${counts.join(', ')}\n`);
  });
});
