/** Do budgets say what they mean? Declared budgets against targets, and budgets too small to be spent in parts. */
import { maxBurnRate } from '../budget';
import { compare, nearlyEqual } from '../comparison';

export type DeclaredBudget =
  /** Share of time or events that may fail, 0 to 1. */
  | { readonly kind: 'share'; readonly share: number }
  /** The largest count that is allowed. */
  | { readonly kind: 'count'; readonly most: number };

const SHARE = /^\s*(\d+(?:\.\d+)?)\s*%/;
const COUNT = /^\s*(<=?|\u2264)\s*(\d+)\b/;

/** Reads `0.1%` and `< 5 issues`; null for other words, about which nothing can be said. */
export function parseDeclaredBudget(text: string): DeclaredBudget | null {
  const share = SHARE.exec(text);
  if (share) return { kind: 'share', share: Number(share[1]) / 100 };
  const count = COUNT.exec(text);
  return count ? { kind: 'count', most: Number(count[2]) - (count[1] === '<' ? 1 : 0) } : null;
}

/** What an objective allows: the share 1 − target (0 with zero tolerance), and the items of its count budget. */
export interface AllowedBudget {
  readonly target: number;
  readonly zeroTolerance: boolean;
  readonly countBudget: number | null;
}

/** Does a declared budget follow from the objective? Words that are no figure contradict nothing. */
export function budgetMatches(declared: string, allowed: AllowedBudget): boolean {
  const budget = parseDeclaredBudget(declared);
  if (!budget) return true;
  if (budget.kind === 'share') return nearlyEqual(budget.share, allowed.zeroTolerance ? 0 : 1 - allowed.target);
  return allowed.countBudget === null || budget.most === allowed.countBudget;
}

/** Slices that a target allows to fail in a window of `windowSlices`, (1 − T)·N; below 1 the first bad slice ends the budget. */
export function allowedSlices(
  target: number,
  windowSlices: number,
): { readonly allowed: number; readonly ok: boolean } {
  const allowed = (1 - target) * windowSlices;
  return { allowed, ok: compare(allowed, 'gte', 1) };
}

/** Can a burn rate reach the threshold? The largest possible one is 1/(1 − T). */
export function reachableBurnRate(target: number, threshold: number): { readonly max: number; readonly ok: boolean } {
  const max = maxBurnRate(target);
  return { max, ok: compare(threshold, 'lte', max) };
}

/** A share that OpenSLO takes as a target: 0 ≤ T < 1. */
export function isTarget(target: number): boolean {
  return Number.isFinite(target) && target >= 0 && target < 1;
}

/** Of `items` things, does the target allow not even one to fail? Then it means "all". */
export function meansAll(target: number, items: number): boolean {
  return items > 0 && !compare((1 - target) * items, 'gte', 1);
}

/** A zero-tolerance objective takes no share of a budget that its service declares. */
export function takesNoShare(declared: string | null, zeroTolerance: boolean): boolean {
  return declared !== null && zeroTolerance;
}
