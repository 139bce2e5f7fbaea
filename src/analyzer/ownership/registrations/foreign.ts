/** Is an object somebody else's: shared by a module, given by who made the instance, or asked for from one of these? */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { isNullish, ts, unwrap } from '../../syntax/syntax';
import { givenFields } from '../../words/components';
import { givesShared } from '../../words/owners';
import { lifetimeOf } from '../lifetime/lifetime';

const maxDepth = 5;

/** Follows a value to its origin; false for what the owner makes itself, and for all that is not known. */
export function isForeign(expression: ts.Expression, owner: Owner, engine: Engine, depth = 0): boolean {
  if (depth > maxDepth) return false;
  const value = unwrap(expression);
  const next = (inner: ts.Expression): boolean => isForeign(inner, owner, engine, depth + 1);
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    if (!givesShared(name)) return false;
    return ts.isPropertyAccessExpression(callee) ? isShared(callee.expression, next, engine) : false;
  }
  return isShared(value, next, engine);
}

function isShared(expression: ts.Expression, next: (inner: ts.Expression) => boolean, engine: Engine): boolean {
  const value = unwrap(expression);
  if (ts.isCallExpression(value)) return next(value);
  const place = engine.program.places.of(value);
  if (!place) return ts.isPropertyAccessExpression(value) && isShared(value.expression, next, engine);
  const { root, path } = place;
  switch (root.kind) {
    case 'import':
      return true;
    case 'global':
    case 'unknown-this':
      return false;
    case 'owner': {
      const [field] = path;
      if (field === undefined) return false;
      // What a component is given by its parent, or finds around it.
      if (givenFields.has(field) && path.length + (field === 'context' ? 1 : 0) > 1) return true;
      const member = root.owner.members.get(field);
      if (!member) return false;
      if (lifetimeOf(value, engine).level === 'injected') return true;
      const values = member.values.flatMap(({ value: given }) => (given && !isNullish(given) ? [given] : []));
      return values.length > 0 && values.every(next);
    }
    case 'declaration': {
      const { declaration } = root;
      if (declaration.kind === 'parameter') return lifetimeOf(value, engine).level === 'injected';
      if (declaration.scope.func === undefined) return false;
      return declaration.writes.length === 0 && declaration.initializer !== undefined && next(declaration.initializer);
    }
  }
}
