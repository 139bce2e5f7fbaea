/**
 * Entries for work that waits for its answer: where one is looked up and answered, it is done with, and has to leave. The
 * author takes it out on another way.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isWithin,
  leaves,
  lineOf,
  outermostFunction,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { continuations, synchronousCallbacks, timerCalls } from '../words/callbacks';
import { type Collection, draftAt, isInWholeTeardown, keysOf, nounOf } from './collections';
import { isEndless } from './keys';
import { isOnFailure } from './roomMakers';
import { isAnswerName, isWaitingName } from './words';

/** The entry that is answered and stays. */
export function leftWhenSettled(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.checks.length + changes.nullings.length > 0) return undefined;
  const insertion = changes.insertions.find((one) => keysOf(one, collection, engine) !== 'closed');
  if (!insertion) return undefined;
  const isOfAnswers = isAnswerName(container.name) || isWaitingName(container.name);
  if (!isOfAnswers && !(insertion.key && isEndless(insertion.key))) return undefined;
  const shrinks = [...changes.removals.map(({ node }) => node), ...changes.resets].filter(
    (node) => !isOnFailure(node, engine),
  );
  // What the maker of an entry takes out by itself, when its promise settles, needs nobody else.
  if (shrinks.some((node) => isOfMaker(node, collection))) return undefined;
  const renews = changes.insertions.map(({ node }) => node);
  for (const lookup of changes.lookups) {
    const settled = settlesEntry(lookup as ts.Expression, isOfAnswers, engine);
    const fn = settled && functionRunning(lookup);
    if (!fn || isInWholeTeardown(lookup) || changes.insertions.some(({ node }) => isWithin(lookup, node))) continue;
    const early = leftByExit(lookup as ts.Expression, fn, shrinks, isOfAnswers, engine);
    if (!early && reaches([fn, ...callersOf(fn, engine)], [...shrinks, ...renews], engine)) continue;
    const [other] = shrinks;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `The entry of the ${nounOf[container.shape]} \`${container.name}\` ends on line ${lineOf(early ?? settled)} and stays: ${other ? `only line ${lineOf(other)} takes one out` : 'nothing takes it out'}.`,
      advice: 'Delete the entry there.',
      steps: [
        { role: 'exit', message: 'Ends it, and leaves it', range: rangeOf(early ?? settled) },
        ...(other ? [{ role: 'shrinks' as const, message: 'Taken out here', range: rangeOf(other) }] : []),
      ],
    });
  }
  return undefined;
}

/** `if (message.error) return entry.reject(message.error);` before the entry is taken out. */
function leftByExit(
  lookup: ts.Expression,
  fn: FunctionNode,
  shrinks: readonly ts.Node[],
  isOfAnswers: boolean,
  engine: Engine,
): ts.Node | undefined {
  const own = shrinks.filter((node) => enclosingFunction(node) === fn && node.pos > lookup.end);
  const { parent } = wrapped(lookup);
  if (own.length === 0 || enclosingFunction(lookup) !== fn || !ts.isVariableDeclaration(parent)) return undefined;
  const block = parent.parent.parent.parent;
  if (!ts.isBlock(block) || ts.isTryStatement(block.parent)) return undefined;
  for (const one of block.statements) {
    if (own.some((node) => node.end < one.end)) return undefined;
    if (one.pos < lookup.pos || !ts.isIfStatement(one) || !leaves(one.thenStatement)) continue;
    const branch = one.thenStatement;
    if (shrinks.some((node) => isWithin(node, branch)) || callsThatReach(branch, shrinks, engine)) continue;
    for (const name of ts.isIdentifier(parent.name) ? [parent] : parent.name.elements)
      for (const use of engine.program.scopes.declarationOf(name as ts.VariableDeclaration)?.references ?? []) {
        if (!isWithin(use, branch)) continue;
        const call = name === parent ? settledBy(use, isOfAnswers) : isSettler(use.text) ? callOf(use) : undefined;
        if (call) return call;
      }
  }
  return undefined;
}

function callsThatReach(branch: ts.Node, sites: readonly ts.Node[], engine: Engine): boolean {
  let found = false;
  visitNodes(branch, calls, (call) => {
    found ||= reaches(engine.program.callees.of(call), sites, engine);
    return !found;
  });
  return found;
}

/** In a callback of the function that makes the entry, other than a timer's. */
function isOfMaker(node: ts.Node, { changes }: Collection): boolean {
  return changes.insertions.some((insertion) => {
    const maker = outermostFunction(insertion.node);
    if (!maker || !isWithin(node, maker)) return false;
    for (let fn = enclosingFunction(node); fn && fn !== maker; fn = enclosingFunction(fn))
      if (timerCalls.has(takerOf(fn))) return false;
    return true;
  });
}

/** Name of the call that a function is given to. */
function takerOf(fn: FunctionNode): string {
  const { parent } = wrapped(fn as ts.Expression);
  if (!ts.isCallExpression(parent)) return '';
  const callee = unwrap(parent.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

/** The function around, with the callbacks that run as a part of it. */
function functionRunning(node: ts.Node): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && (synchronousCallbacks.has(takerOf(fn)) || continuations.has(takerOf(fn)))) fn = enclosingFunction(fn);
  return fn;
}

function callersOf(fn: FunctionNode, engine: Engine): readonly FunctionNode[] {
  return engine.program.callees.usesOf(fn).calls.flatMap((call) => functionRunning(call) ?? []);
}

function reaches(from: readonly FunctionNode[], sites: readonly ts.Node[], engine: Engine): boolean {
  return from.some((fn) =>
    [...engine.program.callees.reachedFrom(fn)].some((one) => sites.some((site) => isWithin(site, one))),
  );
}

/** The call that answers a looked-up entry: `entry.resolve(…)`, `const { reject } = …; reject(…)`, `ack(…)`. */
function settlesEntry(lookup: ts.Expression, isOfAnswers: boolean, engine: Engine): ts.Node | undefined {
  const direct = settledBy(lookup, isOfAnswers);
  if (direct) return direct;
  const { parent } = wrapped(lookup);
  if (!ts.isVariableDeclaration(parent)) return undefined;
  if (ts.isIdentifier(parent.name)) {
    for (const use of engine.program.scopes.declarationOf(parent)?.references ?? []) {
      const call = settledBy(use, isOfAnswers);
      if (call) return call;
    }
    return undefined;
  }
  if (!ts.isObjectBindingPattern(parent.name)) return undefined;
  for (const element of parent.name.elements)
    if (isSettler((element.propertyName ?? element.name).getText()))
      for (const use of engine.program.scopes.declarationOf(element)?.references ?? []) {
        const call = callOf(use);
        if (call) return call;
      }
  return undefined;
}

function isSettler(name: string): boolean {
  return /^_?(?:resolve|reject|fulfill|onResolve|onReject)$/.test(name);
}

function settledBy(entry: ts.Expression, isOfAnswers: boolean): ts.Node | undefined {
  const itself = callOf(entry);
  if (itself) return isOfAnswers ? itself : undefined;
  let at = wrapped(entry);
  for (let depth = 0; depth < 3; depth++) {
    const { parent } = at;
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== at) return undefined;
    at = wrapped(parent);
    const call = callOf(at);
    if (!call) continue;
    const { text } = parent.name;
    return isSettler(text) || (isOfAnswers && depth === 0 && /^(?:call|apply)$/.test(text)) ? call : undefined;
  }
  return undefined;
}

function callOf(callee: ts.Expression): ts.CallExpression | undefined {
  const outer = wrapped(callee);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
}
