/** Is the receiver of a method of the type, by what is known of it, or by its name alone? */

import { nameOfParameter } from '../facts/parameters';
import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import { type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import type { Types } from './types';

/** Is the receiver known to be of one of the types? */
export function isReceiver(types: Types, callee: ts.Expression, { on }: { readonly on: readonly string[] }): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const of = types.of(callee.expression);
  return on.some((id) => of.has(id));
}

/** Event that a function written as an argument is a handler of. */
export function eventOfHandler(fn: FunctionNode, program: FileProgram): string | undefined {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || call.arguments[0] === fn) return undefined;
  const event = constantOf(call.arguments[0], program.scopes);
  return typeof event === 'string' ? event : undefined;
}

/** A receiver of unknown type that has one of the names: `options.signal`, `abortSignal`, `req.socket`. */
export function isNamed(
  program: FileProgram,
  types: Types,
  callee: ts.PropertyAccessExpression,
  names: readonly string[] | undefined,
): boolean {
  if (!names || !isUntyped(types, callee)) return false;
  const name = (aliasedName(callee.expression, program) ?? dottedName(callee.expression)).toLowerCase();
  return names.some((one) => name.endsWith(one));
}

/** `const socket = request.socket`, `const { socket } = request`: the name of what a constant stands for. */
function aliasedName(expression: ts.Expression, program: FileProgram): string | undefined {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'const' || !declaration.initializer || !declaration.path) return undefined;
  const given = unwrap(declaration.initializer);
  const [part, ...further] = declaration.path;
  if (part === undefined) return ts.isPropertyAccessExpression(given) ? dottedName(given) : undefined;
  const before = ts.isPropertyAccessExpression(given) ? given.name.text : ts.isIdentifier(given) ? given.text : '';
  return further.length === 0 && typeof part === 'string' ? `${before}.${part}` : undefined;
}

/** The last two parts of a name: `req.socket` of `this.req.socket`. */
export function dottedName(expression: ts.Expression): string {
  const value = unwrap(expression);
  if (ts.isIdentifier(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return '';
  const before = unwrap(value.expression);
  const owner = ts.isPropertyAccessExpression(before) ? before.name.text : ts.isIdentifier(before) ? before.text : '';
  return `${owner}.${value.name.text}`;
}

/** `request.on('socket', (socket) => socket.on(…))` */
export function isHandedBy(
  program: FileProgram,
  types: Types,
  callee: ts.PropertyAccessExpression,
  events: readonly string[] | undefined,
): boolean {
  if (!events || !isUntyped(types, callee)) return false;
  const receiver = unwrap(callee.expression);
  const declaration = ts.isIdentifier(receiver) ? program.scopes.resolve(receiver) : undefined;
  const handler = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  if (!handler || handler.parameters[0]?.name !== nameOfParameter(declaration?.node)) return false;
  const event = eventOfHandler(handler, program);
  return event !== undefined && events.includes(event);
}

/** A method of something whose type the catalogue knows: what it gives is known too. */
export function isTyped(types: Types, callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && !isUntyped(types, callee);
}

/** Nothing is known of the receiver's type. */
export function isUntyped(types: Types, callee: ts.PropertyAccessExpression): boolean {
  return types.of(callee.expression).size === 0;
}
