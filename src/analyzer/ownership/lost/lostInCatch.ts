/**
 * `try { this.file ??= await open(path); await this.file.write(text); } catch { this.file = undefined; }`: what fails is the
 * use, and the handle that it failed on is open.
 */
import type { Engine } from '../../engine';
import { isWithin, ts, wrapped } from '../../syntax/syntax';
import { touches } from './sequence';

/**
 * Is the place emptied in the `catch` of the `try` that opened what it holds and then used it, without a look at it?
 * @param sites uses of the place, and its ends
 */
export function isLostInCatch(
  write: ts.BinaryExpression,
  acquired: ts.Node,
  sites: readonly ts.Node[],
  engine: Engine,
): boolean {
  const clause = catchAround(write);
  const tried = clause?.parent;
  if (!clause || !tried || !isWithin(acquired, tried.tryBlock)) return false;
  if (touches(clause.block, sites, engine)) return false;
  if (tried.finallyBlock && touches(tried.finallyBlock, sites, engine)) return false;
  // Only a use that fails after the opening leaves something open.
  const isUsed = sites.some((site) => isWithin(site, tried.tryBlock) && site.pos > acquired.end && isCalledOn(site));
  return isUsed && !hasInnerTry(acquired, tried);
}

/** Does it stand in a `catch` itself? */
export function isInCatch(node: ts.Node): boolean {
  return catchAround(node) !== undefined;
}

function catchAround(node: ts.Node): ts.CatchClause | undefined {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isCatchClause(up)) return up;
    if (!ts.isBlock(up) && !ts.isExpressionStatement(up)) return undefined;
  }
  return undefined;
}

/** `file.write(text)` */
function isCalledOn(use: ts.Node): boolean {
  const access = wrapped(use as ts.Expression).parent;
  return (
    ts.isPropertyAccessExpression(access) && ts.isCallExpression(access.parent) && access.parent.expression === access
  );
}

/** A `try` of its own may say whether the opening or the use has failed. */
function hasInnerTry(acquired: ts.Node, tried: ts.TryStatement): boolean {
  for (let up = acquired.parent; up && up !== tried; up = up.parent) if (ts.isTryStatement(up)) return true;
  return false;
}
