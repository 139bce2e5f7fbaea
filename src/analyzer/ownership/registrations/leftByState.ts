/**
 * A component that takes a handler off, or stops a timer, when its state changes back, `watch(open, (now) => (now ? add() :
 * remove()))`: what watches the state ends with the component, and leaves what is on just then.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { textOf } from '../../program/places';
import { enclosingFunction, type FunctionNode, lineOf, rangeOf, ts } from '../../syntax/syntax';
import { releaseSites } from '../late/releaseSites';
import { lifetimeOf } from '../lifetime/lifetime';
import { watcherOf } from '../lifetime/stateWatchers';
import { fatesOf } from '../values/fate';
import { releasesItself } from './endingOptions';
import { mayBe } from './possibleRemovals';
import { findRemovals, matchesRemoval } from './removals';

/** Whether the state ever changes, and whether the component can end while it is on, is not told by the watcher. */
const severity = 'low';

/** The finding for a handler or timer that only changes of state remove; undefined when something else may. */
export function judgeLeftByState(
  acquisition: Acquisition,
  all: readonly Acquisition[],
  engine: Engine,
): Draft | undefined {
  return judgeTimer(acquisition, engine) ?? judgeHandler(acquisition, all, engine);
}

function judgeTimer({ form, node, kind, result, assumed }: Acquisition, engine: Engine): Draft | undefined {
  if (form.form === 'registration' || kind.heldBy !== 'runtime' || kind.family !== 'listener' || !result || assumed)
    return undefined;
  const adds = watcherOf(node, engine);
  const stored =
    adds === undefined ? undefined : fatesOf(result, engine.program).find((fate) => fate.kind === 'stored');
  if (adds === undefined || !stored || stored.place.root.kind === 'import' || stored.place.root.kind === 'global')
    return undefined;
  const { place } = stored;
  const sites = releaseSites(place, kind, engine);
  const [first] = sites;
  if (!first || sites.some((site) => watcherOf(site, engine) === undefined)) return undefined;
  // Read elsewhere, it may be handed to somebody who ends it.
  if (engine.uses.reads(place.key).some((use) => watcherOf(use, engine) === undefined)) return undefined;
  const participle = kind.participle ?? 'released';
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity,
    confidence: 'medium',
    message: `The ${kind.noun} in \`${textOf(place)}\` is ${participle} when the state changes back only (line ${lineOf(first)}): ${adds} ends with the component, and one that is on then runs on.`,
    advice: `Have it ${participle} when the component ends, too.`,
    node,
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is acquired here`, range: rangeOf(node) },
      { role: 'release', message: `${participle} here only, by a later change`, range: rangeOf(first) },
    ],
  };
}

function judgeHandler(acquisition: Acquisition, all: readonly Acquisition[], engine: Engine): Draft | undefined {
  const { form, node, kind, receiver, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !ts.isCallExpression(node)) return undefined;
  const options = form.identity.options === undefined ? undefined : node.arguments[form.identity.options];
  const handler = node.arguments[form.identity.handler];
  if (!handler || (options && releasesItself(options, engine))) return undefined;
  const life = lifetimeOf(receiver, engine);
  if (life.level !== 'process' && life.level !== 'module') return undefined;
  // A function of the module is one listener for all, and keeps nothing.
  if (engine.program.callees.functionsOf(handler).some((fn) => isOfModule(fn, engine))) return undefined;
  const adds = watcherOf(node, engine);
  if (adds === undefined) return undefined;
  const written = findRemovals(acquisition, engine);
  const removals = written.filter((one) => matchesRemoval(acquisition, one, engine) === undefined);
  const [first] = removals;
  if (!first || removals.some(({ node: removal }) => watcherOf(removal, engine) === undefined)) return undefined;
  if (written.some((one) => mayBe(acquisition, one, all, engine))) return undefined;
  const named = event === undefined ? '' : ` for \`${event}\``;
  const text = receiver?.getText() ?? 'window';
  return {
    kind: kind.id,
    mechanism: 'no-release-on-dispose',
    severity,
    confidence: 'medium',
    message: `The listener${named} on \`${text}\` is removed when the state changes back only (line ${lineOf(first.node)}): ${adds} ends with the component, and a listener that is on then stays.`,
    advice: 'Remove it when the component ends, too.',
    node,
    trail: [
      { role: 'acquired', message: `Listener${named} added here`, range: rangeOf(node) },
      { role: 'release', message: 'Removed here only, by a later change', range: rangeOf(first.node) },
      {
        role: 'held',
        message: `\`${text}\` ${life.why} and keeps the handler and all that it captures`,
        range: rangeOf(receiver ?? node),
      },
    ],
  };
}

function isOfModule(fn: FunctionNode, engine: Engine): boolean {
  return enclosingFunction(fn) === undefined && engine.program.members.holdersOf(fn).length === 0;
}
