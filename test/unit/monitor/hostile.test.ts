/** A workspace of a stranger: nothing hangs, ends, follows a way out, is obeyed or lost; each fault has its place. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { agentNodes, complianceNodes } from '../../../src/client/nodes';
import type { TreeNode } from '../../../src/client/treeNode';
import { isInWorkspace, withoutLinks } from '../../../src/client/words';
import { Monitor } from '../../../src/monitor/monitor';
import { nodeClock, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import type { Cancellation, FileSystem } from '../../../src/monitor/ports';
import { sloMarkdown } from '../../../src/report/markdownExport';
import type { WorkspaceReport } from '../../../src/report/report';
import { sloText } from '../../../src/report/sloText';
import { noStyle } from '../../../src/report/style';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a view
const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

const never: Cancellation = { isCancelled: () => false };

function definition(files: string, extra = ''): string {
  return `apiVersion: openslo/v1
kind: DataSource
metadata: { name: src }
spec: { type: EventLog, connectionDetails: { files: ${files}, time: /ts, fields: { ok: /ok, name: /name } } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: svc }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: slo${extra} }
spec:
  service: svc
  indicator:
    metadata: { name: sli }
    spec: { ratioMetric: { counter: true, good: { metricSource: { metricSourceRef: src, spec: { query: count, where: { ok: true, name: { matches: "${'*a'.repeat(40)}*b" } } } } }, total: { metricSource: { metricSourceRef: src, spec: { query: count } } } } }
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.5 }]
`;
}

describe('hostile input', function () {
  this.timeout(60_000);
  let folder = '';
  let root = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    root = join(folder, 'w');
    mkdirSync(root);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, data: string | Uint8Array): string => {
    const absolute = join(root, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, data);
    return absolute;
  };
  const monitor = (fs: FileSystem = nodeFileSystem): Monitor =>
    new Monitor(
      {
        fs,
        clock: nodeClock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: { forFiles: () => Promise.reject(new Error('git is asked in a workspace that is not trusted')) },
        runner: { run: () => Promise.reject(new Error('a command is run')) },
        processes: { read: () => Promise.reject(new Error('a process is looked at')) },
        toUri: (path) => `file://${path}`,
      },
      {
        roots: [{ name: 'w', uri: `file://${root}`, path: root }],
        trusted: false,
        minConfidence: 'medium',
        exclude: [],
        severityOverrides: {},
        agents: { timeZone: 'UTC' },
        refreshCommands: [],
        refreshTimeoutSeconds: 5,
        cacheFolder: null,
        history: null,
        definitionFiles: [],
      },
    );
  const look = async (one: Monitor = monitor()): Promise<WorkspaceReport> => {
    const started = Date.now();
    await one.walk(never);
    const report = await one.read(never);
    assert.ok(Date.now() - started < 20_000, `${Date.now() - started} ms`);
    return report;
  };
  const problem = (report: WorkspaceReport, path: string) => report.problems.find(({ place }) => place?.path === path);
  const status = (more = '') =>
    `{"agent_id":"Agent-1","status":"ACTIVE"${more},"last_updated":"${new Date().toISOString()}"}`;

  it('definitions: bombs, depth and thousands of keys are refused in time, with their place', async () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 11 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`),
    ].join('\n');
    for (const text of [
      bomb,
      '['.repeat(200_000),
      '{a: '.repeat(100_000),
      '- '.repeat(100_000),
      '? '.repeat(100_000),
      'a: '.repeat(100_000),
      Array.from({ length: 40_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'a: 1\n'.repeat(40_000),
      'x'.repeat(2_000_000),
    ]) {
      write('.slo-lens/slo.yaml', text);
      const report = await look();
      assert.equal(report.definition.state, 'invalid', text.slice(0, 20));
      const fault = report.problems.find(
        ({ level, place }) => level === 'error' && place?.path === '.slo-lens/slo.yaml',
      );
      assert.ok(fault, text.slice(0, 20));
      assert.ok(report.problems.length < 200, `${report.problems.length} problems`);
    }
  });
  it('status files: depth, prototype keys, huge numbers, control characters', async () => {
    const odd: readonly string[] = [
      `{"a":${'['.repeat(100_000)}`,
      `{"status":"ACTIVE","x":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`,
      status(',"__proto__":{"status":"x","active":true},"constructor":{"prototype":{"polluted":1}}'),
      status(`,"points_earned":1e999,"current_tasks":{"length":1e9},"timestamp":${'9'.repeat(5000)},"ts":-1e308`),
      status(',"points_earned":NaN'),
      status(`,"current_mission":${JSON.stringify('\u001b]0;owned\u0007\u001b[31m\u202eevil\u0000')}`),
      '\ufeff{}',
      '\0\0\0\0',
      `"${'x'.repeat(100)}"`,
    ];
    for (const [index, text] of odd.entries()) write(`agent_workspaces/Agent-${index}/status.json`, text);
    const report = await look();
    assert.equal(report.agents.found, odd.length);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.equal(({} as Record<string, unknown>).active, undefined);
    for (const index of [0, 1, 4, 7, 8]) {
      const agent = report.agents.agents.find(({ folder: name }) => name === `Agent-${index}`);
      assert.ok(agent?.reading === 'unreadable' && agent.place, String(index));
    }
    const text = sloText(report, noStyle) + sloMarkdown(report);
    assert.doesNotMatch(text, forbidden);
    const seen = (nodes: readonly TreeNode[]): string =>
      nodes
        .map(
          ({ label, description, tooltip, spoken, children }) =>
            `${label}${description}${tooltip}${spoken}${seen(children)}`,
        )
        .join('');
    assert.doesNotMatch(seen([...agentNodes(report, Date.now()), ...complianceNodes(report, Date.now())]), forbidden);
  });
  it('names that are markup are shown, not rendered', async () => {
    const markup =
      '<img src=x onerror=alert(1)> [click](command:workbench.action.quit) $(flame) **b** `c` https://evil.example @all ![i](http://evil.example/p.png)';
    write(
      'agent_workspaces/Agent-1/status.json',
      status(`,"current_mission":${JSON.stringify(markup)},"current_phase":${JSON.stringify('a\r\r    code\r# head')}`),
    );
    const report = await look();
    const [agent] = agentNodes(report, Date.now());
    assert.ok(agent);
    assert.doesNotMatch(agent.tooltip, /(?<!\\)[<[\]`$]|https?:\/\//);
    assert.doesNotMatch(agent.tooltip, /\r/);
    const [announced] = [withoutLinks(markup)];
    assert.doesNotMatch(announced ?? '', /\]\((?:command|http)/);
    assert.ok(
      !isInWorkspace('../../etc/passwd') &&
        !isInWorkspace('/etc/passwd') &&
        !isInWorkspace('command:x') &&
        !isInWorkspace('C:\\x'),
    );
    assert.ok(isInWorkspace('docs/runbook.md'));
  });
  it('globs and links do not lead out, also when a file becomes a link after the walk', async () => {
    const outside = join(folder, 'secret.jsonl');
    writeFileSync(outside, `{"ts":"${new Date().toISOString()}","ok":true,"name":"secret"}\n`);
    write('.slo-lens/slo.yaml', definition('["../*.jsonl", "/etc/passwd", "logs/*.jsonl"]'));
    const refused = await look();
    assert.equal(refused.definition.state, 'invalid', JSON.stringify(refused.problems));
    assert.equal(refused.problems.filter(({ kind }) => kind === 'slo/path-escape').length, 2);
    write('.slo-lens/slo.yaml', definition('["logs/*.jsonl"]'));
    const log = write('logs/a.jsonl', `{"ts":"${new Date().toISOString()}","ok":true}\n`);
    symlinkSync(outside, join(root, 'logs', 'b.jsonl'));
    symlinkSync('/dev/zero', join(root, 'logs', 'zero.jsonl'));
    symlinkSync('.', join(root, 'loop'));
    const one = monitor();
    const report = await look(one);
    assert.equal(report.definition.state, 'ok');
    assert.deepEqual(
      report.services[0]?.objectives[0]?.evidence.places.map(({ path }) => path),
      ['logs/a.jsonl'],
    );
    rmSync(log);
    symlinkSync(outside, log);
    // Without a walk in between: the old list of files is what an attacker has.
    const after = await one.read(never);
    assert.ok(problem(after, 'logs/a.jsonl'));
    assert.equal(problem(after, 'logs/a.jsonl')?.kind, 'path-escape');
    assert.doesNotMatch(JSON.stringify(after.services), /secret/);
    const agents = join(root, 'agent_workspaces', 'Agent-1');
    mkdirSync(agents, { recursive: true });
    symlinkSync(outside, join(agents, 'status.json'));
    rmSync(join(root, '.slo-lens'), { recursive: true });
    const [agent] = (await look()).agents.agents;
    assert.match(agent?.activeReason ?? '', /link that leads out/);
  });
  it('a glob that would backtrack for ever does not', async () => {
    write('.slo-lens/slo.yaml', definition(`["${'*a'.repeat(60)}*b", "logs/*.jsonl"]`));
    write(
      'logs/a.jsonl',
      `${`{"ts":"${new Date().toISOString()}","ok":true,"name":"${'a'.repeat(5000)}"}\n`.repeat(50)}`,
    );
    write(`${'a'.repeat(200)}`, '');
    assert.equal((await look()).services[0]?.objectives[0]?.value, 0);
    write('.slo-lens/config.json', JSON.stringify({ exclude: [`${'*a'.repeat(60)}*b`] }));
    const one = monitor();
    await one.scan(never);
  });
  it('files of a gigabyte, binary ones, pipes and folders are problems with a place, quickly and in little memory', async () => {
    const sparse = (path: string): void => {
      write(path, '');
      truncateSync(join(root, path), 1_073_741_824);
    };
    sparse('agent_workspaces/Agent-1/status.json');
    sparse('logs/big.json');
    sparse('logs/big.jsonl');
    sparse('logs/big.heapsnapshot');
    sparse('logs/big.yaml');
    sparse('logs/big.prom');
    sparse('.slo-lens/config.json');
    write('logs/bin.json', new Uint8Array([123, 0, 1, 2]));
    mkdirSync(join(root, 'logs', 'folder.json'));
    if (process.platform === 'linux') execFileSync('mkfifo', [join(root, 'logs', 'pipe.jsonl')]);
    write('.slo-lens/slo.yaml', definition('["logs/**"]'));
    const before = process.memoryUsage().rss;
    const report = await look();
    assert.ok(
      process.memoryUsage().rss - before < 300e6,
      `${Math.round((process.memoryUsage().rss - before) / 1e6)} MB`,
    );
    for (const path of [
      'logs/big.json',
      'logs/big.jsonl',
      'logs/big.heapsnapshot',
      'logs/big.yaml',
      'logs/big.prom',
      'logs/bin.json',
      '.slo-lens/config.json',
    ])
      assert.ok(problem(report, path), path);
    assert.equal(report.services[0]?.objectives[0]?.state, 'error');
    rmSync(join(root, '.slo-lens'), { recursive: true });
    const [agent] = (await look()).agents.agents;
    assert.equal(agent?.reading, 'unreadable');
    assert.match(agent?.activeReason ?? '', /too large/);
  });
  it('a file that may not be read is a problem; once it may, it counts again', async () => {
    let isDenied = true;
    const denied = { ok: false, error: { code: 'EACCES', message: 'permission denied' } } as const;
    const { many, ...rest } = nodeFileSystem;
    assert.ok(many);
    const fs: FileSystem = {
      ...rest,
      read: async (path, max) => (isDenied && path.endsWith('status.json') ? denied : nodeFileSystem.read(path, max)),
      readRange: async (path, from, max) => (isDenied ? denied : nodeFileSystem.readRange(path, from, max)),
      many: {
        visit: (paths, max, visitor) =>
          many.visit(paths, max, {
            look: visitor.look,
            take: (index, content) => visitor.take(index, isDenied ? denied : content),
          }),
      },
    };
    write('agent_workspaces/Agent-1/status.json', status());
    write('logs/a.jsonl', `{"ts":"${new Date().toISOString()}","ok":true,"name":"${'a'.repeat(40)}b"}\n`);
    write('.slo-lens/slo.yaml', definition('["logs/*.jsonl"]'));
    const one = monitor(fs);
    const report = await look(one);
    assert.equal(problem(report, 'logs/a.jsonl')?.kind, 'unreadable');
    assert.equal(report.services[0]?.objectives[0]?.state, 'error');
    isDenied = false;
    await new Promise((done) => setTimeout(done, 20));
    const after = await look(one);
    assert.equal(after.services[0]?.objectives[0]?.value, 1);
    rmSync(join(root, '.slo-lens'), { recursive: true });
    isDenied = true;
    const agents = monitor(fs);
    assert.match((await look(agents)).agents.agents[0]?.activeReason ?? '', /permission denied/);
    isDenied = false;
    assert.equal((await look(agents)).agents.active, 1);
  });
  it('a file that is replaced while it is read is read again', async () => {
    const path = write(
      'logs/a.json',
      JSON.stringify([{ ts: new Date().toISOString(), ok: true, name: `${'a'.repeat(40)}b` }]),
    );
    write('.slo-lens/slo.yaml', definition('["logs/*.json"]'));
    let reads = 0;
    const fs: FileSystem = {
      ...nodeFileSystem,
      read: async (file, max) => {
        if (file === path && ++reads === 1) {
          const whole = await nodeFileSystem.read(file, max);
          writeFileSync(
            `${path}.new`,
            JSON.stringify([
              { ts: new Date().toISOString(), ok: false, name: 'x' },
              { ts: new Date().toISOString(), ok: false },
            ]),
          );
          renameSync(`${path}.new`, path);
          return whole;
        }
        return nodeFileSystem.read(file, max);
      },
    };
    const report = await look(monitor(fs));
    assert.equal(report.services[0]?.objectives[0]?.value, 0);
  });
});
