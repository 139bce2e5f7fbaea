/**
 * Requests whose waiting is limited from outside: `return withTimeout(reply, 5_000)`, `Promise.race([reply, late])`. When the
 * limit comes first, the caller is told so, and the entry stays for an answer that may never come.
 */
import type { Draft } from '../draft';
import type { Engine } from '../engine';
import { timerCalls } from '../ownership/words/callbacks';
import { isRace } from '../ownership/words/promises';
import { reaches } from '../reached';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax';
import type { Insertion } from './changes';
import { type Collection, draftAt } from './collections';
import { executorAround, keepsSettler } from './settlers';
import { answersOf } from './timedEntries';
import { isTimeLimit } from './words';

/** The entry that only the answer takes out, while the waiting for it ends earlier. */
export function leftAfterLimit(insertion: Insertion, collection: Collection, engine: Engine): Draft | undefined {
  const executor = executorAround(insertion.node);
  if (!executor || !keepsSettler(insertion, executor, engine)) return undefined;
  const sites = answersOf(collection, engine);
  const [removal] = sites;
  const limit = removal && limitOn(wrapped(executor as ts.Expression).parent, engine, 0);
  const fn = limit && enclosingFunction(limit);
  // Whoever limits it may take the entry out itself, and so may who makes it.
  if (!removal || !limit || (fn && reaches(fn, sites, engine)) || reaches(executor, sites, engine)) return undefined;
  return draftAt(insertion, collection, engine, {
    kind: 'cache/entry-left-after-completion',
    mechanism: 'error-or-early-exit-path',
    severity: 'medium',
    confidence: 'medium',
    message: `The entry of \`${collection.container.name}\` stays when the time limit on line ${lineOf(limit)} ends the waiting: only line ${lineOf(removal)} removes it.`,
    advice: 'Delete the entry however the waiting ends: `.finally(() => …)` behind the limit.',
    steps: [
      { role: 'exit', message: 'Ends the waiting here, and the entry stays', range: rangeOf(limit) },
      { role: 'shrinks', message: 'Removed here', range: rangeOf(removal) },
    ],
  });
}

/** The call that gives a promise a time limit: it is given it itself, by a variable, or by who calls the function that gives it. */
function limitOn(promise: ts.Node, engine: Engine, depth: number): ts.CallExpression | undefined {
  if (depth > 3) return undefined;
  const outer = wrapped(promise as ts.Expression);
  const up = outer.parent;
  const { scopes, callees } = engine.program;
  if (ts.isCallExpression(up) && up.arguments.includes(outer)) return limits(up, engine) ? up : undefined;
  if (ts.isArrayLiteralExpression(up)) {
    const race = wrapped(up).parent;
    const isOne = ts.isCallExpression(race) && isRace(calledName(race));
    return isOne && up.elements.some((one) => one !== outer && comesInTime(one, engine)) ? race : undefined;
  }
  if (ts.isVariableDeclaration(up)) {
    for (const use of scopes.declarationOf(up)?.references ?? []) {
      const found = limitOn(use, engine, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
  const fn = ts.isReturnStatement(up)
    ? enclosingFunction(up)
    : isFunctionNode(up) && up.body === outer
      ? up
      : undefined;
  for (const call of fn ? callees.usesOf(fn).calls : []) {
    const found = limitOn(call, engine, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** By its name, or because a function of this file starts a timer and rejects. */
function limits(call: ts.CallExpression, engine: Engine): boolean {
  const targets = engine.program.callees.of(call);
  return targets.length > 0 ? targets.every((fn) => startsTimer(fn)) : isTimeLimit(calledName(call));
}

/** `timeout(5_000)`, `new Promise((_, reject) => setTimeout(reject, 5_000))`, or a variable with that. */
function comesInTime(other: ts.Expression, engine: Engine): boolean {
  const value = unwrap(other);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const made = declaration?.initializer ? unwrap(declaration.initializer) : value;
  if (startsTimer(made)) return true;
  if (!ts.isCallExpression(made)) return false;
  return isTimeLimit(calledName(made)) || engine.program.callees.of(made).some((fn) => startsTimer(fn));
}

function startsTimer(node: ts.Node | FunctionNode): boolean {
  let starts = false;
  walk(node, (inner) => {
    starts ||= ts.isCallExpression(inner) && timerCalls.has(calledName(inner));
    return !starts;
  });
  return starts;
}
