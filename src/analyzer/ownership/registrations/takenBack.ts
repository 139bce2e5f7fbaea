/** Calls that end a receiver, take all of its handlers, or take one of them, whatever they are called and wherever they stand. */

import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import { methodCalls } from '../../program/methodCalls';
import type { RegistrationForm } from '../../resources/acquireForms';
import { nodesIn } from '../../syntax/nodeIndex';
import { binaries, callLikes } from '../../syntax/selections';
import { calledName, type FunctionNode, isAssignment, isWithin, type ts } from '../../syntax/syntax';
import { unlistenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import { areDistinctEvents } from './eventNames';
import { fluentRoot } from './fluent';
import { callsGiven, callsThatTake } from './givenCalls';

interface Ending {
  readonly node: ts.CallExpression;
  readonly name: string;
}

/** Calls whose name says that something ends, by the place of whose method it is. */
function endingsOf(engine: Engine): ReadonlyMap<string, readonly Ending[]> {
  const found = new Map<string, Ending[]>();
  for (const { call, receiver, method } of methodCalls(engine.program, isTeardown)) {
    const key = endedBy(receiver, engine);
    if (key === undefined) continue;
    const known = found.get(key);
    const ending = { node: call, name: method };
    if (known) known.push(ending);
    else found.set(key, [ending]);
  }
  return found;
}

/** Place of whose method it is; undefined where that is not known, or the instance itself. */
function endedBy(receiver: ts.Expression, engine: Engine): string | undefined {
  const ended = engine.program.places.of(fluentRoot(receiver));
  return ended && (ended.path.length > 0 || ended.root.kind !== 'owner') ? ended.key : undefined;
}

/** A place, and all that it may be a part of. */
function* wholesOf(key: string): Iterable<string> {
  yield key;
  for (let dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) yield key.slice(0, dot);
}

/**
 * Any other call that ends the receiver or what it is part of, takes all of its handlers, or takes this one.
 * @param key place of the receiver
 * @param within where to look
 */
export function isTakenBack(
  node: ts.CallExpression,
  handler: ts.Expression,
  key: string | undefined,
  form: RegistrationForm,
  engine: Engine,
  within: ts.Node = engine.program.sourceFile,
): boolean {
  const isOne = (name: string, call: ts.CallExpression): boolean =>
    unlistenMethods.has(name) && call.arguments.length > form.identity.handler;
  const isGivenAway = (key === undefined ? [] : callsThatTake(key, engine)).some((call) => {
    if (!isWithin(call, within)) return false;
    const name = calledName(call);
    // A function written here that is given the receiver may end it too.
    return engine.program.callees.of(call).some(mayAct) || (isTeardown(name) && !isOne(name, call));
  });
  if (isGivenAway) return true;
  const ending = engine.once(endingsOf);
  for (const whole of key === undefined ? [] : wholesOf(key))
    if (ending.get(whole)?.some(({ node: call, name }) => !isOne(name, call) && isWithin(call, within))) return true;
  // Taken from an object of another name, unless it is for another event.
  return callsGiven(handler, engine).some((call) => {
    const name = calledName(call);
    return isTeardown(name) && !(isOne(name, call) && isOtherEvent(node, call, form, engine)) && isWithin(call, within);
  });
}

/** One that neither calls nor assigns anything only looks: `(client) => typeof client.send === 'function'`. */
function mayAct(fn: FunctionNode): boolean {
  return nodesIn(fn, callLikes).length > 0 || nodesIn(fn, binaries).some((one) => isAssignment(one));
}

function isOtherEvent(
  added: ts.CallExpression,
  removed: ts.CallExpression,
  { identity }: RegistrationForm,
  engine: Engine,
): boolean {
  const [a, b] = [added, removed].map((call) =>
    identity.event === undefined ? undefined : call.arguments[identity.event],
  );
  if (!a || !b) return false;
  const [left, right] = [a, b].map((event) => constantOf(event, engine.program.scopes));
  if (left !== undefined && right !== undefined) return left !== right;
  return left === undefined && right === undefined && areDistinctEvents(a, b, engine);
}
