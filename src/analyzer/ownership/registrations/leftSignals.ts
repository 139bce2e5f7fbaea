/**
 * Listeners that a work leaves on the signal by which its caller may give it up: does the signal outlast the work? It does by
 * itself, since it was there before, unless what the listener ends goes on after the work, or each caller makes a signal for it.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Declaration } from '../../program/scopes';
import { nodesIn } from '../../syntax/nodeIndex';
import { names } from '../../syntax/selections';
import { enclosingFunction, type FunctionNode, isWithin, ts, unwrap, wrapped } from '../../syntax/syntax';
import { continuations } from '../../words/callbacks';
import { isSetup, opens } from '../../words/starts';
import { nameOf } from '../lifetime/frequency/functionNames';
import { returnedBy } from '../values/returned';

/**
 * Is the listener of no use any more when the work is over, while its signal may be there for others?
 * @param around the work
 * @param trigger what the work waits for when it ends without the signal
 */
export function staysOnSignal(
  { form, node, receiver }: Acquisition,
  around: FunctionNode,
  trigger: ts.CallExpression | undefined,
  engine: Engine,
): boolean {
  if (form.form !== 'registration' || !form.givesUp || !receiver) return false;
  const handler = node.arguments?.[form.identity.handler];
  const taker = takerOf(receiver, engine);
  if (!handler || !taker || isOption(taker)) return false;
  // A token of an editor mostly serves one command; who is given the work itself, too, waits for others.
  if (form.disposable && !(trigger && waitsForGiven(trigger, engine))) return false;
  const name = nameOf(taker, engine.program.scopes);
  if (isSetup(name) || opens(name)) return false;
  return !goesOn(handler, [around, taker], engine) && !isMadeForIt(receiver, taker, engine);
}

/** The function whose parameter the signal is, or is a part of. */
function takerOf(receiver: ts.Expression, engine: Engine): FunctionNode | undefined {
  const root = engine.program.places.of(unwrap(receiver))?.root;
  return root?.kind === 'declaration' && root.declaration.kind === 'parameter'
    ? root.declaration.scope.func
    : undefined;
}

/** `query({ load: ({ signal }) => … })`, `{ execute: async ({ signal }) => … }`: who calls it makes a signal for each call. */
function isOption(taker: FunctionNode): boolean {
  if (ts.isMethodDeclaration(taker)) return ts.isObjectLiteralExpression(taker.parent);
  if (!ts.isArrowFunction(taker) && !ts.isFunctionExpression(taker)) return false;
  const up = wrapped(taker).parent;
  return ts.isPropertyAssignment(up) || ts.isCallExpression(up) || ts.isNewExpression(up);
}

/** `promise.then(resolve, reject)` of a promise that is a parameter. */
function waitsForGiven({ expression }: ts.CallExpression, engine: Engine): boolean {
  const callee = unwrap(expression);
  if (!ts.isPropertyAccessExpression(callee) || !continuations.has(callee.name.text)) return false;
  const root = engine.program.places.of(callee.expression)?.root;
  return root?.kind === 'declaration' && root.declaration.kind === 'parameter';
}

/** Does the handler end something that the function made and gives its caller, who works with it until the signal comes? */
function goesOn(handler: ts.Expression, takers: readonly FunctionNode[], engine: Engine): boolean {
  const ended = new Set<Declaration>();
  for (const fn of engine.program.callees.functionsOf(handler))
    for (const name of nodesIn(fn, names)) {
      const declaration = engine.program.scopes.resolve(name);
      if (declaration && declaration.kind !== 'parameter' && takers.some((taker) => isWithin(declaration.node, taker)))
        if (!isWithin(declaration.node, fn)) ended.add(declaration);
    }
  return takers.some((taker) =>
    returnedBy(taker).some((value) =>
      [...ended].some(({ references }) =>
        references.some((one) => isWithin(one, value) && enclosingFunction(one) === taker),
      ),
    ),
  );
}

/** Does each caller that is seen give a signal that it has made in the same function? */
function isMadeForIt(receiver: ts.Expression, taker: FunctionNode, engine: Engine): boolean {
  const place = engine.program.places.of(unwrap(receiver));
  if (place?.root.kind !== 'declaration' || place.path.length > 0) return false;
  const { node } = place.root.declaration;
  const position = ts.isParameter(node) ? taker.parameters.indexOf(node) : -1;
  const { calls, values } = engine.program.callees.usesOf(taker);
  if (position < 0 || values.length > 0 || calls.length === 0) return false;
  return calls.every((call) => {
    const given = call.arguments?.[position];
    const root = given && engine.program.places.of(unwrap(given))?.root;
    if (!given || root?.kind !== 'declaration') return given === undefined || ts.isCallExpression(unwrap(given));
    const made = root.declaration.initializer && unwrap(root.declaration.initializer);
    const isMade = made !== undefined && (ts.isNewExpression(made) || ts.isCallExpression(made));
    return isMade && enclosingFunction(root.declaration.node) === enclosingFunction(call);
  });
}
