/** Functions that are given to an effect of a component: `useEffect(() => { … })`. */
import { calledName, type FunctionNode, ts, wrapped } from '../../syntax';
import { effectHooks } from '../words/hooks';

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
