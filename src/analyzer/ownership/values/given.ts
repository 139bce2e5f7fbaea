/** Is a value ever given to something that may make use of it? */
import type { Engine } from '../../engine';
import { isAssignment, ts, wrapped } from '../../syntax/syntax';
import { type Fate, fatesOf } from './fate';

/** An argument, an element, a part of an object, returned, or assigned to something else: all but its own members. */
export function isEverGiven(result: ts.Expression, engine: Engine): boolean {
  return fatesOf(result, engine.program).some((fate) => isGivenBy(fate, engine));
}

function isGivenBy(fate: Fate, { uses }: Engine): boolean {
  if (fate.kind === 'dropped' || fate.kind === 'used') return false;
  if (fate.kind !== 'stored') return true;
  return uses.reads(fate.place.key).some((use) => !isOwnMember(use));
}

/** `material.color.set(…)`, `material.needsUpdate = true`, `if (material)` */
function isOwnMember(use: ts.Expression): boolean {
  const outer = wrapped(use);
  const up = outer.parent;
  if (isAssignment(up)) return up.left === outer;
  return (
    (ts.isPropertyAccessExpression(up) && up.expression === outer) ||
    (ts.isElementAccessExpression(up) && up.expression === outer) ||
    (ts.isIfStatement(up) && up.expression === outer) ||
    (ts.isPrefixUnaryExpression(up) && up.operator === ts.SyntaxKind.ExclamationToken)
  );
}
