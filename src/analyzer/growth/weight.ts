/**
 * How much does a table weigh that keeps one entry more? A number or a short text for each thing that there is, is nearly
 * nothing; what weighs is an entry for each piece of work that goes by, and one that holds an object, a promise or a handler.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Occasion } from '../ownership/lifetime/frequency/occasions';
import { nodesIn } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { enclosingFunction, isFunctionNode, isWithin, ts, unwrap, wrapped } from '../syntax/syntax';
import { isEventMethod } from '../words/events';
import { isEndingCall } from '../words/releases';
import type { Insertion } from './changes';
import { type Collection, keysOf } from './collections';
import { keepsComing } from './evidence';
import { bringsNewKeys } from './freshness';
import { isEndless, isOfVisitor } from './keys';
import { weighedList } from './listWeight';
import { isMadeWhereMissing } from './madeWhereMissing';
import { isSentFromOutside } from './outside';
import { isQueueLink } from './queues';
import { renewalOf } from './renewals';
import { isWriteOnly } from './unread';
import { isHoldingName, isSeenName, isSmallCall, looksUp, makesFresh, namesRefused, smallMembers } from './words';

/** Kinds of tables by key. What is appended has no key, and is one more each time. */
const byKey: ReadonlySet<string> = new Set([
  'cache/client-per-key',
  'cache/map-without-eviction',
  'cache/record-only-grows',
  'cache/set-field-only-grows',
  'cache/sibling-collection-forgotten',
  'cache/entry-left-after-completion',
  'cache/entry-left-after-rejection',
  'cache/entry-nulled-not-deleted',
]);

/** Kinds of which nothing more is told than that nothing seems to bound them. */
const plain: ReadonlySet<string> = new Set([
  'cache/array-only-pushed',
  'cache/map-without-eviction',
  'cache/record-only-grows',
]);

/**
 * The weighed draft of what nothing seems to bound, where nothing more speaks for it. Of 12 such reports of MEDIUM in repositories
 * that nobody had opened readers called none right: a hint. Of those that weighed less and whose keys are not seen to be ever
 * new, none of 15: hidden.
 */
export function asJudged(draft: Draft, collection: Collection, engine: Engine): Draft {
  const own = weighed(draft, collection, engine);
  if (!plain.has(own.kind) || own.mechanism !== 'unbounded-growth' || own.severity === 'high') return own;
  if (isWriteOnly(collection, engine)) return own;
  if (own.severity === 'medium') return { ...own, severity: 'low' };
  const insertion = collection.changes.insertions.find(({ node }) => node === own.node);
  if (insertion && isQueueLink(insertion, collection, engine)) return own;
  const keys = insertion?.key && keysOf(insertion, collection, engine);
  const isWorth = keys ? keys === 'open' || keys === 'transient' : draft.severity === 'low';
  return isWorth ? own : { ...own, confidence: 'low' };
}

/**
 * The draft with less severity where what grows is light: right, and hardly worth a change. Where nothing would be gained by
 * one, it is hidden.
 */
export function weighed(draft: Draft, collection: Collection, engine: Engine): Draft {
  const insertion = collection.changes.insertions.find(({ node }) => node === draft.node);
  if (insertion && !insertion.isAsked && !byKey.has(draft.kind))
    return weighedList(draft, insertion, collection, engine);
  if (!insertion?.key || !(byKey.has(draft.kind) || insertion.isAsked)) return draft;
  if (draft.severity !== 'low' && weighs(draft, insertion, insertion.key, collection, engine)) return draft;
  const isWorth = pays(draft, insertion, insertion.key, collection, engine);
  return { ...draft, severity: 'low', confidence: isWorth ? draft.confidence : 'low' };
}

/** Would it be of use to take such entries out? What is light, or of keys that come again, may stay. */
function pays(draft: Draft, insertion: Insertion, key: ts.Expression, collection: Collection, engine: Engine): boolean {
  const isLight = isLightEntry(insertion, collection, engine);
  if (isEndless(key) || isFreshKey(insertion, engine)) return true;
  const { level, isLooped = false } = renewalOf(insertion, engine);
  const keys = keysOf(insertion, collection, engine);
  const isOpen = keys === 'open' || keys === 'transient' || keepsComing(key, engine);
  switch (draft.mechanism) {
    case 'release-never-matches':
      return isOpen;
    case 'unbounded-growth':
      return !isLight || (level === 'hot' && !isLooped) || isSeenName(collection.container.name) || isOpen;
    default:
      return true;
  }
}

function weighs(
  draft: Draft,
  insertion: Insertion,
  key: ts.Expression,
  collection: Collection,
  engine: Engine,
): boolean {
  const { container, changes } = collection;
  const isNew = isEndless(key) || (isFreshKey(insertion, engine) && !isMadeOnce(insertion));
  const isLight = isLightEntry(insertion, collection, engine);
  const keys = keysOf(insertion, collection, engine);
  const { level, occasion, isLooped = false } = renewalOf(insertion, engine);
  // A loop fills as much as it is given; only events, requests and timers come for ever.
  const isHot = level === 'hot' && !isLooped;
  switch (draft.mechanism) {
    case 'error-or-early-exit-path':
      // The next entry under the same key takes the place of the one that was left, unless the old one stands in its way.
      return (
        isNew ||
        keys === 'transient' ||
        isMade(key, engine) ||
        (draft.kind === 'cache/entry-left-after-rejection' && !isLight && isGuard(insertion, key, collection))
      );
    case 'release-never-matches':
      return isNew && !isLight;
    case 'no-release-on-dispose':
      // The next entry under the same key takes the place of the one that is done with.
      return isNew || isMade(key, engine) || (!isLight && keepsComing(key, engine));
    default: {
      const comes = isHot && bringsNewKeys(insertion, key, occasion, collection, engine);
      const isOfMany = isNew || (comes && isOfOutsiders(occasion, key, container.name));
      if (isLight && !isOfMany && isMemoryOfRefused(collection)) return false;
      // What a handler without a named event is told may be the same each time, unless it is of somebody who comes and goes.
      const isSure = isNew || occasion.kind !== 'handler' || isOfVisitor(key, container.name);
      if (isLight && !(isHot && isOfMany && isSure)) return isNew && isSeenName(container.name);
      if (isOfMany) return true;
      if (endsFormer(insertion, key, collection)) return false;
      if (comes) return true;
      if (isHot)
        return (
          isMadeWhereMissing(insertion, collection, engine) ||
          holdsMuch(insertion, collection, engine) ||
          isWriteOnly(collection, engine)
        );
      // Whoever empties it knows when it is stale.
      if (changes.resets.length + changes.removals.length > 0) return false;
      return keepsComing(key, engine) && holdsMuch(insertion, collection, engine);
    }
  }
}

/** A key that no one asks for again: made of the time, a random number or a counter. */
export function isFreshKey({ key }: Insertion, engine: Engine): boolean {
  const value = key && unwrap(key);
  const declaration = value && ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made = declaration?.initializer ?? value;
  return made !== undefined && makesFresh(made.getText());
}

/** `const known = table.get(style); if (known) return known;` before it: one for each content, and not for each call. */
function isMadeOnce({ node }: Insertion): boolean {
  for (let at = node, up = node.parent; up && !isFunctionNode(at); at = up, up = up.parent) {
    if (!ts.isBlock(up)) continue;
    const before = up.statements.filter((one) => one.end <= at.pos);
    const known = before.flatMap((one) => (ts.isVariableStatement(one) ? one.declarationList.declarations : []));
    const isAsked = (name: string): boolean =>
      known.some(
        ({ name: own, initializer }) =>
          own.getText() === name && initializer !== undefined && looksUp(initializer.getText()),
      );
    if (before.some((one) => ts.isIfStatement(one) && returns(one.thenStatement) && isAsked(one.expression.getText())))
      return true;
  }
  return false;
}

function returns(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && ts.isReturnStatement(last);
}

/** For each request, or under the name of who sends what comes in. Plain messages are of a partner, who has few things to name. */
function isOfOutsiders(occasion: Occasion, key: ts.Expression, table: string): boolean {
  return (
    (isSentFromOutside(occasion) && !isOfPartner(occasion)) || (isOfVisitor(key, table) && !isToldByHost(occasion))
  );
}

/** `socket.on('message', …)`, `runtime.onMessage(…)` */
function isOfPartner(occasion: Occasion): boolean {
  return (occasion.kind === 'event' || occasion.kind === 'handler') && /^(?:on)?message$/i.test(occasion.name);
}

/** `failedUrls`, `rejectedCalls`: what did not go well, asked for so that it is not tried again. It has to be remembered, and is rare. */
function isMemoryOfRefused({ container, changes }: Collection): boolean {
  return changes.tests.length > 0 && namesRefused(container.name);
}

/** `modals.get(key)?.destroy(); modals.set(key, open());`: the same keys come again. */
function endsFormer({ node }: Insertion, key: ts.Expression, { changes }: Collection): boolean {
  const fn = enclosingFunction(node);
  return changes.lookups.some((lookup) => {
    if (!fn || !isWithin(lookup, fn) || lookup.end > node.pos || !lookup.getText().includes(unwrap(key).getText()))
      return false;
    const outer = wrapped(lookup as ts.Expression);
    const name = ts.isVariableDeclaration(outer.parent) ? outer.parent.name.getText() : outer.getText();
    return nodesIn(fn, calls).some((call) => {
      const callee = unwrap(call.expression);
      return (
        call.end <= node.pos &&
        ts.isPropertyAccessExpression(callee) &&
        callee.expression.getText() === name &&
        isEndingCall(callee.name.text)
      );
    });
  });
}

/** What the editor or the page tells of itself. */
function isToldByHost(occasion: Occasion): boolean {
  return occasion.kind === 'handler' && isEventMethod(occasion.name);
}

/** `pending.add(new Job())`, `pending.add(job)` where it is made anew: no other entry is ever the same. */
function isMade(key: ts.Expression, { program }: Engine): boolean {
  const value = unwrap(key);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  const made = declaration?.scope.func && declaration.initializer ? unwrap(declaration.initializer) : value;
  return ts.isNewExpression(made) || isFunctionNode(made) || ts.isObjectLiteralExpression(made);
}

/** What is there is asked for where the next is put in: `if (running.has(key)) return`. */
function isGuard({ node }: Insertion, key: ts.Expression, { changes }: Collection): boolean {
  const fn = enclosingFunction(node);
  const text = unwrap(key).getText();
  return (
    fn !== undefined &&
    [...changes.tests, ...changes.lookups].some(
      (ask) => isWithin(ask, fn) && ask.pos < node.pos && ask.getText().includes(text),
    )
  );
}

/** Numbers, flags, times, ids and short texts, by how they are written or by the type of the table. */
function isLightEntry(insertion: Insertion, { container }: Collection, engine: Engine): boolean {
  if (container.shape === 'set' || insertion.isAsked)
    return (
      insertion.key !== undefined &&
      isLightKey(insertion.key, container.keyType ?? elementTypeOf(container.node), engine)
    );
  const type = valueTypeOf(container.node);
  if (type) return isLightType(type, engine);
  return insertion.value !== undefined && isLightValue(insertion.value, engine);
}

/** A member of a set that is no object, as far as it is told. */
function isLightKey(key: ts.Expression, type: ts.TypeNode | undefined, engine: Engine): boolean {
  if (type) return isLightType(type, engine);
  const value = unwrap(key);
  return isLightValue(value, engine) || (ts.isPropertyAccessExpression(value) && smallMembers.test(value.name.text));
}

/** `string` of `const names: string[] = []` */
function elementTypeOf(node: ts.Node): ts.TypeNode | undefined {
  const type = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) ? node.type : undefined;
  return type && ts.isArrayTypeNode(type) ? type.elementType : undefined;
}

function valueTypeOf(node: ts.Node): ts.TypeNode | undefined {
  const declared = ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) ? node : undefined;
  const { type } = declared ?? {};
  if (type && ts.isTypeReferenceNode(type)) return type.typeArguments?.[1];
  if (type && ts.isTypeLiteralNode(type)) {
    const [only] = type.members;
    return only && ts.isIndexSignatureDeclaration(only) ? only.type : undefined;
  }
  const made = declared?.initializer && unwrap(declared.initializer);
  return made && ts.isNewExpression(made) ? made.typeArguments?.[1] : undefined;
}

function isLightType(type: ts.TypeNode, engine: Engine, depth = 0): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.every((one) => isLightType(one, engine, depth));
  if (ts.isParenthesizedTypeNode(type)) return isLightType(type.type, engine, depth);
  if (ts.isLiteralTypeNode(type)) return true;
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
    case ts.SyntaxKind.StringKeyword:
    case ts.SyntaxKind.BooleanKeyword:
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.BigIntKeyword:
      return true;
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName) || depth > 3) return false;
  const node = engine.program.scopes.lookup(type.typeName.text, type)?.node;
  if (!node) return false;
  // Of another file: `E2EStatus`, `UserId`.
  if (ts.isImportSpecifier(node)) return /\w(?:Id|Key|Status|Level|Kind|Mode)$/.test(type.typeName.text);
  return ts.isEnumDeclaration(node) || (ts.isTypeAliasDeclaration(node) && isLightType(node.type, engine, depth + 1));
}

function isLightValue(given: ts.Expression, engine: Engine, depth = 0): boolean {
  const value = unwrap(given);
  if (ts.isLiteralExpression(value)) return !ts.isRegularExpressionLiteral(value);
  if (ts.isTemplateExpression(value) || ts.isTypeOfExpression(value) || ts.isPrefixUnaryExpression(value)) return true;
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (ts.isPostfixUnaryExpression(value)) return true;
  if (ts.isConditionalExpression(value))
    return isLightValue(value.whenTrue, engine, depth) && isLightValue(value.whenFalse, engine, depth);
  if (ts.isBinaryExpression(value)) {
    const operator = value.operatorToken.kind;
    const gives =
      operator === ts.SyntaxKind.BarBarToken ||
      operator === ts.SyntaxKind.QuestionQuestionToken ||
      operator === ts.SyntaxKind.AmpersandAmpersandToken;
    return !gives || (isLightValue(value.left, engine, depth) && isLightValue(value.right, engine, depth));
  }
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return isSmallCall(name);
  }
  if (ts.isPropertyAccessExpression(value)) return smallMembers.test(value.name.text);
  if (!ts.isIdentifier(value) || depth > 3) return false;
  const declaration = engine.program.scopes.resolve(value);
  const node = declaration?.node;
  const type = node && (ts.isParameter(node) || ts.isVariableDeclaration(node)) ? node.type : undefined;
  if (type) return isLightType(type, engine);
  if (declaration?.initializer && declaration.path?.length === 0 && declaration.writes.length === 0)
    return isLightValue(declaration.initializer, engine, depth + 1);
  return false;
}

/** An object of a class, a promise, a function: by how it is made, or by the table's name. */
function holdsMuch({ value }: Insertion, { container }: Collection, engine: Engine): boolean {
  if (isHoldingName(container.name)) return true;
  const type = valueTypeOf(container.node);
  if (type && /\bPromise\b|=>/.test(type.getText())) return true;
  const given = value && unwrap(value);
  const declaration = given && ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [given, declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some((one) => {
    const made = one && unwrap(one);
    if (!made) return false;
    if (ts.isNewExpression(made) || isFunctionNode(made)) return true;
    return (
      ts.isCallExpression(made) &&
      (engine.program.callees.of(made).some(isAsync) || /\.(?:then|catch|finally)\(/.test(made.getText()))
    );
  });
}

function isAsync(fn: ts.Node): boolean {
  return (
    ts.canHaveModifiers(fn) && ts.getModifiers(fn)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
  );
}
