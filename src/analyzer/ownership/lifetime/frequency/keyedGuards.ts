/**
 * Conditions that let code run once for each key of a table: `if (links[address]) return; links[address] = true;`. What is taken out
 * of the table when it is over lets the next one in, and no more.
 */

import { isEmptyValue } from '../../../program/emptyValues';
import type { FileScopes } from '../../../program/scopes';
import { nodesIn } from '../../../syntax/nodeIndex';
import { binaries, calls, names } from '../../../syntax/selections';
import { shortText } from '../../../syntax/shortText';
import { calledName, enclosingFunction, isAssignment, lastName, ts, unwrap, wrapped } from '../../../syntax/syntax';
import { asksForEntry, keyedInserts, looksUpKey, takesOutOrEmpties } from '../../../words/collections';
import { tellsThatOver } from '../../../words/events';
import { tellsWhichOne } from '../../../words/identities';
import { listenMethods } from '../../../words/listeners';
import { type Frequency, moreFrequent, runs } from './frequency';
import type { Judge } from './judge';
import { withoutLoops } from './occasions';

interface Entry {
  readonly table: ts.Expression;
  readonly key: ts.Expression;
}

/**
 * @param tested what is missing when the node is come to
 * @param body where the table is filled
 * @returns undefined where ids tell of any number of them
 */
export function onceForEachKey(
  tested: readonly ts.Expression[],
  body: ts.Node,
  node: ts.Node,
  judge: Judge,
): Frequency | undefined {
  const { places, scopes } = judge.program;
  // Of events there may be a few, or any number: that is asked of their names.
  if (ts.isCallExpression(node) && listenMethods.has(calledName(node))) return undefined;
  for (const one of tested) {
    const entry = entryOf(one, scopes);
    const root = entry && !ts.isLiteralExpression(entry.key) ? places.of(entry.table)?.root : undefined;
    if (!entry || !root || tellsWhichOne(lastName(entry.key))) continue;
    const fillings = fillingsOf(entry, body);
    // How much the table itself grows is another question.
    if (fillings.length === 0 || fillings.some((filling) => filling.pos === node.pos)) continue;
    const around = root.kind === 'declaration' ? root.declaration.scope.func : undefined;
    if (around !== undefined && around === enclosingFunction(one)) continue;
    if (isTakenOut(entry.table, judge)) continue;
    const each = runs('setup', { kind: 'forEachOne', name: shortText(entry.key) });
    if (root.kind === 'owner') return moreFrequent(judge.ofInstances(root.owner), each);
    return around && root.kind === 'declaration' ? moreFrequent(judge.of(root.declaration.node), each) : each;
  }
  return undefined;
}

/** `table[key]`, `table.get(key)`, `table.has(key)`, also as the value of a constant. */
function entryOf(tested: ts.Expression, scopes: FileScopes): Entry | undefined {
  const value = unwrap(tested);
  if (ts.isElementAccessExpression(value))
    return { table: unwrap(value.expression), key: unwrap(value.argumentExpression) };
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    const [key] = value.arguments;
    const asks = asksForEntry(calledName(value)) || looksUpKey(calledName(value));
    return asks && key && ts.isPropertyAccessExpression(callee)
      ? { table: unwrap(callee.expression), key: unwrap(key) }
      : undefined;
  }
  const { kind, initializer } = (ts.isIdentifier(value) && scopes.resolve(value)) || {};
  return kind === 'const' && initializer && !ts.isIdentifier(unwrap(initializer))
    ? entryOf(initializer, scopes)
    : undefined;
}

/** `table[key] = value`, `table.set(key, value)`: where an entry is put in. */
function fillingsOf({ table, key }: Entry, body: ts.Node): readonly ts.Node[] {
  const [ofTable, ofKey] = [table.getText(), key.getText()];
  return [
    ...nodesIn(body, binaries).filter((node) => {
      const left = isAssignment(node) && !isEmptyValue(node.right) ? unwrap(node.left) : undefined;
      return (
        left !== undefined &&
        ts.isElementAccessExpression(left) &&
        left.expression.getText() === ofTable &&
        left.argumentExpression.getText() === ofKey
      );
    }),
    ...nodesIn(body, calls).filter(({ expression, arguments: [first] }) => {
      const callee = unwrap(expression);
      return (
        ts.isPropertyAccessExpression(callee) &&
        keyedInserts.has(callee.name.text) &&
        callee.expression.getText() === ofTable &&
        first?.getText() === ofKey
      );
    }),
  ];
}

/** Is something taken out of a table of this name, but by what is told of the end? */
function isTakenOut(table: ts.Expression, judge: Judge): boolean {
  const name = lastName(table);
  return nodesIn(judge.program.sourceFile, names).some((use) => {
    if (use.text !== name) return false;
    const outer = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
    return takesOut(wrapped(outer)) && !isAtEnd(use, judge);
  });
}

/** `delete table[key]`, `table[key] = null`, `table.delete(key)`, another table in its place, or all of it given away. */
function takesOut(table: ts.Expression): boolean {
  const up = table.parent;
  // What others are given they may empty.
  if (ts.isCallExpression(up)) return up.expression !== table && !/^Object\./.test(up.expression.getText());
  if (isAssignment(up)) return up.left === table && enclosingFunction(up) !== undefined;
  if (ts.isPropertyAccessExpression(up)) return up.expression === table && takesOutOrEmpties(up.name.text);
  if (!ts.isElementAccessExpression(up) || up.expression !== table) return false;
  const use = wrapped(up).parent;
  return ts.isDeleteExpression(use) || (isAssignment(use) && use.left === wrapped(up) && isEmptyValue(use.right));
}

function isAtEnd(node: ts.Node, judge: Judge): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const occasion = withoutLoops(judge.ofFunction(fn).occasion);
    if (occasion.kind === 'event' && tellsThatOver(occasion.name)) return true;
  }
  return false;
}
