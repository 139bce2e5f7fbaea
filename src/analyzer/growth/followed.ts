/** Is an entry that is taken out put in again on the same run? */
import type { Engine } from '../engine';
import { enclosingFunction, isWithin, leaves, propertyNameText, ts, unwrap } from '../syntax/syntax';
import type { Insertion, Removal } from './changes';
import { textOf } from './collections';
import { executorAround } from './settlers';

/**
 * Wherever the first node has run, the second one runs as well: nothing leaves in between, and the second hangs on no condition.
 * @returns the conditions around the first one alone; undefined where it is not always followed
 */
export function conditionsUntil(node: ts.Node, next: ts.Node): readonly ts.IfStatement[] | undefined {
  if (next.pos < node.pos) return undefined;
  const conditions: ts.IfStatement[] = [];
  let around = node;
  for (let up = around.parent; up && !isWithin(next, up); around = up, up = up.parent) {
    if (ts.isBlock(up)) {
      if (up.statements.some((one) => one.pos >= around.pos && leaves(one, true))) return undefined;
    } else if (ts.isIfStatement(up)) {
      if (up.thenStatement !== around) return undefined;
      conditions.push(up);
    } else if (!ts.isExpressionStatement(up) && !ts.isCallExpression(up) && !ts.isDeleteExpression(up))
      return undefined;
  }
  const executor = executorAround(next);
  for (let up = next.parent; up && !isWithin(node, up); up = up.parent) {
    const isPart = ts.isBlock(up) || ts.isExpressionStatement(up) || up === executor;
    // `return new Promise((resolve) => …)`: the executor runs at once.
    if (!isPart && !(executor && !isWithin(up, executor) && isWithin(executor, up) && !ts.isIfStatement(up)))
      return undefined;
  }
  return conditions;
}

/** Taken out to be put in anew, under the same key or under one that is the same if it was given. */
export function isReplaced({ node, key }: Removal, insertion: Insertion, engine: Engine): boolean {
  if (!key || !insertion.key) return false;
  const fn = enclosingFunction(node);
  const executor = executorAround(insertion.node);
  const filling = enclosingFunction(insertion.node);
  if (filling !== fn && !(executor && filling === executor && enclosingFunction(executor) === fn)) return false;
  const keys = [insertion.key, ...alternatives(insertion.key, engine)];
  return keys.some((one) => textOf(one) === textOf(key)) && conditionsUntil(node, insertion.node) !== undefined;
}

/** `given` and `next++` of `id`, which is `given ?? next++`, also as a property of an object that is made here. */
function alternatives(key: ts.Expression, engine: Engine): readonly ts.Expression[] {
  const value = unwrap(key);
  const base = ts.isPropertyAccessExpression(value) ? unwrap(value.expression) : value;
  const declaration = ts.isIdentifier(base) ? engine.program.scopes.resolve(base) : undefined;
  const made =
    declaration?.initializer && declaration.writes.length === 0 ? unwrap(declaration.initializer) : undefined;
  const given =
    made && ts.isPropertyAccessExpression(value) && ts.isObjectLiteralExpression(made)
      ? made.properties.flatMap((one) =>
          ts.isPropertyAssignment(one) && propertyNameText(one.name) === value.name.text ? one.initializer : [],
        )
      : made && base === value
        ? [made]
        : [];
  return given.flatMap((one) => {
    const choice = unwrap(one);
    if (ts.isConditionalExpression(choice)) return [choice.whenTrue, choice.whenFalse];
    return ts.isBinaryExpression(choice) &&
      (choice.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
        choice.operatorToken.kind === ts.SyntaxKind.BarBarToken)
      ? [choice.left, choice.right]
      : [choice];
  });
}
