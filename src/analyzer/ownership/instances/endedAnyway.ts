/** Instances that may end without whoever makes them: others are given them, or they end themselves. */

import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { visitNodes } from '../../nodeIndex';
import { propertyAccesses, thisWords } from '../../selections';
import { calledName, hasModifier, isClassNode, isWithin, ts } from '../../syntax';
import { constructionOf } from './construction';
import { takesOver } from './instanceWords';
import { reachedBy, type Teardown } from './teardowns';

/** `parent.children.push(this)`: an instance that others are given while it is made may be ended by them. */
export function isHandedOver(owner: Owner, engine: Engine): boolean {
  if (isClassNode(owner.node) && hasModifier(owner.node, ts.SyntaxKind.AbstractKeyword)) return false;
  let found = false;
  for (const fn of constructionOf(owner, engine))
    visitNodes(fn, thisWords, (node) => {
      if (
        node.kind === ts.SyntaxKind.ThisKeyword &&
        ts.isCallExpression(node.parent) &&
        node.parent.expression !== node &&
        takesOver(calledName(node.parent))
      )
        found = true;
      return !found;
    });
  return found;
}

/** Calls one of its own teardowns on some other occasion: it may end when its work is done. */
export function endsItself(owner: Owner, ends: readonly Teardown[], engine: Engine): boolean {
  const names = new Set(ends.map(({ name }) => name));
  const reached = reachedBy(ends, engine);
  let found = false;
  visitNodes(owner.node, propertyAccesses, (node) => {
    if (
      ts.isPropertyAccessExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ThisKeyword &&
      names.has(node.name.text) &&
      ![...reached].some((fn) => isWithin(node, fn))
    )
      found = true;
    return !found;
  });
  return found;
}
