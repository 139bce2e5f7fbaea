/** Functions that draw: components, and methods by the name of `render`. */

import { isEmptyArray, isEmptyValue } from '../../../program/emptyValues';
import { select, visitNodes } from '../../../syntax/nodeIndex';
import { type FunctionNode, hasModifier, isAssignment, isClassNode, ts, unwrap } from '../../../syntax/syntax';
import { isShownContent } from '../../../words/components';
import { emptiesFirst } from '../../../words/releases';
import { returnedBy } from '../../values/returned';

const jsxNodes = select<ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment>(
  ts.SyntaxKind.JsxElement,
  ts.SyntaxKind.JsxSelfClosingElement,
  ts.SyntaxKind.JsxFragment,
);

/** A function whose body renders: calls hooks or returns JSX, and is named like a component. */
export function isComponent(fn: FunctionNode, name: string): boolean {
  if (!/^[A-Z]/.test(name) || !fn.body || isClassNode(fn.parent)) return false;
  let jsx = false;
  visitNodes(fn.body, jsxNodes, (node) => {
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) jsx = true;
    return !jsx;
  });
  return jsx;
}

/**
 * Is a `render` called again? That of a framework gives what it shows, and takes nothing; one that draws by itself is called
 * again if it first empties what it draws into.
 */
export function rendersAgain(fn: FunctionNode): boolean {
  if (fn.parameters.length > 0 || hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return false;
  const { body } = fn;
  if (!body || !ts.isBlock(body)) return true;
  return returnedBy(fn).some((value) => !isEmptyValue(value)) || body.statements.some(empties);
}

/** Nothing is returned anywhere in its body. */
export function givesNothing(fn: FunctionNode): boolean {
  return fn.body !== undefined && ts.isBlock(fn.body) && returnedBy(fn).length === 0;
}

/** `this.element.innerHTML = …`, `this.rows = []`, `clearNode(this.element)`, `this.element.replaceChildren()` */
function empties(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) return statement.statements.some(empties);
  const expression = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  if (!expression) return false;
  if (isAssignment(expression)) {
    const left = unwrap(expression.left);
    if (ts.isPropertyAccessExpression(left) && isShownContent(left.name.text)) return true;
    const value = unwrap(expression.right);
    return (ts.isStringLiteralLike(value) && value.text === '') || isEmptyArray(value);
  }
  const callee = ts.isCallExpression(expression) ? unwrap(expression.expression) : undefined;
  const name = callee && (ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
  return name !== undefined && emptiesFirst(name);
}
