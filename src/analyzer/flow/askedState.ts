/** Releases that first ask the resource whether there is anything left to release. */
import { tellsOfState } from '../ownership/words/states';
import { isFunctionNode, leaves, ts, unwrap, walk } from '../syntax';

/**
 * `if (socket.readyState !== CLOSED) socket.close()`: is a member that tells of the state read in a condition under which the same
 * thing is ended? Then nothing is left either way. Not where the function is left by that: then it is one way out of others.
 * @param access a member of the resource
 */
export function asksBeforeEnd(access: ts.Expression, ends: ReadonlySet<string>): boolean {
  if (!ts.isPropertyAccessExpression(access) || !tellsOfState(access.name.text)) return false;
  const resource = unwrap(access.expression).getText();
  for (let at: ts.Node = access; at.parent && !isFunctionNode(at); at = at.parent) {
    const up = at.parent;
    if (ts.isStatement(at)) return false;
    if (ts.isIfStatement(up) && up.expression === at)
      return (
        up.elseStatement === undefined && !leaves(up.thenStatement, true) && endsIn(up.thenStatement, resource, ends)
      );
    if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && up.left === at)
      if (endsIn(up.right, resource, ends)) return true;
  }
  return false;
}

function endsIn(branch: ts.Node, resource: string, ends: ReadonlySet<string>): boolean {
  let found = false;
  walk(branch, (node) => {
    if (isFunctionNode(node)) return false;
    if (!ts.isCallExpression(node)) return !found;
    const callee = unwrap(node.expression);
    const isEnd =
      ts.isPropertyAccessExpression(callee) &&
      ends.has(callee.name.text) &&
      unwrap(callee.expression).getText() === resource;
    // A function that is given it may end it.
    found ||= isEnd || (ts.isIdentifier(callee) && node.arguments.some((one) => unwrap(one).getText() === resource));
    return !found;
  });
  return found;
}
