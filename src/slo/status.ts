/** Status rules, first match wins: error, no data, stale, then the verdict. */
import { compare } from './comparison';

/** `meeting` and `at_risk` keep the objective; `no_data`, `stale` and `error` are unknown, never green. */
export type ObjectiveState = 'meeting' | 'at_risk' | 'violating' | 'no_data' | 'stale' | 'error';

/** States as people read them. */
export const STATE_WORDS: Readonly<Record<ObjectiveState, string>> = {
  meeting: 'meeting',
  at_risk: 'at risk',
  violating: 'violating',
  no_data: 'no data',
  stale: 'stale',
  error: 'error',
};

/** Less of the budget left than this is at risk. */
export const AT_RISK_BELOW_REMAINING = 0.25;

/** Fewer known slices than this share of the watched ones is no data. */
export const MIN_COVERAGE = 0.5;

/** True for no data, stale and error. */
export function isUnknown(state: ObjectiveState): boolean {
  return state === 'no_data' || state === 'stale' || state === 'error';
}

/** What is known before any verdict; `null` when a verdict can be given. */
export function unknownState(input: {
  readonly sourceFailed: boolean;
  readonly enoughData: boolean;
  readonly fresh: boolean;
}): 'error' | 'no_data' | 'stale' | null {
  if (input.sourceFailed) return 'error';
  if (!input.enoughData) return 'no_data';
  return input.fresh ? null : 'stale';
}

/** Mode current: the comparison decides alone. */
export function currentVerdict(holds: boolean): 'meeting' | 'violating' {
  return holds ? 'meeting' : 'violating';
}

/** Mode window: the error budget decides. Remaining exactly 0 meets its target, at risk. */
export function windowVerdict(input: {
  readonly remaining: number;
  readonly zeroTolerance: boolean;
  /** Bad events or slices, or a ratio slice below 1. */
  readonly anyBad: boolean;
  readonly latestBad: boolean;
}): 'meeting' | 'at_risk' | 'violating' {
  if (input.zeroTolerance && input.anyBad) return 'violating';
  // Not a number counts as spent: a budget that cannot be computed must not look kept.
  if (!compare(input.remaining, 'gte', 0)) return 'violating';
  return compare(input.remaining, 'lt', AT_RISK_BELOW_REMAINING) || input.latestBad ? 'at_risk' : 'meeting';
}
