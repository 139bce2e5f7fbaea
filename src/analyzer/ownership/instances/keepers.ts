/** What keeps alive what an instance holds: the process, or what its maker gave to the constructor. */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Holding } from '../../facts/exportFacts';
import type { Owner } from '../../program/members';
import type { Place } from '../../program/places';
import { type CallLike, ts, unwrap } from '../../syntax/syntax';
import { type Lifetime, lifetimeOf, lifetimeOfStream } from '../lifetime/lifetime';
import { releasesItself } from '../registrations/endingOptions';
import type { Scope } from './openedIn';

/** What keeps it: for good, or the argument of the constructor at a position. */
export type Keeper = { readonly by: 'all' } | { readonly by: 'argument'; readonly position: number };

/** What keeps alive what an instance holds, seen from the class that makes the instance. */
export function keeperOfHolding(node: CallLike, { keptBy }: Holding, owner: Owner, engine: Engine): Keeper | undefined {
  if (keptBy === undefined) return { by: 'all' };
  const argument = node.arguments?.[keptBy];
  return argument && keeper(lifetimeOf(argument, engine), argument, owner, engine);
}

/** A holding with what keeps it alive. */
export function withKeeper(holding: Holding, keeper: Keeper): Holding {
  const { keptBy: _, ...rest } = holding;
  return keeper.by === 'argument' ? { ...rest, keptBy: keeper.position } : rest;
}

/** What keeps alive what is acquired; undefined where the instance keeps it itself, or it ends by itself. */
export function keeperOf(acquisition: Acquisition, { owner, engine }: Scope): Keeper | undefined {
  const { kind, form, receiver, source, node } = acquisition;
  if (form.form === 'registration') {
    if (form.once || form.givesUp) return undefined;
    const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
    if (releasesItself(options, engine)) return undefined;
    return keeper(lifetimeOf(receiver, engine), receiver, owner, engine);
  }
  if (source) return keeper(lifetimeOfStream(source, engine), source.root, owner, engine);
  if (form.form === 'distinctive' || (form.form === 'method' && kind.heldBy === 'receiver'))
    return keeper(lifetimeOf(receiver, engine), receiver, owner, engine);
  return { by: 'all' };
}

/** What keeps alive what is registered on a receiver of a lifetime. */
export function keeper(
  { level }: Lifetime,
  receiver: ts.Expression | undefined,
  owner: Owner,
  engine: Engine,
): Keeper | undefined {
  if (level === 'process' || level === 'module') return { by: 'all' };
  if (level !== 'injected' || !receiver) return undefined;
  const position = argumentBehind(receiver, owner, engine);
  return position === undefined ? undefined : { by: 'argument', position };
}

/** Position of the constructor's parameter that an expression is taken from. */
function argumentBehind(expression: ts.Expression, owner: Owner, engine: Engine): number | undefined {
  const positionOf = (place: Place | undefined): number | undefined => {
    if (place?.root.kind !== 'declaration') return undefined;
    const { node } = place.root.declaration;
    const position = owner.construct && ts.isParameter(node) ? owner.construct.parameters.indexOf(node) : -1;
    return position === -1 ? undefined : position;
  };
  let value = unwrap(expression);
  while (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    value = unwrap(callee.expression);
  }
  const place = engine.program.places.of(value);
  if (place?.root.kind !== 'owner') return positionOf(place);
  const member = place.root.owner === owner ? owner.members.get(place.path[0] ?? '') : undefined;
  if (!member) return undefined;
  if (member.parameter) {
    const position = owner.construct?.parameters.indexOf(member.parameter) ?? -1;
    return position === -1 ? undefined : position;
  }
  for (const { value: given } of member.values) {
    const position = given && positionOf(engine.program.places.of(unwrap(given)));
    if (position !== undefined) return position;
  }
  return undefined;
}
