/** Does a function, whenever it runs, come to a place in it? */
import { type FunctionNode, isFunctionNode, isLogical, isWithin, ts, walk } from '../syntax/syntax';

/** On each run of the function, not in a branch and not after one that may leave. */
export function runsAlways(node: ts.Node, fn: FunctionNode): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return true;
  for (let at: ts.Node = node; at.parent && at !== fn.body; at = at.parent) {
    const up = at.parent;
    if (mayPassOver(up, at)) return false;
    if (isFunctionNode(up) && up !== fn) return false;
  }
  return !mayLeave(fn.body, 0, node.pos);
}

/** Is the node reached whenever another place before it, in the same function, has been? */
export function followsAlways(node: ts.Node, after: ts.Node): boolean {
  let at = node;
  for (; at.parent && !isWithin(after, at.parent); at = at.parent)
    if (mayPassOver(at.parent, at) || isFunctionNode(at.parent)) return false;
  const around = at.parent;
  return around !== undefined && ts.isBlock(around) && !mayLeave(around, after.end, node.pos);
}

/** May what contains a part of it run without that part? */
function mayPassOver(up: ts.Node, part: ts.Node): boolean {
  return (
    ts.isIfStatement(up) ||
    ts.isConditionalExpression(up) ||
    ts.isSwitchStatement(up) ||
    ts.isIterationStatement(up, false) ||
    ts.isCatchClause(up) ||
    (ts.isBinaryExpression(up) && up.right === part && isLogical(up.operatorToken.kind))
  );
}

function mayLeave(body: ts.Node, from: number, to: number): boolean {
  let leaves = false;
  walk(body, (inner) => {
    if (inner.pos >= from && inner.pos < to && (ts.isReturnStatement(inner) || ts.isThrowStatement(inner)))
      leaves = true;
    return !leaves && !isFunctionNode(inner);
  });
  return leaves;
}
