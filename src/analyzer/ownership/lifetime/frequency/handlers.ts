/** What the syntax around a function says of the event that it handles. */

import type { FileProgram } from '../../../program/program';
import type { FileScopes } from '../../../program/scopes';
import { nodesIn } from '../../../syntax/nodeIndex';
import { calls } from '../../../syntax/selections';
import {
  type CallLike,
  calledName,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../../syntax/syntax';
import { watchGroups } from '../../../words/components';
import { asksForNext, isToldOnce, oneShotEvents, tellsOutcome } from '../../../words/events';
import { isPageObject } from '../../../words/pages';
import { isExportsObject } from '../../../words/program';
import { isRequestPair } from '../../../words/requests';

/** `(req, res, next) => …`, `(ctx, next) => …`: what a server runs for each request, by its parameters. */
export function answersRequests({ parameters: [first, second] }: FunctionNode): boolean {
  const nameOf = (parameter: ts.ParameterDeclaration | undefined): string =>
    parameter && ts.isIdentifier(parameter.name) ? parameter.name.text.replace(/^_+/, '') : '';
  return isRequestPair(nameOf(first), nameOf(second));
}

/** `socket.onmessage = fn`: the name of the event property of another object that a function is given to. */
export function handlerProperty(fn: FunctionNode, program: FileProgram): string | undefined {
  const given = propertyGiven(fn);
  if (!given || oneShotEvents.has(given.event) || isOfOwnObject(given.at, program)) return undefined;
  return tellsOutcome(given.event) && !isAskedAgain(fn) ? undefined : `on${given.event}`;
}

/**
 * `app.onkeydown = …` beside `app.resize = function () { … }`: an object that a program puts its own functions in is told of no
 * events by those that are called so.
 */
export function isOfOwnObject(assignment: ts.BinaryExpression, program: FileProgram): boolean {
  const left = unwrap(assignment.left);
  if (!ts.isPropertyAccessExpression(left)) return false;
  const object = left.expression.getText();
  if (isExportsObject(object)) return true;
  if (isPageObject(object) || !program.once(filledObjects).has(object)) return false;
  // An element, a socket: its own events stay what they are.
  const made = ts.isIdentifier(left.expression) ? program.scopes.resolve(left.expression)?.initializer : undefined;
  return !made || !(ts.isCallExpression(unwrap(made)) || ts.isNewExpression(unwrap(made)));
}

/** What the statements of a file give functions by names of its own, as it is written. */
function filledObjects({ sourceFile }: FileProgram): ReadonlySet<string> {
  const filled = new Set<string>();
  for (const statement of sourceFile.statements) {
    const given = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    if (!given || !isAssignment(given) || !isFunctionNode(unwrap(given.right))) continue;
    const left = unwrap(given.left);
    if (ts.isPropertyAccessExpression(left) && !left.name.text.startsWith('on')) filled.add(left.expression.getText());
  }
  return filled;
}

/** `request.onsuccess = fn`: where a function is given to what runs it once. */
export function outcomeProperty(fn: FunctionNode): ts.Node | undefined {
  const given = propertyGiven(fn);
  const isOnce = given && (oneShotEvents.has(given.event) || tellsOutcome(given.event));
  return isOnce && !isAskedAgain(fn) ? given.at : undefined;
}

/** `useRegisterSW({ onRegistered(worker) { … } })`: the call that tells a function of its object once. */
export function toldOnceBy(fn: FunctionNode, scopes: FileScopes): CallLike | undefined {
  const property: ts.Node = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  if (!(ts.isMethodDeclaration(property) || ts.isPropertyAssignment(property))) return undefined;
  if (!ts.isObjectLiteralExpression(property.parent)) return undefined;
  const call = wrapped(property.parent).parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
  let callee = unwrap(call.expression);
  while (ts.isPropertyAccessExpression(callee)) callee = unwrap(callee.expression);
  const module = ts.isIdentifier(callee) ? scopes.resolve(callee)?.imported?.module : undefined;
  const around = [call.expression, ...fn.parameters].map((part) => part.getText());
  return isToldOnce(propertyNameText(property.name) ?? '', [...around, module].join(' ')) ? call : undefined;
}

function isAskedAgain(fn: FunctionNode): boolean {
  return nodesIn(fn, calls).some((call) => asksForNext(calledName(call)));
}

function propertyGiven(fn: FunctionNode): { readonly event: string; readonly at: ts.BinaryExpression } | undefined {
  const outer = wrapped(fn as ts.Expression);
  const up = outer.parent;
  if (!isAssignment(up) || up.right !== outer) return undefined;
  const left = unwrap(up.left);
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind === ts.SyntaxKind.ThisKeyword) return undefined;
  return /^on[a-z]+$/.test(left.name.text) ? { event: left.name.text.slice(2), at: up } : undefined;
}

/** `{ watch: { source() { … } } }`, `{ watch: { source: { handler() { … } } } }`: what is watched. */
export function watchedBy(fn: FunctionNode): string | undefined {
  let property: ts.Node = ts.isMethodDeclaration(fn) ? fn : wrapped(fn as ts.Expression).parent;
  for (let depth = 0; depth < 2; depth++) {
    if (!ts.isMethodDeclaration(property) && !ts.isPropertyAssignment(property)) return undefined;
    const literal = property.parent;
    const group = literal.parent;
    if (!ts.isObjectLiteralExpression(literal) || !ts.isPropertyAssignment(group)) return undefined;
    if (watchGroups.has(propertyNameText(group.name) ?? '')) return propertyNameText(property.name);
    property = group;
  }
  return undefined;
}
