/**
 * Hooks that come again and again in one life: a view that is kept is shown and hidden many times before it ends. What
 * begins in such a hook has to end in its counterpart; an end of the whole meets only the last one.
 */
import type { Engine } from '../../engine';
import { enclosingFunction, type FunctionNode, propertyNameText, ts, unwrap, wrapped } from '../../syntax/syntax';
import { leaveHooks } from '../../words/hooks';

const maxDepth = 3;

/** The hook of each visit that the node runs in, directly or through functions that it calls. */
export function visitOf(node: ts.Node, engine: Engine): string | undefined {
  return hooksOf(node, engine).find((name) => leaveHooks.has(name));
}

/** Does the node run in the counterpart of the hook? */
export function isInLeave(node: ts.Node, hook: string, engine: Engine): boolean {
  const leaves = leaveHooks.get(hook) ?? [];
  return hooksOf(node, engine).some((name) => leaves.includes(name) || name === hook);
}

/** Names of the hooks, and of other functions, that come to run the node. */
export function hooksOf(node: ts.Node, engine: Engine): readonly string[] {
  const found: string[] = [];
  const seen = new Set<FunctionNode>();
  const look = (at: ts.Node, depth: number): void => {
    const fn = enclosingFunction(at);
    if (!fn || seen.has(fn) || depth > maxDepth) return;
    seen.add(fn);
    const name = hookName(fn);
    if (name !== undefined) found.push(name);
    for (const call of engine.program.callees.usesOf(fn).calls) look(call, depth + 1);
  };
  look(node, 0);
  return found;
}

/** The name of a method, or of the call that is given the function first: `onActivated(() => …)`. */
function hookName(fn: FunctionNode): string | undefined {
  if (fn.name) return propertyNameText(fn.name);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  if (ts.isPropertyAssignment(up) || ts.isPropertyDeclaration(up)) return propertyNameText(up.name);
  if (!ts.isCallExpression(up) || up.arguments[0] !== wrapped(fn)) return undefined;
  const callee = unwrap(up.expression);
  return ts.isIdentifier(callee) ? callee.text : undefined;
}
