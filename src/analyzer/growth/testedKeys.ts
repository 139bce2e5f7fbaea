/**
 * Entries that are asked for under one key and deleted under a part of it: `if (`${type}:${id}` in table) delete table[id]`.
 * What was found stays, and nothing is kept under the other key.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { select, visitNodes } from '../syntax/nodeIndex';
import { shortText } from '../syntax/shortText';
import { isWithin, lastName, lineOf, rangeOf, ts, unwrap, walk } from '../syntax/syntax';
import { asksForKey, deletesKey } from '../words/collections';
import { textOf } from './collections';

/** An entry of a collection, as it is asked for or taken out. */
interface Entry {
  readonly of: ts.Expression;
  readonly key: ts.Expression;
  readonly node: ts.Node;
}

const branches = select<ts.IfStatement>(ts.SyntaxKind.IfStatement);

/** Findings at the removals. */
export function findTestedKeys(engine: Engine): readonly Draft[] {
  const drafts: Draft[] = [];
  visitNodes(engine.program.sourceFile, branches, ({ expression, thenStatement }) => {
    const asked = askedIn(expression);
    if (asked.length === 0) return undefined;
    const removed = removedIn(thenStatement);
    for (const test of asked) {
      const same = removed.filter(
        ({ of }) => engine.program.places.same(of, test.of) || textOf(of) === textOf(test.of),
      );
      const [removal] = same;
      if (!removal || same.some(({ key }) => !isPartOf(key, test.key, engine))) continue;
      if (asked.some(({ key }) => textOf(key) === textOf(removal.key)) || isFilled(removal, engine)) continue;
      drafts.push(draftOf(test, removal));
    }
    return undefined;
  });
  return drafts;
}

function draftOf(test: Entry, removal: Entry): Draft {
  return {
    kind: 'cache/removal-wrong-identity',
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: `\`${shortText(test.of)}\` is asked for \`${shortText(test.key)}\` (line ${lineOf(test.node)}), and \`${shortText(removal.key)}\` is deleted here: the entry that was found stays.`,
    advice: 'Delete the entry by the key that it was found under.',
    node: removal.node,
    trail: [{ role: 'release', message: 'Matches another key than the one asked for', range: rangeOf(removal.key) }],
  };
}

/** `key in table`, `table.has(key)`, `table[key]`: what holds when the branch is taken. */
function askedIn(condition: ts.Expression): readonly Entry[] {
  const value = unwrap(condition);
  if (ts.isBinaryExpression(value)) {
    if (value.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return [...askedIn(value.left), ...askedIn(value.right)];
    return value.operatorToken.kind === ts.SyntaxKind.InKeyword
      ? [{ of: value.right, key: unwrap(value.left), node: value }]
      : [];
  }
  if (ts.isElementAccessExpression(value))
    return [{ of: value.expression, key: unwrap(value.argumentExpression), node: value }];
  const callee = ts.isCallExpression(value) ? unwrap(value.expression) : undefined;
  const [key] = ts.isCallExpression(value) ? value.arguments : [];
  return key && callee && ts.isPropertyAccessExpression(callee) && asksForKey(callee.name.text)
    ? [{ of: callee.expression, key: unwrap(key), node: value }]
    : [];
}

/** `delete table[key]`, `table.delete(key)`. */
function removedIn(branch: ts.Statement): readonly Entry[] {
  const found: Entry[] = [];
  walk(branch, (node) => {
    if (ts.isDeleteExpression(node)) {
      const entry = unwrap(node.expression);
      if (ts.isElementAccessExpression(entry))
        found.push({ of: entry.expression, key: unwrap(entry.argumentExpression), node });
    }
    if (!ts.isCallExpression(node)) return undefined;
    const callee = unwrap(node.expression);
    const [key] = node.arguments;
    if (key && ts.isPropertyAccessExpression(callee) && deletesKey(callee.name.text))
      found.push({ of: callee.expression, key: unwrap(key), node: callee });
    return undefined;
  });
  return found;
}

/** A variable that the key which was asked for is made of, among others. */
function isPartOf(part: ts.Expression, whole: ts.Expression, { program }: Engine): boolean {
  const declaration = ts.isIdentifier(part) ? program.scopes.resolve(part) : undefined;
  const key = ts.isIdentifier(whole) ? (program.scopes.resolve(whole)?.initializer ?? whole) : whole;
  const made = unwrap(key);
  const isText =
    (ts.isTemplateExpression(made) && (made.head.text !== '' || made.templateSpans.length > 1)) ||
    (ts.isBinaryExpression(made) && made.operatorToken.kind === ts.SyntaxKind.PlusToken);
  return declaration !== undefined && isText && declaration.references.some((one) => isWithin(one, made));
}

/** Does the file put entries in under the other key, too: a variable of that name? */
function isFilled({ of, key }: Entry, { program }: Engine): boolean {
  const name = lastName(of);
  const escaped = [name, key.getText()].map((text) => text.replace(/[$\\]/g, '\\$&'));
  return new RegExp(
    `\\b${escaped[0]}\\s*(?:\\[\\s*${escaped[1]}\\s*\\]\\s*=[^=]|\\.set\\(\\s*${escaped[1]}\\s*,|\\.add\\(\\s*${escaped[1]}\\s*\\))`,
  ).test(program.text);
}
