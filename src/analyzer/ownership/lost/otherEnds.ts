/**
 * An owner that has two ends: one that its user calls, which clears a timer, and one that comes from outside (its connection
 * closes), which ends other things and leaves the timer running.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { constantOf } from '../../program/constants';
import type { Owner } from '../../program/members';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import { type FunctionNode, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { bindsFunction } from '../../words/functions';
import { listenMethods } from '../../words/listeners';
import { isWholeTeardown } from '../../words/teardowns';
import { endsSoon } from '../late/delays';
import { isInDisposer } from '../late/endOfOwner';
import { releaseSites } from '../late/releaseSites';
import { endsOthers } from '../registrations/bindings';
import { fatesOf } from '../values/fate';

interface End {
  readonly name: string;
  readonly node: FunctionNode;
}

/** The finding for a timer that only one of two ends clears; undefined when unsure. */
export function judgeOtherEnd(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!result || kind.heldBy !== 'runtime' || kind.family !== 'listener' || endsSoon(acquisition, 'dropped', engine))
    return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.place.root.kind !== 'owner' || stored.place.path.length !== 1) return undefined;
  const { place } = stored;
  const { owner } = stored.place.root;
  if (owner.kind === 'object' || engine.frequency.instancesOf(owner) === 'single') return undefined;
  const sites = releaseSites(place, kind, engine);
  if (sites.some((site) => isInDisposer(site, node))) return undefined;
  const ends = endsOf(owner);
  const clears = ends.find((end) => sites.some((site) => isWithin(site, end.node)));
  if (!clears) return undefined;
  const { reachedFrom } = engine.program.callees;
  const uses = [...sites, ...engine.uses.reads(place.key)];
  const outer = ends.find((end) => {
    const reached = reachedFrom(end.node);
    return (
      !reached.has(clears.node) &&
      reachedFrom(clears.node).has(end.node) &&
      isToldOfTheEnd(end.node, engine) &&
      endsOthers(end.node, engine) &&
      ![...reached].some((fn) => isWithin(node, fn) || uses.some((use) => isWithin(use, fn)))
    );
  });
  if (!outer) return undefined;
  const held = `\`${textOf(place)}\``;
  return {
    kind: kind.oneShot?.field ?? kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is ${kind.participle ?? 'released'} by \`${clears.name}\` (line ${lineOf(clears.node)}), but not by \`${outer.name}\` (line ${lineOf(outer.node)}), which ends ${ownerText(owner.name)} when it is told from outside: it runs on then.`,
    advice: `Have it ${kind.participle ?? 'released'} in \`${outer.name}\`.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}`, range: rangeOf(stored.node) },
      { role: 'release', message: 'Only this end does it', range: rangeOf(clears.node.name ?? clears.node) },
      { role: 'forgotten', message: 'This end does not', range: rangeOf(outer.node.name ?? outer.node) },
    ],
  };
}

function endsOf(owner: Owner): readonly End[] {
  return [...owner.members.values()]
    .filter(({ name }) => isWholeTeardown(name))
    .flatMap(({ name, functions }) => functions.map((node) => ({ name, node })));
}

/** Handles an event that tells of an end: `connection.once('close', this.onClose)`. */
function isToldOfTheEnd(fn: FunctionNode, engine: Engine): boolean {
  return engine.program.callees.usesOf(fn).values.some((value) => {
    let at = wrapped(value);
    // this.onClose.bind(this, reason)
    if (
      ts.isPropertyAccessExpression(at.parent) &&
      bindsFunction(at.parent.name.text) &&
      ts.isCallExpression(at.parent.parent)
    )
      at = wrapped(at.parent.parent);
    const call = at.parent;
    const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
    if (!callee || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(callee)) return false;
    const event = constantOf(call.arguments[0], engine.program.scopes);
    return listenMethods.has(callee.name.text) && typeof event === 'string' && endEvents.has(event);
  });
}
