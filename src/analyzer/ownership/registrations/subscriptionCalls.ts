/** Calls of functions that subscribe for their caller and give back what ends it, of this file or of another. */
import type { Engine } from '../../engine';
import { nodesIn } from '../../nodeIndex';
import { calls } from '../../selections';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk } from '../../syntax';
import { lifetimeOf } from '../lifetime/lifetime';
import { listenMethods } from '../words/listeners';
import { subscribesTo } from './droppedEnds';

/** What the call subscribes to, where that lives longer than who calls: the argument at this position, or -1 for what the function knows. */
export function subscriptionAt(call: ts.CallExpression, engine: Engine): number | undefined {
  const [fn, ...others] = engine.program.callees.of(call);
  const source =
    others.length > 0
      ? undefined
      : fn
        ? subscribedBy(fn, engine)
        : engine.imports.factOf(engine.program.origins.nameOf(unwrap(call.expression)))?.subscribes;
  if (source === undefined || (source >= 0 && !isLong(call.arguments[source], engine))) return undefined;
  return source;
}

/** Positions of the parameters that a handler holds which the function adds to something. */
export function heldByHandler(fn: FunctionNode, engine: Engine): readonly number[] {
  const { scopes, callees } = engine.program;
  const held = new Set<number>();
  for (const call of fn.body ? nodesIn(fn.body, calls) : []) {
    if (enclosingFunction(call) !== fn || !listenMethods.has(calledName(call))) continue;
    for (const handler of call.arguments.flatMap((one) => callees.functionsOf(one)))
      if (isWithin(handler, fn))
        walk(handler, (node) => {
          const parameter = ts.isIdentifier(node) ? scopes.resolve(node) : undefined;
          if (parameter?.kind === 'parameter' && parameter.scope.func === fn) {
            const position = fn.parameters.findIndex((one) => isWithin(parameter.node, one));
            if (position >= 0) held.add(position);
          }
          return undefined;
        });
  }
  return [...held].sort((a, b) => a - b);
}

/** Does the handler that the called function adds hold something of its caller's run: what it has made, or its instance? */
export function isHeldOfCaller(call: ts.CallExpression, engine: Engine): boolean {
  const [fn] = engine.program.callees.of(call);
  const held = fn
    ? heldByHandler(fn, engine)
    : (engine.imports.factOf(engine.program.origins.nameOf(unwrap(call.expression)))?.handlerHolds ?? []);
  return held.some((position) => {
    const given = call.arguments[position];
    const value = given && unwrap(given);
    if (!value) return false;
    if (value.kind === ts.SyntaxKind.ThisKeyword || ts.isNewExpression(value)) return true;
    const root = engine.program.places.of(value)?.root;
    return root?.kind === 'owner' || (root?.kind === 'declaration' && root.declaration.scope.func !== undefined);
  });
}

function subscribedBy(fn: FunctionNode, engine: Engine): number | undefined {
  const known = engine.once(table);
  if (!known.has(fn)) known.set(fn, subscribesTo(fn, engine));
  return known.get(fn);
}

const table = (): Map<FunctionNode, number | undefined> => new Map();

function isLong(source: ts.Expression | undefined, engine: Engine): boolean {
  if (!source) return false;
  const { level } = lifetimeOf(source, engine);
  return level === 'process' || level === 'module' || level === 'injected';
}
