/** Releases that first ask the resource whether there is anything left to release. */

import {
  type CallLike,
  isEquality,
  isFunctionNode,
  joinsConditions,
  leaves,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { tellsOfState } from '../words/states';

/**
 * `if (socket.readyState !== CLOSED) socket.close()`: is a member that tells of the state read in a condition under which the same
 * thing is ended? Then nothing is left either way. Not where the function is left by that: then it is one way out of others.
 * @param access a member of the resource
 */
export function asksBeforeEnd(access: ts.Expression, ends: ReadonlySet<string>): boolean {
  if (!ts.isPropertyAccessExpression(access) || !tellsOfState(access.name.text)) return false;
  return guardsEnd(access, unwrap(access.expression).getText(), ends);
}

/** `if (isPooled(connection)) connection.release()`: of another sort, it has no such end. */
export function asksSortBeforeEnd(test: CallLike, given: ts.Expression, ends: ReadonlySet<string>): boolean {
  return guardsEnd(test, unwrap(given).getText(), ends);
}

/** Is the expression a condition, or a part of one, under which the resource of this text is ended? */
function guardsEnd(test: ts.Expression, resource: string, ends: ReadonlySet<string>): boolean {
  for (let at: ts.Node = test; at.parent && !isFunctionNode(at); at = at.parent) {
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

/**
 * `return typeof value.release === 'function'`: is a member looked at only to give back whether it is there? A condition that is
 * asked where it stands is another thing: what comes under it may end the resource.
 */
export function isOnlyTold(access: ts.Expression): boolean {
  let at = wrapped(access);
  let isTest = false;
  for (;;) {
    const up = at.parent;
    const isCompared = ts.isBinaryExpression(up) && isEquality(up.operatorToken.kind);
    if (ts.isTypeOfExpression(up) || isCompared || isNegation(up)) isTest = true;
    else if (!ts.isBinaryExpression(up) || !joinsConditions(up.operatorToken.kind)) {
      return isTest && (ts.isReturnStatement(up) || (ts.isArrowFunction(up) && up.body === at));
    }
    at = wrapped(up as ts.Expression);
  }
}

function isNegation(node: ts.Node): boolean {
  return ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
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
