/** In which part of a `try` a node stands. */

import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import { isFinally } from '../words/promises';

/** In a `finally` block, or a function given to `finally`. */
export function isInFinally(node: ts.Node): boolean {
  for (let at = node, up = node.parent; up; at = up, up = up.parent) {
    if (ts.isTryStatement(up) && up.finallyBlock === at) return true;
    if (isFunctionNode(at) && ts.isCallExpression(up)) {
      const callee = unwrap(up.expression);
      if (ts.isPropertyAccessExpression(callee) && isFinally(callee.name.text)) return true;
    }
  }
  return false;
}

/** In a `catch` of its own function. */
export function isInCatch(node: ts.Node): boolean {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) if (ts.isCatchClause(up)) return true;
  return false;
}
