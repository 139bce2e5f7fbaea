/**
 * Entries that are put in for each key that is not there yet, and for no other: `table.get(id) ?? make(id)`, `table[id] ??= []`,
 * `if (!table.has(id)) table.set(id, …)`.
 */
import type { Engine } from '../engine';
import { isFunctionNode, leaves, ts, unwrap } from '../syntax/syntax';
import type { Insertion } from './changes';
import { type Collection, isSameKey } from './collections';

/** Is the entry made where there is none under its key? */
export function isMadeWhereMissing(insertion: Insertion, collection: Collection, engine: Engine): boolean {
  return isMadeElse(insertion, collection, engine) || isAskedBefore(insertion, collection, engine);
}

/** The value is what was there, or else a new one. */
function isMadeElse({ key, node, value }: Insertion, { changes }: Collection, engine: Engine): boolean {
  const given = value && unwrap(value);
  if (!key || !given) return false;
  if (ts.isBinaryExpression(node) && isElse(node.operatorToken.kind)) return isMade(given);
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  const made = declaration?.initializer ? unwrap(declaration.initializer) : given;
  if (!ts.isBinaryExpression(made) || !isElse(made.operatorToken.kind)) return false;
  const looked = unwrap(made.left);
  return isMade(unwrap(made.right)) && changes.lookups.some((lookup) => unwrap(lookup as ts.Expression) === looked);
}

/** `??`, `||`, and the assignments of them. */
function isElse(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.BarBarToken ||
    operator === ts.SyntaxKind.QuestionQuestionToken ||
    operator === ts.SyntaxKind.BarBarEqualsToken ||
    operator === ts.SyntaxKind.QuestionQuestionEqualsToken
  );
}

function isMade(value: ts.Expression): boolean {
  return (
    ts.isCallExpression(value) ||
    ts.isNewExpression(value) ||
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value)
  );
}

/** In the branch of a condition that is taken where the key is not there, or after a way out where it is. */
function isAskedBefore({ node, key }: Insertion, collection: Collection, engine: Engine): boolean {
  if (!key) return false;
  const asks = (test: ts.Expression): boolean => asksFor(test, key, collection, engine);
  for (let at = node, up = node.parent; up && !isFunctionNode(at); at = up, up = up.parent) {
    if (ts.isIfStatement(up)) {
      if (at === up.thenStatement && isAbsent(up.expression, asks)) return true;
      if (at === up.elseStatement && isThere(up.expression, asks)) return true;
    }
    if (ts.isConditionalExpression(up)) {
      if (at === up.whenTrue && isAbsent(up.condition, asks)) return true;
      if (at === up.whenFalse && isThere(up.condition, asks)) return true;
    }
    if (ts.isBinaryExpression(up) && at === up.right) {
      const operator = up.operatorToken.kind;
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken && isAbsent(up.left, asks)) return true;
      if ((operator === ts.SyntaxKind.BarBarToken || isElse(operator)) && isThere(up.left, asks)) return true;
    }
    if (!ts.isBlock(up)) continue;
    const isLeft = up.statements.some(
      (one) =>
        one.end <= at.pos && ts.isIfStatement(one) && leaves(one.thenStatement, true) && isThere(one.expression, asks),
    );
    if (isLeft) return true;
  }
  return false;
}

type Asks = (test: ts.Expression) => boolean;

/** True only where there is none: `!table.has(id)`, `known === undefined`, one of them and something more. */
function isAbsent(test: ts.Expression, asks: Asks): boolean {
  const value = unwrap(test);
  if (ts.isPrefixUnaryExpression(value))
    return value.operator === ts.SyntaxKind.ExclamationToken && isThere(value.operand, asks);
  if (!ts.isBinaryExpression(value)) return false;
  const operator = value.operatorToken.kind;
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken)
    return isAbsent(value.left, asks) || isAbsent(value.right, asks);
  const isSame = operator === ts.SyntaxKind.EqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsEqualsToken;
  return isSame && isNothing(value.right) && asks(value.left);
}

/** False only where there is none: `table.has(id)`, `known !== undefined`. */
function isThere(test: ts.Expression, asks: Asks): boolean {
  const value = unwrap(test);
  if (ts.isPrefixUnaryExpression(value))
    return value.operator === ts.SyntaxKind.ExclamationToken && isAbsent(value.operand, asks);
  if (!ts.isBinaryExpression(value)) return asks(value);
  const operator = value.operatorToken.kind;
  if (operator === ts.SyntaxKind.BarBarToken) return isThere(value.left, asks) || isThere(value.right, asks);
  const differs =
    operator === ts.SyntaxKind.ExclamationEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return differs ? isNothing(value.right) && asks(value.left) : asks(value);
}

function isNothing(value: ts.Expression): boolean {
  return value.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(value) && value.text === 'undefined');
}

/** `table.has(id)`, `table.get(id)`, `table[id]`, `id in table`, or a variable that holds what it gave. */
function asksFor(test: ts.Expression, key: ts.Expression, { changes }: Collection, engine: Engine): boolean {
  const value = unwrap(test);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const asked = declaration ? declaration.path?.length === 0 && declaration.initializer : value;
  if (!asked) return false;
  const ask = unwrap(asked);
  const isAsk = [...changes.tests, ...changes.lookups].some((one) => one === ask);
  const of = keyOf(ask);
  return isAsk && of !== undefined && isSameKey(of, key, engine);
}

function keyOf(ask: ts.Expression): ts.Expression | undefined {
  if (ts.isCallExpression(ask)) return ask.arguments[0];
  if (ts.isElementAccessExpression(ask)) return ask.argumentExpression;
  return ts.isBinaryExpression(ask) ? ask.left : undefined;
}
