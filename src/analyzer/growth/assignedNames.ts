/** Names of functions, also of those that are assigned to a member. */
import { type FunctionNode, isAssignment, ts, unwrap, wrapped } from '../syntax/syntax';
import { functionName } from './holders';

/** Also of what is assigned: `api.add = (item) => …`. */
export function nameOf(fn: FunctionNode): string {
  const { parent } = wrapped(fn as ts.Expression);
  const left = isAssignment(parent) ? unwrap(parent.left) : undefined;
  return left && ts.isPropertyAccessExpression(left) ? left.name.text : functionName(fn);
}
