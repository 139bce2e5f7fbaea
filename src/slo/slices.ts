/** Time slices: aligned to the epoch, judged from samples, carried while fresh, and never invented. */
import { type ComparisonOperator, compare } from './comparison';
import type { RatioSample, ValueSample } from './indicatorInput';

export type SliceState = 'good' | 'bad' | 'nodata';

export interface SliceRange {
  /** Slices that we watched: `floor(from/slice)` up to and including the slice of `to`. Instants in ms. */
  readonly from: number;
  readonly to: number;
  readonly sliceMs: number;
  readonly staleAfterMs: number;
}

/** Share of values that pass; null without values. */
export function passingShare(values: readonly number[], operator: ComparisonOperator, limit: number): number | null {
  if (values.length === 0) return null;
  return values.filter((value) => compare(value, operator, limit)).length / values.length;
}

/**
 * The slices of the range in order, each with its own samples; one without takes the newest earlier sample
 * while slice end − sample time ≤ staleAfterMs, else an empty list. Samples are sorted by time.
 */
export function* samplesPerSlice<S extends { readonly time: number }>(
  samples: readonly S[],
  range: SliceRange,
): Generator<readonly S[]> {
  const first = Math.floor(range.from / range.sliceMs);
  const last = Math.floor(range.to / range.sliceMs);
  let next = 0;
  let newest: S | undefined;
  for (let index = first; index <= last; index++) {
    const start = index * range.sliceMs;
    const end = start + range.sliceMs;
    const own: S[] = [];
    for (let sample = samples[next]; sample && sample.time < end; sample = samples[++next]) {
      if (sample.time >= start) own.push(sample);
      newest = sample;
    }
    if (own.length > 0) yield own;
    else yield newest && end - newest.time <= range.staleAfterMs ? [newest] : [];
  }
}

/** State of every watched slice: good iff passing samples / samples ≥ timeSliceTarget. */
export function thresholdSlices(
  samples: readonly ValueSample[],
  threshold: { readonly operator: ComparisonOperator; readonly limit: number },
  timeSliceTarget: number,
  range: SliceRange,
): readonly SliceState[] {
  const states: SliceState[] = [];
  for (const own of samplesPerSlice(samples, range)) states.push(sliceState(own, threshold, timeSliceTarget));
  return states;
}

/** State of one slice from the samples that count for it. */
export function sliceState(
  own: readonly ValueSample[],
  threshold: { readonly operator: ComparisonOperator; readonly limit: number },
  timeSliceTarget: number,
): SliceState {
  const share = passingShare(
    own.map((sample) => sample.value),
    threshold.operator,
    threshold.limit,
  );
  return share === null ? 'nodata' : compare(share, 'gte', timeSliceTarget) ? 'good' : 'bad';
}

/** Ratio of one slice from the samples that count for it: Σ good / Σ total; null when nothing is known. */
export function sliceRatio(own: readonly RatioSample[]): number | null {
  const good = own.reduce((sum, sample) => sum + sample.good, 0);
  const total = own.reduce((sum, sample) => sum + sample.total, 0);
  return total > 0 ? good / total : null;
}

/** Ratio of every watched slice: Σ good / Σ total of its samples; null when nothing is known. */
export function ratioSlices(samples: readonly RatioSample[], range: SliceRange): readonly (number | null)[] {
  const ratios: (number | null)[] = [];
  for (const own of samplesPerSlice(samples, range)) ratios.push(sliceRatio(own));
  return ratios;
}

/** How many slices are in each state. */
export function countSlices(states: readonly SliceState[]): {
  readonly good: number;
  readonly bad: number;
  readonly nodata: number;
} {
  let good = 0;
  let bad = 0;
  for (const state of states) {
    if (state === 'good') good++;
    else if (state === 'bad') bad++;
  }
  return { good, bad, nodata: states.length - good - bad };
}
