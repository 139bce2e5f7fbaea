/** Releases that are named and not called: `subscription.unsubscribe;`, `all.forEach((one) => one.dispose)`, `client.end.bind(client);`. */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { MemberUse } from '../../program/callees';
import { inOrder } from '../../program/callNames';
import { enclosingFunction, isThis, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { callsWithEach } from '../../words/collections';
import { unreachableKinds } from '../../words/fallbackKinds';
import { asserts } from '../../words/program';
import { isEndingCall, namesEnd } from '../../words/releases';

/** Findings for all releases of a file that stand there without being called. */
export function findUncalled(engine: Engine, known: readonly Draft[]): readonly Draft[] {
  const told = new Set(known.map(({ node }) => node));
  const drafts: Draft[] = [];
  const named: MemberUse[] = [];
  engine.program.callees.accesses.forEach((nodes, name) => {
    if (namesEnd(name)) named.push(...nodes);
  });
  for (const node of named.sort(inOrder)) {
    if (!ts.isPropertyAccessExpression(node) || told.has(node) || !isForNothing(node)) continue;
    drafts.push({
      ...draftAt(node, unreachableKinds.listener),
      message: `\`${node.getText().replace(/\s+/g, ' ')}\` on line ${lineOf(node)} does not release what it is for: it names the method and does not call it.`,
    });
  }
  for (const node of engine.program.callees.accesses.get('bind') ?? []) {
    const method = ts.isPropertyAccessExpression(node) ? unwrap(node.expression) : undefined;
    if (!method || !ts.isPropertyAccessExpression(method) || !isEndingCall(method.name.text)) continue;
    const { parent: bound } = wrapped(node);
    if (!ts.isCallExpression(bound) || !ts.isExpressionStatement(wrapped(bound).parent)) continue;
    if (!isOwnThis(bound.arguments[0], method) || isUnkept(method)) continue;
    drafts.push({
      ...draftAt(method, unreachableKinds.handle),
      message: `\`${method.getText().replace(/\s+/g, ' ')}\` on line ${lineOf(node)} does not release what it is for: \`bind\` makes a function, which nobody calls.`,
    });
  }
  return drafts;
}

/** `client.end.bind(client)`: given what a method is called on. An event that is called `end` is given a handler by its own `bind`. */
function isOwnThis(given: ts.Expression | undefined, { expression }: ts.PropertyAccessExpression): boolean {
  const value = given && unwrap(given);
  return value !== undefined && (isThis(value) || value.getText() === expression.getText());
}

/** `constructor() { this.stop.bind(this); }`: who binds the methods of an object there has forgotten to keep what that gives. */
function isUnkept(method: ts.PropertyAccessExpression): boolean {
  const fn = enclosingFunction(method);
  return isThis(method.expression) && fn !== undefined && ts.isConstructorDeclaration(fn);
}

function draftAt(node: ts.PropertyAccessExpression, kind: string): Omit<Draft, 'message'> {
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    advice: 'Call it.',
    node,
    trail: [{ role: 'release', message: 'Named, and not called', range: rangeOf(node) }],
  };
}

/** A statement of its own, or what a callback of `forEach` gives. */
function isForNothing(node: ts.PropertyAccessExpression): boolean {
  const up = wrapped(node).parent;
  // A value that is asked for is named so by chance.
  if (ts.isExpressionStatement(up))
    return node.expression.kind !== ts.SyntaxKind.SuperKeyword && !isAssertion(up) && !isDeclared(node);
  if (!ts.isArrowFunction(up) || up.body !== wrapped(node)) return false;
  const call = wrapped(up).parent;
  const callee = ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee !== undefined && ts.isPropertyAccessExpression(callee) && callsWithEach(callee.name.text);
}

/** `Layer.prototype.dispose;` below a comment tells tools of documentation of an inherited method. */
function isDeclared({ expression }: ts.PropertyAccessExpression): boolean {
  const of = unwrap(expression);
  return ts.isPropertyAccessExpression(of) && of.name.text === 'prototype';
}

/** `expect(spy).called;` */
function isAssertion(statement: ts.ExpressionStatement): boolean {
  return asserts(statement.getText());
}
