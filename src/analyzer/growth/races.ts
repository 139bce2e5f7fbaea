/** Promises that gather reactions or results: a race in a loop with one that outlives it, a chain that keeps all before it. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { callsNamed, inOrder } from '../program/callNames';
import { shortText } from '../syntax/shortText';
import { isAssignment, isFunctionNode, isWithin, rangeOf, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import { timerCalls } from '../words/callbacks';
import { isRace, waitsForEach } from '../words/promises';
import { mentionsPlace } from './changes';

/** Races and chains of a file that only grow. */
export function findPromiseGrowth(engine: Engine): readonly Draft[] {
  const raced = callsNamed(engine.program, isRace);
  const chained = callsNamed(engine.program, waitsForEach).flatMap((call) => {
    const up = wrapped(call).parent;
    return isAssignment(up) && up.right === wrapped(call) ? [up] : [];
  });
  return [...raced, ...chained].sort(inOrder).flatMap((node) => {
    const draft = ts.isCallExpression(node) ? raceFault(node, engine) : chainFault(node, engine);
    return draft ? [draft] : [];
  });
}

function raceFault(call: ts.CallExpression, engine: Engine): Draft | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || !isRace(callee.name.text) || callee.getText() !== 'Promise.race')
    return undefined;
  const [list] = call.arguments;
  const loop = endlessLoopAround(call);
  if (!loop || !list || !ts.isArrayLiteralExpression(list)) return undefined;
  const longLived = list.elements.find((element) => outlives(element, loop, engine));
  if (!longLived || !list.elements.some((element) => element !== longLived && !outlives(element, loop, engine)))
    return undefined;
  return {
    kind: 'cache/race-with-long-lived-promise',
    mechanism: 'unbounded-growth',
    severity: 'medium',
    confidence: 'medium',
    message: `Each round of the loop adds a reaction to \`${shortText(longLived)}\`, which lives as long as the loop and keeps them all until it settles.`,
    advice: 'Check a signal in the loop instead, or use a listener that is removed after each round.',
    node: call,
    trail: [
      { role: 'held', message: 'Made outside the loop', range: rangeOf(longLived) },
      { role: 'repeats', message: 'Runs in a loop without an end of its own', range: rangeOf(loop) },
    ],
  };
}

/** `while`, `for (;;)`, `for await`: a loop whose number of rounds is not given. */
function endlessLoopAround(node: ts.Node): ts.IterationStatement | undefined {
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) {
    if (ts.isWhileStatement(up) || ts.isDoStatement(up)) return up;
    if (ts.isForStatement(up) && !up.condition) return up;
    if (ts.isForOfStatement(up) && up.awaitModifier) return up;
  }
  return undefined;
}

/** A promise made outside the loop that no round replaces, and that time alone does not settle. */
function outlives(element: ts.Expression, loop: ts.Node, engine: Engine): boolean {
  const value = unwrap(element);
  const { scopes, places } = engine.program;
  if (ts.isPropertyAccessExpression(value)) {
    const place = places.of(value);
    // `this.stopped` stays the same only if nothing in this file gives it another.
    if (place?.root.kind !== 'owner' || place.path.length !== 1) return false;
    const member = place.root.owner.members.get(place.path[0] ?? '');
    const made = member?.values.filter((given) => given.value);
    return made?.length === 1 && engine.uses.writes(place.key).length <= 1 && isPending(made[0]?.value);
  }
  if (!ts.isIdentifier(value)) return false;
  const declaration = scopes.resolve(value);
  if (!declaration || isWithin(declaration.node, loop)) return false;
  if (declaration.writes.some((write) => isWithin(write.node, loop))) return false;
  if (declaration.kind === 'parameter')
    return ts.isParameter(declaration.node) && /\bPromise<|PromiseLike</.test(declaration.node.type?.getText() ?? '');
  return declaration.path?.length === 0 && isPending(declaration.initializer);
}

function isPending(value: ts.Expression | undefined): boolean {
  const inner = value && unwrap(value);
  if (!inner) return false;
  if (ts.isNewExpression(inner)) return inner.expression.getText() === 'Promise' && !startsTimer(inner);
  if (!ts.isCallExpression(inner)) return false;
  const name = inner.expression.getText();
  return (
    /^(?:once|events\.once)$|(?:[aA]bort|[cC]lose|[sS]top|[cC]ancel|[eE]xit|[eE]nd|[sS]hutdown)\w*$/.test(name) &&
    !startsTimer(inner)
  );
}

function startsTimer(node: ts.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (ts.isIdentifier(inner) && timerCalls.has(inner.text)) found = true;
    return !found;
  });
  return found;
}

/** `all = Promise.all([all, next])`: each result holds the list of all before it. */
function chainFault(assignment: ts.BinaryExpression, engine: Engine): Draft | undefined {
  const value = unwrap(assignment.right);
  if (!ts.isCallExpression(value) || !/^Promise\.all(?:Settled)?$/.test(value.expression.getText())) return undefined;
  const [list] = value.arguments;
  const place = engine.program.places.of(assignment.left);
  if (!place || !list || !ts.isArrayLiteralExpression(list)) return undefined;
  const root = place.root.kind === 'declaration' ? place.root.declaration : undefined;
  if (root && (root.scope.func !== undefined || place.path.length > 0)) return undefined;
  if (!root && place.root.kind !== 'owner') return undefined;
  if (
    !list.elements.some((element) => !ts.isCallExpression(unwrap(element)) && mentionsPlace(element, place.key, engine))
  )
    return undefined;
  const { level, why } = engine.frequency.of(assignment);
  if (level !== 'hot' && level !== 'call') return undefined;
  // Another assignment may begin the chain anew.
  const others = engine.uses.writes(place.key).filter((write) => write !== assignment);
  if (others.some((write) => !isInConstructor(write))) return undefined;
  return {
    kind: 'cache/promise-chain-collected',
    mechanism: 'unbounded-growth',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${shortText(assignment.left)}\` becomes a promise of all before it ${why}: the results of all work ever done stay.`,
    advice: 'Chain with `then` and keep only the last promise.',
    node: assignment,
    trail: [{ role: 'grows', message: 'Holds the promise before it', range: rangeOf(assignment) }],
  };
}

function isInConstructor(node: ts.Node): boolean {
  for (let up = node.parent; up; up = up.parent) if (ts.isConstructorDeclaration(up)) return true;
  return false;
}
