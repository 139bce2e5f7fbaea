/** What values the terms of alert conditions can take at all, and which direction is the bad one. */
import type { WhenExpression, WhenTerm } from '../alerts/whenExpression';
import { maxBurnRate } from '../budget';
import { compare } from '../comparison';
import type { ObjectiveDefinition } from '../definition/model';
import { alertSide } from './alertGap';

interface Range {
  readonly lowest: number;
  readonly highest: number;
}

const ANY: Range = { lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
const SHARE: Range = { lowest: 0, highest: 1 };
/** A valid sample lies at most two minutes ahead, so its age is at least this. */
const YOUNGEST_MINUTES = -2;

function valueRange({ indicator, threshold }: ObjectiveDefinition): Range {
  if (indicator.kind === 'ratio' || indicator.kind === 'raw' || threshold === null) return SHARE;
  if (indicator.kind !== 'threshold' || indicator.query.scale < 0) return ANY;
  const { query, scale } = indicator.query;
  if (query === 'count') return { lowest: 0, highest: Number.POSITIVE_INFINITY };
  return query === 'fractionUp' ? { lowest: 0, highest: scale } : ANY;
}

function rangeOf(term: WhenTerm, objective: ObjectiveDefinition): Range {
  switch (term.kind) {
    case 'value':
      return valueRange(objective);
    case 'sli':
      return SHARE;
    case 'burn':
      return { lowest: 0, highest: maxBurnRate(objective.target) };
    case 'remaining':
      return { lowest: Number.NEGATIVE_INFINITY, highest: 1 };
    case 'age':
      return { lowest: YOUNGEST_MINUTES, highest: Number.POSITIVE_INFINITY };
    case 'delta':
    case 'p95':
    case 'medianP95':
      return ANY;
  }
}

/** Can the condition ever be true of this objective? A condition with a term on both sides is taken to be able to. */
export function canBeTrue({ left, operator, factor, right }: WhenExpression, objective: ObjectiveDefinition): boolean {
  if (right !== null) return true;
  const { lowest, highest } = rangeOf(left, objective);
  switch (operator) {
    case '<':
      return compare(lowest, 'lt', factor);
    case '<=':
      return compare(lowest, 'lte', factor);
    case '>':
      return compare(highest, 'gt', factor);
    case '>=':
      return compare(highest, 'gte', factor);
    case '==':
      return compare(lowest, 'lte', factor) && compare(highest, 'gte', factor);
    case '!=':
      return lowest !== highest || lowest !== factor;
  }
}

/** On which side the term is bad for the objective; null when it cannot be told. */
function badSide(term: WhenTerm, { threshold, indicator }: ObjectiveDefinition): 'low' | 'high' | null {
  switch (term.kind) {
    case 'burn':
    case 'age':
      return 'high';
    case 'sli':
    case 'remaining':
      return 'low';
    case 'value':
      if (threshold === null) return 'low';
      return threshold.operator === 'lt' || threshold.operator === 'lte' ? 'high' : 'low';
    case 'p95':
    case 'medianP95': {
      const numerator = indicator.kind === 'ratio' && indicator.part === 'good' ? indicator.numerator : null;
      const test = numerator?.where.find((condition) => condition.test.kind === 'compare')?.test;
      if (test?.kind !== 'compare') return null;
      return test.operator === 'lt' || test.operator === 'lte' ? 'high' : 'low';
    }
    case 'delta':
      return null;
  }
}

/** Does the condition fire when things go well? The burn rate block beside it fires when they go badly. */
export function firesTheWrongWay(expression: WhenExpression, objective: ObjectiveDefinition): boolean {
  const bad = badSide(expression.left, objective);
  const side = alertSide(expression.operator);
  return bad !== null && side !== 'neither' && side !== bad;
}
