/** Promises that are made by hand: what their executor may do. */
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import type { FileScopes } from './scopes';

/**
 * `new Promise((resolve, reject) => …)`: may it be rejected? Without a `reject`, or one that nobody names, it only ever resolves,
 * unless it does so with what another call gives, which may be a promise that fails.
 */
export function mayBeRejected(made: ts.NewExpression, scopes: FileScopes): boolean {
  const [executor] = made.arguments ?? [];
  const fn = executor && unwrap(executor);
  if (!fn || !isFunctionNode(fn)) return true;
  const [resolve, reject, ...more] = fn.parameters;
  if (resolve && scopes.declarationOf(resolve)?.references.some(isGivenResult)) return true;
  if (!reject) return false;
  if (more.length > 0 || !ts.isIdentifier(reject.name)) return true;
  return scopes.declarationOf(reject)?.references.some((use) => use !== reject.name) ?? true;
}

/** `resolve(fetch(url))` */
function isGivenResult(use: ts.Expression): boolean {
  const { parent } = use;
  const [given] = ts.isCallExpression(parent) && parent.expression === use ? parent.arguments : [];
  return given !== undefined && ts.isCallExpression(unwrap(given));
}
