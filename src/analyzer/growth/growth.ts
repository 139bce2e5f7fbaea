/**
 * Growth: a long-lived collection that something repeating fills, by keys that are not a closed set, while nothing on the
 * same storage bounds it. Unsure is silence, or low confidence.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { fileRoleOf } from '../fileRole';
import type { Confidence, Severity } from '../findings';
import { declaredName } from '../memberNames';
import { isTeardown } from '../ownership/words/teardowns';
import type { ResourceKind } from '../resources/model';
import type { Steps } from '../steps';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax';
import { findAddingGetters } from './addingGetters';
import { findApiGrowth } from './apis';
import { bucketFault, recreatedBucket } from './buckets';
import type { Changes, Insertion } from './changes';
import {
  type Collection,
  draftAt,
  findCollections,
  isInWholeTeardown,
  keysOf,
  kindsOf,
  nounOf,
  shortText,
} from './collections';
import { leftByEarlyReturn } from './completions';
import { leftByOwnEnd } from './connections';
import type { Container } from './containers';
import { leftByCounterpart } from './counterparts';
import { leftAtDisconnect } from './disconnects';
import { endedAlone } from './disposers';
import { leftByItsEnd } from './endedItems';
import { entryFault } from './entries';
import { isGivenOut } from './givenOut';
import { functionName } from './holders';
import { findIdentityFaults } from './identity';
import { findInstanceKeys } from './instanceKeys';
import { findKeptForGood } from './keepers';
import { type Cardinality, isEndless, isOfVisitor } from './keys';
import { loadsOnce } from './loadedOnce';
import { lostKey } from './lostKeys';
import { onlyMarked } from './markedOnly';
import { findMisuses } from './misuse';
import { leftByMount } from './mounts';
import { leftOnOneWay } from './otherWays';
import { findPileUps } from './pileUps';
import { isQueueLink } from './queues';
import { findPromiseGrowth } from './races';
import { leftByRender } from './renders';
import { isBegunAnew, isCollected, renewalOf } from './renewals';
import { leftWhenSettled } from './settled';
import { siblingFault } from './siblings';
import { special } from './special';
import { keptAfterFiring } from './spentTimers';
import { neverExpires } from './stale';
import { findTestedKeys } from './testedKeys';
import { findTexts } from './texts';
import { isOnlyCounted, isWriteOnly } from './unread';
import { leftUntimely } from './untimely';
import { uncountedFirst } from './userCounts';
import { isFreshKey, weighed } from './weight';
import { isCommandCall, isRecording, isRecordName, isRegistering, isSeenName, isShortLivedName } from './words';

/** Findings about all that grows: one per collection, at the insertion that repeats most. */
export function* findGrowth(engine: Engine, kinds: readonly ResourceKind[]): Steps<readonly Draft[]> {
  const role = fileRoleOf(engine.program.path, engine.program.text);
  // Tests and scripts end, and with them all that they collected. (What agents call tools lives in `tools/`.)
  if (role === 'test' || /(?:^|\/)\w*mocks?\w*\.[cm]?[jt]sx?$/i.test(engine.program.path)) return [];
  if (role === 'script' && !/(?:^|\/)tools?\//i.test(engine.program.path)) return [];
  const known = engine.once(findCollections);
  const collections = known.filter(({ isExposed, isLent }) => !isExposed && !isLent);
  const grown: Draft[] = [];
  for (const collection of known) {
    yield;
    const draft = judgeCollection(collection, collections, engine);
    if (draft) grown.push(weighed(draft, collection, engine));
  }
  yield;
  const told = new Set(grown.map(({ node }) => node));
  return [
    ...grown,
    ...findPileUps(engine).filter(({ node }) => !told.has(node)),
    ...findTexts(engine),
    ...findPromiseGrowth(engine),
    ...findIdentityFaults(engine),
    ...findMisuses(engine),
    ...findTestedKeys(engine).filter(({ node }) => !told.has(node)),
    ...findKeptForGood(engine).filter(({ node }) => !told.has(node)),
    ...findInstanceKeys(engine),
    ...findApiGrowth(engine, kinds),
    ...findAddingGetters(engine),
  ];
}

/** The fault of one collection: who is sure goes before who is not. */
function judgeCollection(
  collection: Collection,
  collections: readonly Collection[],
  engine: Engine,
): Draft | undefined {
  if (collection.isLent) return collection.isExposed ? undefined : siblingFault(collection, collections, engine);
  if (collection.isExposed) return neverExpires(collection, engine);
  let unsure: Draft | undefined;
  for (const ask of collectionJudges) {
    const draft = ask(collection, engine, collections);
    if (draft && draft.confidence !== 'low') return draft;
    unsure ??= draft;
  }
  return unsure;
}

/** Judges of one collection, the most exact first. */
const collectionJudges: readonly ((
  collection: Collection,
  engine: Engine,
  all: readonly Collection[],
) => Draft | undefined)[] = [
  uncountedFirst,
  entryFault,
  lostKey,
  (collection, engine, all) => siblingFault(collection, all, engine),
  bucketFault,
  recreatedBucket,
  endedAlone,
  leftAtDisconnect,
  leftByEarlyReturn,
  leftByRender,
  neverExpires,
  leftByItsEnd,
  leftWhenSettled,
  leftOnOneWay,
  keptAfterFiring,
  leftByOwnEnd,
  leftUntimely,
  leftByMount,
  onlyMarked,
  leftByCounterpart,
  judge,
];

export interface Candidate {
  readonly insertion: Insertion;
  readonly level: 'hot' | 'call';
  readonly why: string;
  readonly keys: Cardinality;
  /** Each instance puts in one of its own as it is made. */
  readonly isOfInstance?: boolean;
}

function judge(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  const candidate = mostFrequent(collection, engine);
  if (!candidate) return undefined;
  const { insertion, keys, why } = candidate;
  if (collection.life.isOfHandlers && !(insertion.key && isEndless(insertion.key))) return undefined;
  const cache =
    isReadThrough(insertion, changes, container) ||
    isCalledCache(insertion, changes, container, engine) ||
    expiresLazily(insertion, changes, /expir|ttl/i);
  const bound = boundOf(candidate, collection, cache, engine);
  if (bound === 'bounded' || (bound === 'none' && loadsOnce(insertion, collection, engine))) return undefined;
  const made = special(collection, candidate, cache, engine);
  if (made === 'fine') return undefined;
  const unread =
    (container.shape === 'array' || keys !== 'unknown' || isOnlyCounted(collection, engine)) &&
    isWriteOnly(collection, engine);
  if (candidate.isOfInstance && !(unread && isItself(insertion))) return undefined;
  const verdict =
    made ??
    (unread
      ? isFilledOnce(insertion)
        ? unsure
        : // One more in each of the instances, if it is called again at all.
          collection.life.level === 'instance' && candidate.level === 'call'
          ? { ...likely, severity: 'low' }
          : likely
      : ofInstance(
          weigh(
            collection,
            candidate,
            cache,
            bound,
            isFreshKey(insertion, engine),
            isQueueLink(insertion, collection, engine),
            isGivenOut(collection, insertion, engine),
          ),
          collection,
          candidate,
        ));
  const manual = changes.resets[0] ?? changes.removals[0]?.node;
  const what = cache ? `cache \`${container.name}\`` : `${nounOf[container.shape]} \`${container.name}\``;
  const by =
    (keys === 'open' || keys === 'transient') && insertion.key ? `, keyed by \`${shortText(insertion.key)}\`` : '';
  const shrink = manual
    ? bound === 'lazy'
      ? `an expired entry leaves only when its key is asked for again (line ${lineOf(manual)})`
      : `only line ${lineOf(manual)} empties it, when ${isInWholeTeardown(manual) ? 'its owner ends' : 'it is asked to'}`
    : unread
      ? 'nothing ever reads it, nor removes from it'
      : 'nothing ever removes from it';
  const draft = draftAt(insertion, collection, engine, {
    kind: made?.kind ?? kindOf(collection, cache),
    severity: verdict.severity,
    confidence: verdict.confidence,
    message: made?.message ?? `The ${what}${by} grows ${why}; ${shrink}.`,
    advice:
      made?.advice ??
      (cache
        ? 'Bound it: evict the oldest entry above a limit, or let entries expire.'
        : 'Remove entries when they are done, or cap it.'),
    steps: manual
      ? [{ role: 'shrinks', message: 'Shrinks here, but nothing that fills it leads here', range: rangeOf(manual) }]
      : [],
  });
  if (made?.weakens)
    return { ...draft, growth: { by: 'weakness', place: container.place, declaration: container.node } };
  // What is looked up and made again may be forgotten; other entries may be all there is.
  return !made &&
    container.shape === 'map' &&
    isReadThrough(insertion, changes, container, true) &&
    !isMadeObject(insertion, engine)
    ? { ...draft, growth: { by: 'bound', insertion: insertion.node } }
    : draft;
}

/** By a function that by its name adds what the program has, not what happens. */
function isFilledOnce({ node }: Insertion): boolean {
  const fn = enclosingFunction(node);
  return fn !== undefined && isRegistering(functionName(fn));
}

/** `table[this.id] = this`: each instance, for as long as the table. */
function isItself({ value }: Insertion): boolean {
  return value !== undefined && unwrap(value).kind === ts.SyntaxKind.ThisKeyword;
}

/** An object of a class has a state of its own, which the one made after it would lack. */
function isMadeObject({ value }: Insertion, engine: Engine): boolean {
  const given = value && unwrap(value);
  if (!given) return false;
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [given, declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some(
    (one) => one !== undefined && /\bnew (?!Promise\b)/.test(one.getText()),
  );
}

function kindOf({ container }: Collection, cache: boolean): string {
  return container.holder === 'closure' && cache ? 'cache/memoize-hand-rolled' : kindsOf[container.shape];
}

function mostFrequent(collection: Collection, engine: Engine): Candidate | undefined {
  let best: Candidate | undefined;
  for (const insertion of collection.changes.insertions) {
    const { container } = collection;
    if (isBegunAnew(insertion, container) || isCollected(insertion, container, engine)) continue;
    const { level: often, why, isLooped = false } = renewalOf(insertion, engine);
    const memo = often === 'unknown' && collection.container.holder === 'closure';
    const isOfInstance = often === 'instance' && container.holder === 'module';
    if (often !== 'hot' && often !== 'call' && !memo && !isOfInstance) continue;
    // A loop fills as much as it is given; only events, requests and timers come for ever.
    const level = often === 'hot' && !isLooped ? 'hot' : 'call';
    const keys = keysOf(insertion, collection, engine);
    if (keys === 'closed') continue;
    const candidate: Candidate = { insertion, level, why, keys, isOfInstance };
    const better =
      !best ||
      (level === 'hot' && best.level === 'call') ||
      (level === best.level && openness[keys] > openness[best.keys]);
    if (better) best = candidate;
  }
  return best;
}

const openness: Readonly<Record<Cardinality, number>> = { closed: 0, unknown: 1, id: 2, transient: 3, open: 4 };

/**
 * Looked up before it is filled, in the same function, by the same key: a cache.
 * @param returned what is looked up must be what the function gives, and nothing else
 */
function isReadThrough(insertion: Insertion, changes: Changes, container: Container, returned = false): boolean {
  if (container.shape === 'array' || container.shape === 'set' || !insertion.key) return false;
  const fn = enclosingFunction(insertion.node);
  if (!fn) return false;
  const key = unwrap(insertion.key).getText();
  return changes.lookups.some((lookup) => {
    if (!isWithin(lookup, fn) || !isHandedOut(lookup, returned)) return false;
    const argument = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return argument !== undefined && unwrap(argument).getText() === key;
  });
}

/** Named a cache, looked up somewhere, and filled under keys of its own making: no collection that the caller manages. */
function isCalledCache(insertion: Insertion, changes: Changes, container: Container, engine: Engine): boolean {
  if (!/cache|memo(?!ry)/i.test(container.name) || !insertion.key || changes.lookups.length === 0) return false;
  const key = unwrap(insertion.key);
  return !(ts.isIdentifier(key) && engine.program.scopes.resolve(key)?.kind === 'parameter');
}

/** The looked-up value leaves the function: returned, or kept in a variable that is returned. */
function isHandedOut(lookup: ts.Node, returned: boolean): boolean {
  const outer = wrapped(lookup as ts.Expression);
  const up = outer.parent;
  if (ts.isReturnStatement(up) || ts.isAwaitExpression(up) || ts.isArrowFunction(up)) return true;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) {
    const { text } = up.name;
    const fn = enclosingFunction(lookup);
    return (
      fn?.body !== undefined &&
      new RegExp(`return\\s+(?:await\\s+)?${text.replace(/\$/g, '\\$')}\\b`).test(fn.body.getText())
    );
  }
  return !returned && (ts.isBinaryExpression(up) || ts.isPropertyAccessExpression(up));
}

/**
 * `bounded` when something that runs with the insertion, or by itself, makes room; a method that one has to call does not
 * for a cache, and one that only runs when the owner ends does not for what fills it meanwhile.
 */
function boundOf(candidate: Candidate, { changes, container }: Collection, cache: boolean, engine: Engine): Bound {
  const { insertion } = candidate;
  const fn = enclosingFunction(insertion.node);
  // A limit that is compared with the size, in whatever function.
  if (changes.checks.length > 0 || changes.nullings.length > 0) return 'bounded';
  const every = [...changes.removals.map((removal) => removal.node), ...changes.resets];
  if (every.length === 0) return 'none';
  if (cache && expiresLazily(insertion, changes, /expir|ttl|cachedAt|fetchedAt|timestamp|Date\.now\(\)/i))
    return 'lazy';
  const reached = fn ? [...engine.program.callees.reachedFrom(fn)] : [];
  if (every.some((shrink) => !enclosingFunction(shrink) || reached.some((one) => isWithin(shrink, one))))
    return 'bounded';
  const shrinks =
    candidate.level === 'hot' && container.holder === 'instance'
      ? every.filter((shrink) => !isInWholeTeardown(shrink))
      : every;
  if (shrinks.length === 0) return 'at-end';
  for (const shrink of shrinks) {
    const where = enclosingFunction(shrink);
    if (!where) return 'bounded';
    const { level } = engine.frequency.of(shrink);
    if (level === 'hot' && !isTeardown(where.name ? declaredName(where.name) : '') && !isOfCommand(where))
      return 'bounded';
  }
  // Entries of a registry are removed by whoever added them; a cache whose entries nobody knows to remove has no such partner.
  if (!cache) return 'bounded';
  return changes.removals.length > 0 && !isFreshKey(insertion, engine) ? 'bounded' : 'manual';
}

/** Given to a call that registers a command: it runs when the user asks for it. */
function isOfCommand(fn: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  if (!ts.isCallExpression(outer.parent)) return false;
  const callee = unwrap(outer.parent.expression);
  return isCommandCall(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
}

/**
 * Its entries carry the time of their end, and leave only when somebody asks for the same key again: the keys that nobody
 * asks for stay.
 */
function expiresLazily(insertion: Insertion, changes: Changes, stamp: RegExp): boolean {
  if (changes.resets.length > 0 || changes.removals.length === 0 || !insertion.value) return false;
  if (!stamp.test(insertion.value.getText())) return false;
  const looksUp = (fn: ts.Node | undefined): boolean =>
    fn !== undefined && changes.lookups.some((lookup) => enclosingFunction(lookup) === fn);
  if (!changes.removals.some(({ node }) => looksUp(enclosingFunction(node)))) return false;
  return changes.removals.every(({ node, key }) => {
    const name = key && unwrap(key);
    if (!name || !ts.isIdentifier(name)) return false;
    for (let up = node.parent; up && !isFunctionNode(up); up = up.parent)
      if (ts.isIterationStatement(up, false)) return false;
    const fn = enclosingFunction(node);
    // The key is what the function was asked for, not one that it picked.
    return fn?.parameters.some((parameter) => parameter.name.getText() === name.text) === true && !isCallback(fn);
  });
}

/** Given to a call, such as `forEach`. */
function isCallback(fn: ts.Node): boolean {
  const { parent } = fn;
  return ts.isCallExpression(parent) && (parent.expression as ts.Node) !== fn;
}

type Bound =
  | 'bounded'
  /** Expired entries leave when they are asked for. */
  | 'lazy'
  /** Emptied when asked. */
  | 'manual'
  /** Emptied only when its owner ends. */
  | 'at-end'
  | 'none';

/** Whoever keeps a table of its sessions, sockets or users lives longer than each of them, unless it is such a thing itself. */
function outlivesItsKeys({ container, changes }: Collection, insertion: Insertion): boolean {
  const { owner } = container;
  const fn = enclosingFunction(insertion.node);
  if (owner?.kind !== 'class' || !insertion.key || isRegistering(fn ? functionName(fn) : '')) return false;
  return (
    isOfVisitor(insertion.key, container.name) &&
    !isShortLivedName(owner.name) &&
    changes.lookups.length + changes.tests.length > 0
  );
}

/** An entry per request, trace or transaction in what lives longer than each of them. */
function staysAfterWork({ container }: Collection, { key }: Insertion): boolean {
  const { owner, isPublic } = container;
  return owner?.kind === 'class' && !isPublic && key !== undefined && isEndless(key) && !isShortLivedName(owner.name);
}

/** A field that only others read: the result of its object, which they drop when they have read it. */
function isOutput({ container, changes }: Collection): boolean {
  return (
    container.isPublic &&
    changes.iterations.length + changes.lookups.length + changes.tests.length + changes.removals.length === 0
  );
}

/** `{ …, at: Date.now() }` */
function isStamped({ value }: Insertion): boolean {
  const made = value && unwrap(value);
  return (
    made !== undefined &&
    ts.isObjectLiteralExpression(made) &&
    /\bDate\.now\(\)|\bnew Date\(\)|\bperformance\.now\(\)/.test(made.getText())
  );
}

interface Weight {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

const unsure: Weight = { severity: 'low', confidence: 'low' };
const sure: Weight = { severity: 'high', confidence: 'high' };
const likely: Weight = { severity: 'medium', confidence: 'medium' };

/** What an instance holds goes with it: a table that calls fill is mostly one of what the instance is about. */
function ofInstance(weight: Weight, { life }: Collection, { level }: Candidate): Weight {
  return life.level === 'instance' && level === 'call' ? { ...weight, severity: 'low' } : weight;
}

/** Lifetime × how often it is filled × how many keys there can be. */
function weigh(
  collection: Collection,
  candidate: Candidate,
  cache: boolean,
  bound: Bound,
  isFresh: boolean,
  isQueueLink: boolean,
  isOfCallers: boolean,
): Weight {
  const { container, life } = collection;
  const { level, keys, insertion } = candidate;
  const comesAndGoes = keys === 'open' || keys === 'transient';
  const lasts = life.level !== 'instance';
  const isList = container.shape === 'array' && !insertion.isAsked;
  if (bound === 'none' && isQueueLink) return lasts ? likely : { ...likely, severity: 'low' };
  const isMemo = container.holder === 'closure' && life.level === 'instance';
  if (isMemo) {
    const maker = enclosingFunction(container.node);
    const named = /memo|cach/i.test(maker ? functionName(maker) : '');
    if (level === 'hot' && bound === 'none' && insertion.key && isEndless(insertion.key)) return likely;
    return cache && named ? { ...likely, severity: 'low' } : unsure;
  }
  if (level === 'hot' && (bound === 'none' || bound === 'at-end')) {
    if (life.level === 'process') {
      if (comesAndGoes) return keys === 'open' ? sure : { severity: 'high', confidence: 'medium' };
      if (keys === 'id' || isList) return likely;
    }
    // How long a service lives only its name says: what its end empties is as large as its time is long.
    if (life.level === 'service' && (comesAndGoes || isList)) return bound === 'none' ? likely : unsure;
  }
  if (bound !== 'lazy' && cache && keys === 'open')
    return { severity: 'medium', confidence: life.level === 'process' && bound === 'none' ? 'high' : 'medium' };
  if (bound === 'lazy') return lasts && comesAndGoes ? likely : unsure;
  if (bound === 'manual' && cache && keys === 'transient' && life.level === 'process') return likely;
  if (bound === 'none' && !lasts && keys === 'transient' && outlivesItsKeys(collection, insertion)) return likely;
  if (bound === 'none' && !lasts && staysAfterWork(collection, insertion)) return likely;
  // Nobody asks for such a key again once its work is done: the entry would have to be taken out.
  if (bound === 'none' && isFresh && collection.changes.lookups.length > 0 && container.shape !== 'set') return likely;
  if (bound === 'none' && isOfCallers) return likely;
  if (bound !== 'none' || !lasts) return unsure;
  const fn = enclosingFunction(insertion.node);
  const name = fn ? functionName(fn) : '';
  if (isRegistering(name)) return unsure;
  if (keys === 'transient') return likely;
  if (life.level === 'process' && keys === 'open' && container.shape !== 'set') return likely;
  if (isSeenName(container.name) && keys !== 'unknown' && collection.changes.tests.length > 0)
    // `reported`, by the ids of things: something is said once of each.
    return keys === 'id' ? { ...likely, severity: 'low' } : likely;
  if (!isList || !isRecordName(container.name)) return unsure;
  if (container.holder === 'instance' && isRecording(name) && !isOutput(collection)) return likely;
  // Each entry says when it was: what happens, and not what there is.
  return life.level === 'process' && isStamped(insertion) ? likely : unsure;
}
