/** Promises that are made by hand: what their executor may do. */
import { isFunctionNode, ts, unwrap } from '../syntax/syntax';
import type { FileScopes } from './scopes';

/** `new Promise((resolve, reject) => …)`: may it be rejected? Without a `reject`, or one that nobody names, it only ever resolves. */
export function mayBeRejected(made: ts.NewExpression, scopes: FileScopes): boolean {
  const [executor] = made.arguments ?? [];
  const fn = executor && unwrap(executor);
  if (!fn || !isFunctionNode(fn)) return true;
  const [, reject, ...more] = fn.parameters;
  if (!reject) return false;
  if (more.length > 0 || !ts.isIdentifier(reject.name)) return true;
  return scopes.declarationOf(reject)?.references.some((use) => use !== reject.name) ?? true;
}
