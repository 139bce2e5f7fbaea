/** A handler that gives up the work it belongs to, and what may still run when it has. */
import type { Engine } from '../engine';
import { runsIn } from '../ownership/lost/sequence';
import {
  calledName,
  type FunctionNode,
  isFunctionNode,
  isNewPromise,
  isWithin,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { continuations, timerCalls } from '../words/callbacks';
import { tellsOfEnd } from '../words/events';
import { givesUp as givesUpByName } from '../words/states';

/** Does it reject the promise that it was written in, whatever else it finds? */
export function givesUp(handler: FunctionNode, engine: Engine): boolean {
  let found = false;
  if (handler.body)
    walk(handler.body, (node) => {
      if (isFunctionNode(node) || ts.isIfStatement(node) || ts.isTryStatement(node)) return false;
      if (ts.isCallExpression(node) && settles(node, engine) === 'rejects') found = true;
      return !found;
    });
  return found;
}

/** Which way the call settles a promise that is made around it; undefined for any other call. */
export function settles(call: ts.CallExpression, engine: Engine): 'resolves' | 'rejects' | undefined {
  const callee = unwrap(call.expression);
  const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
  const executor = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  if (!declaration || !executor || (!ts.isArrowFunction(executor) && !ts.isFunctionExpression(executor)))
    return undefined;
  const up = wrapped(executor).parent;
  if (!ts.isNewExpression(up) || !isNewPromise(up)) return undefined;
  const at = (executor.parameters as readonly ts.Node[]).indexOf(declaration.node);
  return at === 0 ? 'resolves' : at === 1 ? 'rejects' : undefined;
}

const maxCallers = 30;

/**
 * May the call run because the work has failed: in a `catch` or `finally`, in what follows on a promise, in a handler or
 * function whose name tells of an end, or in the function around itself? What is handed out, or is a method of an object
 * that is, runs only once there was something to hand out.
 */
export function mayRunAfterFailure(call: ts.Node, around: FunctionNode, engine: Engine): boolean {
  const seen = new Set<FunctionNode>();
  const queue: ts.Node[] = [call];
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (isAfterFailure(next, around)) return true;
    const fn = runsIn(next);
    if (!fn || fn === around || !isWithin(fn, around)) return true;
    if (seen.has(fn)) continue;
    seen.add(fn);
    if (seen.size > maxCallers) return true;
    const { calls, values } = engine.program.callees.usesOf(fn);
    const given = values.filter((value) => !ts.isPropertyAssignment(wrapped(value).parent));
    // What is written where it is given to somebody runs when they say.
    if ([...given, fn].some((one) => isAfterFailure(one, around))) return true;
    queue.push(...calls);
  }
  return false;
}

function isAfterFailure(node: ts.Node, around: FunctionNode): boolean {
  for (let at: ts.Node = node; at !== around && at.parent; at = at.parent) {
    const up = at.parent;
    if (ts.isCatchClause(up) || (ts.isTryStatement(up) && up.finallyBlock === at)) return true;
    if (!ts.isCallExpression(up) || up.expression === at) continue;
    const name = calledName(up);
    if (continuations.has(name) || timerCalls.has(name) || givesUpByName(name)) return true;
    const [event] = up.arguments;
    if (event && ts.isStringLiteralLike(event) && tellsOfEnd(event.text)) return true;
  }
  return false;
}
