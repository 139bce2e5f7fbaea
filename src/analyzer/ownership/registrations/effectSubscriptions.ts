/**
 * `useEffect(() => { client.subscribe((value) => show(value)); }, [client])`: an effect that gives a function of its own to what
 * it did not make, and neither keeps what the call gives nor comes back to it in a clean-up.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { callsNamed } from '../../program/callNames';
import type { Place } from '../../program/places';
import { kindsWith } from '../../resources/kindsWith';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  rangeOf,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../../syntax/syntax';
import { givesContext } from '../../words/hooks';
import { isTeardown } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { isEffect } from '../lifetime/effects';
import { isEmpty, isEventName } from './bindings';
import { fluentRoot } from './fluent';

const effectKinds = kindsWith(({ inEffects }) => inEffects);

/** The findings for subscriptions of effects that nothing ends. */
export function findEffectSubscriptions(
  engine: Engine,
  kinds: readonly ResourceKind[],
  isJudged: (node: ts.Node) => boolean,
): readonly Draft[] {
  const [kind] = effectKinds(kinds);
  const drafts: Draft[] = [];
  for (const node of kind?.inEffects ? callsNamed(engine.program, new Set(kind.inEffects)) : []) {
    const effect = effectOf(node);
    const callee = unwrap(node.expression);
    const handler = handlerOf(node, engine);
    if (!kind || !effect || !handler || !ts.isPropertyAccessExpression(callee)) continue;
    if (!ts.isExpressionStatement(wrapped(node).parent) || isJudged(node) || !isOwnFunction(handler, effect, engine))
      continue;
    const receiver = fluentRoot(callee.expression);
    const place = engine.program.places.of(receiver);
    if (!place || engine.types.of(receiver).size > 0 || !isGiven(place, effect)) continue;
    if (mayEndIt(effect, receiver, engine) || isComeBackTo(place, handler, node, engine)) continue;
    const frequency = engine.frequency.of(node);
    if (frequency.level !== 'mount' && frequency.level !== 'hot') continue;
    drafts.push({
      kind: kind.id,
      mechanism: 'no-release-on-dispose',
      severity: 'medium',
      confidence: 'medium',
      message: `The subscription to \`${receiver.getText()}\` never ends: the effect drops what the call gives, and its clean-up does not come back to it. It is made ${frequency.why}.`,
      advice: 'Return a clean-up that ends it.',
      node,
      trail: [
        { role: 'acquired', message: 'The subscription begins here', range: rangeOf(node) },
        frequencyStep(frequency, node),
      ],
    });
  }
  return drafts;
}

/** The only argument, or the one behind the name of an event. */
function handlerOf(
  { arguments: [first, second, ...others] }: ts.CallExpression,
  engine: Engine,
): ts.Expression | undefined {
  if (!second) return first;
  return first && others.length === 0 && isEventName(first, engine) ? second : undefined;
}

/** The function of the effect in whose own body the call stands. */
function effectOf(node: ts.CallExpression): FunctionNode | undefined {
  const fn = enclosingFunction(node);
  return fn && isEffect(fn) ? fn : undefined;
}

/** Written in the effect or its component: another one for each instance. */
function isOwnFunction(handler: ts.Expression, effect: FunctionNode, engine: Engine): boolean {
  const value = unwrap(handler);
  if (isEmpty(value, engine)) return false;
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  const home = enclosingFunction(effect);
  return engine.program.callees.functionsOf(value).some((fn) => home !== undefined && isWithin(fn, home));
}

/** From outside: a parameter of the component, an import, a context. What another hook gives may end with the component. */
function isGiven({ root }: Place, effect: FunctionNode): boolean {
  if (root.kind === 'import') return true;
  const declaration = root.kind === 'declaration' ? root.declaration : undefined;
  const home = declaration?.scope.func;
  if (!declaration || !home || home === effect || !isWithin(effect, home) || declaration.writes.length > 0)
    return false;
  if (declaration.kind === 'parameter') return true;
  const made = declaration.initializer && unwrap(declaration.initializer);
  return made !== undefined && ts.isCallExpression(made) && givesContext(calledName(made));
}

/** Ended or asked again anywhere: a call that ends by its name, that is given the handler, or that a clean-up makes. */
function isComeBackTo(place: Place, handler: ts.Expression, node: ts.CallExpression, engine: Engine): boolean {
  const { places } = engine.program;
  return nodesIn(engine.program.sourceFile, calls).some((call) => {
    if (call === node || isWithin(call, handler)) return false;
    if (call.arguments.some((one) => places.same(one, handler))) return true;
    const callee = unwrap(call.expression);
    const target = ts.isPropertyAccessExpression(callee) ? places.of(fluentRoot(callee.expression)) : undefined;
    const isOfIt = target !== undefined && (place.key === target.key || place.key.startsWith(`${target.key}.`));
    const isGivenIt = call.arguments.some((one) => places.of(one)?.key === place.key);
    if (!isOfIt && !isGivenIt) return false;
    return isTeardown(calledName(call)) || isInCleanUp(call);
  });
}

/** In a function that a function returns. */
function isInCleanUp(node: ts.Node): boolean {
  for (let at: ts.Node = node; at.parent; at = at.parent)
    if (isFunctionNode(at) && ts.isReturnStatement(wrapped(at as ts.Expression).parent)) return true;
  return false;
}

/** What the effect gives back as its clean-up is not seen through, or speaks of the receiver, also by a value taken from it. */
function mayEndIt(effect: FunctionNode, receiver: ts.Expression, { program }: Engine): boolean {
  const name = rootName(receiver);
  const speaksOf = (node: ts.Node): boolean => {
    let found = false;
    walk(node, (inner) => {
      if (!ts.isIdentifier(inner)) return !found;
      const made = program.scopes.resolve(inner)?.initializer;
      if (inner.text === name || (made && !isFunctionNode(unwrap(made)) && rootName(made) === name)) found = true;
      return !found;
    });
    return found;
  };
  if (!effect.body || !ts.isBlock(effect.body)) return true;
  let may = false;
  walk(effect.body, (node) => {
    if (isFunctionNode(node)) return false;
    if (ts.isReturnStatement(node) && node.expression) {
      const given = unwrap(node.expression);
      if (ts.isIdentifier(given) && given.text === 'undefined') return undefined;
      may ||= !isFunctionNode(given) || speaksOf(given);
    }
    return !may;
  });
  return may;
}

function rootName(expression: ts.Expression): string {
  let at = unwrap(expression);
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) at = unwrap(at.expression);
  return at.getText();
}
