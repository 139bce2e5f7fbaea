/**
 * `client.query(sql).then((rows) => { client.release(); … })`: the release runs when the work succeeds. When it is rejected,
 * nothing in the chain releases, unless some `catch`, `finally` or second function does.
 */

import type { Engine } from '../engine';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { isCatch, isFinally, isThen } from '../words/promises';
import type { Body, HandleUses } from './useFacts';

/**
 * The work whose rejection skips every release; undefined where some release is reached otherwise, or someone else has it.
 * @param mayFail whether the promise that a call gives may be rejected
 */
export function skippedByRejection(
  body: Body,
  uses: HandleUses,
  mayFail: (call: ts.CallExpression) => boolean,
  engine: Engine,
): ts.CallExpression | undefined {
  let work: ts.CallExpression | undefined;
  for (const [, inBody] of uses.effects)
    for (const [at, effect] of inBody) {
      // A function that releases counts where it is written, too.
      if (isFunctionNode(at)) continue;
      const chained = effect === 'released' ? chainOf(at, body, uses, mayFail, engine) : undefined;
      if (!chained || (work && work !== chained)) return undefined;
      work = chained;
    }
  return work;
}

/** The work that starts the chain in whose success the node runs: on the resource, or another that begins while it is open. */
function chainOf(
  at: ts.Node,
  body: Body,
  uses: HandleUses,
  mayFail: (call: ts.CallExpression) => boolean,
  engine: Engine,
): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  for (let up: ts.Node = at; up.parent && up !== body; up = up.parent) {
    if (!isFunctionNode(up)) continue;
    const link = linkOf(up);
    if (!link || !isThen(link.name) || link.call.arguments.length !== 1) return undefined;
    const start = startOf(link.call);
    if (start && (uses.work.includes(start) || (beginsAfter(start, uses) && mayFail(start)))) found = start;
  }
  return found && !isHandledLater(found, engine) ? found : undefined;
}

/** Begins in the same function, when the resource is there. */
function beginsAfter(start: ts.CallExpression, { holders }: HandleUses): boolean {
  return [...holders].some(({ node, scope }) => node.end <= start.pos && scope.func === enclosingFunction(start));
}

interface Link {
  readonly name: string;
  readonly call: ts.CallExpression;
}

/** The `.then(fn)` that a function is given to. */
function linkOf(fn: FunctionNode): Link | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== wrapped(fn)) return undefined;
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? { name: callee.name.text, call } : undefined;
}

/** What the chain is of: `work()` of `work().then(a).then(b)`; undefined where a `catch` before lets it go on. */
function startOf(call: ts.CallExpression): ts.CallExpression | undefined {
  let at: ts.Expression = call;
  for (;;) {
    const callee: ts.Expression | undefined = ts.isCallExpression(at) ? unwrap(at.expression) : undefined;
    if (!callee) return undefined;
    if (!ts.isPropertyAccessExpression(callee)) return at !== call && ts.isCallExpression(at) ? at : undefined;
    if (!isThen(callee.name.text)) return ts.isCallExpression(at) && isPlain(callee.name.text) ? at : undefined;
    if (at !== call && ts.isCallExpression(at) && at.arguments.length !== 1) return undefined;
    at = unwrap(callee.expression);
  }
}

function isPlain(name: string): boolean {
  return !isCatch(name) && !isFinally(name);
}

/** A later link of the chain that is given a function of which nothing is known, which may release. */
function isHandledLater(start: ts.CallExpression, engine: Engine): boolean {
  for (let at: ts.Expression = start; ; ) {
    const access = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return false;
    at = access.parent;
    const handlers = isThen(access.name.text) ? access.parent.arguments.slice(1) : access.parent.arguments;
    if (handlers.some((handler) => engine.program.callees.functionsOf(handler).length === 0)) return true;
  }
}
