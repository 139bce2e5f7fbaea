/**
 * The short form, for every run of the tests: our own source, no network, and bounds so wide that only a real regression
 * crosses them. Medians of three rounds count: a shared machine stumbles now and then.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureEdits } from './editing.mjs';
import { measureFleet } from './fleet.mjs';
import { measureRounds } from './rounds.mjs';
import { spreadText, tableText } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Largest ratios that pass. On so small a corpus starting up and warming up weigh most: these are not the goals. */
export const bounds = {
  coldOverT: 6,
  warmOverT: 1,
  coldPeakMb: 350,
  editOverU: 10,
  /** Of 10,000 agents. The goals: 250 ms for 95 of 100 ticks, a quarter of a core, 150 MB; tests share their machine. */
  fleetTickMs: 300,
  fleetShare: 0.35,
  fleetMb: 150,
};

/** The bounds that were crossed, in words. */
export function regressions({ scan, edits, fleet }) {
  const failures = [];
  const check = (what, value, bound) => {
    if (value > bound) failures.push(`${what} is ${value.toFixed(2)}, more than ${bound}`);
  };
  check('cold scan ÷ T', scan.coldOverT.median, bounds.coldOverT);
  check('warm rescan ÷ T', scan.warmOverT.median, bounds.warmOverT);
  check('peak memory of the cold scan, MB,', scan.coldPeakMb.median, bounds.coldPeakMb);
  for (const { lines, cpuMs, uMs } of edits)
    check(`CPU of an edit in ${lines} lines ÷ U`, cpuMs / uMs, bounds.editOverU);
  check('processor time of a tick over 10,000 agents, 95 of 100, ms,', fleet.tickMs.p95, bounds.fleetTickMs);
  check('share of a core that 10,000 agents take', fleet.share, bounds.fleetShare);
  check('memory with 10,000 agents, MB,', fleet.peakMb, bounds.fleetMb);
  if (!(fleet.tickMs.n > 0)) failures.push('no tick was counted');
  if (fleet.active !== fleet.agents) failures.push(`only ${fleet.active} of ${fleet.agents} agents were seen writing`);
  if (scan.hashes.length > 1) failures.push(`the runs found different things: ${scan.hashes.join(', ')}`);
  if (scan.analysed === 0) failures.push('no file was analysed');
  return failures;
}

/** Measures and judges; needs the built bundles. */
export async function shortForm(log, cli) {
  const source = resolve(root, 'src');
  const scan = await measureRounds(source, { rounds: 3, log, ...(cli ? { cli } : {}) });
  const edits = await measureEdits(source, [1000]);
  const fleet = await measureFleet();
  const rows = [
    ['cold scan ÷ T', spreadText(scan.coldOverT), bounds.coldOverT],
    ['warm rescan ÷ T', spreadText(scan.warmOverT), bounds.warmOverT],
    ['peak memory, MB', spreadText(scan.coldPeakMb), bounds.coldPeakMb],
    ...edits.map(({ lines, cpuMs, uMs }) => [
      `CPU of an edit in ${lines} lines ÷ U`,
      (cpuMs / uMs).toFixed(2),
      bounds.editOverU,
    ]),
    ['tick over 10,000 agents, 95 of 100, CPU ms', fleet.tickMs.p95, bounds.fleetTickMs],
    ['share of a core for 10,000 agents', fleet.share.toFixed(2), bounds.fleetShare],
    ['memory with 10,000 agents, MB', Math.round(fleet.peakMb), bounds.fleetMb],
  ];
  const failures = regressions({ scan, edits, fleet });
  return {
    scan,
    edits,
    fleet,
    failures,
    text: tableText(['measure', 'median (min–max, rounds)', 'fails above'], rows),
  };
}
