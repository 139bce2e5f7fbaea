/**
 * Entries that count who uses them and leave with the last one: `if (--entry.users === 0) table.delete(key)`. Where the first one
 * is not counted, the count passes by zero, and the entry stays.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, nounOf } from './collections';

/** The entry that is put in with a count of none, by one who uses it. */
export function uncountedFirst(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape === 'array' || changes.resets.length > 0) return undefined;
  const counts = changes.removals.map((removal) => countBefore(removal));
  const [count] = counts;
  if (!count || counts.some((one) => one?.name !== count.name)) return undefined;
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    const first = literalOf(insertion, engine);
    const zero = first && countIn(first, count.name);
    if (!fn || !zero || !isWithin(count.node, fn)) continue;
    if (isHandedOn(insertion, fn, engine)) continue;
    const raised = raises(fn, count.name);
    // Counted on the ways on which one is found, and on none after it is put in.
    if (raised.length === 0 || raised.some((node) => !isOnOtherWay(node, insertion.node))) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `Who puts the entry into the ${nounOf[container.shape]} \`${container.name}\` is not counted (\`${zero.getText()}\`, line ${lineOf(zero)}): the count on line ${lineOf(count.node)} is below zero with the last one, and the entry stays.`,
      advice: 'Begin with a count of one.',
      steps: [{ role: 'release', message: 'Never zero with the last one', range: rangeOf(count.node) }],
    });
  }
  return undefined;
}

interface Count {
  readonly name: string;
  readonly node: ts.Expression;
}

/** `--entry.users === 0` around a removal. */
function countBefore({ node }: Removal): Count | undefined {
  for (let at: ts.Node = node, up = at.parent; up; at = up, up = up.parent) {
    if (!ts.isIfStatement(up) || up.thenStatement !== at) continue;
    const condition = unwrap(up.expression);
    if (!ts.isBinaryExpression(condition) || unwrap(condition.right).getText() !== '0') return undefined;
    const operator = condition.operatorToken.kind;
    if (operator !== ts.SyntaxKind.EqualsEqualsEqualsToken && operator !== ts.SyntaxKind.EqualsEqualsToken)
      return undefined;
    const counted = unwrap(condition.left);
    if (!ts.isPrefixUnaryExpression(counted) || counted.operator !== ts.SyntaxKind.MinusMinusToken) return undefined;
    const member = unwrap(counted.operand);
    return ts.isPropertyAccessExpression(member) ? { name: member.name.text, node: counted } : undefined;
  }
  return undefined;
}

/** The object that is put in: written there, or what the variable was given last. */
function literalOf({ value, node }: Insertion, { program }: Engine): ts.ObjectLiteralExpression | undefined {
  const inner = value && unwrap(value);
  if (!inner || ts.isObjectLiteralExpression(inner)) return inner;
  const declaration = ts.isIdentifier(inner) ? program.scopes.resolve(inner) : undefined;
  const given = [declaration?.initializer, ...(declaration?.writes ?? []).map((write) => write.value)]
    .filter((one) => one !== undefined)
    .map((one) => unwrap(one))
    .filter((one) => one.pos < node.pos && ts.isObjectLiteralExpression(one));
  const last = given.at(-1);
  return last && ts.isObjectLiteralExpression(last) ? last : undefined;
}

/** `users: 0` */
function countIn({ properties }: ts.ObjectLiteralExpression, name: string): ts.Node | undefined {
  return properties.find(
    (property) =>
      ts.isPropertyAssignment(property) &&
      propertyNameText(property.name) === name &&
      unwrap(property.initializer).getText() === '0',
  );
}

/** `entry.users++`, `++entry.users`, `entry.users += 1` */
function raises(fn: ts.Node, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  walk(fn, (node) => {
    const target =
      (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
      node.operator === ts.SyntaxKind.PlusPlusToken
        ? unwrap(node.operand)
        : isAssignment(node) && node.operatorToken.kind !== ts.SyntaxKind.MinusEqualsToken
          ? unwrap(node.left)
          : undefined;
    if (target && ts.isPropertyAccessExpression(target) && target.name.text === name) found.push(node);
    return undefined;
  });
  return found;
}

/** In the one branch of a condition of which the other is in the other. */
function isOnOtherWay(node: ts.Node, other: ts.Node): boolean {
  for (let at = node, up = node.parent; up; at = up, up = up.parent) {
    if (!ts.isIfStatement(up) || !isWithin(other, up)) continue;
    return at !== up.expression && !isWithin(other, at) && !isWithin(other, up.expression);
  }
  return false;
}

/** On the same way the entry, or its key, goes to another function, which may count: `retain(entry)`, `return acquire(key)`. */
function isHandedOn({ node, value, key }: Insertion, fn: FunctionNode, { program }: Engine): boolean {
  const { places } = program;
  let way: ts.Node = node;
  while (way.parent !== fn && !(ts.isBlock(way) && way.parent !== fn)) way = way.parent;
  let found = false;
  walk(way === fn.body ? node : way, (inner) => {
    if (ts.isCallExpression(inner) && inner.pos > node.end)
      found ||= inner.arguments.some((one) => [value, key].some((given) => given && places.same(one, given)));
    return !found;
  });
  return found;
}
