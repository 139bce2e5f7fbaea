/**
 * A handler that is there while a call works: `feed.on('change', note); store.get(id, (error, item) => { feed.off(…); … })`. The
 * callback of the call takes it off, and leaves before that where the call has failed.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls, returns } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
} from '../../syntax/syntax';
import { settlesWork, timerCalls } from '../../words/callbacks';
import { listenMethods } from '../../words/listeners';
import { endWords } from '../../words/states';
import { isWholeTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { runsIn, statementsBefore } from '../lost/sequence';
import { isOfManyWorks } from './openExits';
import { findRemovals, matchesRemoval } from './removals';

/** Findings for handlers that stay when the callback of the call that they accompany leaves early. */
export function findCallbackExits(
  engine: Engine,
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  return acquisitions.flatMap((acquisition) => {
    const { form, node, kind, receiver, event } = acquisition;
    const work = enclosingFunction(node);
    if (form.form !== 'registration' || told.has(node) || !receiver || !work) return [];
    const removals = findRemovals(acquisition, engine)
      .filter((removal) => matchesRemoval(acquisition, removal, engine) === undefined)
      .map((removal) => removal.node);
    const exit = removals.length > 0 ? exitOf(node, work, removals, receiver) : undefined;
    if (!exit || !isOfManyWorks(acquisition, work, engine)) return [];
    const named = event === undefined ? '' : ` for \`${event}\``;
    return [
      {
        kind: kind.id,
        mechanism: 'error-or-early-exit-path' as const,
        severity: 'medium' as const,
        confidence: 'medium' as const,
        message: `The listener${named} stays on \`${receiver.getText()}\` when the callback returns on line ${lineOf(exit.at)}: only the other way reaches the removal on line ${lineOf(exit.removal)}.`,
        advice: 'Remove it first in the callback, before anything may leave it.',
        node,
        trail: [
          { role: 'acquired' as const, message: `Listener${named} added here`, range: rangeOf(node) },
          { role: 'exit' as const, message: 'The call is over here, and the listener stays', range: rangeOf(exit.at) },
          { role: 'release' as const, message: 'Removed here only', range: rangeOf(exit.removal) },
          frequencyStep(engine.frequency.of(node), node),
        ],
      },
    ];
  });
}

/** Where the callback that alone takes it off leaves before it does so. */
function exitOf(
  node: ts.Node,
  work: FunctionNode,
  removals: readonly ts.Node[],
  receiver: ts.Expression,
): { readonly at: ts.Node; readonly removal: ts.Node } | undefined {
  for (const call of nodesIn(work, calls)) {
    if (call.pos < node.end || enclosingFunction(call) !== work || isRepeating(call)) continue;
    const last = call.arguments.at(-1);
    const callback = last && unwrap(last);
    if (!callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) continue;
    if (!removals.every((one) => isWithin(one, callback))) continue;
    // Taken off on the way to its end, whatever it has been told.
    const removal = removals.find((one) => isCertain(one.parent, callback));
    if (!removal || runsIn(callback.body) === work) continue;
    const at = nodesIn(callback, returns).find(
      (exit) =>
        enclosingFunction(exit) === callback &&
        exit.pos < removal.pos &&
        tellsOutcome(exit, callback, work) &&
        !statementsBefore(exit, callback).some(
          (one) =>
            removals.some((each) => isWithin(each, one)) || nodesIn(one, calls).some((each) => mayEnd(each, receiver)),
        ),
    );
    if (at) return { at, removal };
  }
  return undefined;
}

/** `conn.close()`, `off(conn, note)`: it is gone with the receiver, or taken off by whoever is given that. */
function mayEnd(call: ts.CallExpression, receiver: ts.Expression): boolean {
  const callee = unwrap(call.expression);
  const text = receiver.getText();
  return ts.isPropertyAccessExpression(callee) && callee.expression.getText() === text
    ? isWholeTeardown(callee.name.text)
    : call.arguments.some((one) => one.getText() === text);
}

/** A statement of the function itself, behind no condition. */
function isCertain(statement: ts.Node, fn: FunctionNode): boolean {
  let at = statement.parent;
  while (ts.isBlock(at) && at !== fn.body) at = at.parent;
  return at === fn.body;
}

/** It runs what it is given again and again, or not because something is done. */
function isRepeating(call: ts.CallExpression): boolean {
  const name = calledName(call);
  return listenMethods.has(name) || timerCalls.has(name);
}

/** `if (error) return callback(error)`: the work is over, and nobody has ended it before. */
function tellsOutcome(exit: ts.ReturnStatement, callback: FunctionNode, work: FunctionNode): boolean {
  const conditions: ts.Expression[] = [];
  for (let at: ts.Node = exit; at !== callback && at.parent; at = at.parent)
    if (ts.isIfStatement(at.parent) && at !== at.parent.expression) conditions.push(at.parent.expression);
  if (conditions.length === 0 || conditions.some((one) => endWords.test(one.getText()))) return false;
  const given = exit.expression && unwrap(exit.expression);
  const settling = given && ts.isCallExpression(given) ? given : callBefore(exit);
  if (!settling) return false;
  const callee = unwrap(settling.expression);
  return (
    settlesWork(calledName(settling)) ||
    (ts.isIdentifier(callee) &&
      work.parameters.some((one) => ts.isIdentifier(one.name) && one.name.text === callee.text))
  );
}

/** `callback(error); return;` */
function callBefore(exit: ts.ReturnStatement): ts.CallExpression | undefined {
  const block = exit.parent;
  if (!ts.isBlock(block)) return undefined;
  const before = block.statements[block.statements.indexOf(exit) - 1];
  const value = before && ts.isExpressionStatement(before) ? unwrap(before.expression) : undefined;
  return value && ts.isCallExpression(value) ? value : undefined;
}
