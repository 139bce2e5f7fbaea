/** Entries that mark work in flight, and are unmarked on success only: a rejection leaves the mark. */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  outermostFunction,
  rangeOf,
  ts,
  unwrap,
  workBegunBy,
  wrapped,
} from '../syntax/syntax';
import { isThen, waitsForOutcomes } from '../words/promises';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, isInWholeTeardown, isSameKey } from './collections';
import { neverBoth } from './exclusive';
import { firstRejection, hasCatchBelow, neverRejects } from './rejections';

/** Marked in flight before an `await`, unmarked after it: a rejection leaves the mark. */
export function leftAfterRejection(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (!insertion.key || container.shape === 'array') return undefined;
  const { key } = insertion;
  const fn = workBegunBy(insertion.node);
  const outermost = outermostFunction(insertion.node);
  if (!fn || !outermost) return undefined;
  const sites = [...changes.removals.map((removal) => removal.node), ...changes.resets].filter(
    (site) => !isInWholeTeardown(site),
  );
  // Every removal belongs to this piece of work, and none of them runs on failure.
  if (sites.length === 0 || sites.some((site) => !isWithin(site, outermost))) return undefined;
  const own = changes.removals.filter((removal) => removal.key !== undefined && isSameKey(key, removal.key, engine));
  if (own.length !== sites.length || own.some(({ node }) => neverBoth(insertion.node, node))) return undefined;
  const gaps = own.map((removal) => afterAwait(insertion, removal, fn, engine) ?? afterThen(removal, engine));
  const [gap] = gaps;
  if (!gap || gaps.some((one) => one === undefined)) return undefined;
  const draft = draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-rejection',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The entry of \`${container.name}\` stays for ever when the work fails: ${own[0] ? `line ${lineOf(own[0].node)} removes it` : 'it is removed'} only on success.`,
    advice: 'Remove the entry in `finally`.',
    steps: [
      { role: 'exit', message: 'A rejection here leaves the entry', range: rangeOf(gap) },
      ...own.map((removal) => ({
        role: 'shrinks' as const,
        message: 'Removed on success',
        range: rangeOf(removal.node),
      })),
    ],
  });
  return {
    ...draft,
    growth: { by: 'finally', insertion: insertion.node, removals: own.map((removal) => removal.node) },
  };
}

/** The branch of the insertion ends by leaving, so that the removal after it belongs to another one. */
function leavesBefore(insertion: ts.Node, removal: ts.Node): boolean {
  for (let up = insertion.parent; up && !isWithin(removal, up); up = up.parent) {
    if (isFunctionNode(up) || !ts.isBlock(up)) continue;
    const last = up.statements.at(-1);
    if (
      last &&
      (ts.isReturnStatement(last) ||
        ts.isThrowStatement(last) ||
        ts.isContinueStatement(last) ||
        ts.isBreakStatement(last))
    )
      return true;
  }
  return false;
}

/** The `await` between insertion and removal whose rejection passes the removal by. */
function afterAwait(insertion: Insertion, removal: Removal, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  return leavesBefore(insertion.node, removal.node)
    ? undefined
    : firstRejection(insertion.node, removal.node, fn, engine);
}

/**
 * A promise that the function makes, and not one that it finds in a field, a list or a variable of others: such a one tells of
 * an end or of a state, and whether it fails its maker knows.
 */
function isBegunHere(promise: ts.Expression, then: FunctionNode, engine: Engine): boolean {
  const value = unwrap(promise);
  if (ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)) return false;
  if (!ts.isIdentifier(value)) return true;
  const declaration = engine.program.scopes.resolve(value);
  const given = [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])];
  return (
    declaration?.scope.func !== undefined &&
    declaration.kind !== 'parameter' &&
    isWithin(then, declaration.scope.func) &&
    declaration.path?.length === 0 &&
    given.some((one) => one !== undefined && isMadeByCall(one))
  );
}

function isMadeByCall(given: ts.Expression): boolean {
  const value = unwrap(given);
  if (ts.isBinaryExpression(value)) return isMadeByCall(value.left) || isMadeByCall(value.right);
  return ts.isCallExpression(value) || ts.isNewExpression(value) || ts.isAwaitExpression(value);
}

/** A promise that does not reject: made of one whose rejection a handler takes, here or where its variable is set. */
function isCaught(expression: ts.Expression, engine: Engine): boolean {
  if (hasCatchBelow(expression)) return true;
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made =
    declaration?.initializer && declaration.writes.length === 0 && declaration.path?.length === 0
      ? unwrap(declaration.initializer)
      : value;
  if (made !== value && hasCatchBelow(made)) return true;
  if (!ts.isCallExpression(made)) return false;
  const callee = unwrap(made.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return (isThen(callee.name.text) && made.arguments.length > 1) || waitsForOutcomes(callee.name.text);
}

/** Removed in the `then` of a chain that has no `catch` or `finally` for it. */
function afterThen(removal: Removal, engine: Engine): ts.Node | undefined {
  const callback = enclosingFunction(removal.node);
  if (!callback) return undefined;
  const outer = wrapped(callback as ts.Expression);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== outer || call.arguments.length !== 1) return undefined;
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !isThen(callee.name.text) || isCaught(callee.expression, engine))
    return undefined;
  if (!isBegunHere(callee.expression, callback, engine) || neverRejects(callee.expression, engine)) return undefined;
  for (let at: ts.Expression = wrapped(call); ; ) {
    const up = at.parent;
    if (!ts.isPropertyAccessExpression(up) || !ts.isCallExpression(up.parent)) break;
    // A later handler that runs on failure may remove it through a name of its own.
    if (!isThen(up.name.text) || up.parent.arguments.length > 1) return undefined;
    at = wrapped(up.parent);
  }
  return call;
}
