/** Calls that are given the resource: which of them only look at it or work with it, and which end it. */

import type { Types } from '../acquiring/types';
import type { Engine } from '../engine';
import type { Name } from '../program/origins';
import type { ResourceKind } from '../resources/model';
import { type CallLike, calledName, ts, unwrap, wrapped } from '../syntax/syntax';
import { keepsGiven } from '../words/owners';
import { isThen } from '../words/promises';

/** A function or method that uses the resource and does not take it over. */
export function isSink(call: CallLike, kind: ResourceKind, types: Types, name: Name | undefined): boolean {
  const { sinks } = kind;
  if (!sinks) return false;
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee) && sinks.methods?.includes(callee.name.text)) return true;
  return sinks.calls !== undefined && types.matches(name, sinks.calls);
}

/** `window.open(url)`: when another window is done with it is not to be told. */
export function isGivenElsewhere(value: ts.Expression, { sinks }: ResourceKind): boolean {
  const call = wrapped(value).parent;
  return (
    ts.isCallExpression(call) &&
    call.expression !== wrapped(value) &&
    sinks?.elsewhere?.includes(calledName(call)) === true
  );
}

/** A function that the catalogue knows to read by the resource. */
export function isReader(call: CallLike, { readers }: ResourceKind, { program, types }: Engine): boolean {
  const callee = unwrap(call.expression);
  const { nameOf, promisedOf } = program.origins;
  return readers !== undefined && types.matches(nameOf(callee) ?? promisedOf(callee), readers);
}

/** `spawn(command, { stdio: [null, out, err] })`: the call whose argument it is part of. */
export function callAroundPart(part: ts.Node): CallLike | undefined {
  let at = part;
  while (
    ts.isArrayLiteralExpression(at.parent) ||
    ts.isPropertyAssignment(at.parent) ||
    ts.isShorthandPropertyAssignment(at.parent) ||
    ts.isObjectLiteralExpression(at.parent)
  )
    at = at.parent;
  const call = at.parent;
  return at !== part && (ts.isCallExpression(call) || ts.isNewExpression(call)) && call.expression !== at
    ? call
    : undefined;
}

/** May the call be one that works with the resource and leaves it here? Not if it keeps things, or its result goes on. */
export function isLoan(call: CallLike, { lent }: ResourceKind): boolean {
  if (!lent || ts.isNewExpression(call)) return false;
  // `done(null, handle)`: no error, and this is the result.
  const [first] = call.arguments;
  const isAnswer = first !== undefined && call.arguments.length > 1 && /^(?:null|undefined)$/.test(first.getText());
  return !isAnswer && !keepsGiven(calledName(call)) && !ts.isReturnStatement(wrapped(call).parent);
}

/** `setTimeout(URL.revokeObjectURL, 1000, url)`, `pause(1000, url).then(URL.revokeObjectURL)`: who is given it ends it by that. */
export function isGivenWithEnd(call: CallLike, { release }: ResourceKind, { program, types }: Engine): boolean {
  const access = wrapped(call as ts.Expression).parent;
  const next = ts.isPropertyAccessExpression(access) && isThen(access.name.text) ? wrapped(access).parent : undefined;
  return [call, ...(next && ts.isCallExpression(next) ? [next] : [])]
    .flatMap((one) => one.arguments ?? [])
    .some((argument) => {
      const value = unwrap(argument);
      if (!ts.isPropertyAccessExpression(value) && !ts.isIdentifier(value)) return false;
      const given = program.origins.nameOf(value);
      return release.some((form) => form.form === 'call' && types.matches(given, form.callee));
    });
}
