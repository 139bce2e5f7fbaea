/** Calls that end a receiver, take all of its handlers, or take one of them, whatever they are called and wherever they stand. */
import { constantOf } from '../../constants';
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import type { RegistrationForm } from '../../resources/acquireForms';
import { binaries, callLikes, calls } from '../../selections';
import { type FunctionNode, isAssignment, isWithin, ts, unwrap } from '../../syntax';
import { unlistenMethods } from '../words/listeners';
import { isTeardown } from '../words/teardowns';
import { areDistinctEvents } from './eventNames';
import { fluentRoot } from './fluent';

interface Ending {
  readonly node: ts.CallExpression;
  readonly name: string;
}

/** The calls of a file by what they are given; and those whose name says that something ends, by whose method they are, and by what they are given. */
interface Endings {
  readonly byArgument: ReadonlyMap<string, readonly ts.CallExpression[]>;
  readonly ending: ReadonlyMap<string, readonly Ending[]>;
  readonly taking: ReadonlyMap<string, readonly Ending[]>;
}

function endingsOf(engine: Engine): Endings {
  const byArgument = new Map<string, ts.CallExpression[]>();
  const [ending, taking] = [new Map<string, Ending[]>(), new Map<string, Ending[]>()];
  for (const node of nodesIn(engine.program.sourceFile, calls)) {
    const name = nameOf(node);
    const isEnding = isTeardown(name);
    const ended = isEnding ? endedBy(node, engine) : undefined;
    if (ended !== undefined) push(ending, ended, { node, name });
    for (const argument of node.arguments) {
      const place = engine.program.places.of(argument);
      if (place && isEnding) push(taking, place.key, { node, name });
      // An instance that hands itself on is no receiver that is given away.
      if (!place || (place.root.kind === 'owner' && place.path.length === 0)) continue;
      const given = byArgument.get(place.key);
      if (!given) byArgument.set(place.key, [node]);
      else if (given.at(-1) !== node) given.push(node);
    }
  }
  return { byArgument, ending, taking };
}

/** Place of whose method it is; undefined where that is not known, or the instance itself. */
function endedBy(call: ts.CallExpression, engine: Engine): string | undefined {
  const callee = unwrap(call.expression);
  const ended = ts.isPropertyAccessExpression(callee)
    ? engine.program.places.of(fluentRoot(callee.expression))
    : undefined;
  return ended && (ended.path.length > 0 || ended.root.kind !== 'owner') ? ended.key : undefined;
}

function push(lists: Map<string, Ending[]>, key: string, one: Ending): void {
  const known = lists.get(key);
  if (known) known.push(one);
  else lists.set(key, [one]);
}

/** A place, and all that it may be a part of. */
function* wholesOf(key: string): Iterable<string> {
  yield key;
  for (let dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) yield key.slice(0, dot);
}

function nameOf(call: ts.CallExpression): string {
  const callee = unwrap(call.expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : '';
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
  const { byArgument, ending, taking } = engine.once(endingsOf);
  const isOne = (name: string, call: ts.CallExpression): boolean =>
    unlistenMethods.has(name) && call.arguments.length > form.identity.handler;
  const isGivenAway = (key === undefined ? [] : (byArgument.get(key) ?? [])).some((call) => {
    if (!isWithin(call, within)) return false;
    const name = nameOf(call);
    // A function written here that is given the receiver may end it too.
    return engine.program.callees.of(call).some(mayAct) || (isTeardown(name) && !isOne(name, call));
  });
  if (isGivenAway) return true;
  for (const whole of key === undefined ? [] : wholesOf(key))
    if (ending.get(whole)?.some(({ node: call, name }) => !isOne(name, call) && isWithin(call, within))) return true;
  // Taken from an object of another name, unless it is for another event.
  const taken = engine.program.places.of(handler);
  return (
    (taken && taking.get(taken.key))?.some(
      ({ node: call, name }) =>
        !(isOne(name, call) && isOtherEvent(node, call, form, engine)) && isWithin(call, within),
    ) === true
  );
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
