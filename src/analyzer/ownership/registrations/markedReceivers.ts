/** Receivers that are marked or noted when they get their handler: each gets one. */

import type { Acquisition } from '../../acquiring/acquisitions';
import { enclosingFunction, isAssignment, isFunctionNode, ts, unwrap, walk } from '../../syntax/syntax';
import { putsUnderKey } from '../../words/collections';

/**
 * Once per receiver, which is marked or noted: `if (!socket[seen]) { socket[seen] = true; … }`,
 * `if (!known.has(socket)) { known.add(socket); … }`, `if (emitter.listenerCount(event) === 0) …`.
 */
export function isMarked({ node, receiver }: Acquisition): boolean {
  if (!receiver) return false;
  const name = unwrap(receiver).getText();
  const fn = enclosingFunction(node);
  if (!fn?.body) return false;
  const conditions: ts.Expression[] = [];
  walk(fn.body, (inner) => {
    if (ts.isIfStatement(inner) && inner.pos < node.pos) conditions.push(inner.expression);
    return !isFunctionNode(inner);
  });
  const about = conditions.filter((condition) => mentions(condition, name));
  if (about.length === 0) return false;
  if (about.some((condition) => /\blisteners?(?:Count)?\(/.test(condition.getText()))) return true;
  let marked = false;
  walk(fn.body, (inner) => {
    if (isAssignment(inner)) {
      const left = unwrap(inner.left);
      const target =
        ts.isPropertyAccessExpression(left) || ts.isElementAccessExpression(left)
          ? left.expression.getText()
          : undefined;
      if (target === name && about.some((condition) => condition.getText().includes(left.getText()))) marked = true;
    } else if (ts.isCallExpression(inner) && ts.isPropertyAccessExpression(inner.expression)) {
      const method = inner.expression.name.text;
      const container = inner.expression.expression.getText();
      if (
        putsUnderKey(method) &&
        inner.arguments[0]?.getText() === name &&
        about.some((condition) => condition.getText().includes(`${container}.has(`))
      )
        marked = true;
    }
    return !marked;
  });
  return marked;
}

function mentions(condition: ts.Expression, name: string): boolean {
  let found = false;
  walk(condition, (inner) => {
    if (inner.getText() === name) found = true;
    return !found;
  });
  return found;
}
