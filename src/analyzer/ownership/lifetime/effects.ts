/** Functions that are given to an effect of a component: `useEffect(() => { … })`. */
import type { FileProgram } from '../../program/program';
import { calledName, type FunctionNode, isFunctionNode, ts, wrapped } from '../../syntax/syntax';
import { effectHooks } from '../../words/hooks';

/** The call of the hook that is given the function as its effect. */
export function effectAround(fn: FunctionNode): ts.CallExpression | undefined {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  return ts.isCallExpression(call) && call.arguments[0] === outer && effectHooks.has(calledName(call))
    ? call
    : undefined;
}

/** Is it given to an effect hook? */
export function isEffect(fn: FunctionNode): boolean {
  return effectAround(fn) !== undefined;
}

/** Does the place run at most once in each run of the effect: outside of loops, in it or in a function that it calls once? */
export function isOnceIn(effect: FunctionNode, place: ts.Node, { callees }: FileProgram): boolean {
  const seen = new Set<FunctionNode>();
  for (let at: ts.Node | undefined = place; at; at = at.parent) {
    if (at === effect) return true;
    if (ts.isIterationStatement(at, false)) return false;
    if (!isFunctionNode(at)) continue;
    const { calls, values } = callees.usesOf(at);
    const [only] = calls;
    if (!only || calls.length > 1 || values.length > 0 || seen.has(at)) return false;
    seen.add(at);
    at = only;
  }
  return false;
}
