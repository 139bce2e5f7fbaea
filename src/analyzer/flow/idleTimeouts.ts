/**
 * A timeout that only tells: the option makes an event when nothing comes for so long, and ends nothing. Judged where the
 * code sets it and no handler of the event ends the resource. Of a socket only where the handler says that it has failed.
 */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { frequencyStep } from '../ownership/assess';
import { fatesOf } from '../ownership/values/fate';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { listenMethods } from '../words/listeners';
import { pipes } from '../words/streams';
import { givesUp, mayRunAfterFailure, settles } from './givenUp';

const maxDepth = 3;

type Idle = NonNullable<ResourceKind['idle']>;

/** The finding for a resource whose timeout nothing acts upon; undefined where something may. */
export function judgeIdleTimeout(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, form, node, result } = acquisition;
  const { idle } = kind;
  const fn = enclosingFunction(node);
  if (!idle || !result || !fn || (form.form !== 'call' && form.form !== 'new') || form.callee.length === 0)
    return undefined;
  const frequency = engine.frequency.of(node);
  if (frequency.level === 'once') return undefined;
  const calls = callsOn(result, idle, engine);
  if (!calls) return undefined;
  const set = timeoutOf(node, calls, idle, engine);
  if (!set || gives(node, kind.endingOptions ?? [], engine)) return undefined;
  const methods = new Set(kind.release.flatMap((release) => (release.form === 'method' ? release.method : [])));
  const ends = calls.filter(({ name }) => methods.has(name));
  if (idle.onlyGivenUp ? ends.some(({ site }) => mayRunAfterFailure(site, fn, engine)) : ends.length > 0)
    return undefined;
  const handlers = handlersOf(calls, idle, engine);
  if (!handlers || handlers.some((handler) => mayEnd(handler, methods, engine))) return undefined;
  if (idle.onlyGivenUp && !(handlers.length > 0 && handlers.every((handler) => givesUp(handler, engine))))
    return undefined;
  // What a handler of its socket does is followed no further.
  if (calls.some((call) => eventOf(call, engine) === 'socket')) return undefined;
  const [handler] = handlers;
  return {
    kind: kind.id,
    mechanism: 'error-or-early-exit-path',
    severity: idle.onlyGivenUp && frequency.level !== 'hot' ? 'medium' : kind.severity,
    confidence: 'medium',
    message: handler
      ? `The ${kind.noun} stays open after its timeout: the handler of \`${idle.event}\` does not end it.`
      : `The timeout of this ${kind.noun} ends nothing: it only emits \`${idle.event}\`, which nobody handles.`,
    advice: `Destroy it in a handler of \`${idle.event}\`, or give it a signal that a timeout aborts.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is made here`, range: rangeOf(node) },
      { role: 'exit', message: 'The timeout is set here', range: rangeOf(set) },
      ...(handler ? [{ role: 'exit' as const, message: 'This leaves it open', range: rangeOf(handler) }] : []),
      frequencyStep(frequency, node),
    ],
  };
}

interface MemberCall {
  readonly name: string;
  readonly call: ts.CallExpression;
  /** Where that runs, seen from who made the resource: the call of the helper that is given it. */
  readonly site: ts.Node;
}

/** Follows a chain of calls to its end. */
type Chain = (value: ts.Expression, site: ts.Node | undefined) => ts.Expression;

/** Calls of methods on the resource, in a chain or on its variable; undefined where somebody else gets it. */
function callsOn(result: ts.Expression, idle: Idle, engine: Engine): readonly MemberCall[] | undefined {
  const calls: MemberCall[] = [];
  const chain: Chain = (value, site) => {
    let at = value;
    for (;;) {
      const access = wrapped(at).parent;
      if (!ts.isPropertyAccessExpression(access) || !ts.isCallExpression(access.parent)) return at;
      calls.push({ name: access.name.text, call: access.parent, site: site ?? access.parent });
      at = access.parent;
    }
  };
  const [only, ...others] = fatesOf(chain(result, undefined), engine.program);
  if (!only || others.length > 0) return undefined;
  if (only.kind === 'dropped') return calls;
  if (only.kind !== 'stored' || only.place.root.kind !== 'declaration' || only.place.path.length > 0) return undefined;
  const { declaration } = only.place.root;
  if (declaration.scope.func === undefined || declaration.kind === 'parameter' || declaration.kind === 'using')
    return undefined;
  return usesOf(declaration, chain, undefined, idle, engine) ? calls : undefined;
}

/** Follows the uses of a variable; false where somebody else is given what it holds. */
function usesOf(
  declaration: Declaration,
  chain: Chain,
  site: ts.Node | undefined,
  idle: Idle,
  engine: Engine,
  depth = 0,
): boolean {
  return declaration.references.every((reference) => {
    const outer = wrapped(reference);
    const up = outer.parent;
    if (reference === declaration.node || (isAssignment(up) && up.left === outer)) return true;
    if (ts.isPropertyAccessExpression(up)) {
      const end = chain(reference, site);
      const after = wrapped(end).parent;
      return end === reference || ts.isExpressionStatement(after) || ts.isArrowFunction(after);
    }
    if (!ts.isCallExpression(up) || up.expression === outer) return false;
    // `source.pipe(request)` gives it to a stream, which knows nothing of timeouts.
    const callee = unwrap(up.expression);
    if (ts.isPropertyAccessExpression(callee) && pipes(callee.name.text)) return true;
    // Who has given up has given nobody anything.
    if (idle.onlyGivenUp && settles(up, engine) === 'resolves') return true;
    const local = engine.program.callees.of(up);
    const position = (up.arguments as readonly ts.Node[]).indexOf(outer);
    return (
      local.length > 0 &&
      depth < maxDepth &&
      local.every((fn) => {
        const parameter = fn.parameters[position];
        const given =
          parameter && ts.isIdentifier(parameter.name) ? engine.program.scopes.declarationOf(parameter) : undefined;
        return given !== undefined && usesOf(given, chain, site ?? up, idle, engine, depth + 1);
      })
    );
  });
}

function eventOf({ name, call }: MemberCall, engine: Engine): string | undefined {
  const event = listenMethods.has(name) ? constantOf(call.arguments[0], engine.program.scopes) : undefined;
  return typeof event === 'string' ? event : undefined;
}

/** Where the timeout is set: the option, or the call of the method. */
function timeoutOf(
  node: ts.CallExpression | ts.NewExpression,
  calls: readonly MemberCall[],
  idle: Idle,
  engine: Engine,
): ts.Node | undefined {
  const call = calls.find(({ name }) => idle.method.includes(name));
  return call?.call ?? gives(node, [idle.option], engine);
}

/** The option as it is given: in a literal, in the constant object that is passed, or by who calls the function. */
function gives(
  node: ts.CallExpression | ts.NewExpression,
  names: readonly string[],
  engine: Engine,
): ts.Node | undefined {
  for (const argument of node.arguments ?? []) {
    const found = optionOf(argument, names, engine, 0);
    if (found) return found;
  }
  return undefined;
}

function optionOf(
  argument: ts.Expression,
  names: readonly string[],
  engine: Engine,
  depth: number,
): ts.Node | undefined {
  if (depth > 3) return undefined;
  const value = unwrap(argument);
  if (ts.isObjectLiteralExpression(value)) {
    for (const property of value.properties) {
      if (ts.isSpreadAssignment(property)) {
        const found = optionOf(property.expression, names, engine, depth + 1);
        if (found) return found;
      } else if (property.name && names.includes(propertyNameText(property.name) ?? '') && isSet(property, engine))
        return property;
    }
    return undefined;
  }
  if (!ts.isIdentifier(value)) return undefined;
  const declaration = engine.program.scopes.resolve(value);
  if (!declaration?.scope.func) return undefined;
  const assigned = engine.program.scopes
    .resolve(value)
    ?.references.map((reference) => wrapped(reference).parent)
    .find(
      (access) =>
        ts.isPropertyAccessExpression(access) &&
        names.includes(access.name.text) &&
        isAssignment(access.parent) &&
        access.parent.left === access,
    );
  if (assigned) return assigned;
  const fn = declaration.scope.func;
  const position =
    declaration.kind === 'parameter' ? fn.parameters.findIndex(({ name }) => name.getText() === value.text) : -1;
  const given =
    position >= 0
      ? engine.program.callees.usesOf(fn).calls.flatMap((call) => call.arguments?.[position] ?? [])
      : [declaration.initializer, ...declaration.writes.map(({ value: written }) => written)];
  for (const one of given) {
    const found = one && optionOf(one, names, engine, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** Nothing, 0 and what a caller may leave out set no timeout. */
function isSet(property: ts.ObjectLiteralElementLike, engine: Engine): boolean {
  if (!ts.isPropertyAssignment(property)) return false;
  const value = unwrap(property.initializer);
  if (ts.isIdentifier(value) && value.text === 'undefined') return false;
  const constant = constantOf(value, engine.program.scopes);
  return constant !== null && constant !== 0 && constant !== false;
}

/** Handlers of the event; undefined where one is not known. */
function handlersOf(calls: readonly MemberCall[], idle: Idle, engine: Engine): readonly FunctionNode[] | undefined {
  const handlers: FunctionNode[] = [];
  for (const member of calls) {
    const given = idle.method.includes(member.name)
      ? member.call.arguments[1]
      : eventOf(member, engine) === idle.event
        ? member.call.arguments[1]
        : undefined;
    if (!given) continue;
    const functions = engine.program.callees.functionsOf(given);
    if (functions.length === 0) return undefined;
    handlers.push(...functions);
  }
  return handlers;
}

/** Ends something, or calls what is not seen here. */
function mayEnd(handler: FunctionNode, methods: ReadonlySet<string>, engine: Engine): boolean {
  let found = false;
  for (const fn of engine.program.callees.reachedFrom(handler))
    walk(fn, (node) => {
      if (ts.isPropertyAccessExpression(node) && methods.has(node.name.text)) found = true;
      // A signal or a controller.
      if (ts.isThrowStatement(node)) found = true;
      return !found;
    });
  return found;
}
