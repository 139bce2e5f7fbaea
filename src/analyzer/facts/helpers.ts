/**
 * Functions that add or remove a handler for their caller: `on(target, event, handler)`. A call of one is the registration,
 * or the removal, on what it is given; it may be a function of this file or of another.
 */

import { constantOf } from '../program/constants';
import type { FileProgram } from '../program/program';
import type { Identity } from '../resources/releaseForms';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { enclosingFunction, type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { listenMethods, unlistenMethods } from '../words/listeners';
import type { HelperCall } from './exportFacts';
import type { Imports } from './imports';

/** Methods by which a function adds or removes one of its parameters on another. */
export function helperCallsOf(fn: FunctionNode, program: FileProgram): readonly HelperCall[] {
  const found: HelperCall[] = [];
  const positionOf = (expression: ts.Expression | undefined): number | undefined => {
    const value = expression && unwrap(expression);
    const declaration = value && ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
    if (!declaration || !ts.isParameter(declaration.node) || declaration.writes.length > 0) return undefined;
    const position = fn.parameters.indexOf(declaration.node);
    return position === -1 || declaration.node.dotDotDotToken ? undefined : position;
  };
  if (!fn.body || fn.parameters.length < 2) return found;
  visitNodes(fn.body, calls, (node) => {
    const callee = unwrap(node.expression);
    if (!ts.isPropertyAccessExpression(callee) || enclosingFunction(node) !== fn) return undefined;
    const method = callee.name.text;
    const on = listenMethods.has(method) || unlistenMethods.has(method) ? positionOf(callee.expression) : undefined;
    if (on === undefined) return undefined;
    const given = node.arguments.map((argument) => {
      const constant = constantOf(argument, program.scopes);
      return positionOf(argument) ?? (typeof constant === 'string' ? constant : null);
    });
    if (given.some((one) => typeof one === 'number')) found.push({ method, on, given });
    return undefined;
  });
  return found.filter(({ on, given }) =>
    [on, ...given].every((position) => typeof position !== 'number' || isOnlyBound(fn, position, program)),
  );
}

/**
 * Does the function nothing else with the parameter than bind it, look at it or give its caller the way to undo that? One
 * that notes it, or keeps a function that removes it, takes care of the end itself.
 */
function isOnlyBound(fn: FunctionNode, position: number, program: FileProgram): boolean {
  const parameter = fn.parameters[position];
  const declaration = parameter && program.scopes.declarationOf(parameter);
  return (
    declaration?.references.every((reference) => {
      if (isReturned(reference, fn)) return true;
      const outer = wrapped(reference);
      const up = outer.parent;
      if (enclosingFunction(reference) !== fn) return false;
      if (ts.isPropertyAccessExpression(up) && up.expression === outer) return true;
      if (ts.isCallExpression(up)) {
        const callee = unwrap(up.expression);
        const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
        return listenMethods.has(name) || unlistenMethods.has(name);
      }
      return (
        ts.isTypeOfExpression(up) || ts.isPrefixUnaryExpression(up) || ts.isIfStatement(up) || ts.isBinaryExpression(up)
      );
    }) === true
  );
}

function isReturned(node: ts.Node, fn: FunctionNode): boolean {
  for (let at: ts.Node = node, up = node.parent; up && at !== fn; at = up, up = up.parent)
    if ((ts.isReturnStatement(up) && enclosingFunction(up) === fn) || (up === fn && at === fn.body && !ts.isBlock(at)))
      return true;
  return false;
}

const none: readonly HelperCall[] = [];

/** What a call has a function of this or another file do; nothing where it gives something back that the caller keeps. */
export function helperCallsAt(node: ts.CallExpression, program: FileProgram, imports: Imports): readonly HelperCall[] {
  // Nothing follows what it gives back, and no handler is given to it alone.
  if (node.arguments.length < 2 || !ts.isExpressionStatement(wrapped(node).parent)) return none;
  const calls = program.once(table);
  let found = calls.get(node);
  if (!found) {
    found = find(node, program, imports);
    calls.set(node, found);
  }
  return found;
}

const table = (): Map<ts.CallExpression, readonly HelperCall[]> => new Map();

function find(node: ts.CallExpression, program: FileProgram, imports: Imports): readonly HelperCall[] {
  if (node.arguments.some(ts.isSpreadElement)) return none;
  const callee = unwrap(node.expression);
  const local = program.callees.of(node);
  return local.length === 0
    ? (imports.factOf(program.origins.nameOf(callee))?.calls ?? none)
    : local.length === 1 && local[0]
      ? helperCallsOf(local[0], program)
      : none;
}

/** The argument of a call that stands for what the helper gives on at a position: an expression, or a fixed text. */
export function helperArgument(
  { given }: HelperCall,
  node: ts.CallExpression,
  position: number | undefined,
): { readonly position: number; readonly value: ts.Expression } | string | undefined {
  const source = position === undefined ? undefined : given[position];
  if (typeof source !== 'number') return source ?? undefined;
  const value = node.arguments[source];
  return value && { position: source, value };
}

/** Positions of event, handler and flags in a call of the helper; undefined where it gives its method something that is not seen. */
export function helperIdentity(call: HelperCall, node: ts.CallExpression, identity: Identity): Identity | undefined {
  const handler = helperArgument(call, node, identity.handler);
  const event = helperArgument(call, node, identity.event);
  if (typeof handler !== 'object') return undefined;
  const flag = (position: number | undefined): number | undefined => {
    if (position === undefined) return undefined;
    const source = call.given[position];
    return typeof source === 'number' ? source : node.arguments.length;
  };
  const [capture, options] = [flag(identity.capture), flag(identity.options)];
  // An options bag that the helper writes may hold anything.
  if ([identity.capture, identity.options].some((at) => at !== undefined && call.given[at] === null)) return undefined;
  return {
    handler: handler.position,
    ...(typeof event === 'object' ? { event: event.position } : {}),
    ...(capture === undefined ? {} : { capture }),
    ...(options === undefined ? {} : { options }),
  };
}
