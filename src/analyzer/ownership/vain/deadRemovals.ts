/** Removals that are written but never run. */
import type { Engine } from '../../engine';
import type { Owner } from '../../members';
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
} from '../../syntax';
import * as words from '../words';

/** A removal in a function that nobody runs: dropped, kept where nobody looks, or returned to who takes no result. */
export function neverRuns(removal: ts.Node, registration: ts.Node, engine: Engine): boolean {
  for (let fn = enclosingFunction(removal); fn && !isWithin(registration, fn); fn = enclosingFunction(fn))
    if (isDead(fn, engine)) return true;
  return false;
}

function isDead(fn: FunctionNode, engine: Engine): boolean {
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

/** An async effect, or an async function that is only ever started: what they return is a promise that nobody awaits. */
function isResultIgnored(fn: FunctionNode, engine: Engine): boolean {
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
  if (up && ts.isCallExpression(up) && up.expression !== fn) {
    const callee = unwrap(up.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (words.effectHooks.has(name)) return hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
    if (name === 'forEach' || words.timerCalls.has(name)) return true;
  }
  if (!hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || ts.isMethodDeclaration(fn)) return false;
  const { calls, values } = engine.program.callees.usesOf(fn);
  return (
    calls.length > 0 &&
    values.length === 0 &&
    calls.every((call) => ts.isExpressionStatement(call.parent) || ts.isVoidExpression(call.parent)) &&
    isLocal(fn, engine)
  );
}

/** Called where it is written, or named within a function. */
function isLocal(fn: FunctionNode, engine: Engine): boolean {
  const up = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : fn;
  if (ts.isCallExpression(up)) return true;
  return engine.program.scopes.declarationOf(up)?.scope.func !== undefined;
}
