/** Error budgets, burn rates and the formulas around them. T = target as a share, 0 ≤ T < 1. */
import { type ComparisonOperator, compare, nearlyEqual } from './comparison';

/** Figures of a budget over events, slices or ratio slices; null where not defined. */
export interface BudgetFigures {
  readonly allowed: number | null;
  readonly used: number;
  /** 1 − used/allowed; below 0 when overspent. */
  readonly remaining: number | null;
  /** Against the full window (slices), or the events seen. */
  readonly sli: number | null;
  /** Against what was measured. */
  readonly observed: number | null;
}

/** Occurrences: allowed (1−T)·total, used = bad, SLI = good/total; all null when there is no event. */
export function eventBudget(target: number, good: number, bad: number): BudgetFigures {
  const total = good + bad;
  if (total === 0) return { allowed: null, used: bad, remaining: null, sli: null, observed: null };
  const allowed = (1 - target) * total;
  const sli = good / total;
  return { allowed, used: bad, remaining: 1 - bad / allowed, sli, observed: sli };
}

/** Timeslices: allowed (1−T)·N over the full window of N slices; observed is of the known slices only. */
export function sliceBudget(target: number, windowSlices: number, good: number, bad: number): BudgetFigures {
  const allowed = (1 - target) * windowSlices;
  const known = good + bad;
  return {
    allowed,
    used: bad,
    remaining: 1 - bad / allowed,
    sli: 1 - bad / windowSlices,
    observed: known === 0 ? null : good / known,
  };
}

/** RatioTimeslices: used = Σ(1−rᵢ) of the known slices against (1−T)·N. */
export function ratioSliceBudget(target: number, windowSlices: number, ratios: readonly number[]): BudgetFigures {
  const loss = ratios.reduce((sum, ratio) => sum + (1 - ratio), 0);
  return ratioLossBudget(target, windowSlices, { loss, known: ratios.length });
}

/** The same from sums: `loss` is Σ(1−rᵢ) of `known` slices. */
export function ratioLossBudget(
  target: number,
  windowSlices: number,
  { loss, known }: { readonly loss: number; readonly known: number },
): BudgetFigures {
  const allowed = (1 - target) * windowSlices;
  return {
    allowed,
    used: loss,
    remaining: 1 - loss / allowed,
    sli: 1 - loss / windowSlices,
    observed: known === 0 ? null : 1 - loss / known,
  };
}

/** Count budget: remaining = 1 − value/allowed. With nothing allowed there is no share: null once used, else 1. */
export function countBudget(
  value: number,
  allowed: number,
): { readonly allowed: number; readonly used: number; readonly remaining: number | null } {
  if (allowed > 0) return { allowed, used: value, remaining: 1 - value / allowed };
  return { allowed, used: value, remaining: value > 0 ? null : 1 };
}

/** (good+bad)/(good+bad+nodata); gaps are not counted. Null when no slice at all was watched. */
export function coverage(good: number, bad: number, nodata: number): number | null {
  const watched = good + bad + nodata;
  return watched === 0 ? null : (good + bad) / watched;
}

/** (bad/total)/(1−T): 1 spends the budget exactly in the window. Null without events. */
export function burnRate(target: number, bad: number, total: number): number | null {
  return total === 0 ? null : bad / total / (1 - target);
}

/** Burn rate that spends `share` of the budget of a window within `lookback`. Same unit for both lengths. */
export function burnThreshold(share: number, window: number, lookback: number): number {
  return (share * window) / lookback;
}

/** Share of the budget that burn rate b consumes over `lookback`. */
export function budgetConsumed(burn: number, lookback: number, window: number): number {
  return (burn * lookback) / window;
}

/** Error ratio at which the burn rate is b. */
export function errorRateAt(burn: number, target: number): number {
  return burn * (1 - target);
}

/** Time until the budget is spent at burn rate b, in the window's unit; null when it never is. */
export function timeToExhaustion(window: number, remaining: number, burn: number): number | null {
  return burn > 0 ? (window * remaining) / burn : null;
}

/** The largest possible burn rate: everything fails. */
export function maxBurnRate(target: number): number {
  return 1 / (1 - target);
}

/** Time until burn(lookback) reaches the threshold when a share `errorRatio` fails from now on, and whole slices of it. */
export function timeToFire(input: {
  readonly target: number;
  readonly threshold: number;
  readonly lookback: number;
  readonly slice: number;
  readonly errorRatio: number;
}): { readonly time: number; readonly slices: number } {
  const time = (input.threshold * (1 - input.target) * input.lookback) / input.errorRatio;
  const slices = time / input.slice;
  const rounded = Math.round(slices);
  return { time, slices: nearlyEqual(slices, rounded) ? rounded : Math.ceil(slices) };
}

/** Multi-window rule: all burn rates reach the threshold; unknown when one is and no other already denies it. */
export function multiWindowFires(
  rates: readonly (number | null)[],
  threshold: number,
  operator: ComparisonOperator = 'gte',
): boolean | null {
  const reached = rates.map((burn) => (burn === null ? null : compare(burn, operator, threshold)));
  if (reached.includes(false)) return false;
  return reached.includes(null) ? null : true;
}

/** Increase of a counter over its samples: a fall is a restart from 0; the first sample is a baseline; null below two samples. */
export function counterIncrease(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  let increase = 0;
  for (let i = 1; i < values.length; i++) {
    const before = values[i - 1] ?? 0;
    const here = values[i] ?? 0;
    increase += here >= before ? here - before : here;
  }
  return increase;
}

/**
 * RatioTimeslices: how long the SLI may lie at `attack`, the rest of the window at `baseline`, until the window's mean
 * is the target: N·(baseline − T)/(baseline − attack) slices. 0 when the baseline misses the target by itself; null when
 * the attack never brings the window down to it. In the unit of `slice`.
 */
export function outageToTarget(input: {
  readonly windowSlices: number;
  readonly slice: number;
  readonly baseline: number;
  readonly attack: number;
  readonly target: number;
}): number | null {
  const { windowSlices, slice, baseline, attack, target } = input;
  if (compare(baseline, 'lt', target)) return 0;
  if (attack >= baseline) return null;
  const slices = (windowSlices * (baseline - target)) / (baseline - attack);
  return compare(slices, 'gt', windowSlices) ? null : slices * slice;
}
