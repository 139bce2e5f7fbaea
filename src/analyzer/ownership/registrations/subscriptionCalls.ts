/** Calls of functions that subscribe for their caller and give back what ends it, of this file or of another. */
import type { Fact } from '../../askedFact';
import type { Engine } from '../../engine';
import type { MethodFact } from '../../exportFacts';
import { methodFactOf } from '../../methods';
import { nodesIn } from '../../nodeIndex';
import { calls } from '../../selections';
import { calledName, enclosingFunction, type FunctionNode, isWithin, ts, unwrap, walk } from '../../syntax';
import { lifetimeOf } from '../lifetime/lifetime';
import { listenMethods } from '../words/listeners';
import { subscribesTo } from './droppedEnds';

/** What the call subscribes to, where that lives longer than who calls: the argument at this position, or -1 for what the function knows. */
export function subscriptionAt(call: ts.CallExpression, engine: Engine): number | undefined {
  const [fn, ...others] = engine.program.callees.of(call);
  const source = others.length > 0 ? undefined : fn ? subscribedBy(fn, engine) : factAt(call, engine)?.subscribes;
  if (source === undefined || source === -1) return source;
  const callee = unwrap(call.expression);
  const from =
    source >= 0 ? call.arguments[source] : ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
  return isLong(from, engine) ? source : undefined;
}

/** What another file says of the function, the method of a class, or that of an object which it exports. */
function factAt(
  call: ts.CallExpression,
  { program, imports }: Engine,
): Pick<Fact, 'subscribes' | 'handlerHolds'> | MethodFact | undefined {
  const callee = unwrap(call.expression);
  const fact = imports.factOf(program.origins.nameOf(callee));
  if (fact || !ts.isPropertyAccessExpression(callee)) return fact;
  const methods = imports.factOf(program.origins.nameOf(callee.expression))?.methods;
  const name = callee.name.text;
  return methods && Object.hasOwn(methods, name) ? methods[name] : methodFactOf(call, program, imports, true);
}

/** What other files are told of a function that subscribes for its caller. */
export function subscriptionFact(fn: FunctionNode, engine: Engine): Pick<MethodFact, 'subscribes' | 'handlerHolds'> {
  const subscribes = subscribedBy(fn, engine);
  if (subscribes === undefined) return {};
  const held = heldByHandler(fn, engine);
  return { subscribes, ...(held.length > 0 ? { handlerHolds: held } : {}) };
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
  const held = fn ? heldByHandler(fn, engine) : (factAt(call, engine)?.handlerHolds ?? []);
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
