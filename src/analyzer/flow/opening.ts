/** When a handle is opened: what was made and never opened needs no closing. */

import { activatorsOf } from '../acquisitions';
import type { Engine } from '../engine';
import { isPromiseStep } from '../ownership/words/promises';
import { opensIt } from '../ownership/words/starts';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import { enclosingFunction, ts, unwrap } from '../syntax';

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

/** `await runner.connect()`: when the step that opens it fails, it was never open. */
export function isFailedOpening(node: ts.Node, holders: ReadonlySet<Declaration>, engine: Engine): boolean {
  const method = methodOf(node, holders, engine) ?? methodOfMade(node);
  return method !== undefined && opensIt(method);
}

/** The method of something that is made in the same expression: `await new Client(url).connect()`. */
function methodOfMade(node: ts.Node): string | undefined {
  const callee = calleeOf(node);
  if (!callee) return undefined;
  let made = unwrap(callee.expression);
  // `createClient().on('error', log).connect()`
  for (;;) {
    if (ts.isNewExpression(made)) return callee.name.text;
    if (!ts.isCallExpression(made)) return undefined;
    const inner = unwrap(made.expression);
    if (!ts.isPropertyAccessExpression(inner)) return callee.name.text;
    const before = unwrap(inner.expression);
    if (!ts.isCallExpression(before) && !ts.isNewExpression(before)) return callee.name.text;
    made = before;
  }
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
