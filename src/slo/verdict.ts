/** The shape of a verdict, and the verdict on a current value. Pure; instants in ms since the epoch. */
import { type BudgetFigures, countBudget } from './budget';
import { compare } from './comparison';
import type { ObjectiveDefinition } from './definition/model';
import { durationText } from './duration';
import type { PastSlices } from './history/past';
import type { IndicatorInput, ProxyInput } from './indicatorInput';
import { currentVerdict, type ObjectiveState, unknownState } from './status';
import { objectiveValueText } from './text';

export interface Budget {
  /** `share`: of a composite over events, whose parts count different things; allowed is 1. */
  readonly kind: 'time' | 'events' | 'count' | 'zero' | 'ratio' | 'share';
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
  /** Its slices up to now; null where nobody remembers them. */
  readonly past: PastSlices | null;
  /** Of a composite: its parts with their verdicts. */
  readonly parts: readonly JudgedPart[] | null;
}

/** A part of a composite with its verdict. */
export interface JudgedPart {
  readonly evaluation: ObjectiveEvaluation;
  readonly weight: number;
}

export interface EvaluationOptions {
  readonly now: number;
  /** Since when slices are watched without a break; earlier ones are gaps, never good or bad. Default: now. */
  readonly watchedFrom?: number;
  /** Its slices up to now, those of earlier sessions too: they are counted instead of slices made from the samples. */
  readonly past?: PastSlices | null;
  readonly proxy?: ProxyInput | null;
}

/** What an input alone decides. */
export type Verdict = Omit<ObjectiveEvaluation, 'objective' | 'input' | 'past' | 'parts' | 'proxy' | 'valueText'>;
/** An input with something in it. */
export type Known = Extract<IndicatorInput, { kind: 'samples' | 'ratios' | 'events' }>;

/** Figures of an objective about which nothing is known. */
export const NOTHING = {
  value: null,
  observedAt: null,
  sampleCount: 0,
  budget: null,
  figures: null,
  p95: null,
} as const;

/** Age in words; a clock slightly ahead is 0. */
export function ageText(now: number, observedAt: number): string {
  return durationText(Math.max(0, now - observedAt));
}

/** Why a sample does not count any more. */
export function staleReason(objective: ObjectiveDefinition, now: number, observedAt: number): string {
  return `the newest sample is ${ageText(now, observedAt)} old; older than ${durationText(objective.staleAfterMs)} does not count`;
}

/** Still counts at `now`; the limit is included. */
export function isFresh(objective: ObjectiveDefinition, now: number, observedAt: number): boolean {
  return now - observedAt <= objective.staleAfterMs;
}

/** A threshold metric against its limit, a share against its target. */
export function holdsTarget(objective: ObjectiveDefinition, value: number): boolean {
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
export function evaluateCurrent(
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
