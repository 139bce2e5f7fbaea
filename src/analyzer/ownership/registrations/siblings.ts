/**
 * Two subscriptions in one effect, of which the clean-up ends one: what the method gives is known from the one that is
 * ended, so the result of the other is not to be dropped.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { inOrder } from '../../program/callNames';
import { methodCalls } from '../../program/methodCalls';
import type { Declaration } from '../../program/scopes';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { visitNodes } from '../../syntax/nodeIndex';
import { functionsAndCalls } from '../../syntax/selections';
import { type FunctionNode, isFunctionNode, isWithin, lineOf, rangeOf, ts, unwrap, wrapped } from '../../syntax/syntax';
import { frequencyStep } from '../assess';

const siblingKinds = kindsWith(({ siblings }) => siblings);

/** The findings for calls whose result an effect drops although it ends that of another call of the same method. */
export function findForgottenSiblings(
  engine: Engine,
  kinds: readonly ResourceKind[],
  isJudged: (node: ts.Node) => boolean,
): readonly Draft[] {
  const drafts: Draft[] = [];
  const relevant = siblingKinds(kinds).filter(engine.look.hasWord);
  if (relevant.length === 0) return drafts;
  for (const node of callersOf(relevant, engine)) {
    if (!node.body || !ts.isBlock(node.body)) continue;
    const calls = callsOf(node);
    if (calls.length < 2) continue;
    const frequency = engine.frequency.ofFunction(node);
    if (frequency.level !== 'mount') continue;
    for (const { call, method } of calls) {
      const kind = relevant.find(({ siblings }) => siblings?.includes(method));
      if (!kind || !ts.isExpressionStatement(wrapped(call).parent) || isJudged(call)) continue;
      const ended = calls.find((other) => other.method === method && isEnded(other.call, node, engine));
      if (!ended) continue;
      drafts.push({
        kind: kind.id,
        mechanism: 'no-release-on-dispose',
        severity: kind.severity,
        confidence: 'medium',
        message: `This ${kind.noun} is never ${kind.participle ?? 'released'}: its result is dropped, while the clean-up ends the one of line ${lineOf(ended.call)}.`,
        advice: 'Keep what it gives and end it in the clean-up too.',
        node: call,
        trail: [
          { role: 'acquired', message: `The ${kind.noun} begins here`, range: rangeOf(call) },
          { role: 'release', message: 'The clean-up ends this one', range: rangeOf(ended.call) },
          frequencyStep(frequency, node),
        ],
      });
    }
  }
  return drafts;
}

/** The functions that call such a method themselves, in source order. */
function callersOf(kinds: readonly ResourceKind[], { program }: Engine): readonly FunctionNode[] {
  const methods = new Set(kinds.flatMap(({ siblings = [] }) => siblings));
  const found = new Set<FunctionNode>();
  for (const { call } of methodCalls(program, methods)) {
    let up: ts.Node | undefined = call.parent;
    while (up && !isFunctionNode(up)) up = up.parent;
    if (up) found.add(up);
  }
  return [...found].sort(inOrder);
}

interface MethodCall {
  readonly call: ts.CallExpression;
  readonly method: string;
}

/** Calls of methods by the function itself that are given a function. */
function callsOf(fn: FunctionNode): readonly MethodCall[] {
  const calls: MethodCall[] = [];
  visitNodes(fn, functionsAndCalls, (node) => {
    if (node !== fn && isFunctionNode(node)) return false;
    const callee = ts.isCallExpression(node) ? unwrap(node.expression) : undefined;
    if (!ts.isCallExpression(node) || !callee || !ts.isPropertyAccessExpression(callee)) return undefined;
    if (node.arguments.some((argument) => isFunctionNode(unwrap(argument)) || ts.isIdentifier(unwrap(argument))))
      calls.push({ call: node, method: callee.name.text });
    return undefined;
  });
  return calls;
}

/** Is the result what the effect gives as its clean-up, or does the clean-up use it? */
function isEnded(call: ts.CallExpression, effect: FunctionNode, engine: Engine): boolean {
  const up = wrapped(call).parent;
  if (ts.isReturnStatement(up)) return true;
  if (!ts.isVariableDeclaration(up)) return false;
  const variable = engine.program.scopes.declarationOf(up);
  return variable?.references.some((reference) => endsIt(reference, variable, effect)) === true;
}

function endsIt(reference: ts.Identifier, { scope }: Declaration, effect: FunctionNode): boolean {
  const up = wrapped(reference).parent;
  if (ts.isReturnStatement(up)) return scope.func === effect;
  const called =
    (ts.isCallExpression(up) && (up.expression as ts.Node) === wrapped(reference)) ||
    (ts.isPropertyAccessExpression(up) && ts.isCallExpression(up.parent) && up.parent.expression === up);
  if (!called) return false;
  for (let at: ts.Node = reference; at !== effect && at.parent; at = at.parent)
    if (isFunctionNode(at) && ts.isReturnStatement(wrapped(at as ts.Expression).parent)) return isWithin(at, effect);
  return false;
}
