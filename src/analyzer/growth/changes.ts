/** What the code does to a collection: insertions, everything that makes it smaller, checks of its size, and where it escapes. */
import type { Engine } from '../engine';
import { isAssignment, isWithin, ts, unwrap, walk, wrapped } from '../syntax';
import { type Container, freshShape } from './containers';

export interface Insertion {
  readonly node: ts.Node;
  readonly key: ts.Expression | undefined;
  readonly value: ts.Expression | undefined;
}

export interface Changes {
  readonly insertions: readonly Insertion[];
  /** Single entries leave: delete, shift, pop, splice, filter. */
  readonly removals: readonly ts.Node[];
  /** The whole is emptied or replaced: clear, length = 0, a fresh value. */
  readonly resets: readonly ts.Node[];
  /** Conditions on `size` or `length`. */
  readonly checks: readonly ts.Node[];
  /** Functions that look an entry up and hand it out: the mark of a cache. */
  readonly lookups: readonly ts.Node[];
  /** Others get the collection itself: returned, passed, stored. */
  readonly escapes: readonly ts.Node[];
}

const inserts = new Set(['set', 'add', 'push', 'unshift']);
const removes = new Set(['delete', 'splice', 'shift', 'pop']);
const reads = new Set([
  'get',
  'has',
  'size',
  'length',
  'forEach',
  'map',
  'filter',
  'find',
  'some',
  'every',
  'includes',
  'indexOf',
  'keys',
  'values',
  'entries',
  'slice',
  'reduce',
  'join',
  'at',
  'findIndex',
  'flatMap',
  'sort',
  'reverse',
  'concat',
  'hasOwnProperty',
  'toString',
  'lastIndexOf',
  'findLast',
  'flat',
]);
const readers =
  /^(?:Object\.(?:keys|values|entries|assign|freeze|hasOwn)|Array\.(?:from|isArray)|JSON\.stringify|console\.\w+|Math\.\w+|String|Number|Boolean|expect|assert(?:\.\w+)*)$/;

/** Collects the changes of one collection. */
export function changesOf(container: Container, engine: Engine): Changes {
  const changes = {
    insertions: [] as Insertion[],
    removals: [] as ts.Node[],
    resets: [] as ts.Node[],
    checks: [] as ts.Node[],
    lookups: [] as ts.Node[],
    escapes: [] as ts.Node[],
  };
  const { key } = container.place;
  for (const use of engine.uses.reads(key)) classifyRead(use, changes, engine);
  for (const write of engine.uses.writes(key)) {
    if (write === container.node || isWithin(container.node, write)) continue;
    classifyWrite(write, container, changes, engine);
  }
  if (container.exported) changes.escapes.push(container.node);
  return changes;
}

type Draft = { -readonly [K in keyof Changes]: Changes[K][number][] };

function classifyRead(use: ts.Expression, changes: Draft, engine: Engine): void {
  const outer = wrapped(use);
  const up = outer.parent;
  if (ts.isPropertyAccessExpression(up) && up.expression === outer) {
    const { text } = up.name;
    const call = wrapped(up).parent;
    const called = ts.isCallExpression(call) && unwrap(call.expression) === up ? call : undefined;
    if (called && inserts.has(text))
      changes.insertions.push({
        node: called,
        key: text === 'set' || text === 'add' ? called.arguments[0] : undefined,
        value: called.arguments[text === 'set' ? 1 : 0],
      });
    else if (removes.has(text)) changes.removals.push(up);
    else if (text === 'clear') changes.resets.push(up);
    else if (text === 'length' || text === 'size') {
      if (isAssignment(up.parent) && up.parent.left === up) changes.resets.push(up.parent);
      else if (isComparison(up)) changes.checks.push(up);
    } else if (text === 'get' && called) {
      changes.lookups.push(called);
      // map.get(k).push(v): the bucket grows
    } else if (!reads.has(text) && called) changes.escapes.push(up);
    return;
  }
  if (ts.isElementAccessExpression(up) && up.expression === outer) {
    const target = wrapped(up);
    if (isAssignment(target.parent) && target.parent.left === target) {
      const plain = target.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      // record[k] += 1 changes an entry; record[k] ??= … adds one
      if (
        plain ||
        target.parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
        target.parent.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken
      )
        changes.insertions.push({ node: target.parent, key: up.argumentExpression, value: target.parent.right });
    } else if (ts.isDeleteExpression(target.parent)) changes.removals.push(target.parent);
    else changes.lookups.push(up);
    return;
  }
  if (ts.isCallExpression(up) && up.expression !== outer) {
    if (!readers.test(up.expression.getText())) changes.escapes.push(up);
    return;
  }
  if (
    ts.isReturnStatement(up) ||
    ts.isPropertyAssignment(up) ||
    ts.isShorthandPropertyAssignment(up) ||
    ts.isNewExpression(up) ||
    ts.isYieldExpression(up) ||
    (ts.isArrowFunction(up) && up.body === outer)
  ) {
    const copies =
      ts.isNewExpression(up) && ts.isIdentifier(up.expression) && /^(?:Map|Set|Array)$/.test(up.expression.text);
    if (!copies) changes.escapes.push(up);
    return;
  }
  if (ts.isVariableDeclaration(up) || (isAssignment(up) && up.right === outer)) {
    const declaration = ts.isVariableDeclaration(up) ? engine.program.scopes.declarationOf(up) : undefined;
    // A constant alias is the same place, and its uses are counted there.
    if (declaration?.kind !== 'const') changes.escapes.push(up);
  }
}

function classifyWrite(write: ts.BinaryExpression, container: Container, changes: Draft, engine: Engine): void {
  const value = unwrap(write.right);
  const mentions = mentionsPlace(value, container.place.key, engine);
  const isSpread = (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value)) && mentions;
  const isConcat =
    ts.isCallExpression(value) &&
    ts.isPropertyAccessExpression(value.expression) &&
    value.expression.name.text === 'concat' &&
    mentions;
  if (isSpread || isConcat) changes.insertions.push({ node: write, key: undefined, value: undefined });
  else if (freshShape(value) && !mentions) changes.resets.push(write);
  // filtered, sliced, handed a value from elsewhere
  else changes.removals.push(write);
}

function mentionsPlace(node: ts.Node, key: string, engine: Engine): boolean {
  let found = false;
  walk(node, (inner) => {
    if (
      (ts.isIdentifier(inner) || ts.isPropertyAccessExpression(inner)) &&
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
