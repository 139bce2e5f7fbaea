/** Order statistics of event values. */
import { HOUR_MS } from './duration';

/** Nearest-rank percentile, 0 < share ≤ 1: the smallest value with at least that share at or below it. Null when empty. */
export function nearestRank(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[nearestRankOf(share, sorted.length) - 1] ?? null;
}

/** Rank of a percentile among so many numbers, from 1. */
export function nearestRankOf(share: number, count: number): number {
  // 0.95 · 20 is 19.000000000000004 in some products; the rank must not jump for that.
  return Math.min(count, Math.max(1, Math.ceil(share * count - 1e-9)));
}

/** Hours with events that a median of hourly percentiles needs. */
export const MIN_MEDIAN_HOURS = 24;

/** The whole epoch hours that a median over the last `overMs` takes, first to last. */
export function medianHours(overMs: number, now: number): { readonly first: number; readonly last: number } {
  return { first: Math.ceil((now - overMs) / HOUR_MS), last: Math.floor(now / HOUR_MS) - 1 };
}

/** Median, the mean of the middle two of an even number. Null when empty. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}
