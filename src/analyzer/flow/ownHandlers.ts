/** Functions that a resource is given to run: handlers of its errors, callbacks of its work. */
import { isErrorFirst } from '../acquiring/callbacks';
import { constantOf } from '../constants';
import { listenMethods } from '../ownership/words/listeners';
import type { FileScopes } from '../scopes';
import { type FunctionNode, ts, unwrap, wrapped } from '../syntax';

type IsHolder = (expression: ts.Expression) => boolean;

/** `handle.on('error', () => handle.destroy())` says nothing about the ways on which no error comes. */
export function isHandlerOfErrors(fn: FunctionNode, isHolder: IsHolder, scopes: FileScopes): boolean {
  const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  if (!call || !ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    isHolder(callee.expression) &&
    constantOf(call.arguments[0], scopes) === 'error'
  );
}

/**
 * `connection.query(sql, (error, rows) => …)`: goes on when the resource has done its work.
 * @param byConvention of a library that nobody knows the form of the callback tells it
 */
export function isCallbackOf(
  fn: FunctionNode,
  isHolder: IsHolder,
  runsLast: (method: string) => boolean,
  byConvention: boolean,
): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments.at(-1) !== outer) return false;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isHolder(callee.expression)) return false;
  const { text } = callee.name;
  return runsLast(text) || (byConvention && !listenMethods.has(text) && isErrorFirst(fn));
}
