/**
 * The short form, for every run of the tests: our own source, no network, and bounds so wide that only a real regression
 * crosses them. Medians of three rounds count: a shared machine stumbles now and then.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureEdits } from './editing.mjs';
import { measureRounds } from './rounds.mjs';
import { spreadText, tableText } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Largest ratios that pass. On so small a corpus starting up and warming up weigh most: these are not the goals. */
export const bounds = { coldOverT: 6, warmOverT: 1, coldPeakMb: 350, editOverU: 10 };

/** The bounds that were crossed, in words. */
export function regressions({ scan, edits }) {
  const failures = [];
  const check = (what, value, bound) => {
    if (value > bound) failures.push(`${what} is ${value.toFixed(2)}, more than ${bound}`);
  };
  check('cold scan ÷ T', scan.coldOverT.median, bounds.coldOverT);
  check('warm rescan ÷ T', scan.warmOverT.median, bounds.warmOverT);
  check('peak memory of the cold scan, MB,', scan.coldPeakMb.median, bounds.coldPeakMb);
  for (const { lines, cpuMs, uMs } of edits)
    check(`CPU of an edit in ${lines} lines ÷ U`, cpuMs / uMs, bounds.editOverU);
  if (scan.hashes.length > 1) failures.push(`the runs found different things: ${scan.hashes.join(', ')}`);
  if (scan.analysed === 0) failures.push('no file was analysed');
  return failures;
}

/** Measures and judges; needs the built bundles. */
export async function shortForm(log, cli) {
  const source = resolve(root, 'src');
  const scan = await measureRounds(source, { rounds: 3, log, ...(cli ? { cli } : {}) });
  const edits = await measureEdits(source, [1000]);
  const rows = [
    ['cold scan ÷ T', spreadText(scan.coldOverT), bounds.coldOverT],
    ['warm rescan ÷ T', spreadText(scan.warmOverT), bounds.warmOverT],
    ['peak memory, MB', spreadText(scan.coldPeakMb), bounds.coldPeakMb],
    ...edits.map(({ lines, cpuMs, uMs }) => [
      `CPU of an edit in ${lines} lines ÷ U`,
      (cpuMs / uMs).toFixed(2),
      bounds.editOverU,
    ]),
  ];
  const failures = regressions({ scan, edits });
  return { scan, edits, failures, text: tableText(['measure', 'median (min–max, rounds)', 'fails above'], rows) };
}
