/** Why a receiver outlives the work that listens on it, and whether several works wait on one and the same. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Place } from '../../program/places';
import type { RegistrationForm } from '../../resources/acquireForms';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  isWithinAny,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { isForEach } from '../../words/callbacks';
import { memoHooks } from '../../words/hooks';
import { isRequest } from '../../words/requests';
import { isSetup, opens } from '../../words/starts';
import { isTeardown } from '../../words/teardowns';
import { lifetimeOf } from '../lifetime/lifetime';
import { executorAround } from './works';

export const callersOwn = 'belongs to the caller, who may keep it';

export const instances = 'lives as long as its instance';

/**
 * Do several works wait on one and the same receiver, by what this file shows? The function that is given it is called in a
 * loop around which it stays, or by a method that gives it what its instance keeps.
 */
export function isUsedAgain({ receiver, node }: Acquisition, engine: Engine): boolean {
  const root = receiver && engine.program.places.of(receiver)?.root;
  // `this.socket.once(…)` in a method
  if (root?.kind === 'owner') return receiver?.kind !== ts.SyntaxKind.ThisKeyword;
  if (root?.kind !== 'declaration') return false;
  const { declaration } = root;
  const taker = declaration.scope.func;
  const position = taker && ts.isParameter(declaration.node) ? taker.parameters.indexOf(declaration.node) : -1;
  const staysAround = (at: ts.Node, { root: of, path }: Place): boolean => {
    if (of.kind === 'owner') return path.length > 0 && of.owner.construct !== enclosingFunction(at);
    const loop = loopAround(at);
    return loop !== undefined && of.kind === 'declaration' && !isWithin(of.declaration.node, loop);
  };
  const calls = taker && position >= 0 ? engine.program.callees.usesOf(taker).calls : [];
  return [{ at: node, used: receiver }, ...calls.map((call) => ({ at: call, used: call.arguments?.[position] }))].some(
    ({ at, used }) => {
      const place = used && engine.program.places.of(used);
      return place !== undefined && staysAround(at, place);
    },
  );
}

/** The innermost loop, or function that is run for each element of something. */
function loopAround(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isIterationStatement(at, false)) return at;
    if (!ts.isArrowFunction(at) && !ts.isFunctionExpression(at)) continue;
    const call = wrapped(at).parent;
    if (ts.isCallExpression(call) && isForEach(calledName(call))) return at;
  }
  return undefined;
}

/** Why the receiver outlives the call; undefined when it does not, or nobody knows. */
export function holderOf(acquisition: Acquisition, form: RegistrationForm, engine: Engine): string | undefined {
  const { receiver, node } = acquisition;
  const life = lifetimeOf(receiver, engine);
  if (life.level === 'process' || life.level === 'module' || life.level === 'injected') return life.why;
  if (!receiver) return undefined;
  const place = engine.program.places.of(receiver);
  if (!place) return undefined;
  const executor = executorAround(node);
  if (place.root.kind === 'owner') {
    const [field] = place.path;
    const work = (executor && enclosingFunction(executor)) ?? enclosingFunction(node);
    if (!work || (field !== undefined && isMadeBy(work, field, acquisition, engine))) return undefined;
    const name = nameOf(work, engine);
    if (isTeardown(name) || isSetup(name) || opens(name)) return undefined;
    return instances;
  }
  if (life.level !== 'caller' || place.root.kind !== 'declaration') return undefined;
  const { declaration } = place.root;
  if (declaration.kind !== 'parameter') return undefined;
  // The parameter of a function that the work was started with, not of a handler within it.
  const taker = declaration.scope.func;
  if (!taker || taker === executor || isHandler(taker, engine)) return undefined;
  if (form.givesUp && place.path.length > 0 && isRequest(place.path.at(-2) ?? declaration.name)) return undefined;
  return callersOwn;
}

/** A function written as an argument: what it is given may be as short-lived as its call. */
function isHandler(fn: FunctionNode, engine: Engine): boolean {
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const up = wrapped(fn).parent;
  if (!ts.isCallExpression(up)) return false;
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return !memoHooks.has(name) && engine.program.callees.of(up).length === 0;
}

/** Is the field given its value in the function, or in one that it runs? */
function isMadeBy(work: FunctionNode, field: string, { receiver }: Acquisition, engine: Engine): boolean {
  const place = receiver && engine.program.places.of(receiver);
  if (place?.root.kind !== 'owner') return false;
  const values = place.root.owner.members.get(field)?.values ?? [];
  const reached = engine.program.callees.reachedFrom(work);
  return values.some(({ node, value }) => value && isWithinAny(node, reached));
}

function nameOf(fn: FunctionNode, engine: Engine): string {
  const owner = engine.program.members.ownerAt(fn);
  for (const member of owner?.members.values() ?? []) if (member.functions.includes(fn)) return member.name;
  return fn.name ? (propertyNameText(fn.name) ?? '') : '';
}
