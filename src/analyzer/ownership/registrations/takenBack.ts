/** Calls that end a receiver, take all of its handlers, or take one of them, whatever they are called and wherever they stand. */
import { constantOf } from '../../constants';
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import type { AcquireForm } from '../../resources/model';
import { calls } from '../../selections';
import { isWithin, ts, unwrap } from '../../syntax';
import { unlistenMethods } from '../words/listeners';
import { isTeardown } from '../words/teardowns';
import { areDistinctEvents } from './eventNames';
import { fluentRoot } from './fluent';

type RegistrationForm = Extract<AcquireForm, { form: 'registration' }>;

interface Ending {
  readonly node: ts.CallExpression;
  readonly name: string;
}

/** The calls of a file by what they are given, and those whose name says that something ends. */
interface Endings {
  readonly byArgument: ReadonlyMap<string, readonly ts.CallExpression[]>;
  readonly named: readonly Ending[];
}

function endingsOf(engine: Engine): Endings {
  const byArgument = new Map<string, ts.CallExpression[]>();
  const named: Ending[] = [];
  for (const node of nodesIn(engine.program.sourceFile, calls)) {
    const name = nameOf(node);
    if (isTeardown(name)) named.push({ node, name });
    for (const argument of node.arguments) {
      const place = engine.program.places.of(argument);
      // An instance that hands itself on is no receiver that is given away.
      if (!place || (place.root.kind === 'owner' && place.path.length === 0)) continue;
      const given = byArgument.get(place.key);
      if (!given) byArgument.set(place.key, [node]);
      else if (given.at(-1) !== node) given.push(node);
    }
  }
  return { byArgument, named };
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
  const { byArgument, named } = engine.once(endingsOf);
  const isOne = (name: string, call: ts.CallExpression): boolean =>
    unlistenMethods.has(name) && call.arguments.length > form.identity.handler;
  const isGivenAway = (key === undefined ? [] : (byArgument.get(key) ?? [])).some((call) => {
    if (!isWithin(call, within)) return false;
    const name = nameOf(call);
    // A function written here that is given the receiver may end it too.
    return engine.program.callees.of(call).length > 0 || (isTeardown(name) && !isOne(name, call));
  });
  if (isGivenAway) return true;
  return named.some(({ node: call, name }) => {
    const callee = unwrap(call.expression);
    const takesOne = isOne(name, call);
    const isEnded = (): boolean => {
      if (takesOne || key === undefined || !ts.isPropertyAccessExpression(callee)) return false;
      const ended = engine.program.places.of(fluentRoot(callee.expression));
      if (!ended || ended.path.length + (ended.root.kind === 'owner' ? 0 : 1) === 0) return false;
      return key === ended.key || key.startsWith(`${ended.key}.`);
    };
    // Taken from an object of another name, unless it is for another event.
    const isTaken = (): boolean =>
      call.arguments.some((argument) => engine.program.places.same(argument, handler)) &&
      !(takesOne && isOtherEvent(node, call, form, engine));
    return (isEnded() || isTaken()) && isWithin(call, within);
  });
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
