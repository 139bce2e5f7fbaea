/** Handlers that the caller of a wrapper gives, who owns the subscription. */
import type { Engine } from '../../engine';
import { enclosingFunction, isWithin, ts, unwrap } from '../../syntax/syntax';
import { givenHandlers } from './bindings';

/** `on(event, handler) { this.target.on(event, handler) }`: the caller owns the subscription. */
export function isParameterOfWrapper(handler: ts.Expression, node: ts.Node, engine: Engine): boolean {
  const value = unwrap(handler);
  const root = ts.isPropertyAccessExpression(value) ? undefined : value;
  if (!root || !ts.isIdentifier(root)) return false;
  const declaration = engine.program.scopes.resolve(root);
  if (declaration?.kind !== 'parameter') return false;
  const fn = enclosingFunction(declaration.node);
  const owner = engine.program.members.ownerAt(node);
  if (owner && givenHandlers(handler, owner, engine).length > 0) return false;
  // From a mount hook nobody hands a remover back to the caller.
  return fn !== undefined && isWithin(node, fn) && engine.frequency.of(node).level !== 'mount';
}
