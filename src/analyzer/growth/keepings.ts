/**
 * Functions that put what their caller gives them into a collection that outlives it: what takes it out again is what they
 * give back, or the function beside them that is given the same.
 */
import type { Engine } from '../engine';
import type { Keeping } from '../facts/exportFacts';
import { addUnder } from '../ownership/values/nodesByKey';
import { returnedBy } from '../ownership/values/returned';
import type { Owner } from '../program/members';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import type { Insertion } from './changes';
import { type Collection, findCollections, isInWholeTeardown } from './collections';
import { emptiersOf, keyParameter } from './emptiers';
import { functionName } from './holders';
import { itemsOf } from './items';
import { addedNoun, endedNoun, isAdding, isRemoving } from './words';

/** The call of what the function has given back. */
export const byResult = '()';

/** Does the function, by its name, add something? */
export function mayKeep(fn: FunctionNode): boolean {
  return fn.body !== undefined && isAdderName(nameOf(fn));
}

/** What a function keeps of its caller's; undefined for one that keeps nothing, or lets it go by itself. */
export function keepingOf(fn: FunctionNode, owner: Owner | undefined, engine: Engine): Keeping | undefined {
  if (!mayKeep(fn)) return undefined;
  for (const [collection, insertion] of engine.once(keptByFunction).get(fn) ?? []) {
    const { container, changes } = collection;
    if (container.owner !== owner && container.owner !== undefined) continue;
    if (changes.checks.length + changes.nullings.length > 0) continue;
    if (![...itemsOf(insertion, fn, engine)].some(({ kind }) => kind === 'parameter')) continue;
    const removals = changes.removals.filter(({ node }) => isWithin(node, fn) || !isInWholeTeardown(node));
    if (removals.length === 0) continue;
    const ends = removals.map(({ node }) => endAround(node, fn));
    if (ends.some((end) => end === undefined)) continue;
    const until = [...new Set(ends.flatMap((end) => end ?? []))];
    const emptiers = emptiersOf(collection, removals, engine);
    const key = keyParameter(insertion, fn, engine);
    return { until, ...(emptiers.length > 0 ? { emptiers } : {}), ...(key === undefined ? {} : { key }) };
  }
  return undefined;
}

/** The collections that each function itself puts something into, with the first of it. */
function keptByFunction(engine: Engine): ReadonlyMap<FunctionNode, readonly (readonly [Collection, Insertion])[]> {
  const found = new Map<FunctionNode, (readonly [Collection, Insertion])[]>();
  for (const collection of engine.once(keptCollections))
    for (const insertion of collection.changes.insertions) {
      const fn = enclosingFunction(insertion.node);
      if (fn && found.get(fn)?.at(-1)?.[0] !== collection) addUnder(found, fn, [collection, insertion]);
    }
  return found;
}

function keptCollections(engine: Engine): readonly Collection[] {
  return engine
    .once(findCollections)
    .filter(
      ({ container, life, isLent }) =>
        !isLent && (life.level === 'process' || (container.holder === 'instance' && life.level === 'service')),
    );
}

/** How a removal is reached: by the function that is given back, or by one that is called `remove…`. */
function endAround(removal: ts.Node, adder: FunctionNode): string | undefined {
  const fn = enclosingFunction(removal);
  if (!fn) return undefined;
  if (isWithin(fn, adder)) return isGivenBack(fn, adder) ? byResult : undefined;
  const name = nameOf(fn);
  const noun = endedNoun(name);
  if (noun === undefined || !isRemoving(name) || fn.parameters.length === 0) return undefined;
  return noun === addedNoun(nameOf(adder)) || noun === '' ? name : undefined;
}

function isGivenBack(fn: FunctionNode, adder: FunctionNode): boolean {
  return returnedBy(adder).some((given) => {
    const value = unwrap(given);
    if (value === fn) return true;
    return ts.isIdentifier(value) && (value.text === functionName(fn) || value.text === assignedName(fn));
  });
}

/** `release` of `release = () => …`. */
function assignedName(fn: FunctionNode): string | undefined {
  const { parent } = wrapped(fn as ts.Expression);
  return isAssignment(parent) && ts.isIdentifier(parent.left) ? parent.left.text : undefined;
}

function nameOf(fn: FunctionNode): string {
  const own = functionName(fn);
  const { parent } = fn;
  if (own !== '' || !parent || !ts.isBinaryExpression(parent) || !isFunctionNode(fn)) return own;
  return ts.isPropertyAccessExpression(parent.left) ? parent.left.name.text : '';
}

/** `register`, `onShutdown`, `begin`: the name of a function that adds something. */
export function isAdderName(name: string): boolean {
  return isAdding(name) || /^(?:on[A-Z]|begin|announce|enqueue)/.test(name);
}
