/** Resources whose end is waited for where they are made: `this.child = fork(…); this.child.on('close', resolve)`. */

import type { Engine } from '../../engine';
import { constantOf } from '../../program/constants';
import type { Place } from '../../program/places';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, isNewPromise, isWithin, ts, wrapped } from '../../syntax/syntax';
import { endEvents } from '../../words/events';

/** Does the promise in which it is made hear of its end, so that the work lasts as long as the resource? */
export function isWatchedWhereMade(node: ts.Node, place: Place, { release }: ResourceKind, engine: Engine): boolean {
  const fn = enclosingFunction(node);
  const forms = release.flatMap((form) => (form.form === 'observed' ? [form] : []));
  if (!fn || !isNewPromise(fn.parent) || forms.length === 0) return false;
  return engine.uses.reads(place.key).some((use) => {
    const access = wrapped(use).parent;
    const call = ts.isPropertyAccessExpression(access) && isWithin(use, fn) ? wrapped(access).parent : undefined;
    if (!call || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(access)) return false;
    const event = constantOf(call.arguments[0], engine.program.scopes);
    return (
      typeof event === 'string' &&
      endEvents.has(event) &&
      forms.some((form) => form.method.includes(access.name.text) && form.event.includes(event))
    );
  });
}
