/** Handlers that each visit of a kept view adds anew, and that only its end takes off: all but the last one stay. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isAssignment, lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { unmountHooks } from '../../words/hooks';
import { endsForGood } from '../../words/teardowns';
import { lifetimeOf } from '../lifetime/lifetime';
import { hooksOf, isInLeave, visitOf } from '../lifetime/visits';
import { releasesItself } from './endingOptions';
import { findRemovals, matchesRemoval } from './removals';

/** The finding for a handler that is added at each visit and removed at the end of all; undefined when each visit removes it. */
export function judgeVisitHandler(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind, receiver, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !receiver) return undefined;
  const options = form.identity.options === undefined ? undefined : node.arguments?.[form.identity.options];
  const handler = node.arguments?.[form.identity.handler];
  const hook = handler && visitOf(node, engine);
  if (!hook || releasesItself(options, engine)) return undefined;
  const removals = findRemovals(acquisition, engine).filter(
    (removal) => matchesRemoval(acquisition, removal, engine) === undefined,
  );
  const [removal] = removals;
  if (!removal || removals.some((one) => one.identity.handler === -1)) return undefined;
  const isAtTheEnd = removals.every(({ node: one }) => {
    const names = hooksOf(one, engine);
    return !isInLeave(one, hook, engine) && names.some((name) => endsForGood(name) || unmountHooks.has(name));
  });
  // The same function is one listener to an event target, however often it is added.
  if (!isAtTheEnd || (form.identity.capture !== undefined && !isMadeAnew(handler, node, engine))) return undefined;
  const { level } = lifetimeOf(receiver, engine);
  if (level === 'own' || level === 'local' || level === 'caller') return undefined;
  const named = event === undefined ? '' : ` for \`${event}\``;
  return {
    kind: kind.id,
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener${named} on \`${receiver.getText()}\` is added at each \`${hook}\`, of which there are many, and removed once at the end (line ${lineOf(removal.node)}): those of the visits before stay.`,
    advice: `Remove it in the counterpart of \`${hook}\`.`,
    node,
    trail: [
      { role: 'acquired', message: `Listener${named} added here, at each visit`, range: rangeOf(node) },
      { role: 'release', message: 'Removed only here', range: rangeOf(removal.node) },
    ],
  };
}

/** A function that the hook itself makes, or puts into the field. */
function isMadeAnew(handler: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const value = unwrap(handler);
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isCallExpression(value)) return true;
  const place = engine.program.places.of(value);
  if (!place) return false;
  return engine.uses
    .writes(place.key)
    .some((write) => isAssignment(write) && write.pos < node.pos && write.parent.parent === enclosingBlock(node));
}

function enclosingBlock(node: ts.Node): ts.Node | undefined {
  for (let at = node.parent; at; at = at.parent) if (ts.isBlock(at)) return at;
  return undefined;
}
