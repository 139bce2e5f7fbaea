/** Agents as views show them: the busiest, the problems, and of a large fleet nothing that nobody asks for. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AgentReports, agentProblems, type Fleet } from '../../../src/monitor/agentReports';
import { defaultLiveness } from '../../../src/sources/liveness';
import { readAgents } from '../sources/readAgents';

const now = Date.parse('2026-05-01T12:00:00Z');
const root = { name: 'w', uri: 'file:///w', path: '/w' };
let uris = 0;
const names = {
  toUri: (path: string) => {
    uris++;
    return `file://${path}`;
  },
  join: (...parts: readonly string[]) => parts.join('/'),
  states: [1],
};

function fleetOf(openTasks: readonly number[], more = '', reports = new AgentReports(), at = now): Fleet {
  const reading = readAgents(
    openTasks.map((open, index) => ({
      folder: `Agent-${index}`,
      file: `agent_workspaces/Agent-${index}/status.json`,
      text: `{"agent_id":"Agent-${index}","status":"ACTIVE","current_mission":"m","last_updated":"2026-05-01T11:59:00Z","current_tasks":${JSON.stringify(Array(open).fill('t'))}${more}}`,
      facts: { mtime: null, git: 'unknown' as const, lastCommit: null },
      lastGood: null,
    })),
    now,
    { ...defaultLiveness, timeZone: 'UTC' },
  );
  return reports.fleet([{ source: 'agents', root, reading }], at, names);
}

describe('agent reports', () => {
  it('the busiest are the first of a stable sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (open, most) => {
        const fleet = fleetOf(open);
        const wanted = [...open.keys()]
          .filter((index) => (open[index] ?? 0) > 0)
          .sort((a, b) => (open[b] ?? 0) - (open[a] ?? 0))
          .slice(0, most);
        assert.deepEqual(
          fleet.reportsOfMost(({ content }) => content?.openTasks ?? 0, most).map(({ folder }) => folder),
          wanted.map((index) => fleet.readings[index]?.folder),
        );
      }),
    );
  });

  it('of a large fleet reports are made when they are read, and then are those of each agent', () => {
    const fleet = fleetOf(Array(500).fill(1));
    uris = 0;
    const part = fleet.part({ observedAt: null, expected: null });
    assert.deepEqual([part.found, part.active, uris], [500, 500, 0]);
    assert.deepEqual(
      (JSON.parse(JSON.stringify(part)) as typeof part).agents.map(({ id }) => id),
      fleet.readings.map(({ id }) => id),
    );
    assert.equal(part.agents, part.agents, 'once');
    assert.ok(uris >= 500);
  });

  it('the same reading in the same minute is the same report; a minute later it is another', () => {
    const reports = new AgentReports();
    const fleet = fleetOf([1], '', reports);
    const [first] = fleet.reports;
    const again = (at: number) =>
      reports.fleet(
        [{ source: 'agents', root, reading: { agents: fleet.readings, active: 1, warnings: 0, tasks: null } }],
        at,
        names,
      );
    assert.equal(again(now + 59_000).reportAt(0), first);
    const later = again(now + 60_000).reportAt(0);
    assert.match(later.activeReason, /^last_updated 2 min ago/);
    assert.equal(later.place, first?.place, 'its place is the same object');
  });

  it('lists problems in order; of too many the errors first, and how many follow', () => {
    assert.deepEqual(agentProblems(fleetOf([1, 1])), []);
    const few = agentProblems(fleetOf([0, 0], ',"status":"X"'));
    assert.deepEqual(
      few.map(({ kind, message }) => `${kind} ${message.slice(0, 8)}`),
      ['duplicate-key Agent-0:', 'duplicate-key Agent-1:'],
    );
    const many = agentProblems(fleetOf(Array(1200).fill(0), ',"status":"X"'));
    assert.equal(many.length, 1001);
    assert.equal(many.at(-1)?.message, '200 more problems of agents are not listed');
  });
});
