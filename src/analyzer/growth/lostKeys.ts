/**
 * Removals whose key is never that of an entry: a property that entries do not have, or the raw value of a key that is
 * spelled as a text wherever entries are put in and looked up.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { visitNodes } from '../syntax/nodeIndex';
import { binaries } from '../syntax/selections';
import { shortText } from '../syntax/shortText';
import { isAssignment, lineOf, propertyNameText, rangeOf, ts, unwrap } from '../syntax/syntax';
import type { Insertion, Removal } from './changes';
import { type Collection, draftAt, nounOf } from './collections';
import { otherForm } from './otherKeys';

/** The first removal of a collection that matches nothing. */
export function lostKey(collection: Collection, engine: Engine): Draft | undefined {
  return missingProperty(collection, engine) ?? otherSpelling(collection, engine) ?? unlikeKeys(collection, engine);
}

/** `table.set(uri.toString(), …)`, and `table.delete(uri.fsPath)`. */
function unlikeKeys(collection: Collection, engine: Engine): Draft | undefined {
  const other = otherForm(collection, engine);
  if (!other) return undefined;
  const { removal, insertion, written } = other;
  return draftOf(
    removal,
    insertion,
    collection,
    engine,
    `Entries of the ${nounOf[collection.container.shape]} \`${collection.container.name}\` are put in and looked up under \`${written}\` (line ${lineOf(insertion.node)}), and removed here under \`${removal.key ? shortText(removal.key) : ''}\`: nothing is removed.`,
    'Remove the entry by the key that it was put in under.',
  );
}

function draftOf(
  removal: Removal,
  insertion: Insertion,
  collection: Collection,
  engine: Engine,
  why: string,
  advice: string,
): Draft {
  const draft = draftAt(insertion, collection, engine, {
    kind: 'cache/removal-wrong-identity',
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: why,
    advice,
    steps: [{ role: 'release', message: 'Matches no entry', range: rangeOf(removal.key ?? removal.node) }],
  });
  return { ...draft, node: removal.node };
}

/** `const request = requests[id]; delete requests[request.id]`, where no request is given an `id`. */
function missingProperty(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const [insertion] = changes.insertions;
  for (const removal of changes.removals) {
    const key = removal.key && unwrap(removal.key);
    if (!insertion || !key || !ts.isPropertyAccessExpression(key)) continue;
    const property = key.name.text;
    if (!isEntry(key.expression, collection, engine)) continue;
    const literals = changes.insertions.map(({ value }) => literalOf(value, engine));
    if (!literals.every((literal) => literal !== undefined && lacks(literal, property))) continue;
    if (isGivenLater(property, engine)) continue;
    return draftOf(
      removal,
      insertion,
      collection,
      engine,
      `No entry of the ${nounOf[container.shape]} \`${container.name}\` is given a \`${property}\`: \`${shortText(key)}\` is undefined here, and nothing is removed.`,
      'Remove the entry by the key that it was put in under.',
    );
  }
  return undefined;
}

/** A variable that was looked up in the collection, and nothing else. */
function isEntry(expression: ts.Expression, { changes }: Collection, engine: Engine): boolean {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration?.initializer || declaration.path?.length !== 0 || declaration.writes.length > 0) return false;
  const given = unwrap(declaration.initializer);
  return changes.lookups.some((lookup) => lookup === given);
}

function literalOf(value: ts.Expression | undefined, engine: Engine): ts.ObjectLiteralExpression | undefined {
  const inner = value && unwrap(value);
  if (!inner) return undefined;
  if (ts.isObjectLiteralExpression(inner)) return inner;
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  const given =
    declaration?.writes.length === 0 && declaration.path?.length === 0 ? declaration.initializer : undefined;
  const made = given && unwrap(given);
  return made && ts.isObjectLiteralExpression(made) ? made : undefined;
}

function lacks({ properties }: ts.ObjectLiteralExpression, name: string): boolean {
  return properties.every((property) => {
    const own = property.name && propertyNameText(property.name);
    return own !== undefined && own !== name;
  });
}

/** `request.id = …`, on whatever: it may be an entry. */
function isGivenLater(name: string, engine: Engine): boolean {
  let found = /\bassign\(|\bextend\(|\bmerge\(/.test(engine.program.text);
  visitNodes(engine.program.sourceFile, binaries, (node) => {
    if (isAssignment(node) && ts.isPropertyAccessExpression(node.left) && node.left.name.text === name) found = true;
    return !found;
  });
  return found;
}

/** `map.set(String(origin), …)`, `map.get(String(origin))`, and `map.delete(origin)`. Keys of records are texts anyway. */
function otherSpelling(collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  if (container.shape !== 'map' && container.shape !== 'set') return undefined;
  const [insertion] = changes.insertions;
  const [removal] = changes.removals;
  const [first] = changes.insertions.map(({ key }) => spelledOf(key, engine));
  if (!insertion || !removal || !first) return undefined;
  if (!changes.insertions.every(({ key }) => spelledOf(key, engine) === first)) return undefined;
  const asked = [...changes.lookups, ...changes.tests].some(
    (look) => ts.isCallExpression(look) && spelledOf(look.arguments[0], engine) === first,
  );
  if (!asked || !changes.removals.every(({ key }) => isRaw(key, first, engine))) return undefined;
  return draftOf(
    removal,
    insertion,
    collection,
    engine,
    `Entries of the ${nounOf[container.shape]} \`${container.name}\` are put in under the text of \`${first}\` (line ${lineOf(insertion.node)}), and removed here by \`${first}\` itself: unless that is the same text, nothing is removed.`,
    'Spell the key in one way.',
  );
}

/** `origin` of `String(options.origin)`, `` `${origin}` ``, `origin.toString()`, and of a variable given such a text. */
function spelledOf(key: ts.Expression | undefined, engine: Engine, depth = 0): string | undefined {
  const value = key && unwrap(key);
  if (!value || depth > 2) return undefined;
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    if (!declaration || declaration.kind === 'parameter') return undefined;
    const given = [
      ...(declaration.initializer && declaration.path?.length === 0 ? [declaration.initializer] : []),
      ...declaration.writes.map((write) => write.value),
    ];
    return given.length === 1 ? spelledOf(given[0], engine, depth + 1) : undefined;
  }
  if (ts.isTemplateExpression(value)) {
    const [span] = value.templateSpans;
    const isWhole = value.head.text === '' && value.templateSpans.length === 1 && span?.literal.text === '';
    return isWhole && span ? nameOf(span.expression) : undefined;
  }
  if (!ts.isCallExpression(value)) return undefined;
  const callee = unwrap(value.expression);
  if (ts.isIdentifier(callee) && callee.text === 'String' && value.arguments[0]) return nameOf(value.arguments[0]);
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'toString' && value.arguments.length === 0
    ? nameOf(callee.expression)
    : undefined;
}

function nameOf(expression: ts.Expression): string | undefined {
  const value = unwrap(expression);
  if (ts.isIdentifier(value)) return value.text;
  return ts.isPropertyAccessExpression(value) ? value.name.text : undefined;
}

/** The value of that name as it came: a parameter that no type says to be a text. */
function isRaw(key: ts.Expression | undefined, name: string, engine: Engine): boolean {
  const value = key && unwrap(key);
  // `origin`, `clientOrigin`
  if (!value || !ts.isIdentifier(value) || !value.text.toLowerCase().endsWith(name.toLowerCase())) return false;
  const declaration = engine.program.scopes.resolve(value);
  return (
    declaration?.kind === 'parameter' &&
    declaration.writes.length === 0 &&
    ts.isParameter(declaration.node) &&
    declaration.node.type === undefined &&
    // In typed code the compiler says it.
    !/\.[cm]?tsx?$/.test(engine.program.path)
  );
}
