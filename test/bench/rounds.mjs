/** Interleaved rounds: every case once in a fresh process, then again; ratios inside their round. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scanCost } from './scan.mjs';
import { isNoisy, spread } from './statistics.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** T of a folder: seconds, files, bytes. */
export function parseCost(folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, 'parse.mjs'), folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/**
 * @param peers cases beside ours, `{ id, name, run, isLong }`; long ones run in the first round only unless `longToo`
 * @returns ratios to T with their spread, whether the machine was too noisy to judge, and whether all runs found the same
 */
export async function measureRounds(folder, { rounds, peers = [], longToo = false, log = () => undefined, cli } = {}) {
  const work = mkdtempSync(join(tmpdir(), 'slo-lens-bench-'));
  const taken = [];
  try {
    const cache = join(work, 'cache');
    for (let round = 0; round < rounds; round++) {
      log(`round ${round + 1} of ${rounds}`);
      const t = parseCost(folder);
      const cold = await scanCost(folder, work, null, cli);
      // The first one fills the cache.
      if (round === 0) await scanCost(folder, work, cache, cli);
      const warm = await scanCost(folder, work, cache, cli);
      const others = {};
      for (const { id, run, isLong } of peers) {
        if (isLong && round > 0 && !longToo) continue;
        log(`  ${id}`);
        others[id] = await run(folder, work);
      }
      taken.push({ t, cold, warm, others });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const ratios = (of) => spread(taken.flatMap((round) => (of(round) ? [of(round).seconds / round.t.seconds] : [])));
  const [first] = taken;
  const T = spread(taken.map(({ t }) => t.seconds));
  const hashes = new Set(taken.flatMap(({ cold, warm }) => [cold.hash, warm.hash]));
  return {
    rounds,
    files: first.t.files,
    bytes: first.t.bytes,
    analysed: first.cold.files,
    findings: first.cold.findings,
    hashes: [...hashes],
    T,
    isNoisy: isNoisy(T),
    coldOverT: ratios(({ cold }) => cold),
    warmOverT: ratios(({ warm }) => warm),
    coldPeakMb: spread(taken.map(({ cold }) => cold.peakMb)),
    peers: peers.map(({ id, name }) => ({
      id,
      name,
      overT: ratios(({ others }) => others[id]),
      oursOver: spread(taken.flatMap(({ cold, others }) => (others[id] ? [cold.seconds / others[id].seconds] : []))),
      peakMb: spread(taken.flatMap(({ others }) => (others[id] ? [others[id].peakMb] : []))),
      files: first.others[id]?.files ?? null,
      rules: first.others[id]?.rules ?? null,
    })),
  };
}
