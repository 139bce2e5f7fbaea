/** Maps and sets that are used like plain records: their entries are properties, which no method of theirs ever removes. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { shortText } from '../syntax/shortText';
import { lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax/syntax';
import { looksForEntry } from '../words/collections';
import { repeats } from './collections';
import { elementWrites } from './elementWrites';

/** All entries of a file that are put on a collection instead of into it. */
export function findMisuses(engine: Engine): readonly Draft[] {
  const { text, places } = engine.program;
  const writes = engine.program.once(elementWrites);
  if (writes.length === 0 || !/\bnew (?:Weak)?(?:Map|Set)\b/.test(text)) return [];
  const found = new Map<string, Draft>();
  for (const { node, left } of writes) {
    const place = places.of(left.expression);
    if (!place || found.has(place.key)) continue;
    const draft = judge(node, left, place.key, engine);
    if (draft) found.set(place.key, draft);
  }
  return [...found.values()];
}

function judge(
  node: ts.BinaryExpression,
  { expression, argumentExpression }: ts.ElementAccessExpression,
  place: string,
  engine: Engine,
): Draft | undefined {
  const type = collectionType(expression, engine);
  const key = unwrap(argumentExpression);
  // A fixed property is one, and it is meant.
  if (!type || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) || !repeats(node, engine)) return undefined;
  const uses = engine.uses.reads(place);
  // Whoever deletes properties knows that they are some.
  if (uses.some((use) => isPropertyDeleted(use))) return undefined;
  const method = uses.map((use) => entryCall(use)).find((call) => call !== undefined);
  if (!method && !type.startsWith('Weak')) return undefined;
  const name = shortText(expression);
  return {
    kind: 'cache/collection-used-as-record',
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'high',
    message: `\`${shortText(node.left)} = …\` makes a property of the ${type} \`${name}\`, no entry: ${
      method
        ? `\`${shortText(method)}\` on line ${lineOf(method)} does not see it`
        : 'its key is a text, which keeps the value for ever'
    }.`,
    advice: type.endsWith('Map') ? 'Use `set` and `get`.' : 'Use `add` and `has`.',
    node,
    trail: [
      { role: 'grows', message: 'A property, which stays', range: rangeOf(node) },
      ...(method
        ? [{ role: 'release' as const, message: 'Looks among the entries only', range: rangeOf(method) }]
        : []),
    ],
  };
}

/** `Map`, `WeakMap` …: a collection of the language that is the first and only value of the place. */
function collectionType(expression: ts.Expression, engine: Engine): string | undefined {
  const place = engine.program.places.of(expression);
  const { root, path } = place ?? {};
  let values: readonly (ts.Expression | undefined)[] = [];
  if (root?.kind === 'declaration' && path?.length === 0) {
    const { declaration } = root;
    // What lives for one call is no leak.
    const isCaptured = declaration.references.some((reference) => !isInScopeOf(reference, declaration.scope.func));
    if (declaration.scope.func !== undefined && !isCaptured) return undefined;
    values = [declaration.initializer, ...declaration.writes.map((write) => write.value)];
  } else if (root?.kind === 'owner' && path?.length === 1)
    values = root.owner.members.get(path[0] ?? '')?.values.map((given) => given.value) ?? [];
  const types = values.map((value) => typeOf(value));
  return types.every((type) => type !== undefined && type === types[0]) ? types[0] : undefined;
}

function typeOf(expression: ts.Expression | undefined): string | undefined {
  const value = expression && unwrap(expression);
  if (!value || !ts.isNewExpression(value) || !ts.isIdentifier(value.expression)) return undefined;
  return /^(?:Weak)?(?:Map|Set)$/.test(value.expression.text) ? value.expression.text : undefined;
}

function isInScopeOf(node: ts.Node, fn: ts.Node | undefined): boolean {
  for (let up = node.parent; up; up = up.parent) if (ts.isFunctionLike(up)) return up === fn;
  return false;
}

/** `delete map[key]`. */
function isPropertyDeleted(use: ts.Expression): boolean {
  const access = wrapped(use).parent;
  return ts.isElementAccessExpression(access) && ts.isDeleteExpression(wrapped(access).parent);
}

/** `map.delete(key)`, `map.get(key)`: a call that looks for an entry. */
function entryCall(use: ts.Expression): ts.CallExpression | undefined {
  const access = wrapped(use).parent;
  if (!ts.isPropertyAccessExpression(access) || !looksForEntry(access.name.text)) return undefined;
  const call = wrapped(access).parent;
  return ts.isCallExpression(call) && unwrap(call.expression) === access ? call : undefined;
}
