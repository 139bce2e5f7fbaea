/**
 * Does what runs for each event also put in something new each time? Under the id of a thing each event writes over what the
 * last one wrote, and the table is as large as there are things: a few workspaces, checks, accounts. More it is where the keys
 * are of what keeps coming, and where the event tells of something new.
 */
import type { Engine } from '../engine';
import type { Occasion } from '../ownership/lifetime/frequency/occasions';
import type { ts } from '../syntax/syntax';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { keysOf } from './collections';
import { keepsComing } from './evidence';
import { isUnnamed } from './listWeight';
import { isArrivalEvent, tellsOfNew } from './words';

/** Is there a sign that the next event brings another key? */
export function bringsNewKeys(
  insertion: Insertion,
  key: ts.Expression,
  occasion: Occasion,
  collection: Collection,
  engine: Engine,
): boolean {
  if (occasion.kind === 'event' && (tellsOfNew(occasion.name) || isArrivalEvent(occasion.name))) return true;
  const keys = keysOf(insertion, collection, engine);
  if (keys === 'open' || keys === 'transient') return true;
  // A handler of an event without a name may be of one that hardly ever comes.
  return !isUnnamed(occasion) && keepsComing(key, engine);
}
