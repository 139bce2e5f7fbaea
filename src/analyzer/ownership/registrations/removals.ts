/**
 * Does a removal release a registration? It must name the same receiver, event, handler and capture flag; where it does not,
 * the reason why it cannot match.
 */

import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { helperArgument, helperCallsAt, helperIdentity } from '../../facts/helpers';
import { bindTarget, isBindCall } from '../../program/bound';
import { callsNamed, inOrder } from '../../program/callNames';
import { constantOf } from '../../program/constants';
import { isEmptyValue } from '../../program/emptyValues';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import type { Identity } from '../../resources/releaseForms';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { calledName, propertyNameText, ts, unwrap } from '../../syntax/syntax';
import { askedObject, lifetimeOf } from '../lifetime/lifetime';
import { areDistinctEvents } from './eventNames';
import { fluentRoot } from './fluent';
import { areDistinctHandlers } from './handlerNames';
import { heardBy } from './handlerThis';
import { wraps } from './wrapping';

export interface Removal {
  readonly node: ts.CallExpression;
  readonly receiver: ts.Expression | undefined;
  readonly identity: Identity;
}

interface KindRemoval extends Removal {
  /** The one event that a helper removes, where it names it. */
  readonly event: string | undefined;
}

/** Removals of a kind are the same for all of its acquisitions. */
const byKindOf = (): Map<ResourceKind, readonly KindRemoval[]> => new Map();

/** Every call of the file that may remove a handler of the kind. */
export function findRemovals({ kind, event }: Acquisition, engine: Engine): readonly Removal[] {
  const byKind = engine.once(byKindOf);
  let found = byKind.get(kind);
  if (!found) {
    found = removalsOf(kind, engine);
    byKind.set(kind, found);
  }
  return event === undefined ? found : found.filter((one) => one.event === undefined || one.event === event);
}

function removalsOf(kind: ResourceKind, engine: Engine): readonly KindRemoval[] {
  const found: KindRemoval[] = [];
  const forms = kind.release.flatMap((form) =>
    form.form === 'removal'
      ? [{ method: form.method, identity: form.identity }]
      : form.form === 'whole'
        ? [
            {
              method: form.method,
              identity: { handler: -1, ...(form.event === undefined ? {} : { event: form.event }) } satisfies Identity,
            },
          ]
        : [],
  );
  if (forms.length === 0) return found;
  const isNamed = (name: string): boolean => name !== '' && forms.some(({ method }) => method.includes(name));
  const named = callsNamed(engine.program, isNamed);
  const helping = engine.once(helpingCalls).filter((node) => !isNamed(calledName(node)));
  for (const node of helping.length === 0 ? named : [...named, ...helping].sort(inOrder)) {
    const callee = unwrap(node.expression);
    const name = ts.isPropertyAccessExpression(callee)
      ? callee.name.text
      : ts.isIdentifier(callee)
        ? callee.text
        : undefined;
    const form = forms.find((candidate) => name !== undefined && candidate.method.includes(name));
    if (form)
      found.push({
        node,
        receiver: ts.isPropertyAccessExpression(callee) ? heardBy(callee.expression) : undefined,
        identity: form.identity,
        event: undefined,
      });
    else
      for (const call of helperCallsAt(node, engine.program, engine.imports)) {
        const helped = forms.find((candidate) => candidate.method.includes(call.method));
        const identity = helped && helperIdentity(call, node, helped.identity);
        const event = helperArgument(call, node, helped?.identity.event);
        if (!identity) continue;
        found.push({
          node,
          receiver: node.arguments[call.on],
          identity,
          event: typeof event === 'string' ? event : undefined,
        });
      }
  }
  return found;
}

/** Calls of functions that add or remove a handler for whoever calls them. */
function helpingCalls({ program, imports }: Engine): readonly ts.CallExpression[] {
  return nodesIn(program.sourceFile, calls).filter((node) => helperCallsAt(node, program, imports).length > 0);
}

/**
 * Compares a registration with a removal.
 * @returns undefined when it releases the registration; `other` when it speaks of something else; else why it cannot match
 */
export function matchesRemoval(acquisition: Acquisition, removal: Removal, engine: Engine): string | undefined {
  const { form, node } = acquisition;
  if (form.form !== 'registration') return 'other';
  if (!sameReceiver(acquisition.receiver, removal.receiver, engine)) return otherTarget(acquisition, removal, engine);
  const added = node.arguments ?? [];
  const removed = removal.node.arguments;
  const eventAt = form.identity.event;
  if (eventAt !== undefined && removal.identity.event !== undefined) {
    const removedEvent = removed[removal.identity.event];
    if (removal.identity.handler === -1 && !removedEvent) return undefined;
    const addedEvent = added[eventAt];
    // `off(null, handler)`: whatever the event is.
    const isOfAny = removedEvent !== undefined && isEmptyValue(unwrap(removedEvent));
    const left = constantOf(addedEvent, engine.program.scopes);
    const right = constantOf(removedEvent, engine.program.scopes);
    if (!isOfAny && left !== undefined && right !== undefined) {
      if (left !== right && !sharesEvent(String(left), String(right)))
        return otherEvent(acquisition, removal, String(right), engine);
    } else if (
      left === undefined &&
      right === undefined &&
      addedEvent &&
      removedEvent &&
      areDistinctEvents(addedEvent, removedEvent, engine)
    )
      return 'other';
  }
  if (removal.identity.handler === -1) return undefined;
  const handler = added[form.identity.handler];
  const other = removed[removal.identity.handler];
  if (!handler || !other) return undefined;
  const identity = compareHandlers(handler, other, engine);
  if (identity !== undefined) return identity;
  const { context } = form.identity;
  if (context !== undefined && removal.identity.context !== undefined) {
    const [given, named] = [added[context], removed[removal.identity.context]];
    if (given && !named) return `it was added with \`${given.getText()}\` and is removed without it`;
    if (!given && named) return `it was added without \`${named.getText()}\` and is removed with it`;
  }
  if (form.identity.capture !== undefined && removal.identity.capture !== undefined) {
    const addedCapture = captureOf(added[form.identity.capture], engine);
    const removedCapture = captureOf(removed[removal.identity.capture], engine);
    if (addedCapture !== undefined && removedCapture !== undefined && addedCapture !== removedCapture)
      return `it was added with capture ${String(addedCapture)} and is removed with capture ${String(removedCapture)}`;
  }
  return undefined;
}

/** `'touchstart touchend'`: some libraries take several events in one text; `'click.menu'` goes with `'.menu'` and `'click'`. */
function sharesEvent(added: string, removed: string): boolean {
  const removes = removed.split(/\s+/).filter((event) => event !== '');
  return added.split(/\s+/).some((event) => event !== '' && removes.some((one) => isOfEvent(event, one)));
}

function isOfEvent(event: string, removed: string): boolean {
  return (
    event === removed ||
    (removed.startsWith('.') ? `${event}.`.includes(`${removed}.`) : event.startsWith(`${removed}.`))
  );
}

/** The same handler is removed from the same receiver, but for another event. */
function otherEvent({ form, node }: Acquisition, removal: Removal, event: string, engine: Engine): string {
  const added = form.form === 'registration' ? node.arguments?.[form.identity.handler] : undefined;
  const removed = removal.node.arguments[removal.identity.handler];
  return added && removed && engine.program.places.same(added, removed) ? `it names the event \`${event}\`` : 'other';
}

/** The same event and handler, removed from another long-lived object: a removal aimed at the wrong target. */
function otherTarget(acquisition: Acquisition, removal: Removal, engine: Engine): string {
  const { form, node, receiver } = acquisition;
  if (form.form !== 'registration' || removal.identity.handler === -1 || !receiver || !removal.receiver) return 'other';
  const handler = node.arguments?.[form.identity.handler];
  const removed = removal.node.arguments[removal.identity.handler];
  if (!handler || !removed || !engine.program.places.same(handler, removed)) return 'other';
  const eventOf = (call: Acquisition['node'], at: number | undefined): string | undefined => {
    const event = at === undefined ? undefined : call.arguments?.[at];
    const constant = constantOf(event, engine.program.scopes);
    return constant === undefined ? event?.getText() : String(constant);
  };
  if (eventOf(node, form.identity.event) !== eventOf(removal.node, removal.identity.event)) return 'other';
  if (areFresh(receiver, removal.receiver, engine))
    return `\`${removal.receiver.getText()}\` is another object than the one it was added to`;
  const isKnown =
    lifetimeOf(removal.receiver, engine).level === 'process' || engine.types.of(removal.receiver).size > 0;
  return isKnown && lifetimeOf(receiver, engine).level === 'process'
    ? `it is added to \`${receiver.getText()}\` and removed from \`${removal.receiver.getText()}\``
    : 'other';
}

export function sameReceiver(
  given: ts.Expression | undefined,
  other: ts.Expression | undefined,
  engine: Engine,
): boolean {
  const a = given && fluentRoot(given);
  const b = other && fluentRoot(other);
  if (!a || !b) return a === b || isGlobalWindow(a ?? b, engine);
  const left = engine.program.places.of(a);
  const right = engine.program.places.of(b);
  if (areFresh(a, b, engine)) return left !== undefined && left.key === right?.key;
  const asked = askedBy(a, engine);
  if (asked !== undefined && asked === askedBy(b, engine)) return true;
  if (left && right) {
    if (left.key === right.key || aliasOf(left, engine) === aliasOf(right, engine)) return true;
    // `el` here and `this.el` there, or a parameter: it may be the same object.
    if (left.root.kind === 'global' && right.root.kind === 'global') return false;
    // What two imports give are two objects, though both are called `instance`.
    if (left.root.kind === 'import' && right.root.kind === 'import')
      return (
        left.root.module === right.root.module &&
        left.root.name === right.root.name &&
        left.path.at(-1) === right.path.at(-1)
      );
    const loose = left.path.at(-1) ?? rootName(left.root);
    return loose !== undefined && loose === (right.path.at(-1) ?? rootName(right.root));
  }
  const text = (node: ts.Expression): string => node.getText().replace(/\s|[?!]/g, '');
  if (text(a) === text(b)) return true;
  // `this.player().off(…)`: what a call gives may be the receiver
  if (left && !right && ts.isCallExpression(unwrap(b)) && left.root.kind !== 'global') return true;
  // `(this.window ?? window)`: either side may be the receiver
  return (
    alternatives(b).some((side) => side !== b && sameReceiver(a, side, engine)) ||
    alternatives(a).some((side) => side !== a && sameReceiver(side, b, engine))
  );
}

/** `Client.get()` and `Client.safeGet()`, or a constant that is one of these: the object that is asked. */
function askedBy(expression: ts.Expression, engine: Engine): string | undefined {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const given = declaration?.path?.length === 0 && declaration.initializer ? unwrap(declaration.initializer) : value;
  return askedObject(given, engine)?.key;
}

/** Is each of the two the result of a call that gives another object each time? */
export function areFresh(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  return isFresh(a, engine) && isFresh(b, engine);
}

function isFresh(expression: ts.Expression, engine: Engine): boolean {
  const value = unwrap(expression);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  const given = declaration?.kind === 'const' && declaration.initializer ? unwrap(declaration.initializer) : value;
  return ts.isCallExpression(given) && [...engine.types.of(given)].some((id) => engine.types.entry(id)?.fresh === true);
}

/** A field that is given a parameter of the constructor is the same object as the parameter. */
function aliasOf(place: Place, engine: Engine): string {
  if (place.root.kind !== 'owner' || place.path.length !== 1) return place.key;
  const values = place.root.owner.members.get(place.path[0] ?? '')?.values ?? [];
  const [only] = values;
  const source = values.length === 1 && only?.value ? engine.program.places.of(only.value) : undefined;
  return source?.root.kind === 'declaration' && source.root.declaration.kind === 'parameter' ? source.key : place.key;
}

/** What a `??`, `||` or conditional expression may give. */
function alternatives(expression: ts.Expression): readonly ts.Expression[] {
  const value = unwrap(expression);
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  const operator = ts.isBinaryExpression(value) ? value.operatorToken.kind : undefined;
  if (
    ts.isBinaryExpression(value) &&
    (operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken)
  )
    return [value.left, value.right];
  return [];
}

function rootName(root: {
  readonly kind: string;
  readonly name?: string;
  readonly declaration?: { readonly name: string };
}): string | undefined {
  return root.declaration?.name ?? root.name;
}

function isGlobalWindow(expression: ts.Expression | undefined, engine: Engine): boolean {
  return expression !== undefined && engine.program.places.of(expression)?.key === 'g:window';
}

/** undefined: the same function; otherwise why not, or `other` when it plainly is another handler. */
function compareHandlers(added: ts.Expression, removed: ts.Expression, engine: Engine): string | undefined {
  const a = unwrap(added);
  const b = unwrap(removed);
  if (ts.isArrowFunction(b) || ts.isFunctionExpression(b)) {
    const same = ts.isArrowFunction(a) || ts.isFunctionExpression(a) ? a.getText() === b.getText() : true;
    return same ? 'it passes a new function, not the one that was added' : 'other';
  }
  if (isBindCall(b))
    return isBindCall(a) && a.getText() === b.getText()
      ? '`bind` makes a new function each time'
      : engine.program.places.same(bindTarget(b) ?? b, a)
        ? '`bind` makes a new function'
        : 'other';
  if (isBindCall(a)) {
    const target = bindTarget(a);
    return target && engine.program.places.same(target, b)
      ? 'the added handler is the result of `bind`, the removed one is not'
      : 'other';
  }
  if (wraps(a, b, engine)) return 'the added handler is made around the removed one';
  const left = engine.program.places.of(a);
  const right = engine.program.places.of(b);
  if (left && right) {
    if (left.key === right.key) return undefined;
    const sameName = (left.path.at(-1) ?? rootName(left.root)) === (right.path.at(-1) ?? rootName(right.root));
    // Two functions of one name, each of its own work, are two.
    const isLocal = left.root.kind === 'declaration' && right.root.kind === 'declaration';
    return sameName && !(isLocal && areDistinctHandlers(a, b, engine)) ? undefined : 'other';
  }
  if (ts.isFunctionExpression(a) && a.name && isNamedBy(b, a.name, engine)) return undefined;
  if (ts.isArrowFunction(a) || ts.isFunctionExpression(a)) return 'other';
  return undefined;
}

/** `on('done', function handler() { off('done', handler); })`: a function by its own name. */
function isNamedBy(value: ts.Expression, name: ts.Identifier, { program }: Engine): boolean {
  const declaration = ts.isIdentifier(value) ? program.scopes.resolve(value) : undefined;
  return declaration !== undefined && (declaration.node === name || declaration.node === name.parent);
}

/** Value of the capture flag; undefined when it cannot be known. */
export function captureOf(argument: ts.Expression | undefined, engine: Engine): boolean | undefined {
  if (!argument) return false;
  let value = unwrap(argument);
  const constant = constantOf(value, engine.program.scopes);
  if (typeof constant === 'boolean') return constant;
  if (ts.isIdentifier(value)) {
    const declaration = engine.program.scopes.resolve(value);
    if (!declaration) return value.text === 'undefined' ? false : undefined;
    if (!declaration.initializer || declaration.path?.length !== 0 || declaration.writes.length > 0) return undefined;
    value = unwrap(declaration.initializer);
  }
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  for (const property of value.properties) {
    if (ts.isSpreadAssignment(property)) return undefined;
    if (propertyNameText(property.name) !== 'capture') continue;
    const flag = constantOf(
      ts.isPropertyAssignment(property)
        ? property.initializer
        : ts.isShorthandPropertyAssignment(property)
          ? property.name
          : undefined,
      engine.program.scopes,
    );
    return typeof flag === 'boolean' ? flag : undefined;
  }
  return false;
}
