/** Does a function close what it opens, so that its own words say that the thing must be closed? */
import type { Acquisition } from '../acquisitions';
import type { Engine } from '../engine';
import { type FunctionNode, ts, unwrap } from '../syntax';
import type { Effect } from './handleUses';

/**
 * Is it the function itself that closes it, on a way that begins with the opening, and does nobody else get it?
 * @param effects what the function does with it, and where
 * @param settled the places of these that some path reaches
 */
export function isClosedByItself(
  effects: readonly (readonly [ts.Node, Effect])[],
  settled: readonly ts.Node[],
  { kind }: Acquisition,
  engine: Engine,
): boolean {
  const methods = kind.release.flatMap((form) => (form.form === 'method' ? form.method : []));
  const reached = new Set(settled);
  return (
    effects.every(([, effect]) => effect === 'released') &&
    effects.some(([at]) => {
      if (!reached.has(at)) return false;
      // The name of a function inside this one, which it calls.
      if (ts.isIdentifier(at)) return ts.isCallExpression(at.parent) && (at.parent.expression as ts.Node) === at;
      return (
        ts.isCallExpression(at) &&
        (callsOneOf(methods, at) || engine.program.callees.of(at).some((fn) => alwaysCalls(methods, fn)))
      );
    })
  );
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
