/**
 * Conditions that let code run once for each key of a table: `if (links[address]) return; links[address] = true;`. An entry that is
 * emptied when it is over lets the next one in, and no more.
 */
import { isEmptyValue } from '../../../program/emptyValues';
import { nodesIn } from '../../../syntax/nodeIndex';
import { binaries } from '../../../syntax/selections';
import { shortText } from '../../../syntax/shortText';
import { calledName, enclosingFunction, isAssignment, isWithin, lastName, ts, unwrap } from '../../../syntax/syntax';
import { tellsThatOver } from '../../../words/events';
import { tellsWhichOne } from '../../../words/identities';
import { listenMethods } from '../../../words/listeners';
import { type Frequency, moreFrequent, runs } from './frequency';
import type { Judge } from './judge';

/**
 * @param tested what is missing when the node is come to
 * @param body where the table is filled
 * @returns undefined where there may be any number of keys, as of ids, or others may empty the table
 */
export function onceForEachKey(
  tested: readonly ts.Expression[],
  body: ts.Node,
  node: ts.Node,
  judge: Judge,
): Frequency | undefined {
  const { places, scopes, sourceFile, text } = judge.program;
  const entry = tested.map(unwrap).find(ts.isElementAccessExpression);
  const root = entry && places.of(entry.expression)?.root;
  // Of events that is asked of their names.
  if (!entry || !root || (ts.isCallExpression(node) && listenMethods.has(calledName(node)))) return undefined;
  const key = unwrap(entry.argumentExpression);
  const table = entry.expression.getText();
  if (ts.isLiteralExpression(key) || tellsWhichOne(lastName(key)) || /\breq(?:uest)?\b/.test(key.getText()))
    return undefined;
  if (mayBeEmptied(lastName(entry.expression), text)) return undefined;
  let isFilled = false;
  for (const write of nodesIn(sourceFile, binaries)) {
    const left = unwrap(write.left);
    if (!isAssignment(write) || !ts.isElementAccessExpression(left) || left.expression.getText() !== table) continue;
    if (isEmptyValue(write.right)) {
      if (!isAtEnd(write, judge)) return undefined;
      // How much the table itself grows is another question.
    } else if (write.pos === node.pos) return undefined;
    else isFilled ||= isWithin(write, body) && left.getText() === entry.getText();
  }
  const each = runs('setup', { kind: 'forEachOne', name: shortText(key) });
  if (!isFilled || root.kind !== 'declaration')
    return isFilled && root.kind === 'owner' ? moreFrequent(judge.ofInstances(root.owner), each) : undefined;
  const { scope, writes, node: declared } = root.declaration;
  if (writes.length > 0 || scope.func === enclosingFunction(entry)) return undefined;
  // Another file may empty it.
  if ([...scopes.exports.values()].includes(root.declaration)) return undefined;
  return scope.func ? moreFrequent(judge.of(declared), each) : each;
}

/** `delete table[key]`, `clear(table)`, `const { table } = state`, a second `table = {}`: more than its entries and its first value. */
function mayBeEmptied(name: string, text: string): boolean {
  const table = `(?<![\\w$])${name.replace(/\$/g, '\\$&')}(?![\\w$])`;
  const given = `\\s*\\??[:=](?![=>])`;
  return (
    new RegExp(`\\bdelete\\s+[\\w$.]*${table}|(?<!\\bObject\\.\\w+\\(\\s*)${table}(?!\\s*\\[|${given})`).test(text) ||
    [...text.matchAll(new RegExp(table + given, 'g'))].length > 1
  );
}

function isAtEnd(node: ts.Node, judge: Judge): boolean {
  const fn = enclosingFunction(node);
  const occasion = fn && judge.ofFunction(fn).occasion;
  return occasion?.kind === 'event' && tellsThatOver(occasion.name);
}
