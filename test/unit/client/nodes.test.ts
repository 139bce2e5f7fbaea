/** The trees as data, from the report of the sample workspace. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { findingNodes } from '../../../src/client/findingNodes';
import { agentNodes, complianceNodes } from '../../../src/client/nodes';
import { alertCounts, escapeMarkdown } from '../../../src/client/words';
import { Monitor } from '../../../src/monitor/monitor';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import { shortHeadline } from '../../../src/page/words';
import type { ObjectiveReport, WorkspaceReport } from '../../../src/report/report';
import { finding, objective, workspace } from '../report/reports';

const never = { isCancelled: () => false };

describe('trees', () => {
  let report: WorkspaceReport;
  before(async () => {
    const path = resolve(__dirname, '../../../sample');
    const monitor = new Monitor(
      {
        fs: nodeFileSystem,
        clock: nodeClock,
        logger: console,
        git: { forFiles: async () => null },
        runner: nodeCommandRunner,
        toUri: (absolute) => `file://${absolute}`,
      },
      {
        roots: [{ name: 'sample', uri: `file://${path}`, path }],
        trusted: true,
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
    await monitor.scan(never);
    report = await monitor.read(never);
  });

  it('lead from a violated objective to the line, the agent and the snapshot', () => {
    const services = complianceNodes(report, Date.now());
    assert.deepEqual(
      services.map((service) => service.label),
      ['Messaging System', 'Agent System', 'Memory Safety', 'Infrastructure'],
    );
    const objectives = services.flatMap((service) => service.children);
    assert.equal(objectives.length, 13);
    const high = objectives.find((objective) => objective.id === 'objective/memory-high-leaks');
    const [alert, ...causes] = high?.children ?? [];
    assert.deepEqual(
      [alert?.context, alert?.argument],
      ['alert firing audible unacknowledged runbook', 'p1-high-leak/memory-high-leaks'],
    );
    assert.deepEqual(
      causes.map((cause) => [cause.label, cause.place?.line]),
      [
        ['clock.ts:7', 6],
        ['clock.ts:8', 7],
      ],
    );
    const agents = objectives.find((objective) => objective.id === 'objective/agent-availability');
    const agentCauses = agents?.children.filter(({ context }) => context === 'cause-agent') ?? [];
    assert.ok(agentCauses.length > 0 && agentCauses.every((cause) => cause.place?.path.endsWith('status.json')));
    const snapshots = objectives.find((objective) => objective.id === 'objective/infra-snapshot-currency');
    const snapshot = snapshots?.children.find(({ context }) => context === 'cause-snapshot');
    assert.equal(snapshot?.place?.path, 'dependency_cache.json');
  });

  it('never show a state without data as met', () => {
    for (const objective of complianceNodes(report, Date.now()).flatMap((service) => service.children))
      if (objective.description.startsWith('no data')) assert.notEqual(objective.icon, 'pass');
  });

  it('have unique ids, words for every state, and the trail below a finding', () => {
    const nodes = [
      ...complianceNodes(report, 0),
      ...findingNodes(report, 'severity', 0),
      ...findingNodes(report, 'file', 0),
      ...agentNodes(report, 0),
    ];
    for (const list of [complianceNodes(report, 0), findingNodes(report, 'file', 0), agentNodes(report, 0)]) {
      const ids = list.flatMap((node) => [node.id, ...node.children.map((child) => child.id)]);
      assert.equal(new Set(ids).size, ids.length);
    }
    assert.ok(nodes.every((node) => node.spoken !== ''));
    const [high] = findingNodes(report, 'severity', 0);
    assert.ok((high?.children[0]?.children.length ?? 0) >= 3);
    assert.ok(findingNodes(report, 'severity', 0).some((node) => node.label === '1 Python file is not analysed'));
  });

  it('say of the first scan, while it runs, that more may come', () => {
    const code = { ...report.code, state: 'scanning' as const, scannedAt: null };
    const [first, high, ...others] = findingNodes({ ...report, code }, 'severity', 0);
    assert.deepEqual(
      [first?.label, first?.description, high?.label],
      ['The first scan is running', `${code.files.analysed} files so far`, 'HIGH'],
    );
    assert.ok(others.every((node) => !node.label.includes('not analysed')));
    const again = { ...code, scannedAt: '2026-01-01T00:00:00Z' };
    assert.equal(findingNodes({ ...report, code: again }, 'severity', 0)[0]?.label, 'HIGH');
  });

  it('say code without its marks, and a headline with its noun', () => {
    const told = {
      ...report,
      code: { ...report.code, state: 'complete' as const, findings: [finding({ message: '`destroy` ends' })] },
    };
    const [group] = findingNodes(told, 'severity', 0);
    assert.equal(group?.children[0]?.description, 'destroy ends');
    assert.equal(shortHeadline(workspace([])), '0 of 1 met, 1 not measured');
  });

  it('escape what files say, and count alerts that speak', () => {
    assert.equal(escapeMarkdown('[x](command:evil) <img>\n# a'), '\\[x\\]\\(command:evil\\) \\<img\\> \\# a');
    assert.equal(alertCounts(report), ' · 1 P1');
  });

  it('say what is left of a budget and how it moves, first, and aloud without arrows', () => {
    const one = (changes: Partial<ObjectiveReport>) => {
      const [service] = complianceNodes(workspace([objective(changes)]), 0);
      const node = service?.children[0];
      return [node?.description, node?.spoken];
    };
    const budget = {
      kind: 'time',
      allowed: 40,
      used: 10,
      remaining: 0.75,
      text: '10 of 40 min used (75% left)',
      burn: null,
      outage: null,
    } as const;
    const trend = {
      of: 'budget',
      direction: 'down',
      meaning: 'worse',
      over: '1 day',
      text: '−12.4 points in 1 day',
    } as const;
    assert.deepEqual(one({ budget, trend }), [
      '75% left ↘ −12.4 points in 1 day · 2 agents',
      'Agents: active count, violating, 75% left, minus 12.4 points in 1 day, 2 agents, worse',
    ]);
    assert.deepEqual(
      one({
        valueText: '2 findings',
        budget: { ...budget, kind: 'zero', remaining: null, text: '2 findings, 0 allowed' },
      })[0],
      '2 findings, 0 allowed',
    );
    assert.deepEqual(one({ budget }), ['75% left · 2 agents', 'Agents: active count, violating, 75% left, 2 agents']);
    assert.equal(
      one({ budget, trend: { ...trend, direction: 'level', meaning: 'level', text: 'unchanged in 1 day' } })[0],
      '75% left → · 2 agents',
    );
    assert.equal(
      one({ trend: { ...trend, of: 'value', text: '−3 agents in 1 day' } })[0],
      '2 agents ↘ −3 agents in 1 day · target >= 8 agents active',
    );
    assert.equal(one({ budget: { ...budget, remaining: -0.5 } })[0], '−50%, overspent · 2 agents');
    assert.equal(one({ state: 'no_data', trend })[0], 'no data', 'without data nothing moves');
  });
});
