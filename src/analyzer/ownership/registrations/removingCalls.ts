/**
 * The calls of a file that take handlers off what they are called on, by the name of the method: one list for all who ask
 * whether anything does.
 */

import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import { methodCalls } from '../../program/methodCalls';
import { ts, unwrap } from '../../syntax/syntax';
import { removesAll, removesEach, unlistenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import { isEventName } from './bindings';
import { callsGiven, callsGivenInstances } from './givenCalls';
import { sameReceiver } from './removals';

export interface RemovingCall {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly method: string;
  /**
   * What it takes by its name: one handler; all of them, or those of an event; whatever there is (`unwatchAll`); or it ends
   * the receiver, without an argument.
   */
  readonly takes: 'one' | 'all' | 'each' | 'end';
}

/** All of a file, in source order. */
export function removingCalls(engine: Engine): readonly RemovingCall[] {
  return engine.once(listOf);
}

function listOf({ program }: Engine): readonly RemovingCall[] {
  return methodCalls(program, mayTake).flatMap(({ call, receiver, method }) => {
    const takes = takenBy(method, call);
    return takes ? [{ call, receiver, method, takes }] : [];
  });
}

function mayTake(name: string): boolean {
  return unlistenMethods.has(name) || removesAll.has(name) || isTeardown(name) || removesEach(name);
}

function takenBy(method: string, call: ts.CallExpression): RemovingCall['takes'] | undefined {
  if (unlistenMethods.has(method)) return 'one';
  if (removesAll.has(method)) return 'all';
  if (call.arguments.length === 0 && isTeardown(method)) return 'end';
  return removesEach(method) ? 'each' : undefined;
}

/** Is it about the event, as far as its first argument tells? One that names no event may be about any. */
export function isAboutEvent({ call }: RemovingCall, event: ts.Expression, engine: Engine): boolean {
  const [first] = call.arguments;
  return !first || !isEventName(first, engine) || eventText(first, engine) === eventText(event, engine);
}

/** The event as it is written, or what its constant says. */
export function eventText(event: ts.Expression, { program }: Engine): string {
  return String(constantOf(event, program.scopes) ?? event.getText());
}

/** Does anything take a handler of the event, or all of them, off the receiver? */
export function mayBeRemoved(receiver: ts.Expression, event: ts.Expression, node: ts.Node, engine: Engine): boolean {
  return (
    isHandedOn(receiver, engine) ||
    removingCalls(engine).some(
      (removing) =>
        removing.call !== node &&
        removing.takes !== 'each' &&
        isAboutEvent(removing, event, engine) &&
        sameReceiver(receiver, removing.receiver, engine),
    )
  );
}

/** `drop(bus)`, `releaseAll(this)`: whoever is given the receiver, or the object that has it, may take the handler off. */
function isHandedOn(receiver: ts.Expression, engine: Engine): boolean {
  const isFunction = ({ expression }: ts.CallExpression): boolean => ts.isIdentifier(unwrap(expression));
  const isOfInstance = engine.program.places.of(receiver)?.root.kind === 'owner';
  return (
    callsGiven(receiver, engine).some(isFunction) || (isOfInstance && callsGivenInstances(engine).some(isFunction))
  );
}
