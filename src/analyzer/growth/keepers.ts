/**
 * Callers of functions that keep what they are given until somebody says that it is over: the caller drops what would say
 * so, says it only where all went well, or puts in one per mount and never says it.
 */

import type { Engine } from '../engine';
import type { Keeping } from '../facts/exportFacts';
import { methodFactOf } from '../facts/methods';
import type { Draft } from '../findings/draft';
import { constantOf } from '../program/constants';
import type { Owner } from '../program/members';
import { select, visitNodes } from '../syntax/nodeIndex';
import { calls } from '../syntax/selections';
import { shortText } from '../syntax/shortText';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { isEmptiedAtEnd } from './emptiers';
import { byResult, isAdderName, keepingOf, mayKeep } from './keepings';
import { firstRejection } from './rejections';
import { addedNoun, endedNoun, isRemoving } from './words';

/** Findings at the calls by which something is kept for longer than it is of use. */
export function findKeptForGood(engine: Engine): readonly Draft[] {
  const found: Draft[] = [];
  visitNodes(engine.program.sourceFile, calls, (node) => {
    const draft = judge(node, engine);
    if (draft) found.push(draft);
    return undefined;
  });
  return found;
}

function judge(node: ts.CallExpression, engine: Engine): Draft | undefined {
  if (node.arguments.length === 0) return undefined;
  const outer = wrapped(node).parent;
  const up = ts.isAwaitExpression(outer) ? wrapped(outer).parent : outer;
  const isDropped = ts.isExpressionStatement(up);
  const isKept = ts.isVariableDeclaration(up) && ts.isIdentifier(up.name);
  const fn = isDropped || isKept ? enclosingFunction(node) : undefined;
  if (!fn) return undefined;
  // How often it runs is only asked where it matters: in a function of ten thousand statements it takes a while.
  const known = keepingAt(node, engine);
  const keeping = known ?? (isDropped ? declaredKeeping(node, engine) : undefined);
  if (!keeping) return undefined;
  const { level, why } = engine.frequency.of(node);
  if (isKept && level !== 'once') {
    const fault = keeping.until.includes(byResult) ? skipped(up, fn, engine) : undefined;
    return (
      fault &&
      draftOf(
        node,
        `\`${shortText(node.expression)}\` keeps what it is given until \`${up.name.getText()}\` is called, which line ${lineOf(fault)} skips when it fails.`,
        'Call it in `finally`.',
        fault,
        'cache/entry-left-after-rejection',
      )
    );
  }
  const isMount = level === 'mount';
  if (!isDropped || (level !== 'call' && level !== 'hot' && !isMount)) return undefined;
  if (!isMount && !(known && keeping.until.includes(byResult) && isOfCall(node, fn))) return undefined;
  if (keeping.until.some((name) => name !== byResult && isSaid(name, engine))) return undefined;
  if (isEmptiedAtEnd(node, keeping, engine) || (isMount && isOfFixedKey(node, keeping, engine))) return undefined;
  const [end = byResult] = keeping.until;
  return draftOf(
    node,
    `\`${shortText(node.expression)}\` keeps what it is given ${why}, until ${end === byResult ? 'what it gives back is called, which is dropped' : `\`${end}\` is called, which nothing here does`}.`,
    end === byResult ? 'Keep what it gives back, and call it at the end.' : `Call \`${end}\` at the end.`,
    node,
    'cache/kept-by-registry',
  );
}

/** `addShortcut('save', …)`: the next one comes into the place of this. */
function isOfFixedKey(node: ts.CallExpression, { key }: Keeping, { program }: Engine): boolean {
  return key !== undefined && constantOf(node.arguments[key], program.scopes) !== undefined;
}

function draftOf(node: ts.Node, message: string, advice: string, exit: ts.Node, kind: string): Draft {
  return {
    kind,
    mechanism: 'no-release-on-dispose',
    severity: 'medium',
    confidence: 'medium',
    message,
    advice,
    node,
    trail: [{ role: 'forgotten', message: 'What is kept stays', range: rangeOf(exit) }],
  };
}

/** The owner of each function that is a member. */
function ownersByMember({ program }: Engine): ReadonlyMap<FunctionNode, Owner> {
  const found = new Map<FunctionNode, Owner>();
  for (const owner of program.members.owners)
    for (const { functions } of owner.members.values())
      for (const fn of functions) if (!found.has(fn)) found.set(fn, owner);
  return found;
}

/** What the called function is known to keep: one of this file, an export of another, or a method of its class. */
function keepingAt(node: ts.CallExpression, engine: Engine): Keeping | undefined {
  const { callees, origins } = engine.program;
  const local = callees.of(node);
  if (local.length > 0) {
    const [target] = local;
    if (!target || local.length > 1 || !mayKeep(target)) return undefined;
    const owner = engine.once(ownersByMember).get(target);
    return keepingOf(target, owner, engine);
  }
  const callee = unwrap(node.expression);
  // Only what adds by its name is asked about: each question is remembered.
  const called = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (!isAdderName(called)) return undefined;
  const name = origins.nameOf(callee);
  const own = engine.imports.factOf(name)?.keeps;
  if (own || !ts.isPropertyAccessExpression(callee)) return own;
  const receiver = engine.imports.factOf(origins.nameOf(callee.expression));
  // `activity.begin(…)` of a whole module, a method of an object or of the class of an instance
  const { text } = callee.name;
  if (receiver?.methods && Object.hasOwn(receiver.methods, text)) return receiver.methods[text]?.keeps;
  const of = origins.nameOf(callee.expression);
  if (of?.module !== undefined && /^(?:default|\*)$/.test(of.name)) {
    const member = engine.imports.factOf({ ...of, name: text })?.keeps;
    if (member) return member;
  }
  return methodFactOf(node, engine.program, engine.imports, true)?.keeps;
}

/** Something that is of this call: its parameter, a function or an object made here. */
function isOfCall(node: ts.CallExpression, fn: FunctionNode): boolean {
  const names = new Set(fn.parameters.flatMap((parameter) => parameter.name.getText().match(/[\w$]+/g) ?? []));
  let found = false;
  for (const argument of node.arguments)
    walk(argument, (inner) => {
      if (ts.isIdentifier(inner) && names.has(inner.text)) found = true;
      return !found;
    });
  // What goes on after the call ends it may well last: only work that is waited for is over then.
  return (
    found &&
    (fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false) &&
    node.arguments.some((one) => isFunctionNode(unwrap(one)))
  );
}

/** Is there a call, or another use, of what takes it out? */
function isSaid(name: string, engine: Engine): boolean {
  if (!engine.program.text.includes(name)) return false;
  let found = false;
  visitNodes(engine.program.sourceFile, used, (node) => {
    const access = ts.isCallExpression(node) ? unwrap(node.expression) : node;
    found ||= ts.isPropertyAccessExpression(access)
      ? access.name.text === name
      : ts.isIdentifier(access) && access.text === name;
    return !found;
  });
  return found;
}

/** The `await` whose rejection passes by the call of a variable, which no `finally` and no `catch` makes up for. */
function skipped(variable: ts.VariableDeclaration, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  const uses = engine.program.scopes.declarationOf(variable)?.references.filter((use) => use !== variable.name) ?? [];
  if (uses.length === 0) return undefined;
  const ends = uses.map((use) => {
    const call = wrapped(use).parent;
    return ts.isCallExpression(call) && call.expression === wrapped(use) && enclosingFunction(call) === fn
      ? call
      : undefined;
  });
  let first: ts.Node | undefined;
  for (const end of ends) {
    if (!end) return undefined;
    const gap = firstRejection(variable, end, fn, engine);
    if (!gap) return undefined;
    first ??= gap;
  }
  return first;
}

const used = select<ts.CallExpression | ts.PropertyAccessExpression>(
  ts.SyntaxKind.CallExpression,
  ts.SyntaxKind.PropertyAccessExpression,
);

const declaredMembers = select<ts.MethodDeclaration | ts.PropertyAssignment>(
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.PropertyAssignment,
);

/** Names of the members that each interface, type and object of the file declares: by each name, those that it is among. */
function declaredGroups(engine: Engine): ReadonlyMap<string, readonly (readonly string[])[]> {
  const groups = new Map<ts.Node, string[]>();
  const note = (group: ts.Node, name: string): void => {
    const names = groups.get(group);
    if (names) names.push(name);
    else groups.set(group, [name]);
  };
  visitNodes(engine.program.sourceFile, declaredMembers, (member) => {
    note(member.parent, textOfName(member.name));
    return undefined;
  });
  for (const statement of engine.program.sourceFile.statements) {
    const members = ts.isInterfaceDeclaration(statement)
      ? statement.members
      : ts.isTypeAliasDeclaration(statement) && ts.isTypeLiteralNode(statement.type)
        ? statement.type.members
        : [];
    for (const { name } of members) if (name) note(statement, textOfName(name));
  }
  const byName = new Map<string, string[][]>();
  for (const names of groups.values())
    for (const name of names) {
      const known = byName.get(name);
      if (!known) byName.set(name, [names]);
      else if (known.at(-1) !== names) known.push(names);
    }
  return byName;
}

/** As it is written: an identifier knows it, of all others it is cut from the file. */
function textOfName(name: ts.PropertyName): string {
  return ts.isIdentifier(name) ? name.text : name.getText();
}

/** `registry.register(id, row)`, where this file declares `unregister` beside `register`. */
function declaredKeeping(node: ts.CallExpression, engine: Engine): Keeping | undefined {
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee) || unwrap(callee.expression).kind === ts.SyntaxKind.ThisKeyword)
    return undefined;
  const known = engine.once(declaredKeepings);
  const { text } = callee.name;
  if (known.has(text)) return known.get(text);
  const keeping = declaredBeside(text, engine);
  known.set(text, keeping);
  return keeping;
}

/** What is known by the name of a method alone, for each that was asked for. */
const declaredKeepings = (): Map<string, Keeping | undefined> => new Map();

function declaredBeside(text: string, engine: Engine): Keeping | undefined {
  const noun = addedNoun(text);
  if (noun === undefined) return undefined;
  for (const names of engine.once(declaredGroups).get(text) ?? []) {
    const end = names.find((name) => endedNoun(name) === noun && isRemoving(name));
    if (end) return { until: [end] };
  }
  return undefined;
}
