/** How much unbounded growth weighs: lifetime × how often it is filled × how many keys there can be. */
import type { Confidence, Severity } from '../findings/findings';
import { enclosingFunction, ts, unwrap } from '../syntax/syntax';
import type { Bound } from './bounds';
import type { Candidate } from './candidates';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { functionName } from './holders';
import { isEndless, isOfVisitor } from './keys';
import { isRecording, isRecordName, isRegistering, isSeenName, isShortLivedName } from './words';

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

/** In a function that is given one, and calls it. */
function isForAnother({ container: { holder, node } }: Collection): boolean {
  const maker = holder === 'closure' ? enclosingFunction(node) : undefined;
  return maker?.parameters.some(({ name }) => maker.getText().includes(`${name.getText()}(`)) === true;
}

interface Weight {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

export const unsure: Weight = { severity: 'low', confidence: 'low' };

const sure: Weight = { severity: 'high', confidence: 'high' };

export const likely: Weight = { severity: 'medium', confidence: 'medium' };

/** What an instance holds goes with it: a table that calls fill is mostly one of what the instance is about. */
export function ofInstance(weight: Weight, { life }: Collection, { level }: Candidate): Weight {
  return life.level === 'instance' && level === 'call' ? { ...weight, severity: 'low' } : weight;
}

/** Lifetime × how often it is filled × how many keys there can be. */
export function weigh(
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
    return {
      // A function that makes a cache for another is for what is asked again; how much that is stands where the other is called.
      severity: isForAnother(collection) ? 'low' : 'medium',
      confidence: life.level === 'process' && bound === 'none' ? 'high' : 'medium',
    };
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
  // Asked for each text or address whether it is there already: the next one is another.
  if (life.level === 'process' && keys === 'open' && container.shape === 'set' && collection.changes.tests.length > 0)
    return { ...likely, severity: 'low' };
  if (!isList || !isRecordName(container.name)) return unsure;
  if (container.holder === 'instance' && isRecording(name) && !isOutput(collection)) return likely;
  // Each entry says when it was: what happens, and not what there is.
  return life.level === 'process' && isStamped(insertion) ? likely : unsure;
}
