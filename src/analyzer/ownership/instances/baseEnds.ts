/**
 * What a teardown of a base class is about, as far as an override may do without it: methods and fields that the override may
 * use itself, and fields that the base only ends and leaves to its heirs to fill.
 */

import type { Engine } from '../../engine';
import { callsNamed } from '../../program/callNames';
import { isEmptyValue } from '../../program/emptyValues';
import type { Member, Owner } from '../../program/members';
import type { FileProgram } from '../../program/program';
import { visitNodes } from '../../syntax/nodeIndex';
import { calls, propertyAccesses } from '../../syntax/selections';
import {
  type ClassNode,
  calledName,
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isClassNode,
  isWithin,
  isWithinAny,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { inserts } from '../../words/collections';
import { runsByHost } from '../../words/hooks';
import { isTeardown } from '../../words/teardowns';
import { endsOfClass } from './declaredEnds';

export interface BaseEnd {
  /** Methods of the object that it calls, by itself or by one of them. */
  readonly calls: readonly string[];
  /** What else of the object it looks at or ends. */
  readonly parts: readonly string[];
  /** What those of its own bases, which it calls, look at or end. */
  readonly above?: readonly string[];
  /** Nobody but an heir fills these parts. */
  readonly filledByHeirs?: boolean;
  /** Methods by which an heir fills them. */
  readonly fillers?: readonly string[];
}

/** What the teardown of the class is about; nothing for one that uses no member. */
export function baseEndOf(owner: Owner, fn: FunctionNode, engine: Engine): BaseEnd | undefined {
  const reached = engine.program.callees.reachedFrom(fn);
  const read = membersUsed(reached, (access) => !isAssigned(access));
  const called = membersUsed(reached, isCallee);
  const parts = read.filter((name) => {
    const member = owner.members.get(name);
    return !member || (member.functions.length === 0 && !isFlag(member));
  });
  const fillers = parts.map((name) => {
    const member = owner.members.get(name);
    // A method that the class does not have: `this.destroyed?.()`
    if (!member) return called.includes(name) ? [] : undefined;
    return fillersOf(owner, name, member, reached, engine);
  });
  const isForHeirs = parts.length > 0 && fillers.every((one) => one !== undefined);
  const byHeirs = fillers.flatMap((one) => one ?? []);
  const calls = called.filter((name) => owner.members.get(name)?.functions.length);
  if (calls.length + parts.length === 0) {
    const givers = giversOf(owner, reached, engine);
    return givers && { calls, parts, filledByHeirs: true, fillers: givers };
  }
  return {
    calls,
    parts,
    ...(isForHeirs ? { filledByHeirs: true } : {}),
    ...(isForHeirs && byHeirs.length > 0 ? { fillers: [...new Set(byHeirs)] } : {}),
  };
}

/** May an override do without it: it does the same by itself, or its class fills nothing of what the base ends? */
export function doesWithout(owner: Owner, fn: FunctionNode, end: BaseEnd, engine: Engine): boolean {
  const own = membersUsed(engine.program.callees.reachedFrom(fn));
  if (end.calls.some((name) => own.includes(name))) return true;
  if (end.parts.length > 0 && end.parts.every((name) => own.includes(name))) return true;
  if (end.filledByHeirs !== true) return false;
  return !mentions(owner, [...end.parts, ...(end.fillers ?? [])]) || fillsWithEndless(owner, end, engine);
}

/**
 * `dispose() { unsubscribe(this); }`: the methods that hand the object to somebody whom only such an end makes let go of it.
 * Undefined where the end is about something else, or where the class hands itself out without an heir that calls one of them.
 */
function giversOf(
  { node, members }: Owner,
  teardown: ReadonlySet<FunctionNode>,
  { program }: Engine,
): readonly string[] | undefined {
  if (!isClassNode(node)) return undefined;
  const givers = new Set<FunctionNode | undefined>();
  let isTakenBack = false;
  visitNodes(node, calls, (call) => {
    if (!call.arguments.some((one) => unwrap(one).kind === ts.SyntaxKind.ThisKeyword)) return undefined;
    if (isTeardown(calledName(call))) isTakenBack ||= isWithinAny(call, teardown);
    else givers.add(methodAround(call, node));
    return undefined;
  });
  if (!isTakenBack || givers.size === 0) return undefined;
  for (const giver of givers)
    for (const call of giver ? program.callees.usesOf(giver).calls : []) givers.add(methodAround(call, node));
  const names: string[] = [];
  for (const giver of givers) {
    const name = [...members.values()].find(({ functions }) => giver && functions.includes(giver))?.name;
    if (!giver || name === undefined || !ts.isMethodDeclaration(giver) || runsByHost(name)) return undefined;
    names.push(name);
  }
  return names;
}

/** The method or constructor of the class that a node stands in. */
function methodAround(node: ts.Node, owner: ClassNode): FunctionNode | undefined {
  let fn = enclosingFunction(node);
  while (fn && fn.parent !== owner) fn = enclosingFunction(fn);
  return fn;
}

/** `this.worker = new Worker(this)`: the class only ever puts instances there of classes that tell of no end. */
function fillsWithEndless(owner: Owner, { parts, fillers }: BaseEnd, engine: Engine): boolean {
  if (fillers) return false;
  const given = parts.flatMap((name) => owner.members.get(name)?.values ?? []);
  const made = given.flatMap(({ value }) => {
    const one = value && unwrap(value);
    return one && isEmptyValue(one) ? [] : [one];
  });
  return (
    made.length > 0 &&
    made.every(
      (one) =>
        one !== undefined &&
        ts.isNewExpression(one) &&
        isSeen(one.expression, engine) &&
        endsOfClass(one, engine).length === 0,
    )
  );
}

/** A class of the program: what it does not say of its end, it does not have. */
function isSeen(callee: ts.Expression, engine: Engine): boolean {
  const name = engine.program.origins.nameOf(unwrap(callee));
  if (name?.module !== undefined) return name.module.startsWith('.') || engine.imports.factOf(name) !== undefined;
  const value = unwrap(callee);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  return declaration !== undefined && engine.program.members.ownerOf(declaration.node) !== undefined;
}

/** What the end is about for heirs of a class in between: it may fill itself what the base leaves to its heirs. */
export function passedOn(end: BaseEnd, between: readonly Owner[]): BaseEnd {
  const fills = end.filledByHeirs && between.some((owner) => mentions(owner, [...end.parts, ...(end.fillers ?? [])]));
  return fills ? { calls: end.calls, parts: end.parts } : end;
}

/** `abstract dispose(): void`: an heir has no `super.dispose` to call. */
export function isAbstract({ node }: Owner, name: string): boolean {
  return (
    isClassNode(node) &&
    node.members.some(
      (member) =>
        ts.isMethodDeclaration(member) &&
        ts.isIdentifier(member.name) &&
        member.name.text === name &&
        member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true,
    )
  );
}

/** Names of the members that functions use of their own object, in a way that counts. */
function membersUsed(
  functions: Iterable<FunctionNode>,
  counts: (access: ts.PropertyAccessExpression) => boolean = () => true,
): readonly string[] {
  const names = new Set<string>();
  for (const fn of functions)
    visitNodes(fn, propertyAccesses, (node) => {
      if (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword && counts(node))
        names.add(node.name.text);
      return undefined;
    });
  return [...names];
}

function isAssigned(access: ts.PropertyAccessExpression): boolean {
  const outer = wrapped(access);
  return isAssignment(outer.parent) && outer.parent.left === outer;
}

function isCallee(access: ts.PropertyAccessExpression): boolean {
  const outer = wrapped(access);
  return ts.isCallExpression(outer.parent) && outer.parent.expression === outer;
}

/**
 * The methods by which something comes into a part that is declared without anything in it, apart from the teardown: those that
 * the class offers to its heirs, and does not call itself. Undefined where the class fills it by other ways.
 */
function fillersOf(
  owner: Owner,
  name: string,
  member: Member,
  teardown: ReadonlySet<FunctionNode>,
  engine: Engine,
): readonly string[] | undefined {
  if (!isClassNode(owner.node) || member.parameter) return undefined;
  const given = member.values.flatMap(({ value, node }) => {
    const isInTeardown = isWithinAny(node, teardown);
    return !isInTeardown && value !== undefined && !isEmpty(unwrap(value)) ? [node] : [];
  });
  const methods = [...given, ...insertionsInto(owner.node, name)].map((node) => offeredAround(node, owner, engine));
  return methods.every((one) => one !== undefined) ? methods : undefined;
}

function insertionsInto(node: ClassNode, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  visitNodes(node, calls, (call) => {
    const callee = unwrap(call.expression);
    const target = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
    if (
      ts.isPropertyAccessExpression(callee) &&
      inserts.has(callee.name.text) &&
      target !== undefined &&
      ts.isPropertyAccessExpression(target) &&
      target.expression.kind === ts.SyntaxKind.ThisKeyword &&
      target.name.text === name
    )
      found.push(call);
    return undefined;
  });
  return found;
}

/**
 * The method of the class around a node that the class does not use itself, and that is there for heirs: one that only they may
 * call, or that puts one more of what it is given into a list.
 */
function offeredAround(node: ts.Node, owner: Owner, { program }: Engine): string | undefined {
  for (const { name, functions, isStatic } of owner.members.values()) {
    const [fn] = functions;
    if (isStatic || !fn || !ts.isMethodDeclaration(fn) || !isWithin(node, fn)) continue;
    const { calls: called, values } = program.callees.usesOf(fn);
    const isForHeirs =
      fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ProtectedKeyword) ||
      (ts.isCallExpression(node) && fn.parameters.length > 0 && !isCalledOnOthers(name, program));
    return isForHeirs && called.length + values.length === 0 ? name : undefined;
  }
  return undefined;
}

/** Only ever a plain value: it tells of the state, and holds nothing. */
function isFlag({ values, parameter }: Member): boolean {
  return (
    !parameter &&
    values.length > 0 &&
    values.every(({ value }) => {
      const given = value && unwrap(value);
      return (
        given !== undefined &&
        (given.kind === ts.SyntaxKind.TrueKeyword ||
          given.kind === ts.SyntaxKind.FalseKeyword ||
          ts.isNumericLiteral(given) ||
          ts.isStringLiteralLike(given))
      );
    })
  );
}

function isEmpty(value: ts.Expression): boolean {
  if (isEmptyValue(value)) return true;
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0;
  return (
    ts.isNewExpression(value) &&
    ts.isIdentifier(value.expression) &&
    /^(?:Map|Set|Array)$/.test(value.expression.text) &&
    !value.arguments?.length
  );
}

function mentions({ node }: Owner, names: readonly string[]): boolean {
  if (!isClassNode(node)) return true;
  let found = false;
  visitNodes(node, propertyAccesses, (access) => {
    found ||=
      ts.isPropertyAccessExpression(access) &&
      access.expression.kind === ts.SyntaxKind.ThisKeyword &&
      names.includes(access.name.text);
    return !found;
  });
  return (
    found ||
    node.members.some(
      (member) => member.name !== undefined && ts.isIdentifier(member.name) && names.includes(member.name.text),
    )
  );
}

/** `part.add(one)`: not by the object itself, and not of the language: `window.setTimeout(…)`. */
function isCalledOnOthers(name: string, program: FileProgram): boolean {
  return callsNamed(program, new Set([name])).some(({ expression }) => {
    const callee = unwrap(expression);
    if (!ts.isPropertyAccessExpression(callee)) return false;
    const receiver = unwrap(callee.expression);
    if (receiver.kind === ts.SyntaxKind.ThisKeyword || receiver.kind === ts.SyntaxKind.SuperKeyword) return false;
    return !ts.isIdentifier(receiver) || program.scopes.resolve(receiver) !== undefined;
  });
}
