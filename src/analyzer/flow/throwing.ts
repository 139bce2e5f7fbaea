/** How likely is a call to throw, or an awaited promise to reject? */

import { isNamedIn } from '../acquiring/apiNames';
import type { Engine } from '../engine';
import { returnedBy } from '../ownership/values/returned';
import { mayBeRejected } from '../program/executors';
import type { Name } from '../program/origins';
import { calledName, type FunctionNode, hasModifier, isFunctionNode, ts, unwrap, wrapped } from '../syntax/syntax';
import * as calls from '../words/calmCalls';
import { mapsEach } from '../words/collections';
import { isPromiseStep, takesFailure } from '../words/promises';
import type { FlowFacts } from './graph';
import { onlyMakesSure } from './preconditions';

export type Likelihood =
  | 'never'
  /** A method of an unknown object: not known to throw. */
  | 'unlikely'
  /** A function of the program or of a package. */
  | 'possible'
  /** Throwing or rejecting is its documented way to fail. */
  | 'likely';

export interface Throwing extends FlowFacts {
  /** How likely a call of the function throws at once. */
  readonly ofCalled: (fn: FunctionNode) => Likelihood;
  readonly likelihood: (node: ts.Node) => Likelihood;
  /** How likely the promise that an expression gives is rejected. */
  readonly rejection: (promise: ts.Expression) => Likelihood;
}

const rank: Readonly<Record<Likelihood, number>> = { never: 0, unlikely: 1, possible: 2, likely: 3 };
const maxDepth = 4;

/** Builds the judge of one file; answers about functions of the file are cached. */
export function createThrowing({ program, imports }: Pick<Engine, 'program' | 'imports'>): Throwing {
  const byFunction = new Map<FunctionNode, Likelihood>();

  const ofName = (name: Name): Likelihood => {
    const last = lastOf(name.name);
    if (name.module === undefined) {
      if (isNamedIn(calls.throwingNames, name.name)) return 'likely';
      return isNamedIn(calls.calmGlobals, name.name) || (last !== name.name && isCalm(last)) ? 'never' : 'possible';
    }
    if (calls.syncThrowingModules.has(name.module))
      return last.endsWith('Sync') && !calls.calmSyncFunctions.has(last) ? 'likely' : 'never';
    if (calls.calmModules.has(name.module) || isCalm(last)) return 'never';
    return 'possible';
  };

  const ofCall = (node: ts.CallExpression | ts.NewExpression, depth: number): Likelihood => {
    const callee = unwrap(node.expression);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) return 'never';
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return 'never';
    if (isFunctionNode(callee)) return ofFunction(callee, depth + 1);
    const local = program.callees.of(node);
    if (local.length > 0) {
      // An async function gives its exceptions to whoever awaits it.
      return local.every(isDeferred) ? 'never' : most(local.map((fn) => ofLocal(fn, depth + 1)));
    }
    if (ts.isIdentifier(callee)) {
      const declaration = program.scopes.resolve(callee);
      // A function given by the caller is a continuation.
      if (declaration?.kind === 'parameter' || calls.calmNames.has(callee.text) || calls.calmPattern.test(callee.text))
        return 'never';
      if (declaration && !declaration.imported && ts.isNewExpression(node)) return 'unlikely';
    }
    // `close(app).catch(…)`: what gives a promise fails by it.
    if (isPromised(node)) return 'never';
    const name = program.origins.nameOf(callee);
    if (name) {
      const found = ofName(name);
      if (found !== 'possible' || name.module === undefined) return found;
      // Constructors of a library keep what they are given; few look at it. Who asks yes or no is given an answer, or is seen to refuse.
      const asks = calls.asksPattern.test(lastOf(name.name)) && imports.factOf(name)?.throws !== true;
      return ts.isNewExpression(node) || asks ? 'unlikely' : found;
    }
    if (ts.isPropertyAccessExpression(callee))
      return isCalm(callee.name.text) ? 'never' : /Sync$/.test(callee.name.text) ? 'possible' : 'unlikely';
    return 'unlikely';
  };

  const ofPromise = (promise: ts.Expression, depth: number): Likelihood => {
    const value = unwrap(promise);
    if (ts.isCallExpression(value)) {
      const callee = unwrap(value.expression);
      // `await import('mime')` fails where the program is not whole.
      if (callee.kind === ts.SyntaxKind.ImportKeyword) return 'never';
      const last = ts.isPropertyAccessExpression(callee)
        ? callee.name.text
        : ts.isIdentifier(callee)
          ? callee.text
          : '';
      if (calls.calmAwaits.has(last)) return 'never';
      const name = program.origins.nameOf(callee);
      // `import { setTimeout as pause } from 'node:timers/promises'`
      if (name && calls.calmAwaits.has(lastOf(name.name))) return 'never';
      if (name && name.module === undefined && isNamedIn(calls.calmPromises, name.name)) return 'never';
      // `await work().catch(() => …)`: the rejection is handled
      if (takesFailure(last, value.arguments.length)) return 'never';
      if (name?.module === undefined && name?.name === 'Promise.all') return ofAll(value.arguments[0], depth + 1);
      const local = program.callees.of(value);
      if (local.length > 0) return most(local.flatMap((fn) => [ofFunction(fn, depth + 1), ofReturned(fn, depth + 1)]));
      // `importArchiver()`: a part of the program, as `import()` itself
      return calls.importPattern.test(last) && value.arguments.length === 0 ? 'unlikely' : 'likely';
    }
    if (ts.isNewExpression(value)) return mayBeRejected(value, program.scopes) ? 'likely' : 'never';
    if (ts.isLiteralExpression(value)) return 'never';
    return ts.isTaggedTemplateExpression(value) ? 'likely' : 'possible';
  };

  /** `Promise.all([read(), parse()])`, `Promise.all(parts.map(load))` */
  const ofAll = (list: ts.Expression | undefined, depth: number): Likelihood => {
    const value = list && unwrap(list);
    if (depth > maxDepth || !value) return 'likely';
    if (ts.isArrayLiteralExpression(value))
      return most(value.elements.map((one) => (isMade(one) ? ofPromise(one, depth) : 'likely')));
    if (!ts.isCallExpression(value) || !mapsEach(calledName(value)) || !value.arguments[0]) return 'likely';
    const fns = program.callees.functionsOf(value.arguments[0]);
    const given = fns.flatMap(returnedBy);
    // `parts.map(async (part) => { try { … } catch { … } })`
    if (fns.length > 0 && fns.every((fn) => hasModifier(fn, ts.SyntaxKind.AsyncKeyword)))
      return most(fns.flatMap((fn) => [ofFunction(fn, depth), ofReturned(fn, depth)]));
    if (given.length === 0 || fns.some(isDeferred)) return 'likely';
    return most([...fns.map((fn) => ofFunction(fn, depth)), ...given.map((one) => ofPromise(one, depth))]);
  };

  /** A promise that the function returns without awaiting it. */
  const ofReturned = (fn: FunctionNode, depth: number): Likelihood => {
    if (depth > maxDepth || !fn.body) return 'unlikely';
    let worst: Likelihood = 'never';
    const returned = (value: ts.Expression): void => {
      const call = unwrap(value);
      if (!ts.isCallExpression(call)) return;
      const local = program.callees.of(call);
      const deferred =
        local.length > 0
          ? most(local.flatMap((inner) => [ofFunction(inner, depth + 1), ofReturned(inner, depth + 1)]))
          : ofCall(call, depth) === 'never'
            ? 'never'
            : 'likely';
      worst = most([worst, deferred]);
    };
    const visit = (node: ts.Node): void => {
      if (isFunctionNode(node) && node !== fn) return;
      if (ts.isReturnStatement(node) && node.expression) returned(node.expression);
      ts.forEachChild(node, visit);
    };
    if (ts.isBlock(fn.body)) visit(fn.body);
    else returned(fn.body);
    return worst;
  };

  /** A function of the file: what it only makes sure of is hardly ever wrong. */
  const ofLocal = (fn: FunctionNode, depth: number): Likelihood => {
    const found = ofFunction(fn, depth);
    if (found !== 'likely' || !fn.body || !onlyMakesSure(fn, program)) return found;
    return most(['possible', ofBody(fn.body, depth, false)]);
  };

  const ofFunction = (fn: FunctionNode, depth: number): Likelihood => {
    const known = byFunction.get(fn);
    if (known) return known;
    if (depth > maxDepth) return 'unlikely';
    byFunction.set(fn, 'never');
    const found = fn.body ? ofBody(fn.body, depth) : 'never';
    byFunction.set(fn, found);
    return found;
  };

  const ofBody = (root: ts.Node, depth: number, countsThrown = true): Likelihood => {
    let worst: Likelihood = 'never';
    const visit = (node: ts.Node): void => {
      if (worst === 'likely' || isFunctionNode(node) || ts.isTypeNode(node)) return;
      if (ts.isTryStatement(node) && node.catchClause) {
        visit(node.catchClause.block);
        if (node.finallyBlock) visit(node.finallyBlock);
        return;
      }
      if (ts.isThrowStatement(node)) worst = countsThrown ? 'likely' : worst;
      else if (ts.isCallExpression(node) || ts.isNewExpression(node)) worst = most([worst, ofCall(node, depth)]);
      else if (ts.isAwaitExpression(node)) worst = most([worst, ofPromise(node.expression, depth)]);
      ts.forEachChild(node, visit);
    };
    if (isFunctionNode(root)) return ofFunction(root, depth);
    visit(root);
    return worst;
  };

  const cache = new Map<ts.Node, Likelihood>();
  const likelihood = (node: ts.Node): Likelihood => {
    const known = cache.get(node);
    if (known) return known;
    let found: Likelihood = 'never';
    if (ts.isThrowStatement(node) || ts.isForOfStatement(node)) found = 'likely';
    else if (ts.isAwaitExpression(node)) found = ofPromise(node.expression, 0);
    else if (ts.isCallExpression(node) || ts.isNewExpression(node)) found = ofCall(node, 0);
    cache.set(node, found);
    return found;
  };

  return {
    likelihood,
    ofCalled: (fn) => (isDeferred(fn) ? 'never' : ofFunction(fn, 0)),
    rejection: (promise) => ofPromise(promise, 0),
    // What an awaited call throws and what it rejects with come out at the same place.
    mayThrow: (node) =>
      likelihood(node) !== 'never' && !(ts.isCallExpression(node) && ts.isAwaitExpression(wrapped(node).parent)),
    neverReturns: (node) => {
      const name = program.origins.nameOf(unwrap(node.expression));
      if (!name) return false;
      const full = name.module === undefined || name.module === 'process' ? name.name : undefined;
      return full !== undefined && calls.endingCalls.some((ending) => full === ending || `process.${full}` === ending);
    },
  };
}

/** By the expression itself: of a variable it is not told what it holds. */
function isMade(promise: ts.Expression): boolean {
  const value = unwrap(promise);
  return ts.isCallExpression(value) || ts.isNewExpression(value);
}

/** Is a step of a promise taken of what it gives? */
function isPromised(call: ts.Expression): boolean {
  const step = wrapped(call).parent;
  return ts.isPropertyAccessExpression(step) && isPromiseStep(step.name.text) && ts.isCallExpression(step.parent);
}

function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

function isCalm(method: string): boolean {
  return (
    calls.calmMethods.has(method) ||
    calls.calmNames.has(method) ||
    calls.calmPattern.test(method) ||
    calls.idPattern.test(method)
  );
}

function most(all: readonly Likelihood[]): Likelihood {
  return all.reduce((worst, each) => (rank[each] > rank[worst] ? each : worst), 'never');
}

function isDeferred(fn: FunctionNode): boolean {
  return fn.asteriskToken !== undefined || hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}
