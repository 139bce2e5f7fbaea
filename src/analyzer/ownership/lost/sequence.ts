/** What has certainly run before a node of the same function, and what that may have done to a place. */
import type { Engine } from '../../engine';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { synchronousCallbacks } from '../../words/callbacks';

/** The function that a node runs in: callbacks that are run at once are a part of the function around them. */
export function runsIn(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && isSynchronous(fn)) fn = enclosingFunction(fn);
  return fn;
}

function isSynchronous(fn: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  if (callee === fn) return !fn.modifiers?.some((one) => one.kind === ts.SyntaxKind.AsyncKeyword);
  return ts.isPropertyAccessExpression(callee) && synchronousCallbacks.has(callee.name.text);
}

/** Statements that have run when the node is reached, nearest first: those before it in the blocks around it. */
export function statementsBefore(node: ts.Node, fn: ts.Node): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  for (let at = node; at !== fn && at.parent; at = at.parent) {
    const up = at.parent;
    if (!ts.isBlock(up) && !ts.isSourceFile(up) && !ts.isCaseOrDefaultClause(up)) continue;
    found.push(...up.statements.slice(0, up.statements.indexOf(at as ts.Statement)).reverse());
  }
  return found;
}

/** Something else may run in the middle of it. */
export function waits(node: ts.Node): boolean {
  let found = false;
  walk(node, (inner) => {
    if (isFunctionNode(inner)) return false;
    if (
      ts.isAwaitExpression(inner) ||
      ts.isYieldExpression(inner) ||
      (ts.isForOfStatement(inner) && inner.awaitModifier)
    )
      found = true;
    return !found;
  });
  return found;
}

/** Is there any way out of the function, or of a loop around, in it? */
export function mayLeave(statement: ts.Statement): boolean {
  let leaves = false;
  walk(statement, (inner) => {
    if (isFunctionNode(inner)) return false;
    if (ts.isReturnStatement(inner) || ts.isThrowStatement(inner) || ts.isBreakOrContinueStatement(inner))
      leaves = true;
    return !leaves;
  });
  return leaves;
}

/** Is the place assigned in this node, or in a function of this file that it calls? */
export function mayAssign(node: ts.Node, key: string, engine: Engine): boolean {
  return touches(node, engine.uses.writes(key), engine);
}

/** Does the node contain one of the nodes, or call a function of this file that runs one? */
export function touches(node: ts.Node, sites: readonly ts.Node[], engine: Engine): boolean {
  if (sites.length === 0) return false;
  const contains = (outer: ts.Node): boolean => sites.some((site) => site.pos >= outer.pos && site.end <= outer.end);
  if (contains(node)) return true;
  return callsIn(node).some((call) =>
    engine.program.callees.of(call).some((fn) => [...engine.program.callees.reachedFrom(fn)].some(contains)),
  );
}

/** The same for what the node runs itself: functions that are only written in it, and run later, do not count. */
export function touchesNow(node: ts.Node, sites: readonly ts.Node[], engine: Engine): boolean {
  if (sites.length === 0) return false;
  const fn = runsIn(node);
  if (sites.some((site) => isWithin(site, node) && runsIn(site) === fn)) return true;
  return callsIn(node)
    .filter((call) => runsIn(call) === fn)
    .some((call) =>
      engine.program.callees
        .of(call)
        .some((callee) =>
          [...engine.program.callees.reachedFrom(callee)].some((one) => sites.some((site) => isWithin(site, one))),
        ),
    );
}

function callsIn(node: ts.Node): readonly CallLike[] {
  const found: CallLike[] = [];
  walk(node, (inner) => {
    if (ts.isCallExpression(inner) || ts.isNewExpression(inner)) found.push(inner);
    return undefined;
  });
  return found;
}

/**
 * Key of the place that an expression names itself. A constant that was given the field's value is another name for what
 * the field held then, and no more than that.
 */
export function ownPlaceKey(expression: ts.Expression, engine: Engine): string | undefined {
  const value = unwrap(expression);
  const place = engine.program.places.of(value);
  if (!place) return undefined;
  if (!ts.isIdentifier(value)) return place.key;
  const { root, path } = place;
  return root.kind === 'declaration' && path.length === 0 && root.declaration === engine.program.scopes.resolve(value)
    ? place.key
    : undefined;
}
