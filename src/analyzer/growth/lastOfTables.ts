/**
 * Tables by one key, of which the function that ends a key empties all but one: `delete this.open[id]; delete this.sockets[id];
 * delete this.names[id];`, and nobody takes anything out of `this.rooms`.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { reaches } from '../reached';
import { enclosingFunction, isWithin, lineOf, rangeOf } from '../syntax/syntax';
import type { Removal } from './changes';
import { type Collection, draftAt, isSameKey, keysOf, nounOf, repeats, shrinksInLife } from './collections';
import { areParallel, nameOf } from './siblings';
import { isSeenName } from './words';

/** How many other tables have to lose their entry for it to be the end of the key. */
const fewest = 3;

/** The table that the end of its keys forgets. */
export function leftByKeysEnd(collection: Collection, engine: Engine, all: readonly Collection[]): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape === 'array' || container.isPublic || isSeenName(container.name)) return undefined;
  if (changes.checks.length + changes.nullings.length > 0 || shrinksInLife(collection).length > 0) return undefined;
  const tables = all.filter(
    (one) => one !== collection && one.container.shape !== 'array' && areParallel(collection, one),
  );
  if (tables.length < fewest) return undefined;
  for (const insertion of changes.insertions) {
    const name = nameOf(insertion.key);
    // A count that began anew would be wrong.
    const goesOn = changes.lookups.some((lookup) => insertion.value && isWithin(lookup, insertion.value));
    if (!name || goesOn || !repeats(insertion.node, engine) || keysOf(insertion, collection, engine) === 'closed')
      continue;
    const alike = tables.filter(({ changes: { insertions } }) => insertions.some(({ key }) => nameOf(key) === name));
    const end = alike.flatMap((one) => one.changes.removals).find((removal) => isEnd(removal, name, alike, engine));
    const fn = end && enclosingFunction(end.node);
    if (!end || !fn || reaches(fn, [insertion.node, ...changes.resets], engine)) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/sibling-collection-forgotten',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${name}\`: from line ${lineOf(end.node)} on it is taken out of all ${alike.length} other tables by that key, but nothing removes it here.`,
      advice: 'Remove the entry there, too.',
      steps: [{ role: 'forgotten', message: 'Ends the key in the other tables', range: rangeOf(end.node) }],
    });
  }
  return undefined;
}

/** In one function, each of the tables loses the entry under the same key. */
function isEnd({ node, key }: Removal, name: string, tables: readonly Collection[], engine: Engine): boolean {
  const fn = enclosingFunction(node);
  if (!fn || !key || nameOf(key) !== name || tables.length < fewest) return false;
  return tables.every(({ changes }) =>
    changes.removals.some((one) => one.key && isWithin(one.node, fn) && isSameKey(one.key, key, engine)),
  );
}
