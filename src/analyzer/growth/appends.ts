/** Does an expression give what was there with something added, and nothing taken away? */

import { isFunctionNode, ts, unwrap, walk } from '../syntax/syntax';
import { counts, lengthens, shortensList } from '../words/collections';

/** `[...before, x]`, `before.concat(x)`, `{ ...state, list: [...state.list, x] }`; and a body that pushes and returns it. */
export function addedTo(
  fn: ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration,
): ts.Node | undefined {
  const [first] = fn.parameters;
  if (!first || !fn.body || shortens(fn.body)) return undefined;
  const names = new Set<string>();
  walk(first.name, (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    return undefined;
  });
  let found: ts.Node | undefined;
  walk(fn.body, (node) => {
    if (found) return false;
    if (node !== fn.body && isFunctionNode(node)) return false;
    if (ts.isExpression(node) && isAppend(node, (of) => names.has(rootOf(of) ?? ''))) found = node;
    return !found;
  });
  return found;
}

/** Root variable of a chain of members. */
export function rootOf(expression: ts.Expression): string | undefined {
  let value = unwrap(expression);
  while (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)) value = unwrap(value.expression);
  return ts.isIdentifier(value) ? value.text : undefined;
}

/** Is it the list with more in it: a spread and an element, a `concat`, a `push`? */
export function isAppend(expression: ts.Expression, isList: (of: ts.Expression) => boolean): boolean {
  const value = unwrap(expression);
  if (ts.isArrayLiteralExpression(value))
    return (
      value.elements.length > 1 &&
      value.elements.some((element) => ts.isSpreadElement(element) && isList(unwrap(element.expression)))
    );
  if (!ts.isCallExpression(value) || value.arguments.length === 0) return false;
  const callee = unwrap(value.expression);
  return ts.isPropertyAccessExpression(callee) && lengthens(callee.name.text) && isList(unwrap(callee.expression));
}

/** Does the code take something away, or ask how much there is? */
export function shortens(body: ts.Node): boolean {
  let found = false;
  walk(body, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      if (shortensList(name)) found = true;
    }
    if (ts.isPropertyAccessExpression(node) && counts(node.name.text)) found = true;
    if (ts.isDeleteExpression(node)) found = true;
    return !found;
  });
  return found;
}
