/**
 * Lists and texts of which only the end is ever looked at: `lines.slice(-40)`, `output.slice(-400)`. Whoever cuts off a part
 * expects more than that, and what lies before it is of no use to anybody.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { mayRepeat } from '../ownership/lifetime/frequency/frequency';
import { counts, givesAt, givesPart, putsIntoList } from '../ownership/words/collections';
import { calledName, enclosingFunction, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax';
import { type Collection, draftAt, isInWholeTeardown } from './collections';
import type { Container } from './containers';
import { isInEndEvent } from './itemEnds';
import { isByHand } from './listWeight';
import { isOnLoss } from './losses';
import { isCollected, renewalOf } from './renewals';

/** The list that keeps all while only its last entries are looked at. */
export function keepsMoreThanTail(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'array' || container.isPublic || changes.checks.length > 0) return undefined;
  if (![...changes.removals.map(({ node }) => node), ...changes.resets].every(isInWholeTeardown)) return undefined;
  const tail = tailOf(
    container,
    changes.insertions.map(({ node }) => node),
    engine,
  );
  if (!tail) return undefined;
  for (const insertion of changes.insertions) {
    if (!ts.isCallExpression(insertion.node) || !putsIntoList(calledName(insertion.node))) continue;
    if (insertion.key || isCollected(insertion, container, engine)) continue;
    const frequency = renewalOf(insertion, engine);
    const { level, isLooped = false, occasion, why } = frequency;
    if (isLooped || !mayRepeat(frequency) || level === 'instance' || level === 'mount') continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/array-only-pushed',
      severity: isByHand(occasion) ? 'low' : 'medium',
      confidence: 'medium',
      message: `The list \`${container.name}\` keeps all that is added ${why}, while only its last entries are looked at (line ${lineOf(tail)}).`,
      advice: 'Take the oldest entry out above that number.',
      steps: [
        { role: 'shrinks', message: 'Looks at the end only, and leaves the list as it is', range: rangeOf(tail) },
      ],
    });
  }
  return undefined;
}

/**
 * Where the last ones are looked at, if nothing looks at more than that.
 * @param writes where it is filled, or made
 */
export function tailOf(
  { place: { key }, node }: Pick<Container, 'place' | 'node'>,
  writes: readonly ts.Node[],
  engine: Engine,
): ts.Node | undefined {
  let tail: ts.Node | undefined;
  for (const use of engine.uses.reads(key)) {
    if (writes.some((write) => isWithin(use, write) && enclosingFunction(use) === enclosingFunction(write))) continue;
    const seen = lookOf(use);
    if (!seen) return undefined;
    if (seen !== 'count') tail ??= seen;
  }
  // What is looked at once all has come was collected for that: the last words of a command, in the handler of its end.
  return tail && looksMeanwhile(tail, node, engine) ? tail : undefined;
}

/** Again and again, and not where what fills it is over, or in the function that has made it. */
function looksMeanwhile(tail: ts.Node, made: ts.Node, engine: Engine): boolean {
  const fn = enclosingFunction(tail);
  if (!fn || fn === enclosingFunction(made) || isOnLoss(tail, engine) || isInEndEvent(tail, engine)) return false;
  const { level } = engine.frequency.of(tail);
  return level === 'hot' || level === 'call' || level === 'unknown';
}

/** The call that takes the last ones, or whether there are any; undefined for any other look. */
function lookOf(use: ts.Expression): ts.Node | 'count' | undefined {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== wrapped(use)) return undefined;
  if (isInWholeTeardown(access)) return 'count';
  if (counts(access.name.text)) return 'count';
  const call = wrapped(access).parent;
  const [from] = ts.isCallExpression(call) && unwrap(call.expression) === access ? call.arguments : [];
  if (!from || !(givesPart(access.name.text) || givesAt(access.name.text))) return undefined;
  const start = unwrap(from);
  if (!ts.isPrefixUnaryExpression(start) || start.operator !== ts.SyntaxKind.MinusToken) return undefined;
  // The last one alone does not say that there are many.
  return givesAt(access.name.text) ? 'count' : call;
}
