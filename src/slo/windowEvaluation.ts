/** Mode window: the error budget over events or slices decides. Pure; instants in ms since the epoch. */
import { type BudgetFigures, coverage, eventBudget, ratioLossBudget, ratioSliceBudget, sliceBudget } from './budget';
import { windowAt } from './calendar';
import { compare } from './comparison';
import type { ObjectiveDefinition } from './definition/model';
import { durationText, HOUR_MS } from './duration';
import { nearestRank } from './eventStatistics';
import type { PastSlices } from './history/past';
import { type EventSample, eventCount, type RatioSample, type ValueSample } from './indicatorInput';
import { percentText } from './rollup';
import { countSlices, ratioSlices, type SliceRange, type SliceState, thresholdSlices } from './slices';
import { MIN_COVERAGE, type ObjectiveState, unknownState, windowVerdict } from './status';
import {
  ageText,
  type Budget,
  type EvaluationOptions,
  evaluateCurrent,
  holdsTarget,
  isFresh,
  type Known,
  NOTHING,
  staleReason,
  type Verdict,
} from './verdict';

function windowBudget(
  kind: 'time' | 'events' | 'ratio',
  objective: ObjectiveDefinition,
  figures: BudgetFigures,
  anyBad: boolean,
): Budget {
  if (objective.zeroTolerance)
    return { kind: 'zero', allowed: 0, used: figures.used, remaining: anyBad ? null : 1, exhausted: anyBad };
  const exhausted = figures.remaining !== null && compare(figures.remaining, 'lt', 0);
  return { kind, allowed: figures.allowed, used: figures.used, remaining: figures.remaining, exhausted };
}

function budgetReason(
  objective: ObjectiveDefinition,
  state: ObjectiveState,
  budget: Budget,
  latestBad: boolean,
): string {
  if (budget.kind === 'zero') return budget.exhausted ? 'nothing may fail, and something did' : 'nothing failed';
  const left = budget.remaining === null ? 'an undefined share' : percentText(budget.remaining);
  if (state === 'violating') return `the error budget is overspent: ${left} left`;
  if (latestBad && state === 'at_risk')
    return `the newest ${durationText(objective.sliceMs)} failed; ${left} of the error budget left`;
  return `${left} of the error budget left`;
}

function lastHour(
  events: readonly EventSample[],
  now: number,
): { readonly share: number | null; readonly p95: number | null } {
  const recent = events.filter((event) => event.time > now - HOUR_MS);
  const total = eventCount(recent);
  const share = total === 0 ? null : eventCount(recent, ({ good }) => good) / total;
  return {
    share,
    p95: nearestRank(
      recent.flatMap((event) => event.value ?? []),
      0.95,
    ),
  };
}

function latest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/**
 * Good and bad events since an instant: those of the log, and those that it held once and holds no more (a rotated log).
 * Of each stretch the account that saw more counts, never the sum. `newestAt`: begin of the newest stretch known from the past alone.
 */
export function withPastEvents(
  events: readonly EventSample[],
  from: number,
  now: number,
  past: PastSlices | null,
): { readonly good: number; readonly bad: number; readonly newestAt: number | null } {
  let good = eventCount(events, (event) => event.good);
  let bad = eventCount(events) - good;
  let newestAt: number | null = null;
  if (!past) return { good, bad, newestAt };
  let at = 0;
  // A stretch that the window cuts through is left to the log.
  for (const stretch of past.events(Math.ceil(from / past.sliceMs), Math.floor(now / past.sliceMs))) {
    let own = 0;
    let ownGood = 0;
    while (at < events.length && (events[at]?.time ?? 0) < stretch.from) at++;
    for (; at < events.length && (events[at]?.time ?? 0) < stretch.to; at++) {
      const count = events[at]?.count ?? 1;
      own += count;
      if (events[at]?.good) ownGood += count;
    }
    if (stretch.eligible <= own) continue;
    good += stretch.good - ownGood;
    bad += stretch.eligible - stretch.good - (own - ownGood);
    newestAt = stretch.from;
  }
  return { good, bad, newestAt };
}

/** Events of the window: too few are no data, an old newest one is stale; the value is the share of the last hour. */
export function evaluateEvents(
  objective: ObjectiveDefinition,
  events: readonly EventSample[],
  options: EvaluationOptions,
): Verdict {
  const { now } = options;
  const window = windowAt(objective.window, now);
  if (!window) return { ...NOTHING, state: 'no_data', reason: 'the time window has not begun' };
  const eligible = events.filter((event) => event.time > window.start);
  const { good, bad, newestAt } = withPastEvents(eligible, window.start, now, options.past ?? null);
  const total = good + bad;
  const newest = latest(events.at(-1)?.time ?? null, newestAt);
  const hour = lastHour(eligible, now);
  const base = { observedAt: newest, sampleCount: total, p95: hour.p95 };
  const last = latest(eligible.at(-1)?.time ?? null, newestAt);
  const noData = (reason: string): Verdict => ({
    ...base,
    state: 'no_data',
    reason,
    value: null,
    budget: null,
    figures: null,
  });
  if (last === null) {
    if (newest === null) return noData('no eligible event');
    return noData(`no eligible event within the window; the newest is ${ageText(now, newest)} old`);
  }
  if (total < objective.minEvents)
    return noData(`${total} eligible events; at least ${objective.minEvents} are needed`);
  const budgetFigures = eventBudget(objective.target, good, bad);
  const figures = { ...budgetFigures, coverage: null, good, bad, nodata: null };
  const budget = windowBudget('events', objective, budgetFigures, bad > 0);
  if (!isFresh(objective, now, last)) {
    return {
      ...base,
      state: 'stale',
      reason: staleReason(objective, now, last),
      value: budgetFigures.sli,
      budget: null,
      figures,
    };
  }
  // A fresh newest event may still lie more than an hour back; then the window's share is shown.
  const value = hour.share ?? budgetFigures.sli;
  if (objective.mode === 'current') {
    return {
      ...evaluateCurrent(objective, value ?? Number.NaN, last, total, now),
      p95: hour.p95,
      figures,
    };
  }
  const state = windowVerdict({
    remaining: budgetFigures.remaining ?? Number.NaN,
    zeroTolerance: objective.zeroTolerance,
    anyBad: bad > 0,
    latestBad: false,
  });
  return { ...base, state, reason: budgetReason(objective, state, budget, false), value, budget, figures };
}

/** Window mode over slices: threshold samples or ratio samples, in the slices that were watched. */
export function evaluateSlices(
  objective: ObjectiveDefinition,
  input: Extract<Known, { kind: 'samples' | 'ratios' }>,
  options: EvaluationOptions,
): Verdict {
  const { now } = options;
  const window = windowAt(objective.window, now);
  if (!window) return { ...NOTHING, state: 'no_data', reason: 'the time window has not begun' };
  const newest = input.samples.at(-1);
  if (!newest) return { ...NOTHING, state: 'no_data', reason: 'no sample' };
  const value = 'value' in newest ? newest.value : newest.total > 0 ? newest.good / newest.total : null;
  const { first, last, count: windowSlices } = slicesOf(objective, window, now);
  const range: SliceRange = {
    from: Math.max(first * objective.sliceMs, Math.min(options.watchedFrom ?? now, now)),
    to: now,
    sliceMs: objective.sliceMs,
    staleAfterMs: objective.staleAfterMs,
  };
  const newestFails = value !== null && !holdsTarget(objective, value);
  const judged = options.past
    ? judgePast(objective, input.kind, options.past, { first, last, windowSlices })
    : input.kind === 'samples'
      ? judgeSlices(objective, input.samples, windowSlices, range)
      : judgeRatios(objective, input.samples, windowSlices, range);
  const base = { value, observedAt: newest.time, sampleCount: input.samples.length, p95: null };
  const known = coverage(judged.good, judged.bad, judged.nodata);
  const figures = { ...judged.figures, coverage: known, good: judged.good, bad: judged.bad, nodata: judged.nodata };
  const covered = known !== null && compare(known, 'gte', MIN_COVERAGE);
  const unknown = unknownState({
    sourceFailed: false,
    enoughData: covered,
    fresh: isFresh(objective, now, newest.time),
  });
  if (unknown === 'no_data') {
    const silent = isFresh(objective, now, newest.time)
      ? ''
      : `; the newest sample is ${ageText(now, newest.time)} old`;
    return {
      ...base,
      state: 'no_data',
      reason: `fewer than half of the watched slices have data${silent}`,
      budget: null,
      figures,
    };
  }
  if (unknown)
    return { ...base, state: unknown, reason: staleReason(objective, now, newest.time), budget: null, figures };
  const budget = windowBudget(input.kind === 'samples' ? 'time' : 'ratio', objective, judged.figures, judged.anyBad);
  // In a slice that has no data yet, a failure before it has not ended: silence must not turn at risk into meeting.
  const latestBad = judged.open === null ? judged.newestKnownBad || newestFails : judged.open === 'bad';
  const state = windowVerdict({
    remaining: judged.figures.remaining ?? Number.NaN,
    zeroTolerance: objective.zeroTolerance,
    anyBad: judged.anyBad,
    latestBad,
  });
  return { ...base, state, reason: budgetReason(objective, state, budget, latestBad), budget, figures };
}

/**
 * Slices of a window: of a rolling one the last N up to the open one, of a calendar window those that begin in it. `count`
 * is N, the whole window, whatever of it is over.
 */
function slicesOf(
  { sliceMs, window: { kind } }: ObjectiveDefinition,
  window: { readonly start: number; readonly end: number },
  now: number,
): { readonly first: number; readonly last: number; readonly count: number } {
  const count = (window.end - window.start) / sliceMs;
  const last = Math.floor(now / sliceMs);
  return { first: kind === 'rolling' ? last - Math.ceil(count) + 1 : Math.ceil(window.start / sliceMs), last, count };
}

interface Judged {
  readonly good: number;
  readonly bad: number;
  readonly nodata: number;
  readonly anyBad: boolean;
  /** The slice that is not over yet; null while nothing is known of it. */
  readonly open: 'good' | 'bad' | null;
  /** Was the newest slice bad of which something is known? */
  readonly newestKnownBad: boolean;
  readonly figures: BudgetFigures;
}

function knownOf(state: SliceState | null | undefined): 'good' | 'bad' | null {
  return state === 'good' || state === 'bad' ? state : null;
}

function newestKnown(past: PastSlices, first: number, last: number): 'good' | 'bad' | null {
  for (let index = last; index >= first; index--) {
    const state = knownOf(past.stateAt(index));
    if (state) return state;
  }
  return null;
}

/** From the slices that are remembered, the open one included. */
function judgePast(
  objective: ObjectiveDefinition,
  kind: 'samples' | 'ratios',
  past: PastSlices,
  range: { readonly first: number; readonly last: number; readonly windowSlices: number },
): Judged {
  const { first, last, windowSlices } = range;
  const { good, bad, nodata, loss } = past.sums(first, last);
  const latest = { open: knownOf(past.stateAt(last)), newestKnownBad: newestKnown(past, first, last) === 'bad' };
  if (kind === 'samples')
    return {
      good,
      bad,
      nodata,
      anyBad: bad > 0,
      ...latest,
      figures: sliceBudget(objective.target, windowSlices, good, bad),
    };
  const figures = ratioLossBudget(objective.target, windowSlices, { loss, known: good + bad });
  return { good, bad, nodata, anyBad: compare(loss, 'gt', 0), ...latest, figures };
}

function judgeSlices(
  objective: ObjectiveDefinition,
  samples: readonly ValueSample[],
  windowSlices: number,
  range: SliceRange,
): Judged {
  const threshold = objective.threshold ?? { operator: 'gte', limit: objective.target };
  const states = thresholdSlices(samples, threshold, objective.timeSliceTarget, range);
  const counts = countSlices(states);
  return {
    ...counts,
    anyBad: counts.bad > 0,
    open: knownOf(states.at(-1)),
    newestKnownBad: states.findLast((state) => state !== 'nodata') === 'bad',
    figures: sliceBudget(objective.target, windowSlices, counts.good, counts.bad),
  };
}

function judgeRatios(
  objective: ObjectiveDefinition,
  samples: readonly RatioSample[],
  windowSlices: number,
  range: SliceRange,
): Judged {
  const slices = ratioSlices(samples, range);
  const ratios = slices.filter((ratio) => ratio !== null);
  const isBad = (ratio: number) => !compare(ratio, 'gte', objective.target);
  const bad = ratios.filter(isBad).length;
  const open = slices.at(-1) ?? null;
  const latest = ratios.at(-1) ?? null;
  return {
    good: ratios.length - bad,
    bad,
    nodata: slices.length - ratios.length,
    anyBad: ratios.some((ratio) => compare(ratio, 'lt', 1)),
    open: open === null ? null : isBad(open) ? 'bad' : 'good',
    newestKnownBad: latest !== null && isBad(latest),
    figures: ratioSliceBudget(objective.target, windowSlices, ratios),
  };
}
