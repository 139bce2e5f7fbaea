/**
 * Removals that cannot remove anything, whatever the receiver is: of a handler that was only added for other events, to
 * another object, or not at all. Who writes a removal states that the handler should go, so its lifetime need not be known.
 */

import type { Engine } from '../../engine';
import type { Draft } from '../../findings/draft';
import type { Place } from '../../program/places';
import type { Declaration } from '../../program/scopes';
import type { ResourceKind } from '../../resources/model';
import { lineOf, rangeOf, ts, unwrap } from '../../syntax/syntax';
import { isPageObject } from '../../words/pages';
import { fluentRoot } from '../registrations/fluent';
import { kindsByMethod } from '../registrations/registrationKinds';
import {
  areOtherEvents,
  type Binding,
  type Bindings,
  bindingsOf,
  isSameEvent,
  isSameHandler,
  isSameObject,
  type Vain,
} from './bindingPairs';
import { misnamed } from './misnamedRemovals';
import { otherHandler } from './otherHandlers';
import { isRemovedBeside, isRemovedByCleanUp } from './removedBeside';

/**
 * @param known drafts of registrations judged before: what they say of a removal is not said again
 */
export function findVainRemovals(
  engine: Engine,
  kinds: readonly ResourceKind[],
  known: readonly Draft[],
): readonly Draft[] {
  const kindOf = kindsByMethod(kinds);
  const bindings = bindingsOf(engine);
  if (bindings.removed.length === 0 && bindings.emptied.length === 0) return [];
  const nodesOf = ({ node, open }: Draft): readonly ts.Node[] => (open?.mistaken ? [node, open.mistaken] : [node]);
  const told = new Set(known.flatMap(nodesOf));
  // What is only suspected of a registration is known once its removal names another function.
  const sure = new Set(known.filter(({ confidence }) => confidence !== 'low').flatMap(nodesOf));
  const drafts: Draft[] = [];
  for (const removal of bindings.removed) {
    if (sure.has(removal.call)) continue;
    const found = told.has(removal.call)
      ? undefined
      : (otherEvent(removal, bindings, engine) ??
        otherTarget(removal, bindings, engine) ??
        neverAdded(removal, bindings, engine));
    const other = found ?? misnamed(removal, bindings, engine);
    const kind = other && kindOf.get(methodOf(other.added.call));
    if (!other || !kind || (other === found ? told : sure).has(other.added.call)) continue;
    told.add(other.added.call);
    sure.add(other.added.call);
    drafts.push(draftOf(removal, other, kind));
  }
  for (const removal of bindings.emptied) {
    const added = bindings
      .addedWith(removal)
      .find((one) => isSameHandler(one, removal, engine) && isSameObject(one.receiver, removal.receiver, engine));
    const kind = added && (kindOf.get(methodOf(added.call)) ?? kindEmptiedBy(methodOf(removal.call), kinds));
    if (!added || !kind || told.has(added.call)) continue;
    told.add(added.call);
    drafts.push(draftOf(removal, { added, why: 'it passes the handler where the event belongs' }, kind));
  }
  return drafts;
}

function draftOf(removal: Binding, { added, why, isBrief = false }: Vain, kind: string): Draft {
  const receiver = fluentRoot(added.receiver).getText();
  const event = added.event.getText();
  return {
    kind,
    mechanism: 'release-never-matches',
    severity: isBrief ? 'low' : 'medium',
    confidence: 'medium',
    message: `The listener for ${event} on \`${receiver}\` stays: the removal on line ${lineOf(removal.call.arguments[0] ?? removal.call)} cannot match because ${why}.`,
    advice: 'Pass the same object, event and handler to both calls.',
    node: added.call,
    vain: removal.call,
    trail: [
      { role: 'acquired', message: 'Listener added here', range: rangeOf(added.handler) },
      { role: 'release', message: `This removal cannot match: ${why}`, range: rangeOf(removal.handler) },
    ],
  };
}

/** The kind whose registrations a method takes away all at once. */
function kindEmptiedBy(method: string, kinds: readonly ResourceKind[]): string | undefined {
  return kinds.find(
    ({ acquire, release }) =>
      acquire.some((form) => form.form === 'registration' && form.untyped === 'pair' && !form.once) &&
      release.some((form) => form.form === 'whole' && form.method.includes(method)),
  )?.id;
}

function methodOf(call: ts.CallExpression): string {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** The handler is on that object, but for other events. */
function otherEvent(removal: Binding, bindings: Bindings, engine: Engine): Vain | undefined {
  const isSame = (one: Binding): boolean =>
    isSameHandler(one, removal, engine) && isSameObject(one.receiver, removal.receiver, engine);
  if (bindings.addedAs(removal).some(isSame)) return undefined;
  const same = bindings.addedWith(removal).filter(isSame);
  if (!same.every(({ event }) => areOtherEvents(event, removal.event, engine))) return undefined;
  const left = same.find((one) => !isRemovedBeside(one, removal, bindings, engine));
  if (!left) return otherHandler(removal, same, bindings, engine);
  const isBrief = isRemovedByCleanUp(left, bindings, engine);
  return { added: left, why: `it names the event ${removal.event.getText()}`, ...(isBrief ? { isBrief } : {}) };
}

/** The handler was only ever added to another object. */
function otherTarget(removal: Binding, { addedWith }: Bindings, engine: Engine): Vain | undefined {
  const same = addedWith(removal).filter((one) => isSameHandler(one, removal, engine));
  const [only] = same;
  if (same.length !== 1 || !only || areOtherEvents(only.event, removal.event, engine)) return undefined;
  if (!areOtherObjects(only.receiver, removal.receiver, engine)) return undefined;
  return {
    added: only,
    why: `it is added to \`${fluentRoot(only.receiver).getText()}\` and removed from \`${fluentRoot(removal.receiver).getText()}\``,
  };
}

/** A function that is named in removals only, while another one was added for the event and is never removed. */
function neverAdded(removal: Binding, { added, removed, removedWith }: Bindings, engine: Engine): Vain | undefined {
  const value = unwrap(removal.handler);
  const declaration = ts.isIdentifier(value) ? engine.program.scopes.resolve(value) : undefined;
  if (!declaration || !isOwnFunction(declaration)) return undefined;
  const isOnlyRemoved = declaration.references.every((reference) =>
    removed.some(({ handler }) => unwrap(handler) === reference),
  );
  if (!isOnlyRemoved) return undefined;
  const left = added.find(
    (one) =>
      isSameObject(one.receiver, removal.receiver, engine) &&
      isSameEvent(one.event, removal.event, engine) &&
      !removedWith(one).some(
        (other) =>
          isSameHandler(one, other, engine) &&
          isSameObject(one.receiver, other.receiver, engine) &&
          !areOtherEvents(one.event, other.event, engine),
      ),
  );
  return left && { added: left, why: `\`${declaration.name}\` was never added` };
}

/** A function of this file that nobody else can name. */
function isOwnFunction({ node, kind, initializer, writes, scope }: Declaration): boolean {
  if (writes.length > 0 || scope.func === undefined) return false;
  if (kind === 'function') return ts.isFunctionDeclaration(node);
  const value = initializer && unwrap(initializer);
  return kind === 'const' && value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
}

function isMemberOf({ key }: Place, whole: Place): boolean {
  return key.startsWith(`${whole.key}.`);
}

/** The page against something else, or two fields of one object that are never given each other. */
function areOtherObjects(a: ts.Expression, b: ts.Expression, engine: Engine): boolean {
  const [left, right] = [engine.program.places.of(fluentRoot(a)), engine.program.places.of(fluentRoot(b))];
  if (!left || !right || left.key === right.key) return false;
  // `bus.replaying` may hand on to the bus what it is given.
  if (isMemberOf(left, right) && !isPageObject(fluentRoot(a).getText())) return false;
  if (right.root.kind === 'global' || left.root.kind === 'global') {
    const other = right.root.kind === 'global' ? left : right;
    // A variable may well be given the page itself.
    return other.root.kind === 'global' || (other.root.kind === 'owner' && other.path.length > 1);
  }
  return false;
}
