/**
 * `Promise.race([once(bus, 'done'), once(bus, 'failed')])`: whichever event comes first, the listeners of the others stay on what
 * lives longer than the wait.
 */

import { apiCalls } from '../../acquiring/apiCalls';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { callsNamed, inOrder } from '../../program/callNames';
import { eventPromises } from '../../resources/eventPromises';
import { calledName, lineOf, rangeOf, ts, wrapped } from '../../syntax/syntax';
import { isOverWithOne, isPromiseStep } from '../../words/promises';
import { frequencyStep } from '../assess';
import { raceOf } from '../late/raceTimers';
import { lifetimeOf } from '../lifetime/lifetime';
import { outlives } from './receiverLife';
import { isEmptiedAtOnce } from './selfEnding';

/** Findings for waits that lose a race and leave their listener. */
export function findRacedWaits(engine: Engine): readonly Draft[] {
  if (callsNamed(engine.program, isOverWithOne).length === 0) return [];
  const waits = engine.program
    .once(apiCalls)
    .named.flatMap(({ name, nodes }) => (engine.types.matches(name, eventPromises) ? nodes : []));
  return waits.sort(inOrder).flatMap((call) => {
    if (!ts.isCallExpression(call)) return [];
    const [target, event, ...options] = call.arguments;
    // A signal takes it off.
    if (!target || !event || options.length > 0 || isEmptiedAtOnce(target, engine)) return [];
    const race = raceOf(lastStep(call), engine);
    const life = lifetimeOf(target, engine);
    if (!race || !outlives(life)) return [];
    const frequency = engine.frequency.of(race);
    if (frequency.level === 'once' || frequency.level === 'setup') return [];
    const what = `\`${target.getText()}\``;
    return [
      {
        kind: 'listener/race-loser-left',
        mechanism: 'repeated-registration' as const,
        severity: frequency.level === 'unknown' ? ('low' as const) : ('medium' as const),
        confidence: 'medium' as const,
        message: `The listener for ${event.getText()} stays on ${what} when another promise wins the race on line ${lineOf(race)}: ${what} ${life.why}, and each wait adds one more until the event comes.`,
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
