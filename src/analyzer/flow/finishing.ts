/** Is a resource used until it tells by itself that it is at its end? */
import type { Engine } from '../engine';
import type { ResourceKind } from '../resources/model';
import { type FunctionNode, isFunctionNode, propertyNameText, ts, walk } from '../syntax/syntax';

/** In a loop, a condition that asks for the end: `for (;;) { const { done } = await reader.read(); if (done) break; }`. */
export function asksForEnd(condition: ts.Node, { finishedBy }: ResourceKind, engine: Engine): boolean {
  return finishedBy !== undefined && isInLoop(condition) && asksFor(finishedBy, condition, engine);
}

/** Does the function go on until the end of what it is given? */
export function usesUp(fn: FunctionNode, kind: ResourceKind, engine: Engine): boolean {
  let ends = false;
  if (kind.finishedBy && fn.body)
    walk(fn.body, (node) => {
      ends ||= ts.isIfStatement(node) && asksForEnd(node.expression, kind, engine);
      return !ends;
    });
  return ends;
}

function isInLoop(node: ts.Node): boolean {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent)
    if (ts.isIterationStatement(up, false)) return true;
  return false;
}

/** Is the condition that member, or a variable that was taken from it? */
function asksFor(member: string, condition: ts.Node, engine: Engine): boolean {
  let asked = false;
  walk(condition, (inner) => {
    if (ts.isPropertyAccessExpression(inner) && inner.name.text === member) asked = true;
    const taken = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner)?.node : undefined;
    if (taken && ts.isBindingElement(taken) && propertyNameText(taken.propertyName ?? taken.name) === member)
      asked = true;
    return !asked;
  });
  return asked;
}
