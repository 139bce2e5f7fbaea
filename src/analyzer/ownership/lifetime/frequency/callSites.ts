/** What the code around a call says of the handler that is given to it. */

import { isEmptyValue } from '../../../program/emptyValues';
import type { FileProgram } from '../../../program/program';
import type { Declaration, FileScopes } from '../../../program/scopes';
import {
  type CallLike,
  calledName,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isOfBody,
  isWithin,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../../syntax/syntax';
import { isViewBox } from '../../../words/components';
import { unlistenMethods } from '../../../words/listeners';
import { isTakingAway } from '../../../words/releases';

/** `const root = ref(null)`, which the code only reads: the view puts its element in. */
export function isFilledByView(source: ts.Expression, scopes: FileScopes): boolean {
  const box = unwrap(source);
  const declaration = ts.isIdentifier(box) ? scopes.resolve(box) : undefined;
  const made = declaration?.initializer && unwrap(declaration.initializer);
  if (!declaration || !made || !ts.isCallExpression(made) || !isViewBox(made.expression.getText())) return false;
  if (made.arguments.some((one) => !isEmptyValue(one) && !ts.isStringLiteralLike(one))) return false;
  return declaration.references.every((use) => {
    const access = wrapped(use).parent;
    if (access === (source.parent as ts.Node)) return true;
    if (!ts.isPropertyAccessExpression(access) || access.name.text !== 'value') return false;
    const up = wrapped(access).parent;
    return !(isAssignment(up) && up.left === wrapped(access));
  });
}

/** `const first = source.onDidOpen(() => { first.dispose(); … })`: the handler takes itself away. */
export function endsItself(call: CallLike, argument: ts.Expression, scopes: FileScopes): boolean {
  const declaration = ts.isVariableDeclaration(wrapped(call as ts.Expression).parent)
    ? scopes.declarationOf(wrapped(call as ts.Expression).parent)
    : undefined;
  return (
    declaration?.references.some((use) => {
      const outer = wrapped(use);
      const up = outer.parent;
      if (!isWithin(use, argument)) return false;
      if (ts.isCallExpression(up) && up.expression === outer) return true;
      const site = ts.isPropertyAccessExpression(up) ? up : ts.isCallExpression(up) ? unwrap(up.expression) : undefined;
      // `dispose(first)`, or one of its methods
      if (!site || ts.isIdentifier(site)) return site !== undefined;
      return ts.isPropertyAccessExpression(site) && isTakingAway(site.name.text);
    }) === true
  );
}

/**
 * `addEventListener('message', answer)`, where `answer` takes itself off whenever it comes so far: what it does then it does once.
 * One that does so under a condition may have run many times by then.
 */
export function takesItselfOff(
  argument: ts.Expression,
  handlers: readonly FunctionNode[],
  scopes: FileScopes,
): boolean {
  const own = unwrap(argument);
  const [handler, ...others] = handlers;
  if (!handler || others.length > 0) return false;
  const named = ts.isIdentifier(own) ? scopes.resolve(own) : scopes.declarationOf(handler);
  if (!named) return false;
  let takes = false;
  walk(handler, (inner) => {
    const statement = ts.isCallExpression(inner) ? wrapped(inner).parent : undefined;
    takes ||=
      statement !== undefined &&
      ts.isExpressionStatement(statement) &&
      isOfBody(statement, handler) &&
      takesOff(statement, named, scopes);
    return !takes;
  });
  return takes;
}

/** `source.off('open', answer);` */
function takesOff(statement: ts.Statement, handler: Declaration, scopes: FileScopes): boolean {
  const call = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    unlistenMethods.has(calledName(call)) &&
    call.arguments.some((one) => {
      const given = unwrap(one);
      return ts.isIdentifier(given) && scopes.resolve(given) === handler;
    })
  );
}

const mayComeBetween = /\b(?:await|return|break|continue|throw)\b/;

/**
 * `if (isFirst(message)) { begin(); window.removeEventListener('message', answer); }`: what stands beside the removal of the handler
 * that it is in runs once. What is waited for between the two lets others in, and a way out does not come to the removal.
 * @returns the calls that are given the handler
 */
export function registeredOnce(node: ts.Node, fn: FunctionNode, { scopes, callees }: FileProgram): readonly CallLike[] {
  const values = callees.usesOf(fn).values;
  const named = scopes.declarationOf(fn) ?? scopes.declarationOf(wrapped(fn as ts.Expression).parent);
  if (!named || values.length === 0) return [];
  for (let at = node; at.parent !== fn; at = at.parent) {
    if (isFunctionNode(at)) return [];
    const { parent } = at;
    if (!ts.isBlock(parent)) continue;
    const own = parent.statements.indexOf(at as ts.Statement);
    const end = parent.statements.findIndex((one) => takesOff(one, named, scopes));
    if (end < 0 || parent.statements.slice(own, end).some((one) => mayComeBetween.test(one.getText()))) continue;
    const given = values.flatMap((value) => {
      const call = wrapped(value).parent;
      return ts.isCallExpression(call) && !unlistenMethods.has(calledName(call)) ? [call] : [];
    });
    // One that adds itself again comes again.
    return given.some((call) => isWithin(call, fn)) ? [] : given;
  }
  return [];
}
