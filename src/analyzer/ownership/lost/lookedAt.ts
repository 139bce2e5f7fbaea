/** Is a place looked at before it is given something new? */
import { isEmptyValue } from '../../emptyValues';
import type { Engine } from '../../engine';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk, wrapped } from '../../syntax';
import { unlistenMethods } from '../words/listeners';
import { tellsOfChange } from '../words/states';
import { callsInherited } from './inheritedCalls';
import { runsIn, statementsBefore, touchesNow } from './sequence';
import { isInWayOut, isWayOut } from './wayOut';

/** Is the place looked at on the way to the assignment: before it, in what runs before it, or by who calls the function? */
export function isLookedAt(write: ts.BinaryExpression, key: string, fn: FunctionNode, engine: Engine): boolean {
  const reads = engine.uses.reads(key);
  // Where an instance begins, nothing is there yet.
  const others = engine.uses.writes(key).filter((other) => other !== write && !isBeginningOfInstance(other, engine));
  const { callees, places } = engine.program;
  const isOfOwner = places.of(unwrap(write.left))?.root.kind === 'owner';
  const seen = new Set<FunctionNode>();
  const before = (node: ts.Node, around: FunctionNode, depth: number): boolean => {
    if (seen.has(around) || depth > 3) return false;
    seen.add(around);
    const isEarlier = (one: ts.Node): boolean =>
      one.pos < node.pos &&
      (runsIn(one) === around || enclosingFunction(one) === around) &&
      !isInWayOut(one, key, write, engine);
    if (reads.some(isEarlier) || others.some(isEarlier)) return true;
    const near = reads.filter((read) => !isInWayOut(read, key, write, engine));
    const passed = statementsBefore(node, around).filter((statement) => !isWayOut(statement, key, engine));
    if (passed.some((statement) => touchesNow(statement, near, engine))) return true;
    // Who goes on only at a change may come when what was there has been dealt with.
    if (statementsBefore(node, around).some(asksForChange)) return true;
    // A base class may look at it, and end it.
    if (isOfOwner && passed.some((statement) => callsInherited(statement, engine))) return true;
    // Who runs it, and the function around it.
    const { calls, values } = callees.usesOf(around);
    return [...calls, ...values.filter((value) => !isTakenOff(value)), around].some((use) => {
      const up = enclosingFunction(use);
      return up !== undefined && before(use, up, depth + 1);
    });
  };
  if (before(write, fn, 0)) return true;
  // Its own later part may end it, or tell when it ended: `socket.onclose = () => { this.socket = undefined }`.
  return [...reads, ...others].some((one) => isWithin(one, fn) && enclosingFunction(one) !== fn);
}

/** `if (!changed.has('open')) return;` */
function asksForChange(statement: ts.Statement): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement) return false;
  const { thenStatement: then } = statement;
  const last = ts.isBlock(then) ? then.statements.at(-1) : then;
  let asks = false;
  if (last && ts.isReturnStatement(last))
    walk(statement.expression, (inner) => {
      asks ||= ts.isIdentifier(inner) && tellsOfChange(inner.text);
      return !asks;
    });
  return asks;
}

/** `this.observer = null` in a constructor. */
function isBeginningOfInstance({ left, right }: ts.BinaryExpression, { program }: Engine): boolean {
  const root = isEmptyValue(unwrap(right)) ? program.places.of(unwrap(left))?.root : undefined;
  return (
    root?.kind === 'owner' && root.owner.construct !== undefined && enclosingFunction(left) === root.owner.construct
  );
}

/** `target.off('change', around)`: who takes a handler off does not run it. */
function isTakenOff(value: ts.Expression): boolean {
  const call = wrapped(value).parent;
  return ts.isCallExpression(call) && call.expression !== wrapped(value) && unlistenMethods.has(calledName(call));
}
