/**
 * Entries for the time of a call: what the call has made and put in is over when it returns, as its own `finally` or its own end
 * of the thing says, and stays in the collection.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { FileProgram } from '../program/program';
import type { Declaration } from '../program/scopes';
import { reaches } from '../reached';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isOfBody,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { clearsTimer, endsHeld, endsWork, isEndingCall, isTakingAway, letsEnd } from '../words/releases';
import type { Insertion, Removal } from './changes';
import { isOfEnd } from './closedEntries';
import { type Collection, draftAt, isAtEndOfOwner, kindsOf, nounOf, repeats } from './collections';
import { isDisposerName } from './words';

/** The entry of a call that is over. */
export function keptAfterCall(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (changes.checks.length + changes.nullings.length > 0 || isDisposerName(container.name)) return undefined;
  if (!changes.resets.every(isOfEnd)) return undefined;
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    const item = fn?.body && repeats(insertion.node, engine) ? madeItem(insertion, fn, engine) : undefined;
    if (!fn || !item) continue;
    const others = changes.removals.filter(
      (one) => !isAtEndOfOwner(one.node, collection, engine) && !isOfOtherCall(one, fn, engine),
    );
    const end = others.length === 0 ? endOf(item, insertion, fn, engine.program) : undefined;
    if (!end || reaches(fn, [...changes.removals.map(({ node }) => node), ...changes.resets], engine)) continue;
    return draftAt(insertion, collection, engine, {
      kind: kindsOf[container.shape],
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps \`${item.name}\` of each call: the call is done with it on line ${lineOf(end)}, and does not take it out.`,
      advice: 'Take it out there, in `finally`.',
      steps: [{ role: 'forgotten', message: 'Over here, and the entry stays', range: rangeOf(end) }],
    });
  }
  return undefined;
}

/** What the call itself has made, and puts in as the member or under itself. */
function madeItem({ key, value }: Insertion, fn: FunctionNode, engine: Engine): Declaration | undefined {
  for (const one of [key, value]) {
    const held = one && unwrap(one);
    const declaration = held && ts.isIdentifier(held) ? engine.program.scopes.resolve(held) : undefined;
    const made = declaration?.initializer && unwrap(declaration.initializer);
    if (!declaration || !made || declaration.scope.func !== fn || declaration.writes.length > 0) continue;
    if (ts.isNewExpression(made) || ts.isObjectLiteralExpression(made) || isFunctionNode(made)) return declaration;
  }
  return undefined;
}

/** `this.pending.delete(own)`, where `own` was made by another call than the one that puts in here. */
function isOfOtherCall({ node, key }: Removal, fn: FunctionNode, engine: Engine): boolean {
  const held = key && unwrap(key);
  const declaration = held && ts.isIdentifier(held) ? engine.program.scopes.resolve(held) : undefined;
  const made = declaration?.initializer && unwrap(declaration.initializer);
  return (
    declaration?.scope.func !== undefined &&
    declaration.scope.func !== fn &&
    isWithin(node, declaration.scope.func) &&
    made !== undefined &&
    (ts.isNewExpression(made) || ts.isObjectLiteralExpression(made) || isFunctionNode(made))
  );
}

/** Where the call says that it is done: it ends the item, or undoes in `finally` what else it has begun. */
function endOf(item: Declaration, { node }: Insertion, fn: FunctionNode, program: FileProgram): ts.Node | undefined {
  for (const use of item.references) {
    const access = wrapped(use).parent;
    const call = ts.isPropertyAccessExpression(access) ? wrapped(access).parent : undefined;
    if (!call || !ts.isCallExpression(call) || enclosingFunction(call) !== fn || call.pos < node.end) continue;
    if (!endsHeld(calledName(call))) continue;
    const statement = call.parent;
    if (ts.isExpressionStatement(statement) && (isOfBody(statement, fn) || isInOwnFinally(statement, fn))) return call;
  }
  return undoneAround(node, fn, program);
}

function isInOwnFinally(node: ts.Node, fn: FunctionNode): boolean {
  for (let at = node, up = node.parent; up && up !== fn; at = up, up = up.parent)
    if (ts.isTryStatement(up) && up.finallyBlock === at) return true;
  return false;
}

/** The first thing that the `finally` around the insertion, or of the `try` behind it, undoes. */
function undoneAround(node: ts.Node, fn: FunctionNode, program: FileProgram): ts.Node | undefined {
  for (let at = node, up = node.parent; up && at !== fn; at = up, up = up.parent) {
    if (isFunctionNode(at)) return undefined;
    if (ts.isTryStatement(up) && up.tryBlock === at) return up.finallyBlock && undoneIn(up.finallyBlock, program);
    if (!ts.isBlock(up)) continue;
    const behind = up.statements.slice(up.statements.findIndex((one) => one === at) + 1).find(ts.isTryStatement);
    const undone = behind?.finallyBlock && undoneIn(behind.finallyBlock, program);
    if (undone) return undone;
  }
  return undefined;
}

function undoneIn(block: ts.Block, { callees }: FileProgram): ts.Node | undefined {
  const call = nodesIn(block, calls).find(
    (one) =>
      isUndoing(calledName(one)) ||
      callees.of(one).some((fn) => nodesIn(fn, calls).some((inner) => isUndoing(calledName(inner)))),
  );
  if (call) return call;
  let counted: ts.Node | undefined;
  walk(block, (node) => {
    if (isFunctionNode(node)) return false;
    if (
      (ts.isPostfixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusMinusToken) ||
      (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusMinusToken) ||
      (isAssignment(node) && node.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken)
    )
      counted ??= node;
    return !counted;
  });
  return counted;
}

function isUndoing(name: string): boolean {
  return endsWork(name) || isEndingCall(name) || isTakingAway(name) || clearsTimer(name) || letsEnd(name);
}
