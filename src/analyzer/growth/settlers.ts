/** Entries that keep what settles a promise: `resolve` or `reject` of an executor, a deferred. */

import type { Engine } from '../engine';
import { runsAlways } from '../flow/runsAlways';
import {
  enclosingFunction,
  type FunctionNode,
  isExecutor,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import type { Insertion } from './changes';
import { isDeferredMaker, settles } from './words';

/** The executor of `new Promise(…)` around a node. */
export function executorAround(node: ts.Node): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (isExecutor(fn)) return fn;
  return undefined;
}

/** Uses of the parameters of an executor below a node: `resolve` and `reject`, called or kept. */
export function settlersIn(node: ts.Node, executor: FunctionNode, engine: Engine): readonly ts.Identifier[] {
  const { scopes } = engine.program;
  const declarations = executor.parameters.map((parameter) => scopes.declarationOf(parameter));
  return declarations.flatMap((declaration) => declaration?.references ?? []).filter((use) => isWithin(use, node));
}

/** The entry keeps `resolve` or `reject` for whoever answers. */
export function keepsSettler(insertion: Insertion, executor: FunctionNode, engine: Engine): boolean {
  const { value } = insertion;
  if (!value) return false;
  if (settlersIn(value, executor, engine).length > 0) return true;
  const inner = unwrap(value);
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  return declaration?.initializer !== undefined && settlersIn(declaration.initializer, executor, engine).length > 0;
}

/** The entry keeps a promise together with its resolver: `defer()`, `new Deferred()`, `Promise.withResolvers()`. */
export function keepsDeferred({ value }: Insertion, engine: Engine): boolean {
  let found = false;
  if (value)
    walk(value, (inner) => {
      if (isFunctionNode(inner)) return false;
      const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
      for (const given of [inner, declaration?.path?.length === 0 ? declaration.initializer : undefined]) {
        const made = given && unwrap(given as ts.Expression);
        if (made && (ts.isCallExpression(made) || ts.isNewExpression(made)) && makesDeferred(made)) found = true;
      }
      return !found;
    });
  return found;
}

function makesDeferred({ expression }: ts.CallExpression | ts.NewExpression): boolean {
  const callee = unwrap(expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  return isDeferredMaker(name);
}

/** `const ready = defer(); ready.resolve(); table.set(id, ready);`: what is settled already waits for no answer. */
export function isSettledBefore({ node, value }: Insertion, engine: Engine): boolean {
  const given = value && unwrap(value);
  const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  // `turn.resolve(); turn = defer();`: what is put in is another one.
  if (!declaration || declaration.writes.length > 0) return false;
  return declaration.references.some((use) => {
    const call = settlingCall(use, engine, 0);
    return (
      call !== undefined &&
      ts.isExpressionStatement(call.parent) &&
      call.end < node.pos &&
      isWithin(node, call.parent.parent)
    );
  });
}

/** `ready.resolve()`, or the call of a function of this file that always does it. */
function settlingCall(use: ts.Identifier, engine: Engine, depth: number): ts.CallExpression | undefined {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent) && settles(parent.name.text))
    return ts.isCallExpression(parent.parent) && parent.parent.expression === parent ? parent.parent : undefined;
  if (!ts.isCallExpression(parent) || parent.expression === use || depth > 1) return undefined;
  const bodies = engine.program.callees.of(parent);
  const isSettling = bodies.every((fn) => {
    const parameter = fn.parameters[parent.arguments.indexOf(use)];
    const uses = (parameter && engine.program.scopes.declarationOf(parameter)?.references) ?? [];
    return uses.some((one) => {
      const call = settlingCall(one, engine, depth + 1);
      return call !== undefined && runsAlways(call, fn);
    });
  });
  return bodies.length > 0 && isSettling ? parent : undefined;
}
