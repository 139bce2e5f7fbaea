/**
 * Conditions that let code run once for each key of a table: `if (links[address]) return; links[address] = true;`. An entry that is
 * emptied when it is over lets the next one in, and no more.
 */
import { elementWrites } from '../../../growth/elementWrites';
import { isEmptyValue } from '../../../program/emptyValues';
import type { FileProgram } from '../../../program/program';
import { shortText } from '../../../syntax/shortText';
import { calledName, enclosingFunction, isWithin, lastName, ts, unwrap } from '../../../syntax/syntax';
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
  const { places, scopes } = judge.program;
  const entry = tested.map(unwrap).find(ts.isElementAccessExpression);
  const root = entry && places.of(entry.expression)?.root;
  // Of events that is asked of their names.
  if (!entry || !root || (ts.isCallExpression(node) && listenMethods.has(calledName(node)))) return undefined;
  const key = unwrap(entry.argumentExpression);
  const table = entry.expression.getText();
  if (ts.isLiteralExpression(key) || tellsWhichOne(lastName(key)) || /\breq(?:uest)?\b/.test(key.getText()))
    return undefined;
  const known = judge.program.once(tablesOf)(table, lastName(entry.expression));
  // How much the table itself grows is another question.
  if (known.isGivenAway || known.places.has(node.pos) || known.emptied.length > mostEmptied) return undefined;
  if (!known.emptied.every((write) => isAtEnd(write, judge))) return undefined;
  const isFilled = known.filled.get(entry.getText())?.some((write) => isWithin(write, body)) === true;
  const each = runs('setup', { kind: 'forEachOne', name: shortText(key) });
  if (!isFilled || root.kind !== 'declaration')
    return isFilled && root.kind === 'owner' ? moreFrequent(judge.ofInstances(root.owner), each) : undefined;
  const { scope, writes, node: declared } = root.declaration;
  if (writes.length > 0 || scope.func === enclosingFunction(entry)) return undefined;
  // Another file may empty it.
  if ([...scopes.exports.values()].includes(root.declaration)) return undefined;
  return scope.func ? moreFrequent(judge.of(declared), each) : each;
}

/** What a file does with one table. */
interface Table {
  readonly places: Set<number>;
  readonly emptied: ts.Node[];
  /** By the texts of their entries. */
  readonly filled: Map<string, ts.Node[]>;
}

/** Each entry may have an end of its own: of more nobody asks. */
const mostEmptied = 50;

/** Of each table once: files have been made that ask thousands of times. */
const tablesOf = (
  program: FileProgram,
): ((table: string, name: string) => Table & { readonly isGivenAway: boolean }) => {
  const tables = new Map<string, Table>();
  const of = (table: string): Table => {
    let known = tables.get(table);
    if (!known) {
      known = { places: new Set(), emptied: [], filled: new Map() };
      tables.set(table, known);
    }
    return known;
  };
  for (const { node: write, left } of program.once(elementWrites)) {
    const { places, emptied, filled } = of(left.expression.getText());
    if (isEmptyValue(write.right)) emptied.push(write);
    else {
      places.add(write.pos);
      const entry = left.getText();
      const others = filled.get(entry);
      if (others) others.push(write);
      else filled.set(entry, [write]);
    }
  }
  const given = new Map<string, boolean>();
  return (table, name) => {
    const isGivenAway = given.get(name) ?? mayBeEmptied(name, program.text);
    given.set(name, isGivenAway);
    return { ...of(table), isGivenAway };
  };
};

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
