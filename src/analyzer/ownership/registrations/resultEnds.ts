/**
 * Registrations that are ended by what they give: `this.entry = bus.on('change', fn)`, and later `this.entry.off()`; or
 * `const stop = bus.on('change', fn)`, and later `stop()`. What is called as a function is the removal, whatever the receiver is.
 */
import type { Engine } from '../../engine';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  enclosingFunction,
  isAssignment,
  isWithin,
  leaves,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { inserts } from '../../words/collections';
import { registersEnd } from '../../words/hooks';
import { isTeardown } from '../../words/teardowns';
import { isEffect } from '../lifetime/effects';
import { elementOf } from '../lost/elements';

/** Is what the call gives kept, and ended later by a call that needs nothing more? */
export function isEndedByResult(node: ts.CallExpression, engine: Engine): boolean {
  const outer = wrapped(node);
  const up = outer.parent;
  if (isGivenToEnd(outer)) return true;
  const list = listOf(outer, engine);
  if (list !== undefined) return engine.once(calledLists).has(list);
  const ends = (use: ts.Expression): boolean => endsIt(use, node);
  const declared = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
  if (declared?.references.some((use) => ends(use) || isGivenToEnd(wrapped(use)) || isInCalledList(use, engine)))
    return true;
  const place = isAssignment(up) && up.right === outer ? engine.program.places.of(unwrap(up.left)) : undefined;
  return place !== undefined && engine.uses.reads(place.key).some(ends);
}

/** `stop()`, `entry.off()` */
function endsIt(use: ts.Expression, made: ts.CallExpression): boolean {
  const outer = wrapped(use);
  const access = outer.parent;
  if (ts.isCallExpression(access))
    return access.expression === outer && access.arguments.length === 0 && !isInstead(access, made);
  if (!ts.isPropertyAccessExpression(access)) return false;
  const call = wrapped(access).parent;
  return (
    ts.isCallExpression(call) &&
    unwrap(call.expression) === access &&
    call.arguments.length === 0 &&
    isTeardown(access.name.text)
  );
}

/** `if (isOff) { stop?.(); return; } stop = bus.on('change', fn);`: on the way that comes to the registration nothing is ended. */
function isInstead(end: ts.Node, made: ts.Node): boolean {
  const fn = enclosingFunction(made);
  if (end.pos > made.pos || enclosingFunction(end) !== fn) return false;
  for (let at = end; at.parent && at !== fn && !isWithin(made, at.parent); at = at.parent)
    if (ts.isBlock(at) && leaves(at)) return true;
  return false;
}

/** `const stop = bus.on('change', fn); return stop;` in an effect, `onUnmounted(bus.on('change', fn))`: a framework calls it. */
function isGivenToEnd(value: ts.Expression): boolean {
  const up = value.parent;
  if (ts.isReturnStatement(up)) {
    const fn = ts.isIdentifier(value) ? enclosingFunction(value) : undefined;
    return fn !== undefined && isEffect(fn);
  }
  const callee = ts.isCallExpression(up) && up.expression !== value ? unwrap(up.expression) : undefined;
  return callee !== undefined && ts.isIdentifier(callee) && registersEnd(callee.text);
}

/** The place of the list that a value is put into: `const ends = [on('a', f)]`, `ends.push(on('a', f))`. */
function listOf(value: ts.Expression, { program }: Engine): string | undefined {
  const up = value.parent;
  if (ts.isArrayLiteralExpression(up)) {
    const target = wrapped(up).parent;
    if (ts.isVariableDeclaration(target)) {
      const declaration = program.scopes.declarationOf(target);
      return declaration && program.places.ofDeclaration(declaration).key;
    }
    return isAssignment(target) ? program.places.of(unwrap(target.left))?.key : undefined;
  }
  const callee = ts.isCallExpression(up) && up.expression !== value ? unwrap(up.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && inserts.has(callee.name.text)
    ? program.places.of(callee.expression)?.key
    : undefined;
}

function isInCalledList(use: ts.Expression, engine: Engine): boolean {
  const list = listOf(wrapped(use), engine);
  return list !== undefined && engine.once(calledLists).has(list);
}

/** Places of lists of which each member is called: `ends.forEach((end) => end())`, `for (const end of ends) end();` */
function calledLists({ program }: Engine): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { expression, arguments: given } of nodesIn(program.sourceFile, calls)) {
    const element = given.length === 0 ? elementOf(expression, program) : undefined;
    const key = element && element.by !== 'for-in' ? program.places.of(element.collection)?.key : undefined;
    if (key !== undefined) found.add(key);
  }
  return found;
}

/** `bus.on('change', fn, { signal })`: whoever aborts it removes the handler. */
export function isGivenSignal(node: ts.CallExpression, handler: number): boolean {
  return node.arguments.slice(handler + 1).some((argument) => {
    const value = unwrap(argument);
    return (
      ts.isObjectLiteralExpression(value) &&
      value.properties.some((property) => property.name !== undefined && propertyNameText(property.name) === 'signal')
    );
  });
}
