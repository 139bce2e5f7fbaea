/** Does a function, whenever it runs, come to a place in it? */
import { type FunctionNode, isFunctionNode, isLogical, ts, walk } from '../syntax';

/** On each run of the function, not in a branch and not after one that may leave. */
export function runsAlways(node: ts.Node, fn: FunctionNode): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return true;
  for (let at: ts.Node = node; at.parent && at !== fn.body; at = at.parent) {
    const up = at.parent;
    if (
      ts.isIfStatement(up) ||
      ts.isConditionalExpression(up) ||
      ts.isSwitchStatement(up) ||
      ts.isIterationStatement(up, false) ||
      ts.isCatchClause(up) ||
      (ts.isBinaryExpression(up) && up.right === at && isLogical(up.operatorToken.kind))
    )
      return false;
    if (isFunctionNode(up) && up !== fn) return false;
  }
  let leaves = false;
  walk(fn.body, (inner) => {
    if (inner.pos < node.pos && (ts.isReturnStatement(inner) || ts.isThrowStatement(inner))) leaves = true;
    return !leaves && !isFunctionNode(inner);
  });
  return !leaves;
}
