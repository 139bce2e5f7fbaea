/**
 * `room.on('left', (one) => { if (one !== member) return; … })` in a function that is given the `member`: the handler is for
 * one thing, so there is one for each, and on what outlives them all they stay, with all that they capture.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isBindCall } from '../../program/bound';
import type { Place } from '../../program/places';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls, functions } from '../../syntax/selections';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isEquality,
  isWithin,
  leaves,
  lineOf,
  rangeOf,
  statementsOf,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { addsOrRemoves, registrarNames, unlistenMethods } from '../../words/listeners';
import { takesBack } from '../../words/opposites';
import { speaksOfEnd } from '../../words/releases';
import { frequencyStep } from '../assess';
import { rank } from '../lifetime/frequency/frequency';
import { nameOf as functionName } from '../lifetime/frequency/functionNames';
import { asksFirst, isTold } from './askedItems';
import { isEventName } from './bindings';
import { releasesItself } from './endingOptions';
import { fluentRoot, isDropped } from './fluent';
import { byEvent, judgeNamedCalls, type NamedDraft } from './namedCalls';
import { mayBeRemoved } from './removingCalls';

/** Findings for handlers of one thing each that nobody takes off when it is gone. */
export function findItemHandlers(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  return judgeNamedCalls(engine, kinds, acquisitions, known, byEvent, judge);
}

/** The thing that a handler is for, and where it asks for it. */
interface Item {
  readonly declaration: Declaration;
  /** The function that is called for each thing. */
  readonly work: FunctionNode;
  readonly asked: ts.Expression;
}

function judge(node: ts.CallExpression, engine: Engine): NamedDraft | undefined {
  const callee = unwrap(node.expression);
  const [event, handler, options, ...more] = node.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !event || !handler || more.length > 0 || !isDropped(node))
    return undefined;
  if (options && options.kind !== ts.SyntaxKind.ThisKeyword && releasesItself(options, engine)) return undefined;
  if (!isEventName(event, engine)) return undefined;
  const fn = writtenHere(handler);
  const receiver = fluentRoot(callee.expression);
  const item = fn && itemOf(fn, node, engine);
  const place = engine.program.places.of(receiver);
  if (!fn || !item || !place || !outlivesAll(place, item, engine)) return undefined;
  const frequency = engine.frequency.ofFunction(item.work);
  if (frequency.level === 'once' || frequency.level === 'setup' || frequency.level === 'instance') return undefined;
  if (item.declaration.kind !== 'parameter' && rank[frequency.level] < rank.mount) return undefined;
  if (asksFirst(node, item.work, engine)) return undefined;
  if (mayBeRemoved(receiver, event, node, engine) || endsAnything(fn)) return undefined;
  const isOfCaller = place.root.kind === 'declaration' && place.root.declaration.kind === 'parameter';
  const backwards =
    callsGiven(fn, item.work, engine) || isRegistrar(item.work, engine) ? oppositeOf(item, engine) : undefined;
  if ((callsGiven(fn, item.work, engine) || isRegistrar(item.work, engine)) && !backwards) return undefined;
  if (isOfCaller && !backwards) return undefined;
  const text = receiver.getText();
  const { name } = item.declaration;
  return {
    mechanism: 'repeated-registration',
    severity: isOfCaller ? 'low' : 'medium',
    confidence: 'medium',
    message: `The listener for ${event.getText()} on \`${text}\` is for one \`${name}\` only (line ${lineOf(item.asked)}), and nobody removes it: each \`${name}\` leaves one more, which every later event runs.`,
    advice: backwards
      ? `Keep the handler and remove it in \`${functionName(backwards, engine.program.scopes)}\`.`
      : `Remove it when the \`${name}\` is gone, or keep one handler that looks it up.`,
    node,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(node) },
      { role: 'held', message: `It answers for this \`${name}\` alone`, range: rangeOf(item.asked) },
      ...(backwards
        ? [
            {
              role: 'release' as const,
              message: 'This takes back the rest',
              range: rangeOf(backwards.name ?? backwards),
            },
          ]
        : []),
      frequencyStep(frequency, node),
    ],
  };
}

/** A function that is written where it is given: another one each time. */
export function writtenHere(handler: ts.Expression): FunctionNode | undefined {
  const value = unwrap(handler);
  const callee = isBindCall(value) ? unwrap(value.expression) : undefined;
  const fn = callee && ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : value;
  return ts.isArrowFunction(fn) || ts.isFunctionExpression(fn) ? fn : undefined;
}

/** What the whole of a handler hangs on: it does nothing unless what it is told is what a function around was given. */
function itemOf(fn: FunctionNode, node: ts.Node, engine: Engine): Item | undefined {
  const { body } = fn;
  // `(one) => one === item && done(one)`
  if (body && !ts.isBlock(body)) return comparedIn(body, false, fn, node, engine);
  const statements = statementsOf(body);
  for (const statement of statements) {
    if (ts.isIfStatement(statement) && !statement.elseStatement) {
      const isWayOut = leaves(statement.thenStatement);
      const isLast = statement === statements.at(-1);
      const found = (isWayOut || isLast) && comparedIn(statement.expression, isWayOut, fn, node, engine);
      if (found) return found;
      if (!isWayOut) return undefined;
    } else if (!ts.isVariableStatement(statement)) return undefined;
  }
  return undefined;
}

/** `one !== item` of a way out (also beside other reasons), `one === item` of what is done. */
function comparedIn(
  condition: ts.Expression,
  isWayOut: boolean,
  fn: FunctionNode,
  node: ts.Node,
  engine: Engine,
): Item | undefined {
  const value = unwrap(condition);
  if (!ts.isBinaryExpression(value)) return undefined;
  const { left, right, operatorToken } = value;
  const joins = isWayOut ? ts.SyntaxKind.BarBarToken : ts.SyntaxKind.AmpersandAmpersandToken;
  if (operatorToken.kind === joins)
    return comparedIn(left, isWayOut, fn, node, engine) ?? comparedIn(right, isWayOut, fn, node, engine);
  if (isWayOut ? !differs(operatorToken.kind) : !isEquality(operatorToken.kind) || differs(operatorToken.kind))
    return undefined;
  const given = (one: ts.Expression): Declaration | undefined => givenTo(one, node, engine);
  const declaration = isTold(left, fn, engine) ? given(right) : isTold(right, fn, engine) ? given(left) : undefined;
  const work = declaration?.scope.func;
  return declaration && work ? { declaration, work, asked: value } : undefined;
}

function differs(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
}

/**
 * What an expression is, or is a member of: the parameter of a function around the registration, which is no constructor, or
 * what such a function makes.
 */
function givenTo(expression: ts.Expression, node: ts.Node, { program }: Engine): Declaration | undefined {
  let at = unwrap(expression);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  const declaration = ts.isIdentifier(at) ? program.scopes.resolve(at) : undefined;
  const work = declaration?.scope.func;
  const isOfCall = declaration?.kind === 'parameter' || (declaration?.kind === 'const' && isMade(declaration));
  if (!declaration || !isOfCall || declaration.writes.length > 0 || !work) return undefined;
  if (!isWithin(node, work) || ts.isConstructorDeclaration(work)) return undefined;
  return program.members.madeBy(work).some(({ kind }) => kind === 'constructor') ? undefined : declaration;
}

function isMade({ initializer }: Declaration): boolean {
  const value = initializer && unwrap(initializer);
  return value !== undefined && (ts.isCallExpression(value) || ts.isNewExpression(value));
}

/** Was the receiver there before the function was called, and is it no part of the thing itself? */
function outlivesAll({ root }: Place, { declaration, work }: Item, engine: Engine): boolean {
  if (root.kind === 'owner') return root.owner.construct !== work;
  if (root.kind === 'import') return true;
  if (root.kind === 'global') return engine.program.scopes.isModule || root.name !== declaration.name;
  if (root.kind !== 'declaration' || root.declaration === declaration) return false;
  const isOutside = !isWithin(root.declaration.node, work);
  return isOutside ? root.declaration.scope.func === undefined : root.declaration.kind === 'parameter';
}

/** Does the handler end or take off anything, which may be itself under another name? */
function endsAnything(fn: FunctionNode): boolean {
  return nodesIn(fn, calls).some((call) => speaksOfEnd(calledName(call)));
}

/** Does the handler hand on to what the caller gave, so that it is the caller's? */
function callsGiven(fn: FunctionNode, work: FunctionNode, { program }: Engine): boolean {
  let calls = false;
  walk(fn, (inner) => {
    let callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
    // `command.execute(…)`, but not `guest.off('mute', onMute)`
    if (callee && ts.isPropertyAccessExpression(callee) && !addsOrRemoves(callee.name.text))
      callee = unwrap(callee.expression);
    const declaration = callee && ts.isIdentifier(callee) ? program.scopes.resolve(callee) : undefined;
    if (declaration?.kind === 'parameter' && declaration.scope.func === work) calls = true;
    return !calls;
  });
  return calls;
}

function isRegistrar(work: FunctionNode, engine: Engine): boolean {
  return registrarNames.test(functionName(work, engine.program.scopes));
}

/** `unfollow(item)` for `follow(item)`: the author's own way back, which leaves the handler. */
function oppositeOf({ work, declaration }: Item, engine: Engine): FunctionNode | undefined {
  const name = functionName(work, engine.program.scopes).toLowerCase();
  if (name === '') return undefined;
  return nodesIn(engine.program.sourceFile, functions).find((other) => {
    const own = functionName(other, engine.program.scopes);
    if (other === work || !takesBack(own) || own.toLowerCase().replace(/un_?/, '') !== name) return false;
    if (enclosingFunction(other) !== enclosingFunction(work)) return false;
    const isOfItem = other.parameters.some((one) => ts.isIdentifier(one.name) && one.name.text === declaration.name);
    return isOfItem && !nodesIn(other, calls).some((call) => unlistenMethods.has(calledName(call)));
  });
}
