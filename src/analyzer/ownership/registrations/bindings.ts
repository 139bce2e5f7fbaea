/**
 * Registrations on a receiver of unknown type, which only the code around them can tell from any other call: a class that
 * ends its other things in a teardown and forgets this one, an effect that adds to what a module shares.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { bindTarget, isBindCall } from '../../program/bound';
import { constantOf } from '../../program/constants';
import type { Owner } from '../../program/members';
import { nodesIn, visitNodes } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import {
  type CallLike,
  enclosingFunction,
  type FunctionNode,
  isFunctionNode,
  ts,
  unwrap,
  walk,
} from '../../syntax/syntax';
import { listenMethods, unlistenMethods } from '../../words/listeners';
import { isTeardown, isWholeTeardown } from '../../words/teardowns';
import { wholeTeardownOf } from '../assess';
import { isPrivate } from '../lifetime/frequency/functionNames';
import { fluentRoot } from './fluent';
import { sameReceiver } from './removals';

/**
 * `this.client.on('update', () => this.show())` in a class that ends its other things in a teardown, and forgets this one: the
 * form of the call, an event by name and a function that holds the instance, belongs to listeners only.
 */
export function isForgottenBinding(
  { form, node, receiver }: Pick<Acquisition, 'form' | 'node' | 'receiver'>,
  engine: Engine,
): boolean {
  if (form.form !== 'registration' || form.identity.event === undefined || !receiver) return false;
  const { owner, teardown } = teardownAround(node, engine);
  if (!owner || !teardown || (owner.kind === 'object' && !owner.isClassBody) || !endsOthers(teardown, engine))
    return false;
  const event = node.arguments?.[form.identity.event];
  const handler = node.arguments?.[form.identity.handler];
  if (!event || !handler || !isPlain(node)) return false;
  return (
    (isEventName(event, engine) || namesEvent(event, handler, node)) &&
    !endsOwner(handler, owner, engine) &&
    [handler, ...givenHandlers(handler, owner, engine)].some((one) => holdsInstance(one, owner, engine)) &&
    !mayBeUndone(receiver, handler, engine) &&
    !serves(owner, receiver, engine)
  );
}

/** `app.on(options.outEvent, (data) => this.send(data))`: whatever the event is, a function written for `on` is a handler. */
function namesEvent(event: ts.Expression, handler: ts.Expression, { expression }: CallLike): boolean {
  const callee = unwrap(expression);
  const [name, fn] = [unwrap(event), unwrap(handler)];
  const isName =
    ts.isIdentifier(name) ||
    ts.isPropertyAccessExpression(name) ||
    ts.isTemplateExpression(name) ||
    ts.isElementAccessExpression(name);
  return (
    isName &&
    (ts.isArrowFunction(fn) || isBindCall(fn)) &&
    ts.isPropertyAccessExpression(callee) &&
    listenMethods.has(callee.name.text)
  );
}

/** An event and a handler, and at most what the handler is called on: `on('change', this.render, this)`. */
function isPlain({ arguments: given }: CallLike): boolean {
  return given?.length === 2 || (given?.length === 3 && given[2]?.kind === ts.SyntaxKind.ThisKeyword);
}

/** `port.on('close', this.onClose)`: what comes is the end of the owner, by one of its own teardowns. */
export function endsOwner(handler: ts.Expression, owner: Owner, engine: Engine): boolean {
  const { functionsOf, reachedFrom } = engine.program.callees;
  const teardowns = [...owner.members.values()].flatMap(({ name, functions }) =>
    isWholeTeardown(name) ? functions : [],
  );
  return functionsOf(handler).some((fn) => teardowns.some((teardown) => reachedFrom(fn).has(teardown)));
}

/** `socket.on('message', (text) => show(text))` in an effect: each mount adds one to what the module shares. */
export function isMounted(form: Acquisition['form'], node: CallLike, engine: Engine): boolean {
  if (form.form !== 'registration' || form.identity.event === undefined || !isPlain(node)) return false;
  const event = node.arguments?.[form.identity.event];
  const handler = node.arguments?.[form.identity.handler];
  return (
    event !== undefined &&
    handler !== undefined &&
    isEventName(event, engine) &&
    engine.program.callees.functionsOf(handler).length > 0 &&
    engine.frequency.of(node).level === 'mount'
  );
}

/**
 * `_listen(handler) { Bus.on('change', handler); }`: what the owner's own methods give to one that gives nothing back, so
 * that the registration is theirs; empty where anybody else may call it.
 */
export function givenHandlers(handler: ts.Expression, owner: Owner, engine: Engine): readonly ts.Expression[] {
  const value = unwrap(handler);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const fn = declaration?.kind === 'parameter' ? declaration.scope.func : undefined;
  if (!declaration || !fn?.body || enclosingFunction(value) !== fn || !isPrivate(fn)) return [];
  const index = ts.isParameter(declaration.node) ? fn.parameters.indexOf(declaration.node) : -1;
  const { calls, values } = engine.program.callees.usesOf(fn);
  const isOwn = calls.every((call) => engine.program.members.ownerAt(call) === owner);
  if (index < 0 || !isOwn || values.length > 0 || givesBack(fn)) return [];
  return calls.flatMap((call) => call.arguments?.[index] ?? []);
}

function givesBack(fn: FunctionNode): boolean {
  let gives = fn.body !== undefined && !ts.isBlock(fn.body);
  if (fn.body)
    walk(fn.body, (inner) => {
      if (ts.isReturnStatement(inner) && inner.expression) gives = true;
      return !gives && !isFunctionNode(inner);
    });
  return gives;
}

/** Who handles many events of one object (or of its parts) is made for it, and mostly ends with it: the handler of a protocol. */
function serves(owner: Owner, receiver: ts.Expression, engine: Engine): boolean {
  const rootOf = (expression: ts.Expression): string | undefined => {
    const place = engine.program.places.of(fluentRoot(expression));
    if (!place) return undefined;
    return place.root.kind === 'owner' && place.path[0] !== undefined
      ? engine.program.places.ofMember(place.root.owner, place.path[0]).key
      : place.key.split('.')[0];
  };
  const root = rootOf(receiver);
  let registrations = 0;
  walk(owner.node, (inner) => {
    const callee = ts.isCallExpression(inner) ? unwrap(inner.expression) : undefined;
    if (callee && ts.isPropertyAccessExpression(callee) && listenMethods.has(callee.name.text))
      if (rootOf(callee.expression) === root) registrations++;
    return undefined;
  });
  return registrations > mostBindings;
}

const mostBindings = 3;

/** A library may call its removal what it likes: any call that takes the handler again, or ends or empties the receiver. */
function mayBeUndone(receiver: ts.Expression, handler: ts.Expression, engine: Engine): boolean {
  let found = false;
  visitNodes(engine.program.sourceFile, calls, (inner) => {
    if (!ts.isCallExpression(inner) || found) return !found;
    const callee = unwrap(inner.expression);
    if (!ts.isPropertyAccessExpression(callee) || listenMethods.has(callee.name.text)) return undefined;
    if (!sameReceiver(receiver, callee.expression, engine)) return undefined;
    found =
      isTeardown(callee.name.text) && inner.arguments.length === 0
        ? true
        : inner.arguments.some((argument) => engine.program.places.same(argument, handler));
    return !found;
  });
  return found;
}

function teardownAround(
  node: ts.Node,
  engine: Engine,
): { readonly owner: Owner | undefined; readonly teardown: FunctionNode | undefined } {
  const owner = engine.program.members.ownerAt(node);
  return { owner, teardown: owner && wholeTeardownOf(owner, node)?.node };
}

/** Does the teardown end anything else: a call that by its name removes, clears or ends? */
export function endsOthers(teardown: FunctionNode, engine: Engine): boolean {
  for (const fn of engine.program.callees.reachedFrom(teardown)) {
    let ends = false;
    if (fn.body)
      walk(fn.body, (inner) => {
        if (!ts.isCallExpression(inner)) return !ends;
        const callee = unwrap(inner.expression);
        // The name of a variable says nothing.
        const isOuter = ts.isIdentifier(callee) && !engine.program.scopes.resolve(callee);
        const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : isOuter ? callee.text : '';
        if (isTeardown(name) && !(ts.isPropertyAccessExpression(callee) && isSuper(callee))) ends = true;
        return !ends;
      });
    if (ends) return true;
  }
  return false;
}

/** Does the teardown take a handler off anything? */
export function endsHandlers(teardown: FunctionNode, engine: Engine): boolean {
  return [...engine.program.callees.reachedFrom(teardown)].some((fn) =>
    nodesIn(fn, calls).some((call) => {
      const callee = unwrap(call.expression);
      return ts.isPropertyAccessExpression(callee) && unlistenMethods.has(callee.name.text);
    }),
  );
}

function isSuper(callee: ts.PropertyAccessExpression): boolean {
  return callee.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** A text, or a constant by its name: `Events.VOICE_STATE_UPDATE`. */
export function isEventName(event: ts.Expression, engine: Engine): boolean {
  if (typeof constantOf(event, engine.program.scopes) === 'string') return true;
  const value = unwrap(event);
  // `UPDATE_EVENT` of another file
  if (ts.isIdentifier(value)) return /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value.text);
  if (!ts.isPropertyAccessExpression(value)) return false;
  // `Events.Updated`, `ChainEvent.updated`, `page.EVENTS.unload`
  return /^[A-Z]\w*$/.test(value.name.text) || /(?:^|\.)(?:[A-Z]\w*Events?|EVENTS?)$/.test(value.expression.getText());
}

/** A function written here that uses `this`, or a method of the owner. */
export function holdsInstance(handler: ts.Expression, owner: Owner, engine: Engine): boolean {
  const value = unwrap(handler);
  const target = isBindCall(value) ? bindTarget(value) : value;
  const place = target && engine.program.places.of(target);
  if (place?.root.kind === 'owner' && place.root.owner === owner && place.path.length === 1) return true;
  const isBound = ts.isArrowFunction(value) || (isBindCall(value) && target !== undefined);
  if (!isBound && !ts.isFunctionExpression(value)) return false;
  let holds = false;
  walk(value, (inner) => {
    if (isBound && inner.kind === ts.SyntaxKind.ThisKeyword) holds = true;
    // `const self = this;`
    if (ts.isIdentifier(inner) && isAliasOf(inner, owner, engine)) holds = true;
    return !holds;
  });
  return holds;
}

function isAliasOf(name: ts.Identifier, owner: Owner, engine: Engine): boolean {
  const { initializer, writes } = engine.program.scopes.resolve(name) ?? {};
  if (!initializer || writes?.length !== 0 || unwrap(initializer).kind !== ts.SyntaxKind.ThisKeyword) return false;
  const place = engine.program.places.of(name);
  return place?.root.kind === 'owner' && place.root.owner === owner;
}

/** `() => {}`: what stays holds nothing, and may be there to have errors handled. */
export function isEmpty(handler: ts.Expression, engine: Engine): boolean {
  return engine.program.callees
    .functionsOf(handler)
    .some(({ body }) => body !== undefined && ts.isBlock(body) && body.statements.length === 0);
}
