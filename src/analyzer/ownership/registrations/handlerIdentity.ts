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
  return (
    form.form === 'registration' &&
    (form.keepsOne === true || form.identity.capture !== undefined) &&
    isDeclaredOnce(handler, engine)
  );
}

/** A function of the module, or of a function that runs once: one identity for the life of the page. */
function isDeclaredOnce(handler: ts.Expression, { program, frequency }: Engine): boolean {
  const value = unwrap(handler);
  if (!ts.isIdentifier(value)) return false;
  const declaration = program.scopes.resolve(value);
  if (!declaration) return true;
  if (declaration.kind === 'let' || declaration.kind === 'var' || declaration.kind === 'parameter') return false;
  const { func } = declaration.scope;
  // A loop makes it anew each time.
  for (let at = declaration.node; at.parent && at !== func; at = at.parent)
    if (ts.isIterationStatement(at, false)) return false;
  return func === undefined || frequency.ofFunction(func).level === 'once';
}

/** Is it made where it stands, so that no storage place holds it? */
export function isInline(handler: ts.Expression, engine: Engine): boolean {
  const value = unwrap(handler);
  return engine.program.places.of(value) === undefined;
}
