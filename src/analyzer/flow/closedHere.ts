/** Does a function close what it opens, so that its own words say that the thing must be closed? */

import type { Acquisition } from '../acquiring/acquisitions';
import type { Engine } from '../engine';
import { isInCatch } from '../program/tryStatements';
import { type CallLike, type FunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import { isLoneSource } from '../words/owners';
import type { Effect } from './useFacts';

/**
 * Is it the function itself that closes it, on a way that begins with the opening, and does nobody else get it?
 * @param effects what the function does with it, and where
 * @param settled the places of these that some path reaches
 */
export function isClosedByItself(
  effects: readonly (readonly [ts.Node, Effect])[],
  settled: readonly ts.Node[],
  { kind, node }: Acquisition,
  engine: Engine,
): boolean {
  if (isLookup(node) || isLone(node)) return false;
  const methods = kind.release.flatMap((form) => (form.form === 'method' ? form.method : []));
  const reached = new Set(settled);
  return (
    effects.every(([, effect]) => effect === 'released') &&
    effects.some(([at]) => {
      // Given up where the work with it failed: otherwise somebody has it.
      if (!reached.has(at) || isInCatch(at)) return false;
      // The name of a function inside this one, which it calls.
      if (ts.isIdentifier(at)) return ts.isCallExpression(at.parent) && (at.parent.expression as ts.Node) === at;
      return (
        ts.isCallExpression(at) &&
        (callsOneOf(methods, at) || engine.program.callees.of(at).some((fn) => alwaysCalls(methods, fn)))
      );
    })
  );
}

/** `model.getSession(id)`, at once: one that is there already. */
function isLookup(node: CallLike): boolean {
  if (!ts.isCallExpression(node) || node.arguments.length === 0 || ts.isAwaitExpression(wrapped(node).parent))
    return false;
  const callee = unwrap(node.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  // A callback is given what is opened.
  const last = node.arguments.at(-1);
  return /^get/.test(name) && !(last && ts.isFunctionLike(unwrap(last)));
}

/** `new TokenSource()`, of nothing: only who has it keeps it. */
function isLone(node: CallLike): boolean {
  return ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0 && isLoneSource(node.expression.getText());
}

function callsOneOf(methods: readonly string[], call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && methods.includes(callee.name.text);
}

/** Does the function call one of the methods whatever it is given? */
function alwaysCalls(methods: readonly string[], { body }: FunctionNode): boolean {
  const statements = body && ts.isBlock(body) ? body.statements : [];
  return statements.some((statement) => {
    const value = ts.isExpressionStatement(statement) ? unwrap(statement.expression) : undefined;
    const call = value && ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
    return call !== undefined && ts.isCallExpression(call) && callsOneOf(methods, call);
  });
}
