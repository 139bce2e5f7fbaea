/** Pieces of work that settle by callbacks, with the names that settle them. */

import { isErrorFirst } from '../acquiring/callbacks';
import type { Engine } from '../engine';
import { nameOfParameter } from '../facts/parameters';
import type { Declaration } from '../program/scopes';
import { nodesIn } from '../syntax/nodeIndex';
import { instantiations } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isExecutor,
  isFunctionNode,
  isNewPromise,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';

/** A piece of work with the names that settle it. */
export interface Work {
  readonly fn: FunctionNode;
  readonly settlers: readonly Declaration[];
}

/** The executor around it, the promise that the function makes afterwards, or the function that calls back. */
export function workOf(node: ts.Node, engine: Engine): Work | undefined {
  const { scopes } = engine.program;
  const fn = enclosingFunction(node);
  if (!fn) return undefined;
  const executors = isExecutor(fn)
    ? [fn]
    : nodesIn(fn, instantiations).flatMap((made) => {
        const [executor] = made.arguments ?? [];
        const given = executor && unwrap(executor);
        const isLater = isNewPromise(made) && made.pos > node.pos && enclosingFunction(made) === fn;
        return isLater && given && isFunctionNode(given) ? [given] : [];
      });
  const [executor] = executors;
  const given =
    executor && executors.length === 1
      ? executor.parameters.slice(0, 2)
      : executors.length === 0
        ? fn.parameters.filter((parameter) => isCalledBack(parameter, engine))
        : [];
  const settlers = given.flatMap((parameter) => scopes.declarationOf(parameter) ?? []);
  return settlers.length > 0 ? { fn: executor ?? fn, settlers } : undefined;
}

/** What a callback goes on with: the function around it calls back when all is done. */
export function workAfter(callback: FunctionNode, engine: Engine): Work | undefined {
  const around = enclosingFunction(callback);
  const executor = around && isExecutor(around);
  const given = around?.parameters.filter((parameter, index) =>
    executor ? index < 2 : isCalledBack(parameter, engine),
  );
  const settlers = (given ?? []).flatMap((parameter) => engine.program.scopes.declarationOf(parameter) ?? []);
  return settlers.length > 0 ? { fn: callback, settlers } : undefined;
}

/** `done(null, rows)`, `done(new Error(…))`, `done(error)`: told of an error first, and of the outcome. */
function isCalledBack(parameter: ts.ParameterDeclaration, engine: Engine): boolean {
  const { scopes } = engine.program;
  const given = ts.isIdentifier(parameter.name) ? scopes.declarationOf(parameter) : undefined;
  return (
    given?.references.some((use) => {
      const call = wrapped(use).parent;
      const first = ts.isCallExpression(call) && call.expression === wrapped(use) ? call.arguments[0] : undefined;
      const value = first && unwrap(first);
      if (!value) return false;
      if (ts.isNewExpression(value)) return /Error$/.test(value.expression.getText());
      if (/^(?:null|undefined)$/.test(value.getText())) return true;
      const told = ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
      const handler = told?.kind === 'parameter' ? told.scope.func : undefined;
      return (
        handler !== undefined && isErrorFirst(handler) && handler.parameters[0]?.name === nameOfParameter(told?.node)
      );
    }) ?? false
  );
}
