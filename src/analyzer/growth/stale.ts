/**
 * Caches whose entries carry a time and are judged by it when they are asked for, but never taken out: what is out of date
 * stays, and the keys that nobody asks for again stay for ever. The author's own check of the time states the obligation.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { shortText } from '../syntax/shortText';
import {
  enclosingFunction,
  isFunctionNode,
  lineOf,
  propertyNameText,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../syntax/syntax';
import type { Changes, Insertion, Removal } from './changes';
import { type Collection, draftAt, isInWholeTeardown, keysOf, nounOf, repeats, shrinksInLife } from './collections';
import { functionName } from './holders';
import { isShortLivedName } from './words';

/** A cache of entries with an end, which outlive it. */
export function neverExpires(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.checks.length + changes.nullings.length > 0 || changes.lookups.length === 0) return undefined;
  if (changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const isManual = shrinksInLife(collection).length > 0;
  // Who ends a session takes it out; those that nobody ends run out.
  if (isManual && !(collection.life.level === 'process' && changes.removals.every((one) => isAskedFor(one))))
    return undefined;
  if (isShortLivedName(container.owner?.name ?? '')) return undefined;
  for (const insertion of changes.insertions) {
    if (!insertion.key || !repeats(insertion.node, engine)) continue;
    const keys = keysOf(insertion, collection, engine);
    if (keys === 'closed') continue;
    const stamps = stampsOf(insertion, engine);
    const check = stamps && checkOf(stamps, changes, engine);
    if (!check || (isManual && !(keys === 'id' || keys === 'transient' || keys === 'open'))) continue;
    if (isManual && ![...stamps].some((name) => /expir|ttl|validUntil/i.test(name))) continue;
    return draftAt(insertion, collection, engine, {
      kind: container.shape === 'map' ? 'cache/map-without-eviction' : 'cache/record-only-grows',
      severity: 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps an entry for each \`${shortText(insertion.key)}\` after its time: line ${lineOf(check)} only asks whether it is still good, and nothing takes it out.`,
      advice: 'Delete what is out of date now and then, or keep at most a number of entries.',
      steps: [{ role: 'forgotten', message: 'Judges the entry by its time, and leaves it', range: rangeOf(check) }],
    });
  }
  return undefined;
}

/** Taken out by a function that does nothing but that, under the key that it is given. */
function isAskedFor({ node, key }: Removal): boolean {
  const fn = enclosingFunction(node);
  const name = key && unwrap(key);
  if (!fn || !name || !ts.isIdentifier(name)) return false;
  const isGiven = fn.parameters.some((parameter) => parameter.name.getText() === name.text);
  return (
    isGiven && functionName(fn) !== '' && !clock.test(fn.getText()) && !/\bfor\b|\bget\b|forEach/.test(fn.getText())
  );
}

const stampNames =
  /^(?:expir\w*|\w*expir(?:es|y|ation)\w*|ttl|validUntil|timestamp|(?:cached|fetched|stored|loaded|checked|saved|resolved|inserted|retrieved|refreshed)_?(?:at|on|time|date))$/i;

/** Members of the stored object that hold a time of the clock. */
function stampsOf({ value }: Insertion, engine: Engine): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  const made = value && unwrap(value);
  // `new Entry(value, Date.now() + ttl)`: only the entry knows its members.
  if (made && ts.isNewExpression(made))
    return made.arguments?.some((argument) => isOfClock(argument, engine)) ? found : undefined;
  const literal = value && literalOf(value, engine);
  for (const property of literal?.properties ?? []) {
    const name = property.name && propertyNameText(property.name);
    if (name === undefined || isFunctionNode(property)) continue;
    const given = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    if (given && (stampNames.test(name) || isOfClock(given, engine))) found.add(name);
  }
  return found.size > 0 ? found : undefined;
}

function literalOf(value: ts.Expression, engine: Engine): ts.ObjectLiteralExpression | undefined {
  const inner = unwrap(value);
  if (ts.isObjectLiteralExpression(inner)) return inner;
  const declaration = ts.isIdentifier(inner) ? engine.program.scopes.resolve(inner) : undefined;
  const made = declaration?.path?.length === 0 && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return made && ts.isObjectLiteralExpression(made) ? made : undefined;
}

const clock = /\b(?:Date\.now|performance\.now|hrtime)\b|\bnew Date\(\)|\bnow\b(?:\(\))?/;

/** Is it made of the present time? */
function isOfClock(expression: ts.Expression, engine: Engine): boolean {
  if (clock.test(expression.getText())) return true;
  let found = false;
  walk(expression, (node) => {
    const declaration = ts.isIdentifier(node) ? engine.program.scopes.resolve(node) : undefined;
    const made = declaration?.path?.length === 0 ? declaration.initializer : undefined;
    if (made && /^(?:Date|performance)\.now\(\)|^new Date\(\)|^\+new Date|\.now\(\)$/.test(made.getText()))
      found = true;
    return !found;
  });
  return found;
}

/** The comparison of an entry's time with the clock, in a function that looks entries up, or that such a function calls. */
function checkOf(stamps: ReadonlySet<string>, changes: Changes, engine: Engine): ts.Node | undefined {
  const readers = new Set(changes.lookups.map((lookup) => enclosingFunction(lookup)));
  for (const reader of readers) {
    if (!reader) continue;
    for (const fn of engine.program.callees.reachedFrom(reader)) {
      const check = comparisonIn(fn, stamps, engine);
      if (check) return check;
    }
  }
  return undefined;
}

function comparisonIn(fn: ts.Node, stamps: ReadonlySet<string>, engine: Engine): ts.Node | undefined {
  let found: ts.Node | undefined;
  walk(fn, (node) => {
    if (!found && isQuestion(node)) found = node;
    if (!found && ts.isBinaryExpression(node) && isOrder(node.operatorToken.kind) && isOfClock(node, engine)) {
      walk(node, (inner) => {
        const name = ts.isPropertyAccessExpression(inner) ? inner.name.text : ts.isIdentifier(inner) ? inner.text : '';
        if (stamps.has(name)) found = node;
        return found === undefined;
      });
    }
    return found === undefined;
  });
  return found;
}

/** `entry.isExpired()`, `isStale(entry)`. */
function isQuestion(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return /^(?:is|has)_?(?:Still)?(?:Expired|Stale|Outdated|Fresh|Valid|Alive)(?:Entry)?$/i.test(name);
}

function isOrder(operator: ts.SyntaxKind): boolean {
  return (
    operator === ts.SyntaxKind.GreaterThanToken ||
    operator === ts.SyntaxKind.GreaterThanEqualsToken ||
    operator === ts.SyntaxKind.LessThanToken ||
    operator === ts.SyntaxKind.LessThanEqualsToken
  );
}
