/** Agents over a file system in memory: write races, last good readings, links, and what proves that somebody wrote. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentsReader, nextExpiry } from '../../../src/monitor/agentsReader';
import { nodeClock, nodeFileSystem } from '../../../src/monitor/node/nodePorts';
import type { GitFacts } from '../../../src/monitor/ports';
import { agentLayout } from '../../../src/sources/agentLayout';
import type { AgentsReading } from '../../../src/sources/agents';
import type { LivenessOptions } from '../../../src/sources/liveness';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const options: LivenessOptions = {
  activeMinutes: 15,
  restingMinutes: 60,
  futureToleranceSeconds: 120,
  timeZone: 'UTC',
};
const root = { name: 'w', uri: 'file:///w', path: '/w' };
const start = Date.parse('2026-05-01T12:00:00Z');
const minute = 60_000;
const file = (agent: number): string => `/w/agent_workspaces/Agent-${agent}/status.json`;
const status = (at: number, mission = 'm'): string =>
  JSON.stringify({
    agent_id: 'x',
    status: 'ACTIVE',
    current_mission: mission,
    last_updated: new Date(at).toISOString(),
  });

describe('agents reader', () => {
  let fs: MemoryFileSystem;
  let clock: FakeClock;
  beforeEach(() => {
    fs = new MemoryFileSystem();
    fs.now = start;
    clock = new FakeClock(start);
    // Waits end at once, at their time.
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
  });
  const read = async (reader: AgentsReader): Promise<AgentsReading> => {
    const reading = await reader.read(root, options);
    assert.ok(reading);
    return reading;
  };
  const git = (
    facts: Record<number, { state: 'clean' | 'modified' | 'untracked'; lastCommitMs: number | null }>,
  ): GitFacts => ({
    forFiles: async () =>
      new Map(Object.entries(facts).map(([agent, one]) => [file(Number(agent)).slice('/w/'.length), one])),
  });

  it('without a folder there are no agents, which is not 0 agents', async () => {
    fs.folder('/w');
    assert.equal(await new AgentsReader(fs, clock, null).read(root, options), null);
    fs.write('/w/agent_workspaces/contracts/status.json', '{}');
    assert.equal(await new AgentsReader(fs, clock, null).read(root, options), null);
  });

  it('reads a half-written file again before it reports it', async () => {
    fs.write(file(1), '{"status": "ACT');
    let waited = 0;
    clock.onWait = (ms) => {
      waited = ms;
      fs.write(file(1), status(start - minute));
      queueMicrotask(() => clock.advance(ms));
    };
    const { agents } = await read(new AgentsReader(fs, clock, null));
    assert.deepEqual([waited, agents[0]?.problem, agents[0]?.content?.declared], [250, null, 'active']);
  });

  it('reads again a file that is being replaced', async () => {
    fs.write(file(1), status(start - minute));
    const reader = new AgentsReader(fs, clock, null);
    await read(reader);
    fs.delete(file(1));
    clock.onWait = (ms) => {
      fs.write(file(1), status(start));
      queueMicrotask(() => clock.advance(ms));
    };
    assert.equal((await read(reader)).agents[0]?.content?.declared, 'active');
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
    fs.delete(file(1));
    assert.equal((await read(reader)).agents[0]?.reading, 'missing');
  });

  it('keeps the last good reading, marked old, and forgets it with its folder', async () => {
    fs.write(file(1), status(start - minute, 'first'));
    const reader = new AgentsReader(fs, clock, null);
    await read(reader);
    fs.write(file(1), '{"points": 1,000}');
    const [old] = (await read(reader)).agents;
    assert.deepEqual([old?.reading, old?.content?.mission, old?.problem?.column], ['old', 'first', 14]);
    fs.delete('/w/agent_workspaces/Agent-1');
    assert.equal(await reader.read(root, options), null);
    fs.write(file(1), '{');
    assert.deepEqual(
      (await read(reader)).agents.map((agent) => [agent.reading, agent.content]),
      [['unreadable', null]],
    );
  });

  it('reads no status file through a link that leads out of the root', async () => {
    fs.write('/secret/status.json', status(start));
    fs.folder('/w/agent_workspaces/Agent-1');
    fs.link(file(1), '/secret/status.json');
    const { agents } = await read(new AgentsReader(fs, clock, null));
    assert.deepEqual([agents[0]?.reading, agents[0]?.content, agents[0]?.liveness.active], ['unreadable', null, false]);
    assert.match(agents[0]?.problem?.message ?? '', /leads out of the folder/);
    fs.delete('/w/agent_workspaces');
    fs.write('/elsewhere/Agent-1/status.json', status(start));
    fs.link('/w/agent_workspaces', '/elsewhere');
    assert.equal(await new AgentsReader(fs, clock, null).read(root, options), null);
  });

  it('a link inside the root is read', async () => {
    fs.write('/w/shared/one.json', status(start - minute));
    fs.link(file(1), '/w/shared/one.json');
    assert.equal((await read(new AgentsReader(fs, clock, null))).agents[0]?.content?.declared, 'active');
  });

  it('a change of content is a write, at the time it was seen, even where the file time proves nothing', async () => {
    for (const agent of [1, 2, 3]) fs.write(file(agent), '{"status":"ACTIVE"}', start - 90 * minute);
    const reader = new AgentsReader(fs, clock, null);
    assert.equal((await read(reader)).active, 0);
    clock.time += 5 * minute;
    // Written with the old file time.
    fs.write(file(2), '{"status":"ACTIVE","n":1}', start - 90 * minute);
    const reading = await read(reader);
    assert.deepEqual(
      reading.agents.map(({ liveness }) => liveness.active),
      [false, true, false],
    );
    assert.equal(nextExpiry(reading.agents), start + 20 * minute + 1);
    clock.time += 15 * minute;
    assert.equal((await read(reader)).active, 1, 'the limit is included');
    clock.time += 1;
    assert.equal((await read(reader)).active, 0);
  });

  it('without git, a change of most files at once is a copy or a pull and makes nobody active', async () => {
    for (const agent of [1, 2, 3]) fs.write(file(agent), '{"status":"ACTIVE"}', start - 90 * minute);
    const reader = new AgentsReader(fs, clock, null);
    await read(reader);
    clock.time += 5 * minute;
    for (const agent of [1, 2, 3]) fs.write(file(agent), '{"status":"ACTIVE","n":1}', clock.time);
    assert.equal((await read(reader)).active, 0);
    assert.equal((await read(reader)).active, 0);
  });

  it('with git, a change that a commit brought is no write; one without is', async () => {
    const facts = { 1: { state: 'clean' as const, lastCommitMs: start - 90 * minute } };
    fs.write(file(1), '{"status":"ACTIVE"}');
    const reader = new AgentsReader(fs, clock, git(facts));
    assert.equal((await read(reader)).active, 0, 'clean, and later than its commit: a checkout');
    fs.write(file(1), '{"status":"ACTIVE","pulled":1}');
    reader.setGit(git({ 1: { state: 'clean', lastCommitMs: start - minute } }));
    assert.equal((await read(reader)).active, 0);
    fs.write(file(1), '{"status":"ACTIVE","written":1}');
    reader.setGit(git({ 1: { state: 'modified', lastCommitMs: start - minute } }));
    assert.equal((await read(reader)).active, 1);
  });

  it('one agent whose file cannot be read does not hide the others', async () => {
    fs.write(file(1), status(start - minute));
    fs.write(file(2), status(start - minute));
    fs.faults.set(file(2), 'EACCES');
    const { agents, active } = await read(new AgentsReader(fs, clock, null));
    assert.deepEqual(
      [active, agents.map((agent) => agent.problem?.message ?? null)],
      [1, [null, `The file cannot be read: EACCES: ${file(2)}`]],
    );
  });

  describe('another layout', () => {
    const layout = agentLayout({ agents: '/agents', files: ['crew*.json'] });
    const crewFile = { path: 'crew.json', absolute: '/w/crew.json' };
    const one = (at: number) => ({ status: 'ACTIVE', current_mission: 'm', last_updated: new Date(at).toISOString() });
    const crew = (agents: Readonly<Record<string, object>>): void =>
      fs.write('/w/crew.json', JSON.stringify({ agents }));
    const readCrew = async (
      reader: AgentsReader,
      scope: 'all' | 'due' = 'all',
      files = [crewFile],
    ): Promise<AgentsReading> => {
      // One file of many agents is written for any of them.
      const strict = { ...options, trustsFileTime: false };
      const reading = await reader.read(root, strict, scope, { source: 's', layout, files });
      assert.ok(reading);
      return reading;
    };

    it('several agents in a file: unchanged it is the reading of before, and is not read again', async () => {
      crew({ b: one(start), a: one(start), c: one(start - 10 * minute) });
      clock.advance(3_000);
      const reader = new AgentsReader(fs, clock, null);
      const first = await readCrew(reader);
      assert.deepEqual([first.agents.map(({ folder }) => folder), first.active], [['a', 'b', 'c'], 3]);
      const reads = fs.reads.length;
      clock.advance(1_000);
      assert.equal(await readCrew(reader), first);
      assert.equal(fs.reads.length, reads);
      // Its file as it was: the time of one of three is up.
      clock.advance(6 * minute);
      const later = await readCrew(reader, 'due');
      assert.deepEqual([later.active, later.agents[0], fs.reads.length], [2, first.agents[0], reads]);
      fs.now = clock.time;
      crew({ a: one(clock.time) });
      assert.deepEqual(
        (await readCrew(reader)).agents.map(({ folder }) => folder),
        ['a'],
      );
      crew({});
      assert.deepEqual((await readCrew(reader)).agents, []);
    });

    it('broken, each agent keeps its last word; of a file that is gone they are missing, and come back', async () => {
      crew({ a: one(start), b: one(start) });
      const reader = new AgentsReader(fs, clock, null);
      await readCrew(reader);
      const said = async (): Promise<readonly string[]> =>
        (await readCrew(reader)).agents.map(
          ({ folder, reading, content }) => `${folder} ${reading} ${content?.mission}`,
        );
      fs.write('/w/crew.json', '{"agents":{"a"');
      assert.deepEqual(await said(), ['a old m', 'b old m']);
      fs.remove('/w/crew.json');
      assert.deepEqual(await said(), ['a missing undefined', 'b missing undefined']);
      fs.write('/w/crew.json', 'nothing');
      assert.deepEqual(await said(), ['a old m', 'b old m'], 'what was said last is remembered');
      crew({ b: one(start) });
      assert.deepEqual(await said(), ['b ok m']);
    });

    it('a file more, or less, leaves what is known of the others', async () => {
      crew({ a: one(start) });
      fs.write('/w/crew2.json', JSON.stringify({ agents: { z: one(start) } }), start - minute);
      const reader = new AgentsReader(fs, clock, null);
      clock.advance(3_000);
      const [first] = (await readCrew(reader)).agents;
      const both = await readCrew(reader, 'all', [crewFile, { path: 'crew2.json', absolute: '/w/crew2.json' }]);
      assert.deepEqual(
        both.agents.map(({ folder }) => folder),
        ['a', 'z'],
      );
      assert.equal(both.agents[0], first);
      assert.deepEqual((await readCrew(reader)).agents, [first]);
    });
  });

  it('another layout: a folder that has become a link out of the root is not read, by the fast way either', async () => {
    const base = mkdtempSync(join(tmpdir(), 'slo-lens-links-'));
    try {
      const inside = join(base, 'root', 'crew', 'a');
      mkdirSync(inside, { recursive: true });
      mkdirSync(join(base, 'out'));
      writeFileSync(join(inside, 'state.json'), '{"status":"active"}');
      writeFileSync(join(base, 'out', 'state.json'), '{"status":"secret"}');
      const folder = { name: 'root', uri: '', path: join(base, 'root') };
      const files = [{ path: 'crew/a/state.json', absolute: join(inside, 'state.json') }];
      const other = { source: 's', layout: agentLayout({ files: ['crew/*/state.json'] }), files };
      const statusOf = async (): Promise<string | null | undefined> => {
        const reading = await new AgentsReader(nodeFileSystem, nodeClock, null).read(folder, options, 'all', other);
        return reading?.agents[0]?.content?.statusText;
      };
      assert.ok(nodeFileSystem.many);
      assert.equal(await statusOf(), 'active');
      rmSync(inside, { recursive: true });
      symlinkSync(join(base, 'out'), inside);
      assert.equal(await statusOf(), undefined);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});
