/** Keys that are asked of a list before: what the list does not know is not put in. */

import type { Engine } from '../engine';
import { enclosingFunction, isFunctionNode, leaves, ts, unwrap } from '../syntax/syntax';
import { asksForMember, listChanges } from '../words/collections';
import type { Insertion } from './changes';
import type { Container } from './containers';

/** `if (!allowed.has(origin)) return; … cache.set(origin, made)`: there are no more keys than in the other collection. */
export function isAllowListed({ node, key }: Insertion, { name }: Container, { program }: Engine): boolean {
  const text = key && unwrap(key).getText();
  if (text === undefined) return false;
  const isAsked = (condition: ts.Expression): boolean => {
    const list = askedFor(unwrap(condition), text);
    // One that changes itself may go on with other keys.
    return list !== undefined && list !== name && !changes(list, program.text);
  };
  for (let at: ts.Node = node; at.parent && !isFunctionNode(at); at = at.parent) {
    const up = at.parent;
    if (ts.isIfStatement(up) && up.thenStatement === at && isAsked(up.expression)) return true;
    if (ts.isBlock(up) && enclosingFunction(up) === enclosingFunction(node))
      for (const before of up.statements) {
        if (before.pos >= at.pos) break;
        if (ts.isIfStatement(before) && leaves(before.thenStatement, true) && isRefused(before.expression, isAsked))
          return true;
      }
  }
  return false;
}

/** `!allowed.has(origin)` */
function isRefused(condition: ts.Expression, isAsked: (inner: ts.Expression) => boolean): boolean {
  const value = unwrap(condition);
  return (
    ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken && isAsked(value.operand)
  );
}

/** The collection that is asked for the key: `allowed.has(origin)`, `names.includes(name)`. */
function askedFor(condition: ts.Expression, key: string): string | undefined {
  if (!ts.isCallExpression(condition)) return undefined;
  const callee = unwrap(condition.expression);
  const [asked] = condition.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !asksForMember(callee.name.text)) return undefined;
  return asked && unwrap(asked).getText() === key ? unwrap(callee.expression).getText() : undefined;
}

function changes(list: string, text: string): boolean {
  return [...listChanges].some((method) => text.includes(`${list}.${method}(`));
}
