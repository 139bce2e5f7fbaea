/**
 * Methods that hand the handlers of their callers on: the one that adds puts a new function around each (`listener.bind(…)`), and
 * the one that removes hands on the handler as it was given, which was never added.
 */

import type { Engine } from '../../engine';
import { parameterOf } from '../../facts/parameters';
import type { Draft } from '../../findings/draft';
import { functionName } from '../../growth/holders';
import { bindTarget, isBindCall } from '../../program/bound';
import type { Owner } from '../../program/members';
import { methodCalls } from '../../program/methodCalls';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { calledName, enclosingFunction, type FunctionNode, lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { addsOrRemoves, listenMethods, removesAll } from '../../words/listeners';
import { takesBack } from '../../words/opposites';
import { kindsByMethod } from '../registrations/registrationKinds';

/** A call that hands on what its function was given. */
interface Forwarding {
  readonly call: ts.CallExpression;
  readonly receiver: ts.Expression;
  readonly handler: ts.Expression;
  readonly fn: FunctionNode;
  readonly owner: Owner | undefined;
  /** The parameter of the function that is the handler, and the one that is the event. */
  readonly given: Declaration;
}

/** Findings at the additions. */
export function findWrappedGiven(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const added: Forwarding[] = [];
  const removed: Forwarding[] = [];
  for (const { call, callee, method } of methodCalls(engine.program, addsOrRemoves)) {
    const isAdded = listenMethods.has(method);
    const one = forwardingOf(call, callee, isAdded, engine);
    if (one) (isAdded ? added : removed).push(one);
  }
  return added.flatMap((one): readonly Draft[] => {
    const callee = unwrap(one.call.expression);
    const kind = ts.isPropertyAccessExpression(callee) ? kindsByMethod(kinds).get(callee.name.text) : undefined;
    const removal = removed.find((other) => isCounterpart(one, other, engine));
    if (!removal || !kind || told.has(one.call)) return [];
    const name = one.given.name;
    return [
      {
        kind,
        mechanism: 'release-never-matches',
        severity: 'medium',
        confidence: 'medium',
        message: `\`${functionName(one.fn)}\` adds a new function made of \`${name}\`, and \`${functionName(removal.fn)}\` removes \`${removal.given.name}\` itself (line ${lineOf(removal.call)}), which was never added: no listener of a caller is ever removed.`,
        advice: 'Keep the function that was added with the one that was given, and remove that.',
        node: one.call,
        trail: [
          { role: 'acquired', message: 'A new function each time', range: rangeOf(one.handler) },
          { role: 'release', message: 'This removal cannot match', range: rangeOf(removal.handler) },
        ],
      },
    ];
  });
}

/** A registration whose handler is made of a parameter, or a removal whose handler is one. */
function forwardingOf(
  call: ts.CallExpression,
  { expression: receiver }: ts.PropertyAccessExpression,
  isWrapped: boolean,
  engine: Engine,
): Forwarding | undefined {
  const [event, handler] = call.arguments;
  const fn = enclosingFunction(call);
  if (!event || !handler || !fn) return undefined;
  const value = unwrap(handler);
  const target = isWrapped ? (isBindCall(value) ? bindTarget(value) : undefined) : value;
  const given = target && parameterOf(target, engine, fn);
  if (!given || !parameterOf(event, engine, fn)) return undefined;
  return { call, receiver, handler, fn, owner: engine.program.members.ownerAt(call), given };
}

/** Of the same object, by the method that takes back what the other adds; and nothing else is removed from it there. */
function isCounterpart(added: Forwarding, removal: Forwarding, engine: Engine): boolean {
  return (
    added.owner !== undefined &&
    added.owner === removal.owner &&
    added.fn !== removal.fn &&
    takesBack(functionName(removal.fn)) &&
    !nodesIn(removal.fn, calls).some((call) => removesAll.has(calledName(call))) &&
    !nodesIn(added.fn, calls).some((call) => call !== added.call && calledName(call) === calledName(added.call)) &&
    (engine.program.places.same(added.receiver, removal.receiver) ||
      added.receiver.getText() === removal.receiver.getText())
  );
}
