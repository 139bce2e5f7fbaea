/**
 * Resources in a field that are released on some occasion, by a method of their own, but not by what tears the owner down:
 * whoever wrote the release knows that it has to end, and the end of the owner leaves it running.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import { eventOfHandler } from '../../acquiring/receivers';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { runsAlways } from '../../flow/runsAlways';
import { ownerText } from '../../program/ownerText';
import { textOf } from '../../program/places';
import {
  enclosingFunction,
  isWithin,
  isWithinAny,
  lineOf,
  outermostFunction,
  rangeOf,
  type ts,
} from '../../syntax/syntax';
import { endEvents } from '../../words/events';
import { forgottenStep, wholeTeardownOf } from '../assess';
import { dispatches } from '../instances/dispatch';
import { isInDisposer, teardownFunctions } from '../late/endOfOwner';
import { leavesItToSubclasses } from '../late/oneShots';
import { releaseSites } from '../late/releaseSites';
import { fatesOf } from '../values/fate';

/** The finding for a resource that only another way out than the owner's teardown releases; undefined when unsure. */
export function judgeForgotten(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (kind.heldBy !== 'runtime' || !result || kind.family !== 'listener' || acquisition.assumed) return undefined;
  const stored = fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (stored?.place.root.kind !== 'owner' || stored.place.path.length !== 1) return undefined;
  const { place } = stored;
  const { owner } = stored.place.root;
  if ((owner.kind === 'object' && !owner.isClassBody) || engine.frequency.instancesOf(owner) === 'single')
    return undefined;
  const teardown = wholeTeardownOf(owner, node);
  const sites = releaseSites(place, kind, engine);
  if (!teardown || sites.length === 0) return undefined;
  const reached = teardownFunctions(owner, engine);
  if (sites.some((site) => isWithinAny(site, reached) || isInDisposer(site, node))) return undefined;
  // Read by the teardown in another way: handed to a helper, put into a list.
  if (engine.uses.reads(place.key).some((use) => isWithinAny(use, reached))) return undefined;
  if (leavesItToSubclasses(owner, reached) || dispatches(reached, engine)) return undefined;
  // Only what the acquiring function does later itself, in a handler, or before it acquires the next one, is sure not to be
  // called for the end.
  const isRenewed = sites.every((site) => isBeforeNext(site, node));
  if (!isRenewed && !sites.every((site) => isInLaterHandler(site, node) || isAtRestart(site, node))) return undefined;
  // The end of what it works on comes with the teardown, and brings the release.
  if (sites.some((site) => isAtTheEnd(site, engine))) return undefined;
  const [first] = sites;
  const held = `\`${textOf(place)}\``;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message: `The ${kind.noun} in ${held} is ${participle} ${isRenewed ? 'before the next one' : `on line ${first ? lineOf(first) : 0}`} only, which \`${teardown.name}\` (line ${lineOf(teardown.node)}) does not come to: it runs on when ${ownerText(owner.name)} is torn down.`,
    advice: `Have it ${participle} in \`${teardown.name}\` too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'held', message: `Kept in ${held}`, range: rangeOf(stored.node) },
      ...(first
        ? [{ role: 'release' as const, message: `${participle} here, on another occasion`, range: rangeOf(first) }]
        : []),
      forgottenStep(teardown, participle),
    ],
    open: { acquisition, place, level: engine.frequency.of(node).level, teardown },
  };
}

/** In a handler written within the function that acquires it: `interval = setInterval(() => { … clearInterval(interval) })`. */
function isInLaterHandler(site: ts.Node, acquisition: ts.Node): boolean {
  const around = outermostFunction(acquisition);
  if (!around || !isWithin(site, around)) return false;
  return site.pos > acquisition.pos || enclosingFunction(site) !== enclosingFunction(acquisition);
}

/** `clearInterval(this.timer); this.timer = setInterval(…);`, where the next one begins in any case. */
function isBeforeNext(site: ts.Node, acquisition: ts.Node): boolean {
  const fn = enclosingFunction(acquisition);
  return (
    fn !== undefined && enclosingFunction(site) === fn && site.pos < acquisition.pos && runsAlways(acquisition, fn)
  );
}

/** Before the next one, which may not be wanted: who calls a function that is told nothing does not call it for the end. */
function isAtRestart(site: ts.Node, acquisition: ts.Node): boolean {
  const fn = enclosingFunction(acquisition);
  return fn !== undefined && enclosingFunction(site) === fn && site.pos < acquisition.pos && fn.parameters.length === 0;
}

/** In a handler of an event that tells of an end: `client.on('close', () => clearInterval(this.watchdog))`. */
export function isAtTheEnd(site: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(site); fn; fn = enclosingFunction(fn)) {
    const event = eventOfHandler(fn, engine.program);
    if (event !== undefined && endEvents.has(event)) return true;
  }
  return false;
}
