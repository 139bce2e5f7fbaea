/**
 * Growth: a long-lived collection that something repeating fills, by keys that are not a closed set, while nothing on the
 * same storage bounds it. Unsure is silence, or low confidence.
 */

import type { Engine } from '../engine';
import { fileRoleOf } from '../files/fileRole';
import type { Draft } from '../findings/draft';
import type { ResourceKind } from '../resources/model';
import type { Steps } from '../steps';
import { findAddingGetters } from './addingGetters';
import { findApiGrowth } from './apis';
import { bucketFault, recreatedBucket } from './buckets';
import { findClearedKeys } from './clearedKeys';
import { keptWhenOver } from './closedEntries';
import { type Collection, findCollections } from './collections';
import { leftByEarlyReturn } from './completions';
import { leftByOwnEnd } from './connections';
import { leftByCounterpart } from './counterparts';
import { leftAtDisconnect } from './disconnects';
import { endedAlone } from './disposers';
import { leftByItsEnd } from './endedItems';
import { entryFault } from './entries';
import { findIdentityFaults } from './identity';
import { findInstanceKeys } from './instanceKeys';
import { findKeptForGood } from './keepers';
import { leftByKeysEnd } from './lastOfTables';
import { lostKey } from './lostKeys';
import { onlyMarked } from './markedOnly';
import { findMisuses } from './misuse';
import { leftByMount } from './mounts';
import { leftOnOneWay } from './otherWays';
import { findPileUps } from './pileUps';
import { putBack } from './putBack';
import { findPromiseGrowth } from './races';
import { leftByRender } from './renders';
import { leftWhenSettled } from './settled';
import { siblingFault } from './siblings';
import { keptAfterCall } from './spentItems';
import { keptAfterFiring } from './spentTimers';
import { neverExpires } from './stale';
import { findTestedKeys } from './testedKeys';
import { findTexts } from './texts';
import { growsUnbounded } from './unbounded';
import { leftUntimely } from './untimely';
import { uncountedFirst } from './userCounts';
import { asJudged, weighed } from './weight';

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
    ...findClearedKeys(engine),
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
  putBack,
  (collection, engine, all) => siblingFault(collection, all, engine),
  leftByKeysEnd,
  bucketFault,
  recreatedBucket,
  endedAlone,
  leftAtDisconnect,
  leftByEarlyReturn,
  leftByRender,
  neverExpires,
  leftByItsEnd,
  keptWhenOver,
  keptAfterCall,
  leftWhenSettled,
  leftOnOneWay,
  keptAfterFiring,
  leftByOwnEnd,
  leftUntimely,
  leftByMount,
  onlyMarked,
  leftByCounterpart,
  (collection, engine) => {
    const draft = growsUnbounded(collection, engine);
    return draft && asJudged(draft, collection, engine);
  },
];
