/** Growth of a series: least-squares slope since the last restart. */
import { HOUR_MS } from './duration';
import type { ValueSample } from './indicatorInput';

/** A drop of more than this share is a restart; samples before it are left out. */
export const RESTART_DROP_SHARE = 0.5;

/** The samples from the last one with vᵢ < vᵢ₋₁ · (1 − share) on; all of them when there is none. Sorted by time. */
export function sinceRestart(samples: readonly ValueSample[], dropShare = RESTART_DROP_SHARE): readonly ValueSample[] {
  let start = 0;
  for (let i = 1; i < samples.length; i++) {
    const before = samples[i - 1];
    const here = samples[i];
    if (before && here && here.value < before.value * (1 - dropShare)) start = i;
  }
  return samples.slice(start);
}

/**
 * Least-squares slope per hour, Σ(t−t̄)(v−v̄)/Σ(t−t̄)², of the samples since the last restart.
 * Null with fewer than `minSamples` samples, a shorter span than `minSpanMs`, or no spread in time.
 */
export function slopePerHour(
  sorted: readonly ValueSample[],
  options: { readonly minSamples: number; readonly minSpanMs: number; readonly dropShare?: number },
): number | null {
  const samples = sinceRestart(sorted, options.dropShare);
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || samples.length < Math.max(2, options.minSamples)) return null;
  if (last.time - first.time < options.minSpanMs) return null;
  // Times relative to the first sample: epoch milliseconds squared would lose digits.
  const meanTime = samples.reduce((sum, s) => sum + (s.time - first.time) / HOUR_MS, 0) / samples.length;
  const meanValue = samples.reduce((sum, s) => sum + s.value, 0) / samples.length;
  let covariance = 0;
  let variance = 0;
  for (const sample of samples) {
    const t = (sample.time - first.time) / HOUR_MS - meanTime;
    covariance += t * (sample.value - meanValue);
    variance += t * t;
  }
  return variance > 0 ? covariance / variance : null;
}
