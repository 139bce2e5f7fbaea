/** Functions that go on when a promise is settled: `.then(…)`, `.catch(…)`, `.finally(…)`. */
import { type FunctionNode, ts, unwrap, wrapped } from '../../syntax/syntax';
import { isPromiseStep } from '../../words/promises';

/** The `.then` that a function is given to. */
export function continuedFrom(fn: FunctionNode): ts.Node | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && isPromiseStep(callee.name.text) ? callee.name : undefined;
}
