/** Status files and folders beyond the real layouts: places of warnings, one agent in two folders, hostile values. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalId, isAgentFolder } from '../../../src/sources/agentIdentity';
import { readStatus } from '../../../src/sources/agentStatus';
import type { AgentFolder } from '../../../src/sources/agents';
import { defaultLiveness, gaugeTime, type LivenessOptions } from '../../../src/sources/liveness';
import { readAgents } from './readAgents';

const now = Date.parse('2025-10-16T12:00:00Z');
const options: LivenessOptions = { ...defaultLiveness, timeZone: 'UTC' };
const folder = (name: string, text: AgentFolder['text'], more: Partial<AgentFolder> = {}): AgentFolder => ({
  folder: name,
  file: `agent_workspaces/${name}/status.json`,
  text,
  facts: { mtime: null, git: 'unknown', lastCommit: null },
  lastGood: null,
  ...more,
});
const status = (time: string): string => `{\n  "status": "ACTIVE",\n  "last_updated": "${time}"\n}`;

describe('agents: folders', () => {
  it('are agents by their name alone', () => {
    for (const name of ['Agent-1', 'agent_5', 'AGENT 7', 'Agent-SRC-1']) assert.ok(isAgentFolder(name), name);
    for (const name of ['agent', 'agent_x', 'agents-1', 'my-agent-1', 'contracts', 'Captain', 'Agent-'])
      assert.ok(!isAgentFolder(name), name);
    assert.equal(canonicalId('Agent_5'), canonicalId('agent-5'));
  });
  it('two with one id are one agent: the newest sign of life wins, and it is said', () => {
    const old = folder('Agent-5', status('2025-10-16T08:00:00Z'));
    const fresh = folder('agent_5', status('2025-10-16T11:55:00Z'));
    for (const order of [
      [old, fresh],
      [fresh, old],
    ]) {
      const { agents, active } = readAgents(order, now, options);
      assert.deepEqual([agents.length, agents[0]?.folder, active], [1, 'agent_5', 1]);
      assert.ok(agents[0]?.warnings.some((warning) => warning.kind === 'duplicate-folder'));
      assert.equal(agents[0]?.reading, 'warnings');
    }
  });
  it('on a tie the form with a hyphen wins', () => {
    const both = ['agent_5', 'Agent-5'].map((name) => folder(name, status('2025-10-16T08:00:00Z')));
    for (const order of [both, both.toReversed()])
      assert.equal(readAgents(order, now, options).agents[0]?.folder, 'Agent-5');
  });
  it('files that speak of one agent by the same name are one agent, with a word on each of the others', () => {
    const at = (file: string, time: string): AgentFolder => folder('a', status(time), { file });
    const files = [
      at('x.json', '2025-10-16T11:50:00Z'),
      at('y.json', '2025-10-16T11:58:00Z'),
      at('z.json', '2025-10-16T11:55:00Z'),
    ];
    for (const order of [files, files.toReversed()]) {
      const { agents, active } = readAgents(order, now, options);
      assert.deepEqual([agents.map(({ file }) => file), active], [['y.json'], 1]);
      const words = agents[0]?.warnings.filter(({ kind }) => kind === 'duplicate-folder').map(({ message }) => message);
      assert.deepEqual(words?.toSorted(), [
        'x.json and y.json speak of one agent; y.json counts',
        'z.json and y.json speak of one agent; y.json counts',
      ]);
    }
    const many = readAgents(Array(5000).fill(files[0]), now, options);
    assert.ok(many.agents.length === 1 && many.warnings < 100, 'many of the same are no flood');
  });
  it('without a status file are listed, not active; without any task list there is no share', () => {
    const { agents, active, tasks } = readAgents([folder('Agent-1', null)], now, options);
    assert.deepEqual(
      [agents[0]?.reading, agents[0]?.warnings[0]?.kind, active, tasks],
      ['missing', 'missing-status-file', 0, null],
    );
  });
});

describe('agents: warnings', () => {
  it('about a clock name the key and its line', () => {
    const text = '{\n  "status": "ACTIVE",\n  "mission": "m",\n  "last_updated": "2025-10-16T18:00:00Z"\n}';
    const [agent] = readAgents([folder('Agent-1', text)], now, options).agents;
    const warning = agent?.warnings.find(({ kind }) => kind === 'clock-in-future');
    assert.deepEqual([warning?.line, warning?.column, warning?.key], [4, 3, 'last_updated']);
    assert.equal(agent?.liveness.active, false);
  });
  it('about a timestamp in the first of two documents point there', () => {
    const reading = readStatus('{"last_updated":"soon"}\n{"last_updated":"2025-10-16T10:00:00Z"}', 'Agent-1', 'UTC');
    assert.ok(reading.ok);
    const warning = reading.content.warnings.find(({ kind }) => kind === 'timestamp-unparsable');
    assert.deepEqual([warning?.line, warning?.column], [1, 2]);
  });
  it('say that the zone is unknown, and the agent is silent', () => {
    const text = '{"status":"ACTIVE","last_updated":"2025-10-16 11:59:00"}';
    const [agent] = readAgents([folder('Agent-1', text)], now, { ...options, timeZone: 'Nowhere/Land' }).agents;
    assert.equal(agent?.liveness.active, false);
    assert.match(agent?.warnings.find(({ kind }) => kind === 'timestamp-unparsable')?.message ?? '', /Nowhere\/Land/);
  });
  it('stay short and few, whatever the file holds', () => {
    const long = readStatus(`{"last_updated":"${'x'.repeat(1_000_000)}"}`, 'Agent-1', 'UTC');
    assert.ok(long.ok);
    for (const { message } of long.content.warnings) assert.ok(message.length < 200);
    const many = readStatus('{"last_updated":"x"}\n'.repeat(2000), 'Agent-1', 'UTC');
    assert.ok(many.ok);
    assert.ok(many.content.warnings.length < 300, String(many.content.warnings.length));
    assert.match(many.content.warnings.at(-1)?.message ?? '', /and 1950 more/);
  });
});

describe('agents: hostile values', () => {
  it('an infinite number of points is no figure', () => {
    const reading = readStatus('{"points_earned": 1e999}', 'Agent-1', 'UTC');
    assert.ok(reading.ok);
    assert.equal(reading.content.points, null);
  });
  it('a blocker of blanks takes no quadratic time; "None" blocks nothing', () => {
    const start = performance.now();
    const blank = readStatus(`{"blockers":"${' '.repeat(300_000)}x"}`, 'Agent-1', 'UTC');
    assert.ok(blank.ok && performance.now() - start < 2000);
    assert.equal(blank.content.blockers.length, 1);
    for (const none of ['None', ' n/a ', 'NO', '-', '']) {
      const reading = readStatus(JSON.stringify({ blockers: none }), 'Agent-1', 'UTC');
      assert.ok(reading.ok);
      assert.deepEqual(reading.content.blockers, [], none);
    }
  });
  it('no text, file time or zone makes the reader throw', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, fc.option(fc.integer()), fc.constantFrom('UTC', 'local', ''), (content, mtime, timeZone) => {
        const { agents } = readAgents(
          [folder('Agent-1', content, { facts: { mtime, git: 'modified', lastCommit: null } })],
          now,
          { ...options, timeZone },
        );
        assert.equal(agents.length, 1);
      }),
      { numRuns: 800 },
    );
  });
  it('an agent whose every clock is ahead is never active', () => {
    fc.assert(
      fc.property(fc.integer({ min: 121, max: 10_000_000 }), (ahead) => {
        const later = now + ahead * 1000;
        const text = status(new Date(later).toISOString());
        const facts = { mtime: later, git: 'modified' as const, lastCommit: null };
        assert.equal(readAgents([folder('Agent-1', text, { facts })], now, options).active, 0);
      }),
    );
  });
});

describe('the time of a gauge file', () => {
  const minute = 60_000;
  const seen = (own: number | null, file: number | null, fallbackToFile: boolean) =>
    gaugeTime(own, file, { fallbackToFile, now, maxFutureMs: 2 * minute });
  it('is the older of two that are valid', () => {
    assert.equal(seen(now - minute, now - 30 * minute, true), now - 30 * minute);
    assert.equal(seen(now - 30 * minute, now - minute, true), now - 30 * minute);
    assert.equal(seen(now - minute, now + 9 * minute, true), now - minute, 'a file of the future says nothing');
  });
  it('is that of the file alone only where it may, and heals no wrong clock', () => {
    assert.equal(seen(null, now - minute, false), null);
    assert.equal(seen(null, now - minute, true), now - minute);
    assert.equal(seen(now + 5 * minute, now - minute, true), null);
  });
});
