/** Tables of buckets: what is put into the collections that are the values of another one. */

import type { Engine } from '../engine';
import { isAssignment, ts, unwrap, wrapped } from '../syntax/syntax';
import { looksUpKey, putsIn, takesOut, textTakesOut } from '../words/collections';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import { isFresh } from './containers';

/**
 * What is put into the buckets of a table, where nothing leaves them: `(table[event] ??= []).push(listener)`. Undefined
 * for a table without buckets.
 * @param even also where something leaves them
 */
export function innerInsertions(
  { container, changes }: Collection,
  engine: Engine,
  even = false,
): readonly Insertion[] | undefined {
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (!changes.insertions.some(({ value }) => isBucket(value, engine))) return undefined;
  const found: Insertion[] = [];
  let leaves = false;
  const see = (bucket: ts.Expression): void => {
    const outer = wrapped(bucket);
    const access = outer.parent;
    if (ts.isBinaryExpression(access) && access.left === outer) {
      // `table[event] ??= []`, `table.get(event) ?? []`
      if (isAssignment(access) && access.operatorToken.kind === ts.SyntaxKind.EqualsToken)
        leaves ||= !isFresh(access.right);
      else see(access);
      return;
    }
    if (ts.isVariableDeclaration(access)) {
      for (const reference of engine.program.scopes.declarationOf(access)?.references ?? []) see(reference);
      return;
    }
    if (ts.isDeleteExpression(access) || ts.isElementAccessExpression(access)) {
      leaves = true;
      return;
    }
    if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) {
      leaves ||= ts.isCallExpression(access) && changes.insertions.every(({ node }) => node !== access);
      return;
    }
    const call = wrapped(access).parent;
    if (!ts.isCallExpression(call)) {
      leaves ||= ts.isBinaryExpression(call);
    } else if (putsIn(access.name.text))
      found.push({
        node: call,
        key: call.arguments.length > 1 ? call.arguments[0] : undefined,
        value: call.arguments.at(-1),
      });
    else if (takesOut(access.name.text) || (looksUpKey(access.name.text) && isTakenFrom(call, engine))) leaves = true;
  };
  for (const lookup of changes.lookups) see(lookup as ts.Expression);
  for (const { node, value } of changes.insertions) {
    // `const bucket = (table[event] = table[event] || new Set())`
    const kept = ts.isExpression(node) ? wrapped(node).parent : undefined;
    if (kept && ts.isVariableDeclaration(kept))
      for (const reference of engine.program.scopes.declarationOf(kept)?.references ?? []) see(reference);
    const given = value && unwrap(value);
    const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
    for (const reference of declaration?.references ?? []) if (reference !== given) see(reference);
  }
  for (const { parent } of changes.iterations) leaves ||= textTakesOut(parent.getText());
  return leaves && !even ? [] : found;
}

/** A table within a table: does anything leave it? */
function isTakenFrom(inner: ts.Expression, engine: Engine, depth = 0): boolean {
  const outer = wrapped(inner);
  const access = outer.parent;
  if (ts.isVariableDeclaration(access))
    return (
      depth < 2 &&
      (engine.program.scopes.declarationOf(access)?.references ?? []).some((use) => isTakenFrom(use, engine, depth + 1))
    );
  if (!ts.isPropertyAccessExpression(access) || access.expression !== outer) return false;
  const call = wrapped(access).parent;
  if (!ts.isCallExpression(call)) return false;
  return takesOut(access.name.text) || (looksUpKey(access.name.text) && isTakenFrom(call, engine, depth));
}

/** A new collection, or a variable that is given one. */
function isBucket(value: ts.Expression | undefined, engine: Engine): boolean {
  const given = value && unwrap(value);
  if (!given) return false;
  if (isFresh(given) || isFreshElse(given)) return true;
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some(
    (one) => one !== undefined && (isFresh(one) || isFreshElse(unwrap(one))),
  );
}

/** `table[event] || new Set()` */
function isFreshElse(value: ts.Expression): boolean {
  return ts.isBinaryExpression(value) && isFresh(value.right);
}
