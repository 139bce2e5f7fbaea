/** What a condition says of the expressions in it: missing, over, present. */

import { isEmptyValue } from '../../../program/emptyValues';
import { ts, unwrap } from '../../../syntax/syntax';
import { isEndState, saysOver } from '../../../words/states';

/** Expressions that are missing (falsy, null, undefined) when the branch is taken. */
export function testedWhenMissing(condition: ts.Expression, branchTaken: boolean): readonly ts.Expression[] {
  if (ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = unwrap(condition.operand);
    return branchTaken ? [operand] : [];
  }
  if (ts.isBinaryExpression(condition)) {
    const operator = condition.operatorToken.kind;
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken && branchTaken)
      return [...testedWhenMissing(unwrap(condition.left), true), ...testedWhenMissing(unwrap(condition.right), true)];
    const equality = operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
    if (equality && branchTaken) {
      if (isEmptyValue(condition.right)) return [unwrap(condition.left)];
      const typed = typedAsNothing(condition);
      if (typed) return [typed];
    }
  }
  return branchTaken ? [] : [condition];
}

/** `typeof pool === 'undefined'`: what is asked for. */
function typedAsNothing({ left, right }: ts.BinaryExpression): ts.Expression | undefined {
  const [asked, type] = [unwrap(left), unwrap(right)];
  return ts.isTypeOfExpression(asked) && ts.isStringLiteralLike(type) && type.text === 'undefined'
    ? unwrap(asked.expression)
    : undefined;
}

/** Expressions that the condition says are over: `socket.readyState === socket.CLOSED`, `this.stream.destroyed`. */
export function testedWhenOver(condition: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(condition);
  if (ts.isPropertyAccessExpression(value)) return saysOver(value.name.text) ? [unwrap(value.expression)] : [];
  if (!ts.isBinaryExpression(value)) return [];
  const [left, right] = [unwrap(value.left), unwrap(value.right)];
  switch (value.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [...testedWhenOver(left), ...testedWhenOver(right)];
    case ts.SyntaxKind.BarBarToken: {
      const sides = [testedWhenOver(left), testedWhenOver(right)];
      return sides.every(({ length }) => length > 0) ? sides.flat() : [];
    }
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return ts.isPropertyAccessExpression(left) && isEndState(left.name.text, right.getText())
        ? [unwrap(left.expression)]
        : [];
  }
  return [];
}

/** Expressions that are present (truthy) when the condition holds. */
export function testedWhenPresent(condition: ts.Expression): readonly ts.Expression[] {
  if (ts.isBinaryExpression(condition)) {
    const operator = condition.operatorToken.kind;
    if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.AmpersandAmpersandToken)
      return [...testedWhenPresent(unwrap(condition.left)), ...testedWhenPresent(unwrap(condition.right))];
    const inequality =
      operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
    if (!inequality) return [];
    const typed = isEmptyValue(condition.right) ? condition.left : typedAsNothing(condition);
    return typed ? [unwrap(typed)] : [];
  }
  if (!ts.isPrefixUnaryExpression(condition)) return [condition];
  // `!!this.timer`
  const inner = unwrap(condition.operand);
  const isDouble =
    condition.operator === ts.SyntaxKind.ExclamationToken &&
    ts.isPrefixUnaryExpression(inner) &&
    inner.operator === ts.SyntaxKind.ExclamationToken;
  return isDouble ? testedWhenPresent(unwrap(inner.operand)) : [];
}
