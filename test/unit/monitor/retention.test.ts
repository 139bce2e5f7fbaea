/** What was read before is let go: a server that runs for weeks holds one reading, not all of them. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Monitor } from '../../../src/monitor/monitor';
import type { Cancellation } from '../../../src/monitor/ports';
import { FakeClock, MemoryFileSystem } from './memoryFileSystem';

const never: Cancellation = { isCancelled: () => false };
const START = Date.parse('2026-05-01T12:00:00Z');

describe('retention', function () {
  this.timeout(60_000);
  it('a hundred readings of a fleet take the memory of one', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const fs = new MemoryFileSystem();
    const clock = new FakeClock(START);
    clock.onWait = (ms) => queueMicrotask(() => clock.advance(ms));
    const monitor = new Monitor(
      {
        fs,
        clock,
        logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
        git: { forFiles: async () => null },
        runner: { run: () => Promise.reject(new Error('no command is expected')) },
        toUri: (path) => `file://${path}`,
      },
      {
        roots: [{ name: 'w', uri: 'file:///w', path: '/w' }],
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
    const read = async (times: number): Promise<number> => {
      for (let i = 0; i < times; i++) {
        clock.time += 1000;
        fs.now = clock.time;
        for (let agent = 0; agent < 100; agent++)
          fs.write(
            `/w/agent_workspaces/Agent-${agent}/status.json`,
            JSON.stringify({
              status: 'ACTIVE',
              last_updated: new Date(clock.time).toISOString(),
              current_mission: `${i} `.repeat(200),
            }),
          );
        if (i === 0) await monitor.walk(never);
        await monitor.read(never, 'sweep');
      }
      collect();
      return process.memoryUsage().heapUsed;
    };
    const few = await read(20);
    const many = await read(100);
    // Each reading holds some 100 kB.
    assert.ok(many - few < 4e6, `${Math.round((many - few) / 1e6)} MB more`);
  });
});
