/** The walk and the configuration, on real and hostile folders. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { readConfig } from '../../../src/monitor/config';
import { Monitor } from '../../../src/monitor/monitor';
import type { MonitorSettings } from '../../../src/monitor/monitorSettings';
import { nodeGit } from '../../../src/monitor/node/nodeGit';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { fileAt, matching } from '../../../src/monitor/rootFiles';
import { walkRoot } from '../../../src/monitor/walk';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';

const never = { isCancelled: () => false };

describe('walk', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'slo-lens-walk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string | Uint8Array = ''): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const settings = (): MonitorSettings => ({
    roots: [{ name: 'r', uri: 'file:///r', path: folder }],
    trusted: true,
    minConfidence: 'medium',
    exclude: [],
    severityOverrides: {},
    agents: {},
    refreshCommands: [],
    refreshTimeoutSeconds: 5,
    cacheFolder: null,
    history: null,
    definitionFiles: [],
  });
  const monitor = (more: Partial<MonitorSettings> = {}): Monitor =>
    new Monitor(
      {
        fs: nodeFileSystem,
        clock: nodeClock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: nodeGit,
        runner: nodeCommandRunner,
        toUri: (path) => `file://${path}`,
      },
      { ...settings(), ...more },
    );

  it('leaves out dependencies at every depth, follows no link out of the root, ends on loops', async () => {
    for (const path of ['a.ts', 'x/node_modules/y/b.ts', '.git/c.ts', 'd/e.ts']) write(path);
    symlinkSync(folder, join(folder, 'd', 'loop'));
    symlinkSync(tmpdir(), join(folder, 'out'));
    symlinkSync(join(folder, 'gone'), join(folder, 'broken'));
    const walk = await walkRoot(nodeFileSystem, folder, [], never);
    assert.deepEqual(
      walk.files.map((file) => file.path),
      ['a.ts', 'd/e.ts'],
    );
    assert.deepEqual(walk.skippedFolders, { node_modules: 1, '.git': 1 });
  });

  it('keeps to the globs, and stops when it is cancelled', async () => {
    for (const path of ['a.ts', 'legacy/b.ts']) write(path);
    assert.deepEqual(
      (await walkRoot(nodeFileSystem, folder, ['legacy/**'], never)).files.map((file) => file.path),
      ['a.ts'],
    );
    assert.equal((await walkRoot(nodeFileSystem, folder, [], { isCancelled: () => true })).cancelled, true);
  });

  it('survives binary, empty, huge and unreadable status files, and says where', async () => {
    write('agent_workspaces/Agent-1/status.json', new Uint8Array([1, 0, 2]));
    write('agent_workspaces/Agent-2/status.json', '');
    write('agent_workspaces/Agent-3/status.json', `{"a":"${'x'.repeat(5_000_000)}"}`);
    mkdirSync(join(folder, 'agent_workspaces/Agent-4/status.json'), { recursive: true });
    mkdirSync(join(folder, 'agent_workspaces/Agent-5'));
    write('agent_workspaces/Agent-6/status.json', '{"__proto__": {"status": "ACTIVE"}, "status": {"a": 1}}');
    write('agent_workspaces/Agent-7', 'a file, no folder');
    write('locked/x.py', 'x');
    chmodSync(join(folder, 'locked'), 0);
    const one = monitor();
    await one.scan(never);
    const report = await one.read(never);
    chmodSync(join(folder, 'locked'), 0o755);
    assert.deepEqual(
      report.agents.agents.map((agent) => [agent.folder, agent.reading, agent.active]),
      [
        ['Agent-1', 'unreadable', false],
        ['Agent-2', 'unreadable', false],
        ['Agent-3', 'unreadable', false],
        ['Agent-4', 'unreadable', false],
        ['Agent-5', 'missing', false],
        ['Agent-6', 'warnings', false],
      ],
    );
    assert.equal(report.headline.text, '0% of measured (0/1) · 12 of 13 no data');
  });

  it('a folder with nothing is no data, and a scan without code is no 0 findings', async () => {
    const one = monitor();
    await one.scan(never);
    const report = await one.read(never);
    assert.deepEqual([report.headline.text, report.headline.worst, report.agents.found], ['no data', 'no_data', 0]);
  });

  it('a broken definition keeps the last good one, marked', async () => {
    write('a.ts', 'export {};');
    const one = monitor();
    write('.slo-lens/slo.yaml', DEFAULT_DEFINITION_TEXT);
    await one.scan(never);
    assert.deepEqual([(await one.read(never)).definition.source, one.report().definition.state], ['workspace', 'ok']);
    write('.slo-lens/slo.yaml', `${DEFAULT_DEFINITION_TEXT}\nbroken: [`);
    await one.walk(never);
    const report = await one.read(never);
    assert.equal(report.definition.state, 'last-good');
    assert.ok(
      report.problems.some(
        (problem) => problem.kind.startsWith('slo/') && problem.place?.path === '.slo-lens/slo.yaml',
      ),
    );
    assert.equal(report.headline.defined, 13);
  });

  it('a refresh command that runs too long is ended with its children', async () => {
    write('a.ts', 'export {};');
    const report = await monitor({ refreshCommands: ['sleep 60 & wait'], refreshTimeoutSeconds: 1 }).refresh(never);
    assert.deepEqual([report.refresh.state, report.refresh.commands[0]?.outcome], ['failed', 'timeout']);
  }).timeout(10_000);
});

describe('configuration', () => {
  it('reports each fault with its place and keeps the rest', () => {
    const { config, problems } = readConfig(
      '{\n  "exclude": "x",\n  "agents": { "activeMinutes": 20, "timeZone": "Mars/North" },\n  "frob": 1\n}',
      'c.json',
    );
    assert.deepEqual(
      problems.map((problem) => [problem.line, problem.column]),
      [
        [2, 14],
        [3, 48],
        [4, 3],
      ],
    );
    assert.deepEqual([config.agents.activeMinutes, config.exclude], [20, []]);
    assert.equal(readConfig('{ "a": ', 'c.json').problems[0]?.kind, 'config-syntax');
  });
});

describe('files by glob', () => {
  it('are those that each glob means, in order, whether or not it begins with a folder', () => {
    const paths = [
      'a.ts',
      'a/b.json',
      'a/b/c.json',
      'a-b.json',
      'a0/b.json',
      'logs/1.jsonl',
      'logs/2.txt',
      'logs2/1.jsonl',
    ];
    const files = paths.sort().map((path) => ({ path, absolute: `/w/${path}` }));
    const walk = { files, linked: [], directories: [], skippedFolders: {}, problems: [], cancelled: false };
    const of = (...globs: readonly string[]): readonly string[] => matching(walk, globs).map(({ path }) => path);
    assert.deepEqual(of('a/*.json'), ['a/b.json']);
    assert.deepEqual(of('a/**'), ['a/b.json', 'a/b/c.json']);
    assert.deepEqual(of('logs/*.jsonl', 'a.ts', 'logs/1.jsonl'), ['a.ts', 'logs/1.jsonl']);
    assert.deepEqual(of('**/*.jsonl'), ['logs/1.jsonl', 'logs2/1.jsonl']);
    assert.deepEqual(of('logs/*.jsonl', '*.json'), ['a-b.json', 'logs/1.jsonl']);
    assert.deepEqual(of('{logs,logs2}/1.jsonl'), ['logs/1.jsonl', 'logs2/1.jsonl']);
    assert.deepEqual(of('./a.ts'), picomatch('./a.ts', { dot: true })('a.ts') ? ['a.ts'] : []);
    assert.deepEqual(of('nowhere/**', '../a.ts', '/a.ts'), []);
    assert.deepEqual([fileAt(walk, 'a/b.json')?.path, fileAt(walk, 'a/c.json')], ['a/b.json', undefined]);
  });
});
