/** Values of the terms in alert conditions, from an objective's evaluation. Unknown is null, never zero. */
import { burnRate, multiWindowFires } from '../budget';
import { compare, operatorSymbol } from '../comparison';
import type { AlertPolicyDefinition } from '../definition/model';
import { durationText, HOUR_MS, MINUTE_MS } from '../duration';
import { MIN_MEDIAN_HOURS, median, medianHours, nearestRank } from '../eventStatistics';
import { type EventSample, eventCount, type IndicatorInput, type ValueSample } from '../indicatorInput';
import { countSlices, ratioSlices, type SliceRange, thresholdSlices } from '../slices';
import type { ObjectiveEvaluation } from '../verdict';
import { withPastEvents } from '../windowEvaluation';
import type { ConditionOutcome } from './stateMachine';
import { evaluateWhen, parseWhen, type TermReader, type WhenTerm } from './whenExpression';

export interface TermOptions {
  readonly now: number;
  /** Since when slices are watched; default now. */
  readonly watchedFrom?: number;
  /** Earlier values of the objective, sorted by time: what `delta` looks back on. */
  readonly history: readonly ValueSample[];
  /** Fewer events in the window make it unknown. */
  readonly minEvents: number;
}

interface Share {
  readonly good: number;
  readonly bad: number;
}

function usable(input: IndicatorInput): Exclude<IndicatorInput, { kind: 'error' | 'none' }> | null {
  if (input.kind === 'none') return null;
  if (input.kind === 'error') return input.lastGood === null || input.lastGood.kind === 'none' ? null : input.lastGood;
  return input;
}

function recentEvents(
  events: readonly EventSample[],
  overMs: number,
  options: TermOptions,
): readonly EventSample[] | null {
  const recent = events.filter((event) => event.time > options.now - overMs);
  return recent.length === 0 || eventCount(recent) < options.minEvents ? null : recent;
}

/** Good and bad over the last `overMs`; null when too little is known: no event, too few, or under half of the slices. */
function shareOver(evaluation: ObjectiveEvaluation, overMs: number, options: TermOptions): Share | null {
  const input = usable(evaluation.input);
  const { objective } = evaluation;
  if (!input || evaluation.state === 'error') return null;
  const { now } = options;
  const { past } = evaluation;
  if (input.kind === 'events') {
    const recent = input.events.filter((event) => event.time > now - overMs);
    const { good, bad } = withPastEvents(recent, now - overMs, now, past);
    return good + bad === 0 || good + bad < options.minEvents ? null : { good, bad };
  }
  const slices = overMs / objective.sliceMs;
  if (past) {
    const last = Math.floor(now / objective.sliceMs);
    const sums = past.sums(last - Math.ceil(slices) + 1, last);
    const known = sums.good + sums.bad;
    const bad = input.kind === 'samples' ? sums.bad : sums.loss;
    return compare(known / slices, 'gte', 0.5) ? { good: known - bad, bad } : null;
  }
  const range: SliceRange = {
    from: Math.max(now - overMs + objective.sliceMs, Math.min(options.watchedFrom ?? now, now)),
    to: now,
    sliceMs: objective.sliceMs,
    staleAfterMs: objective.staleAfterMs,
  };
  let share: Share;
  if (input.kind === 'samples') {
    const threshold = objective.threshold ?? { operator: 'gte', limit: objective.target };
    share = countSlices(thresholdSlices(input.samples, threshold, objective.timeSliceTarget, range));
  } else {
    const known = ratioSlices(input.samples, range).filter((ratio) => ratio !== null);
    const good = known.reduce((sum, ratio) => sum + ratio, 0);
    share = { good, bad: known.length - good };
  }
  return compare((share.good + share.bad) / slices, 'gte', 0.5) ? share : null;
}

/** The newest value, while it is fresh and the source answers; a proxy is no value. */
function freshValue(evaluation: ObjectiveEvaluation, now: number): number | null {
  const { observedAt, value, objective, state } = evaluation;
  if (value === null || observedAt === null || state === 'error') return null;
  return now - observedAt <= objective.staleAfterMs ? value : null;
}

function delta(evaluation: ObjectiveEvaluation, overMs: number, options: TermOptions): number | null {
  const value = freshValue(evaluation, options.now);
  const then = options.now - overMs;
  const before = options.history.findLast((sample) => sample.time <= then);
  if (value === null || !before || then - before.time > evaluation.objective.staleAfterMs) return null;
  return value - before.value;
}

function hourlyMedian(events: readonly EventSample[], overMs: number, now: number): number | null {
  const { first, last } = medianHours(overMs, now);
  const hours = new Map<number, number[]>();
  for (const event of events) {
    const hour = Math.floor(event.time / HOUR_MS);
    if (event.value === null || hour < first || hour > last) continue;
    const values = hours.get(hour);
    if (values) values.push(event.value);
    else hours.set(hour, [event.value]);
  }
  if (hours.size < MIN_MEDIAN_HOURS) return null;
  return median([...hours.values()].map((values) => nearestRank(values, 0.95) ?? 0));
}

function eventTerm(
  evaluation: ObjectiveEvaluation,
  term: { readonly kind: 'p95' | 'medianP95'; readonly overMs: number },
  options: TermOptions,
): number | null {
  const input = usable(evaluation.input);
  if (input?.kind !== 'events') return null;
  if (term.kind === 'medianP95') return hourlyMedian(input.events, term.overMs, options.now);
  const recent = recentEvents(input.events, term.overMs, options);
  return recent
    ? nearestRank(
        recent.flatMap((event) => event.value ?? []),
        0.95,
      )
    : null;
}

/** Σ wᵢ·xᵢ over the parts of a composite; unknown if one is. */
function weighted(
  parts: NonNullable<ObjectiveEvaluation['parts']>,
  of: (part: ObjectiveEvaluation) => number | null,
): number | null {
  let sum = 0;
  for (const { evaluation, weight } of parts) {
    const value = of(evaluation);
    if (value === null) return null;
    sum += weight * value;
  }
  return sum;
}

function sliOver(evaluation: ObjectiveEvaluation, overMs: number, options: TermOptions): number | null {
  if (evaluation.parts && evaluation.objective.method === 'Occurrences') {
    const lost = weighted(evaluation.parts, (part) => {
      const sli = sliOver(part, overMs, options);
      return sli === null ? null : 1 - sli;
    });
    return lost === null ? null : 1 - lost;
  }
  const share = shareOver(evaluation, overMs, options);
  return share ? share.good / (share.good + share.bad) : null;
}

function burnOver(evaluation: ObjectiveEvaluation, overMs: number, options: TermOptions): number | null {
  // The weighted burn rates of a composite over events add up.
  if (evaluation.parts && evaluation.objective.method === 'Occurrences')
    return weighted(evaluation.parts, (part) => burnOver(part, overMs, options));
  const share = shareOver(evaluation, overMs, options);
  return share ? burnRate(evaluation.objective.target, share.bad, share.good + share.bad) : null;
}

/** Reads terms for one objective at one instant; null is unknown. */
export function termReader(evaluation: ObjectiveEvaluation, options: TermOptions): TermReader {
  return (term: WhenTerm) => {
    switch (term.kind) {
      case 'value':
        return freshValue(evaluation, options.now);
      case 'remaining':
        return evaluation.budget?.remaining ?? null;
      case 'age':
        return evaluation.observedAt === null ? null : (options.now - evaluation.observedAt) / MINUTE_MS;
      case 'sli':
        return sliOver(evaluation, term.overMs, options);
      case 'burn':
        return burnOver(evaluation, term.overMs, options);
      case 'delta':
        return delta(evaluation, term.overMs, options);
      case 'p95':
      case 'medianP95':
        return eventTerm(evaluation, { kind: term.kind, overMs: term.overMs }, options);
    }
  };
}

/** True, false or null of an expression's text; one that does not parse is unknown (the loader has reported it). */
export function conditionHolds(text: string, read: TermReader): boolean | null {
  const parsed = parseWhen(text);
  return parsed.ok ? evaluateWhen(parsed.expression, read) : null;
}

function burnHolds(policy: AlertPolicyDefinition, read: TermReader): boolean | null {
  const { operator, threshold, lookbackMs, shortMs } = policy.burn;
  const windows = shortMs === null ? [lookbackMs] : [lookbackMs, shortMs];
  return multiWindowFires(
    windows.map((overMs) => read({ kind: 'burn', overMs })),
    threshold,
    operator,
  );
}

/** Whether the policy's condition fires and clears now. */
export function policyOutcome(policy: AlertPolicyDefinition, read: TermReader): ConditionOutcome {
  const fires = policy.when === null ? burnHolds(policy, read) : conditionHolds(policy.when, read);
  const clears = policy.clearWhen === null ? (fires === null ? null : !fires) : conditionHolds(policy.clearWhen, read);
  return { fires, clears };
}

/** The condition in words: `value < 6`, `burn(1 h) >= 14.4 and burn(5 min) >= 14.4`. */
export function conditionText(policy: AlertPolicyDefinition): string {
  if (policy.when !== null) return policy.when;
  const { operator, threshold, lookbackMs, shortMs } = policy.burn;
  const part = (ms: number) =>
    `burn(${ms === HOUR_MS ? '1 h' : durationText(ms)}) ${operatorSymbol(operator)} ${threshold}`;
  return shortMs === null ? part(lookbackMs) : `${part(lookbackMs)} and ${part(shortMs)}`;
}
