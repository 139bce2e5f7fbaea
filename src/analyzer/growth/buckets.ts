/** Nested collections: a member leaves its bucket, and the empty bucket stays under its key. */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../syntax';
import { type Collection, draftAt, keysOf, nounOf, repeats } from './collections';
import { freshShape } from './containers';

/** An emptied bucket per key that comes and goes. */
export function bucketFault(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container, life } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.removals.length + changes.resets.length + changes.checks.length > 0) return undefined;
  const insertion = changes.insertions.find(
    (one) => isFresh(one.value, engine) && repeats(one.node, engine) && keysOf(one, collection, engine) !== 'closed',
  );
  if (!insertion) return undefined;
  const keys = keysOf(insertion, collection, engine);
  const emptied = changes.lookups.map((lookup) => removalFrom(lookup, engine)).find((found) => found !== undefined);
  if (!emptied || isWithin(emptied, insertion.node)) return undefined;
  const sure = (keys === 'transient' || keys === 'open' || keys === 'id') && life.level !== 'instance';
  return draftAt(insertion, collection, engine, {
    kind: 'cache/empty-bucket-left',
    severity: 'low',
    confidence: sure ? 'medium' : 'low',
    message: `Members leave their bucket on line ${lineOf(emptied)}, but the empty bucket stays in the ${nounOf[container.shape]} \`${container.name}\` under each key ever used.`,
    advice: 'Delete the key with its last member.',
    steps: [{ role: 'shrinks', message: 'Empties the bucket only', range: rangeOf(emptied) }],
  });
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
  return /^(?:delete|splice|filter)$/.test(access.name.text) &&
    ts.isCallExpression(call) &&
    unwrap(call.expression) === access
    ? call
    : undefined;
}
