/**
 * How much does a list weigh that each event makes one longer? What a person does by hand, a click or a key, comes so seldom
 * that the page is closed before it matters; what a host tells a handler without naming the event may hardly ever come, unless
 * the list is one of what happens.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { type Occasion, withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { ts, unwrap } from '../syntax/syntax';
import { isByHandEvent } from '../words/events';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { isSentFromOutside } from './outside';
import { renewalOf } from './renewals';
import { isCommandCall, isNoticeName, isRecordName, opensSomething, takesFromOutside } from './words';

const kinds: ReadonlySet<string> = new Set(['cache/array-only-pushed', 'cache/disposers-pile-up']);

/** The draft with less severity where what fills the list comes seldom. */
export function weighedList(draft: Draft, insertion: Insertion, { container }: Collection, engine: Engine): Draft {
  if (draft.severity === 'low' || !kinds.has(draft.kind) || draft.mechanism !== 'unbounded-growth') return draft;
  const occasion = withoutLoops(renewalOf(insertion, engine).occasion);
  const isSeldom =
    (isUnnamed(occasion) && !isOfHappenings(container.name)) || (isByHand(occasion) && !isMade(insertion, engine));
  return isSeldom ? { ...draft, severity: 'low' } : draft;
}

/** A handler of an event that has no name here, and is not of what somebody outside sends. */
export function isUnnamed(occasion: Occasion): boolean {
  if (occasion.kind !== 'handler') return false;
  const { name } = occasion;
  return !takesFromOutside(name) && !isCommandCall(name) && !opensSomething(name);
}

/** What a person does with an element or a key. */
export function isByHand(occasion: Occasion): boolean {
  if (occasion.kind === 'elementEvent') return true;
  return occasion.kind === 'event' && isByHandEvent(occasion.name);
}

/** A timer, or what somebody outside sends: comes again as long as the page is shown. */
export function comesByItself(occasion: Occasion): boolean {
  return occasion.kind === 'tick' || isSentFromOutside(occasion);
}

/** By its name a list of what happens, one after the other. */
export function isOfHappenings(name: string): boolean {
  const bare = name.replace(/^.*\./, '');
  return isRecordName(bare) || isNoticeName(bare);
}

/** An object of a class that is made for each weighs, however seldom it is. */
function isMade({ value }: Insertion, { program }: Engine): boolean {
  const given = value && unwrap(value);
  const declaration = given && ts.isIdentifier(given) ? program.scopes.resolve(given) : undefined;
  return [given, declaration?.initializer].some((one) => one !== undefined && ts.isNewExpression(unwrap(one)));
}
