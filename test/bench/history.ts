/**
 * `npm run bench:history`: a year of history for 50 objectives, sampled each minute. How long it takes to load in a fresh
 * process, how much room it takes on disk and in memory. Fails above a second of CPU (a busy machine stretches the other
 * time) or 50 MB.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { HistoryStore, MAX_HISTORY_BYTES } from '../../src/monitor/historyStore';
import { nodeFileSystem } from '../../src/monitor/node/nodePorts';
import { HOUR_DAYS, MINUTE_DAYS, OBJECTIVES, writeYear } from './historyYear';

const MB = 1_048_576;
const ROUNDS = 5;

interface Load {
  readonly ms: number;
  readonly cpuMs: number;
  readonly heldMb: number;
  readonly grewMb: number;
  readonly slices: number;
}

async function load(folder: string, now: number): Promise<Load> {
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { history, problems } = await new HistoryStore(nodeFileSystem, folder, 'bench').load(now);
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  if (problems.length > 0) throw new Error(problems.join('; '));
  let slices = 0;
  for (let objective = 0; objective < OBJECTIVES; objective++) {
    const year = history.past(`objective-${objective}`, 60_000).sums(0, now / 60_000);
    slices += year.good + year.bad + year.nodata;
  }
  return {
    ms,
    cpuMs: (user + system) / 1000,
    heldMb: history.bytes / MB,
    grewMb: (process.memoryUsage().rss - before) / MB,
    slices,
  };
}

async function main(): Promise<void> {
  const [, , what, folder, now] = process.argv;
  if (what === '--load' && folder !== undefined) {
    console.log(JSON.stringify(await load(folder, Number(now))));
    return;
  }
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-history-'));
  try {
    const end = writeYear(work);
    const bytes = readdirSync(work).reduce((sum, name) => sum + statSync(join(work, name)).size, 0);
    const loads = Array.from({ length: ROUNDS }, () => {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--require', 'tsx/cjs', resolve(__filename), '--load', work, String(end)],
        { encoding: 'utf8', cwd: resolve(__dirname, '../..') },
      );
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as Load;
    }).sort((a, b) => a.cpuMs - b.cpuMs);
    const [first] = loads;
    const median = loads[Math.floor(ROUNDS / 2)];
    const last = loads.at(-1);
    if (!first || !median || !last) throw new Error('nothing was measured');
    console.log(
      [
        `${OBJECTIVES} objectives, ${MINUTE_DAYS} days of minutes and ${HOUR_DAYS} days of hours, ${median.slices.toLocaleString('en')} slices counted`,
        `  load, ms      ${median.cpuMs.toFixed(0)} of CPU (${first.cpuMs.toFixed(0)}–${last.cpuMs.toFixed(0)}), ${median.ms.toFixed(0)} on the clock`,
        `  on disk, MB   ${(bytes / MB).toFixed(1)} of ${MAX_HISTORY_BYTES / MB}`,
        `  in memory, MB ${median.heldMb.toFixed(1)} of numbers, the process grew by ${median.grewMb.toFixed(0)}`,
      ].join('\n'),
    );
    if (median.cpuMs >= 1000 || bytes >= MAX_HISTORY_BYTES || median.heldMb >= 50) process.exitCode = 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void main();
