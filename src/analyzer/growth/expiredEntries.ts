/**
 * Entries with a time limit that ends them and leaves them: `const timer = setTimeout(() => this.expire(id), ttl)`, where
 * `accept` and `decline` stop the timer and take the entry out, and `expire` looks it up and only says so.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { timerCalls } from '../ownership/words/callbacks';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import { type Collection, draftAt, hasFewKeys, isInWholeTeardown, nounOf } from './collections';
import { functionName } from './holders';
import { executorAround } from './settlers';
import { timersIn } from './timedEntries';
import { isEndFlag, isOneTimer, isTimerStop, namesExpiry } from './words';

/** The entry whose time is up, and that stays. */
export function leftByExpiry(collection: Collection, engine: Engine): Draft | undefined {
  const { container, changes } = collection;
  if (container.shape !== 'map' && container.shape !== 'record') return undefined;
  if (changes.checks.length + changes.nullings.length > 0 || !changes.resets.every(isInWholeTeardown)) return undefined;
  const sites = changes.removals.map(({ node }) => node).filter((node) => !isInWholeTeardown(node));
  // Whoever takes it out otherwise stops its timer: the two are of one life.
  const [stopping] = sites;
  // Who takes out others, or hears of them by an event, may take out what has run out, too.
  if (!stopping || !sites.every((site) => stopsTimer(enclosingFunction(site)))) return undefined;
  for (const insertion of changes.insertions) {
    const fn = enclosingFunction(insertion.node);
    // Of a promise its steps may take it out, however it is settled.
    if (executorAround(insertion.node)) continue;
    if (!fn || !insertion.key || hasFewKeys(insertion, collection, engine)) continue;
    const insertions = changes.insertions.map(({ node }) => node);
    const timer = timersIn(fn, engine).find(({ call, callback }) => {
      if (!isOneTimer(calledName(call))) return false;
      const reached = [...engine.program.callees.reachedFrom(callback)];
      const isIn = (node: ts.Node): boolean => reached.some((one) => isWithin(node, one));
      return (
        ![...sites, ...insertions].some(isIn) &&
        changes.lookups.some(isIn) &&
        !reached.some(startsTimer) &&
        reached.some((one) => namesExpiry(functionName(one)) || marksEnd(one))
      );
    });
    if (!timer) continue;
    return draftAt(insertion, collection, engine, {
      kind: 'cache/entry-left-after-completion',
      mechanism: 'error-or-early-exit-path',
      severity: 'medium',
      confidence: 'medium',
      message: `The entry of the ${nounOf[container.shape]} \`${container.name}\` stays when its time is up (line ${lineOf(timer.call)}): only line ${lineOf(stopping)} takes one out.`,
      advice: 'Delete the entry when its time is up, too.',
      steps: [
        { role: 'exit', message: 'Ends the entry in time, and leaves it', range: rangeOf(timer.call) },
        { role: 'shrinks', message: 'Taken out here', range: rangeOf(stopping) },
      ],
    });
  }
  return undefined;
}

function stopsTimer(fn: FunctionNode | undefined): boolean {
  return fn !== undefined && callsAny(fn, isTimerStop);
}

/** Tries again, or goes on in time. */
function startsTimer(fn: FunctionNode): boolean {
  return callsAny(fn, (name) => timerCalls.has(name));
}

function callsAny(fn: FunctionNode, is: (name: string) => boolean): boolean {
  let found = false;
  walk(fn, (node) => {
    found ||= ts.isCallExpression(node) && is(calledName(node));
    return !found;
  });
  return found;
}

/** `invite.expired = true` */
function marksEnd(fn: FunctionNode): boolean {
  let found = false;
  walk(fn, (node) => {
    if (isAssignment(node) && unwrap(node.right).kind === ts.SyntaxKind.TrueKeyword) {
      const left = wrapped(unwrap(node.left));
      found ||= ts.isPropertyAccessExpression(left) && isEndFlag(left.name.text);
    }
    return !found;
  });
  return found;
}
