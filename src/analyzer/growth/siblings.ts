/**
 * Parallel collections: filled together under one key, or keyed by the same id, where the end of that id removes it from
 * some of them only. The author's own removal from the sibling states the obligation.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { enclosingFunction, isAssignment, isFunctionNode, isWithin, lineOf, rangeOf, ts, unwrap } from '../syntax';
import type { Insertion, Removal } from './changes';
import {
  type Collection,
  draftAt,
  isInWholeTeardown,
  keysOf,
  nounOf,
  outermostFunction,
  repeats,
  shortText,
  shrinksInLife,
  textOf,
} from './collections';
import { innerInsertions } from './counterparts';
import { byName } from './keys';
import { isQueueName, isRecordName, isSeenName, isWorkName } from './words';

/** The fault of a collection that is left out where its sibling is cleaned. */
export function siblingFault(collection: Collection, all: readonly Collection[], engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.isPublic || changes.checks.length > 0 || changes.nullings.length > 0) return undefined;
  if (container.shape === 'array' && (isRecordName(container.name) || isQueueName(container.name))) return undefined;
  if (shrinksInLife(collection).length > 0 || isSeenName(container.name)) return undefined;
  // What is put into the buckets of a table is of as many items as are put in.
  const inner = innerInsertions(collection, engine);
  for (const insertion of inner && inner.length > 0 ? inner : changes.insertions) {
    const item = insertion.key ?? insertion.value;
    if (
      !item ||
      !repeats(insertion.node, engine) ||
      (!inner?.length && keysOf(insertion, collection, engine) === 'closed')
    )
      continue;
    for (const sibling of all) {
      if (sibling === collection || !areParallel(collection, sibling)) continue;
      const removal = removalOfSibling(insertion, sibling, engine);
      if (!removal) continue;
      return draftAt(insertion, collection, engine, {
        kind: 'cache/sibling-collection-forgotten',
        mechanism: 'no-release-on-dispose',
        severity: 'medium',
        confidence: 'medium',
        message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each \`${shortText(item)}\`: line ${lineOf(removal.node)} removes it from \`${sibling.container.name}\`, but nothing removes it here.`,
        advice: `Remove the entry of \`${container.name}\` together with that of \`${sibling.container.name}\`.`,
        steps: [
          {
            role: 'forgotten',
            message: `Removes the key from \`${sibling.container.name}\` only`,
            range: rangeOf(removal.node),
          },
        ],
      });
    }
  }
  return undefined;
}

/** Held by the same owner, module or function. */
function areParallel(a: Collection, b: Collection): boolean {
  if (a.container.holder !== b.container.holder) return false;
  if (a.container.holder === 'closure')
    return enclosingFunction(a.container.node) === enclosingFunction(b.container.node);
  return a.container.owner === b.container.owner;
}

/** The removal by which a sibling ends the same key. */
function removalOfSibling(insertion: Insertion, sibling: Collection, engine: Engine): Removal | undefined {
  // What waits or runs ends before its key does, unless the key is that of the work.
  const of = nameOf(insertion.key);
  if (isWorkName(sibling.container.name) && !(of && byName(of) === 'transient')) return undefined;
  const fn = enclosingFunction(insertion.node);
  const removals = sibling.changes.removals.filter(
    (removal) =>
      takesOne(removal) &&
      !isInWholeTeardown(removal.node) &&
      (!isWithItsInsertion(removal, sibling) || isEviction(removal, insertion, sibling)),
  );
  const together = sibling.changes.insertions.some(
    (other) => areOfOneItem(insertion, other, engine) && areTogether(insertion.node, other.node),
  );
  if (together) {
    // An entry that the same function takes out again is no life of its own.
    return removals.find(
      (removal) =>
        !fn ||
        !isWithin(removal.node, fn) ||
        areExclusive(insertion.node, removal.node) ||
        isEviction(removal, insertion, sibling),
    );
  }
  // Not filled together: the key's name must say what it is.
  const name = nameOf(insertion.key);
  if (!name || byName(name) !== 'transient' || keysOf(insertion, sibling, engine) === 'closed') return undefined;
  return removals.find(
    (removal) =>
      nameOf(removal.key) === name &&
      sibling.changes.insertions.some((other) => nameOf(other.key) === name) &&
      (!fn || !isWithin(removal.node, fn)),
  );
}

/** `if (cache.size > limit) cache.delete(oldest)`: another entry than the one that is put in. */
function isEviction({ node, key }: Removal, insertion: Insertion, { changes }: Collection): boolean {
  const item = insertion.key ?? insertion.value;
  if (!key || !item || textOf(key) === textOf(item)) return false;
  for (let up = node.parent; up && !isFunctionNode(up); up = up.parent) {
    const test = ts.isIfStatement(up) || ts.isWhileStatement(up) ? up.expression : undefined;
    if (test && changes.checks.some((check) => isWithin(check, test))) return true;
  }
  return false;
}

/** One entry leaves, which the code picks: no queue that is served in turn. */
function takesOne({ node, key }: Removal): boolean {
  if (key !== undefined) return true;
  return ts.isPropertyAccessExpression(node) ? node.name.text === 'splice' : isAssignment(node);
}

/** Under the same key, each under what the other holds, or of the same thing that the function was given or made. */
function areOfOneItem(a: Insertion, b: Insertion, engine: Engine): boolean {
  const [keyA, keyB] = [a.key && textOf(a.key), b.key && textOf(b.key)];
  if (keyA !== undefined && keyA === keyB) return true;
  const [heldA, heldB] = [itemOf(a, engine), itemOf(b, engine)];
  // The one lists the keys of the other.
  if (heldA !== undefined && keyA === undefined && heldA === keyB) return true;
  if (heldA === undefined || heldB === undefined) return false;
  if (heldA === heldB) return true;
  return keyA !== undefined && keyB !== undefined && keyA === heldB && keyB === heldA;
}

/** What an entry holds, where that is a variable of a function. */
function itemOf({ value }: Insertion, engine: Engine): string | undefined {
  const held = value && unwrap(value);
  const declaration = held && ts.isIdentifier(held) ? engine.program.scopes.resolve(held) : undefined;
  return declaration?.scope.func ? declaration.name : undefined;
}

/** In different branches of one statement: never both in one call. */
function areExclusive(a: ts.Node, b: ts.Node): boolean {
  let from = a;
  for (let up = a.parent; up && !isFunctionNode(up); from = up, up = up.parent) {
    if (!isWithin(b, up)) continue;
    if (ts.isIfStatement(up))
      return (
        up.elseStatement !== undefined &&
        (from === up.thenStatement ? isWithin(b, up.elseStatement) : isWithin(b, up.thenStatement))
      );
    return ts.isCaseBlock(up);
  }
  return false;
}

/** In one list of statements, or one of them in a branch of it. */
function areTogether(a: ts.Node, b: ts.Node): boolean {
  const [inner, outer] = [blockAround(a), blockAround(b)];
  if (!inner || !outer) return false;
  return inner === outer || blockAround(inner) === outer || blockAround(outer) === inner;
}

function blockAround(node: ts.Node): ts.Node | undefined {
  for (let up = node.parent; up && !ts.isSourceFile(up); up = up.parent) {
    if (ts.isBlock(up)) return up;
    if (isFunctionNode(up)) return undefined;
  }
  return undefined;
}

/** Filled and removed in one function: an entry for the time of a call, or moved to the end. The key lives on. */
function isWithItsInsertion(removal: Removal, { changes }: Collection): boolean {
  const fn = outermostFunction(removal.node);
  return (
    fn !== undefined && changes.insertions.some(({ node }) => isWithin(node, fn) && !areExclusive(node, removal.node))
  );
}

/** `sessionId` of `sessionId` and `input.sessionId`; `socketId` of `socket.id`. */
function nameOf(key: ts.Expression | undefined): string | undefined {
  const value = key && unwrap(key);
  if (!value) return undefined;
  if (ts.isIdentifier(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  const base = unwrap(value.expression);
  return value.name.text === 'id' && ts.isIdentifier(base) ? `${base.text}Id` : value.name.text;
}
