/** The gap between an objective and its alerts: values that violate the one and start none of the others. */
import type { WhenExpression, WhenOperator } from '../alerts/whenExpression';
import { evaluateWhen } from '../alerts/whenExpression';
import { type ComparisonOperator, compare, operatorSymbol } from '../comparison';

export interface Limit {
  readonly operator: ComparisonOperator;
  readonly limit: number;
}

export interface AlertGap {
  readonly ok: boolean;
  /** Integers of the gap, ascending, at most `MAX_LISTED` of them; of a gap without end those next to the limit. */
  readonly integers: readonly number[];
  /** True when the gap has no end: values however bad start no alert. */
  readonly endless: boolean;
  /** The alert without a gap: the negated objective. */
  readonly suggest: string;
}

/** Longest list of integers that is spelled out. */
const MAX_LISTED = 50;
const NEGATED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  lt: 'gte',
  lte: 'gt',
  gt: 'lte',
  gte: 'lt',
};

/** `value >= 5` for the objective `value < 5`. */
export function negatedObjective({ operator, limit }: Limit): string {
  return `value ${operatorSymbol(NEGATED[operator])} ${limit}`;
}

/** Alerts that say something about the current value alone; of others (burn rates, changes) nothing follows for a value. */
export function isValueAlert({ left, right }: WhenExpression): boolean {
  return left.kind === 'value' && right === null;
}

/**
 * Which values violate `objective` while none of the alerts is true. Alerts are `value operator number`.
 * @param integer the indicator counts things; else any number between two limits may occur
 */
export function alertGap(objective: Limit, alerts: readonly WhenExpression[], integer: boolean): AlertGap {
  const inGap = (value: number): boolean =>
    !compare(value, objective.operator, objective.limit) &&
    !alerts.some((alert) => evaluateWhen(alert, (term) => (term.kind === 'value' ? value : null)) === true);
  const edges = [...new Set([objective.limit, ...alerts.map(({ factor }) => factor)])].sort((a, b) => a - b);
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 0;
  // Beyond the outermost limits nothing changes any more.
  const endless = inGap(first - 1) || inGap(last + 1);
  const integers: number[] = [];
  for (let value = Math.floor(first) - 1; value <= Math.ceil(last) + 1 && integers.length < MAX_LISTED; value++)
    if (inGap(value)) integers.push(value);
  const between = edges.flatMap((edge, index) => {
    const next = edges[index + 1];
    return next === undefined ? [edge] : [edge, (edge + next) / 2];
  });
  const ok = integer ? integers.length === 0 && !endless : !between.some(inGap) && !endless;
  return { ok, integers, endless, suggest: negatedObjective(objective) };
}

/** Operators that make an alert fire on small values, on large ones, or on neither side alone. */
export function alertSide(operator: WhenOperator): 'low' | 'high' | 'neither' {
  if (operator === '<' || operator === '<=') return 'low';
  return operator === '>' || operator === '>=' ? 'high' : 'neither';
}
