/**
 * Signals that are joined by hand: a function makes a controller of its own, aborts it when a signal that it was given
 * aborts, and hands its own signal on. Nobody can take the listener off the given one, which may be there for many works.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { bindTarget, isBindCall } from '../../program/bound';
import type { Declaration } from '../../program/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { synchronousCallbacks } from '../../words/callbacks';
import { isRequest } from '../../words/requests';
import { abortsWork } from '../../words/states';
import { frequencyStep } from '../assess';
import { returnedBy } from '../values/returned';
import { releasesItself } from './endingOptions';
import { findRemovals } from './removals';

/** The finding for a listener on a given signal by which a signal made here is aborted; undefined when someone may take it off. */
export function judgeLinkedSignal(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind, receiver } = acquisition;
  if (form.form !== 'registration' || !form.givesUp || !receiver || !ts.isCallExpression(node)) return undefined;
  const handler = node.arguments[form.identity.handler];
  const { options } = form.identity;
  if (!handler || form.disposable) return undefined;
  if (options !== undefined && releasesItself(node.arguments[options], engine, false)) return undefined;
  if (findRemovals(acquisition, engine).length > 0) return undefined;
  const controller = abortedBy(handler, engine);
  const linked = controller
    ? handedOn(controller, node, receiver, engine)
    : madeByCallers(handler, node, receiver, engine);
  if (!linked) return undefined;
  const { fn, handed } = linked;
  const frequency = engine.frequency.ofFunction(fn);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'instance') return undefined;
  const text = receiver.getText();
  return {
    kind: kind.id,
    mechanism: 'repeated-registration',
    severity: 'low',
    confidence: 'medium',
    message: `The listener stays on \`${text}\` when the work is done: the signal made of it is handed on, nobody can take the listener off, and each call leaves one more.`,
    advice: 'Join the signals with `AbortSignal.any`, which keeps nothing alive, or hand on a clean-up, too.',
    node,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
      { role: 'exit', message: 'What it aborts is handed on, without a way to remove it', range: rangeOf(handed) },
      frequencyStep(frequency, fn),
    ],
  };
}

/** What is done in a function with the signals of others, and where its own goes. */
interface Linked {
  readonly fn: FunctionNode;
  readonly handed: ts.Node;
}

/** The controller is made here, and its signal is given back. */
function handedOn(controller: Declaration, node: ts.Node, receiver: ts.Expression, engine: Engine): Linked | undefined {
  const fn = controller.scope.func;
  if (!fn || !isWithin(node, fn) || !isGiven(receiver, fn, engine)) return undefined;
  const handed = returnedBy(fn).find((value) =>
    controller.references.some((reference) => isWithin(reference, value) && enclosingFunction(reference) === fn),
  );
  return handed && { fn, handed };
}

/**
 * `abortWith(controller, signal)`: a helper that joins what it is given and gives nothing back, while each of its callers makes
 * a controller of its own and takes the signal from elsewhere.
 */
function madeByCallers(
  handler: ts.Expression,
  node: ts.Node,
  receiver: ts.Expression,
  engine: Engine,
): Linked | undefined {
  const fn = enclosingFunction(node);
  if (!fn || !isGiven(receiver, fn, engine) || returnedBy(fn).length > 0) return undefined;
  const position = abortedParameter(handler, fn, engine);
  const { calls: callers, values } = engine.program.callees.usesOf(fn);
  const [first] = callers;
  if (position < 0 || !first || values.length > 0) return undefined;
  const isOwn = callers.every((call) => {
    const maker = enclosingFunction(call);
    const given = call.arguments?.[position];
    const name = given && unwrap(given);
    const declaration = name && ts.isIdentifier(name) ? engine.program.scopes.resolve(name) : undefined;
    const made = declaration?.initializer && unwrap(declaration.initializer);
    return (
      maker !== undefined &&
      made !== undefined &&
      ts.isNewExpression(made) &&
      engine.types.of(made).has('abort-controller') &&
      declaration?.scope.func === maker &&
      call.arguments?.every((one) => one === given || !ts.isNewExpression(unwrap(one))) === true
    );
  });
  return isOwn ? { fn, handed: first } : undefined;
}

/** Which parameter of the function it is that a handler aborts; -1 where it is none. */
function abortedParameter(handler: ts.Expression, fn: FunctionNode, { program }: Engine): number {
  for (const own of program.callees.functionsOf(unwrap(handler))) {
    for (const call of nodesIn(own, calls)) {
      const callee = unwrap(call.expression);
      if (!ts.isPropertyAccessExpression(callee) || !abortsWork(callee.name.text)) continue;
      const root = unwrap(callee.expression);
      const declaration = ts.isIdentifier(root) ? program.scopes.resolve(root) : undefined;
      if (declaration?.kind === 'parameter' && declaration.scope.func === fn && ts.isParameter(declaration.node))
        return fn.parameters.indexOf(declaration.node);
    }
  }
  return -1;
}

/** The controller, made in a function, that a handler aborts. */
function abortedBy(handler: ts.Expression, engine: Engine): Declaration | undefined {
  const value = unwrap(handler);
  const bound = isBindCall(value) ? bindTarget(value) : undefined;
  const method = bound ? unwrap(bound) : value;
  const made = (expression: ts.Expression): Declaration | undefined => {
    const access = unwrap(expression);
    if (!ts.isPropertyAccessExpression(access) || !engine.types.of(access.expression).has('abort-controller'))
      return undefined;
    const root = unwrap(access.expression);
    const declaration = ts.isIdentifier(root) ? engine.program.scopes.resolve(root) : undefined;
    const initial = declaration?.initializer && unwrap(declaration.initializer);
    return declaration?.writes.length === 0 && initial && ts.isNewExpression(initial) ? declaration : undefined;
  };
  if (bound) return made(method);
  for (const fn of engine.program.callees.functionsOf(value)) {
    for (const call of nodesIn(fn, calls)) {
      const found = enclosingFunction(call) === fn ? made(call.expression) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** A parameter of the function, a member of one, or an element of what it is given; or what lives longer. */
function isGiven(receiver: ts.Expression, fn: FunctionNode, engine: Engine, depth = 0): boolean {
  const place = engine.program.places.of(unwrap(receiver));
  if (!place || depth > 3 || place.root.kind !== 'declaration') return false;
  const { declaration } = place.root;
  if (declaration.kind === 'parameter' && declaration.scope.func === fn)
    return !(place.path.length > 0 && isRequest(place.path.at(-2) ?? declaration.name));
  const list = listOf(declaration);
  return list !== undefined && elementsOf(list).some((one) => isGiven(one, fn, engine, depth + 1));
}

/** What a loop, or a callback that runs at once for each element, goes through. */
function listOf({ node }: Declaration): ts.Expression | undefined {
  const loop = ts.isVariableDeclaration(node) ? node.parent.parent : undefined;
  if (loop && ts.isForOfStatement(loop)) return loop.expression;
  const fn = ts.isParameter(node) && isFunctionNode(node.parent) ? node.parent : undefined;
  const call = fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? wrapped(fn).parent : undefined;
  const callee = call && ts.isCallExpression(call) ? unwrap(call.expression) : undefined;
  return callee && ts.isPropertyAccessExpression(callee) && synchronousCallbacks.has(callee.name.text)
    ? callee.expression
    : undefined;
}

/** `[a, b]`, `signals`, `signals.filter(Boolean)`. */
function elementsOf(list: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(list);
  if (ts.isArrayLiteralExpression(value))
    return value.elements.map((one) => (ts.isSpreadElement(one) ? one.expression : one));
  if (ts.isCallExpression(value)) {
    const callee = unwrap(value.expression);
    return ts.isPropertyAccessExpression(callee) ? elementsOf(callee.expression) : [];
  }
  return [value];
}
