/**
 * Work that waits for the work before it under the same key: `chains.set(key, (chains.get(key) ?? none).then(work))`. Such an
 * entry is no answer that is kept: it is of use only until the next one, and nobody needs the last.
 */

import type { Engine } from '../engine';
import { enclosingFunction, isFunctionNode, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import { continuations } from '../words/callbacks';
import { keyedOnly } from '../words/collections';
import type { Insertion } from './changes';
import type { Collection } from './collections';
import type { Container } from './containers';

/** Does what is put in go on from what the same key held before? */
export function isQueueLink(insertion: Insertion, { container, changes }: Collection, engine: Engine): boolean {
  const { lookups } = changes;
  const fn = enclosingFunction(insertion.node);
  if (isGoneThrough(container, engine)) return false;
  if (!insertion.key || !insertion.value || !fn?.body) return false;
  const key = unwrap(insertion.key).getText();
  const before = lookups.filter((lookup) => {
    const asked = ts.isCallExpression(lookup)
      ? lookup.arguments[0]
      : ts.isElementAccessExpression(lookup)
        ? lookup.argumentExpression
        : undefined;
    return asked !== undefined && unwrap(asked).getText() === key && enclosingFunction(lookup) === fn;
  });
  if (before.length === 0) return false;
  const value = meant(insertion.value, engine);
  if (goesOn(value, before, engine, 0)) return true;
  // `locks.set(key, new Promise(…)); await previous`
  return ts.isNewExpression(value) && value.expression.getText() === 'Promise' && waits(fn.body, before, engine);
}

/** Who waits for all that is kept there needs the last ones, too. */
function isGoneThrough({ place }: Container, engine: Engine): boolean {
  return engine.uses.reads(place.key).some((use) => {
    const up = wrapped(use).parent;
    return ts.isPropertyAccessExpression(up) ? !keyedOnly.has(up.name.text) : !ts.isElementAccessExpression(up);
  });
}

function goesOn(given: ts.Expression, before: readonly ts.Node[], engine: Engine, depth: number): boolean {
  const value = meant(given, engine);
  if (!ts.isCallExpression(value) || depth > 6) return false;
  const callee = unwrap(value.expression);
  // `(async () => { await previous; … })()`
  if (isFunctionNode(callee)) return callee.body !== undefined && waits(callee.body, before, engine);
  if (!ts.isPropertyAccessExpression(callee) || !continuations.has(callee.name.text)) return false;
  return isFrom(callee.expression, before, engine, 0) || goesOn(callee.expression, before, engine, depth + 1);
}

/** Does the code wait for what the key held before? */
function waits(body: ts.Node, before: readonly ts.Node[], engine: Engine): boolean {
  let found = false;
  walk(body, (node) => {
    if (node !== body && isFunctionNode(node)) return false;
    if (ts.isAwaitExpression(node))
      found ||= isFrom(node.expression, before, engine, 0) || goesOn(node.expression, before, engine, 0);
    return !found;
  });
  return found;
}

/** The looked-up value, or one instead where there is none. */
function isFrom(given: ts.Expression, before: readonly ts.Node[], engine: Engine, depth: number): boolean {
  const value = meant(given, engine);
  if (before.includes(value)) return true;
  if (depth > 3) return false;
  const parts = ts.isBinaryExpression(value)
    ? [value.left]
    : ts.isConditionalExpression(value)
      ? [value.whenTrue, value.whenFalse]
      : [];
  return parts.some((part) => isFrom(part, before, engine, depth + 1));
}

/** What a variable that is set once stands for. */
function meant(given: ts.Expression, engine: Engine): ts.Expression {
  const value = unwrap(given);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration?.initializer && declaration.writes.length === 0 && ts.isVariableDeclaration(declaration.node)
    ? unwrap(declaration.initializer)
    : value;
}
