/**
 * Releases that stand behind a condition which a way out did not meet: whether it needed one is beyond this analysis.
 */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import { isEquality, isWithin, ts, unwrap, walk } from '../syntax/syntax';
import { isMissingValue, readCondition } from './conditions';
import type { OpenExit } from './paths';

/** `'end' in worker`, `typeof worker.end === 'function'`: it may be one of several things. */
function asksWhatItIs(condition: ts.Node, holder: Declaration, engine: Engine): boolean {
  let asks = false;
  walk(condition, (inner) => {
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.InKeyword)
      asks ||= mentions(inner.right, holder, engine);
    if (ts.isTypeOfExpression(inner)) asks ||= mentions(inner.expression, holder, engine);
    return !asks;
  });
  return asks;
}

/** Does a node name the variable? Of a loop only what it goes through counts. */
export function mentions(node: ts.Node, holder: Declaration, engine: Engine): boolean {
  let found = false;
  walk(ts.isForOfStatement(node) ? node.expression : node, (inner) => {
    if (ts.isIdentifier(inner) && engine.program.scopes.resolve(inner) === holder) found = true;
    return !found;
  });
  return found;
}

/**
 * The release stands behind a condition that this path did not meet, and leaving early is not what the path does:
 * `if (owns) close(fd)`. Whether `owns` can be false here is beyond this analysis.
 */
export function dependsOnOtherCondition(
  exit: OpenExit,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
): boolean {
  return exit.conditions.some(({ node }) => {
    const tested = readCondition(node as ts.Expression, engine.program);
    // A flag that was computed before says what the variable held then.
    const isFlag = ts.isIdentifier(node) && engine.program.scopes.resolve(node) !== holder;
    const isOther = holder !== undefined && asksWhatItIs(node, holder, engine);
    if (holder && !isFlag && !isOther && tested?.variables.includes(holder)) return false;
    const branching = branchingOf(node);
    if (!branching) return false;
    // The exit itself stands in the branch: an early return, throw or continue.
    if (exit.node && exit.kind !== 'again' && isWithin(exit.node, branching)) return false;
    return settlers.some(
      (settler) => isWithin(settler, branching) && !isWithin(settler, node) && !leavesBehind(settler, branching),
    );
  });
}

/**
 * `finally { if (runner !== this.runner) await runner.release(); }`: on the other way it is one that somebody gave; so it is where
 * a way out has asked for that, `if (runner === this.runner) return;`.
 */
export function isOfAnother(
  exit: OpenExit,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
): boolean {
  return (
    holder !== undefined &&
    exit.conditions.some(({ node, outcome }) => {
      const compared = comparesIt(node, holder, engine);
      if (compared === undefined) return false;
      const branching = branchingOf(node);
      return (
        compared === outcome || (branching !== undefined && settlers.some((settler) => isWithin(settler, branching)))
      );
    })
  );
}

/** `runner !== this.runner`, with something else that may be it: the outcome by which it is. */
function comparesIt(condition: ts.Node, holder: Declaration, engine: Engine): boolean | undefined {
  const value = ts.isExpression(condition) ? unwrap(condition) : undefined;
  if (!value || !ts.isBinaryExpression(value) || !isEquality(value.operatorToken.kind)) return undefined;
  const sides = [unwrap(value.left), unwrap(value.right)];
  const isCompared = sides.some((side, index) => {
    const other = sides[1 - index];
    return (
      ts.isIdentifier(side) &&
      engine.program.scopes.resolve(side) === holder &&
      other !== undefined &&
      (ts.isIdentifier(other) || ts.isPropertyAccessExpression(other)) &&
      !isMissingValue(other)
    );
  });
  return isCompared ? !value.operatorToken.getText().startsWith('!') : undefined;
}

/** `if (!found) { close(fd); return; }`: who closes on the way out of a branch knows that the others have to, too. */
function leavesBehind(settler: ts.Node, branching: ts.Node): boolean {
  for (let at: ts.Node = settler; at.parent && at !== branching; at = at.parent) {
    if (!ts.isBlock(at.parent)) continue;
    const last = at.parent.statements.at(-1);
    if (last && last !== at && (ts.isReturnStatement(last) || ts.isThrowStatement(last))) return true;
  }
  return false;
}

/** Statement or expression whose parts depend on a condition. */
function branchingOf(condition: ts.Node): ts.Node | undefined {
  for (let up: ts.Node = condition; up; up = up.parent) {
    if (
      ts.isIfStatement(up) ||
      ts.isConditionalExpression(up) ||
      ts.isIterationStatement(up, false) ||
      ts.isExpressionStatement(up)
    )
      return up;
    if (ts.isStatement(up) || ts.isSourceFile(up)) return undefined;
  }
  return undefined;
}
