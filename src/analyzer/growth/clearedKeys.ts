/**
 * Removals by a key that was emptied just before: `delete job.pid; delete this.children[job.pid];`, `this.id = null;
 * table.delete(this.id);`. The entry stays, and nobody knows its key any more.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { callsNamed, inOrder } from '../program/callNames';
import { isEmptyValue } from '../program/emptyValues';
import type { Place } from '../program/places';
import { nodesIn, select } from '../syntax/nodeIndex';
import { shortText } from '../syntax/shortText';
import { isAssignment, lineOf, rangeOf, ts, unwrap } from '../syntax/syntax';
import { deletesKey, weakMembers } from '../words/collections';
import { findContainers } from './containers';

const deletions = select<ts.DeleteExpression>(ts.SyntaxKind.DeleteExpression);

/** All removals of a file whose key is gone. */
export function findClearedKeys(engine: Engine): readonly Draft[] {
  const { program } = engine;
  const found: Draft[] = [];
  const removals = [...nodesIn(program.sourceFile, deletions), ...callsNamed(program, deletesKey)].sort(inOrder);
  for (const node of removals) {
    const key = keyOf(node);
    const cleared = key && clearedBefore(key, node, engine);
    if (!key || !cleared || takesNothingAsKey(node, engine)) continue;
    found.push({
      kind: 'cache/removal-wrong-identity',
      mechanism: 'release-never-matches',
      severity: 'medium',
      confidence: 'high',
      message: `\`${shortText(node)}\` takes nothing out: line ${lineOf(cleared)} has emptied \`${shortText(key)}\`, and the entry stays.`,
      advice: 'Take the entry out first.',
      node,
      trail: [
        { role: 'exit', message: 'The key is gone from here on', range: rangeOf(cleared) },
        { role: 'release', message: 'Names no entry any more', range: rangeOf(key) },
      ],
    });
  }
  return found;
}

/** The key of `delete table[key]` and `table.delete(key)`. */
function keyOf(node: ts.DeleteExpression | ts.CallExpression): ts.Expression | undefined {
  if (ts.isCallExpression(node)) {
    const [key, more] = node.arguments;
    return key && !more ? unwrap(key) : undefined;
  }
  const entry = unwrap(node.expression);
  return ts.isElementAccessExpression(entry) ? unwrap(entry.argumentExpression) : undefined;
}

/** The statement of the same block that empties the key, with nothing between that could fill it again. */
function clearedBefore(key: ts.Expression, removal: ts.Node, engine: Engine): ts.Statement | undefined {
  if (!ts.isPropertyAccessExpression(key) && !ts.isIdentifier(key)) return undefined;
  const emptied = engine.program.places.of(key);
  if (isMadeByFunctions(emptied)) return undefined;
  const place = emptied?.key;
  const isKey = (one: ts.Expression): boolean =>
    unwrap(one).getText() === key.getText() && engine.program.places.of(unwrap(one))?.key === place;
  let at: ts.Node = removal;
  while (at.parent && !ts.isBlock(at.parent)) at = at.parent;
  // What the removal hangs on may tell whether there is a key.
  if (!ts.isExpressionStatement(at) || !ts.isBlock(at.parent)) return undefined;
  const { statements } = at.parent;
  for (let index = statements.indexOf(at) - 1; index >= 0; index--) {
    const statement = statements[index];
    if (!statement || !ts.isExpressionStatement(statement)) return undefined;
    const value = unwrap(statement.expression);
    if (ts.isDeleteExpression(value)) {
      if (isKey(value.expression)) return statement;
      continue;
    }
    if (isAssignment(value)) {
      if (isKey(value.left)) return isEmptyValue(unwrap(value.right)) ? statement : undefined;
      if (isQuiet(value.right)) continue;
      return undefined;
    }
    // `table.delete(key)`: what else is taken out changes no key.
    const callee = ts.isCallExpression(value) ? unwrap(value.expression) : undefined;
    if (!callee || !ts.isPropertyAccessExpression(callee) || !weakMembers.has(callee.name.text)) return undefined;
  }
  return undefined;
}

/** A property of the class that is made by functions: what it is given need not be what it gives. */
function isMadeByFunctions(place: Place | undefined): boolean {
  const [name] = place?.path ?? [];
  if (place?.root.kind !== 'owner' || name === undefined) return false;
  return place.root.owner.members.get(name)?.functions.some((fn) => ts.isAccessor(fn)) ?? false;
}

/** `new Map<string | null, Item>()`: nothing is a key like others. */
function takesNothingAsKey(removal: ts.DeleteExpression | ts.CallExpression, engine: Engine): boolean {
  const target = unwrap(removal.expression);
  if (!ts.isPropertyAccessExpression(target)) return false;
  const place = engine.program.places.of(unwrap(target.expression))?.key;
  const table = engine.once(findContainers).find((one) => one.place.key === place);
  return table?.keyType !== undefined && /\b(?:null|undefined)\b/.test(table.keyType.getText());
}

/** Names, members and constants: nothing runs. */
function isQuiet(value: ts.Expression): boolean {
  const inner = unwrap(value);
  return (
    ts.isLiteralExpression(inner) ||
    ts.isIdentifier(inner) ||
    inner.kind === ts.SyntaxKind.NullKeyword ||
    inner.kind === ts.SyntaxKind.TrueKeyword ||
    inner.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isPropertyAccessExpression(inner) && isQuiet(inner.expression))
  );
}
