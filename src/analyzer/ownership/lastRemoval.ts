/**
 * `remove() { …; super.remove(); }`, `remove() { this.el.remove(); }`: `remove` says nothing of what goes. It is the end of the
 * whole where a view takes itself out of the page: it is given nothing, and passes its end on to its base or to its own element.
 */
import type { Owner } from '../program/members';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { type FunctionNode, ts, unwrap } from '../syntax/syntax';
import { namesOwnElement } from '../words/elements';
import { selfRemoval } from '../words/teardowns';

/** Does the owner take itself out by this `remove` of its own? */
export function takesItselfOut(fn: FunctionNode, owner: Owner): boolean {
  if (fn.parameters.length > 0 || (owner.kind === 'object' && !owner.isClassBody)) return false;
  return nodesIn(fn, calls).some(({ expression }) => {
    const callee = unwrap(expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    // `View.prototype.remove.apply(this, arguments)`
    const method = unwrap(callee.expression);
    if (ts.isPropertyAccessExpression(method) && method.name.text === selfRemoval)
      return isOfPrototype(method.expression);
    return callee.name.text === selfRemoval && (isSuper(method) || isElement(method));
  });
}

function isSuper(expression: ts.Expression): boolean {
  return expression.kind === ts.SyntaxKind.SuperKeyword;
}

function isOfPrototype(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  return ts.isPropertyAccessExpression(value) && value.name.text === 'prototype';
}

/** `this.el`, `this.$el` */
function isElement(expression: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    expression.expression.kind === ts.SyntaxKind.ThisKeyword &&
    namesOwnElement(expression.name.text)
  );
}
