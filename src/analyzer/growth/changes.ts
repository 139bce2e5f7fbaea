/** What the code does to a collection: insertions, everything that makes it smaller, checks of its size, and where it escapes. */

import type { Engine } from '../engine';
import { declaredName } from '../program/memberNames';
import { enclosingFunction, isAssignment, isWithin, ts, unwrap, walk, wrapped } from '../syntax/syntax';
import {
  asks,
  counts,
  deletesKey,
  emptiesAll,
  goesThrough,
  inserts,
  looksUpKey,
  putsUnderKey,
  removes,
  setsKey,
  views,
} from '../words/collections';
import type { Container } from './containers';
import { isEmptying } from './words';

export interface Insertion {
  readonly node: ts.Node;
  readonly key: ts.Expression | undefined;
  readonly value: ts.Expression | undefined;
  /** Of a list that is asked for the value before it is put in, as a set is: the value is its key. */
  readonly isAsked?: boolean;
}

export interface Removal {
  readonly node: ts.Node;
  /** Key of the entry that leaves, where it is one by key. */
  readonly key: ts.Expression | undefined;
}

export interface Changes {
  readonly insertions: readonly Insertion[];
  /** Single entries leave: delete, shift, pop, splice, filter. */
  readonly removals: readonly Removal[];
  /** The whole is emptied or replaced: clear, length = 0, a fresh value. */
  readonly resets: readonly ts.Node[];
  /** Conditions on `size` or `length`. */
  readonly checks: readonly ts.Node[];
  /** Entries are looked up: `get`, `x[k]`. */
  readonly lookups: readonly ts.Node[];
  /** `has`, `includes`, `k in x`. */
  readonly tests: readonly ts.Node[];
  /** All entries are gone through: `for … of`, `forEach`, `map`. */
  readonly iterations: readonly ts.Node[];
  /** An entry's value is taken away, its key stays: `x[k] = null`, `set(k, undefined)`. */
  readonly nullings: readonly Insertion[];
  /** Others get the collection itself: returned, passed, stored. */
  readonly escapes: readonly ts.Node[];
}

type Draft = { -readonly [K in keyof Changes]: Changes[K][number][] };

/** Calls that look at a collection and keep nothing of it. */
const readers =
  /^(?:(?:_|lodash)\.(?:filter|map|forEach|each|find|findKey|some|every|reduce|keys|values|size|has|get|includes|isEmpty|sortBy|groupBy)|Object\.(?:keys|values|entries|freeze|hasOwn|fromEntries)|Array\.(?:from|isArray)|Promise\.\w+|Math\.\w+|String|Number|Boolean|expect|assert(?:\.\w+)*)$|(?:^|\.)(?:json|stringify|log|debug|info|warn|trace|format|inspect)$/;
const readonlyType = /^(?:Promise<\s*)?(?:readonly\b|Readonly\w*<|Iterable\w*<|Generator<|IterableIterator<)/;

const noChanges = (): Draft => ({
  insertions: [],
  removals: [],
  resets: [],
  checks: [],
  lookups: [],
  tests: [],
  iterations: [],
  nullings: [],
  escapes: [],
});

/**
 * Collects the changes of one collection.
 * @param loose uses of its name on values that may be its owner: what they take away counts, what they add does not
 */
export function changesOf(container: Container, loose: readonly ts.Expression[], engine: Engine): Changes {
  const changes = noChanges();
  const perhaps = noChanges();
  for (const use of loose) {
    const up = wrapped(use).parent;
    if (isAssignment(up) && up.left === wrapped(use)) perhaps.resets.push(up);
    else classifyRead(use, perhaps, engine, 0);
  }
  changes.removals.push(...perhaps.removals);
  changes.resets.push(...perhaps.resets);
  changes.checks.push(...perhaps.checks);
  changes.nullings.push(...perhaps.nullings);
  changes.lookups.push(...perhaps.lookups);
  changes.iterations.push(...perhaps.iterations);
  changes.escapes.push(...perhaps.escapes.filter((site) => !ts.isReturnStatement(site)));
  const { key } = container.place;
  for (const use of engine.uses.reads(key)) classifyRead(use, changes, engine, 0);
  for (const write of engine.uses.writes(key)) {
    if (
      (write === container.node && container.holder !== 'global' && !isEmptied(write)) ||
      (write !== container.node && isWithin(container.node, write))
    )
      continue;
    classifyWrite(write, container, changes, engine);
  }
  if (container.exported) changes.escapes.push(container.node);
  return container.shape === 'array' ? { ...changes, insertions: changes.insertions.map(asksOf(changes)) } : changes;
}

/** The only value that the file gives a field, in a method such as `reset`: it was made before, elsewhere. */
function isEmptied(write: ts.Node): boolean {
  const fn = enclosingFunction(write);
  return fn?.name !== undefined && isEmptying(declaredName(fn.name));
}

/** `if (list.includes(item)) return; list.push(item)`: the list is a set, and the item the key. */
function asksOf({ tests: asks }: Draft): (insertion: Insertion) => Insertion {
  return (insertion) => {
    const { node, value } = insertion;
    if (insertion.key || !value) return insertion;
    const text = unwrap(value).getText();
    const isAsked = asks.some((ask) => {
      const around = enclosingFunction(ask);
      if (!ts.isCallExpression(ask) || ask.pos > node.pos || (around && !isWithin(node, around))) return false;
      const callee = unwrap(ask.expression);
      const [what] = ask.arguments;
      if (!what || !ts.isPropertyAccessExpression(callee)) return false;
      return /^(?:includes|(?:lastI|i)ndexOf)$/.test(callee.name.text) && unwrap(what).getText() === text;
    });
    return isAsked ? { ...insertion, key: value, isAsked } : insertion;
  };
}

function classifyRead(use: ts.Expression, changes: Draft, engine: Engine, depth: number): void {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    classifyMember(up, changes);
    return;
  }
  if (ts.isElementAccessExpression(up) && up.expression === outer) {
    classifyElement(up, changes);
    return;
  }
  if ((ts.isForOfStatement(up) || ts.isForInStatement(up)) && up.expression === outer) {
    changes.iterations.push(up);
    return;
  }
  if (ts.isSpreadElement(up) || ts.isSpreadAssignment(up)) {
    changes.iterations.push(up);
    return;
  }
  if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.InKeyword) {
    changes.tests.push(up);
    return;
  }
  if (ts.isCallExpression(up) && up.expression !== outer) {
    if (readers.test(up.expression.getText())) changes.iterations.push(up);
    else classifyArgument(up, outer, changes, engine, depth);
    return;
  }
  if (
    ts.isReturnStatement(up) ||
    ts.isPropertyAssignment(up) ||
    ts.isShorthandPropertyAssignment(up) ||
    ts.isNewExpression(up) ||
    ts.isYieldExpression(up) ||
    ts.isArrayLiteralExpression(up) ||
    (ts.isArrowFunction(up) && up.body === outer)
  ) {
    const copies =
      ts.isNewExpression(up) && ts.isIdentifier(up.expression) && /^(?:Map|Set|Array)$/.test(up.expression.text);
    const type = ts.isArrowFunction(up) ? up.type : ts.isReturnStatement(up) ? enclosingFunction(up)?.type : undefined;
    if (copies || (type && readonlyType.test(type.getText()))) changes.iterations.push(up);
    else changes.escapes.push(up);
    return;
  }
  // `const [first] = pending`: some of them, and not the collection.
  if (ts.isVariableDeclaration(up) && ts.isArrayBindingPattern(up.name)) {
    changes.iterations.push(up);
    return;
  }
  if (ts.isVariableDeclaration(up) || (isAssignment(up) && up.right === outer)) {
    const declaration = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
    // A constant alias is the same place, and its uses are counted there.
    if (declaration && declaration.kind !== 'const' && depth < 3) {
      for (const reference of declaration.references) classifyRead(reference, changes, engine, depth + 1);
      return;
    }
    if (declaration?.kind !== 'const') changes.escapes.push(up);
  }
}

/** A function of this file that is given the collection does with it what it does with its parameter. */
function classifyArgument(
  call: ts.CallExpression,
  argument: ts.Expression,
  changes: Draft,
  engine: Engine,
  depth: number,
): void {
  const index = call.arguments.indexOf(argument);
  const targets = depth < 3 ? engine.program.callees.of(call) : [];
  const parameters = targets.map((target) => target.parameters[index]);
  if (targets.length === 0 || parameters.some((parameter) => !parameter || !ts.isIdentifier(parameter.name))) {
    changes.escapes.push(call);
    return;
  }
  for (const parameter of parameters)
    for (const reference of (parameter && engine.program.scopes.declarationOf(parameter)?.references) ?? [])
      classifyRead(reference, changes, engine, depth + 1);
}

function classifyMember(access: ts.PropertyAccessExpression, changes: Draft): void {
  const { text } = access.name;
  const call = wrapped(access).parent;
  const called = ts.isCallExpression(call) && unwrap(call.expression) === access ? call : undefined;
  if (called && inserts.has(text)) {
    const keyed = putsUnderKey(text);
    const insertion = {
      node: called,
      key: keyed ? called.arguments[0] : undefined,
      value: called.arguments[setsKey(text) ? 1 : 0],
    };
    if (setsKey(text) && isNothing(insertion.value)) changes.nullings.push(insertion);
    else changes.insertions.push(insertion);
  } else if (removes.has(text))
    changes.removals.push({ node: access, key: deletesKey(text) ? called?.arguments[0] : undefined });
  else if (emptiesAll(text)) changes.resets.push(access);
  else if (counts(text)) {
    if (isAssignment(access.parent) && access.parent.left === access) changes.resets.push(access.parent);
    else if (isComparison(access)) changes.checks.push(access);
  } else if (looksUpKey(text) && called) changes.lookups.push(called);
  else if (asks.has(text)) changes.tests.push(called ?? access);
  else if (goesThrough.has(text)) changes.iterations.push(called ?? access);
  else if (!views.has(text) && called) changes.escapes.push(access);
}

function classifyElement(access: ts.ElementAccessExpression, changes: Draft): void {
  const target = wrapped(access);
  const up = target.parent;
  if (isAssignment(up) && up.left === target) {
    const operator = up.operatorToken.kind;
    // record[k] += 1 changes an entry; record[k] ??= … adds one
    if (
      operator === ts.SyntaxKind.EqualsToken ||
      operator === ts.SyntaxKind.QuestionQuestionEqualsToken ||
      operator === ts.SyntaxKind.BarBarEqualsToken
    ) {
      const insertion = { node: up, key: access.argumentExpression, value: up.right };
      if (isNothing(up.right)) changes.nullings.push(insertion);
      else changes.insertions.push(insertion);
      if (operator !== ts.SyntaxKind.EqualsToken) changes.lookups.push(access);
    }
  } else if (ts.isDeleteExpression(up)) changes.removals.push({ node: up, key: access.argumentExpression });
  else changes.lookups.push(access);
}

/** `null`, `undefined`, `void 0`. */
function isNothing(value: ts.Expression | undefined): boolean {
  const inner = value && unwrap(value);
  return (
    inner !== undefined &&
    (inner.kind === ts.SyntaxKind.NullKeyword ||
      ts.isVoidExpression(inner) ||
      (ts.isIdentifier(inner) && inner.text === 'undefined'))
  );
}

function classifyWrite(write: ts.BinaryExpression, container: Container, changes: Draft, engine: Engine): void {
  const value = unwrap(write.right);
  // `x ??= new Map()`, `x = x || {}`: the first value, given late
  if (write.operatorToken.kind !== ts.SyntaxKind.EqualsToken) {
    // (x ??= []).push(v)
    classifyRead(write, changes, engine, 0);
    return;
  }
  const mentions = mentionsPlace(value, container.place.key, engine);
  if (ts.isBinaryExpression(value) && mentions) return;
  const isSpread = (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value)) && mentions;
  const isConcat =
    ts.isCallExpression(value) &&
    ts.isPropertyAccessExpression(value.expression) &&
    value.expression.name.text === 'concat' &&
    mentions;
  if (isSpread || isConcat) changes.insertions.push({ node: write, key: undefined, value: addedValue(value) });
  else if (mentions) changes.removals.push({ node: write, key: undefined });
  // emptied, or handed a value from elsewhere
  else changes.resets.push(write);
}

/** What a spread or a `concat` adds. */
function addedValue(value: ts.Expression): ts.Expression | undefined {
  if (ts.isArrayLiteralExpression(value)) return value.elements.find((element) => !ts.isSpreadElement(element));
  return ts.isCallExpression(value) ? value.arguments[0] : undefined;
}

/** Does the expression use the storage place? */
export function mentionsPlace(node: ts.Node, key: string, engine: Engine): boolean {
  let found = false;
  walk(node, (inner) => {
    if (
      (ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) &&
      engine.program.places.of(inner)?.key === key
    )
      found = true;
    return !found;
  });
  return found;
}

function isComparison(node: ts.Expression): boolean {
  const up = wrapped(node).parent;
  if (!ts.isBinaryExpression(up)) return false;
  const other = unwrap(up.left === wrapped(node) ? up.right : up.left);
  const operator = up.operatorToken.kind;
  const compares =
    operator === ts.SyntaxKind.GreaterThanToken ||
    operator === ts.SyntaxKind.GreaterThanEqualsToken ||
    operator === ts.SyntaxKind.LessThanToken ||
    operator === ts.SyntaxKind.LessThanEqualsToken;
  // `length > 0` asks whether there is anything, not whether there is too much.
  return compares && !(ts.isNumericLiteral(other) && Number(other.text) <= 1) && !ts.isForStatement(up.parent);
}
