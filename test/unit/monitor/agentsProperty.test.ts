/** Whatever is done to the files of agents: the reader that remembers says what one says that reads them for the first time. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AgentsReader } from '../../../src/monitor/agentsReader';
import type { AgentReading } from '../../../src/sources/agents';
import type { LivenessOptions } from '../../../src/sources/liveness';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const start = Date.parse('2026-05-01T12:00:00Z');
const root = { name: 'w', uri: 'file:///w', path: '/w' };
const options: LivenessOptions = {
  activeMinutes: 15,
  restingMinutes: 60,
  futureToleranceSeconds: 120,
  timeZone: 'UTC',
};

const iso = (second: number): string => new Date(start + second * 1000).toISOString();
const texts: readonly ((second: number) => string)[] = [
  (second) => `{"agent_id":"Agent-1","status":"ACTIVE","last_updated":"${iso(second)}"}`,
  (second) => `{"agent_id":"Agent-1","status":"RESTED","last_updated":"${iso(second)}"}`,
  (second) =>
    `{"status":"ACTIVE","last_updated":"${iso(second).slice(0, -1)}","ts":${Math.floor(start / 1000) + second}}`,
  (second) => `{"status":"ACTIVE","last_updated":"2026-05-01 ${'x'.repeat(70 + second)}"}`,
  (second) => `{"status":"ACTIVE","last_updated":"${iso(second)}","last_updated":"${iso(second + 1)}"}`,
  (second) => `{"status":"ACTIVE","last_updated":"${iso(second)}"`,
  () => '{"status":"IDLE"}',
  () => '',
];

type Step =
  | {
      readonly kind: 'write';
      readonly agent: number;
      readonly text: number;
      readonly second: number;
      readonly sameTime: boolean;
    }
  | { readonly kind: 'delete'; readonly agent: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'zone'; readonly zone: string };

const agent = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      agent,
      text: fc.nat(texts.length - 1),
      second: fc.integer({ min: -60, max: 60 }),
      sameTime: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), agent }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 600 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('zone' as const), zone: fc.constantFrom('UTC', 'America/Chicago') }),
  },
);

/** What does not follow from what was seen before. */
function said({ id, reading, content, problem, liveness, warnings }: AgentReading): unknown {
  // Of a broken file the reader remembers what it said; the first time there is nothing to remember.
  return problem ? { id, problem } : { id, reading, content, field: liveness.fieldTime, warnings };
}

describe('agents over time', () => {
  it('what is remembered changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const fs = new MemoryFileSystem();
        const clock = new FakeClock(start);
        clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
        for (const one of [1, 2, 3])
          fs.write(`/w/agent_workspaces/Agent-${one}/status.json`, texts[0]?.(0) ?? '', start);
        const reader = new AgentsReader(fs, clock, null);
        let zone = 'UTC';
        for (const one of [{ kind: 'wait', seconds: 0 } as const, ...steps]) {
          if (one.kind === 'wait') clock.time += one.seconds * 1000;
          if (one.kind === 'zone') zone = one.zone;
          const path = 'agent' in one ? `/w/agent_workspaces/Agent-${one.agent}/status.json` : '';
          if (one.kind === 'delete') fs.delete(path);
          if (one.kind === 'write') {
            const before = await fs.stat(path);
            // Clocks of file systems are coarse: another text may have the time of the one before.
            const mtime =
              one.sameTime && before.ok && clock.time - before.value.mtimeMs < 2000 ? before.value.mtimeMs : clock.time;
            fs.write(path, texts[one.text]?.(one.second) ?? '', mtime);
          }
          const own = { ...options, timeZone: zone };
          const known = await reader.read(root, own);
          const fresh = await new AgentsReader(fs, clock, null).read(root, own);
          assert.deepEqual(known?.agents.map(said), fresh?.agents.map(said));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('another zone is no write: nobody is seen for it', async () => {
    const fs = new MemoryFileSystem();
    const clock = new FakeClock(start);
    const old = start - 90 * 60_000;
    for (const one of [1, 2, 3])
      fs.write(`/w/agent_workspaces/Agent-${one}/status.json`, '{"status":"ACTIVE","ts":"2026-05-01T10:30:00"}', old);
    const reader = new AgentsReader(fs, clock, null);
    assert.equal((await reader.read(root, options))?.active, 0);
    fs.write('/w/agent_workspaces/Agent-1/status.json', '{"status":"ACTIVE","ts":"2026-05-01T10:30:00"}', old);
    assert.equal((await reader.read(root, { ...options, timeZone: 'Etc/GMT-1' }))?.active, 0);
  });
});
