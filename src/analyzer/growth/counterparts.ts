/**
 * Entries that their own end leaves behind: the code has a function that ends one of them (the clean-up that the adding
 * function returns, `removeX` beside `addX`, a handler of the close of what was added), and nothing takes entries out.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Declaration } from '../program/scopes';
import {
  enclosingFunction,
  type FunctionNode,
  hasModifier,
  isAssignment,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { nameOf } from './assignedNames';
import type { Changes, Insertion } from './changes';
import { type Collection, draftAt, keysOf, kindsOf, nounOf } from './collections';
import type { Container } from './containers';
import { endHandler } from './endHandlers';
import type { End } from './entryEnd';
import { innerInsertions } from './innerInsertions';
import { itemsOf } from './items';
import { endsBeside, type NamedEnd } from './namedEnds';
import { returnedCleanUp } from './returnedEnds';
import { ownTeardown } from './selfAdding';
import { isShrunk } from './shrinkage';
import { addedNoun, isDisposerName, isRecordName, isRemoving, isSeenName, isWaitingName, tableNoun } from './words';

/** The entry that stays although the code knows when it ends. */
export function leftByCounterpart(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (isSeenName(container.name) || (container.shape === 'array' && isRecordName(container.name))) return undefined;
  // Made elsewhere, and emptied here: it is an object of others.
  if (isShrunk(collection, engine) || (changes.resets.includes(container.node) && !isMadeByOwner(container, engine)))
    return undefined;
  const inner = innerInsertions(collection, engine);
  let ends: readonly NamedEnd[] | undefined;
  for (const insertion of inner ?? changes.insertions) {
    if (!inner && container.shape !== 'array' && keysOf(insertion, collection, engine) === 'closed') continue;
    if (!inner && isMadeOnce(insertion, changes, engine)) continue;
    // A program puts in those that it names, once.
    if (engine.frequency.of(insertion.node).level === 'once') continue;
    ends ??= isDisposerName(container.name) ? [] : endsBeside(collection, engine);
    const end =
      returnedCleanUp(insertion, collection, engine) ??
      endHandler(insertion, collection, engine) ??
      counterpart(insertion, collection, ends, engine) ??
      ownTeardown(insertion, collection, engine) ??
      (inner ? undefined : settledWork(insertion, collection));
    // An entry that is written again is counted, or replaced.
    if (!end || (end.fn && (writes(end.fn, changes, engine) || counts(end.fn, collection, engine)))) continue;
    return draftAt(insertion, collection, engine, {
      kind: kindsOf[container.shape],
      mechanism: 'no-release-on-dispose',
      // Whoever empties it as a whole may do so in time; whether others do that can name it, is not known.
      severity: changes.resets.length > 0 ? 'low' : 'medium',
      confidence: isOpen(container) ? 'low' : 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps each entry for good: ${end.what}, and nothing takes it out.`,
      advice: 'Take the entry out there.',
      steps: [{ role: 'forgotten', message: 'Leaves the entry', range: rangeOf(end.node) }],
    });
  }
  return undefined;
}

/** Emptied for the first time by the constructor of its owner, which calls `clear()`. */
function isMadeByOwner({ node, owner }: Container, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  return (
    fn !== undefined &&
    engine.program.callees.usesOf(fn).calls.some((call) => {
      const around = enclosingFunction(call);
      return (
        around !== undefined && ts.isConstructorDeclaration(around) && engine.program.members.ownerAt(call) === owner
      );
    })
  );
}

/** A list in a field that others can name and empty. */
function isOpen({ holder, shape, name, node }: Container): boolean {
  return (
    holder === 'instance' &&
    shape === 'array' &&
    !/^[_#]/.test(name.replace(/^this\./, '')) &&
    !(
      ts.isPropertyDeclaration(node) &&
      (hasModifier(node, ts.SyntaxKind.PrivateKeyword) || hasModifier(node, ts.SyntaxKind.ProtectedKeyword))
    )
  );
}

/** Made where there was none under the key, to be used again: a bucket of a class of its own. */
function isMadeOnce({ node, key, value }: Insertion, { lookups }: Changes, engine: Engine): boolean {
  const given = value && unwrap(value);
  const fn = enclosingFunction(node);
  if (!key || !given || !fn || !lookups.some((lookup) => isWithin(lookup, fn))) return false;
  const declaration = ts.isIdentifier(given) ? engine.program.scopes.resolve(given) : undefined;
  return [given, declaration?.initializer, ...(declaration?.writes.map((write) => write.value) ?? [])].some(
    (one) => one !== undefined && (ts.isNewExpression(unwrap(one)) || (one !== given && declaration?.kind !== 'const')),
  );
}

/** Puts entries in, itself or in what it calls. */
function writes(fn: FunctionNode, { insertions }: Changes, engine: Engine): boolean {
  let found = insertions.some(({ node }) => isWithin(node, fn));
  walk(fn, (node) => {
    if (!found && ts.isCallExpression(node))
      found = engine.program.callees.of(node).some((target) => insertions.some((one) => isWithin(one.node, target)));
    return !found;
  });
  return found;
}

/** `used[path] -= 1` */
function counts(fn: FunctionNode, { container }: Collection, engine: Engine): boolean {
  return engine.uses.reads(container.place.key).some((use) => {
    const entry = wrapped(use).parent;
    if (!isWithin(use, fn) || !ts.isElementAccessExpression(entry)) return false;
    const up = wrapped(entry).parent;
    return (
      ts.isPrefixUnaryExpression(up) ||
      ts.isPostfixUnaryExpression(up) ||
      (isAssignment(up) && up.left === wrapped(entry))
    );
  });
}

/** The named function around an insertion: a callback within it is a part of it. */
function adderOf({ node }: Insertion): FunctionNode | undefined {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (nameOf(fn) !== '') return fn;
  return enclosingFunction(node);
}

/** `removeX` beside `addX`, of the same class or file, given the same; a handler of the close of any X. */
function counterpart(
  insertion: Insertion,
  { container }: Collection,
  ends: readonly NamedEnd[],
  engine: Engine,
): End | undefined {
  const adder = ends.length > 0 ? adderOf(insertion) : undefined;
  if (!adder || ts.isConstructorDeclaration(adder)) return undefined;
  const added = addedNoun(nameOf(adder));
  const nouns = [added ?? '', tableNoun(container.name)];
  let items: ReadonlySet<Declaration> | undefined;
  for (const { fn, name, noun, isHostHandler } of ends) {
    const isOfThese = nouns.some(
      (one) => one === noun || (isHostHandler && one.length > 3 && (noun.endsWith(one) || one.endsWith(noun))),
    );
    if (fn === adder || (noun === '' ? added !== '' || !isRemoving(name) : !isOfThese)) continue;
    items ??= itemsOf(insertion, adder, engine);
    const given = items;
    if (
      isHostHandler
        ? fn.parameters.length === 0
        : !fn.parameters.some((one) => isSame(one, given, insertion)) || countsDown(fn)
    )
      continue;
    const what = isHostHandler ? `the handler on line ${lineOf(fn)}` : `\`${name}\``;
    return { node: fn.name ?? fn, fn, what: `${what} ends it` };
  }
  return undefined;
}

/** Entries that are counted stay with a count of nothing; a `filter` that is for nothing is told of as such. */
function countsDown(fn: FunctionNode): boolean {
  return /\]\s*(?:--|-= ?1)|\.filter\(/.test(fn.body?.getText() ?? '');
}

/** A parameter that is called or typed like something that was put in. */
function isSame(
  parameter: ts.ParameterDeclaration,
  items: ReadonlySet<Declaration>,
  { key, value }: Insertion,
): boolean {
  const name = bareName(parameter.name.getText());
  const type = parameter.type?.getText() ?? '';
  const isNamed = (item: string): boolean => {
    const other = bareName(item);
    return name === other || (name.length > 1 && other.endsWith(name)) || (other.length > 1 && name.endsWith(other));
  };
  // `message.uid` is a `uid`.
  for (const node of [key, value]) {
    const last = node && unwrap(node);
    if (last && ts.isPropertyAccessExpression(last) && isNamed(last.name.text)) return true;
  }
  return [...items].some(
    (item) =>
      isNamed(item.name) || (/^[A-Z]/.test(type) && ts.isParameter(item.node) && item.node.type?.getText() === type),
  );
}

function bareName(name: string): string {
  return name.replace(/^[_#$]+|[_$]+$/g, '').toLowerCase();
}

/** `pending.add(key)`: what waits or runs does not do so for ever. */
function settledWork(insertion: Insertion, { container, changes }: Collection): End | undefined {
  if (container.shape === 'array' || container.holder === 'closure' || !isWaitingName(container.name)) return undefined;
  if (changes.tests.length + changes.lookups.length === 0) return undefined;
  return { node: insertion.node, what: 'by its name it is for what goes on' };
}
