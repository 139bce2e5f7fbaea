/**
 * Entries that stand for work in progress: one per request, job or call, to be removed when it ends. The author's own
 * removal on one outcome states the obligation; the outcome without it leaves the entry for ever.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { enclosingFunction, isWithin, ts, unwrap } from '../syntax/syntax';
import type { Insertion } from './changes';
import { type Collection, draftAt, keysOf, repeats, shrinksInLife } from './collections';
import { isReplaced } from './followed';
import { isEndless } from './keys';
import { nulledOnly } from './nulledEntries';
import { leftByOwnWork } from './ownWork';
import { leftAfterRejection } from './rejectedEntries';
import { executorAround, isSettledBefore, keepsDeferred, keepsSettler } from './settlers';
import { leftAfterTimeout, leftUnlessTimeout } from './timedEntries';

/** The first fault of the entries of a collection. */
export function entryFault(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (changes.checks.length > 0) return undefined;
  for (const insertion of changes.insertions) {
    if (!repeats(insertion.node, engine) || keysOf(insertion, collection, engine) === 'closed') continue;
    if (container.shape === 'array') {
      const draft = leftAfterTimeout(insertion, collection, engine);
      if (draft) return draft;
      continue;
    }
    const draft =
      neverAnswered(insertion, collection, engine) ??
      leftAfterTimeout(insertion, collection, engine) ??
      leftUnlessTimeout(insertion, collection, engine) ??
      leftAfterRejection(insertion, collection, engine) ??
      leftByOwnWork(insertion, collection, engine) ??
      nulledOnly(insertion, collection, engine);
    if (draft) return draft;
  }
  return undefined;
}

/** A resolver per request that nothing ever removes. */
function neverAnswered(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const executor = executorAround(insertion.node);
  const isDeferred = keepsDeferred(insertion, engine);
  if (!isDeferred && !(executor && keepsSettler(insertion, executor, engine))) return undefined;
  // What is taken out to be put in anew stays all the same.
  const removals = changes.removals.filter(
    (removal) => !changes.insertions.some((one) => isCounted(one.key, engine) && isReplaced(removal, one, engine)),
  );
  if (
    shrinksInLife({ ...collection, changes: { ...changes, removals } }).length > 0 ||
    changes.nullings.length > 0 ||
    changes.lookups.length === 0
  )
    return undefined;
  if (isOnePerKey(insertion, collection) || isSettledBefore(insertion, engine)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/pending-requests',
    severity: 'high',
    confidence: isDeferred ? 'medium' : 'high',
    message: `Each request puts its resolver into \`${container.name}\`, and neither the answer nor anything else takes it out again.`,
    advice: 'Delete the entry when the answer comes, on timeout and when the connection closes.',
  });
}

/** `given ?? next++`: each request has a key of its own, unless it says otherwise. */
function isCounted(key: ts.Expression | undefined, { program }: Engine): boolean {
  const value = key && unwrap(key);
  if (!value) return false;
  const made = ts.isIdentifier(value) ? program.scopes.resolve(value)?.initializer : undefined;
  return isEndless(value) || /\+\+/.test((made ?? value).getText());
}

/** Made where none was found under the same key: one for each state, scheme or name, whoever asks, and not one for each request. */
function isOnePerKey({ node, key }: Insertion, { changes }: Collection): boolean {
  const fn = enclosingFunction(node);
  if (!fn || !key || isEndless(key)) return false;
  const text = unwrap(key).getText();
  return [...changes.lookups, ...changes.tests].some((lookup) => {
    const asked = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return isWithin(lookup, fn) && lookup.pos < node.pos && asked !== undefined && unwrap(asked).getText() === text;
  });
}
