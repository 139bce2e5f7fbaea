/**
 * How often does an insertion put in something new? Not as often as it runs: an event that adds the same key again adds
 * nothing, and what a stream gives until its end, which comes once, is a whole that somebody wants.
 */

import type { Engine } from '../engine';
import { type Frequency, runs } from '../ownership/lifetime/frequency/frequency';
import { withoutLoops } from '../ownership/lifetime/frequency/occasions';
import { methodCalls } from '../program/methodCalls';
import type { Declaration } from '../program/scopes';
import {
  calledName,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  ts,
  unwrap,
  walk,
  wrapped,
} from '../syntax/syntax';
import { tellsThatOver } from '../words/events';
import { listenMethods } from '../words/listeners';
import { asksOnce } from '../words/requests';
import type { Insertion } from './changes';
import type { Container } from './containers';
import { isPartEvent, isStreamEnd } from './words';

/** How often an insertion puts in another key, or one more of a list. */
export function renewalOf(insertion: Insertion, engine: Engine): Frequency {
  const frequency = engine.frequency.of(insertion.node);
  if (isOfEnd(frequency, engine) || isUntilEnd(insertion.node, engine)) return once;
  if (frequency.level !== 'hot' || !insertion.key) return frequency;
  const maker = makerOf(insertion.key, insertion.node, engine);
  return maker ? engine.frequency.ofFunction(maker) : frequency;
}

const once = runs('once', { kind: 'load' });

/** The function around the handler whose variables make up the key: for all its events the key is the same. */
function makerOf(key: ts.Expression, node: ts.Node, { program }: Engine): FunctionNode | undefined {
  let maker: FunctionNode | undefined;
  let isFixed = true;
  walk(key, (inner) => {
    if (!isFixed) return false;
    // What is asked of something may be another each time.
    if (ts.isCallExpression(inner) || ts.isNewExpression(inner) || isFunctionNode(inner) || isThis(inner))
      isFixed = false;
    if (!ts.isIdentifier(inner)) return undefined;
    const declaration = program.scopes.resolve(inner);
    if (!declaration) return undefined;
    const { func } = declaration.scope;
    if (declaration.writes.length > 0 || func === undefined) isFixed = false;
    else if (!maker || isWithin(func, maker)) maker = func;
    return undefined;
  });
  if (!isFixed || !maker || maker === enclosingFunction(node)) return undefined;
  return isWithin(node, maker) ? maker : undefined;
}

function isThis(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword;
}

/** In handlers of the end of streams alone that are each listened to once. */
function isOfEnd({ occasion }: Frequency, engine: Engine): boolean {
  const event = withoutLoops(occasion);
  if (event.kind !== 'event' || !isStreamEnd(event.name)) return false;
  const own = engine.once(listenings).filter((one) => one.event === event.name);
  return own.length > 0 && own.every(({ call }) => isOnce(call, engine));
}

/** In a handler of what a stream gives, beside one of its end, both added once: `process.stdin.on('data', …)`. */
export function isUntilEnd(node: ts.Node, engine: Engine): boolean {
  const around = engine.once(listenings).find(({ event, handler }) => isPartEvent(event) && isWithin(node, handler));
  const isOfOne = (call: ts.CallExpression): boolean => isOnce(call, engine) || isOfOneAnswer(call, engine);
  if (!around || !isOfOne(around.call)) return false;
  return engine.once(listenings).some(({ event, of, call }) => {
    return isStreamEnd(event) && of === around.of && isOfOne(call);
  });
}

/** `https.get(url, (answer) => answer.on('data', …))`, asked once: what is listened to is the one answer. */
function isOfOneAnswer(call: ts.CallExpression, engine: Engine): boolean {
  const fn = enclosingFunction(call);
  const asking = fn && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)) ? wrapped(fn).parent : undefined;
  const source = unwrap(call.expression);
  const [answer, more] = fn?.parameters ?? [];
  if (!asking || !ts.isCallExpression(asking) || !answer || more || !ts.isPropertyAccessExpression(source))
    return false;
  const name = engine.program.origins.nameOf(unwrap(asking.expression));
  return (
    receiverOf(source.expression).getText() === answer.name.getText() &&
    name?.module !== undefined &&
    asksOnce(calledName(asking)) &&
    isOnce(asking, engine)
  );
}

/**
 * `const parts = []; child.stdout.on('data', (part) => parts.push(part)); child.on('exit', …)`: a list of one call that collects
 * what one object gives until its end.
 */
export function isCollected({ node }: Insertion, container: Container, engine: Engine): boolean {
  const around = engine.once(listenings).find(({ event, handler }) => isPartEvent(event) && isWithin(node, handler));
  const fn = around && enclosingFunction(around.call);
  if (!fn || !isWithin(container.node, fn) || enclosingFunction(container.node) !== fn) return false;
  // One that the function was given, a connection perhaps, may go on for as long as it likes.
  const source = madeBy(around.call, fn, engine);
  return (
    source !== undefined &&
    engine.once(listenings).some(({ event, call }) => tellsThatOver(event) && madeBy(call, fn, engine) === source)
  );
}

/** The variable of the function with what is listened to, or with what that is a part of: `child` of `child.stdout`. */
function madeBy({ expression }: ts.CallExpression, fn: FunctionNode, { program }: Engine): Declaration | undefined {
  let at = unwrap(expression);
  while (ts.isPropertyAccessExpression(at)) at = receiverOf(at.expression);
  const declaration = ts.isIdentifier(at) ? program.scopes.resolve(at) : undefined;
  return declaration?.scope.func === fn && declaration.kind !== 'parameter' ? declaration : undefined;
}

function isOnce(call: ts.Node, engine: Engine): boolean {
  const { level } = engine.frequency.of(call);
  return level === 'once' || level === 'setup';
}

interface Listening {
  readonly call: ts.CallExpression;
  /** What is listened to, as it is written. */
  readonly of: string;
  readonly event: string;
  readonly handler: ts.Expression;
}

/** Calls of the file that listen to an event by its name; of a chain each is of the same. */
function listenings({ program }: Engine): readonly Listening[] {
  const found: Listening[] = [];
  for (const { call, receiver } of methodCalls(program, listenMethods)) {
    const [event, handler] = call.arguments;
    if (event && handler && ts.isStringLiteralLike(event))
      found.push({ call, of: receiverOf(receiver).getText(), event: event.text, handler: wrapped(handler) });
  }
  return found;
}

function receiverOf(expression: ts.Expression): ts.Expression {
  const value = unwrap(expression);
  if (!ts.isCallExpression(value)) return value;
  const callee = unwrap(value.expression);
  return ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text)
    ? receiverOf(callee.expression)
    : value;
}
