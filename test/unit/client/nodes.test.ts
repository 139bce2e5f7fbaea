/** The trees as data, from the report of the sample workspace. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { agentNodes, complianceNodes, findingNodes } from '../../../src/client/nodes';
import { alertCounts, escapeMarkdown } from '../../../src/client/words';
import { Monitor } from '../../../src/monitor/monitor';
import { nodeClock, nodeCommandRunner, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import type { WorkspaceReport } from '../../../src/report/report';

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

  it('escape what files say, and count alerts that speak', () => {
    assert.equal(escapeMarkdown('[x](command:evil) <img>\n# a'), '\\[x\\]\\(command:evil\\) \\<img\\> \\# a');
    assert.equal(alertCounts(report), ' · 1 P1');
  });
});
