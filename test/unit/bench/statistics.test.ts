/** The arithmetic of the benchmark: what it calls a median, a growth, noise and a regression. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly n: number;
}
interface Statistics {
  readonly percentile: (values: readonly number[], share: number) => number;
  readonly spread: (values: readonly number[]) => Spread | null;
  readonly isNoisy: (times: Spread) => boolean;
  readonly exponentOf: (points: readonly { readonly x: number; readonly y: number }[]) => {
    readonly exponent: number;
    readonly r2: number;
  };
}
interface Short {
  readonly bounds: Readonly<
    Record<'coldOverT' | 'warmOverT' | 'coldPeakMb' | 'editOverU' | 'fleetTickMs' | 'fleetShare' | 'fleetMb', number>
  >;
  readonly regressions: (measured: object) => readonly string[];
}
const load = async <T>(name: string): Promise<T> =>
  (await import(pathToFileURL(join(__dirname, '../../bench', name)).href)) as T;

describe('benchmark', () => {
  it('medians, percentiles, noise and exponents', async () => {
    const { percentile, spread, isNoisy, exponentOf } = await load<Statistics>('statistics.mjs');
    assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3, n: 3 });
    assert.equal(spread([4, 1, 2, 3])?.median, 2.5);
    assert.equal(spread([]), null);
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile(hundred, 1)], [50, 95, 100]);
    assert.equal(isNoisy({ median: 1, min: 0.95, max: 1.1, n: 3 }), false);
    assert.equal(isNoisy({ median: 1, min: 0.9, max: 1.15, n: 3 }), true);
    for (const power of [0, 1, 1.5]) {
      const { exponent, r2 } = exponentOf([1, 10, 100].map((x) => ({ x, y: 7 * x ** power })));
      assert.ok(Math.abs(exponent - power) < 1e-9 && Math.abs(r2 - 1) < 1e-9);
    }
  });

  it('a regression is named, and what is within its bounds is not', async () => {
    const { bounds, regressions } = await load<Short>('short.mjs');
    const of = (value: number): Spread => ({ median: value, min: value, max: value, n: 3 });
    const measured = (share: number, hashes = ['a'], active = 10_000): object => ({
      scan: {
        coldOverT: of(bounds.coldOverT * share),
        warmOverT: of(bounds.warmOverT * share),
        coldPeakMb: of(bounds.coldPeakMb * share),
        hashes,
        analysed: 1,
      },
      edits: [{ lines: 1000, cpuMs: bounds.editOverU * share, uMs: 1 }],
      fleet: {
        agents: 10_000,
        active,
        tickMs: { p95: bounds.fleetTickMs * share, n: 1 },
        share: bounds.fleetShare * share,
        peakMb: bounds.fleetMb * share,
      },
    });
    assert.deepEqual(regressions(measured(0.99)), []);
    assert.equal(regressions(measured(1.01)).length, 7);
    assert.deepEqual(regressions(measured(0.5, ['a', 'b'])), ['the runs found different things: a, b']);
    assert.deepEqual(regressions(measured(0.5, ['a'], 9_999)), ['only 9999 of 10000 agents were seen writing']);
  });
});
