/** The program as a user runs it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import { assertJunit } from '../../support/junit';

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

  it('refuses an analyzer of another build, under whose name no verdict may be kept', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    write('src/leak.ts', leak);
    const [digest = ''] = /"[0-9a-f]{16}"/.exec(readFileSync(resolve(root, 'dist/analyzer.js'), 'utf8')) ?? [];
    assert.ok(readFileSync(program, 'utf8').includes(digest), 'both bundles name the build');
    writeFileSync(join(other, 'cli.js'), readFileSync(program));
    const text = readFileSync(resolve(root, 'dist/analyzer.js'), 'utf8').replaceAll(digest, '"0123456789abcdef"');
    writeFileSync(join(other, 'analyzer.js'), text);
    const { status, stderr } = spawnSync(process.execPath, [join(other, 'cli.js'), 'check', 'src', '--no-cache'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 3);
    assert.match(stderr, /analyzer beside this program is of another build/);
  });

  it('check exits 1 on a HIGH finding, prints it with its trail, and exits 0 when told so', () => {
    write('src/leak.ts', leak);
    const failed = run('check', 'src', '--no-cache');
    assert.equal(failed.status, 1, failed.stderr);
    assert.match(failed.stdout, /HIGH {3}5:13 {2}This interval is never cleared/);
    assert.match(failed.stdout, /`destroy` ends without it being cleared/);
    assert.equal(run('check', 'src', '--fail-on', 'never', '--no-cache').status, 0);
  });

  it('an empty or relative cache folder is none', () => {
    write('src/leak.ts', leak);
    for (const XDG_CACHE_HOME of ['', 'relative']) {
      const home = join(folder, `home-${XDG_CACHE_HOME}`);
      mkdirSync(home, { recursive: true });
      spawnSync(process.execPath, [program, 'check', 'src'], {
        cwd: folder,
        env: { ...process.env, XDG_CACHE_HOME, HOME: home },
      });
      assert.ok(existsSync(join(home, '.cache/slo-lens')), XDG_CACHE_HOME);
      assert.ok(!existsSync(join(folder, 'slo-lens')) && !existsSync(join(folder, 'relative')));
    }
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

  it('knows the kinds of the workspace: reports, explains, lists them as rules, and names their faults', () => {
    const kind = {
      id: 'handle/span',
      noun: 'span',
      participle: 'ended',
      words: ['startSpan'],
      acquire: [{ form: 'call', callee: [{ module: './src/tracing', name: 'startSpan' }] }],
      release: [{ form: 'method', method: ['end'] }],
    };
    write('own/.slo-lens/config.json', JSON.stringify({ kinds: [kind] }));
    write('own/src/tracing.ts', 'export function startSpan(name: string) { return { end() {}, name }; }\n');
    write(
      'own/src/api/load.ts',
      "import { startSpan } from '../tracing';\nexport function load(x: number) {\n  const span = startSpan('load');\n  if (x > 1) return;\n  span.end();\n}\n",
    );
    const sarif: Loose = JSON.parse(run('check', 'own', '--format', 'sarif', '--no-cache').stdout);
    const [result] = sarif.runs[0].results;
    assert.deepEqual([result.ruleId, result.locations[0].physicalLocation.region.startLine], ['handle/span', 3]);
    assert.match(result.message.text, /`span` stays open|The span in `span` is never ended|span/);
    assert.equal(
      sarif.runs[0].tool.driver.rules.find((rule: Loose) => rule.id === 'handle/span').shortDescription.text,
      'The span is never ended',
    );
    const page = spawnSync(process.execPath, [program, 'explain', 'handle/span'], {
      cwd: join(folder, 'own'),
      encoding: 'utf8',
    });
    assert.match(page.stdout, /# The span is never ended[\s\S]*- `end\(\)`/);
    write('own/.slo-lens/config.json', JSON.stringify({ kinds: [{ ...kind, acquire: [{ form: 'call' }] }] }));
    const broken = run('check', 'own', '--no-cache');
    assert.deepEqual(
      [broken.status, /config\.json:1:\d+: `kinds\.0\.acquire\.0` lacks `callee`/.test(broken.stderr)],
      [2, true],
      broken.stderr,
    );
    rmSync(join(folder, 'own'), { recursive: true });
  });

  it('names places for machines as seen from where the command is run, and only the rules that are told', () => {
    write('deep/src/leak.ts', leak);
    const places = (format: string, ...paths: readonly string[]): string =>
      run('check', ...paths, '--format', format, '--no-cache').stdout;
    for (const paths of [['deep/src'], ['deep/src/leak.ts']]) {
      const sarif: Loose = JSON.parse(places('sarif', ...paths));
      const [{ results, originalUriBaseIds, tool }] = sarif.runs;
      const { uri, uriBaseId } = results[0].locations[0].physicalLocation.artifactLocation;
      assert.deepEqual([uri, uriBaseId], ['deep/src/leak.ts', 'ROOT']);
      assert.equal(originalUriBaseIds.ROOT.uri, `${pathToFileURL(realpathSync(folder)).href}/`);
      assert.deepEqual(
        tool.driver.rules.map((rule: Loose) => [rule.id, rule.help.markdown.split('\n')[0]]),
        [
          ['listener/dom-event-listener', '# Event listener on a long-lived target is never removed'],
          ['listener/interval', '# Interval is never cleared'],
        ],
      );
      const objectives: Loose = JSON.parse(run('slo', 'deep/src', '--format', 'sarif').stdout);
      assert.ok(
        objectives.runs[0].results.some((one: Loose) =>
          one.locations.some((at: Loose) => at.physicalLocation.artifactLocation.uri === 'deep/src/leak.ts'),
        ),
      );
      assert.match(places('markdown', ...paths), /deep\/src\/leak\.ts:/);
      assert.match(places('junit', ...paths), /deep\/src\/leak\.ts/);
    }
    rmSync(join(folder, 'deep'), { recursive: true });
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
    const gated = run('slo', 'empty', '--gate');
    assert.equal(gated.status, 1);
    // Nobody chose them: they are counted, unless each of them is asked for.
    assert.match(gated.stdout, /13 objectives of the built-in definition/);
    assert.match(run('slo', 'empty', '--gate', '--strict').stdout, /would be fed by/);
  });

  describe('the gate against a base', () => {
    const git = (...args: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(
        'git',
        ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'init.defaultBranch=main', ...args],
        { cwd: join(folder, 'branch'), encoding: 'utf8' },
      );
      assert.equal(status, 0, stderr);
      return stdout;
    };
    const high = (name: string): string =>
      `export class ${name} {\n  start() { setInterval(() => {}, 1); }\n  destroy() { console.log(1); }\n}\n`;
    before(() => {
      write('branch/src/a.ts', high('A'));
      write('branch/src/fine.ts', 'export const fine = setTimeout;\n');
      git('init', '-q');
      git('add', '.');
      git('commit', '-q', '-m', 'one leak');
      git('checkout', '-q', '-b', 'topic');
    });
    const gate = (...more: readonly string[]): { readonly status: number | null; readonly gate: Loose } => {
      const { status, stdout, stderr } = run('slo', 'branch', '--gate', '--format', 'json', ...more);
      assert.notEqual(stdout, '', stderr);
      return { status, gate: JSON.parse(stdout).gate };
    };

    it('fails for an inherited violation, but not when the branch is no worse', () => {
      const any = gate('--since', 'main');
      assert.deepEqual([any.status, any.gate.outcome, any.gate.passes], [1, 'violation', false]);
      assert.deepEqual([any.gate.comparison.newViolations, any.gate.comparison.inherited], [[], ['memory-high-leaks']]);
      assert.deepEqual(any.gate.comparison.compared, ['memory-high-leaks', 'memory-medium-leaks']);
      const ratchet = gate('--since', 'main', '--no-worse');
      assert.deepEqual([ratchet.status, ratchet.gate.passes, ratchet.gate.outcome], [0, true, 'violation']);
      const junit = run('slo', 'branch', '--gate', '--no-worse', '--since', 'main', '--format', 'junit');
      assert.match(junit.stdout, /violating, no worse than at the base/);
      assert.doesNotMatch(junit.stdout, /<failure/);
    });

    it('fails when the branch adds a leak, and says in Markdown and text what it did', () => {
      write('branch/src/b.ts', high('B'));
      git('add', '.');
      git('commit', '-q', '-m', 'another');
      const worse = gate('--since', 'main', '--no-worse');
      assert.deepEqual([worse.status, worse.gate.comparison.worse], [1, ['memory-high-leaks']]);
      const options = ['slo', 'branch', '--gate', '--no-worse', '--since', 'main'];
      assert.match(
        run(...options).stdout,
        /Gate: not met, something is worse than at the base\n {2}Compared with main \(merge base [0-9a-f]{12}\)\n {2}Got worse: memory-high-leaks\n/,
      );
      assert.match(
        run(...options, '--format', 'markdown').stdout,
        /^## Gate: ❌ not met, something is worse than at the base\n[\s\S]*- Got worse: memory-high-leaks/,
      );
      assert.match(
        run(...options, '--format', 'html').stdout,
        /^<!DOCTYPE html>[\s\S]*Gate: not met, something is worse than at the base<\/h2>[\s\S]*Got worse: memory-high-leaks/,
      );
      const junit = run(...options, '--format', 'junit').stdout;
      assertJunit(junit);
      assert.match(junit, /<failure type="violating"/);
    });

    it('bisect names the commit that crossed a limit, and what came with it', () => {
      const found = run('bisect', '--path', 'branch');
      assert.equal(found.status, 0, found.stderr);
      assert.match(found.stdout, /^Memory: HIGH leak findings \(target: 0 HIGH findings\) /);
      const json = JSON.parse(run('bisect', 'memory-high-leaks', '--path', 'branch', '--format', 'json').stdout);
      assert.deepEqual(
        [json.schemaVersion, json.outcome.kind, json.outcome.commit.subject, json.commits],
        [1, 'always', 'one leak', 2],
      );
      const other = run('bisect', 'agent-availability', '--path', 'branch');
      assert.equal(other.status, 2);
      assert.match(other.stderr, /does not count findings alone[^\n]*memory-high-leaks/);
      assert.match(run('bisect', 'nope', '--path', 'branch').stderr, /there is no objective `nope`/);
    });

    it('sees what is not committed yet, and what it mends', () => {
      write('branch/src/b.ts', 'export const b = 1;\n');
      write('branch/src/a.ts', 'export const a = 1;\n');
      const { status, gate: found } = gate('--since', 'main', '--no-worse');
      assert.deepEqual([status, found.comparison.fixed, found.outcome], [0, ['memory-high-leaks'], 'met']);
      git('checkout', '-q', '-f', 'topic');
    });

    it('compares with a stored report, and an objective that it does not know is new', () => {
      write('branch/src/b.ts', 'export const b = 1;\n');
      const stored = join(folder, 'stored.json');
      assert.equal(run('slo', 'branch', '--format', 'json', '--output', stored).status, 0);
      const same = gate('--baseline', stored, '--no-worse');
      assert.deepEqual([same.status, same.gate.comparison.with], [0, stored]);
      write('branch/src/b.ts', high('B'));
      assert.equal(gate('--baseline', stored, '--no-worse').status, 1);
      write('stored.json', '{"schemaVersion":1,"services":[]}');
      const unknown = gate('--baseline', stored, '--no-worse');
      assert.deepEqual([unknown.status, unknown.gate.comparison.newViolations], [1, ['memory-high-leaks']]);
    });

    it('tells in one line what is no base', () => {
      const wrong = (...more: readonly string[]): string => {
        const { status, stderr } = run('slo', 'branch', '--gate', '--no-worse', ...more);
        assert.equal(status, 2);
        return stderr;
      };
      assert.equal(wrong('--since', 'nowhere'), 'slo-lens: --since nowhere: nowhere names no commit here\n');
      assert.match(wrong('--since=--output=x'), /names no commit here\n$/);
      assert.match(wrong('--baseline', 'none.json'), /none\.json cannot be read: there is no such file or folder\n$/);
      for (const text of [
        '',
        '[]',
        '{"schemaVersion":1}',
        '{"schemaVersion":1,"services":[{"objectives":[{"name":1}]}]}',
      ]) {
        write('odd.json', text);
        assert.match(wrong('--baseline', 'odd.json'), /odd\.json is no report of/, text);
      }
    });

    it('answers for machines too when the definition is broken, with exit 2 and the place', () => {
      write('branch/.slo-lens/slo.yaml', 'apiVersion: openslo/v1\nkind: SLO\n');
      const { status, stdout, stderr } = run('slo', 'branch', '--gate', '--format', 'json');
      assert.deepEqual([status, JSON.parse(stdout).gate.outcome], [2, 'definition-error']);
      assert.match(stderr, /^slo-lens: branch\/\.slo-lens\/slo\.yaml:\d+:\d+: /);
      rmSync(join(folder, 'branch'), { recursive: true });
    });
  });

  it('slo remembers in the folder that --history names, and in none without it', () => {
    const health = (up: number): void =>
      write(
        'kept/runtime/health/bot.json',
        JSON.stringify({ component: 'discord-bot', up, ts: new Date().toISOString() }),
      );
    const bot = (...more: readonly string[]): Loose => {
      const { stdout, stderr } = run('slo', 'kept', '--format', 'json', ...more);
      assert.equal(stderr, '');
      const services: readonly Loose[] = JSON.parse(stdout).services;
      return services.flatMap(({ objectives }) => objectives).find(({ name }) => name === 'infra-discord-uptime');
    };
    health(0);
    assert.equal(bot('--history', 'memory').budget.used, 1);
    const files = readdirSync(join(folder, 'memory'));
    assert.deepEqual([files.length, /^\d{4}-\d\d-\d\d\.[0-9a-f]{12}\.jsonl$/.test(files[0] ?? '')], [1, true]);
    // An outage of an hour ago, as an earlier run would have left it.
    const minute = Math.floor(Date.now() / 60_000) * 60 - 3600;
    write(
      `memory/${new Date(minute * 1000).toISOString().slice(0, 10)}.earlier.jsonl`,
      `{"o":"infra-discord-uptime","t":${minute},"n":5,"s":"b","x":0}\n`,
    );
    health(1);
    assert.ok(bot('--history', 'memory').budget.used >= 5);
    assert.ok(bot().budget.used <= 1, 'without it only the moment counts');
    const before = readdirSync(join(folder, 'memory')).length;
    bot('--history', 'memory', '--now', new Date().toISOString());
    assert.equal(readdirSync(join(folder, 'memory')).length, before, 'another time than now is not remembered');
    assert.deepEqual(readdirSync(join(folder, 'kept')), ['runtime']);
    rmSync(join(folder, 'kept'), { recursive: true });
  });

  it('history goes from one folder to another as a file, twice is once, and what is none is refused', () => {
    // Noon of yesterday: what crosses midnight is told day by day.
    const minute = Math.floor(Date.now() / 86_400_000) * 86_400 - 43_200;
    const segment = (state: string) => `{"o":"a","t":${minute},"n":30,"s":"${state}","x":1}\n`;
    const name = `${new Date(minute * 1000).toISOString().slice(0, 10)}.w.jsonl`;
    write(`from/${name}`, segment('b'));
    write(`to/${name}`, segment('g'));
    const exported = run('history', 'export', '--history', 'from', '--output', 'moved.jsonl');
    assert.deepEqual([exported.status, exported.stderr], [0, '']);
    for (let time = 0; time < 2; time++) {
      const imported = run('history', 'import', 'moved.jsonl', '--history', 'to');
      assert.deepEqual([imported.status, imported.stderr], [0, '']);
      assert.equal(imported.stdout, 'The history was imported; what both know counts once.\n');
    }
    const states = run('history', 'export', '--history', 'to').stdout.match(/"s":"[^"]*"/g);
    assert.deepEqual(states, ['"s":"b30"'], 'of two accounts the bad one counts');
    for (const [args, words] of [
      [['history', 'import', `from/${name}`, '--history', 'to'], /this is no exported history of SLO Lens/],
      [['history', 'export', '--history', 'absent'], /absent cannot be read: there is no such file or folder/],
      [['history', 'export'], /history export needs --history DIR/],
      [['history', 'import', '--history', 'to'], /history import takes one FILE/],
      [['history'], /history takes export or import/],
    ] as const) {
      const { status, stderr } = run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, words);
    }
    for (const each of ['from', 'to']) rmSync(join(folder, each), { recursive: true });
  });

  it('slo drafts the post-mortem of an incident that the history remembers, and names those there are when none is meant', () => {
    write('fallen/src/leak.ts', leak);
    const incident = (policy: string, begin: string, end: string | null) => ({
      key: `${policy}/memory-high-leaks`,
      policy,
      displayName: `Alert ${policy} [x](http://evil.example)`,
      objective: 'memory-high-leaks',
      level: 'P1',
      begin: Date.parse(begin),
      end: end === null ? null : Date.parse(end),
      endedUnwatched: false,
      valueText: '3 findings',
    });
    const incidents = [
      incident('b', '2026-02-01T12:00:00Z', null),
      incident('a', '2026-01-01T12:00:00Z', '2026-01-01T12:30:00Z'),
      incident('c', '2026-01-01T12:10:00Z', '2026-01-01T12:20:00Z'),
    ];
    write('memories/incidents.json', JSON.stringify({ schemaVersion: 1, incidents }));
    const drafted = (which: string) =>
      run('slo', 'fallen', '--history', 'memories', '--time-zone', 'UTC', '--post-mortem', which);
    const last = drafted('last');
    assert.equal(last.status, 0, last.stderr);
    assert.match(last.stdout, /^# Post-mortem \(draft\): Alert b /);
    assert.match(last.stdout, /- HIGH \[src\/leak\.ts:5\]\(\/src\/leak\.ts#L5\)/);
    assert.doesNotMatch(last.stdout, /https?:/);
    assert.match(drafted('a/memory-high-leaks').stdout, /1 Jan 2026, 12:00 .*\| 30 min \|/);
    const then = drafted('2026-01-01T12:15:00Z').stdout;
    assert.match(then, /^# .*Alert a .* and 1 alert more$/m);
    assert.doesNotMatch(last.stdout, /memory leak detected fired/);
    assert.equal(drafted('2026-01-01T12:15').stdout.split('\n')[0], then.split('\n')[0], 'in the zone that is named');
    const none = drafted('2026-01-01T13:00:00Z');
    assert.deepEqual([none.status, none.stdout], [2, '']);
    assert.match(
      none.stderr,
      /takes last, an alert or a time at which one fired, .*incidents are b\/memory-high-leaks/,
    );
    const empty = run('slo', 'fallen', '--history', 'nothing', '--post-mortem', 'last');
    assert.deepEqual([empty.status, /no alert has fired/.test(empty.stderr)], [2, true]);
    for (const each of ['fallen', 'memories', 'nothing']) rmSync(join(folder, each), { recursive: true, force: true });
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

  it('names paths as typed, takes the configuration of the folder above, and says what it leaves out', () => {
    write('repo/.slo-lens/config.json', '{ "exclude": ["src/old"], "minConfidence": "high" }');
    write('repo/src/leak.ts', leak);
    write('repo/src/old/leak.ts', leak);
    write('repo/other/leak.ts', leak);
    const { stdout } = run('check', 'repo/src', '--no-cache');
    assert.match(stdout, /^repo\/src\/leak\.ts$/m);
    assert.match(stdout, /in 1 file /);
    assert.match(stdout, /Left out: 1 excluded by the configuration\./);
    const confidence = (...more: readonly string[]): string =>
      JSON.parse(run('check', 'repo/src', '--format', 'json', '--no-cache', ...more).stdout).code.minConfidence;
    assert.deepEqual([confidence(), confidence('--min-confidence', 'low')], ['high', 'low']);
    const one = JSON.parse(run('check', 'repo/src/leak.ts', 'repo/other/leak.ts', '--format', 'json').stdout);
    assert.deepEqual([...new Set(one.code.findings.map((finding: Loose) => finding.place.path))].sort(), [
      'other/leak.ts',
      'src/leak.ts',
    ]);
    rmSync(join(folder, 'repo'), { recursive: true });
  });

  it('a broken objective file stops slo with its place, and does not concern check', () => {
    write('bad/.slo-lens/slo.yaml', 'apiVersion: openslo/v1\nkind: SLO\n');
    write('bad/a.ts', 'export const a = 1;\n');
    assert.equal(run('check', 'bad', '--no-cache').status, 0);
    const { status, stderr } = run('slo', 'bad');
    assert.equal(status, 2);
    assert.match(stderr, /^slo-lens: bad\/\.slo-lens\/slo\.yaml:\d+:\d+: [^\n]+\n$/);
    const missing = run('slo', 'bad', '--definition', 'none.yaml');
    assert.deepEqual([missing.status, missing.stderr.includes('none.yaml cannot be read')], [2, true]);
    rmSync(join(folder, 'bad'), { recursive: true });
  });

  it('refuses a baseline that is none, and shows hostile words as text', () => {
    write('src/leak.ts', leak);
    for (const text of [
      '',
      '[]',
      '{"schemaVersion":1,"fingerprints":null}',
      '{"schemaVersion":1,"fingerprints":{"a":"b"}}',
    ]) {
      write('base.json', text);
      const { status, stderr } = run('check', 'src', '--baseline', 'base.json');
      assert.deepEqual([status, stderr], [2, 'slo-lens: base.json is no baseline of SLO Lens\n'], text);
    }
    const hostile = run('check', 'no\u001b[31m\nsecond');
    assert.equal(hostile.stderr, 'slo-lens: no\\u001b[31m second cannot be read: there is no such file or folder\n');
  });

  it('lists suppressed findings in SARIF as suppressed, and they do not fail', () => {
    write('quiet/a.ts', `// slo-lens-ignore-file listener/interval -- test\n${leak}`);
    const { stdout, status } = run('check', 'quiet', '--format', 'sarif', '--fail-on', 'medium');
    const results: readonly Loose[] = JSON.parse(stdout).runs[0].results;
    const interval = results.filter((one) => one.ruleId === 'listener/interval');
    assert.ok(interval.length > 0 && interval.every((one) => one.suppressions[0].kind === 'inSource'), stdout);
    assert.equal(status, results.some((one) => !one.suppressions && one.level !== 'note') ? 1 : 0);
    rmSync(join(folder, 'quiet'), { recursive: true });
  });

  it('a file that does not parse is told and does not change the exit code', () => {
    write('part/a.ts', `${leak}export function a( {\n`);
    const { status, stdout } = run('check', 'part', '--no-cache', '--fail-on', 'never');
    assert.equal(status, 0);
    assert.match(stdout, /Partly analysed: part\/a\.ts:\d+:\d+ /);
    rmSync(join(folder, 'part'), { recursive: true });
  });

  it('writes the JSON that docs/command-line.md describes', () => {
    write('src/leak.ts', leak);
    const text = readFileSync(resolve(root, 'docs/command-line.md'), 'utf8');
    const documents = [run('check', 'src', '--format', 'json'), run('slo', 'src', '--format', 'json')];
    for (const { stdout } of documents) {
      const parsed: Readonly<Record<string, unknown>> = JSON.parse(stdout);
      assert.equal(parsed.schemaVersion, 1);
      for (const key of Object.keys(parsed))
        if (!['roots', 'trusted', 'definition', 'serviceHeadline'].includes(key))
          assert.ok(text.includes(`\`${key}\``), `docs/command-line.md lacks ${key}`);
    }
  });

  it('writes no colour to a pipe', () => {
    write('src/leak.ts', leak);
    assert.ok(!run('check', 'src').stdout.includes('\u001b'));
  });

  it('explain knows kinds and lines', () => {
    write('src/leak.ts', leak);
    assert.match(run('explain', 'listener/interval').stdout, /^# Interval is never cleared/);
    assert.match(run('explain', 'src/leak.ts:5').stdout, /This interval is never cleared/);
    assert.match(run('explain', 'src/leak.ts:4').stdout, /Nothing is reported on line 4/);
    assert.equal(run('explain', 'listener/nothing').status, 2);
    assert.match(
      run('explain', 'listener/interva').stderr,
      /did you mean listener\/interval\? `slo-lens explain --list`/,
    );
    assert.match(run('explain', 'interval').stderr, /did you mean listener\/interval\?/);
    assert.match(run('explain', 'src/leak.ts').stderr, /`src\/leak\.ts` is a file: name a line of it/);
    assert.match(run('explain', 'src').stderr, /`src` is a folder: `slo-lens check src`/);
    assert.match(run('explain', '--list').stdout, /^listener\/interval {2}at most HIGH {2}\S/m);
  });
});
