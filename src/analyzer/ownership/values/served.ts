/**
 * Handles that others hold without having them: the one of a module, which its functions work with, and the one behind the
 * functions that a caller is given.
 */
import type { Engine } from '../../engine';
import { functionName } from '../../growth/holders';
import type { Place } from '../../program/places';
import { enclosingFunction, type FunctionNode, isAssignment, ts, unwrap, wrapped } from '../../syntax/syntax';

/** `let db; const open = (path) => { db = connect(path); };`: the one that the module's other functions work with. */
export function isOfModule(place: Place | undefined, node: ts.Node): boolean {
  if (place?.root.kind !== 'declaration' || place.path.length > 0 || !isAssignment(node)) return false;
  const { declaration } = place.root;
  if (declaration.scope.func !== undefined || declaration.writes.length > 1) return false;
  const fn = enclosingFunction(node);
  return declaration.references.some((use) => {
    const user = enclosingFunction(use);
    return user !== undefined && user !== fn;
  });
}

/** `resolve({ send })`, `return { send }`, where `send` works with it: the caller has the connection, and no more of it. */
export function isServedToCaller(place: Place | undefined, engine: Engine): boolean {
  if (place?.root.kind !== 'declaration' || place.path.length > 0) return false;
  const { func } = place.root.declaration.scope;
  if (!func) return false;
  return engine.uses.reads(place.key).some((use) => {
    for (let fn = enclosingFunction(use); fn && fn !== func; fn = enclosingFunction(fn))
      if (isGivenOut(fn, engine)) return true;
    return false;
  });
}

function isGivenOut(fn: FunctionNode, engine: Engine): boolean {
  if (functionName(fn) === '') return false;
  return engine.program.callees.usesOf(fn).values.some((value) => {
    const property = wrapped(value).parent;
    if (!ts.isShorthandPropertyAssignment(property) && !ts.isPropertyAssignment(property)) return false;
    const taker = wrapped(property.parent).parent;
    if (!ts.isCallExpression(taker)) return false;
    const callee = unwrap(taker.expression);
    return ts.isIdentifier(callee) && engine.program.scopes.resolve(callee)?.kind === 'parameter';
  });
}
