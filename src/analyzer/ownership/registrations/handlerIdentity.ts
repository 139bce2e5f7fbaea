/** What is one and the same handler at each registration, and what is made anew. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { ts, unwrap } from '../../syntax/syntax';

/** `this.onResize`: one function for the life of its instance. */
export function isMember(handler: ts.Expression, engine: Engine): boolean {
  const place = engine.program.places.of(handler);
  return place?.root.kind === 'owner' && place.path.length === 1;
}

/** An event target takes one and the same function once, however often it is added. */
export function isOneListener({ form }: Acquisition, handler: ts.Expression, engine: Engine): boolean {
  return form.form === 'registration' && form.identity.capture !== undefined && isModuleFunction(handler, engine);
}

/** A function declared at module level: one identity for the life of the page. */
function isModuleFunction(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  if (!ts.isIdentifier(value)) return false;
  const declaration = engine.program.scopes.resolve(value);
  if (!declaration) return true;
  return declaration.scope.func === undefined && declaration.kind !== 'let' && declaration.kind !== 'var';
}

/** Is it made where it stands, so that no storage place holds it? */
export function isInline(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  return engine.program.places.of(value) === undefined;
}
