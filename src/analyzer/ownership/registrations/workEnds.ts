/**
 * How a work comes to an end beside its handlers: an async function is done, an await fails before the removal, a race
 * is lost.
 */

import type { Engine } from '../../engine';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isFunctionNode,
  isNewPromise,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { isCatch, isPromiseName, isRace, waitsForOutcomes } from '../../words/promises';
import { givesUp as givesUpByName } from '../../words/states';
import { raceOf } from '../late/raceTimers';
import type { Removal } from './removals';
import type { Way } from './settlingWays';
import { returnedCleanUp } from './works';

/** The end of an async function that awaits something after the node; a loop that asks the receiver lasts as long as it. */
export function endOf(fn: FunctionNode, node: ts.Node): Way | undefined {
  let awaited: ts.Node | undefined;
  let endless = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (inner.pos > node.pos && isWait(inner)) awaited = inner;
      if (
        ts.isWhileStatement(inner) &&
        (/aborted/.test(inner.expression.getText()) ||
          (/^(?:true|1)$/.test(inner.expression.getText()) && !isLeft(inner)))
      )
        endless = true;
      if (ts.isForStatement(inner) && !inner.condition && !isLeft(inner)) endless = true;
      return undefined;
    });
  const handed = hasModifier(fn, ts.SyntaxKind.AsyncKeyword) ? undefined : returnedCleanUp(fn);
  if (handed) return { functions: [], trigger: undefined, at: handed };
  return awaited && !endless ? { functions: [], trigger: undefined, at: awaited } : undefined;
}

/** Does the work go on until something else is done? An async function that returns a promise waits for it, too. */
function isWait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  const given = ts.isReturnStatement(node) && node.expression ? unwrap(node.expression) : undefined;
  return (
    given !== undefined &&
    (ts.isCallExpression(given) || (ts.isPropertyAccessExpression(given) && isPromiseName(given.name.text)))
  );
}

/** Does a loop come to an end by itself: a `break` or `return` of its own, which does not ask whether the work is given up? */
function isLeft(loop: ts.IterationStatement): boolean {
  let left = false;
  walk(loop.statement, (inner) => {
    const asks = ts.isIfStatement(inner) && givesUpByName(inner.expression.getText());
    if (ts.isBreakStatement(inner) || ts.isReturnStatement(inner)) left = true;
    return !left && !asks && !isFunctionNode(inner) && !ts.isSwitchStatement(inner);
  });
  return left;
}

/**
 * An await between the registration and its removal that may fail and then skips the removal. Only where each removal
 * stands in the same function, after the registration, outside of any `finally`, `catch` or other function.
 */
export function failureOf(fn: FunctionNode, node: ts.Node, removals: readonly Removal[]): Way | undefined {
  for (const { node: removal } of removals) {
    if (enclosingFunction(removal) !== fn || removal.pos < node.pos) return undefined;
    for (let at: ts.Node = removal; at !== fn && at.parent; at = at.parent)
      if (ts.isCatchClause(at) || (ts.isTryStatement(at.parent) && at.parent.finallyBlock === at)) return undefined;
  }
  const first = Math.min(...removals.map(({ node: removal }) => removal.pos));
  let failing: ts.Node | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (ts.isAwaitExpression(inner) && inner.pos > node.pos && inner.end < first && !isCaught(inner, fn))
        failing ??= inner;
      return undefined;
    });
  return failing ? { functions: [], trigger: undefined, at: failing } : undefined;
}

/** Within a `try` whose `catch` goes on, or on a promise whose failure is handled: `await work.catch(…)`. */
function isCaught(node: ts.AwaitExpression, fn: FunctionNode): boolean {
  const awaited = unwrap(node.expression);
  if (
    ts.isCallExpression(awaited) &&
    ts.isPropertyAccessExpression(awaited.expression) &&
    (isCatch(awaited.expression.name.text) || waitsForOutcomes(awaited.expression.name.text))
  )
    return true;
  for (let at: ts.Node = node; at !== fn && at.parent; at = at.parent)
    if (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause) return true;
  return false;
}

/** A promise that only the signal settles, and that is raced or comes with an end of its own: whatever wins leaves the handler. */
export function raced(
  ways: readonly Way[],
  executor: FunctionNode,
  node: ts.CallExpression,
  mayBeHanded: boolean,
  engine: Engine,
): Way | undefined {
  const made = isNewPromise(executor.parent) ? executor.parent : undefined;
  if (!made || ways.length === 0 || ways.some(({ trigger }) => trigger !== node)) return undefined;
  const references = executor.parameters.flatMap((one) => engine.program.scopes.declarationOf(one)?.references ?? []);
  // Who else has it may settle the promise.
  const isCalled = (value: ts.Expression): boolean => {
    const up = wrapped(value).parent;
    return ts.isCallExpression(up) && (up === node || up.expression === wrapped(value));
  };
  if (!references.every(isCalled)) return undefined;
  const race = mayBeHanded ? undefined : raceOf(made, engine);
  if (!mayBeHanded) return race && { functions: [], trigger: undefined, at: race, isRaced: true };
  const maker = enclosingFunction(made);
  const handed = maker && returnedCleanUp(maker);
  const calls = maker ? engine.program.callees.usesOf(maker).calls : [];
  return handed || [made, ...calls].some(isInRace)
    ? { functions: [], trigger: undefined, at: handed ?? made }
    : undefined;
}

/** `Promise.race([work, aborted(signal)])` */
function isInRace(promise: ts.Expression): boolean {
  const list = wrapped(promise).parent;
  const call = list.parent;
  return ts.isArrayLiteralExpression(list) && ts.isCallExpression(call) && isRace(calledName(call));
}
