/** A page of a browser that is opened here, a channel of a connection that is: it ends with the whole. */
import type { Acquisition } from '../acquisitions';
import type { Engine } from '../engine';
import { isExported, isPrivate, nameOf } from '../ownership/lifetime/frequency/functionNames';
import type { FileScopes } from '../scopes';
import { enclosingFunction, type FunctionNode, isFunctionNode, ts, unwrap } from '../syntax';
import { boundName } from './innerFunctions';

const maxDepth = 3;

/** Is it made by what this function opens, or by what all who call it open and give it? */
export function isPartOfWhole(acquisition: Acquisition, all: readonly Acquisition[], engine: Engine): boolean {
  if (acquisition.kind.givenForGood) return false;
  const whole = wholeOf(acquisition, all, engine, 0);
  return whole !== undefined && isOpenedHere(whole, acquisition, all, engine, 0);
}

/** What it is made by: the receiver of the call, or what a function of this file is given that makes it by that. */
function wholeOf(
  { node, receiver, kind }: Acquisition,
  all: readonly Acquisition[],
  engine: Engine,
  depth: number,
): ts.Expression | undefined {
  if (receiver || depth >= maxDepth) return receiver;
  const { callees, scopes } = engine.program;
  for (const fn of callees.of(node)) {
    for (const inner of all) {
      if (inner.kind.id !== kind.id || enclosingFunction(inner.node) !== fn) continue;
      const whole = wholeOf(inner, all, engine, depth + 1);
      const value = whole && unwrap(whole);
      const declaration = value && ts.isIdentifier(value) ? scopes.resolve(value) : undefined;
      const index = declaration ? (fn.parameters as readonly ts.Node[]).indexOf(declaration.node) : -1;
      if (index >= 0) return node.arguments?.[index];
    }
  }
  return undefined;
}

function isOpenedHere(
  whole: ts.Expression,
  part: Acquisition,
  all: readonly Acquisition[],
  engine: Engine,
  depth: number,
): boolean {
  const value = unwrap(whole);
  if (!ts.isIdentifier(value)) return false;
  const declaration = engine.program.scopes.resolve(value);
  if (!declaration?.scope.func) return false;
  const given = [declaration.initializer, ...declaration.writes.map((write) => write.value)];
  const isOpened = given.some((one) => {
    const initial = one && unwrap(one);
    if (!initial) return false;
    const call = ts.isAwaitExpression(initial) ? unwrap(initial.expression) : initial;
    return ts.isNewExpression(call) || all.some((other) => other !== part && other.node === call);
  });
  if (isOpened || declaration.kind !== 'parameter' || declaration.writes.length > 0 || depth >= maxDepth)
    return isOpened;
  const passed = argumentsOf(declaration.node, engine);
  return passed?.every((one) => isOpenedHere(one, part, all, engine, depth + 1)) === true;
}

/** What each caller gives for a parameter; undefined where there may be other callers than those of this file. */
function argumentsOf(parameter: ts.Node, { program }: Engine): readonly ts.Expression[] | undefined {
  if (!ts.isParameter(parameter) || !ts.isIdentifier(parameter.name) || parameter.dotDotDotToken) return undefined;
  const fn: ts.Node = parameter.parent;
  if (!isFunctionNode(fn) || !isOnlyCalledHere(fn, program.scopes)) return undefined;
  const { calls, values } = program.callees.usesOf(fn);
  if (values.length > 0 || calls.length === 0) return undefined;
  const index = fn.parameters.indexOf(parameter);
  const given = calls.flatMap((call) => call.arguments?.[index] ?? []);
  return given.length === calls.length ? given : undefined;
}

function isOnlyCalledHere(fn: FunctionNode, scopes: FileScopes): boolean {
  if (ts.isMethodDeclaration(fn)) return isPrivate(fn);
  const isNamed = ts.isFunctionDeclaration(fn) || boundName(fn, scopes) !== undefined;
  return isNamed && !isExported(fn, nameOf(fn, scopes), scopes);
}
