/**
 * Elements that a component shows whenever it is there itself, and only once: `return <main><Clock /></main>`, in no condition,
 * no loop, under no key, and in nothing that may hide it.
 */
import type { FileProgram } from '../../program';
import {
  type ClassNode,
  enclosingFunction,
  type FunctionNode,
  isClassNode,
  isWithin,
  propertyNameText,
  ts,
  walk,
  wrapped,
} from '../../syntax';
import { hidesByProperty, showsContent } from '../words/components';

/** The function or class of the component that shows the element of this name, if it always does. */
export function shownBy(name: ts.Expression, program: FileProgram): FunctionNode | ClassNode | undefined {
  const opening = name.parent;
  if (!ts.isJsxOpeningElement(opening) && !ts.isJsxSelfClosingElement(opening)) return undefined;
  if (hasKey(opening)) return undefined;
  let at: ts.Expression = ts.isJsxOpeningElement(opening) ? opening.parent : opening;
  for (let up = at.parent; ts.isJsxElement(up) || ts.isJsxFragment(up); at = up, up = up.parent)
    if (ts.isJsxElement(up) && (!showsAll(up.openingElement) || hasKey(up.openingElement))) return undefined;
  const drawn = wrapped(at);
  const up = drawn.parent;
  const fn = enclosingFunction(drawn);
  if (!fn) return undefined;
  const isAlways = up === fn || (ts.isReturnStatement(up) && up.parent === fn.body && isComeTo(up, fn, program));
  if (!isAlways) return undefined;
  if (!ts.isMethodDeclaration(fn) || !isClassNode(fn.parent)) return fn;
  return propertyNameText(fn.name) === 'render' ? fn.parent : undefined;
}

function hasKey({ attributes }: ts.JsxOpeningElement | ts.JsxSelfClosingElement): boolean {
  return attributes.properties.some((one) => ts.isJsxAttribute(one) && one.name.getText() === 'key');
}

/** `<main>`, `<ThemeProvider>`, `<Theme.Provider>` */
function showsAll({ tagName, attributes }: ts.JsxOpeningElement): boolean {
  const name = tagName.getText().split('.').pop() ?? '';
  if (/^[a-z]/.test(name)) return true;
  // A provider has a `value`, which is no question of being shown.
  return showsContent(name) && (/Provider$/.test(name) || !hidesByProperty(attributes.getText()));
}

/** No statement before it leaves the function, unless by what the component itself cannot change. */
function isComeTo(last: ts.ReturnStatement, fn: FunctionNode, program: FileProgram): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return false;
  return fn.body.statements.every((statement) => {
    if (statement.pos >= last.pos || !returns(statement, fn)) return true;
    return ts.isIfStatement(statement) && isSettled(statement.expression, fn, program);
  });
}

function returns(statement: ts.Statement, fn: FunctionNode): boolean {
  let found = false;
  walk(statement, (node) => {
    if (ts.isReturnStatement(node) && enclosingFunction(node) === fn) found = true;
    return !found;
  });
  return found;
}

/** It asks nothing that is given to the component, or that the component has. */
function isSettled(condition: ts.Expression, fn: FunctionNode, { scopes }: FileProgram): boolean {
  let isSo = true;
  walk(condition, (node) => {
    if (node.kind === ts.SyntaxKind.ThisKeyword || ts.isCallExpression(node)) isSo = false;
    const declaration = ts.isIdentifier(node) ? scopes.resolve(node) : undefined;
    if (!declaration) return isSo;
    // What an object of the module says may be another thing later.
    if (isWithin(declaration.node, fn) || declaration.writes.length > 0 || ts.isPropertyAccessExpression(node.parent))
      isSo = false;
    return isSo;
  });
  return isSo;
}
