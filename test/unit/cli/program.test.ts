/** The program as a user runs it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';

const root = resolve(__dirname, '../../..');
/** Parsed SARIF; the schema is its type. */
// biome-ignore lint/suspicious/noExplicitAny: parsed JSON of a test
type Loose = any;

const leak =
  'export function poll(f: () => void) {\n  document.addEventListener("x", () => f());\n}\nexport class Clock {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n';

describe('slo-lens', function () {
  this.timeout(60_000);
  let folder = '';
  const program = resolve(root, 'dist/cli.js');
  before(() => {
    // The bundle of these sources: `npm test` has just built it.
    if (process.env.SLO_LENS_BUILT === undefined)
      spawnSync(process.execPath, ['esbuild.config.mjs'], { cwd: root, stdio: 'inherit' });
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-cli-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
    });
    return { status, stdout, stderr };
  };

  it('check exits 1 on a HIGH finding, prints it with its trail, and exits 0 when told so', () => {
    write('src/leak.ts', leak);
    const failed = run('check', 'src', '--no-cache');
    assert.equal(failed.status, 1, failed.stderr);
    assert.match(failed.stdout, /HIGH {3}5:13 {2}This interval is never cleared/);
    assert.match(failed.stdout, /`destroy` ends without it being cleared/);
    assert.equal(run('check', 'src', '--fail-on', 'never', '--no-cache').status, 0);
  });

  it('check writes SARIF with code flows and fingerprints, and the cache changes nothing', () => {
    write('src/leak.ts', leak);
    for (let time = 0; time < 2; time++)
      assert.equal(
        run('check', '.', '--format', 'sarif', '--output', `out${time}.sarif`, '--fail-on', 'never').status,
        0,
      );
    assert.equal(readFileSync(join(folder, 'out0.sarif'), 'utf8'), readFileSync(join(folder, 'out1.sarif'), 'utf8'));
    const log: { readonly runs: readonly Loose[] } = JSON.parse(readFileSync(join(folder, 'out0.sarif'), 'utf8'));
    // The published schema is of draft 4, which names itself by `id`.
    const { id: _id, $schema: _schema, ...schema } = sarifSchema as Readonly<Record<string, unknown>>;
    const validate = new Ajv({
      strict: false,
      validateFormats: false,
      validateSchema: false,
      unicodeRegExp: false,
    }).compile(schema);
    assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 3)));
    const [first] = log.runs;
    const interval = first.results.find((one: { ruleId: string }) => one.ruleId === 'listener/interval');
    assert.equal(interval.level, 'error');
    assert.equal(interval.locations[0].physicalLocation.artifactLocation.uri, 'src/leak.ts');
    assert.ok(interval.codeFlows[0].threadFlows[0].locations.length >= 3);
    assert.match(interval.partialFingerprints['sloLens/v1'], /^[0-9a-f]{16}$/);
  });

  it('a baseline lets only new findings fail', () => {
    write('src/leak.ts', leak);
    assert.equal(run('check', 'src', '--baseline', 'base.json', '--update-baseline').status, 0);
    assert.equal(run('check', 'src', '--baseline', 'base.json').status, 0);
    write('src/more.ts', 'export class A { start() { setInterval(() => {}, 1); } destroy() { console.log(1); } }\n');
    assert.equal(run('check', 'src', '--baseline', 'base.json').status, 1);
    rmSync(join(folder, 'src/more.ts'));
  });

  it('tells wrong usage and broken configuration in one line with exit 2', () => {
    const missing = run('check', 'nope');
    assert.deepEqual(
      [missing.status, missing.stderr],
      [2, 'slo-lens: nope cannot be read: there is no such file or folder\n'],
    );
    write('.slo-lens/config.json', '{ "severity": { "listener/interval": "loud" } }');
    const broken = run('check', '.', '--no-cache');
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /\.slo-lens\/config\.json:1:38: The severity must be one of/);
    write('.slo-lens/config.json', '{ "severity": { "listener/*": "off" } }');
    assert.equal(run('check', '.', '--no-cache').status, 0);
    rmSync(join(folder, '.slo-lens'), { recursive: true });
  });

  it('slo says no data where there is none, and the gate fails on it', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    const report = run('slo', 'empty', '--format', 'json');
    assert.equal(report.status, 0, report.stderr);
    const { headline, gate } = JSON.parse(report.stdout);
    assert.deepEqual([headline.text, headline.met, gate.outcome], ['no data', 0, 'no-data']);
    assert.equal(run('slo', 'empty', '--gate').status, 1);
  });

  it('refresh shows a failing command as failed, with the figures', () => {
    write('job/.slo-lens/config.json', '{ "refresh": { "commands": ["echo broken tool; exit 2", "echo never"] } }');
    write('job/src/leak.ts', leak);
    const result = run('refresh', 'job', '--format', 'json');
    assert.equal(result.status, 1, result.stderr);
    const { refresh, code } = JSON.parse(result.stdout);
    assert.deepEqual(
      [refresh.state, refresh.commands[0].exitCode, refresh.commands[1].outcome],
      ['failed', 2, 'skipped'],
    );
    assert.match(refresh.commands[0].output, /broken tool/);
    assert.equal(code.files.analysed, 1);
  });

  it('explain knows kinds and lines', () => {
    write('src/leak.ts', leak);
    assert.match(run('explain', 'listener/interval').stdout, /^# Interval is never cleared/);
    assert.match(run('explain', 'src/leak.ts:5').stdout, /This interval is never cleared/);
    assert.match(run('explain', 'src/leak.ts:4').stdout, /Nothing is reported on line 4/);
    assert.equal(run('explain', 'listener/nothing').status, 2);
  });
});
