/** Nested collections: a member leaves its bucket, and the empty bucket stays under its key. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { conditionsAround, enclosingFunction, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { takesMember } from '../words/collections';
import { type Collection, draftAt, keysOf, nounOf, repeats, repeatsPerKey, textOf } from './collections';
import { freshShape } from './containers';

/** An emptied bucket per key that comes and goes. */
export function bucketFault(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container, life } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.removals.length + changes.checks.length > 0) return undefined;
  if (!changes.resets.every((reset) => isWhenNoneIsLeft(reset))) return undefined;
  const insertion = changes.insertions.find(
    (one) => isFresh(one.value, engine) && repeatsPerKey(one, engine) && keysOf(one, collection, engine) !== 'closed',
  );
  if (!insertion) return undefined;
  const keys = keysOf(insertion, collection, engine);
  const emptied = changes.lookups.map((lookup) => removalFrom(lookup, engine)).find((found) => found !== undefined);
  if (!emptied || isWithin(emptied, insertion.node)) return undefined;
  const sure =
    ((keys === 'transient' || keys === 'open' || keys === 'id') && life.level !== 'instance') ||
    (container.shape === 'map' && isByTarget(collection));
  return draftAt(insertion, collection, engine, {
    kind: 'cache/empty-bucket-left',
    severity: 'low',
    confidence: sure ? 'medium' : 'low',
    message: `Members leave their bucket on line ${lineOf(emptied)}, but the empty bucket stays in the ${nounOf[container.shape]} \`${container.name}\` under each key ever used.`,
    advice: 'Delete the key with its last member.',
    steps: [{ role: 'shrinks', message: 'Empties the bucket only', range: rangeOf(emptied) }],
  });
}

/** `if (!this.count) this.handlers = new Map();`: as long as one of them is left, the others' buckets stay. */
function isWhenNoneIsLeft(reset: ts.Node): boolean {
  const [asked] = conditionsAround(reset);
  return asked !== undefined && asksForNone(asked);
}

/** `!this.count`, `this.count === 0`. */
function asksForNone(condition: ts.Expression): boolean {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value)) return value.operator === ts.SyntaxKind.ExclamationToken;
  return (
    ts.isBinaryExpression(value) &&
    value.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken &&
    unwrap(value.right).getText() === '0'
  );
}

/** `handlers.get(event.target)`: the keys are elements, which come and go, and which the Map keeps. */
function isByTarget({ changes }: Collection): boolean {
  return changes.lookups.some((lookup) => {
    const key = ts.isCallExpression(lookup) && lookup.arguments[0] ? unwrap(lookup.arguments[0]) : undefined;
    return key !== undefined && ts.isPropertyAccessExpression(key) && /^(?:currentT|t)arget$/.test(key.name.text);
  });
}

/** `table[id] = table[id] || {}; delete table[id][name];`: what leaves needs no bucket, and the new one stays empty. */
export function recreatedBucket(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  for (const insertion of changes.insertions) {
    const key = insertion.key && textOf(insertion.key);
    const fn = enclosingFunction(insertion.node);
    if (key === undefined || !fn || !makesBucket(insertion.value) || !repeats(insertion.node, engine)) continue;
    if (keysOf(insertion, collection, engine) === 'closed') continue;
    const uses = changes.lookups.filter(
      (lookup) =>
        isWithin(lookup, fn) &&
        !isWithin(lookup, insertion.node) &&
        keyTextOf(lookup) === key &&
        lookup.pos > insertion.node.pos,
    );
    const emptied = uses.map((use) => memberRemoval(use, engine));
    const [first] = emptied;
    if (!first || emptied.some((one) => one === undefined)) continue;
    // An entry that the same function takes out again.
    if (changes.removals.some(({ node }) => isWithin(node, fn) && node.pos > insertion.node.pos)) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/empty-bucket-left',
      severity: 'low',
      confidence: 'medium',
      message: `An entry of the ${nounOf[container.shape]} \`${container.name}\` is made here only to remove from it on line ${lineOf(first)}: where there was none, an empty one stays.`,
      advice: 'Remove from it only if it is there.',
      steps: [{ role: 'shrinks', message: 'Removes a member, not the entry', range: rangeOf(first) }],
    });
  }
  return undefined;
}

/** A new collection, or the one that is there. */
function makesBucket(value: ts.Expression | undefined): boolean {
  const inner = value && unwrap(value);
  if (!inner) return false;
  if (freshShape(inner)) return true;
  const operator = ts.isBinaryExpression(inner) ? inner.operatorToken.kind : undefined;
  return (
    ts.isBinaryExpression(inner) &&
    (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) &&
    freshShape(inner.right) !== undefined
  );
}

function keyTextOf(lookup: ts.Node): string | undefined {
  const key = ts.isElementAccessExpression(lookup)
    ? lookup.argumentExpression
    : ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : undefined;
  return key && textOf(key);
}

/** `delete table[id][name]`, `table[id].delete(name)`. */
function memberRemoval(lookup: ts.Node, engine: Engine): ts.Node | undefined {
  const up = wrapped(lookup as ts.Expression).parent;
  if (ts.isElementAccessExpression(up) && up.expression === wrapped(lookup as ts.Expression)) {
    const deletion = wrapped(up).parent;
    if (ts.isDeleteExpression(deletion)) return deletion;
  }
  return removalFrom(lookup, engine);
}

/** A new collection, or a variable that is given one. */
function isFresh(value: ts.Expression | undefined, engine: Engine): boolean {
  const inner = value && unwrap(value);
  if (!inner || freshShape(inner)) return inner !== undefined;
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  if (!declaration || declaration.kind === 'parameter') return false;
  return [declaration.initializer, ...declaration.writes.map((write) => write.value)].some(
    (given) => given !== undefined && freshShape(given) !== undefined,
  );
}

/** `map.get(k)?.delete(x)`, `const b = map.get(k); b.splice(…)`, `table[k] = table[k].filter(…)`. */
function removalFrom(lookup: ts.Node, engine: Engine): ts.Node | undefined {
  const direct = removing(wrapped(lookup as ts.Expression));
  if (direct) return direct;
  const up = wrapped(lookup as ts.Expression).parent;
  const declaration = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
  for (const reference of declaration?.references ?? []) {
    const found = removing(wrapped(reference));
    if (found) return found;
  }
  return undefined;
}

function removing(value: ts.Expression): ts.Node | undefined {
  const access = value.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== value) return undefined;
  const call = wrapped(access).parent;
  return takesMember(access.name.text) && ts.isCallExpression(call) && unwrap(call.expression) === access
    ? call
    : undefined;
}
