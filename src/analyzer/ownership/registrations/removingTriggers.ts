/** The registrations, timers and promises whose coming takes a handler off. */
import type { Engine } from '../../engine';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isExecutor,
  isWithin,
  ts,
  wrapped,
} from '../../syntax/syntax';
import { continuations, timerCalls } from '../../words/callbacks';
import { listenMethods, unlistenMethods } from '../../words/listeners';

/**
 * The calls that wait for what runs the sites.
 * @returns undefined where the work itself runs one, or somebody who is not seen may
 */
export function triggersOf(
  sites: readonly ts.Node[],
  work: FunctionNode,
  engine: Engine,
): readonly ts.CallExpression[] | undefined {
  const found = new Set<ts.CallExpression>();
  const seen = new Set<FunctionNode>();
  /** Is all that runs the function of a node seen? */
  const isSeen = (at: ts.Node): boolean => {
    const fn = enclosingFunction(at);
    if (!fn || fn === work || isExecutor(fn) || !isWithin(fn, work)) return false;
    if (seen.has(fn)) return true;
    seen.add(fn);
    const { calls, values } = engine.program.callees.usesOf(fn);
    const written: readonly ts.Expression[] =
      ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? [...new Set([fn, ...values])] : values;
    return calls.every((call) => isSeen(call)) && written.every(isTaken);
  };
  const isTaken = (value: ts.Expression): boolean => {
    const outer = wrapped(value);
    const up = outer.parent;
    if (ts.isVariableDeclaration(up)) return true;
    if (!ts.isCallExpression(up) || up.expression === outer) return false;
    const name = calledName(up);
    // Who takes it off does not run it.
    if (unlistenMethods.has(name)) return true;
    if (!listenMethods.has(name) && !timerCalls.has(name) && !continuations.has(name)) return false;
    found.add(up);
    return true;
  };
  return sites.every(isSeen) ? [...found] : undefined;
}
