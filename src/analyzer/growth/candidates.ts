/** The insertion of a collection that repeats most. */
import type { Engine } from '../engine';
import { isBegunAnew } from './begunAnew';
import type { Insertion } from './changes';
import { isCollectedHere } from './collectedHere';
import { type Collection, keysOf } from './collections';
import type { Cardinality } from './keys';
import { isCollected, renewalOf } from './renewals';
import { firstInsertions } from './roomMakers';

export interface Candidate {
  readonly insertion: Insertion;
  readonly level: 'hot' | 'call';
  readonly why: string;
  readonly keys: Cardinality;
  /** Each instance puts in one of its own as it is made. */
  readonly isOfInstance?: boolean;
}

/** The insertion that repeats most, and of those the one with the most open keys. */
export function mostFrequent(collection: Collection, engine: Engine): Candidate | undefined {
  let best: Candidate | undefined;
  for (const insertion of firstInsertions(collection.changes)) {
    const { container } = collection;
    if (isBegunAnew(insertion, collection, engine) || isCollected(insertion, container, engine)) continue;
    if (isCollectedHere(insertion, container, engine)) continue;
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
