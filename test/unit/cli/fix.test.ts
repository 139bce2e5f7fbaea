/** `check --fix` writes what is certain and nothing else. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyzeFile } from '../../../src/analyzer/analyzer';
import type { FileFindings } from '../../../src/analyzer/findings/findings';
import type { CheckArguments } from '../../../src/cli/arguments';
import { check } from '../../../src/cli/check';
import { applyFixes } from '../../../src/cli/fix';
import type { Shell } from '../../../src/cli/shell';
import type { FindingReport } from '../../../src/report/report';
import { noStyle } from '../../../src/report/style';

const clocks = `export class Clocks {
  start() {
    this.one = setInterval(() => this.tick(), 10);
    this.two = setInterval(() => this.tick(), 20);
  }
  tick() {}
  destroy() {
    this.tick();
  }
}
`;

describe('check --fix', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-fix-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string | Buffer): void => writeFileSync(join(folder, path), text);
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const run = async (args: Partial<CheckArguments>): Promise<{ code: number; out: string; err: string }> => {
    let out = '';
    let err = '';
    const shell: Shell = {
      cwd: folder,
      version: 'test',
      style: noStyle,
      write: (text) => {
        out += text;
      },
      warn: (text) => {
        err += text;
      },
      progress: () => undefined,
      cancellation: { isCancelled: () => false },
    };
    const code = await check(
      {
        command: 'check',
        paths: ['.'],
        format: 'text',
        output: null,
        failOn: 'low',
        minConfidence: null,
        baseline: null,
        updateBaseline: false,
        cache: false,
        fix: true,
        ...args,
      },
      shell,
    );
    return { code, out, err };
  };

  it('writes several fixes into one file, says which, and judges what is left', async () => {
    write('clocks.js', clocks);
    const { code, out } = await run({});
    assert.equal(code, 0, out);
    assert.match(out, /^Fixed 2 of 2 findings:\n {2}clocks\.js:3 .*clearInterval\(this\.one\).*\n {2}clocks\.js:4 /);
    assert.equal(
      read('clocks.js'),
      clocks.replace(
        'destroy() {\n    this.tick();\n',
        'destroy() {\n    this.tick();\n    clearInterval(this.one);\n    clearInterval(this.two);\n',
      ),
    );
    assert.match((await run({})).out, /^Fixed 0 of 0 findings\.\n/);
  });

  it('keeps line ends and the byte order mark', async () => {
    write('clocks.js', `\ufeff${clocks.replaceAll('\n', '\r\n')}`);
    assert.equal((await run({})).code, 0);
    const text = read('clocks.js');
    assert.ok(text.startsWith('\ufeffexport'));
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.match(text, /\r\n {4}clearInterval\(this\.two\);\r\n {2}}/);
  });

  it('leaves alone what is silenced, in the baseline or less sure than asked', async () => {
    write('clocks.js', clocks);
    await run({ fix: false, baseline: 'base.json', updateBaseline: true });
    assert.match((await run({ baseline: 'base.json' })).out, /^Fixed 0 of 0 findings\./);
    assert.equal(read('clocks.js'), clocks);
    const silenced = clocks.replace(
      '    this.two',
      '    // slo-lens-ignore-next-line listener/interval -- meant so\n    this.two',
    );
    write('clocks.js', silenced);
    assert.match((await run({})).out, /^Fixed 1 of 1 finding:/);
    assert.doesNotMatch(read('clocks.js'), /clearInterval\(this\.two\)/);
  });

  it('names the rest in JSON, and says nothing there without --fix', async () => {
    write('clocks.js', clocks);
    assert.equal(JSON.parse((await run({ fix: false, format: 'json' })).out).fixed, null);
    const { out, err } = await run({ format: 'json' });
    const fixed: readonly { path: string; line: number; kind: string }[] = JSON.parse(out).fixed;
    assert.deepEqual(
      fixed.map(({ path, line, kind }) => `${path}:${line} ${kind}`),
      ['clocks.js:2 listener/interval', 'clocks.js:3 listener/interval'],
    );
    assert.match(err, /Fixed 2 of 2 findings/);
  });

  it('does not write a file that is not UTF-8 or has changed since the scan', async () => {
    const latin = Buffer.concat([Buffer.from(`// caf`), Buffer.from([0xe9]), Buffer.from(`\n${clocks}`)]);
    write('latin.js', latin);
    assert.match((await run({})).out, /Fixed 0 of 2 findings\.\nNot written: latin\.js: it is not UTF-8/);
    assert.ok(readFileSync(join(folder, 'latin.js')).equals(latin));

    const analyze = (path: string, text: string): FileFindings =>
      analyzeFile({ path, text }, { severityOverrides: {} }).findings;
    const wanted: FindingReport[] = analyze('clocks.js', clocks).findings.map((finding) => ({
      ...finding,
      place: { path: 'clocks.js', uri: '', line: finding.range.startLine, column: finding.range.startColumn },
    }));
    const work = { root: folder, shown: wanted, wanted, minConfidence: 'medium' as const };
    const later = `// a line more\n${clocks}`;
    write('clocks.js', later);
    assert.deepEqual(applyFixes({ ...work, analyze }).untouched, [
      { path: 'clocks.js', reason: 'it has changed meanwhile' },
    ]);
    // … or while it is being fixed
    write('clocks.js', clocks);
    const outcome = applyFixes({
      ...work,
      analyze: (path, text) => {
        write('clocks.js', later);
        return analyze(path, text);
      },
    });
    assert.equal(outcome.untouched.length, 1);
    assert.equal(read('clocks.js'), later);
  });
});
