/**
 * Parallel collections: filled together under one key, or keyed by the same id, where the end of that id removes it from
 * some of them only. The author's own removal from the sibling states the obligation.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { reaches } from '../reached';
import { shortText } from '../syntax/shortText';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  outermostFunction,
  ownBlockAround,
  rangeOf,
  ts,
  unwrap,
} from '../syntax/syntax';
import { cutsOut } from '../words/collections';
import type { Insertion, Removal } from './changes';
import {
  type Collection,
  draftAt,
  isInWholeTeardown,
  keysOf,
  nounOf,
  repeats,
  shrinksInLife,
  textOf,
} from './collections';
import { functionName } from './holders';
import { innerInsertions } from './innerInsertions';
import { isAtEndOfItem } from './itemEnds';
import { byName } from './keys';
import { isAnswerName, isQueueName, isRecordName, isSeenName, isWorkName } from './words';

/** The fault of a collection that is left out where its sibling is cleaned. */
export function siblingFault(collection: Collection, all: readonly Collection[], engine: Engine): Draft | undefined {
  return neverWithSibling(collection, all, engine) ?? notAlways(collection, all, engine);
}

/** Taken out together with the entry of a sibling in one place, and left where the sibling's goes alone. */
function notAlways(collection: Collection, all: readonly Collection[], engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.isPublic || changes.checks.length > 0 || changes.nullings.length > 0) return undefined;
  const own = changes.removals.filter(({ node }) => !isInWholeTeardown(node));
  const [insertion] = changes.insertions;
  if (!insertion || own.length === 0 || !own.every(({ key }) => key) || isSeenName(container.name)) return undefined;
  if (isWorkName(container.name) || keysOf(insertion, collection, engine) === 'closed') return undefined;
  for (const sibling of all) {
    if (sibling === collection || !areParallel(collection, sibling)) continue;
    // What waits ends before what it is for.
    if (isWorkName(sibling.container.name) || isAnswerName(sibling.container.name)) continue;
    const gone = sibling.changes.removals.filter(
      ({ node, key }) => key && !isInWholeTeardown(node) && !isMove(node, sibling),
    );
    // Each removal goes with one of the sibling, and each reset.
    const isPaired = (node: ts.Node, key?: ts.Expression): boolean =>
      gone.some(
        (other) =>
          outermostFunction(other.node) === outermostFunction(node) &&
          (!key || (other.key !== undefined && textOf(other.key) === textOf(key))),
      );
    if (!own.every(({ node, key }) => isPaired(node, key))) continue;
    if (!changes.resets.every((reset) => isInWholeTeardown(reset) || resetsBoth(reset, sibling))) continue;
    if (!sibling.changes.insertions.every(({ node }) => isMove(node, sibling) || fillsBoth(node, collection, engine)))
      continue;
    const sites = [...own.map(({ node }) => node), ...changes.resets];
    const alone = gone.find((removal) => {
      const { node, key } = removal;
      const fn = outermostFunction(node);
      // What leaves by itself is gone for good; what somebody takes out of one table may stay in the other.
      if (!fn || !(isExpiring(functionName(fn)) || isEviction(removal, insertion, sibling))) return false;
      return (
        key !== undefined &&
        !reaches(fn, sites, engine) &&
        !changes.insertions.some((one) => isWithin(one.node, fn) && one.key && textOf(one.key) === textOf(key)) &&
        !callersOf(fn, engine).some((caller) => reaches(caller, sites, engine)) &&
        !(tells(fn) && sites.some(isInCallback))
      );
    });
    const [pair] = own;
    if (!alone || !pair) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/sibling-collection-forgotten',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `Line ${lineOf(pair.node)} takes \`${shortText(pair.key ?? (insertion.node as ts.Expression))}\` out of \`${container.name}\` and of \`${sibling.container.name}\`, line ${lineOf(alone.node)} of \`${sibling.container.name}\` only.`,
      advice: `Remove the entry of \`${container.name}\` there, too.`,
      steps: [{ role: 'forgotten', message: 'Leaves the other entry', range: rangeOf(alone.node) }],
    });
  }
  return undefined;
}

/** `expire`, `evictOldest`, `sweep`: takes out what nobody asks for any more. */
function isExpiring(name: string): boolean {
  return /expire|evict|prune|sweep|stale|idle|purge|reap/i.test(name);
}

/** Taken out and put in by one function: moved. */
function isMove(node: ts.Node, { changes }: Collection): boolean {
  const fn = outermostFunction(node);
  const [taken, put] = [changes.removals, changes.insertions].map((all) =>
    all.filter((one) => fn && isWithin(one.node, fn)),
  );
  return (taken ?? []).some(({ key }) => key && (put ?? []).some((one) => one.key && textOf(one.key) === textOf(key)));
}

function resetsBoth(reset: ts.Node, { changes }: Collection): boolean {
  const fn = outermostFunction(reset);
  return fn !== undefined && changes.resets.some((other) => isWithin(other, fn));
}

/** Where an entry of the sibling is put in, or by who calls that, one of the collection is. */
function fillsBoth(node: ts.Node, { changes }: Collection, engine: Engine): boolean {
  const fn = outermostFunction(node);
  const sites = changes.insertions.map((one) => one.node).filter((one) => !areExclusive(one, node));
  return (
    fn !== undefined && (reaches(fn, sites, engine) || callersOf(fn, engine).some((one) => reaches(one, sites, engine)))
  );
}

function callersOf(fn: FunctionNode, engine: Engine): readonly FunctionNode[] {
  return engine.program.callees.usesOf(fn).calls.flatMap((call) => outermostFunction(call) ?? []);
}

/** Tells others, which may do the rest. */
function tells(fn: FunctionNode): boolean {
  return /\b(?:emit|fire|dispatch\w*|publish|notify\w*|next)\(/.test(fn.getText());
}

function isInCallback(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  return fn !== undefined && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn));
}

function neverWithSibling(collection: Collection, all: readonly Collection[], engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.isPublic || changes.checks.length > 0 || changes.nullings.length > 0) return undefined;
  if (container.shape === 'array' && (isRecordName(container.name) || isQueueName(container.name))) return undefined;
  if (shrinksInLife(collection).length > 0 || isSeenName(container.name)) return undefined;
  // What is put into the buckets of a table is of as many items as are put in.
  const inner = innerInsertions(collection, engine);
  const siblings = all.filter(
    (one) => one !== collection && one.changes.removals.length > 0 && areParallel(collection, one),
  );
  if (siblings.length === 0) return undefined;
  for (const insertion of inner && inner.length > 0 ? inner : changes.insertions) {
    const item = insertion.key ?? insertion.value;
    if (
      !item ||
      !repeats(insertion.node, engine) ||
      (!inner?.length && keysOf(insertion, collection, engine) === 'closed')
    )
      continue;
    for (const sibling of siblings) {
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
export function areParallel(a: Collection, b: Collection): boolean {
  if (a.container.holder !== b.container.holder) return false;
  if (a.container.holder === 'closure')
    return enclosingFunction(a.container.node) === enclosingFunction(b.container.node);
  return a.container.owner === b.container.owner;
}

/** The removal by which a sibling ends the same key. */
function removalOfSibling(insertion: Insertion, sibling: Collection, engine: Engine): Removal | undefined {
  // What waits or runs ends before its key does, unless the key is that of the work.
  const of = nameOf(insertion.key);
  if (isWorkName(sibling.container.name) && !(of && byName(of) === 'transient' && isOfWork(of, sibling.container.name)))
    return undefined;
  const fn = enclosingFunction(insertion.node);
  const removals = sibling.changes.removals.filter(
    (removal) =>
      takesOne(removal) &&
      !isInWholeTeardown(removal.node) &&
      (!isWithItsInsertion(removal, sibling) || isEviction(removal, insertion, sibling)),
  );
  const together = sibling.changes.insertions.filter(
    (other) => areOfOneItem(insertion, other, engine) && areTogether(insertion.node, other.node),
  );
  if (together.length > 0) {
    // A set of some of them is a mark, which may be taken off what stays, but for the end of the item.
    const isMark = sibling.container.shape === 'set' && together.every(({ node }) => isOfSome(node, insertion));
    const ends = isMark ? removals.filter(({ node }) => isAtEndOfItem(node, insertion, engine)) : removals;
    // An entry that the same function takes out again is no life of its own.
    return ends.find(
      (removal) =>
        !fn ||
        !isWithin(removal.node, fn) ||
        areExclusive(insertion.node, removal.node) ||
        isEviction(removal, insertion, sibling),
    );
  }
  // Not filled together: the key's name must say what it is.
  const name = nameOf(insertion.key);
  if (!name || byName(name) !== 'transient') return undefined;
  if (!sibling.changes.insertions.some((other) => nameOf(other.key) === name)) return undefined;
  // What begins the next one runs as well is no end.
  const removal = removals.find(
    ({ node, key }) => nameOf(key) === name && !(fn && (isWithin(node, fn) || reaches(fn, [node], engine))),
  );
  // Last, for it asks most.
  return removal && keysOf(insertion, sibling, engine) !== 'closed' ? removal : undefined;
}

/** Of `activeStreams` a `streamId` is a key of the work, a `chatId` one of what may begin another. */
function isOfWork(key: string, table: string): boolean {
  const [, work] = /(?:active|running|pending|loading|waiting|scheduled)_?([a-z]+)$/i.exec(table) ?? [];
  const thing = key.replace(/_?(?:id|key)$/i, '').toLowerCase();
  return !work || thing === '' || work.toLowerCase().includes(thing) || thing.includes(work.toLowerCase().slice(0, -1));
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
  return ts.isPropertyAccessExpression(node) ? cutsOut(node.name.text) : isAssignment(node);
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
  const [inner, outer] = [ownBlockAround(a), ownBlockAround(b)];
  if (!inner || !outer) return false;
  return inner === outer || ownBlockAround(inner) === outer || ownBlockAround(outer) === inner;
}

/** In a branch, beside which the other is put in for each. */
function isOfSome(node: ts.Node, { node: other }: Insertion): boolean {
  const outer = ownBlockAround(other);
  for (let up = node.parent; up && up !== outer && !isFunctionNode(up); up = up.parent)
    if (ts.isIfStatement(up) || ts.isCaseClause(up)) return outer !== undefined && isWithin(up, outer);
  return false;
}

/** Filled and removed in one function: an entry for the time of a call, or moved to the end. The key lives on. */
function isWithItsInsertion(removal: Removal, { changes }: Collection): boolean {
  const fn = outermostFunction(removal.node);
  return (
    fn !== undefined && changes.insertions.some(({ node }) => isWithin(node, fn) && !areExclusive(node, removal.node))
  );
}

/** `sessionId` of `sessionId` and `input.sessionId`; `socketId` of `socket.id`. */
export function nameOf(key: ts.Expression | undefined): string | undefined {
  const value = key && unwrap(key);
  if (!value) return undefined;
  if (ts.isIdentifier(value)) return value.text;
  if (!ts.isPropertyAccessExpression(value)) return undefined;
  const base = unwrap(value.expression);
  return value.name.text === 'id' && ts.isIdentifier(base) ? `${base.text}Id` : value.name.text;
}
