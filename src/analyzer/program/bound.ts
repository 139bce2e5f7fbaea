/** Functions that are given their `this`: `handler.bind(this)`. */

import { ts } from '../syntax/syntax';
import { bindsFunction } from '../words/functions';

/** Is it a call that makes a bound function of another one? */
export function isBindCall(node: ts.Expression): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    bindsFunction(node.expression.name.text)
  );
}

/** The function that is bound. */
export function bindTarget(node: ts.CallExpression): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
}
