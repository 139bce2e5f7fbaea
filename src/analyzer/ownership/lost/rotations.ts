/**
 * `if (this.size > limit) await this.open(this.number + 1);`: what has been compared with a limit, or with the name of what is
 * open, has been worked with, so that there is one already when the next one comes.
 */
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, isEquality, isWithin, joinsConditions, ts, unwrap } from '../../syntax';

const maxDepth = 2;

/** Is the assignment, or the call of the function with it, the answer to such a comparison? */
export function isRotated(write: ts.Node, key: string, engine: Engine, depth = 0): boolean {
  const fn = enclosingFunction(write);
  if (!fn) return false;
  if (isAfterComparison(write, fn, key, engine)) return true;
  const { calls } = engine.program.callees.usesOf(fn);
  return depth < maxDepth && calls.some((call) => !isWithin(call, fn) && isRotated(call, key, engine, depth + 1));
}

function isAfterComparison(node: ts.Node, fn: FunctionNode, key: string, engine: Engine): boolean {
  for (let at = node; at.parent && at !== fn; at = at.parent) {
    const up = at.parent;
    if (ts.isIfStatement(up) && up.thenStatement === at && !up.elseStatement && compares(up.expression, key, engine))
      return true;
  }
  return false;
}

/** A state of the owner with something else, neither of them a mere yes or no. */
function compares(condition: ts.Expression, key: string, engine: Engine): boolean {
  const value = unwrap(condition);
  if (!ts.isBinaryExpression(value)) return false;
  const { left, right, operatorToken } = value;
  if (joinsConditions(operatorToken.kind)) return compares(left, key, engine) || compares(right, key, engine);
  const isOrder = orders.has(operatorToken.kind);
  if (!isOrder && !(isEquality(operatorToken.kind) && operatorToken.getText().startsWith('!'))) return false;
  const sides = [unwrap(left), unwrap(right)];
  if (sides.some((side) => isPlain(side))) return isOrder && sides.some((side) => isLargeNumber(side));
  return sides.some((side) => ofOwner(side, key, engine));
}

const orders: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
]);

function isPlain(side: ts.Expression): boolean {
  return ts.isLiteralExpression(side) || /^(?:null|undefined|true|false|NaN|-.*)$/.test(side.getText());
}

function isLargeNumber(side: ts.Expression): boolean {
  return ts.isNumericLiteral(side) && Number(side.text) > 1;
}

/** A member of the owner, or something reckoned with one, that is not the place itself. */
function ofOwner(side: ts.Expression, key: string, engine: Engine): boolean {
  if (ts.isBinaryExpression(side)) return [side.left, side.right].some((one) => ofOwner(unwrap(one), key, engine));
  const place = engine.program.places.of(side);
  return place?.root.kind === 'owner' && place.key !== key && !place.key.startsWith(`${key}.`);
}
