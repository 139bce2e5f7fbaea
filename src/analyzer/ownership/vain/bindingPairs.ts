/** Registrations and removals of a file, whatever the receiver is, and whether two of them are about the same. */

import type { Engine } from '../../engine';
import { isBindCall } from '../../program/bound';
import { constantOf } from '../../program/constants';
import { methodCalls } from '../../program/methodCalls';
import { ts, unwrap } from '../../syntax/syntax';
import { addsOrRemoves, listenMethods, removesAll, unlistenMethods } from '../../words/listeners';
import { areDistinctEvents } from '../registrations/eventNames';
import { fluentRoot } from '../registrations/fluent';

/** A call with a receiver, an event and a handler. */
export interface Binding {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly event: ts.Expression;
  readonly handler: ts.Expression;
}

/** Why a removal does nothing. */
export interface Vain {
  /** The registration that stays. */
  readonly added: Binding;
  readonly why: string;
  /** What the removal misses goes with the component all the same. */
  readonly isBrief?: boolean;
}

export interface Bindings {
  readonly added: readonly Binding[];
  readonly removed: readonly Binding[];
  /** Removals of all handlers of an event, given a function in the place of the event. */
  readonly emptied: readonly Binding[];
  /** Those of `added` whose handler denotes the place that this one's does. */
  readonly addedWith: (one: Binding) => readonly Binding[];
  /** Those of `removed` whose handler does. */
  readonly removedWith: (one: Binding) => readonly Binding[];
  /** Those of them that are for its event, too. */
  readonly addedAs: (one: Binding) => readonly Binding[];
  readonly removedAs: (one: Binding) => readonly Binding[];
}

/** A file without the name of a removal is asked no more. */
const removing = new RegExp(`(?:${[...unlistenMethods, ...removesAll].join('|')})\\(`);

function bindsOrFrees(method: string): boolean {
  return addsOrRemoves(method) || removesAll.has(method);
}

/** All of them, by what they do. */
export function bindingsOf(engine: Engine): Bindings {
  const { program } = engine;
  const added: Binding[] = [];
  const removed: Binding[] = [];
  const emptied: Binding[] = [];
  const handlerOf = ({ handler }: Binding): string | undefined => program.places.of(unwrap(handler))?.key;
  const pairOf = (one: Binding): string | undefined => {
    const handler = handlerOf(one);
    return handler && `${handler} ${eventKey(one.event, engine)}`;
  };
  const bindings: Bindings = {
    added,
    removed,
    emptied,
    addedWith: indexBy(added, handlerOf),
    removedWith: indexBy(removed, handlerOf),
    addedAs: indexBy(added, pairOf),
    removedAs: indexBy(removed, pairOf),
  };
  if (!removing.test(program.text)) return bindings;
  for (const { call, receiver, method } of methodCalls(program, bindsOrFrees)) {
    const [event, handler] = call.arguments;
    if (!event) continue;
    if (!handler) {
      // The one argument of a removal of all is the event: a function there names none.
      if (removesAll.has(method) && program.callees.functionsOf(event).length > 0)
        emptied.push({ call, receiver, event, handler: event });
      continue;
    }
    const binding = { call, receiver, event, handler };
    if (listenMethods.has(method)) added.push(binding);
    else if (unlistenMethods.has(method)) removed.push(binding);
  }
  return bindings;
}

/** Looks up bindings by a key: a file may have hundreds, and each is held against those of one handler. */
function indexBy(
  all: readonly Binding[],
  keyOf: (one: Binding) => string | undefined,
): (one: Binding) => readonly Binding[] {
  let known: Map<string, Binding[]> | undefined;
  return (one) => {
    if (!known) {
      known = new Map();
      for (const binding of all) {
        const key = keyOf(binding);
        const same = key === undefined ? undefined : known.get(key);
        if (same) same.push(binding);
        else if (key !== undefined) known.set(key, [binding]);
      }
    }
    const key = keyOf(one);
    return (key === undefined ? undefined : known.get(key)) ?? [];
  };
}

/** Equal for what {@link isSameEvent} takes for one. */
function eventKey(event: ts.Expression, { program }: Engine): string {
  const value = constantOf(event, program.scopes);
  return value === undefined ? `of ${event.getText()}` : `${typeof value} ${String(value)}`;
}

/** The same function, of a place that holds no other one. */
export function isSameHandler(a: Binding, b: Binding, engine: Engine): boolean {
  const [left, right] = [unwrap(a.handler), unwrap(b.handler)];
  if (ts.isArrowFunction(right) || ts.isFunctionExpression(right) || isBindCall(left) || isBindCall(right))
    return false;
  return engine.program.places.same(left, right) && isStable(left, engine);
}

/** One value for the life of what holds it: no parameter, whose value differs from call to call. */
function isStable(handler: ts.Expression, engine: Engine): boolean {
  const place = engine.program.places.of(handler);
  if (place?.root.kind === 'owner') return place.path.length === 1;
  return place?.root.kind === 'declaration' && place.path.length === 0 && place.root.declaration.kind !== 'parameter';
}

/** The same receiver, as far as it is written. */
export function isSameObject(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const [left, right] = [fluentRoot(a), fluentRoot(b)];
  return engine.program.places.same(left, right) || left.getText() === right.getText();
}

/** The same event. */
export function isSameEvent(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const [left, right] = [constantOf(a, engine.program.scopes), constantOf(b, engine.program.scopes)];
  return left !== undefined ? left === right : right === undefined && a.getText() === b.getText();
}

/** Two events that are never the same. */
export function areOtherEvents(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const [left, right] = [constantOf(a, engine.program.scopes), constantOf(b, engine.program.scopes)];
  if (typeof left === 'string' && typeof right === 'string') return left !== right && !/[\s.*]/.test(left + right);
  return left === undefined && right === undefined && areDistinctEvents(a, b, engine);
}
