/**
 * Entries that a function takes out when their work is done and puts in again further down, whatever happened:
 * `if (chunk.count === chunk.total) { finish(chunk); delete chunks[id]; } chunks[id] = chunk;`.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { enclosingFunction, lineOf, rangeOf, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, isSameKey, keysOf, nounOf, textOf } from './collections';
import { conditionsUntil } from './followed';

/** The entry whose removal the same run undoes. */
export function putBack(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape === 'array' || changes.checks.length > 0 || isHanded(collection, engine)) return undefined;
  for (const insertion of changes.insertions) {
    if (keysOf(insertion, collection, engine) === 'closed') continue;
    const undone = changes.removals.map((removal) => undoneBy(removal, insertion, engine));
    // Another removal may be the one that counts.
    if (undone.length === 0 || undone.some((one) => one === undefined)) continue;
    const [removal] = changes.removals;
    if (!removal || !insertion.key) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `The entry that line ${lineOf(removal.node)} takes out of the ${nounOf[container.shape]} \`${container.name}\` is put in again here, for the same \`${textOf(insertion.key)}\`, and stays.`,
      advice: 'Return after the removal, or put the entry in only where it is not done.',
      steps: [{ role: 'shrinks', message: 'Taken out here', range: rangeOf(removal.node) }],
    });
  }
  return undefined;
}

/** The condition that asks the entry itself whether it is done, and is over before the entry is put in again. */
function undoneBy({ node, key }: Removal, insertion: Insertion, engine: Engine): ts.IfStatement | undefined {
  const fn = enclosingFunction(node);
  const value = insertion.value && unwrap(insertion.value);
  const entry = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!key || !insertion.key || !entry || !fn || enclosingFunction(insertion.node) !== fn) return undefined;
  if (!isSameKey(key, insertion.key, engine)) return undefined;
  // `item = { stale: false };`: another one is put in.
  if (entry.writes.some((write) => write.node.pos >= node.pos && write.node.end <= insertion.node.end))
    return undefined;
  const conditions = conditionsUntil(node, insertion.node);
  if (!conditions?.[0] || holdsOneStatement(conditions[0])) return undefined;
  return conditions.find((one) => asksMember(one.expression, entry.name));
}

/** `if (page.hits > 0) pages.delete(url);`: nothing is done with it, it is moved to the end. */
function holdsOneStatement({ thenStatement }: ts.IfStatement): boolean {
  return !ts.isBlock(thenStatement) || thenStatement.statements.length < 2;
}

/** `evict(pages)`: others may take entries out. */
function isHanded({ container }: Collection, engine: Engine): boolean {
  return engine.uses.reads(container.place.key).some((use) => {
    const value = wrapped(use as ts.Expression);
    return ts.isCallExpression(value.parent) && value.parent.expression !== value;
  });
}

/** `entry.count === entry.total`: a member of it, and not whether it is there. */
function asksMember(condition: ts.Expression, name: string): boolean {
  let found = false;
  walk(condition, (node) => {
    if (ts.isPropertyAccessExpression(node) && unwrap(node.expression).getText() === name) found = true;
    return !found;
  });
  return found;
}
