/** The timer of a race, which outlives a work that has won. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { OneShot } from '../../resources/model';
import { enclosingFunction, type FunctionNode, isNewPromise, lineOf, rangeOf, ts, wrapped } from '../../syntax/syntax';
import { frequencyStep } from '../assess';
import { mayRepeat } from '../lifetime/frequency/frequency';
import { fatesOf } from '../values/fate';
import { weightOf } from './delays';
import { isReleasedSomewhere } from './releaseSites';

/**
 * The finding for `Promise.race([work, new Promise((_, reject) => setTimeout(reject, ms))])`; undefined when it is cleared.
 * What the callback clears is over by then, and no release.
 */
export function judgeRace(
  acquisition: Acquisition,
  { race }: OneShot,
  callback: FunctionNode | undefined,
  engine: Engine,
): Draft | undefined {
  const { kind, node, result } = acquisition;
  if (!race || !result) return undefined;
  const executor = enclosingFunction(node);
  const promise =
    executor && (ts.isArrowFunction(executor) || ts.isFunctionExpression(executor))
      ? wrapped(executor).parent
      : undefined;
  if (!promise || !isNewPromise(promise)) return undefined;
  if (isReleasedSomewhere(acquisition, engine, callback)) return undefined;
  const found = raceOf(promise, engine);
  if (!found) return undefined;
  const frequency = engine.frequency.of(found);
  if (frequency.level === 'once' || frequency.level === 'setup') return undefined;
  return {
    kind: race,
    mechanism: 'error-or-early-exit-path',
    severity: 'low',
    confidence: mayRepeat(frequency) ? weightOf(acquisition, undefined, engine).confidence : 'low',
    message: `The ${kind.noun} stays armed when the other side of the race on line ${lineOf(found)} settles first; it keeps the process and all that it captures until it fires.`,
    advice: 'Keep its handle and clear it in `finally`.',
    node,
    open: { acquisition, level: frequency.level, race: found },
    trail: [
      { role: 'acquired', message: `The ${kind.noun} is armed here`, range: rangeOf(node) },
      { role: 'exit', message: 'The race may be decided by another promise', range: rangeOf(found) },
      frequencyStep(frequency, found),
    ],
  };
}

/** The race that a promise takes part in: directly, by a variable, in a list, or as the result of a local function. */
export function raceOf(promise: ts.Expression, engine: Engine, depth = 0): ts.CallExpression | undefined {
  if (depth > 3) return undefined;
  for (const fate of fatesOf(promise, engine.program)) {
    if (fate.kind === 'passed' && isRace(fate.call)) return fate.call as ts.CallExpression;
    const place = fate.kind === 'stored' ? fate.place : fate.kind === 'collected' ? fate.container : undefined;
    if (place?.root.kind === 'declaration') {
      for (const use of engine.uses.reads(place.key)) {
        const found = raceOf(use, engine, depth + 1);
        if (found) return found;
      }
    }
    if (fate.kind === 'handed-over') {
      const fn = enclosingFunction(promise);
      for (const call of fn ? engine.program.callees.usesOf(fn).calls : []) {
        const found = ts.isCallExpression(call) ? raceOf(call, engine, depth + 1) : undefined;
        if (found) return found;
      }
    }
  }
  return undefined;
}

function isRace(call: ts.Node): boolean {
  return ts.isCallExpression(call) && /^Promise\.(?:race|any)$/.test(call.expression.getText());
}
