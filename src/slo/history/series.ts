/**
 * What is remembered of an objective as a few steps in time, for charts: how it was measured, what was left of its error
 * budget, and where nothing is known. Pure; instants in ms since the epoch.
 */
import { countBudget, eventBudget, ratioLossBudget, sliceBudget } from '../budget';
import { windowAt } from '../calendar';
import { compare } from '../comparison';
import type { ObjectiveDefinition } from '../definition/model';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration';
import type { PastSlices } from './past';
import { addSums, NO_SUMS, type SliceSums } from './timeline';

/** A window that charts can show; `window` is the objective's own. */
export type SeriesKey = '1h' | '1d' | '7d' | '30d' | 'window';

/** Of one step: g good, b bad, m both, n no data, `.` nobody watched. */
export type StepLetter = 'g' | 'b' | 'm' | 'n' | '.';

export interface Series {
  readonly key: SeriesKey;
  /** Begin of the first step. */
  readonly from: number;
  readonly stepMs: number;
  /** One letter per step, the oldest first. */
  readonly states: string;
  /** Per step: the worst value of it, or the share that was good; null where nothing is known. */
  readonly measured: readonly (number | null)[];
  /** Share of the error budget that is left at the end of each step; null before anything is known. */
  readonly remaining: readonly (number | null)[];
  /** Over all steps. */
  readonly sums: SliceSums;
}

export interface ObjectiveSeries {
  /** What `measured` is: a value in the objective's unit, or a share from 0 to 1. */
  readonly measure: 'value' | 'share';
  /** Limit of the value, or target of the share. */
  readonly limit: number;
  readonly better: 'higher' | 'lower';
  /** `judged`: the budget decides the state. `recorded`: the current value does, and the time is kept beside it. */
  readonly budget: 'judged' | 'recorded' | null;
  /** By length; the objective's own is among them under its own key, or is the one that `own` names. */
  readonly windows: readonly Series[];
  /** Which of the windows is as long as the objective's own. */
  readonly own: SeriesKey;
}

/** At most this many steps per window: more than a chart has pixels for is weight without sight. */
export const MAX_STEPS = 200;

const FIXED: readonly { readonly key: SeriesKey; readonly lengthMs: number; readonly stepMs: number }[] = [
  { key: '1h', lengthMs: HOUR_MS, stepMs: MINUTE_MS },
  { key: '1d', lengthMs: DAY_MS, stepMs: 10 * MINUTE_MS },
  { key: '7d', lengthMs: 7 * DAY_MS, stepMs: HOUR_MS },
  { key: '30d', lengthMs: 30 * DAY_MS, stepMs: 4 * HOUR_MS },
];
/** Steps that people can read on an axis. */
const READABLE_MS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7].map((days) => days * DAY_MS),
];

interface Steps {
  readonly key: SeriesKey;
  readonly from: number;
  readonly stepMs: number;
  readonly count: number;
}

/** The steps of a window that ends now: whole ones, aligned to the epoch, the last of them under way. */
function stepsOf(key: SeriesKey, start: number, now: number, stepMs: number): Steps {
  const last = Math.floor(now / stepMs);
  const first = Math.min(last, Math.max(Math.floor(start / stepMs), last - MAX_STEPS + 1));
  return { key, from: first * stepMs, stepMs, count: last - first + 1 };
}

/** The smallest readable step of whole slices in which a stretch has no more than the most steps. */
function stepFor(lengthMs: number, sliceMs: number): number {
  const least = Math.max(lengthMs / (MAX_STEPS - 1), sliceMs);
  const readable = READABLE_MS.find((ms) => ms >= least && ms % sliceMs === 0);
  return readable ?? Math.ceil(least / sliceMs) * sliceMs;
}

function allSteps(objective: ObjectiveDefinition, now: number): { readonly steps: readonly Steps[]; own: SeriesKey } {
  const { sliceMs, window } = objective;
  const steps = FIXED.filter(({ lengthMs }) => lengthMs >= 2 * sliceMs).map(({ key, lengthMs, stepMs }) => {
    const step = stepMs % sliceMs === 0 ? stepMs : stepFor(lengthMs, sliceMs);
    return stepsOf(key, now - lengthMs + step, now, step);
  });
  const same = FIXED.find(({ lengthMs }) => window.kind === 'rolling' && window.duration.ms === lengthMs);
  if (same && steps.some(({ key }) => key === same.key)) return { steps, own: same.key };
  const bounds = windowAt(window, now);
  if (!bounds) return { steps, own: '30d' };
  const step = stepFor(bounds.end - bounds.start, sliceMs);
  const start = window.kind === 'rolling' ? bounds.start + step : bounds.start;
  return { steps: [...steps, stepsOf('window', start, now, step)], own: 'window' };
}

/** The worst of the values of the slices `first` to `last`, and the last that is known. */
function valuesOf(
  past: PastSlices,
  first: number,
  last: number,
  better: 'higher' | 'lower',
): { readonly worst: number | null; readonly newest: number | null } {
  let worst: number | null = null;
  let newest: number | null = null;
  for (let index = Math.max(first, past.exactFrom); index <= last; index++) {
    const value = past.valueAt(index);
    if (Number.isNaN(value)) continue;
    newest = value;
    if (worst === null || (better === 'lower' ? value > worst : value < worst)) worst = value;
  }
  return { worst, newest };
}

/**
 * Sums over ranges of slices that overlap, each slice looked at once: the ranges are cut at all their ends, and what lies
 * before an end is added up.
 */
class Prefix {
  private readonly before = new Map<number, SliceSums>();

  constructor(
    private readonly past: PastSlices,
    ends: readonly number[],
  ) {
    const cuts = [...new Set(ends.map((end) => this.cut(end)))].sort((a, b) => a - b);
    let sums = NO_SUMS;
    cuts.forEach((cut, at) => {
      const previous = cuts[at - 1];
      if (previous !== undefined) sums = addSums(sums, past.sums(previous, cut - 1));
      this.before.set(cut, sums);
    });
  }

  /** Of what is older than minutes only whole hours are known. */
  private cut(index: number): number {
    const { sliceMs, exactFrom } = this.past;
    if (index >= exactFrom || sliceMs >= HOUR_MS) return index;
    return Math.ceil((Math.floor((index * sliceMs) / HOUR_MS) * HOUR_MS) / sliceMs);
  }

  /** Slices from `first` (included) to `end` (excluded); both were among the ends. */
  between(first: number, end: number): SliceSums {
    const a = this.before.get(this.cut(first)) ?? NO_SUMS;
    const b = this.before.get(this.cut(end)) ?? NO_SUMS;
    return {
      good: b.good - a.good,
      bad: b.bad - a.bad,
      nodata: b.nodata - a.nodata,
      loss: Math.max(0, b.loss - a.loss),
      goodEvents: b.goodEvents - a.goodEvents,
      events: b.events - a.events,
    };
  }
}

/** Gives the window that ends with a slice: its first slice, and N. Calendar windows are looked up once each. */
function windowsBefore(
  { window, sliceMs }: ObjectiveDefinition,
  now: number,
): (end: number) => { readonly first: number; readonly count: number } | null {
  let bounds: ReturnType<typeof windowAt> = null;
  return (end) => {
    const at = Math.min(end * sliceMs - 1, now);
    if (window.kind === 'rolling' || !bounds || at < bounds.start || at >= bounds.end) bounds = windowAt(window, at);
    if (!bounds) return null;
    const count = (bounds.end - bounds.start) / sliceMs;
    return { first: window.kind === 'rolling' ? end - Math.ceil(count) : Math.ceil(bounds.start / sliceMs), count };
  };
}

function remainingOf(objective: ObjectiveDefinition, sums: SliceSums, windowSlices: number): number | null {
  const { target, method } = objective;
  const { good, bad, loss, goodEvents, events } = sums;
  if (method === 'Occurrences') return eventBudget(target, goodEvents, events - goodEvents).remaining;
  if (good + bad === 0) return null;
  return method === 'RatioTimeslices'
    ? ratioLossBudget(target, windowSlices, { loss, known: good + bad }).remaining
    : sliceBudget(target, windowSlices, good, bad).remaining;
}

/** The share of a step that was good; null where nothing is known. */
function shareOf({ method }: ObjectiveDefinition, { good, bad, loss, goodEvents, events }: SliceSums): number | null {
  if (method === 'Occurrences') return events === 0 ? null : goodEvents / events;
  if (good + bad === 0) return null;
  return method === 'RatioTimeslices' ? 1 - loss / (good + bad) : good / (good + bad);
}

function letterOf(objective: ObjectiveDefinition, sums: SliceSums): StepLetter {
  if (objective.method === 'Occurrences') {
    if (sums.events === 0) return '.';
    return compare(sums.goodEvents / sums.events, 'gte', objective.target) ? 'g' : 'b';
  }
  if (sums.bad > 0) return sums.good > 0 ? 'm' : 'b';
  if (sums.good > 0) return 'g';
  return sums.nodata > 0 ? 'n' : '.';
}

/**
 * The series of an objective over each window; null when nothing at all is remembered of it.
 * @param past its slices up to now
 */
export function seriesOf(objective: ObjectiveDefinition, past: PastSlices, now: number): ObjectiveSeries | null {
  const { sliceMs, threshold, countBudget: allowed } = objective;
  const measure = threshold !== null && objective.mode === 'current' ? 'value' : 'share';
  const better =
    measure === 'value' && (threshold?.operator === 'lt' || threshold?.operator === 'lte') ? 'lower' : 'higher';
  const budget = objective.zeroTolerance
    ? null
    : objective.mode === 'window' || allowed !== null
      ? 'judged'
      : ('recorded' as const);
  const { steps, own } = allSteps(objective, now);
  const openEnd = Math.floor(now / sliceMs) + 1;
  const windowBefore = windowsBefore(objective, now);
  const plans = steps.map((one) => ({
    ...one,
    parts: Array.from({ length: one.count }, (_, at) => {
      const first = Math.ceil((one.from + at * one.stepMs) / sliceMs);
      const end = Math.min(openEnd, Math.ceil((one.from + (at + 1) * one.stepMs) / sliceMs));
      return { first, end, window: windowBefore(end) };
    }),
  }));
  const prefix = new Prefix(
    past,
    plans.flatMap(({ parts }) =>
      parts.flatMap(({ first, end, window }) => (window ? [first, end, window.first] : [first, end])),
    ),
  );
  let isKnown = false;
  const windows = plans.map(({ key, from, stepMs, parts }): Series => {
    let states = '';
    const measured: (number | null)[] = [];
    const remaining: (number | null)[] = [];
    let total = NO_SUMS;
    let newest: number | null = null;
    for (const { first, end, window } of parts) {
      const sums = prefix.between(first, end);
      total = addSums(total, sums);
      const letter = letterOf(objective, sums);
      isKnown ||= letter !== '.';
      states += letter;
      // A slice without a state has no value either.
      const values = measure === 'value' && letter !== '.' ? valuesOf(past, first, end - 1, better) : null;
      measured.push(measure === 'value' ? (values?.worst ?? null) : shareOf(objective, sums));
      if (budget === null) remaining.push(null);
      else if (allowed !== null && measure === 'value') {
        newest = values?.newest ?? newest;
        remaining.push(newest === null ? null : countBudget(newest, allowed).remaining);
      } else remaining.push(window && remainingOf(objective, prefix.between(window.first, end), window.count));
    }
    return { key, from, stepMs, states, measured, remaining, sums: total };
  });
  if (!isKnown) return null;
  return {
    measure,
    limit: measure === 'value' ? (threshold?.limit ?? objective.target) : objective.target,
    better,
    budget,
    windows,
    own,
  };
}
