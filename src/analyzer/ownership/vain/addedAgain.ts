/**
 * Additions where a removal was meant: code that undoes what another part of the file does adds the same handler for the same
 * event to the same object once more, and nothing in the file ever takes it away.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import { functionName } from '../../growth/holders';
import { constantOf } from '../../program/constants';
import { methodCalls } from '../../program/methodCalls';
import type { ResourceKind } from '../../resources/model';
import {
  type FunctionNode,
  isFunctionNode,
  isWithin,
  lastName,
  lineOf,
  rangeOf,
  ts,
  unwrap,
  wrapped,
} from '../../syntax/syntax';
import { putsOne } from '../../words/collections';
import { unreachableKinds } from '../../words/fallbackKinds';
import { registersEnd } from '../../words/hooks';
import { listenMethods, removesAll } from '../../words/listeners';
import { areOpposite, takesBack } from '../../words/opposites';
import { namesLastWork } from '../../words/teardowns';
import { mayAssign, runsIn } from '../lost/sequence';
import { fluentRoot } from '../registrations/fluent';
import { kindsByMethod } from '../registrations/registrationKinds';
import { comesOffItself } from '../registrations/selfEnding';

/** A call that adds a handler, or one that takes it back. */
interface Binding {
  readonly call: ts.CallExpression;
  readonly method: string;
  readonly receiver: ts.Expression;
  readonly event: ts.Expression;
  readonly handler: ts.Expression;
  /** The function that it runs in. */
  readonly fn: FunctionNode;
}

/**
 * @param known drafts of registrations judged before; that the two calls are never undone is told better here
 * @returns all drafts, these and the known ones that stay
 */
export function withAddedAgain(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const { byEvent, removed } = engine.once(bindingsOf);
  const told = new Set(known.flatMap(({ node, mechanism }) => (mechanism === 'repeated-registration' ? [] : node)));
  const retold = new Set<ts.Node>();
  const drafts: Draft[] = [];
  for (const again of [...byEvent.values()].flatMap((alike) => (alike.length > 1 ? alike : []))) {
    if (told.has(again.call)) continue;
    const first = byEvent
      .get(eventKey(again, engine))
      ?.find((one) => one !== again && one.fn !== again.fn && isUndone(one, again, removed, engine));
    if (
      !first ||
      told.has(first.call) ||
      removed.some((one) => mayTakeBack(one, again, engine)) ||
      isRenewed(again, engine)
    )
      continue;
    drafts.push(draftOf(first, again, kindsByMethod(kinds).get(again.method) ?? unreachableKinds.listener));
    retold.add(first.call).add(again.call);
  }
  return drafts.length === 0 ? known : [...known.filter(({ node }) => !retold.has(node)), ...drafts];
}

function draftOf(first: Binding, again: Binding, kind: string): Draft {
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: 'medium',
    confidence: 'medium',
    message: `The listener for ${again.event.getText()} is added here once more, where what line ${lineOf(first.call)} does is undone: nothing ever removes it.`,
    advice: 'Remove the handler here.',
    node: again.call,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(first.handler) },
      { role: 'release', message: 'Adds it again instead of removing it', range: rangeOf(again.call) },
    ],
  };
}

interface Bindings {
  /** What adds for one event by one method. */
  readonly byEvent: ReadonlyMap<string, readonly Binding[]>;
  readonly removed: readonly Removal[];
}

type Removal = Omit<Binding, 'handler' | 'event' | 'fn'> & {
  readonly given: readonly ts.Expression[];
};

function addsOrTakesBack(method: string): boolean {
  return isAdding(method) || takesBack(method) || removesAll.has(method);
}

function bindingsOf(engine: Engine): Bindings {
  const { program } = engine;
  const byEvent = new Map<string, Binding[]>();
  const removed: Removal[] = [];
  for (const { call, receiver, method } of methodCalls(program, addsOrTakesBack)) {
    const [event, handler] = call.arguments;
    if (isAdding(method) && event && handler && !comesOffItself(call, engine)) {
      const fn = runsIn(call);
      if (!fn) continue;
      const one = { call, method, receiver, event, handler, fn };
      const key = eventKey(one, engine);
      const alike = byEvent.get(key);
      if (alike) alike.push(one);
      else byEvent.set(key, [one]);
    } else if (takesBack(method) || removesAll.has(method))
      removed.push({ call, method, receiver, given: call.arguments });
  }
  return { byEvent, removed };
}

/** The same for all that may be for one event by one method: of an event that a function is given only its place is known. */
function eventKey(one: Binding, engine: Engine): string {
  const constant = constantOf(one.event, engine.program.scopes);
  const at = constant === undefined ? parameterAt(one.event, one.fn, engine) : undefined;
  return `${one.method} ${at === undefined ? (constant ?? one.event.getText()) : `#${at}`} ${handlerKey(one, engine)}`;
}

/** The last name of the handler; of one that the function is given only its place is known. */
function handlerKey({ handler, fn }: Binding, engine: Engine): string {
  const at = parameterAt(handler, fn, engine);
  return at === undefined ? lastName(handler) : `#${at}`;
}

/** One that comes off by itself may well be added wherever something is waited for. */
function isAdding(method: string): boolean {
  return (listenMethods.has(method) && !/once/i.test(method)) || /^add\w*Listener$/.test(method);
}

/** Does the second one stand where what the first one does is undone? */
function isUndone(first: Binding, again: Binding, removed: readonly Removal[], engine: Engine): boolean {
  if (first.method !== again.method || !isSame(first.receiver, again.receiver, engine)) return false;
  if (!isSameEvent(first, again, engine)) return false;
  if (isSameHandler(first, again, engine)) {
    if (isWithin(again.fn, first.fn)) return isLast(again.fn, first.fn);
    // A method that undoes another, and takes away some of what that one adds.
    return (
      areOpposite(functionName(first.fn), functionName(again.fn)) &&
      removed.some(
        ({ call, receiver }) =>
          runsIn(call) === again.fn && isSame(fluentRoot(receiver), fluentRoot(again.receiver), engine),
      )
    );
  }
  // `bus.on('newListener', (event, fn) => source.on(event, fn))` beside the same for `removeListener`
  return isGivenAlike(first, again, engine) && areOppositeHandlers(first.fn, again.fn);
}

/** A function that is run when all is over: given to a hook or a list of such, or what an effect gives back. */
function isLast(fn: FunctionNode, around: FunctionNode): boolean {
  const outer = wrapped(fn as ts.Expression);
  const up = outer.parent;
  if (ts.isReturnStatement(up)) return runsIn(up) === around;
  if (!ts.isCallExpression(up) || up.expression === outer) return false;
  const callee = unwrap(up.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (registersEnd(name) || namesLastWork(name)) return true;
  const [event] = up.arguments;
  if (event && ts.isStringLiteralLike(event) && namesLastWork(event.text)) return true;
  return putsOne(name) && ts.isPropertyAccessExpression(callee) && namesLastWork(lastName(callee.expression));
}

/** Two handlers written in place, of one object: of something that is added, and of what is taken away. */
function areOppositeHandlers(first: FunctionNode, again: FunctionNode): boolean {
  const [one, other] = [first, again].map((fn) => {
    const outer = wrapped(fn as ts.Expression);
    const call = outer.parent;
    if (!ts.isCallExpression(call) || call.expression === outer) return undefined;
    const callee = unwrap(call.expression);
    const [event] = call.arguments;
    return ts.isPropertyAccessExpression(callee) && event && ts.isStringLiteralLike(event)
      ? { receiver: callee.expression.getText(), method: callee.name.text, event: event.text }
      : undefined;
  });
  return (
    one !== undefined &&
    other !== undefined &&
    one.receiver === other.receiver &&
    one.method === other.method &&
    takesBack(other.event) &&
    !takesBack(one.event)
  );
}

/** Event and handler are what each of the two functions is given, at the same place. */
function isGivenAlike(first: Binding, again: Binding, engine: Engine): boolean {
  const [left, right] = [parameterAt(first.handler, first.fn, engine), parameterAt(again.handler, again.fn, engine)];
  return left !== undefined && left === right;
}

function parameterAt(expression: ts.Expression, fn: FunctionNode, { program }: Engine): number | undefined {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  if (declaration?.kind !== 'parameter' || declaration.writes.length > 0) return undefined;
  const at = fn.parameters.findIndex(
    ({ name }) => name === (ts.isParameter(declaration.node) ? declaration.node.name : undefined),
  );
  return at < 0 ? undefined : at;
}

function isSameEvent(first: Binding, again: Binding, engine: Engine): boolean {
  const { scopes } = engine.program;
  const [left, right] = [constantOf(first.event, scopes), constantOf(again.event, scopes)];
  if (left !== undefined || right !== undefined) return left === right;
  const [one, other] = [parameterAt(first.event, first.fn, engine), parameterAt(again.event, again.fn, engine)];
  return one !== undefined || other !== undefined ? one === other : first.event.getText() === again.event.getText();
}

/** One function that lasts: no new one, and none that differs from call to call. */
function isSameHandler(first: Binding, again: Binding, engine: Engine): boolean {
  const [left, right] = [unwrap(first.handler), unwrap(again.handler)];
  if (isFunctionNode(left) || isFunctionNode(right) || ts.isCallExpression(left) || ts.isCallExpression(right))
    return false;
  if (engine.program.places.same(left, right)) {
    const root = engine.program.places.of(left)?.root;
    return root?.kind !== 'declaration' || root.declaration.kind !== 'parameter' || isWithin(again.fn, first.fn);
  }
  // `this.close` here and `button.close` there: the same member of an object that has two names.
  return (
    ts.isPropertyAccessExpression(left) &&
    ts.isPropertyAccessExpression(right) &&
    left.name.text === right.name.text &&
    isWithin(again.fn, first.fn)
  );
}

function isSame(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  return engine.program.places.same(a, b) || plain(a) === plain(b);
}

function plain(node: ts.Node): string {
  return node.getText().replace(/\s|[?!]/g, '');
}

/** Is there a removal, anywhere, that may be of this handler: of the same event, or of all? */
function mayTakeBack(removal: Removal, added: Binding, engine: Engine): boolean {
  const [event, handler] = removal.given;
  // `source.removeAllListeners()`, `unlisten(handler)`
  if (removesAll.has(removal.method)) return isSame(removal.receiver, added.receiver, engine);
  if (!event || !handler) return event !== undefined && lastName(event) === lastName(added.handler);
  const [left, right] = [constantOf(event, engine.program.scopes), constantOf(added.event, engine.program.scopes)];
  if (left !== undefined && right !== undefined && left !== right) return false;
  if (left === undefined && right === undefined && plain(event) !== plain(added.event)) return false;
  return lastName(handler) === lastName(added.handler) || lastName(handler) === '';
}

/** The receiver is another one by then. */
function isRenewed({ receiver, fn }: Binding, engine: Engine): boolean {
  const place = engine.program.places.of(fluentRoot(receiver));
  return place !== undefined && fn.body !== undefined && mayAssign(fn.body, place.key, engine);
}
