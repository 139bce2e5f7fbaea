/**
 * Ten thousand agents that all write once a second, and the real server beside them: what a tick costs, its share of a core, its
 * memory. Processor time, so that a busy machine changes little. The long form is `npm run soak:agents`.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ServerProcess, settings } from './serverProcess.mjs';

/** A file system in memory where there is one: how fast a disk writes is not the question. */
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const limitMinutes = 0.5;

/** Of most writes only the time is new; every fourth says something else as well. */
function statusOf(agent, round) {
  const done = agent % 4 === 0 ? round : 10;
  return JSON.stringify({
    agent_id: `Agent-${agent}`,
    agent_name: 'Integration & Core Systems Specialist',
    status: 'ACTIVE_AGENT_MODE',
    current_phase: 'TASK_EXECUTION',
    last_updated: new Date().toISOString(),
    current_mission: 'a mission of ordinary length, as agents write it',
    current_tasks: Array.from({ length: 6 }, (_, i) => `task ${i} that is being worked on, with some words of detail`),
    completed_tasks: Array.from(
      { length: 10 },
      (_, i) => `task ${i} of ${done} that was done and is kept for the record`,
    ),
  });
}

/**
 * @param agents how many
 * @param seconds how long they are watched once all are known
 */
export async function measureFleet({ agents = 10_000, seconds = 15 } = {}) {
  const folder = mkdtempSync(join(base, 'slo-lens-fleet-'));
  const fileOf = (agent) => join(folder, 'agent_workspaces', `Agent-${agent}`, 'status.json');
  let written = 0;
  const write = () => {
    writeFileSync(fileOf(written % agents), statusOf(written % agents, Math.floor(written / agents)));
    written++;
  };
  let server;
  let writing;
  try {
    writeFileSync(join(folder, 'poll.ts'), 'export const poll = (f: () => void) => setInterval(f, 1);\n');
    for (let agent = 0; agent < agents; agent++) {
      mkdirSync(join(fileOf(agent), '..'), { recursive: true });
      write();
    }
    const begun = performance.now();
    const first = written;
    writing = setInterval(() => {
      // As many as are due; a machine that is too slow does not pile them up.
      const due = first + ((performance.now() - begun) / 1000) * agents;
      for (let most = agents / 10; written < due && most > 0; most--) write();
    }, 20);
    server = await ServerProcess.start(folder, {
      overrides: { agents: { ...settings.agents, activeMinutes: limitMinutes } },
    });
    const active = () => server.report?.agents.active;
    await server.until('all agents active', () => active() === agents && server.report.code.state === 'complete');
    await new Promise((done) => setTimeout(done, 3000));
    const before = { at: performance.now(), ...(await server.probe()) };
    const writtenBefore = written;
    await new Promise((done) => setTimeout(done, seconds * 1000));
    const after = { at: performance.now(), ...(await server.probe()) };
    const { text } = await server.client.sendRequest('sloLens/debugInformation', {});
    const looks =
      /Looks at the agents: (\d+) ms of processor time \(95 of 100 at most (\d+) ms\), of the last (\d+)/.exec(text);
    const elapsed = after.at - before.at;
    return {
      agents,
      active: active(),
      writesPerSecond: Math.round(((written - writtenBefore) / elapsed) * 1000),
      tickMs: { p50: Number(looks?.[1]), p95: Number(looks?.[2]), n: Number(looks?.[3] ?? 0) },
      share: (after.cpuMs - before.cpuMs) / elapsed,
      peakMb: after.peakMb,
    };
  } finally {
    clearInterval(writing);
    await server?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
