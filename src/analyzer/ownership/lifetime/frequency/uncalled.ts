/**
 * Functions that nothing of the program calls, left from before or not in use yet: neither their own file nor another, though
 * others come to the file for what else it has.
 */
import { isComponentFile } from '../../../syntax/singleFile';
import { enclosingFunction, type FunctionNode, isFunctionNode, isWithin, type ts } from '../../../syntax/syntax';
import { isCalledByHost } from '../../../words/starts';
import { nameOf } from './functionNames';
import type { Judge } from './judge';
import { routesOf } from './routes';

/** Does the place lie in such a function, or in one that only such functions call? */
export function isInUncalled(node: ts.Node, judge: Judge): boolean {
  if (isFunctionNode(node) && judge.isUncalled(node)) return true;
  const around = enclosingFunction(node);
  return around !== undefined && isInUncalled(around, judge);
}

/** Neither its own file calls it, but in such functions, nor another. */
export function isUncalled(fn: FunctionNode, judge: Judge): boolean {
  const { callees, scopes, members, path } = judge.program;
  const name = nameOf(fn, scopes);
  // Markup may call what the scripts beside it have; who calls a method of an instance is not seen.
  if (name === '' || !scopes.isModule || isComponentFile(path)) return false;
  if (members.holdersOf(fn).some(({ owner }) => owner.kind !== 'object' || owner.isClassBody)) return false;
  const { calls, values } = callees.usesOf(fn);
  const routes = routesOf(fn, values, judge.program);
  if (!routes || !values.every((value) => routes.values.has(value))) return false;
  if (!calls.every((call) => isWithin(call, fn) || isInUncalled(call, judge))) return false;
  if (routes.names.some((one) => isCalledByHost(one))) return false;
  return judge.asked('unnamed', routes.names) !== undefined;
}
