/** Options of a registration that end it: a signal that somebody may abort, `{ once: true }`. */

import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import { propertyNameText, ts, unwrap } from '../../syntax/syntax';

/** A `signal` that somebody may abort, or, unless the event may never come, `{ once: true }`. */
export function releasesItself(options: ts.Expression | undefined, engine: Engine, byOnce = true): boolean {
  if (!options) return false;
  let value = unwrap(options);
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    if (!declaration?.initializer || declaration.path?.length !== 0)
      return constantOf(value, engine.program.scopes) === undefined && declaration?.kind !== 'const';
    value = unwrap(declaration.initializer);
  }
  if (!ts.isObjectLiteralExpression(value)) return constantOf(value, engine.program.scopes) === undefined;
  return value.properties.some((property) => {
    if (ts.isSpreadAssignment(property)) return true;
    const name = propertyNameText(property.name);
    if (name === 'once' && byOnce)
      return !ts.isPropertyAssignment(property) || constantOf(property.initializer, engine.program.scopes) !== false;
    if (name !== 'signal') return false;
    const signal = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    return !signal || mayAbort(signal, engine);
  });
}

/** A signal of a controller created here that nobody aborts and that goes nowhere is no release; every other signal may be. */
function mayAbort(signal: ts.Expression, engine: Engine): boolean {
  const value = unwrap(signal);
  const taken = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  // `const { signal } = new AbortController()`: nobody has the controller.
  if (taken?.path?.length === 1 && taken.initializer && ts.isNewExpression(unwrap(taken.initializer))) return false;
  const place = engine.program.places.of(signal);
  if (place?.path.at(-1) !== 'signal') return true;
  const controllerKey = place.key.slice(0, -'.signal'.length);
  if (place.root.kind !== 'declaration' && place.root.kind !== 'owner') return true;
  if (place.root.kind === 'declaration' && place.root.declaration.kind === 'parameter') return true;
  return engine.uses.reads(controllerKey).some((use) => {
    const up = use.parent;
    return !(ts.isPropertyAccessExpression(up) && up.expression === use && up.name.text === 'signal');
  });
}
