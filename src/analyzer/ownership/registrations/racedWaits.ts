/**
 * `Promise.race([once(bus, 'done'), once(bus, 'failed')])`: whichever event comes first, the listeners of the others stay on what
 * lives longer than the wait.
 */

import { apiCalls } from '../../apiCalls';
import { inOrder } from '../../callNames';
import type { Draft } from '../../draft';
import type { Engine } from '../../engine';
import { eventPromises } from '../../resources/eventPromises';
import { calledName, enclosingFunction, lineOf, rangeOf, ts, unwrap, walk, wrapped } from '../../syntax';
import { frequencyStep } from '../assess';
import { raceOf } from '../late/raceTimers';
import { lifetimeOf } from '../lifetime/lifetime';
import { isPromiseStep } from '../words/promises';
import { outlives } from './receiverLife';
import { removingCalls } from './removingCalls';
import { isEmptiedAtOnce } from './selfEnding';

/** Findings for waits that lose a race and leave their listener. */
export function findRacedWaits(engine: Engine): readonly Draft[] {
  if (!/\bPromise\.(?:race|any)\b/.test(engine.program.text)) return [];
  const waits = engine.program
    .once(apiCalls)
    .named.flatMap(({ name, nodes }) => (engine.types.matches(name, eventPromises) ? nodes : []));
  return waits.sort(inOrder).flatMap((call) => {
    if (!ts.isCallExpression(call)) return [];
    const [target, event, ...options] = call.arguments;
    // A signal takes it off.
    if (!target || !event || options.length > 0) return [];
    const race = raceOf(lastStep(call), engine);
    const life = lifetimeOf(target, engine);
    // What is named after the one work comes for no other: it stays until the emitter itself ends.
    const isOfWork = isNamedAfterWork(event, call, engine);
    if (!race || !(outlives(life) || (isOfWork && isKeptByInstance(target, engine)))) return [];
    if (isOfWork ? isEmptiedBeside(target, call, engine) : isEmptiedAtOnce(target, engine)) return [];
    const frequency = engine.frequency.of(race);
    if (frequency.level === 'once' || frequency.level === 'setup') return [];
    const what = `\`${target.getText()}\``;
    return [
      {
        kind: 'listener/race-loser-left',
        mechanism: 'repeated-registration' as const,
        severity: frequency.level === 'unknown' ? ('low' as const) : ('medium' as const),
        confidence: 'medium' as const,
        message: `The listener for ${event.getText()} stays on ${what} when another promise wins the race on line ${lineOf(race)}: ${what} ${outlives(life) ? life.why : 'lives as long as its instance'}, and each wait adds one more until the event comes.`,
        advice: 'Give it a signal that is aborted when the race is over: `once(emitter, event, { signal })`.',
        node: call,
        trail: [
          { role: 'acquired' as const, message: 'Listener added here', range: rangeOf(call) },
          { role: 'exit' as const, message: 'The race may be decided by another promise', range: rangeOf(race) },
          frequencyStep(frequency, race),
        ],
      },
    ];
  });
}

/** `once(replies, `reply:${id}`)`, with an id that the function has of its own. */
function isNamedAfterWork(event: ts.Expression, call: ts.Node, { program }: Engine): boolean {
  const fn = enclosingFunction(call);
  const given = unwrap(event);
  const named = ts.isIdentifier(given) ? program.scopes.resolve(given) : undefined;
  const text =
    named?.kind === 'const' && named.path?.length === 0 && named.initializer ? unwrap(named.initializer) : given;
  if (!fn || !(ts.isTemplateExpression(text) || ts.isBinaryExpression(text))) return false;
  let own = false;
  walk(text, (inner) => {
    const declaration = ts.isIdentifier(inner) ? program.scopes.resolve(inner) : undefined;
    own ||= declaration !== undefined && declaration.scope.func === fn;
    return !own;
  });
  return own;
}

/** A field of a class. */
function isKeptByInstance(target: ts.Expression, { program }: Engine): boolean {
  const place = program.places.of(target);
  return place?.root.kind === 'owner' && place.path.length === 1 && place.root.owner.kind === 'class';
}

/** Taken off by name somewhere, or with all others where the wait itself is. */
function isEmptiedBeside(target: ts.Expression, call: ts.Node, engine: Engine): boolean {
  return removingCalls(engine).some(
    ({ call: removal, receiver }) =>
      engine.program.places.same(receiver, target) &&
      (removal.arguments.length > 0 || enclosingFunction(removal) === enclosingFunction(call)),
  );
}

/** The end of a chain: `once(bus, 'failed').then(fail)`. */
function lastStep(call: ts.CallExpression): ts.Expression {
  let at: ts.Expression = call;
  for (;;) {
    const up = wrapped(at).parent;
    const next = ts.isPropertyAccessExpression(up) ? wrapped(up).parent : undefined;
    if (!next || !ts.isCallExpression(next) || !isPromiseStep(calledName(next))) return at;
    at = next;
  }
}
