/** Is what a call is given ended afterwards by who gave it: lent, and not given away? */

import type { ResourceKind } from '../resources/model';
import { enclosingFunction, isFunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import { isFinally, isThen } from '../words/promises';
import type { Body, Effect } from './useFacts';

type Effects = ReadonlyMap<Body, ReadonlyMap<ts.Node, Effect>>;

/** Is what is given at the place only lent: because the function ends it itself, of some kinds only if it does so afterwards? */
export function lending({ lent }: ResourceKind, effects: Effects): (place: ts.Node) => boolean {
  const ends = [...effects.values()].flatMap((inBody) =>
    [...inBody].flatMap(([at, effect]) => (effect === 'released' && (lent === true || isRunHere(at)) ? [at] : [])),
  );
  return (place) =>
    lent === 'endedAfter' ? ends.some((end) => comesAfter(end, place)) : lent === true && ends.length > 0;
}

/** Not in a handler that may never run: `close()` of a function inside, `work(file).then(() => file.close())`. */
function isRunHere(end: ts.Node): boolean {
  if (!isFunctionNode(end) && !ts.isIdentifier(end)) return true;
  const outer = ts.isExpression(end) ? wrapped(end) : end;
  const call = outer.parent;
  if (!ts.isCallExpression(call)) return false;
  if (call.expression === outer) return true;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return isFinally(callee.name.text) || (isThen(callee.name.text) && call.arguments[0] === outer);
}

/** Is it in the same function, or in one around it, behind the place and not on another branch? */
function comesAfter(end: ts.Node, place: ts.Node): boolean {
  const home = enclosingFunction(end);
  if (end.pos < place.pos || (home && !isWithin(place, home))) return false;
  for (let at: ts.Node = end; at !== home && at.parent; at = at.parent) {
    // Given up where something has failed: otherwise somebody has it.
    if (ts.isCatchClause(at)) return false;
    const up = at.parent;
    if (isWithin(place, up)) return !isOtherBranch(at, up, place);
    if (ts.isBlock(at) && ts.isIfStatement(up) && leaves(at)) return false;
  }
  return true;
}

/** `if (early) { lend } else { end }` */
function isOtherBranch(at: ts.Node, up: ts.Node, place: ts.Node): boolean {
  if (ts.isIfStatement(up)) return at === up.elseStatement && isWithin(place, up.thenStatement);
  if (ts.isConditionalExpression(up)) return at === up.whenFalse && isWithin(place, up.whenTrue);
  return ts.isCaseBlock(up);
}

/** `{ file.close(); return; }`: an early way out. Who goes on may have given it away. */
function leaves({ statements }: ts.Block): boolean {
  const last = statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isThrowStatement(last));
}
