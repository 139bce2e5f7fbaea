/**
 * What a function and the functions inside it do with one resource: where it is released, where it passes into other
 * hands, and which names stand for it. Everything unknown counts as passing into other hands.
 */

import { isNamedIn } from '../acquiring/apiNames';
import { isErrorFirst } from '../acquiring/callbacks';
import type { Engine } from '../engine';
import { isEffect } from '../ownership/lifetime/effects';
import { fatesOfArrowResult } from '../ownership/values/fate';
import { constantOf } from '../program/constants';
import type { Declaration } from '../program/scopes';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  propertyNameText,
  ts,
  unwrap,
  wrapped,
} from '../syntax/syntax';
import { continuations, runsLaterOnce, synchronousCallbacks } from '../words/callbacks';
import { lookingGlobals, lookingMethods } from '../words/calmCalls';
import { listenMethods } from '../words/listeners';
import { isPromiseStep, isThen } from '../words/promises';
import { asksBeforeEnd, asksSortBeforeEnd, isOnlyTold } from './askedState';
import { releaseMethodsOf, transferMethodsOf } from './endingMethods';
import { usesUp } from './finishing';
import { callAroundPart, isGivenWithEnd, isLoan, isReader, isSink } from './givenCalls';
import { usesArguments, usesThis } from './implicitNames';
import { importedOutcome } from './importedUses';
import { boundName, isWriteTarget, sitesOf } from './innerFunctions';
import { lending } from './loans';
import { partGoesOn } from './parts';
import type { Body, Effect, HandleUses, UseSeed } from './useFacts';

const maxDepth = 3;

/** Follows a resource from its seed through aliases, calls, local helpers and inner functions. */
export function findHandleUses(seed: UseSeed, engine: Engine, depth = 0): HandleUses {
  const { program, types } = engine;
  const { scopes, callees, origins } = program;
  const { kind, body } = seed;
  const effects = new Map<Body, Map<ts.Node, Effect>>();
  const holders = new Set<Declaration>();
  const called = new Set<string>();
  const work: ts.CallExpression[] = [];
  const continued: FunctionNode[] = [];
  const fulfilled: { fn: FunctionNode; parameter: ts.ParameterDeclaration }[] = [];
  const lifted = new Set<FunctionNode>();
  const readIn = new Set<FunctionNode>();
  const queue: Declaration[] = [];
  let conditional = false;

  const releaseMethods = releaseMethodsOf(kind);
  const transferMethods = transferMethodsOf(kind);
  /** Calls that are given the resource and may only work with it. */
  const lentAt: ts.Node[] = [];
  const isInvoked = kind.release.some((form) => form.form === 'invoked');
  const observed = kind.release.filter((form) => form.form === 'observed');

  /** Of a library that nobody knows the form of a callback tells that it is run when the work is done. */
  const byConvention = kind.acquire.every((form) => form.form === 'convention');

  const homeOf = (node: ts.Node): Body => enclosingFunction(node) ?? program.sourceFile;

  const note = (at: ts.Node, effect: Effect): undefined => {
    const home = homeOf(at);
    let inHome = effects.get(home);
    if (!inHome) {
      inHome = new Map();
      effects.set(home, inHome);
    }
    if (inHome.get(at) !== 'released') inHome.set(at, effect);
    if (home !== body && !ts.isSourceFile(home)) lift(home, effect);
  };

  /** What an inner function does, it does where it is created, or where its name is used. */
  const lift = (fn: FunctionNode, effect: Effect): void => {
    if (lifted.has(fn) || isOwnErrorHandler(fn)) return;
    lifted.add(fn);
    if (readerCall(fn) || isOwnCallback(fn)) continued.push(fn);
    for (const site of sitesOf(fn, scopes)) if (!isWithin(site, fn) || site === fn) note(site, effect);
  };

  /** `handle.on('error', () => handle.destroy())` says nothing about the ways on which no error comes. */
  const isOwnErrorHandler = (fn: FunctionNode): boolean => {
    const call = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? wrapped(fn).parent : undefined;
    if (!call || !ts.isCallExpression(call)) return false;
    const callee = unwrap(call.expression);
    return (
      ts.isPropertyAccessExpression(callee) &&
      isHolder(callee.expression) &&
      constantOf(call.arguments[0], scopes) === 'error'
    );
  };

  const isHolder = (expression: ts.Expression): boolean => {
    const value = unwrap(expression);
    if (!ts.isIdentifier(value)) return value === seed.value;
    const declaration = scopes.resolve(value);
    return declaration !== undefined && holders.has(declaration);
  };

  const readerCall = (fn: FunctionNode): boolean => {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
    const call = wrapped(fn).parent;
    return ts.isCallExpression(call) && call.expression !== (wrapped(fn) as ts.Node) && isReader(call, kind, engine);
  };

  /** `connection.query(sql, (error, rows) => …)`: goes on when the resource has done its work. */
  const isOwnCallback = (fn: FunctionNode): boolean => {
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
    const outer = wrapped(fn);
    const call = outer.parent;
    if (!ts.isCallExpression(call) || call.arguments.at(-1) !== outer) return false;
    const callee = unwrap(call.expression);
    if (!ts.isPropertyAccessExpression(callee) || !isHolder(callee.expression)) return false;
    const { text } = callee.name;
    return kind.callbacks?.includes(text) === true || (byConvention && !listenMethods.has(text) && isErrorFirst(fn));
  };

  const hold = (declaration: Declaration): undefined => {
    if (holders.has(declaration)) return;
    holders.add(declaration);
    queue.push(declaration);
  };

  /** The clean-up of an effect is the end of what the effect has opened: who does not release it there never does. */
  const isCleanUp = (fn: FunctionNode): boolean => {
    const up = wrapped(fn as ts.Expression).parent;
    return ts.isReturnStatement(up) && !ts.isSourceFile(body) && homeOf(up) === body && isEffect(body);
  };

  /** Follows a value to what takes it. */
  const follow = (expression: ts.Expression, isPromise: boolean): undefined => {
    const outer = wrapped(expression);
    const up = outer.parent;
    if (ts.isPropertyAccessExpression(up) && up.expression === outer)
      return member(up, up.name.text, expression, isPromise);
    if (ts.isElementAccessExpression(up) && up.expression === outer) {
      const key = unwrap(up.argumentExpression);
      return ts.isStringLiteralLike(key) ? member(up, key.text, expression, isPromise) : undefined;
    }
    if (ts.isCallExpression(up) || ts.isNewExpression(up)) {
      if ((up.expression as ts.Node) === outer) return isInvoked ? note(up, 'released') : undefined;
      return passed(up, ((up.arguments ?? []) as readonly ts.Node[]).indexOf(outer));
    }
    if (ts.isAwaitExpression(up)) return follow(up, false);
    // sql`select …`: a call of it.
    if (ts.isTaggedTemplateExpression(up) && (up.tag as ts.Node) === outer) return;
    if (ts.isVariableDeclaration(up)) return declared(up, outer);
    if (isAssignment(up)) return up.right === outer && !isShownBy(up) ? assigned(up, isPromise) : undefined;
    if (ts.isReturnStatement(up) || ts.isThrowStatement(up) || ts.isYieldExpression(up) || ts.isExportAssignment(up))
      return note(up, 'handed-over');
    if (ts.isArrowFunction(up) && up.body === outer)
      return !isCleanUp(up) && fatesOfArrowResult(up).some((fate) => fate.kind === 'handed-over')
        ? note(outer, 'handed-over')
        : undefined;
    if (ts.isConditionalExpression(up)) {
      if (up.condition === outer) return;
      if (expression === seed.value) conditional = true;
      return follow(up, isPromise);
    }
    if (ts.isBinaryExpression(up)) return operand(up, outer, expression, isPromise);
    if (
      ts.isExpressionStatement(up) ||
      ts.isVoidExpression(up) ||
      ts.isTypeOfExpression(up) ||
      ts.isTemplateSpan(up) ||
      ts.isPrefixUnaryExpression(up) ||
      ts.isPostfixUnaryExpression(up) ||
      ts.isIfStatement(up) ||
      ts.isWhileStatement(up) ||
      ts.isDoStatement(up) ||
      ts.isForStatement(up) ||
      ts.isSwitchStatement(up) ||
      ts.isCaseClause(up)
    )
      return;
    if (ts.isForOfStatement(up) && up.expression === outer) {
      if (kind.release.some((form) => form.form === 'consumed')) note(pointOf(expression), 'released');
      return;
    }
    const given = callAroundPart(outer);
    if (
      given &&
      (isReader(given, kind, engine) || isSink(given, kind, types, origins.nameOf(unwrap(given.expression))))
    )
      return;
    if (given && isLoan(given, kind)) {
      lentAt.push(given);
      return;
    }
    note(pointOf(expression), 'handed-over');
  };

  /** The node that has a point in the graph: identifiers and calls have one. */
  const pointOf = (expression: ts.Expression): ts.Node => unwrap(expression);

  const operand = (
    node: ts.BinaryExpression,
    outer: ts.Node,
    expression: ts.Expression,
    isPromise: boolean,
  ): undefined => {
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.BarBarToken:
      case ts.SyntaxKind.QuestionQuestionToken:
        if (expression === seed.value) conditional = true;
        follow(node, isPromise);
        return;
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.CommaToken:
        if (node.right === outer) {
          if (expression === seed.value && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken)
            conditional = true;
          follow(node, isPromise);
        }
        return;
      default:
    }
  };

  const member = (access: ts.Expression, name: string, expression: ts.Expression, isPromise: boolean): undefined => {
    const outer = wrapped(access);
    const call = ts.isCallExpression(outer.parent) && outer.parent.expression === outer ? outer.parent : undefined;
    if (call) {
      called.add(name);
      if (!releaseMethods.has(name) && !kind.fluent?.includes(name)) work.push(call);
    }
    if (isPromise && isPromiseStep(name)) {
      if (!call) return;
      const fn = isThen(name) && call.arguments[0] ? callees.functionsOf(call.arguments[0])[0] : undefined;
      const parameter = fn?.parameters[0];
      if (!isThen(name)) return follow(call, true);
      if (fn && parameter) fulfilled.push({ fn, parameter });
      return note(call, 'handed-over');
    }
    if (releaseMethods.has(name))
      return !call && isOnlyTold(access) ? undefined : note(call ?? pointOf(expression), 'released');
    if (asksBeforeEnd(access, releaseMethods)) return note(pointOf(expression), 'released');
    if (call && kind.parts?.includes(name) && partGoesOn(call, engine)) return note(call, 'handed-over');
    // `child.stdin.end()`: release through a part
    const part = ts.isPropertyAccessExpression(outer.parent) ? outer.parent.name.text : undefined;
    if (part !== undefined && releaseMethods.has(`${name}.${part}`)) return note(pointOf(expression), 'released');
    for (const form of observed) {
      if (form.members?.includes(name)) return note(call ?? pointOf(expression), 'released');
      if (!call || !form.method.includes(name)) continue;
      const event = constantOf(call.arguments[0], scopes);
      if (event === undefined || (typeof event === 'string' && form.event.includes(event)))
        return note(call, 'released');
    }
    if (call && kind.fluent?.includes(name)) {
      // A handler that is a plain function may end its `this`.
      if (
        call.arguments.some(
          (argument) => isFunctionNode(argument) && !ts.isArrowFunction(argument) && usesThis(argument),
        )
      )
        return note(call, 'handed-over');
      follow(call, isPromise);
    }
  };

  const passed = (call: CallLike, index: number): undefined => {
    const callee = unwrap(call.expression);
    const name = origins.nameOf(callee) ?? origins.promisedOf(callee);
    for (const form of kind.release) {
      if (form.form === 'call' && form.argument === index && types.matches(name, form.callee))
        return note(call, 'released');
    }
    if (isGivenWithEnd(call, kind, engine)) return note(call, 'released');
    if (isReader(call, kind, engine) || isSink(call, kind, types, name)) return;
    if (ts.isPropertyAccessExpression(callee)) {
      for (const form of kind.release)
        if (form.form === 'method-argument' && form.argument === index && form.method.includes(callee.name.text))
          return note(call, 'released');
      if (transferMethods.has(callee.name.text)) return note(call, 'handed-over');
      if (!name && lookingMethods.has(callee.name.text)) return;
    }
    if (ts.isCallExpression(call) && name && name.module === undefined && isNamedIn(lookingGlobals, name.name)) return;
    if (index >= 0 && depth < maxDepth) {
      const local = callees.of(call);
      const outcomes = local.map((fn) => parameterOutcome(fn, index));
      if (local.length > 0 && outcomes.every((outcome) => outcome !== 'unknown')) {
        const effect = outcomes.includes('released')
          ? 'released'
          : outcomes.includes('handed-over')
            ? 'handed-over'
            : undefined;
        const given = call.arguments?.[index];
        if (effect) note(call, effect);
        else if (given && asksSortBeforeEnd(call, given, releaseMethods)) note(pointOf(given), 'released');
        else if (outcomes.includes('lends')) lentAt.push(call);
        return;
      }
    }
    const outcome = importedOutcome(name, index, kind, engine);
    if (outcome === 'reads') return;
    if (outcome !== 'released' && isLoan(call, kind)) lentAt.push(call);
    else note(call, outcome ?? 'handed-over');
  };

  /** What a function of this file does with an argument. */
  const parameterOutcome = (fn: FunctionNode, index: number): Effect | 'reads' | 'lends' | 'unknown' => {
    const parameter = fn.parameters[index];
    if (!parameter) return usesArguments(fn) ? 'unknown' : 'reads';
    if (usesUp(fn, kind, engine)) return 'handed-over';
    if (parameter.dotDotDotToken || !ts.isIdentifier(parameter.name)) return 'unknown';
    if (ts.isParameterPropertyDeclaration(parameter, parameter.parent)) return 'handed-over';
    const declaration = scopes.declarationOf(parameter);
    if (!declaration) return 'unknown';
    const uses = findHandleUses({ body: fn, kind, parameter: declaration }, engine, depth + 1);
    for (const name of uses.called) called.add(name);
    const own = [...(uses.effects.get(fn)?.values() ?? [])];
    if (own.includes('released')) return 'released';
    return own.length > 0 ? 'handed-over' : uses.lends ? 'lends' : 'reads';
  };

  const declared = (node: ts.VariableDeclaration, value: ts.Expression): undefined => {
    const declaration = scopes.declarationOf(node);
    if (ts.isIdentifier(node.name)) {
      if (!declaration) return note(pointOf(value), 'handed-over');
      if (declaration.kind === 'using') return note(node, 'released');
      return hold(declaration);
    }
    // const { close } = handle
    const releases =
      ts.isObjectBindingPattern(node.name) &&
      node.name.elements.some((element) => {
        const name = propertyNameText(element.propertyName ?? element.name);
        return element.dotDotDotToken !== undefined || (name !== undefined && releaseMethods.has(name));
      });
    note(node, releases ? 'released' : 'handed-over');
  };

  /** `image.src = url` */
  const isShownBy = ({ left }: ts.BinaryExpression): boolean => {
    const target = unwrap(left);
    return ts.isPropertyAccessExpression(target) && kind.sinks?.properties?.includes(target.name.text) === true;
  };

  const assigned = (node: ts.BinaryExpression, isPromise: boolean): undefined => {
    const left = unwrap(node.left);
    const declaration = ts.isIdentifier(left) ? scopes.resolve(left) : undefined;
    const isOwn =
      declaration !== undefined &&
      (declaration.scope.func ?? program.sourceFile) === homeOf(node) &&
      !ts.isSourceFile(homeOf(node));
    if (declaration && isOwn) {
      // What the caller gave, or one of its own.
      if (declaration.kind === 'parameter') conditional = true;
      hold(declaration);
    } else note(node, 'handed-over');
    if (!ts.isExpressionStatement(wrapped(node).parent)) follow(node, isPromise);
  };

  if (seed.value) follow(seed.value, seed.isPromise === true);
  if (seed.parameter) hold(seed.parameter);
  for (const call of seed.endedBy ?? []) note(call, 'released');
  for (let declaration = queue.shift(); declaration; declaration = queue.shift()) {
    for (const reference of declaration.references) {
      if (isWriteTarget(reference)) continue;
      const home = homeOf(reference);
      if (home !== body && !isWithin(home, body)) continue;
      if (home !== body && !ts.isSourceFile(home)) readIn.add(home);
      follow(reference, seed.isPromise === true);
    }
  }

  // Who releases it here has only lent it.
  const isLent = lending(kind, effects);
  // A helper that lends on what it is lent leaves the question to its caller.
  if (depth === 0) for (const call of lentAt.filter((at) => !isLent(at))) note(call, 'handed-over');

  /** Is an inner function that only uses the resource gone when the call it is given to is over? */
  const isPassing = (fn: FunctionNode): boolean => {
    const bound = boundName(fn, scopes);
    if (bound)
      return bound.references.every((reference) => {
        if (isWithin(reference, fn)) return true;
        const up = wrapped(reference).parent;
        return (ts.isCallExpression(up) || ts.isNewExpression(up)) && isPassingUse(up, wrapped(reference));
      });
    if (!ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return false;
    const outer = wrapped(fn);
    const up = outer.parent;
    if (isCleanUp(fn)) return true;
    return (ts.isCallExpression(up) || ts.isNewExpression(up)) && isPassingUse(up, outer);
  };
  const isPassingUse = (call: CallLike, use: ts.Node): boolean => {
    if ((call.expression as ts.Node) === use || isReader(call, kind, engine)) return true;
    const callee = unwrap(call.expression);
    if (ts.isNewExpression(call)) return ts.isIdentifier(callee) && callee.text === 'Promise';
    if (ts.isIdentifier(callee)) return runsLaterOnce(callee.text);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    return (
      isHolder(callee.expression) || synchronousCallbacks.has(callee.name.text) || continuations.has(callee.name.text)
    );
  };
  for (const reader of readIn) {
    for (let fn: Body = reader; fn !== body && !ts.isSourceFile(fn); fn = homeOf(fn)) {
      if (lifted.has(fn)) break;
      if (isPassing(fn) || isOwnErrorHandler(fn)) continue;
      for (const site of sitesOf(fn, scopes))
        if ((!isWithin(site, fn) || site === fn) && !isLent(site)) note(site, 'handed-over');
      break;
    }
  }

  return { effects, holders, called, work, conditional, continuations: continued, fulfilled, lends: lentAt.length > 0 };
}
