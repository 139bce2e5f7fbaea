/**
 * Removals that make no room for what goes well: of an entry whose work has failed, of one that is put in again right after,
 * of a fixed key beside keys that are not.
 */
import type { Engine } from '../engine';
import { fixedKey } from '../program/memberNames';
import { blockAround, calledName, enclosingFunction, isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { isCatch, isThen } from '../words/promises';
import type { Changes, Insertion, Removal } from './changes';
import { textOf } from './collections';

/** The removals that make room for further entries. */
export function roomMakers(insertion: Insertion, changes: Changes, engine: Engine): readonly Removal[] {
  return changes.removals.filter((removal) => !makesNoRoom(removal, insertion, changes, engine));
}

/** Does the removal leave each entry where it is that others put in and whose work goes well? */
function makesNoRoom(removal: Removal, insertion: Insertion, changes: Changes, engine: Engine): boolean {
  if (changes.insertions.some((one) => isPutAgain(removal, one)) || isOnFailure(removal.node, engine)) return true;
  const isFixed = (key: ts.Expression): boolean => fixedKey(unwrap(key), engine.program.scopes) !== undefined;
  return removal.key !== undefined && isFixed(removal.key) && insertion.key !== undefined && !isFixed(insertion.key);
}

/** `pages.delete(url); pages.set(url, page);`: taken out to be put in again, whatever happens. */
function isPutAgain(removal: Removal, { node, key }: Insertion): boolean {
  return (
    key !== undefined &&
    removal.key !== undefined &&
    node.pos > removal.node.pos &&
    enclosingFunction(node) === enclosingFunction(removal.node) &&
    blockAround(node) === blockAround(removal.node) &&
    textOf(removal.key) === textOf(key)
  );
}

/** The insertions, without those that put an entry in again which was just taken out, as far as there are others. */
export function firstInsertions({ insertions, removals }: Changes): readonly Insertion[] {
  const first = insertions.filter((one) => !removals.some((removal) => isPutAgain(removal, one)));
  return first.length > 0 ? first : insertions;
}

/** Runs only when something has failed: in `catch`, or in a function of this file that is called from nowhere else. */
export function isOnFailure(node: ts.Node, engine: Engine, depth = 0): boolean {
  for (let at: ts.Node = node, up = at.parent; up; at = up, up = up.parent) {
    if (ts.isCatchClause(up)) return true;
    if (!isFunctionNode(at)) continue;
    if (isFailureHandler(at)) return true;
    const { parent } = wrapped(at as ts.Expression);
    // A callback is a part of what it is given to; a function with a name runs where it is called.
    if (ts.isCallExpression(parent) && parent.arguments.includes(wrapped(at as ts.Expression))) return false;
    const { calls, values } = engine.program.callees.usesOf(at);
    const isOwn = ts.isFunctionDeclaration(at) || ts.isVariableDeclaration(parent);
    if (!isOwn || depth > 1 || calls.length === 0 || values.length > 0) return false;
    return calls.every((call) => isOnFailure(call, engine, depth + 1));
  }
  return false;
}

/** `promise.catch(fn)`, `promise.then(…, fn)`. */
function isFailureHandler(fn: ts.Node): boolean {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(unwrap(call.expression))) return false;
  const name = calledName(call);
  return (isCatch(name) && call.arguments[0] === outer) || (isThen(name) && call.arguments[1] === outer);
}
