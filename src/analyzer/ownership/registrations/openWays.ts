/**
 * Does a way of settling leave the handler on its receiver? Not where it removes the handler, ends the receiver, or
 * comes with its end.
 */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import type { RegistrationForm } from '../../resources/acquireForms';
import { type FunctionNode, isWithinAny, propertyNameText, ts, unwrap, walk } from '../../syntax/syntax';
import { oneShotEvents } from '../../words/events';
import { listenMethods } from '../../words/listeners';
import { isTeardown } from '../../words/teardowns';
import type { Removal } from './removals';
import type { Way } from './settlingWays';
import { isSharedByWorks } from './sharedByWorks';

/** Does the work settle this way while the handler stays? */
export function isOpen(
  way: Way,
  acquisition: Acquisition,
  form: RegistrationForm,
  removals: readonly Removal[],
  engine: Engine,
): boolean {
  const { trigger } = way;
  // The handler's own event: it is gone, or there is nothing else to wait for.
  if (trigger === acquisition.node && (form.once || form.givesUp || isOnce(acquisition.node, form))) return false;
  if (trigger && isOnSameReceiver(trigger, acquisition, engine)) {
    const event = constantOf(trigger.arguments[0], engine.program.scopes);
    if (typeof event === 'string' && (form.terminalEvents?.includes(event) ?? false)) return false;
  }
  if (
    acquisition.event !== undefined &&
    form.terminalEvents?.includes(acquisition.event) &&
    !isRecurring(trigger, acquisition, form, engine) &&
    !isSharedByWorks(acquisition, engine)
  )
    return false;
  const reached = new Set(way.functions.flatMap((fn) => [...engine.program.callees.reachedFrom(fn)]));
  if (removals.some((removal) => isWithinAny(removal.node, reached))) return false;
  return ![...reached].some((fn) => endsReceiver(fn, acquisition, engine));
}

/** A handler for the end of the receiver is left behind only by something that comes again and again. */
function isRecurring(
  trigger: ts.CallExpression | undefined,
  acquisition: Acquisition,
  form: RegistrationForm,
  engine: Engine,
): boolean {
  if (!trigger || !isOnSameReceiver(trigger, acquisition, engine)) return false;
  const event = constantOf(trigger.arguments[0], engine.program.scopes);
  return typeof event === 'string' && !form.terminalEvents?.includes(event) && !oneShotEvents.has(event);
}

function isOnce(node: Acquisition['node'], { identity }: RegistrationForm): boolean {
  const options = identity.options === undefined ? undefined : node.arguments?.[identity.options];
  const value = options && unwrap(options);
  return (
    value !== undefined &&
    ts.isObjectLiteralExpression(value) &&
    value.properties.some((property) => property.name && propertyNameText(property.name) === 'once')
  );
}

/** Does a call listen on the receiver of the acquisition? */
export function isOnSameReceiver(call: ts.CallExpression, { receiver }: Acquisition, engine: Engine): boolean {
  const callee = unwrap(call.expression);
  return (
    receiver !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    listenMethods.has(callee.name.text) &&
    engine.program.places.same(callee.expression, receiver)
  );
}

/** Does the function end the receiver, or the instance that it belongs to: `socket.destroy()`, `this.close()`? */
function endsReceiver(fn: FunctionNode, { receiver, kind }: Acquisition, engine: Engine): boolean {
  const removers = kind.release.flatMap((form) => ('method' in form ? form.method : []));
  const place = receiver && engine.program.places.of(receiver);
  let found = false;
  if (fn.body && place)
    walk(fn.body, (inner) => {
      if (!ts.isCallExpression(inner)) return !found;
      const callee = unwrap(inner.expression);
      if (!ts.isPropertyAccessExpression(callee)) return !found;
      const { text } = callee.name;
      const target = engine.program.places.of(callee.expression);
      const isPart = target !== undefined && (place.key === target.key || place.key.startsWith(`${target.key}.`));
      if (isPart && !removers.includes(text) && isTeardown(text)) found = true;
      return !found;
    });
  return found;
}
