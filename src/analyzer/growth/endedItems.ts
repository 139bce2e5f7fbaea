/**
 * Tables with an entry per item, where the method that ends one item looks its entry up by the item's key and leaves it:
 * the next item has another key.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isLogical,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { isCalledAlone } from './calledAlone';
import type { Insertion } from './changes';
import {
  type Collection,
  draftAt,
  isAtEndOfOwner,
  keysOf,
  nounOf,
  repeatsPerKey,
  shrinksInLife,
  textOf,
} from './collections';
import { functionName } from './holders';
import { isEndingName } from './words';

/** The entry that the end of its item only looks up. */
export function leftByItsEnd(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.checks.length + changes.nullings.length > 0 || shrinksInLife(collection).length > 0) return undefined;
  if (!changes.removals.every(({ node }) => isAtEndOfOwner(node, collection, engine))) return undefined;
  const sites = changes.insertions.map(({ node }) => node);
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    if (!fn || !insertion.key || !repeatsPerKey(insertion, engine) || isAskedBefore(insertion, fn, collection))
      continue;
    if (keysOf(insertion, collection, engine) === 'closed') continue;
    for (const lookup of changes.lookups) {
      const end = endAround(lookup, engine);
      if (!end || isWithin(insertion.node, end) || isWithin(lookup, fn)) continue;
      if (!isCalledAlone(end, sites, engine)) continue;
      return draftAt(insertion, collection, engine, {
        kind: container.shape === 'map' ? 'cache/map-without-eviction' : 'cache/record-only-grows',
        mechanism: 'no-release-on-dispose',
        severity: 'medium',
        confidence: 'medium',
        message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${textOf(insertion.key)}\`: \`${functionName(end)}\` looks it up on line ${lineOf(lookup)} to end it, and leaves the entry.`,
        advice: `Delete the entry in \`${functionName(end)}\`.`,
        steps: [{ role: 'forgotten', message: 'Ends the item, and the entry stays', range: rangeOf(lookup) }],
      });
    }
  }
  return undefined;
}

/** Filled only where the key is not there yet: what is left is used again. */
function isAskedBefore({ key, node }: Insertion, fn: FunctionNode, { changes }: Collection): boolean {
  const text = key && textOf(key);
  return [...changes.lookups, ...changes.tests].some((ask) => {
    if (enclosingFunction(ask) !== fn || ask.pos > node.pos) return false;
    const asked = ts.isCallExpression(ask)
      ? ask.arguments[0]
      : ts.isElementAccessExpression(ask)
        ? ask.argumentExpression
        : undefined;
    return asked === undefined || textOf(asked) === text;
  });
}

/** The function that ends the item whose key it is given, and looks it up by that key. */
function endAround(lookup: ts.Node, engine: Engine): FunctionNode | undefined {
  const fn = enclosingFunction(lookup);
  if (!fn || !isEndingName(functionName(fn)) || isOnlyTested(lookup)) return undefined;
  const key = ts.isCallExpression(lookup)
    ? lookup.arguments[0]
    : ts.isElementAccessExpression(lookup)
      ? lookup.argumentExpression
      : undefined;
  return key && isGiven(key, fn, engine) && !endsPart(lookup, fn, engine) ? fn : undefined;
}

/** `if (!this.queues[key]) return;`: whether there is one, and nothing else of it. */
function isOnlyTested(lookup: ts.Node): boolean {
  let at: ts.Node = wrapped(lookup as ts.Expression);
  while (
    ts.isPrefixUnaryExpression(at.parent) ||
    (ts.isBinaryExpression(at.parent) && isLogical(at.parent.operatorToken.kind)) ||
    ts.isParenthesizedExpression(at.parent)
  )
    at = at.parent;
  return ts.isIfStatement(at.parent) && at.parent.expression === at;
}

/** `stores.get(name)?.remove(file)`: what is given too names a part of the item, which goes on. */
function endsPart(lookup: ts.Node, fn: FunctionNode, engine: Engine): boolean {
  const access = wrapped(lookup as ts.Expression).parent;
  if (!ts.isPropertyAccessExpression(access)) return false;
  const call = wrapped(access).parent;
  return (
    ts.isCallExpression(call) &&
    unwrap(call.expression) === access &&
    call.arguments.some((argument) => isGiven(argument, fn, engine))
  );
}

/** A parameter of the function, a part of one, or made of one. */
export function isGiven(key: ts.Expression, fn: FunctionNode, engine: Engine, depth = 0): boolean {
  let found = false;
  walk(key, (node) => {
    if (isFunctionNode(node)) return false;
    const declaration = ts.isIdentifier(node) ? engine.program.scopes.resolve(node) : undefined;
    if (!declaration || declaration.scope.func !== fn) return !found;
    if (declaration.kind === 'parameter') found = true;
    else {
      const from = declaration.initializer ?? listOf(declaration.node);
      if (from && depth < 2 && isGiven(from, fn, engine, depth + 1)) found = true;
    }
    return !found;
  });
  return found;
}

/** `for (const key of list)`: what a variable of a loop is taken from. */
function listOf(node: ts.Node): ts.Expression | undefined {
  const loop = node.parent?.parent;
  return loop && ts.isForOfStatement(loop) ? loop.expression : undefined;
}
