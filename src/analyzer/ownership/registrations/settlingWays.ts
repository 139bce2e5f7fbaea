/** The ways in which a promise settles later: what runs then, and the call that waits for it. */
import type { Engine } from '../../engine';
import { calledName, enclosingFunction, type FunctionNode, ts, wrapped } from '../../syntax/syntax';
import { continuations, timerCalls } from '../../words/callbacks';
import { listenMethods } from '../../words/listeners';

/** One way in which the work settles. */
export interface Way {
  /** What runs then, innermost first. */
  readonly functions: readonly FunctionNode[];
  /** The call that waits for it: a registration, a timer, a promise. */
  readonly trigger: ts.CallExpression | undefined;
  readonly at: ts.Node;
  /** It loses a race. */
  readonly isRaced?: boolean;
}

type Taken = (
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
) => readonly Way[];

/** Every way in which an executor's promise settles later. */
export function waysOf(executor: FunctionNode, engine: Engine, taken: Taken): readonly Way[] {
  const ways: Way[] = [];
  for (const parameter of executor.parameters.slice(0, 2)) {
    const declaration = engine.program.scopes.declarationOf(parameter);
    for (const reference of declaration?.references ?? [])
      ways.push(...settledBy(reference, executor, engine, [], taken));
  }
  return ways;
}

/** A function that settles the promise, or one that calls it, is kept by somebody or given to a call that says nothing. */
export function handedOut(
  value: ts.Expression,
  executor: FunctionNode,
  _engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const up = wrapped(value).parent;
  const isGiven =
    ts.isPropertyAssignment(up) ||
    ts.isShorthandPropertyAssignment(up) ||
    ts.isArrayLiteralExpression(up) ||
    (ts.isCallExpression(up) && !isSettlingCall(calledName(up)));
  return isGiven ? [{ functions: [...run, ...functionsAround(up, executor)], trigger: undefined, at: value }] : [];
}

/** `ping(() => resolve(true))`: whoever is given the function settles the promise when that is done. */
export function givenToCalls(
  value: ts.Expression,
  executor: FunctionNode,
  _engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const outer = wrapped(value);
  const up = outer.parent;
  if (!ts.isCallExpression(up) || up.expression === outer || isSettlingCall(calledName(up))) return [];
  return [{ functions: [...run, ...functionsAround(up, executor)], trigger: up, at: value }];
}

function isSettlingCall(name: string): boolean {
  return listenMethods.has(name) || timerCalls.has(name) || continuations.has(name);
}

function settledBy(
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
  taken: Taken,
): readonly Way[] {
  const outer = wrapped(value);
  const up = outer.parent;
  if (run.length > 5) return [];
  return ts.isCallExpression(up) && up.expression === outer
    ? waysToRun(up, executor, engine, run, taken)
    : taken(value, executor, engine, run);
}

/** Given to a call that waits: a registration, a timer, a step of a promise. */
export function waysTo(
  value: ts.Expression,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
): readonly Way[] {
  const up = wrapped(value).parent;
  if (!ts.isCallExpression(up) || !isSettlingCall(calledName(up))) return [];
  const functions = [...run, ...functionsAround(up, executor), ...functionsAfter(up, engine)];
  return [{ functions, trigger: up, at: value }];
}

/** The code at a node runs: when? */
function waysToRun(
  at: ts.Node,
  executor: FunctionNode,
  engine: Engine,
  run: readonly FunctionNode[],
  taken: Taken,
): readonly Way[] {
  const fn = enclosingFunction(at);
  // At once: nothing was waited for.
  if (!fn || fn === executor || run.includes(fn)) return [];
  const uses = engine.program.callees.usesOf(fn);
  return [
    ...uses.calls.flatMap((call) => waysToRun(call, executor, engine, [...run, fn], taken)),
    ...uses.values.flatMap((value) => settledBy(value, executor, engine, [...run, fn], taken)),
  ].map((way) => ({ ...way, at }));
}

function functionsAround(node: ts.Node, executor: FunctionNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let fn = enclosingFunction(node); fn && fn !== executor; fn = enclosingFunction(fn)) found.push(fn);
  return found;
}

/** `.then(resolve).finally(cleanUp)`: what a chain of promises runs besides. */
function functionsAfter(call: ts.CallExpression, engine: Engine): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at: ts.Expression = call; ; ) {
    const up = wrapped(at).parent;
    if (!ts.isPropertyAccessExpression(up) || !ts.isCallExpression(up.parent)) return found;
    at = up.parent;
    for (const argument of up.parent.arguments) found.push(...engine.program.callees.functionsOf(argument));
  }
}
