/** The values that a function returns. */

import type { Engine } from '../../engine';
import { isEmptyValue } from '../../program/emptyValues';
import { visitNodes } from '../../syntax/nodeIndex';
import { returns } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, ts, unwrap } from '../../syntax/syntax';
import { fatesOf } from './fate';

/** What a function returns, without the ways on which it returns nothing. */
export function returnedBy(fn: FunctionNode): readonly ts.Expression[] {
  const { body } = fn;
  if (!body) return [];
  if (!ts.isBlock(body)) return [body];
  const found: ts.Expression[] = [];
  visitNodes(body, returns, (node) => {
    if (ts.isReturnStatement(node) && node.expression && enclosingFunction(node) === fn) found.push(node.expression);
    return undefined;
  });
  return found.filter((value) => !isEmptyValue(unwrap(value)));
}

/** Is the value the resource itself, or a local variable that only holds it? */
export function gives(value: ts.Expression, resource: ts.Expression, engine: Engine): boolean {
  const inner = unwrap(value);
  const core = ts.isAwaitExpression(inner) ? unwrap(inner.expression) : inner;
  const awaited = ts.isAwaitExpression(resource) ? unwrap(resource.expression) : unwrap(resource);
  if (core === awaited) return true;
  const fates = fatesOf(resource, engine.program);
  const [only] = fates;
  if (fates.length !== 1 || only?.kind !== 'stored' || !ts.isIdentifier(core)) return false;
  const { root, path } = only.place;
  if (root.kind !== 'declaration' || path.length > 0 || root.declaration.scope.func === undefined) return false;
  if (engine.program.scopes.resolve(core) !== root.declaration) return false;
  // Kept by someone else as well: whoever is given it shares it.
  return root.declaration.references.every((reference) =>
    fatesOf(reference, engine.program).every(({ kind }) => kind !== 'stored' && kind !== 'collected'),
  );
}
