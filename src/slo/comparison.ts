/** Comparison of measured numbers with limits: equality within a tolerance, so that 19/20 meets 0.95. */

export type ComparisonOperator = 'lt' | 'lte' | 'gt' | 'gte';

const RELATIVE_TOLERANCE = 1e-9;

/** True when |a − b| ≤ 10⁻⁹ · max(1, |a|, |b|). Infinite and undefined numbers equal nothing but themselves. */
export function nearlyEqual(a: number, b: number): boolean {
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b));
}

/** `a operator b`; strict operators exclude nearly equal values, the others include them. NaN compares as false. */
export function compare(a: number, operator: ComparisonOperator, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  const equal = nearlyEqual(a, b);
  switch (operator) {
    case 'lt':
      return !equal && a < b;
    case 'lte':
      return equal || a < b;
    case 'gt':
      return !equal && a > b;
    case 'gte':
      return equal || a > b;
  }
}

const SYMBOLS: Readonly<Record<ComparisonOperator, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

/** The operator as people write it: `>=`. */
export function operatorSymbol(operator: ComparisonOperator): string {
  return SYMBOLS[operator];
}
