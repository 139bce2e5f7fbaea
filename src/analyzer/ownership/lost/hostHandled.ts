/**
 * What one event of a component begins and only another one of the same component ends: `mousedown` subscribes, `mouseup`
 * unsubscribes. When the component goes in between, its handlers go with it, and without a teardown nothing else ends it.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import { hostHandlers } from '../../resources/scopes';
import { enclosingFunction, type FunctionNode, isClassNode, lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { isTeardown } from '../../words/teardowns';
import { wholeTeardownOf } from '../assess';
import { releaseSites } from '../late/releaseSites';
import { lifetimeOfStream } from '../lifetime/lifetime';
import { fatesOf } from '../values/fate';

/** The finding for what only the handlers of its component end; undefined when unsure. */
export function judgeHostHandled(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, form, node, result, source } = acquisition;
  if (!result || kind.family !== 'listener' || kind.oneShot || acquisition.assumed) return undefined;
  const isLong = source ? lifetimeOfStream(source, engine).level === 'process' : form.form === 'call';
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (!isLong || kind.heldBy === 'nothing' || stored?.place.root.kind !== 'owner' || stored.place.path.length !== 1)
    return undefined;
  const { owner } = stored.place.root;
  if (!isClassNode(owner.node) || owner.base || wholeTeardownOf(owner)) return undefined;
  if ([...owner.members.keys()].some((name) => isTeardown(name))) return undefined;
  const begins = enclosingFunction(node);
  const sites = releaseSites(stored.place, kind, engine);
  const [site] = sites;
  if (!begins || !site || !isHostHandler(begins, engine)) return undefined;
  const ends = sites.map((one) => enclosingFunction(one));
  if (!ends.every((fn) => fn !== undefined && isHostHandler(fn, engine))) return undefined;
  // Handed on or looked at elsewhere: somebody else may end it.
  const readers = engine.uses.reads(stored.place.key).map((use) => enclosingFunction(use));
  if (readers.some((fn) => !ends.includes(fn) && fn !== begins)) return undefined;
  const held = `\`${textOf(stored.place)}\``;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.keptAs ?? kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is ${participle} by an event of ${ownerText(owner.name)} only (line ${lineOf(site)}): when the component goes before that event comes, its handlers go too, and this stays.`,
    advice: `Have it ${participle} in a teardown of ${ownerText(owner.name)} too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}`, range: rangeOf(stored.node) },
      { role: 'release', message: 'Only while the component is there', range: rangeOf(site) },
    ],
  };
}

/** A method that handles an event of its component. */
function isHostHandler(fn: FunctionNode, engine: Engine): boolean {
  if (!ts.canHaveDecorators(fn)) return false;
  return (ts.getDecorators(fn) ?? []).some(({ expression }) => {
    const called = ts.isCallExpression(expression) ? expression.expression : expression;
    return engine.types.matches(engine.program.origins.nameOf(unwrap(called)), hostHandlers);
  });
}
