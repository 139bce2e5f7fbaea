/** Which promises may reject, and which code a rejection passes by. */

import type { Engine } from '../engine';
import { returnedBy } from '../ownership/values/returned';
import { mayBeRejected } from '../program/executors';
import { isInCatch, isInFinally } from '../program/tryStatements';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isNewPromise,
  isWithin,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import { isThen, takesFailure } from '../words/promises';
import { isWait, looksUp } from './words';

/** The `await` between two nodes of a function whose rejection passes the second one by. */
export function firstRejection(
  from: { readonly end: number },
  node: ts.Node,
  fn: FunctionNode,
  engine: Engine,
): ts.Node | undefined {
  if (enclosingFunction(node) !== fn || node.pos < from.end || isInFinally(node) || isInCatch(node)) return undefined;
  let gap: ts.Node | undefined;
  if (!fn.body) return undefined;
  walk(fn.body, (inner) => {
    if (gap || isFunctionNode(inner)) return false;
    if (
      ts.isAwaitExpression(inner) &&
      inner.pos >= from.end &&
      inner.end <= node.pos &&
      !isCaughtBefore(inner, node, fn) &&
      mayReject(inner, engine)
    )
      gap = inner;
    return undefined;
  });
  return gap;
}

/** A `try` around the `await` alone catches the rejection, and the removal after it runs all the same. */
function isCaughtBefore(awaited: ts.Node, removal: ts.Node, fn: FunctionNode): boolean {
  for (let up: ts.Node = awaited; up !== fn; up = up.parent)
    if (ts.isTryStatement(up) && up.catchClause && isWithin(awaited, up.tryBlock) && !isWithin(removal, up.tryBlock)) {
      const last = up.catchClause.block.statements.at(-1);
      return !(last && (ts.isThrowStatement(last) || ts.isReturnStatement(last)));
    }
  return false;
}

/** Waiting for time to pass, or for work that catches its own failures, does not reject. */
function mayReject(awaited: ts.AwaitExpression, engine: Engine): boolean {
  const value = unwrap(awaited.expression);
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    const made = declaration?.kind === 'const' && declaration.initializer ? unwrap(declaration.initializer) : undefined;
    return !made || !neverRejects(made, engine);
  }
  if (!ts.isCallExpression(value)) return !neverRejects(value, engine);
  if (isWait(calledName(value)) || hasCatchBelow(value)) return false;
  return (
    !neverRejects(value, engine) &&
    !engine.program.callees.of(value).some((target) => target.body !== undefined && catchesAll(target.body))
  );
}

/** A promise whose executor can only resolve, a step that goes on with such a one, or what a function of this file returns of them. */
export function neverRejects(promise: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(promise);
  if (depth > 4) return false;
  if (ts.isNewExpression(value)) return isNewPromise(value) && !mayBeRejected(value, engine.program.scopes);
  if (ts.isPropertyAccessExpression(value)) {
    const member = engine.program.callees.ownerOfValue(value.expression)?.members.get(value.name.text);
    const values = member?.values.map(({ value }) => value) ?? [];
    return values.length > 0 && values.every((one) => one !== undefined && neverRejects(one, engine, depth + 1));
  }
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    // What was found in a table is what an earlier call has put in.
    const given = [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].filter(
      (one) => one !== undefined && !looksUp(one.getText()),
    );
    return given.length > 0 && given.every((one) => one !== undefined && neverRejects(one, engine, depth + 1));
  }
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  const [next] = value.arguments;
  // `wait(300)`: of time alone
  if (ts.isIdentifier(callee) && isWait(callee.text) && value.arguments.length < 2) return true;
  // `ready.then(() => new Promise((resolve) => …))`: what it waits for is no part of this work.
  if (ts.isPropertyAccessExpression(callee) && isThen(callee.name.text) && next && !makesWork(callee.expression))
    return resultsOf(engine.program.callees.functionsOf(next), engine, depth);
  return resultsOf(engine.program.callees.of(value), engine, depth);
}

function makesWork(promise: ts.Expression): boolean {
  const value = unwrap(promise);
  return ts.isCallExpression(value) || ts.isNewExpression(value);
}

function resultsOf(fns: readonly FunctionNode[], engine: Engine, depth: number): boolean {
  const given = fns.flatMap((fn) => returnedBy(fn));
  const isAsync = fns.some((fn) => fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword));
  return !isAsync && given.length > 0 && given.every((one) => neverRejects(one, engine, depth + 1));
}

/** A body that is one `try` with a `catch`, perhaps after declarations that wait for nothing. */
function catchesAll(body: ts.Node): boolean {
  if (!ts.isBlock(body)) return false;
  const last = body.statements.at(-1);
  if (!last || !body.statements.slice(0, -1).every((one) => ts.isVariableStatement(one) && !hasAwait(one)))
    return false;
  return ts.isBlock(last) ? catchesAll(last) : ts.isTryStatement(last) && last.catchClause !== undefined;
}

function hasAwait(statement: ts.Statement): boolean {
  let found = false;
  walk(statement, (node) => {
    if (ts.isAwaitExpression(node)) found = true;
    return !found && !isFunctionNode(node);
  });
  return found;
}

/** Is there a `catch` in the chain that the expression is made of? */
export function hasCatchBelow(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (!ts.isCallExpression(value)) return false;
  const callee = unwrap(value.expression);
  return (
    ts.isPropertyAccessExpression(callee) &&
    (takesFailure(callee.name.text, value.arguments.length) || hasCatchBelow(callee.expression))
  );
}
