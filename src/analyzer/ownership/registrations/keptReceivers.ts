/**
 * `if (!this.worker) this.worker = new Worker(url); this.worker.addEventListener('message', (event) => done(event.data));`: the
 * receiver is made by the first call and kept, and each call adds a handler of its own to it.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isBindCall } from '../../program/bound';
import { isEmptyValue } from '../../program/emptyValues';
import type { Place } from '../../program/places';
import {
  enclosingFunction,
  type FunctionNode,
  isAssignment,
  isFunctionNode,
  isWithin,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { frequencyStep } from '../assess';
import { releasesItself } from './endingOptions';
import { findRemovals, sameReceiver } from './removals';

/** The finding for a handler made anew by each call, on what a former call may have made; undefined when it is removed, or unsure. */
export function judgeKeptReceiver(acquisition: Acquisition, engine: Engine): Draft | undefined {
  const { form, node, kind, receiver, event } = acquisition;
  if (form.form !== 'registration' || form.once || form.givesUp || !receiver || !ts.isCallExpression(node))
    return undefined;
  const handler = node.arguments[form.identity.handler];
  const { options } = form.identity;
  if (!handler || (options !== undefined && releasesItself(node.arguments[options], engine))) return undefined;
  const fn = enclosingFunction(node);
  const made = fn && isMadeAnew(handler) ? keptBefore(receiver, node, fn, engine) : undefined;
  if (!fn || !made || givesUp(handler, receiver, engine)) return undefined;
  const frequency = engine.frequency.ofFunction(fn);
  if (!runsAgain(frequency.level)) return undefined;
  // Whoever takes anything off it may take off this one.
  if (findRemovals(acquisition, engine).some((removal) => sameReceiver(receiver, removal.receiver, engine)))
    return undefined;
  const named = event === undefined ? '' : ` for \`${event}\``;
  const text = receiver.getText();
  return {
    kind: kind.id,
    mechanism: 'repeated-registration',
    severity: (frequency.level === 'hot' || frequency.level === 'call') && !frequency.isRare ? 'medium' : 'low',
    confidence: 'medium',
    message: `The listener${named} on \`${text}\` is added by each call, while \`${text}\` is made by the first one only (line ${lineOf(made)}): those of the calls before stay.`,
    advice: `Add it where \`${text}\` is made, or remove the former one.`,
    node,
    trail: [
      { role: 'acquired', message: `Listener${named} added here, by each call`, range: rangeOf(node) },
      { role: 'held', message: `\`${text}\` is made here unless a former call has made it`, range: rangeOf(made) },
      frequencyStep(frequency, fn),
    ],
  };
}

/** `worker.on('exit', () => { worker = undefined; … })`: it waits for the end of the receiver, and goes with it. */
function givesUp(handler: ts.Expression, receiver: ts.Expression, { program }: Engine): boolean {
  const key = program.places.of(unwrap(receiver))?.key;
  let found = false;
  walk(handler, (inner) => {
    // Only some of what it hears is the end.
    if (ts.isIfStatement(inner)) return false;
    if (isAssignment(inner) && isEmptyValue(inner.right) && program.places.of(inner.left)?.key === key) found = true;
    return !found;
  });
  return found;
}

function runsAgain(level: string): boolean {
  return level === 'hot' || level === 'call' || level === 'unknown' || level === 'mount';
}

function isMadeAnew(handler: ts.Expression): boolean {
  const value = unwrap(handler);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) || isBindCall(value);
}

/** Where the function makes the receiver, if it does so only when there is none; undefined where it makes one each time. */
function keptBefore(receiver: ts.Expression, node: ts.Node, fn: FunctionNode, engine: Engine): ts.Node | undefined {
  const { places } = engine.program;
  const place = places.of(unwrap(receiver));
  if (!place || !outlivesCall(place, fn)) return undefined;
  let made: ts.Node | undefined;
  let isAlways = false;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (isFunctionNode(inner)) return false;
      if (!isAssignment(inner) || places.of(inner.left)?.key !== place.key || isEmptyValue(inner.right))
        return undefined;
      if (inner.pos < node.pos && isOnlyWhenNone(inner, node, place.key, engine)) made ??= inner;
      else isAlways = true;
      return undefined;
    });
  return isAlways ? undefined : made;
}

/** A field, or a variable of the module or of a function around. */
function outlivesCall({ root, path }: Place, fn: FunctionNode): boolean {
  if (root.kind === 'owner') return path.length === 1;
  return root.kind === 'declaration' && path.length === 0 && !isWithin(root.declaration.node, fn);
}

/** `this.x ??= make()`, `this.x = this.x || make()`, `if (!this.x) this.x = make()`, with the node outside of it. */
function isOnlyWhenNone(assignment: ts.BinaryExpression, node: ts.Node, key: string, engine: Engine): boolean {
  const isPlace = (one: ts.Expression): boolean => engine.program.places.of(unwrap(one))?.key === key;
  const { kind } = assignment.operatorToken;
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.BarBarEqualsToken)
    return isCreation(assignment.right);
  const right = unwrap(assignment.right);
  if (ts.isBinaryExpression(right) && isPlace(right.left)) return isCreation(right.right);
  if (!isCreation(right)) return false;
  for (let at: ts.Node = assignment; at.parent && !isFunctionNode(at); at = at.parent) {
    const up = at.parent;
    if (!ts.isIfStatement(up) || up.expression === at || isWithin(node, up)) continue;
    if (asksForNone(up.expression, up.thenStatement === at, isPlace)) return true;
  }
  return false;
}

/** Is the branch taken when there is nothing in the place, and by nothing else? */
export function asksForNone(
  condition: ts.Expression,
  isThen: boolean,
  isPlace: (one: ts.Expression) => boolean,
): boolean {
  const value = unwrap(condition);
  if (ts.isPrefixUnaryExpression(value) && value.operator === ts.SyntaxKind.ExclamationToken)
    return isThen && isPlace(value.operand);
  if (ts.isBinaryExpression(value) && isPlace(value.left) && isEmptyValue(value.right)) {
    const { kind } = value.operatorToken;
    const isEqual = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
    return isEqual === isThen;
  }
  return !isThen && isPlace(value);
}

function isCreation(expression: ts.Expression): boolean {
  const value = unwrap(expression);
  if (ts.isAwaitExpression(value)) return isCreation(value.expression);
  return ts.isNewExpression(value) || ts.isCallExpression(value);
}
