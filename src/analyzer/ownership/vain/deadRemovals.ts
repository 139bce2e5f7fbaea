/** Removals that are written but never run. */

import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { resultIgnoringHooks } from '../../resources/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isClassNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { timerCalls } from '../../words/callbacks';
import { callsWithEach } from '../../words/collections';
import { effectHooks, ignoresResult } from '../../words/hooks';
import { isCatch, isFinally, isPromiseStep } from '../../words/promises';
import { takesCleanUp } from '../../words/releases';

/** A removal in a function that nobody runs: dropped, kept where nobody looks, or returned to who takes no result. */
export function neverRuns(removal: ts.Node, registration: ts.Node, engine: Engine): boolean {
  return deadAround(removal, registration, engine) !== undefined;
}

/** The function around a release that nobody runs. */
export function deadAround(release: ts.Node, acquired: ts.Node, engine: Engine): FunctionNode | undefined {
  for (let fn = enclosingFunction(release); fn && !isWithin(acquired, fn); fn = enclosingFunction(fn))
    if (isDead(fn, engine)) return fn;
  return undefined;
}

/** Each function is asked for every pair of a registration and a removal in it. */
const deadFunctions = (): Map<FunctionNode, boolean> => new Map();

function isDead(fn: FunctionNode, engine: Engine): boolean {
  const known = engine.once(deadFunctions);
  let dead = known.get(fn);
  if (dead === undefined) {
    dead = isNeverCalled(fn, engine);
    known.set(fn, dead);
  }
  return dead;
}

function isNeverCalled(fn: FunctionNode, engine: Engine): boolean {
  if (ts.isMethodDeclaration(fn) && fn.name && ts.isPrivateIdentifier(fn.name)) {
    const { calls, values } = engine.program.callees.usesOf(fn);
    return calls.length === 0 && values.length === 0;
  }
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
  const outer = wrapped(fn);
  const up = outer.parent;
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) {
    const declaration = engine.program.scopes.declarationOf(up);
    return declaration !== undefined && declaration.scope.func !== undefined && declaration.references.length === 0;
  }
  if (isAssignment(up) && up.right === outer) {
    const place = engine.program.places.of(up.left);
    const [field] = place?.path ?? [];
    return (
      place?.root.kind === 'owner' &&
      place.path.length === 1 &&
      field !== undefined &&
      isHidden(place.root.owner, field) &&
      engine.uses.reads(place.key).length === 0
    );
  }
  const result = ts.isReturnStatement(up) ? enclosingFunction(up) : ts.isArrowFunction(up) ? up : undefined;
  return result !== undefined && result !== fn && isResultIgnored(result, engine);
}

/** `private`, `#` or `_`: nobody outside of the class calls it. */
function isHidden(owner: Owner, name: string): boolean {
  if (name.startsWith('#') || name.startsWith('_')) return true;
  return (
    isClassNode(owner.node) &&
    owner.node.members.some(
      (member) =>
        ts.isPropertyDeclaration(member) &&
        propertyNameText(member.name) === name &&
        hasModifier(member, ts.SyntaxKind.PrivateKeyword),
    )
  );
}

/** Who runs the function takes no clean-up of it: a hook of another kind, a handler, a step of a promise that nobody awaits. */
function isResultIgnored(fn: FunctionNode, engine: Engine): boolean {
  const isAsync = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  if (ts.isMethodDeclaration(fn)) {
    const name = propertyNameText(fn.name);
    return name !== undefined && ignoresResult(name) && isHookOf(fn, engine);
  }
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  if (up && (ts.isCallExpression(up) || ts.isNewExpression(up)) && up.expression !== fn) {
    const callee = unwrap(up.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (engine.types.matches(engine.program.origins.nameOf(callee), resultIgnoringHooks)) return true;
    if (effectHooks.has(name)) return isAsync;
    if (ts.isNewExpression(up)) return isAsync && takesCleanUp(name);
    if (callsWithEach(name) || name === 'addEventListener' || timerCalls.has(name)) return true;
    // `load().then(() => { …; return () => stop(); })`: a clean-up that comes as a promise's value, which nobody takes.
    if (isPromiseStep(name)) return isDroppedChain(up);
  }
  if (!isAsync) return false;
  const { calls, values } = engine.program.callees.usesOf(fn);
  return calls.length > 0 && values.length === 0 && calls.every((call) => isDroppedChain(call)) && isLocal(fn, engine);
}

/** Is the promise that a call gives a statement of its own, awaited or not, whatever steps follow? */
function isDroppedChain(call: ts.Expression): boolean {
  let at = wrapped(call);
  for (;;) {
    const up = at.parent;
    if (ts.isAwaitExpression(up) || ts.isVoidExpression(up)) at = wrapped(up);
    else if (
      ts.isPropertyAccessExpression(up) &&
      ts.isCallExpression(up.parent) &&
      (isCatch(up.name.text) || isFinally(up.name.text))
    )
      at = wrapped(up.parent);
    else return ts.isExpressionStatement(up);
  }
}

/** A hook of a component, not a method that happens to be called so. */
function isHookOf(fn: ts.MethodDeclaration, engine: Engine): boolean {
  return engine.program.members.holdersOf(fn).length > 0;
}

/** Called where it is written, or named within a function. */
function isLocal(fn: FunctionNode, engine: Engine): boolean {
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : fn;
  if (ts.isCallExpression(up)) return true;
  return engine.program.scopes.declarationOf(up)?.scope.func !== undefined;
}
