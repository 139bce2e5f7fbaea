/**
 * Entries that are over and stay: a function gets one out of the table and ends it for good, and nobody takes it out. Each is
 * kept for nothing, and who asks for its key again is given what is over.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import type { Declaration } from '../program/scopes';
import { reaches } from '../reached';
import {
  calledName,
  enclosingFunction,
  isFunctionNode,
  isWithin,
  lineOf,
  outermostFunction,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { callsWithEach } from '../words/collections';
import { endsOutright, followsEnd, isTeardown, isWholeTeardown, mayBeginAgain } from '../words/teardowns';
import { nameOf } from './assignedNames';
import { begunByMaker } from './begunByMaker';
import { isCalledAlone } from './calledAlone';
import type { Insertion } from './changes';
import {
  type Collection,
  draftAt,
  isAtEndOfOwner,
  isInWholeTeardown,
  keysOf,
  kindsOf,
  nounOf,
  repeatsPerKey,
} from './collections';
import { isGiven } from './endedItems';
import { functionName } from './holders';
import { isClearing, isLossName } from './words';

/** The entry that is ended where it is found, and stays. */
export function keptWhenOver(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  if (!changes.removals.every(({ node }) => isAtEndOfOwner(node, collection, engine))) return undefined;
  if (!changes.resets.every(isOfEnd)) return undefined;
  const insertion = changes.insertions.find(
    (one) =>
      repeatsPerKey(one, engine) && (container.shape === 'array' || keysOf(one, collection, engine) !== 'closed'),
  );
  if (!insertion) return undefined;
  const sites = [...changes.insertions.map(({ node }) => node), ...changes.resets];
  for (const entry of [...lookedUp(collection, engine), ...gonePast(collection, engine)]) {
    const end = endOf(entry, insertion, engine);
    const fn = end && outermostFunction(end);
    if (!fn || isInWholeTeardown(end) || reaches(fn, changes.resets, engine)) continue;
    // Who ends those of all that are over may well put in others.
    if (!entry.loop && (reaches(fn, sites, engine) || !isCalledAlone(fn, sites, engine))) continue;
    const name = functionName(fn) || nameOf(fn);
    return draftAt(insertion, collection, engine, {
      kind: kindsOf[container.shape],
      mechanism: 'no-release-on-dispose',
      severity: changes.resets.some((reset) => !isInWholeTeardown(reset)) ? 'low' : 'medium',
      confidence: 'medium',
      message: `The ${nounOf[container.shape]} \`${container.name}\` keeps what is over: ${name ? `\`${name}\`` : 'the code'} ends an entry on line ${lineOf(end)}, and leaves it there.`,
      advice: 'Take the entry out where it is ended.',
      steps: [{ role: 'forgotten', message: 'Ends the entry, which stays', range: rangeOf(end) }],
    });
  }
  return undefined;
}

/** Empties all when the owner, its connection or its present run ends. */
export function isOfEnd(reset: ts.Node): boolean {
  const fn = enclosingFunction(reset);
  if (isInWholeTeardown(reset)) return true;
  const name = fn ? functionName(fn) || nameOf(fn) : '';
  return isTeardown(name) || isLossName(name) || isClearing(name) || followsEnd(name);
}

/** An entry in the hand of a function: an expression, or the variable that is given it. */
interface Found {
  readonly at: ts.Expression;
  readonly variable?: Declaration;
  /** The loop by which it was come past: it has to be one of some. */
  readonly loop?: ts.Node;
}

/** Entries that a function gets by a key that it is given. */
function lookedUp({ changes, container }: Collection, engine: Engine): readonly Found[] {
  const asked =
    container.shape === 'array' || container.shape === 'set' ? changes.tests.filter(isFind) : changes.lookups;
  return asked.flatMap((at): readonly Found[] => {
    if (!ts.isCallExpression(at) && !ts.isElementAccessExpression(at)) return [];
    const fn = enclosingFunction(at);
    const key = ts.isCallExpression(at) ? at.arguments[0] : at.argumentExpression;
    if (!fn || !key || (!isFunctionNode(unwrap(key)) && !isGiven(key, fn, engine))) return [];
    const { parent } = wrapped(at);
    const variable =
      ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
        ? engine.program.scopes.declarationOf(parent)
        : undefined;
    return [{ at, ...(variable ? { variable } : {}) }];
  });
}

function isFind(node: ts.Node): boolean {
  return ts.isCallExpression(node) && calledName(node) === 'find';
}

/** Entries that a function comes past as it goes through all: `for (const [key, entry] of table)`, `table.forEach(…)`. */
function gonePast({ changes, container }: Collection, engine: Engine): readonly Found[] {
  return changes.iterations.flatMap((node): readonly Found[] => {
    const at = ts.isExpression(node) ? wrapped(node).parent : undefined;
    const loop = ts.isForOfStatement(node) ? node : at && ts.isForOfStatement(at) ? at : undefined;
    let name: ts.BindingName | undefined;
    if (loop && ts.isVariableDeclarationList(loop.initializer)) {
      name = loop.initializer.declarations[0]?.name;
      // Of a table the value is the second of two, unless it is one of its values.
      if (name && ts.isArrayBindingPattern(name)) {
        const [, value] = name.elements;
        name = value && ts.isBindingElement(value) ? value.name : undefined;
      }
    } else if (ts.isCallExpression(node) && callsWithEach(calledName(node))) {
      const [callback] = node.arguments;
      const given = callback && unwrap(callback);
      if (given && isFunctionNode(given)) name = given.parameters[0]?.name;
    }
    if (!name || !ts.isIdentifier(name) || container.shape === 'record' || container.shape === 'array') return [];
    const variable = engine.program.scopes.declarationOf(name.parent);
    return variable ? [{ at: name, variable, loop: loop ?? node }] : [];
  });
}

/** The call that ends the entry for good. */
function endOf(entry: Found, insertion: Insertion, engine: Engine): ts.Node | undefined {
  for (const use of entry.variable?.references ?? [entry.at]) {
    let at = wrapped(use);
    const taker = at.parent;
    if (
      ts.isCallExpression(taker) &&
      taker.expression !== at &&
      isEndedBy(taker, at, insertion, engine) &&
      (!entry.loop || isOfSome(taker, entry.loop, engine))
    )
      return taker;
    for (let depth = 0; depth < 2; depth++) {
      const access = at.parent;
      if (!ts.isPropertyAccessExpression(access) || access.expression !== at) break;
      at = wrapped(access);
      const call = at.parent;
      if (!ts.isCallExpression(call) || call.expression !== at) continue;
      if (!isEndForGood(access.name.text, insertion, engine)) break;
      if (!entry.loop || isOfSome(call, entry.loop, engine)) return call;
      break;
    }
  }
  return undefined;
}

/** `release(entry)`, a function of this file that ends what it is given. */
function isEndedBy(call: ts.CallExpression, argument: ts.Expression, insertion: Insertion, engine: Engine): boolean {
  const { callees, scopes } = engine.program;
  const index = call.arguments.indexOf(argument);
  return callees.of(call).some((fn) => {
    const parameter = fn.parameters[index];
    return ((parameter && scopes.declarationOf(parameter)?.references) ?? []).some((use) => {
      const access = wrapped(use).parent;
      return (
        ts.isPropertyAccessExpression(access) &&
        ts.isCallExpression(wrapped(access).parent) &&
        isEndForGood(access.name.text, insertion, engine)
      );
    });
  });
}

/** What is stopped or closed is over where only its maker has begun it. */
function isEndForGood(name: string, insertion: Insertion, engine: Engine): boolean {
  if (!isWholeTeardown(name) || mayBeginAgain(name)) return false;
  return endsOutright(name) || begunByMaker(insertion, engine);
}

/** Under a condition that asks for more than the entry: not all are ended, but those that are not needed any more. */
function isOfSome(call: ts.Node, loop: ts.Node, engine: Engine): boolean {
  for (let up = call.parent; up && up !== loop; up = up.parent) {
    if (!ts.isIfStatement(up) || !isWithin(call, up.thenStatement)) continue;
    let asks = false;
    walk(up.expression, (node) => {
      const declaration = ts.isIdentifier(node) ? engine.program.scopes.resolve(node) : undefined;
      if (declaration?.scope.func && declaration.node.pos < loop.pos) asks = true;
      // `const user = users.get(key)` of the loop itself
      if (
        declaration?.initializer &&
        isWithin(declaration.node, loop) &&
        ts.isCallExpression(unwrap(declaration.initializer))
      )
        asks = true;
      return !asks;
    });
    if (asks) return true;
  }
  return false;
}
