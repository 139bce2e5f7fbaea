/**
 * Elements that a component shows whenever it is there itself, and only once: `return <main><Clock /></main>`, in no condition
 * that may change back, no loop, under no key, and in nothing that may hide it.
 */
import type { FileProgram } from '../../program/program';
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
} from '../../syntax/syntax';
import { hidesByProperty, showsContent } from '../../words/components';
import { drawing } from '../../words/ownElements';
import { staysSo } from './latchedStates';

/** The function or class of the component that shows the element of this name, if it always does. */
export function shownBy(name: ts.Expression, program: FileProgram): FunctionNode | ClassNode | undefined {
  const opening = name.parent;
  if (!ts.isJsxOpeningElement(opening) && !ts.isJsxSelfClosingElement(opening)) return undefined;
  if (hasKey(opening)) return undefined;
  const fn = enclosingFunction(opening);
  if (!fn) return undefined;
  let drawn = wrapped(ts.isJsxOpeningElement(opening) ? opening.parent : opening);
  let up = drawn.parent;
  for (;;) {
    if (ts.isJsxElement(up)) {
      if (!showsAll(up.openingElement) || hasKey(up.openingElement)) return undefined;
    } else if (ts.isJsxExpression(up)) {
      if (!isContent(up)) return undefined;
    } else if (!ts.isJsxFragment(up) && !isLatched(up, drawn, fn, program)) break;
    drawn = wrapped(up as ts.Expression);
    up = drawn.parent;
  }
  const isAlways = up === fn || (ts.isReturnStatement(up) && up.parent === fn.body && isComeTo(up, fn, program));
  if (!isAlways) return undefined;
  if (!ts.isMethodDeclaration(fn) || !isClassNode(fn.parent)) return fn;
  return propertyNameText(fn.name) === 'render' ? fn.parent : undefined;
}

/**
 * The class that draws a text of markup whenever it is there: its method gives nothing else (``render() { return html`…`; }``), or
 * one of its members is that.
 */
export function drawerOf(markup: ts.Expression, program: FileProgram): ClassNode | undefined {
  const outer = wrapped(markup);
  const up = outer.parent;
  if (ts.isPropertyDeclaration(up)) {
    const isDrawn = drawsBy(up) && up.initializer === outer && !usesItself(up, program);
    return isDrawn && isClassNode(up.parent) ? up.parent : undefined;
  }
  const fn = enclosingFunction(outer);
  if (!fn || !(ts.isMethodDeclaration(fn) || ts.isGetAccessor(fn)) || !drawsBy(fn)) return undefined;
  const isAlways = ts.isReturnStatement(up) && up.parent === fn.body && isComeTo(up, fn, program);
  return isAlways && isClassNode(fn.parent) && !usesItself(fn, program) ? fn.parent : undefined;
}

/** Does the file itself ask for what draws: `this.innerHTML = this.render()`? */
function usesItself({ name }: ts.ClassElement, { callees }: FileProgram): boolean {
  return callees.accesses.has((name && propertyNameText(name)) ?? '');
}

function drawsBy({ name, parent }: ts.PropertyDeclaration | ts.MethodDeclaration | ts.GetAccessorDeclaration): boolean {
  return isClassNode(parent) && drawing.has(propertyNameText(name) ?? '');
}

/** Does each element around that of this name show what is in it, always and under no key? */
export function isShownByAllAround(name: ts.Expression): boolean {
  const opening = name.parent;
  if (!ts.isJsxOpeningElement(opening) && !ts.isJsxSelfClosingElement(opening)) return true;
  if (hasKey(opening)) return false;
  const own = ts.isJsxOpeningElement(opening) ? opening.parent : opening;
  for (let up = wrapped(own).parent; ts.isJsxElement(up) || ts.isJsxFragment(up); up = wrapped(up).parent)
    if (ts.isJsxElement(up) && (!showsAll(up.openingElement) || hasKey(up.openingElement))) return false;
  return true;
}

/** In braces among the content of an element, and not a property of it. */
function isContent({ parent }: ts.JsxExpression): boolean {
  return ts.isJsxElement(parent) || ts.isJsxFragment(parent);
}

/** `ready && <Clock />`, `ready ? <Clock /> : <Wait />`, of a state that does not change back. */
function isLatched(node: ts.Node, shown: ts.Expression, fn: FunctionNode, program: FileProgram): boolean {
  if (ts.isConditionalExpression(node) && node.condition !== shown)
    return staysSo(node.condition, node.whenTrue === shown, fn, program);
  return (
    ts.isBinaryExpression(node) &&
    node.right === shown &&
    node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
    staysSo(node.left, true, fn, program)
  );
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
    return ts.isIfStatement(statement) && isOver(statement, fn, program);
  });
}

/** It leaves in one branch only, and either always or never again once it has come by. */
function isOver(statement: ts.IfStatement, fn: FunctionNode, program: FileProgram): boolean {
  const { expression, thenStatement, elseStatement } = statement;
  if (isSettled(expression, fn, program)) return true;
  const [leavesThen, leavesElse] = [thenStatement, elseStatement].map((one) => one !== undefined && returns(one, fn));
  return leavesThen !== leavesElse && staysSo(expression, !leavesThen, fn, program);
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
