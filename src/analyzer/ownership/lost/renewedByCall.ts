/**
 * `restart() { this.connection?.dispose(); this.start(); }`: the method ends one part and has the whole made anew; another
 * part, which the teardown ends beside the first, is replaced while it is open.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { fileRoleOf } from '../../files/fileRole';
import type { Draft } from '../../findings/draft';
import type { Member, Owner } from '../../program/members';
import { type Place, textOf } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { overwrittenKinds } from '../../words/fallbackKinds';
import { renews, swaps } from '../../words/renewals';
import { isWholeTeardown } from '../../words/teardowns';
import { type Ending, endingsAt, endingsOf } from '../values/endings';
import { fatesOf } from '../values/fate';
import { neededFor } from './guards';
import { isAboutAnEnd } from './letGo';

interface Filling {
  readonly owner: Owner;
  readonly place: Place;
  readonly write: ts.Node;
  /** The method that fills the field. */
  readonly fn: FunctionNode;
}

/** Findings for fields that a method which renews the whole has filled again over an open one. */
export function findRenewedByCall(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  if (fileRoleOf(engine.program.path, engine.program.text) !== 'production') return [];
  const told = new Set(known.filter(({ confidence }) => confidence !== 'low').map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const { kind, node } = acquisition;
    if (kind.oneShot || kind.heldBy === 'nothing' || told.has(node)) return [];
    const filling = fillingOf(acquisition, engine);
    const draft = filling && judge(acquisition, filling, kinds, engine);
    return draft ? [draft] : [];
  });
}

/** `this.child = spawn(…)`, also by way of a constant. */
function fillingOf({ result, node }: Acquisition, engine: Engine): Filling | undefined {
  const fn = enclosingFunction(node);
  if (!result || !fn) return undefined;
  for (const fate of fatesOf(result, engine.program)) {
    if (fate.kind !== 'stored') continue;
    const { root, path } = fate.place;
    if (root.kind === 'owner' && path.length === 1)
      return fn === root.owner.construct ? undefined : { owner: root.owner, place: fate.place, write: fate.node, fn };
    if (root.kind !== 'declaration' || path.length > 0) continue;
    for (const use of root.declaration.references) {
      const up = wrapped(use).parent;
      if (
        !ts.isBinaryExpression(up) ||
        up.right !== wrapped(use) ||
        up.operatorToken.kind !== ts.SyntaxKind.EqualsToken
      )
        continue;
      const place = engine.program.places.of(unwrap(up.left));
      if (place?.root.kind === 'owner' && place.path.length === 1 && enclosingFunction(up) === fn)
        return fn === place.root.owner.construct ? undefined : { owner: place.root.owner, place, write: up, fn };
    }
  }
  return undefined;
}

function judge(
  { kind, node, form }: Acquisition,
  { owner, place, write, fn }: Filling,
  kinds: readonly ResourceKind[],
  engine: Engine,
): Draft | undefined {
  const own = endingsAt(place.key, engine, kinds);
  if (own.length === 0) return undefined;
  const { callees } = engine.program;
  const mayEnd = form.form === 'call' && form.endsByItself === true;
  const teardown = [...owner.members.values()].find(
    ({ name, functions }) => isWholeTeardown(name) && functions.some((one) => comesTo(one, own, engine)),
  );
  if (!teardown) return undefined;
  const looks = [...engine.uses.reads(place.key), ...engine.uses.writes(place.key).filter((one) => one !== write)];
  const isLook = (one: FunctionNode, until: number): boolean =>
    looks.some((look) => isWithin(look, one) && look.pos < until) ||
    looks.some((look) =>
      [...callees.reachedFrom(one)].some((inner) => inner !== fn && !isWithin(inner, fn) && isWithin(look, inner)),
    );
  // A look at the field before it is filled, or a handler that empties it.
  if (isLook(fn, write.pos) || looks.some((look) => isWithin(look, fn) && enclosingFunction(look) !== fn))
    return undefined;
  const all = endingsOf(engine, kinds).filter(({ target }) => rootOf(target, owner, engine) !== undefined);
  for (const member of owner.members.values()) {
    const renewal = renewalIn(member, fn, own, all, engine);
    // Without another part that is ended, only the name tells that the old one still works.
    if (!renewal?.sibling && (kind.endsAlone || mayEnd || !swaps(member.name))) continue;
    // What it asks before may be whether one is open.
    if (renewal && !renewal.sibling && neededFor(renewal.call, renewal.fn).length > 0) continue;
    if (!renewal || isLook(renewal.fn, renewal.call.pos) || isCalledAtEnd(renewal.fn, looks, engine)) continue;
    return draftOf(kind, node, place, member, renewal, teardown, own);
  }
  return undefined;
}

interface Renewal {
  readonly fn: FunctionNode;
  readonly call: CallLike;
  /** The end of another part, on the way. */
  readonly sibling: Ending | undefined;
}

/** A method whose name tells that it makes the whole anew, and that ends another part of it before. */
function renewalIn(
  { name, functions }: Member,
  filling: FunctionNode,
  own: readonly Ending[],
  all: readonly Ending[],
  engine: Engine,
): Renewal | undefined {
  if (!renews(name) && !swaps(name)) return undefined;
  for (const fn of functions) {
    const call = engine.program.callees.usesOf(filling).calls.find((one) => enclosingFunction(one) === fn);
    if (!call) continue;
    const reached = [...engine.program.callees.reachedFrom(fn)].filter((one) => one !== filling);
    const sibling = all.find(
      (ending) =>
        !own.includes(ending) &&
        ending.site.pos !== call.pos &&
        reached.some((one) => isWithin(ending.site, one) && !isWithin(one, filling)),
    );
    return { fn, call, sibling };
  }
  return undefined;
}

function comesTo(fn: FunctionNode, endings: readonly Ending[], engine: Engine): boolean {
  return [...engine.program.callees.reachedFrom(fn)].some((one) => endings.some(({ site }) => isWithin(site, one)));
}

/** Run because the old one is over, or by somebody who has looked at it. */
function isCalledAtEnd(fn: FunctionNode, looks: readonly ts.Node[], engine: Engine): boolean {
  const { calls, values } = engine.program.callees.usesOf(fn);
  return [...calls, ...values].some((use) => {
    const caller = enclosingFunction(use);
    return isAboutAnEnd(use) || (caller !== undefined && looks.some((look) => isWithin(look, caller)));
  });
}

function rootOf(target: ts.Expression, owner: Owner, engine: Engine): Place | undefined {
  const place = engine.program.places.of(unwrap(target));
  return place?.root.kind === 'owner' && place.root.owner === owner ? place : undefined;
}

function draftOf(
  kind: ResourceKind,
  node: CallLike,
  place: Place,
  { name }: Member,
  { call, sibling, fn }: Renewal,
  teardown: Member,
  own: readonly Ending[],
): Draft {
  const held = `\`${textOf(place)}\``;
  const [end] = own;
  return {
    kind: kind.overwrittenAs ?? (kind.family === 'handle' ? kind.id : overwrittenKinds.listener),
    mechanism: 'overwritten-before-release',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is replaced while it is open: \`${name}\` (line ${lineOf(fn)}) ${sibling ? `ends \`${sibling.target.getText()}\` and ` : ''}makes all anew, and only \`${teardown.name}\` ends this.`,
    advice: `Call \`${teardown.name}\` in \`${name}\` first, or have it ${kind.participle ?? 'released'} there.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'repeats', message: 'Made anew here', range: rangeOf(call) },
      ...(sibling
        ? [{ role: 'release' as const, message: 'Another part is ended first', range: rangeOf(sibling.site) }]
        : []),
      ...(end ? [{ role: 'release' as const, message: 'Ended here only', range: rangeOf(end.site) }] : []),
    ],
  };
}
