/** What makes room in a collection, and whether it runs without being asked. */
import type { Engine } from '../engine';
import { declaredName } from '../program/memberNames';
import { enclosingFunction, type FunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import { isTeardown } from '../words/teardowns';
import { expiresLazily } from './caches';
import type { Candidate } from './candidates';
import { type Collection, isInWholeTeardown } from './collections';
import { roomMakers } from './roomMakers';
import { isFreshKey } from './weight';
import { isCommandCall } from './words';

/**
 * `bounded` when something that runs with the insertion, or by itself, makes room; a method that one has to call does not
 * for a cache, and one that only runs when the owner ends does not for what fills it meanwhile.
 */
export function boundOf(
  candidate: Candidate,
  { changes, container }: Collection,
  cache: boolean,
  engine: Engine,
): Bound {
  const { insertion } = candidate;
  const fn = enclosingFunction(insertion.node);
  // A limit that is compared with the size, in whatever function.
  if (changes.checks.length > 0 || changes.nullings.length > 0) return 'bounded';
  const making = roomMakers(insertion, changes, engine);
  const every = [...making.map((removal) => removal.node), ...changes.resets];
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
  return making.length > 0 && !isFreshKey(insertion, engine) ? 'bounded' : 'manual';
}

/** Given to a call that registers a command: it runs when the user asks for it. */
function isOfCommand(fn: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  if (!ts.isCallExpression(outer.parent)) return false;
  const callee = unwrap(outer.parent.expression);
  return isCommandCall(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
}

export type Bound =
  | 'bounded'
  /** Expired entries leave when they are asked for. */
  | 'lazy'
  /** Emptied when asked. */
  | 'manual'
  /** Emptied only when its owner ends. */
  | 'at-end'
  | 'none';
