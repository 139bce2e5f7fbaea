/**
 * `open() { if (!this.popup) this.createPopup(); this.popup.clicks().subscribe(() => this.close()); }`: what is listened to is made
 * by the first call and kept to the end, while each call adds a handler of its own. Whatever it is: the code itself tells.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { isEmptyValue } from '../../program/emptyValues';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  isWithin,
  leaves,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { tellsOfEnd } from '../../words/events';
import { endsForGood } from '../../words/teardowns';
import { frequencyStep } from '../assess';
import { nameOf } from '../lifetime/frequency/functionNames';
import { isEmpty } from './bindings';
import { isDropped } from './fluent';
import { writtenHere } from './itemHandlers';
import { asksForNone } from './keptReceivers';
import { byEventOrCall, judgeNamedCalls, type NamedDraft } from './namedCalls';
import { mayBeRemoved } from './removingCalls';

/** Findings for handlers that each call adds to what the first one has made. */
export function findOnLazyReceivers(
  engine: Engine,
  kinds: readonly ResourceKind[],
  acquisitions: readonly Acquisition[],
  known: readonly Draft[],
): readonly Draft[] {
  return judgeNamedCalls(engine, kinds, acquisitions, known, byEventOrCall, judge);
}

function judge(node: ts.CallExpression, engine: Engine, kind: ResourceKind): NamedDraft | undefined {
  const callee = unwrap(node.expression);
  const fn = enclosingFunction(node);
  const handler = node.arguments[kind.byEvent ? 1 : 0];
  if (!fn || ts.isConstructorDeclaration(fn) || !ts.isPropertyAccessExpression(callee) || !handler) return undefined;
  if (node.arguments.length > (kind.byEvent ? 2 : 1) || !isDropped(node) || !writtenHere(handler)) return undefined;
  if (isEmpty(handler, engine)) return undefined;
  const receiver = ownerOf(callee.expression);
  // What is kept itself may be a work that ends, and be asked for by everybody.
  if (kind.byCall && receiver === unwrap(callee.expression)) return undefined;
  const place = engine.program.places.of(receiver);
  if (place?.root.kind !== 'owner' || place.path.length !== 1) return undefined;
  const frequency = engine.frequency.of(node);
  // That it asks whether there is one already says that it runs again while there is.
  if (frequency.level === 'once') return undefined;
  const made = madeBefore(place, node, fn, engine);
  if (!made || !staysToTheEnd(place, made.makers, engine)) return undefined;
  const [event] = node.arguments;
  if (kind.byEvent && event && mayBeRemoved(receiver, event, node, engine)) return undefined;
  const text = receiver.getText();
  return {
    mechanism: 'repeated-registration',
    severity: 'medium',
    confidence: 'medium',
    message: `Each call adds a handler to what \`${text}\` is, which the first call only has made (line ${lineOf(made.at)}): those of the calls before stay.`,
    advice: `Add it where \`${text}\` is made.`,
    node,
    trail: [
      { role: 'acquired', message: 'Added here, by each call', range: rangeOf(node) },
      { role: 'held', message: `\`${text}\` is made here unless a former call has made it`, range: rangeOf(made.at) },
      frequencyStep(frequency, fn),
    ],
  };
}

/** What is listened to, or what gives it by a call without arguments: `this.popup.clicks()`. */
function ownerOf(expression: ts.Expression): ts.Expression {
  const value = unwrap(expression);
  const callee = ts.isCallExpression(value) && value.arguments.length === 0 ? unwrap(value.expression) : undefined;
  // `this.dialog.afterClosed()` ends by itself.
  return callee && ts.isPropertyAccessExpression(callee) && !tellsOfEnd(callee.name.text)
    ? unwrap(callee.expression)
    : value;
}

interface Made {
  readonly at: ts.Node;
  /** The functions that fill the place. */
  readonly makers: ReadonlySet<FunctionNode>;
}

/** Made before the node if there is none yet, here or in a method that is called for it. */
function madeBefore(place: Place, node: ts.Node, fn: FunctionNode, { program, uses }: Engine): Made | undefined {
  const isPlace = (one: ts.Expression): boolean => program.places.of(unwrap(one))?.key === place.key;
  const writes = uses.writes(place.key).filter((write) => !(ts.isBinaryExpression(write) && isEmptyValue(write.right)));
  let made: Made | undefined;
  if (fn.body)
    walk(fn.body, (inner) => {
      if (made || isFunctionNode(inner)) return false;
      if (!ts.isIfStatement(inner) || inner.pos > node.pos || isWithin(node, inner)) return undefined;
      if (!asksForNone(inner.expression, true, isPlace) || (inner.elseStatement && leaves(inner.elseStatement)))
        return undefined;
      const reached = nodesIn(inner.thenStatement, calls)
        .flatMap((call) => program.callees.of(call))
        .flatMap((callee) => [...program.callees.reachedFrom(callee)]);
      const isFilled = (write: ts.Node): boolean =>
        isWithin(write, inner.thenStatement) || reached.some((one) => isWithin(write, one));
      if (writes.length > 0 && writes.every(isFilled)) made = { at: inner, makers: new Set([fn, ...reached]) };
      return undefined;
    });
  return made;
}

/** Nobody else gives it up before the end of the whole, so that the next call would make another one. */
function staysToTheEnd(place: Place, makers: ReadonlySet<FunctionNode>, { program, uses }: Engine): boolean {
  return uses.writes(place.key).every((write) => {
    const fn = enclosingFunction(write);
    return (
      fn === undefined || makers.has(fn) || ts.isConstructorDeclaration(fn) || endsForGood(nameOf(fn, program.scopes))
    );
  });
}
