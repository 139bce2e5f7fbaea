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

export type Opening = ts.JsxOpeningElement | ts.JsxSelfClosingElement;

/** The function or class of the component that shows the element of this name, if it always does. */
export function shownBy(name: ts.Expression, program: FileProgram): FunctionNode | ClassNode | undefined {
  const opening = name.parent;
  if (!isOpening(opening) || hasKey(opening)) return undefined;
  const fn = enclosingFunction(opening);
  const drawn = fn && outermost(elementOf(opening), program, showsAll);
  if (!drawn || !isAlwaysGiven(drawn, fn, program)) return undefined;
  if (!ts.isMethodDeclaration(fn) || !isClassNode(fn.parent)) return fn;
  return propertyNameText(fn.name) === 'render' ? fn.parent : undefined;
}

export function isOpening(node: ts.Node): node is Opening {
  return ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node);
}

export function elementOf(opening: Opening): ts.Expression {
  return ts.isJsxOpeningElement(opening) ? opening.parent : opening;
}

/**
 * The whole that an element is a part of, through conditions that do not change back.
 * @param shows whether an element around shows what is in it; undefined comes back where one does not
 * @param isProperty an element may be a property of another: `<Page head={<Clock />} />`
 */
export function outermost(
  element: ts.Expression,
  program: FileProgram,
  shows: (around: Opening) => boolean,
  isProperty = false,
): ts.Expression | undefined {
  const fn = enclosingFunction(element);
  let drawn = wrapped(element);
  for (;;) {
    const up = drawn.parent;
    const property = ts.isJsxExpression(up) && ts.isJsxAttribute(up.parent) ? up.parent : undefined;
    const around = ts.isJsxElement(up) ? up.openingElement : property?.parent.parent;
    if (around) {
      if ((property && !isProperty) || hasKey(around) || !shows(around)) return undefined;
      drawn = wrapped(elementOf(around));
    } else if (ts.isJsxFragment(up) || ts.isJsxExpression(up) || (fn && isLatched(up, drawn, fn, program)))
      drawn = wrapped(up as ts.Expression);
    else return drawn;
  }
}

/** Is it what the function gives, whenever it is called? */
export function isAlwaysGiven(drawn: ts.Expression, fn: FunctionNode, program: FileProgram): boolean {
  const up = drawn.parent;
  return up === fn || (ts.isReturnStatement(up) && up.parent === fn.body && isComeTo(up, fn, program));
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
export function isShownByAllAround(name: ts.Expression, program: FileProgram): boolean {
  const opening = name.parent;
  if (!isOpening(opening)) return true;
  return !hasKey(opening) && outermost(elementOf(opening), program, showsAll) !== undefined;
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

/** One that may change: a new key makes it anew. */
export function hasKey({ attributes }: Opening): boolean {
  return attributes.properties.some(
    (one) =>
      ts.isJsxAttribute(one) &&
      one.name.getText() === 'key' &&
      !(one.initializer && ts.isStringLiteral(one.initializer)),
  );
}

/** `<main>`, `<ThemeProvider>`, `<Theme.Provider>` */
function showsAll({ tagName, attributes }: Opening): boolean {
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
