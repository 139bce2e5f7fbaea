/** State files of claude-flow: maps of workers and agents, totals, and files that only share the name. */
import assert from 'node:assert/strict';
import { recordsOfClaudeFlow } from '../../../src/sources/claudeFlow';
import { parseJsonValue } from '../../../src/sources/jsonScan';
import { readRecords } from '../../../src/sources/records';

const at = '2026-05-01T12:00:00.000Z';
const ms = Date.parse(at);
function read(path: string, value: unknown) {
  const parsed = parseJsonValue(JSON.stringify(value));
  assert.ok(parsed.ok);
  return recordsOfClaudeFlow(path, parsed.value);
}

describe('claude-flow', () => {
  it('the daemon is an orchestrator; its workers are components with their counts', () => {
    const records = read('.claude-flow/daemon-state.json', {
      running: true,
      savedAt: at,
      workers: {
        audit: { successCount: 4, failureCount: 1, lastRun: '2026-05-01T11:00:00Z', isRunning: false },
        bad: 5,
      },
    });
    assert.deepEqual(
      records?.map(({ time, series }) => [time, series]),
      [
        [ms, 'orchestrator'],
        [ms - 3_600_000, 'worker-audit'],
      ],
    );
    assert.deepEqual(
      { ...records?.[1]?.fields },
      {
        success_count: 4,
        failure_count: 1,
        last_run: '2026-05-01T11:00:00Z',
        is_running: false,
        component: 'worker-audit',
      },
    );
    assert.equal(records?.[0]?.fields.up, 1);
  });
  it('totals of the session, and the activity of the swarm', () => {
    const [totals] =
      read('a/.claude-flow/metrics/performance.json', {
        totalTasks: 9,
        successfulTasks: 8,
        failedTasks: 1,
        activeAgents: 2,
        lastActivity: ms,
      }) ?? [];
    assert.deepEqual([totals?.time, totals?.fields.total_tasks, totals?.fields.successful_tasks], [ms, 9, 8]);
    const [swarm] =
      read('.claude-flow/metrics/swarm-activity.json', { timestamp: at, swarm: { active: true, agent_count: 3 } }) ??
      [];
    assert.deepEqual([swarm?.time, swarm?.fields.active, swarm?.fields.agent_count], [ms, true, 3]);
  });
  it('agents have no last-seen: without a time of the file they have none', () => {
    const records = read('.claude-flow/agents.json', {
      agents: { a1: { agentId: 'a1', status: 'idle', health: 0.9, taskCount: 2 } },
    });
    assert.deepEqual(
      records?.map(({ time, fields }) => [time, fields.status, fields.health, fields.task_count]),
      [[null, 'idle', 0.9, 2]],
    );
  });
  it('other files, other shapes, and hostile keys', () => {
    assert.equal(read('metrics/performance.json', {}), null);
    assert.equal(read('.claude-flow/agents.json', []), null);
    assert.deepEqual(read('.claude-flow/agents.json', { agents: [] }), []);
    const parsed = parseJsonValue('{"agents":{"__proto__":{"status":"x","__proto__":1}}}');
    assert.ok(parsed.ok);
    const [record] = recordsOfClaudeFlow('.claude-flow/agents.json', parsed.value) ?? [];
    assert.equal(record?.fields.agent, '__proto__');
    assert.equal(({} as Record<string, unknown>).status, undefined);
  });
  it("a definition's own pointers are read beside it", () => {
    const { records } = readRecords(
      JSON.stringify({ totalTasks: 9, lastActivity: ms, deep: { x: 3 } }),
      '.claude-flow/metrics/performance.json',
      { time: [], id: [], series: [], fields: { x: ['/deep/x'] }, timeZone: 'UTC' },
    );
    assert.deepEqual(
      records.map(({ time, fields }) => [time, fields.total_tasks, fields.x]),
      [[ms, 9, 3]],
    );
  });
});
