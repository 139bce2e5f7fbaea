/**
 * `leave() { this.feed.unsubscribe(name); this.feed.removeAllListeners(); }`: a method that takes off what the maker put on the
 * thing is done with it, whatever it is called. The handlers are not put on again, so the thing is not used again.
 */
import type { Acquisition } from '../../acquisitions';
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
import { nodesIn } from '../../nodeIndex';
import type { Place } from '../../places';
import { calls } from '../../selections';
import { enclosingFunction, type FunctionNode, isWithin, statementsOf, ts, unwrap, wrapped } from '../../syntax';
import type { Assessment } from '../assess';
import { listenMethods, removesAll } from '../words/listeners';

/** The method of the owner that is done with what the place holds, and ends something else of it. */
export function windDownOf(
  place: Place | undefined,
  { node, kind }: Acquisition,
  owner: Owner | undefined,
  engine: Engine,
): Assessment['teardown'] {
  const maker = enclosingFunction(node);
  if (!place || !owner || owner.kind !== 'class' || kind.family !== 'handle' || !maker) return undefined;
  const isOfPlace = (call: ts.CallExpression, methods: ReadonlySet<string>): boolean => {
    const callee = unwrap(call.expression);
    return (
      ts.isPropertyAccessExpression(callee) &&
      methods.has(callee.name.text) &&
      engine.program.places.of(unwrap(callee.expression))?.key === place.key
    );
  };
  const listening = nodesIn(owner.node, calls).filter(
    (call) => isOfPlace(call, listenMethods) && givesFunction(call, engine),
  );
  if (listening.length === 0 || !listening.every((call) => enclosingFunction(call) === maker)) return undefined;
  for (const { name, functions, isStatic } of owner.members.values()) {
    if (isStatic) continue;
    for (const fn of functions) {
      if (fn === maker || isWithin(node, fn) || !isCalledByOthersOnly(fn, owner, engine)) continue;
      const takesOff = nodesIn(fn, calls).some((call) => isOfPlace(call, removesAll) && isStatementOf(call, fn));
      if (takesOff && !engine.uses.writes(place.key).some((write) => isWithin(write, fn))) return { name, node: fn };
    }
  }
  return undefined;
}

/** A method without anything that it must be given, and not a step of another one. */
function isCalledByOthersOnly(fn: FunctionNode, owner: Owner, engine: Engine): boolean {
  const { calls: made, values } = engine.program.callees.usesOf(fn);
  return (
    ts.isMethodDeclaration(fn) &&
    fn.parameters.every(({ questionToken, initializer }) => questionToken ?? initializer) &&
    ![...made, ...values].some((use) => isWithin(use, owner.node))
  );
}

function givesFunction({ arguments: given }: ts.CallExpression, { program }: Engine): boolean {
  return given.some((one) => program.callees.functionsOf(one).length > 0);
}

/** Behind no condition. */
function isStatementOf(call: ts.Node, { body }: FunctionNode): boolean {
  let at = wrapped(call as ts.Expression);
  if (ts.isAwaitExpression(at.parent)) at = wrapped(at.parent);
  const statement = at.parent;
  return statementsOf(body).some((one) => one === statement);
}
