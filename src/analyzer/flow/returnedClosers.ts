/**
 * `const done = closeAnd(fd, callback)`: a helper that makes what closes. It is open until that is called, not from the call of
 * the helper on.
 */
import type { FileScopes } from '../scopes';
import { type CallLike, type FunctionNode, isFunctionNode, ts, wrapped } from '../syntax';
import { isWriteTarget } from './innerFunctions';
import type { Effect } from './useFacts';

/** Does the function nothing with what it is given but close it in a function that it returns? */
export function isCloserMaker(fn: FunctionNode, effects: ReadonlyMap<ts.Node, Effect>): boolean {
  return (
    effects.size > 0 &&
    [...effects].every(
      ([at, effect]) => effect === 'released' && (isFunctionNode(at) || ts.isIdentifier(at)) && isReturned(at, fn),
    )
  );
}

function isReturned(at: ts.Node, fn: FunctionNode): boolean {
  if (!ts.isExpression(at)) return false;
  const outer = wrapped(at);
  return ts.isReturnStatement(outer.parent) || (ts.isArrowFunction(fn) && fn.body === outer);
}

/** The uses of the variable that the call's result is given to; undefined where it is given to anything else. */
export function usesOfCloser(call: CallLike, scopes: FileScopes): readonly ts.Expression[] | undefined {
  const up = wrapped(call as ts.Expression).parent;
  if (!ts.isVariableDeclaration(up) || !ts.isIdentifier(up.name)) return undefined;
  const declaration = scopes.declarationOf(up);
  return declaration && declaration.writes.length === 0
    ? declaration.references.filter((use) => !isWriteTarget(use))
    : undefined;
}
