/**
 * Lists of timers that fire once: `timers.push(setTimeout(work, delay))`. Only who stops them all empties the list; a timer that
 * has fired stays in it, with all that its work holds.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { reaches } from '../reached';
import { enclosingFunction, lineOf, rangeOf, ts, unwrap } from '../syntax/syntax';
import { cutsOut, takesFromList } from '../words/collections';
import { isBegunAnew } from './begunAnew';
import { type Collection, draftAt, nounOf } from './collections';
import { argumentsFor } from './keys';
import { isOneTimer } from './words';

/** The timer that is kept after it has fired. */
export function keptAfterFiring(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes, life } = collection;
  if (container.shape !== 'array' && container.shape !== 'set') return undefined;
  // What an instance holds goes with it.
  if (life.level === 'instance' || changes.checks.length + changes.nullings.length > 0) return undefined;
  const shrinks = [...changes.removals.map(({ node }) => node), ...changes.resets];
  for (const insertion of changes.insertions) {
    const { level } = engine.frequency.of(insertion.node);
    if (level !== 'hot' && level !== 'call' && level !== 'unknown') continue;
    const timer = insertion.value && timerOf(insertion.value, engine);
    const fn = enclosingFunction(insertion.node);
    if (!timer || !fn || reaches(fn, shrinks, engine) || isBegunAnew(insertion, collection, engine)) continue;
    const callbacks = timer.arguments[0] ? engine.program.callees.functionsOf(timer.arguments[0]) : [];
    if (callbacks.some((callback) => reaches(callback, shrinks, engine)) || isTakenOutSomewhere(collection)) continue;
    const [shrink] = shrinks;
    const draft = draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      severity: level === 'unknown' ? 'low' : 'medium',
      confidence: 'medium',
      message: `A timer stays in the ${nounOf[container.shape]} \`${container.name}\` after it has fired: ${shrink ? `only who stops them all (line ${lineOf(shrink)}) empties it` : 'nothing takes it out'}.`,
      advice: 'Take the timer out when it has fired.',
      steps: shrink ? [{ role: 'shrinks', message: 'Emptied here', range: rangeOf(shrink) }] : [],
    });
    // A helper that is given one list or another fills each in the same place.
    return { ...draft, cause: `timers kept at ${insertion.node.pos}` };
  }
  return undefined;
}

/** One is taken out by what it is, wherever that is done. */
function isTakenOutSomewhere({ changes }: Collection): boolean {
  return changes.removals.some(({ node, key }) => {
    if (key !== undefined) return true;
    const name = ts.isPropertyAccessExpression(node) ? node.name.text : '';
    return !takesFromList(name) ? true : cutsOut(name) && changes.tests.length > 0;
  });
}

/** `setTimeout(…)`, or a call of what a helper is given: `wrap(timers.setTimeout)`. */
function timerOf(given: ts.Expression, engine: Engine): ts.CallExpression | undefined {
  const value = meant(given, engine);
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (isOneTimer(nameOf(callee))) return value;
  const declaration = ts.isIdentifier(callee) ? engine.program.scopes.resolve(callee) : undefined;
  if (declaration?.kind !== 'parameter') return undefined;
  return argumentsFor(declaration, engine).some((one) => one !== undefined && isOneTimer(nameOf(unwrap(one))))
    ? value
    : undefined;
}

function nameOf(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
}

/** What a variable that is set once stands for. */
function meant(given: ts.Expression, { program }: Engine): ts.Expression {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  return declaration?.initializer && declaration.writes.length === 0 && declaration.path?.length === 0
    ? unwrap(declaration.initializer)
    : value;
}
