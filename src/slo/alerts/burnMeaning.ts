/** What a burn rate condition means in budget, failures and time: figures of the SLO reference, section 2.4. */
import { budgetConsumed, burnThreshold, errorRateAt, timeToFire } from '../budget';
import { windowAt } from '../calendar';
import { compare, nearlyEqual } from '../comparison';
import type { AlertPolicyDefinition, ObjectiveDefinition } from '../definition/model';
import { durationText } from '../duration';
import { percentText } from '../rollup';
import { numberText } from '../text';
import { parseWhen } from './whenExpression';

interface BurnCondition {
  readonly threshold: number;
  readonly overMs: number;
}

/** The long window of a policy that asks for a burn rate of at least so much; null of other policies. */
function burnCondition({ when, burn }: AlertPolicyDefinition): BurnCondition | null {
  if (when === null)
    return burn.operator === 'gte' || burn.operator === 'gt'
      ? { threshold: burn.threshold, overMs: burn.lookbackMs }
      : null;
  const parsed = parseWhen(when);
  if (!parsed.ok) return null;
  const { left, operator, factor, right } = parsed.expression;
  const isBurn = left.kind === 'burn' && right === null && (operator === '>=' || operator === '>');
  return isBurn ? { threshold: factor, overMs: left.overMs } : null;
}

/** "spends 2% of the budget of 30 d in 60 min"; with a declared share that another threshold would spend, that threshold. */
function spending({ threshold, overMs }: BurnCondition, windowMs: number, declared: number | null): string {
  const share = budgetConsumed(threshold, overMs, windowMs);
  const stated =
    declared === null || nearlyEqual(share, declared)
      ? ''
      : ` (declared are ${percentText(declared)}, which would be a burn rate of ${numberText(burnThreshold(declared, windowMs, overMs))})`;
  return `spends ${percentText(share)} of the budget of ${durationText(windowMs)} in ${durationText(overMs)}${stated}`;
}

/**
 * "spends 2% of the budget of 30 d in 60 min, with 1.44% failing; a total outage fires it after 1 min". Null when the policy
 * asks for no burn rate, where nothing may fail at all, and for a threshold that cannot be reached.
 * @param now ms since the epoch: a calendar window has the length of the one it lies in
 */
export function burnMeaning(policy: AlertPolicyDefinition, objective: ObjectiveDefinition, now: number): string | null {
  const condition = burnCondition(policy);
  const window = windowAt(objective.window, now);
  if (!condition || !window || objective.zeroTolerance) return null;
  const { threshold, overMs } = condition;
  const failing = errorRateAt(threshold, objective.target);
  if (compare(failing, 'gt', 1) || compare(failing, 'lte', 0)) return null;
  const { sliceMs, method } = objective;
  const { time, slices } = timeToFire({
    target: objective.target,
    threshold,
    lookback: overMs,
    slice: sliceMs,
    errorRatio: 1,
  });
  // Slices are judged when they are over; events count as they come.
  const outage = durationText((method === 'Occurrences' ? Math.ceil(time) : slices * sliceMs) + policy.alertAfterMs);
  const spends = spending(condition, window.end - window.start, policy.budgetConsumed);
  return `${spends}, with ${percentText(failing)} failing; a total outage fires it after ${outage}`;
}
