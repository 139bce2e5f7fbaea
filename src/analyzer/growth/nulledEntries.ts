/** Entries whose value is taken away while the key stays. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { enclosingFunction, lineOf, rangeOf, type ts } from '../syntax/syntax';
import type { Insertion } from './changes';
import { type Collection, draftAt, keysOf, nounOf, textOf } from './collections';

/** The code takes the value away and leaves the key: each key ever used stays. */
export function nulledOnly(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const nulling = changes.nullings.find((one) => one.key !== undefined);
  // `found ? found : null`: an empty entry that says as much as a full one.
  if (nulling && enclosingFunction(nulling.node) === enclosingFunction(insertion.node)) return undefined;
  if (!nulling?.key || !insertion.key || changes.removals.length > 0 || changes.resets.length > 0) return undefined;
  // Where keys are asked for, an empty entry says something.
  if (changes.tests.length > 0) return undefined;
  // A slot that is always the same is no growth; an index of a fixed table neither.
  const keys = keysOf(nulling, collection, engine);
  if (keys === 'closed' || keysOf(insertion, collection, engine) === 'closed') return undefined;
  if (keys === 'unknown' && (container.shape === 'record' || isIndex(nulling.key))) {
    if (isIndex(nulling.key) || collection.life.level === 'instance') return undefined;
  }
  const draft = draftAt(insertion, collection, engine, {
    kind: 'cache/entry-nulled-not-deleted',
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: keys === 'unknown' ? 'low' : 'medium',
    message: `Line ${lineOf(nulling.node)} only empties the entry of the ${nounOf[container.shape]} \`${container.name}\`: every key ever used stays.`,
    advice: 'Delete the entry.',
    steps: [{ role: 'shrinks', message: 'The value goes, the key stays', range: rangeOf(nulling.node) }],
  });
  return { ...draft, growth: { by: 'deletion', nullings: changes.nullings.map(({ node }) => node) } };
}

function isIndex(key: ts.Expression): boolean {
  return /^(?:i|j|k|n|idx|index|slot|pos|position|row|col|column)$|[a-z](?:Index|Idx|Slot)$/.test(textOf(key));
}
