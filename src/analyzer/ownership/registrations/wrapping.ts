/**
 * Handlers that are made around another function: `() => update()`, `debounce(this.update, 100)`. What is added is the
 * wrapper, so a removal of the function inside takes nothing off.
 */

import type { Engine } from '../../engine';
import { isBindCall } from '../../program/bound';
import { isFunctionNode, ts, unwrap, walk } from '../../syntax/syntax';
import { runsFunction } from '../../words/functions';
import { wrapsHandler } from '../../words/listeners';
import { returnedBy } from '../values/returned';

const maxDepth = 3;

/** Is the added handler something that is made around the removed one, and kept nowhere under its name? */
export function wraps(added: ts.Expression, removed: ts.Expression, engine: Engine): boolean {
  return (
    !engine.program.places.same(added, removed) &&
    insideOf(added, engine, 0).some((one) => isSame(one, removed, engine))
  );
}

/** The functions that a wrapper calls. */
function insideOf(handler: ts.Expression, engine: Engine, depth: number): readonly ts.Expression[] {
  if (depth > maxDepth) return [];
  const value = unwrap(handler);
  const { program } = engine;
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return calledIn(value);
  if (isBindCall(value)) return [];
  if (ts.isCallExpression(value)) {
    const [first] = value.arguments;
    return first && makesWrapper(value, engine) ? [first, ...insideOf(first, engine, depth + 1)] : [];
  }
  const place = program.places.of(value);
  if (place?.root.kind === 'owner' && place.path.length === 1) {
    const values = place.root.owner.members.get(place.path[0] ?? '')?.values ?? [];
    const [only] = values;
    return values.length === 1 && only?.value ? insideOf(only.value, engine, depth + 1) : [];
  }
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  return declaration?.kind === 'const' && declaration.initializer && declaration.path?.length === 0
    ? insideOf(declaration.initializer, engine, depth + 1)
    : [];
}

/** Does the call give a new function each time: by its name, or by what the function of this file returns? */
function makesWrapper(call: ts.CallExpression, engine: Engine): boolean {
  const bodies = engine.program.callees.of(call);
  if (bodies.length > 0)
    return bodies.every((fn) => {
      const given = returnedBy(fn).map((one) => unwrap(one));
      return given.length > 0 && given.every((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one));
    });
  const callee = unwrap(call.expression);
  return wrapsHandler(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText());
}

/** The one function that it calls, or the one of several that it gives what it is given itself. */
function calledIn(fn: ts.ArrowFunction | ts.FunctionExpression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const given: ts.Expression[] = [];
  const event = fn.parameters[0]?.name.getText();
  walk(fn.body, (inner) => {
    if (ts.isCallExpression(inner)) {
      const callee = unwrap(inner.expression);
      const isCalled = ts.isPropertyAccessExpression(callee) && runsFunction(callee.name.text);
      found.push(isCalled ? callee.expression : callee);
      const [only, more] = inner.arguments;
      if (only && !more && event !== undefined && only.getText() === event) given.push(callee);
    }
    return !isFunctionNode(inner);
  });
  return found.length === 1 ? found : given.length === 1 ? given : [];
}

/** One place, or parameters of one name: `on(event, fn)` and `off(event, fn)` are given the same function. */
function isSame(inner: ts.Expression, removed: ts.Expression, engine: Engine): boolean {
  const { places } = engine.program;
  if (places.same(inner, removed)) return true;
  const [left, right] = [places.of(inner), places.of(removed)];
  const isParameter = (place: typeof left): boolean =>
    place?.root.kind === 'declaration' && place.path.length === 0 && place.root.declaration.kind === 'parameter';
  return isParameter(left) && isParameter(right) && unwrap(inner).getText() === unwrap(removed).getText();
}
