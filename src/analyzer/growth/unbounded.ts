/** Collections that something repeating fills by keys which keep coming, while nothing makes room. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { shortText } from '../syntax/shortText';
import { enclosingFunction, lineOf, rangeOf, ts, unwrap } from '../syntax/syntax';
import { boundOf } from './bounds';
import { expiresLazily, isCalledCache, isReadThrough } from './caches';
import { mostFrequent } from './candidates';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown, kindsOf, nounOf } from './collections';
import { isGivenOut } from './givenOut';
import { likely, ofInstance, unsure, weigh } from './growthWeight';
import { functionName } from './holders';
import { isEndless } from './keys';
import { loadsOnce } from './loadedOnce';
import { isQueueLink } from './queues';
import { roomMakers } from './roomMakers';
import { special } from './special';
import { isOnlyCounted, isWriteOnly } from './unread';
import { isFilledUntilTakenOff } from './untilTakenOff';
import { isFreshKey } from './weight';
import { isRegistering } from './words';

/** The fault of a collection that grows without bound: the judge of last resort. */
export function growsUnbounded(collection: Collection, engine: Engine): Draft | undefined {
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
  if (isFilledUntilTakenOff(insertion, container, engine)) return undefined;
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
  const manual = changes.resets[0] ?? roomMakers(insertion, changes, engine)[0]?.node;
  const undo = manual ? undefined : changes.removals[0];
  const what = cache ? `cache \`${container.name}\`` : `${nounOf[container.shape]} \`${container.name}\``;
  const by =
    (keys === 'open' || keys === 'transient') && insertion.key ? `, keyed by \`${shortText(insertion.key)}\`,` : '';
  const shrink = manual
    ? bound === 'lazy'
      ? `an expired entry leaves only when its key is asked for again (line ${lineOf(manual)})`
      : `only line ${lineOf(manual)} empties it, when ${isInWholeTeardown(manual) ? 'its owner ends' : 'it is asked to'}`
    : unread
      ? 'nothing ever reads it, nor removes from it'
      : undo
        ? `line ${lineOf(undo.node)} only takes out what has failed or is put in again`
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
        : 'Remove each entry when it is done with, or cap their number.'),
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
