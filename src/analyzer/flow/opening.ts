/** When a handle is opened: what was made and never opened needs no closing. */

import { activatorsOf } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { enclosingFunction, ts, unwrap } from '../syntax/syntax';
import { isPromiseStep } from '../words/promises';
import { opensIt } from '../words/starts';

/** `const client = create(); if (!url) throw …; await client.connect();`: so far there is nothing to close. */
export function isBeforeOpening(exit: ts.Node, holder: Declaration): boolean {
  return holder.references.some((use) => {
    const access = use.parent;
    return (
      use.pos >= exit.end &&
      ts.isPropertyAccessExpression(access) &&
      access.expression === use &&
      opensIt(access.name.text) &&
      ts.isCallExpression(access.parent) &&
      access.parent.expression === access &&
      enclosingFunction(use) === enclosingFunction(exit)
    );
  });
}

/** `await client.connect()`: the call that makes it a resource. What was never opened needs no closing. */
export function isActivation(
  node: ts.Node,
  kind: ResourceKind,
  holders: ReadonlySet<Declaration>,
  engine: Engine,
): boolean {
  const method = methodOf(node, holders, engine);
  return (
    method !== undefined &&
    kind.acquire.some((form) => {
      const activators = form.form === 'convention' ? form.activatedBy : activatorsOf(form);
      return activators?.includes(method) === true;
    })
  );
}

/**
 * `await runner.connect()`, `await new Client(url).connect()`: when the step that opens it fails, it was never open.
 * @param made what makes it, where it is not open from there on
 */
export function isFailedOpening(
  node: ts.Node,
  made: ts.Node | undefined,
  holders: ReadonlySet<Declaration>,
  engine: Engine,
): boolean {
  if (!made) return false;
  const method = methodOf(node, holders, engine) ?? methodOfMade(node, made);
  return method !== undefined && opensIt(method);
}

/** The method of what is made in the same expression: `createClient().on('error', log).connect()`. */
function methodOfMade(node: ts.Node, made: ts.Node): string | undefined {
  const callee = calleeOf(node);
  if (!callee) return undefined;
  for (let at = unwrap(callee.expression); at !== made; ) {
    const before = ts.isCallExpression(at) ? unwrap(at.expression) : undefined;
    if (!before || !ts.isPropertyAccessExpression(before)) return undefined;
    at = unwrap(before.expression);
  }
  return callee.name.text;
}

/** The method of a holder that is called, and perhaps waited for. */
function methodOf(node: ts.Node, holders: ReadonlySet<Declaration>, { program }: Engine): string | undefined {
  const callee = calleeOf(node);
  const receiver = callee && unwrap(callee.expression);
  const held = receiver && ts.isIdentifier(receiver) ? program.scopes.resolve(receiver) : undefined;
  return held && holders.has(held) ? callee?.name.text : undefined;
}

function calleeOf(node: ts.Node): ts.PropertyAccessExpression | undefined {
  const awaited = ts.isAwaitExpression(node) ? unwrap(node.expression) : node;
  const call = ts.isCallExpression(awaited) ? beforePromiseMethods(awaited) : awaited;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) ? callee : undefined;
}

/** `server.listen().catch(…)`: the call that gives the promise. */
function beforePromiseMethods(call: ts.CallExpression): ts.Expression {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && isPromiseStep(callee.name.text) ? unwrap(callee.expression) : call;
}
