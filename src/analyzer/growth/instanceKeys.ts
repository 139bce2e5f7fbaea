/**
 * Records that hang on somebody else's object and are filled under the number of an instance: each new instance adds an
 * entry, which stays as long as that object.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Declaration } from '../program/scopes';
import { select, visitNodes } from '../syntax/nodeIndex';
import { shortText } from '../syntax/shortText';
import {
  enclosingFunction,
  isAssignment,
  isFunctionNode,
  isWithin,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { deletesKey, looksUpKey } from '../words/collections';
import { repeats } from './collections';
import { freshShape } from './containers';
import { elementWrites } from './elementWrites';

const removing = select<ts.DeleteExpression | ts.CallExpression>(
  ts.SyntaxKind.DeleteExpression,
  ts.SyntaxKind.CallExpression,
);

/** All records of a file that grow with each instance. */
export function findInstanceKeys(engine: Engine): readonly Draft[] {
  const writes = engine.program.once(elementWrites);
  if (writes.length === 0 || !/\b_*uid\b|\+\+/.test(engine.program.text)) return [];
  const found = new Map<Declaration, Draft>();
  for (const { node, left } of writes) {
    const base = unwrap(left.expression);
    const record = ts.isIdentifier(base) ? engine.program.scopes.resolve(base) : undefined;
    if (
      !record ||
      found.has(record) ||
      !isLookedUp(record, left, engine) ||
      !isInstanceKey(left.argumentExpression, engine)
    )
      continue;
    const holder = holderOf(record, engine);
    if (!holder || isForgotten(record, holder, engine) || !repeats(node, engine)) continue;
    found.set(record, {
      kind: 'cache/record-only-grows',
      mechanism: 'unbounded-growth',
      severity: 'medium',
      confidence: 'medium',
      message: `The record of \`${shortText(holder)}\` gets an entry under \`${shortText(left.argumentExpression)}\` for each new instance; nothing ever removes from it, and it lives longer than they do.`,
      advice: 'Keep the entry with the instance, or in a `WeakMap` of its own.',
      node,
      trail: [
        { role: 'held', message: 'Held by an object of others', range: rangeOf(holder) },
        { role: 'grows', message: 'Grows with each instance', range: rangeOf(node) },
      ],
    });
  }
  return [...found.values()];
}

/** `uid` of some object, or a number that a factory raises with each call. */
function isInstanceKey(key: ts.Expression, engine: Engine): boolean {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made = declaration?.writes.length === 0 && declaration.path?.length === 0 ? declaration.initializer : undefined;
  if (!declaration || !made) return false;
  let found = false;
  walk(made, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isPropertyAccessExpression(node) && /^_+uid$/.test(node.name.text)) found = true;
    // One number per call of the function around, not per entry.
    if (isCounted(node, engine) && declaration.scope.func !== enclosingFunction(value)) found = true;
    return !found;
  });
  return found;
}

/** `next++` of a variable of the module. */
function isCounted(node: ts.Node, engine: Engine): boolean {
  if (!ts.isPostfixUnaryExpression(node) || !ts.isIdentifier(node.operand)) return false;
  const counter = engine.program.scopes.resolve(node.operand);
  return counter !== undefined && counter.scope.func === undefined;
}

/** A collection of the module, made there. */
function isOfModule(expression: ts.Expression, engine: Engine): boolean {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made = declaration?.initializer && unwrap(declaration.initializer);
  return declaration?.scope.func === undefined && made !== undefined && /^new (?:Weak)?Map\b/.test(made.getText());
}

/** Asked before it is filled, in the same function: a cache. */
function isLookedUp(record: Declaration, filled: ts.ElementAccessExpression, engine: Engine): boolean {
  const key = unwrap(filled.argumentExpression).getText();
  const fn = enclosingFunction(filled);
  return record.references.some((use) => {
    const up = wrapped(use).parent;
    return (
      up !== filled &&
      ts.isElementAccessExpression(up) &&
      unwrap(up.argumentExpression).getText() === key &&
      fn !== undefined &&
      isWithin(up, fn) &&
      !(isAssignment(up.parent) && up.parent.left === up) &&
      engine.program.scopes.resolve(use) === record
    );
  });
}

/** Where a record comes from: `x.cache || (x.cache = {})`, `weak.get(x)`; undefined where it may be one of this call. */
function holderOf({ initializer, path }: Declaration, engine: Engine): ts.Expression | undefined {
  const given = initializer && path?.length === 0 ? unwrap(initializer) : undefined;
  if (!given) return undefined;
  if (ts.isBinaryExpression(given)) {
    const holder = unwrap(given.left);
    const made = unwrap(given.right);
    return ts.isPropertyAccessExpression(holder) &&
      holder.expression.kind !== ts.SyntaxKind.ThisKeyword &&
      isAssignment(made) &&
      made.left.getText() === holder.getText() &&
      freshShape(made.right) === 'record'
      ? holder
      : undefined;
  }
  if (!ts.isCallExpression(given)) return undefined;
  const callee = unwrap(given.expression);
  return ts.isPropertyAccessExpression(callee) &&
    looksUpKey(callee.name.text) &&
    given.arguments.length === 1 &&
    isOfModule(callee.expression, engine)
    ? callee.expression
    : undefined;
}

/** Entries are deleted, or the holder is given another record. */
function isForgotten(record: Declaration, holder: ts.Expression, engine: Engine): boolean {
  const property = ts.isPropertyAccessExpression(holder) ? holder.name.text : undefined;
  let found = false;
  visitNodes(engine.program.sourceFile, removing, (node) => {
    if (ts.isDeleteExpression(node)) {
      const gone = unwrap(node.expression);
      if (ts.isElementAccessExpression(gone)) {
        const base = unwrap(gone.expression);
        if (ts.isIdentifier(base) && engine.program.scopes.resolve(base) === record) found = true;
      }
      if (ts.isPropertyAccessExpression(gone) && gone.name.text === property) found = true;
    }
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      deletesKey(node.expression.name.text) &&
      node.expression.expression.getText() === holder.getText()
    )
      found = true;
    return !found;
  });
  return found;
}
