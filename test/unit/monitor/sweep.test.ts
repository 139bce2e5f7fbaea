/** A sweep over more files than a tick has time for: nothing is left out, and nothing is taken for a copy. */
import assert from 'node:assert/strict';
import { AgentsReader } from '../../../src/monitor/agentsReader';
import type { Clock } from '../../../src/monitor/ports';
import type { AgentsReading } from '../../../src/sources/agents';
import type { LivenessOptions } from '../../../src/sources/liveness';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const start = Date.parse('2026-05-01T12:00:00Z');
const minute = 60_000;
const options: LivenessOptions = {
  activeMinutes: 15,
  restingMinutes: 60,
  futureToleranceSeconds: 120,
  timeZone: 'UTC',
};
const roots = ['v', 'w'].map((name) => ({ name, uri: `file:///${name}`, path: `/${name}` }));
const fileOf = (root: string, agent: number): string => `${root}/agent_workspaces/Agent-${agent}/status.json`;
const count = 3000;

describe('sweeps', () => {
  let fs: MemoryFileSystem;
  let clock: FakeClock;
  let cpuMs = 0;
  let reader: AgentsReader;
  const write = (root: string, agent: number, at: number): void =>
    fs.write(fileOf(root, agent), `{"status":"ACTIVE","last_updated":"${new Date(at).toISOString()}"}`, at);
  beforeEach(async () => {
    fs = new MemoryFileSystem();
    fs.now = start;
    clock = new FakeClock(start);
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
    cpuMs = 0;
    for (const { path } of roots) for (let agent = 1; agent <= count; agent++) write(path, agent, start - 20 * minute);
    // Every look at a file takes a tenth of a millisecond.
    fs.onAccess = () => {
      cpuMs += 0.1;
    };
    const counted: Clock = { now: clock.now, setTimeout: clock.setTimeout, cpuMs: () => cpuMs };
    reader = new AgentsReader(fs, counted, null);
    reader.begin('all');
    for (const root of roots) await reader.read(root, options, 'all');
    assert.equal(reader.isMidSweep, false, 'the first reading is of all');
    clock.time += minute;
  });
  const tick = async (): Promise<readonly AgentsReading[]> => {
    reader.begin('sweep');
    const found: AgentsReading[] = [];
    for (const root of roots) {
      const reading = await reader.read(root, options, 'sweep');
      assert.ok(reading);
      found.push(reading);
    }
    return found;
  };
  const sweep = async (): Promise<{ readonly ticks: number; readonly last: readonly AgentsReading[] }> => {
    for (let ticks = 1; ; ticks++) {
      const last = await tick();
      if (!reader.isMidSweep) return { ticks, last };
      assert.ok(ticks < 20, 'it comes to an end');
    }
  };

  it('takes several ticks, none of them much longer than its time, and every file has its turn', async () => {
    for (const { path } of roots) for (let agent = 1; agent <= count; agent += 100) write(path, agent, clock.time);
    const looks: string[] = [];
    let longest = 0;
    let before = cpuMs;
    const count0 = fs.reads.length;
    fs.onAccess = (what, path) => {
      cpuMs += 0.1;
      if (what === 'stat' && path.endsWith('.json')) looks.push(path);
    };
    let ticks = 0;
    let active: readonly number[] = [];
    do {
      active = (await tick()).map((reading) => reading.active);
      longest = Math.max(longest, cpuMs - before);
      before = cpuMs;
      ticks++;
    } while (reader.isMidSweep);
    assert.ok(ticks > 2, `${ticks} ticks`);
    assert.ok(longest < 250, `${longest} ms`);
    assert.deepEqual([looks.length, new Set(looks).size], [2 * count, 2 * count], 'each once');
    assert.equal(fs.reads.length - count0, (2 * count) / 100, 'only what changed is read');
    assert.deepEqual(active, [count / 100, count / 100]);
    assert.ok((await sweep()).ticks >= 2, 'and begins anew');
  });

  it('says after its end what a first reading of all says', async () => {
    for (const { path } of roots)
      for (let agent = 1; agent <= count; agent++) if (agent % 3 > 0) write(path, agent, clock.time - agent * 100);
    const { last } = await sweep();
    const fresh = new AgentsReader(fs, clock, null);
    for (const [index, root] of roots.entries()) {
      const reading = await fresh.read(root, options);
      assert.deepEqual(
        last[index]?.agents.map(({ id, content, liveness: { fieldTime } }) => [id, content, fieldTime]),
        reading?.agents.map(({ id, content, liveness: { fieldTime } }) => [id, content, fieldTime]),
      );
    }
  });

  it('a change of most files is a copy, however many ticks see it', async () => {
    for (let agent = 1; agent <= count; agent++)
      fs.write(fileOf('/v', agent), '{"status":"ACTIVE","pulled":1}', clock.time - 90 * minute);
    assert.equal((await sweep()).last[0]?.active, 0);
    clock.time += minute;
    // One of them is written afterwards, with an old file time.
    fs.write(fileOf('/v', 2900), '{"status":"ACTIVE","pulled":2}', clock.time - 90 * minute);
    assert.equal((await sweep()).last[0]?.active, 1);
  });

  it('amid a sweep a silence shows when it is due, and who is new at once', async () => {
    write('/v', 1, clock.time);
    await sweep();
    await tick();
    assert.ok(reader.isMidSweep);
    clock.time += 15 * minute + 1;
    reader.begin('due');
    const [first] = roots;
    assert.ok(first);
    assert.equal((await reader.read(first, options, 'due'))?.active, 0);
    assert.ok(reader.isMidSweep, 'it is not forgotten for that');
    write('/v', count + 1, clock.time);
    assert.equal((await tick())[0]?.agents.length, count + 1);
  });

  it('a root that is gone amid its sweep keeps nobody waiting', async () => {
    await tick();
    assert.ok(reader.isMidSweep);
    reader.begin('sweep');
    assert.equal(reader.isMidSweep, false);
  });
});
