/** Two names of handlers: can they stand for one function? */

import type { Engine } from '../../engine';
import { isBindCall } from '../../program/bound';
import type { Place } from '../../program/places';
import { ts, unwrap } from '../../syntax/syntax';

/** Is each of the two a function of its own, of which the other is no second name? */
export function areDistinctHandlers(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const left = engine.program.places.of(a);
  const right = engine.program.places.of(b);
  return (
    left !== undefined && right !== undefined && left.key !== right.key && isOwn(left, engine) && isOwn(right, engine)
  );
}

/** A method, or a name that is only ever given functions made for it: nothing that bears another name already. */
function isOwn({ root, path }: Place, engine: Engine): boolean {
  if (root.kind === 'declaration') {
    const { declaration } = root;
    if (path.length > 0 || declaration.kind === 'parameter' || declaration.kind === 'catch') return false;
    if (ts.isFunctionDeclaration(declaration.node)) return true;
    const values = [...(declaration.initializer ? [declaration.initializer] : [])];
    if (declaration.path?.length !== 0) return false;
    for (const { value } of declaration.writes) {
      if (!value) return false;
      values.push(value);
    }
    return values.length > 0 && values.every((value) => isMade(value, engine));
  }
  if (root.kind !== 'owner' || path.length !== 1) return false;
  const member = root.owner.members.get(path[0] ?? '');
  if (!member || member.parameter || member.functions.length + member.values.length === 0) return false;
  return member.values.every(({ value }) => value !== undefined && isMade(value, engine));
}

/** `() => …`, `this.show.bind(this)`, `throttle(show)`, and what stands for none at all; a look into a table may give any. */
function isMade(expression: ts.Expression, engine: Engine): boolean {
  const value = unwrap(expression);
  return (
    ts.isArrowFunction(value) ||
    ts.isFunctionExpression(value) ||
    (ts.isCallExpression(value) && (value.arguments.some((one) => isFunction(one, engine)) || isBindCall(value))) ||
    value.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(value) && value.text === 'undefined')
  );
}

function isFunction(argument: ts.Expression, engine: Engine): boolean {
  return engine.program.callees.functionsOf(argument).length > 0;
}
