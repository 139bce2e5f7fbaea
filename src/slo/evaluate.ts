/** The verdict on one objective from its input, with every figure behind it. Pure; instants in ms since the epoch. */
import { type BudgetFigures, countBudget, coverage, eventBudget, ratioSliceBudget, sliceBudget } from './budget';
import { windowAt } from './calendar';
import { compare } from './comparison';
import type { ObjectiveDefinition } from './definition/model';
import { durationText, HOUR_MS } from './duration';
import { nearestRank } from './eventStatistics';
import type { EventSample, IndicatorInput, ProxyInput, RatioSample, ValueSample } from './indicatorInput';
import { countSlices, ratioSlices, type SliceRange, thresholdSlices } from './slices';
import { currentVerdict, MIN_COVERAGE, type ObjectiveState, unknownState, windowVerdict } from './status';
import { numberText, objectiveValueText } from './text';

export interface Budget {
  readonly kind: 'time' | 'events' | 'count' | 'zero' | 'ratio';
  /** Events, slices or items; null where not defined. */
  readonly allowed: number | null;
  readonly used: number | null;
  /** Share; may be far below 0. */
  readonly remaining: number | null;
  readonly exhausted: boolean;
}

export interface ObjectiveEvaluation {
  readonly objective: ObjectiveDefinition;
  readonly state: ObjectiveState;
  /** Why this state, one sentence without a full stop. */
  readonly reason: string;
  /** The indicator's newest value: a number, or for ratios a share. Of events, the share of the last hour. Kept when stale. */
  readonly value: number | null;
  readonly valueText: string;
  /** Instant of the newest sample or eligible event. */
  readonly observedAt: number | null;
  /** Samples, events or slices behind the verdict. */
  readonly sampleCount: number;
  readonly budget: Budget | null;
  readonly figures:
    | (BudgetFigures & {
        readonly coverage: number | null;
        readonly good: number | null;
        readonly bad: number | null;
        readonly nodata: number | null;
      })
    | null;
  /** 95th percentile of the last hour, of events with a numeric field. */
  readonly p95: number | null;
  /** The stand-in figure; `used` when it decides the state. */
  readonly proxy: (ProxyInput & { readonly used: boolean }) | null;
  /** The input behind it, for the conditions of alerts. */
  readonly input: IndicatorInput;
}

export interface EvaluationOptions {
  readonly now: number;
  /** Since when slices are watched without a break; earlier ones are gaps, never good or bad. Default: now. */
  readonly watchedFrom?: number;
  readonly proxy?: ProxyInput | null;
}

type Verdict = Omit<ObjectiveEvaluation, 'objective' | 'input' | 'proxy' | 'valueText'>;
type Known = Extract<IndicatorInput, { kind: 'samples' | 'ratios' | 'events' }>;

const NOTHING = { value: null, observedAt: null, sampleCount: 0, budget: null, figures: null, p95: null } as const;

function ageText(now: number, observedAt: number): string {
  return durationText(Math.max(0, now - observedAt));
}

function staleReason(objective: ObjectiveDefinition, now: number, observedAt: number): string {
  return `the newest sample is ${ageText(now, observedAt)} old; older than ${durationText(objective.staleAfterMs)} does not count`;
}

function isFresh(objective: ObjectiveDefinition, now: number, observedAt: number): boolean {
  return now - observedAt <= objective.staleAfterMs;
}

function holdsTarget(objective: ObjectiveDefinition, value: number): boolean {
  const { threshold } = objective;
  return threshold ? compare(value, threshold.operator, threshold.limit) : compare(value, 'gte', objective.target);
}

/** Budgets that need no history: items against a count, and zero tolerance. */
function currentBudget(objective: ObjectiveDefinition, value: number): Budget | null {
  if (objective.zeroTolerance) {
    const exhausted = !holdsTarget(objective, value);
    // Only where less is better does the value say how much was used.
    const counts = objective.threshold?.operator === 'lte' || objective.threshold?.operator === 'lt';
    return {
      kind: 'zero',
      allowed: counts ? 0 : null,
      used: counts ? value : null,
      remaining: exhausted ? null : 1,
      exhausted,
    };
  }
  if (objective.countBudget === null) return null;
  const budget = countBudget(value, objective.countBudget);
  return { kind: 'count', ...budget, exhausted: budget.remaining === null || compare(budget.remaining, 'lt', 0) };
}

/** Mode current: the newest value alone. */
function evaluateCurrent(
  objective: ObjectiveDefinition,
  value: number,
  observedAt: number,
  sampleCount: number,
  now: number,
): Verdict {
  const fresh = isFresh(objective, now, observedAt);
  const unknown = unknownState({ sourceFailed: false, enoughData: Number.isFinite(value), fresh });
  const base = { value: Number.isFinite(value) ? value : null, observedAt, sampleCount, figures: null, p95: null };
  if (unknown)
    return {
      ...base,
      state: unknown,
      reason: unknown === 'stale' ? staleReason(objective, now, observedAt) : 'the value is not a number',
      budget: null,
    };
  const holds = holdsTarget(objective, value);
  const shown = objectiveValueText(objective, value);
  const reason = `${shown}; target: ${objective.targetText}`;
  return { ...base, state: currentVerdict(holds), reason, budget: currentBudget(objective, value) };
}

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
  const left =
    budget.remaining === null ? 'an undefined share' : `${numberText(Math.round(budget.remaining * 1000) / 10)}%`;
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
  const share = recent.length === 0 ? null : recent.filter((event) => event.good).length / recent.length;
  return {
    share,
    p95: nearestRank(
      recent.flatMap((event) => event.value ?? []),
      0.95,
    ),
  };
}

function evaluateEvents(
  objective: ObjectiveDefinition,
  events: readonly EventSample[],
  options: EvaluationOptions,
): Verdict {
  const { now } = options;
  const window = windowAt(objective.window, now);
  if (!window) return { ...NOTHING, state: 'no_data', reason: 'the time window has not begun' };
  const eligible = events.filter((event) => event.time > window.start);
  const newest = events.at(-1);
  const observedAt = newest?.time ?? null;
  const good = eligible.filter((event) => event.good).length;
  const bad = eligible.length - good;
  const hour = lastHour(eligible, now);
  const base = { observedAt, sampleCount: eligible.length, p95: hour.p95 };
  const last = eligible.at(-1);
  const noData = (reason: string): Verdict => ({
    ...base,
    state: 'no_data',
    reason,
    value: null,
    budget: null,
    figures: null,
  });
  if (!last) {
    if (!newest) return noData('no eligible event');
    return noData(`no eligible event within the window; the newest is ${ageText(now, newest.time)} old`);
  }
  if (eligible.length < objective.minEvents)
    return noData(`${eligible.length} eligible events; at least ${objective.minEvents} are needed`);
  const budgetFigures = eventBudget(objective.target, good, bad);
  const figures = { ...budgetFigures, coverage: null, good, bad, nodata: null };
  const budget = windowBudget('events', objective, budgetFigures, bad > 0);
  if (!isFresh(objective, now, last.time)) {
    return {
      ...base,
      state: 'stale',
      reason: staleReason(objective, now, last.time),
      value: budgetFigures.sli,
      budget: null,
      figures,
    };
  }
  // A fresh newest event may still lie more than an hour back; then the window's share is shown.
  const value = hour.share ?? budgetFigures.sli;
  if (objective.mode === 'current') {
    return {
      ...evaluateCurrent(objective, value ?? Number.NaN, last.time, eligible.length, now),
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
function evaluateSlices(
  objective: ObjectiveDefinition,
  input: Extract<Known, { kind: 'samples' | 'ratios' }>,
  options: EvaluationOptions,
): Verdict {
  const { now } = options;
  const window = windowAt(objective.window, now);
  if (!window) return { ...NOTHING, state: 'no_data', reason: 'the time window has not begun' };
  const newest = input.samples.at(-1);
  if (!newest) return { ...NOTHING, state: 'no_data', reason: 'no sample' };
  const range: SliceRange = {
    from: Math.max(window.start, Math.min(options.watchedFrom ?? now, now)),
    to: now,
    sliceMs: objective.sliceMs,
    staleAfterMs: objective.staleAfterMs,
  };
  const windowSlices = (window.end - window.start) / objective.sliceMs;
  const judged =
    input.kind === 'samples'
      ? judgeSlices(objective, input.samples, windowSlices, range)
      : judgeRatios(objective, input.samples, windowSlices, range);
  const value = 'value' in newest ? newest.value : newest.total > 0 ? newest.good / newest.total : null;
  const base = { value, observedAt: newest.time, sampleCount: input.samples.length, p95: null };
  const known = coverage(judged.good, judged.bad, judged.nodata);
  const figures = { ...judged.figures, coverage: known, good: judged.good, bad: judged.bad, nodata: judged.nodata };
  const covered = known !== null && compare(known, 'gte', MIN_COVERAGE);
  // Too little coverage comes from a silent source; where its newest sample is old as well, `stale` says more only when covered.
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
  const state = windowVerdict({
    remaining: judged.figures.remaining ?? Number.NaN,
    zeroTolerance: objective.zeroTolerance,
    anyBad: judged.anyBad,
    latestBad: judged.latestBad,
  });
  return { ...base, state, reason: budgetReason(objective, state, budget, judged.latestBad), budget, figures };
}

interface Judged {
  readonly good: number;
  readonly bad: number;
  readonly nodata: number;
  readonly anyBad: boolean;
  readonly latestBad: boolean;
  readonly figures: BudgetFigures;
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
    latestBad: states.at(-1) === 'bad',
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
  const latest = slices.at(-1) ?? null;
  return {
    good: ratios.length - bad,
    bad,
    nodata: slices.length - ratios.length,
    anyBad: ratios.some((ratio) => compare(ratio, 'lt', 1)),
    latestBad: latest !== null && isBad(latest),
    figures: ratioSliceBudget(objective.target, windowSlices, ratios),
  };
}

function evaluateKnown(objective: ObjectiveDefinition, input: Known, options: EvaluationOptions): Verdict {
  if (input.kind === 'events') return evaluateEvents(objective, input.events, options);
  if (objective.mode === 'window') return evaluateSlices(objective, input, options);
  const newest = input.samples.at(-1);
  if (!newest) return { ...NOTHING, state: 'no_data', reason: 'no sample' };
  if ('value' in newest)
    return evaluateCurrent(objective, newest.value, newest.time, input.samples.length, options.now);
  if (newest.total <= 0) return { ...NOTHING, state: 'no_data', reason: 'nothing to count: the total is 0' };
  return evaluateCurrent(objective, newest.good / newest.total, newest.time, newest.total, options.now);
}

function evaluateInput(objective: ObjectiveDefinition, input: IndicatorInput, options: EvaluationOptions): Verdict {
  switch (input.kind) {
    case 'none':
      return { ...NOTHING, state: 'no_data', reason: input.reason };
    case 'error': {
      const { lastGood, since } = input;
      // A read that fails for a moment keeps the previous one, for as long as an old sample would count.
      if (lastGood && options.now - since <= objective.staleAfterMs) {
        const verdict = evaluateInput(objective, lastGood, options);
        return { ...verdict, reason: `${verdict.reason} (last good reading; the source fails: ${input.reason})` };
      }
      return { ...NOTHING, state: 'error', reason: input.reason };
    }
    default:
      return evaluateKnown(objective, input, options);
  }
}

/**
 * Evaluates one objective. A proxy counts only while the real source has no data, is judged like a current value,
 * and can only violate: one that would meet leaves the state at no data with its figure shown.
 */
export function evaluateObjective(
  objective: ObjectiveDefinition,
  input: IndicatorInput,
  options: EvaluationOptions,
): ObjectiveEvaluation {
  const verdict = evaluateInput(objective, input, options);
  const proxy = options.proxy ?? null;
  const valueText = objectiveValueText(objective, verdict.value, verdict.p95);
  const plain = { ...verdict, objective, input, valueText, proxy: proxy && { ...proxy, used: false } };
  if (!proxy || verdict.state !== 'no_data') return plain;
  if (!Number.isFinite(proxy.value) || options.now - proxy.observedAt > proxy.staleAfterMs) return plain;
  const shown = `proxy: ${proxy.label} ${proxy.valueText}`;
  if (holdsTarget(objective, proxy.value))
    return { ...plain, reason: `${verdict.reason}; ${shown}, and a proxy never meets` };
  return {
    ...plain,
    state: 'violating',
    reason: `${shown}; target: ${objective.targetText}; ${verdict.reason}`,
    valueText: proxy.valueText,
    proxy: { ...proxy, used: true },
  };
}
