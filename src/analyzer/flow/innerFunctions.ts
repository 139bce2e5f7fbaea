/** Where an inner function is created, or used by its name. */
import type { Declaration, FileScopes } from '../program/scopes';
import { type FunctionNode, isAssignment, ts, wrapped } from '../syntax/syntax';

/** Is it what something is assigned to? */
export function isWriteTarget(reference: ts.Expression): boolean {
  const outer = wrapped(reference);
  return isAssignment(outer.parent) && outer.parent.left === outer;
}

/** Where the function is created, or where its name is used. */
export function sitesOf(fn: FunctionNode, scopes: FileScopes): readonly ts.Node[] {
  const bound = boundName(fn, scopes);
  if (bound) return bound.references.filter((reference) => !isWriteTarget(reference));
  const up = fn.parent;
  return ts.isClassDeclaration(up) || ts.isClassExpression(up) ? [up] : [fn];
}

/** The variable that the function is declared as, or that it is given to at once. */
export function boundName(fn: FunctionNode, scopes: FileScopes): Declaration | undefined {
  if (ts.isFunctionDeclaration(fn)) return scopes.declarationOf(fn);
  if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return undefined;
  const up = wrapped(fn).parent;
  if (ts.isVariableDeclaration(up)) return scopes.declarationOf(up);
  return undefined;
}
