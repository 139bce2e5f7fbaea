/**
 * Entries with a time limit: it settles the request and leaves the entry, or it alone removes the entry and somebody
 * stops it.
 */

import type { Engine } from '../engine';
import type { Draft } from '../findings/draft';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { isInFinally } from '../program/tryStatements';
import { reaches } from '../reached';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { timerCalls } from '../words/callbacks';
import { cutsOut, takesFromEnd } from '../words/collections';
import { listenMethods } from '../words/listeners';
import type { Insertion } from './changes';
import { type Collection, draftAt, isInWholeTeardown } from './collections';
import { executorAround, keepsSettler, settlersIn } from './settlers';
import { isGivingUp, isTimerStop } from './words';

/** The timeout settles the promise and leaves the entry that the answer would have removed. */
export function leftAfterTimeout(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const executor = executorAround(insertion.node);
  const removals = changes.removals.filter((removal) => !isInWholeTeardown(removal.node));
  if (!executor || !insertion.value || removals.length === 0 || !keepsSettler(insertion, executor, engine))
    return undefined;
  if (changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const sites = removals.map((removal) => removal.node);
  // Who is served in turn at the end of others is not taken out by his own.
  const isOwn = container.shape !== 'array';
  if (sites.some((site) => (isOwn && isInFinally(site)) || sweeps(site, engine) || takesAll(site))) return undefined;
  const timer = [...timersIn(executor, engine), ...abortsIn(executor, engine)].find(({ callback }) => {
    if (insertion.value && isWithin(callback, insertion.value)) return false;
    const called = settlersIn(callback, executor, engine).some((use) => isCalled(use));
    return called && !reaches(callback, sites, engine);
  });
  if (!timer) return undefined;
  const [removal] = sites;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'high',
    message: `The entry of \`${container.name}\` stays when the ${timer.isAbort ? 'abort' : 'timeout'} on line ${lineOf(timer.call)} settles the request: only ${removal ? `line ${lineOf(removal)}` : 'the answer'} removes it.`,
    advice: `Delete the entry in the ${timer.isAbort ? 'handler of the abort' : 'timeout'} as well.`,
    steps: [
      { role: 'exit', message: 'Settles the request here, and the entry stays', range: rangeOf(timer.call) },
      ...(removal ? [{ role: 'shrinks' as const, message: 'Removed here', range: rangeOf(removal) }] : []),
    ],
  });
}

/** A timer per entry removes it; whoever stops the timer early leaves the entry. */
export function leftUnlessTimeout(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const { changes, container } = collection;
  const removals = changes.removals.map((removal) => removal.node);
  if (removals.length === 0 || changes.resets.some((reset) => !isInWholeTeardown(reset))) return undefined;
  const fn = enclosingFunction(insertion.node);
  if (!fn) return undefined;
  const callbacks = timersIn(fn, engine).map(({ callback }) => callback);
  if (!removals.every((site) => callbacks.some((callback) => isWithin(site, callback)))) return undefined;
  const stop = changes.lookups.map((lookup) => stopsTimer(lookup, engine)).find((found) => found !== undefined);
  if (!stop || callbacks.some((callback) => isWithin(stop, callback)) || isWithin(stop, fn)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'high',
    message: `The entry of \`${container.name}\` is removed only by its timer, and line ${lineOf(stop)} stops the timer and leaves the entry.`,
    advice: 'Delete the entry where the timer is stopped.',
    steps: [{ role: 'exit', message: 'Stops the timer here, and the entry stays', range: rangeOf(stop) }],
  });
}

/** The call that stops a timer which was looked up: `clearTimeout(timers.get(id))`, `const t = timers.get(id); clearTimeout(t)`. */
function stopsTimer(lookup: ts.Node, engine: Engine): ts.Node | undefined {
  const { scopes } = engine.program;
  const direct = stoppedBy(lookup as ts.Expression, engine);
  if (direct) return direct;
  const { parent } = wrapped(lookup as ts.Expression);
  const declaration = ts.isVariableDeclaration(parent) ? scopes.declarationOf(parent) : undefined;
  for (const reference of declaration?.references ?? []) {
    const call = stoppedBy(reference, engine);
    if (call) return call;
  }
  return undefined;
}

/** The call that is given the timer and stops it, itself or as a function of this file. */
function stoppedBy(timer: ts.Expression, engine: Engine, depth = 0): ts.CallExpression | undefined {
  const outer = wrapped(timer);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression === outer) return undefined;
  if (isTimerStop(call.expression.getText())) return call;
  const index = call.arguments.indexOf(outer);
  const stops = engine.program.callees.of(call).some((target) => {
    const parameter = target.parameters[index];
    const declaration = parameter && depth < 2 ? engine.program.scopes.declarationOf(parameter) : undefined;
    return declaration?.references.some((reference) => stoppedBy(reference, engine, depth + 1)) ?? false;
  });
  return stops ? call : undefined;
}

interface Timer {
  readonly call: ts.CallExpression;
  readonly callback: FunctionNode;
  readonly isAbort?: boolean;
}

/** Handlers of an abort that a function adds. */
function abortsIn(fn: FunctionNode, engine: Engine): readonly Timer[] {
  const found: Timer[] = [];
  walk(fn, (node) => {
    const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (!ts.isCallExpression(node) || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
    const [event, handler] = node.arguments;
    if (
      event &&
      handler &&
      listenMethods.has(callee.name.text) &&
      ts.isStringLiteralLike(event) &&
      isGivingUp(event.text)
    )
      for (const callback of engine.program.callees.functionsOf(handler))
        found.push({ call: node, callback, isAbort: true });
    return undefined;
  });
  return found;
}

/** `list.splice(0)`, `while (list.length > 0) list.shift()`: all that wait are served at once. */
function takesAll(site: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(site)) return false;
  const call = wrapped(site).parent;
  if (cutsOut(site.name.text) && ts.isCallExpression(call))
    return call.arguments.length === 1 || call.arguments[1]?.getText().endsWith('.length') === true;
  if (!takesFromEnd(site.name.text)) return false;
  for (let up = site.parent; up && !isFunctionNode(up); up = up.parent)
    if (ts.isIterationStatement(up, false)) return true;
  return false;
}

/** Timers that a function starts, with their callbacks. */
function timersIn(fn: FunctionNode, engine: Engine): readonly Timer[] {
  const found: Timer[] = [];
  walk(fn, (node) => {
    if (ts.isCallExpression(node)) {
      const callee = unwrap(node.expression);
      const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
      const [first] = node.arguments;
      if (timerCalls.has(name) && first)
        for (const callback of engine.program.callees.functionsOf(first)) found.push({ call: node, callback });
    }
    return undefined;
  });
  return found;
}

function isCalled(use: ts.Identifier): boolean {
  const outer = wrapped(use);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

/** Runs by itself, again and again: an interval that sweeps. */
function sweeps(site: ts.Node, engine: Engine): boolean {
  return withoutLoops(engine.frequency.of(site).occasion).kind === 'tick';
}
