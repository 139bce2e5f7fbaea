/** Elements that an instance was given or has made: they go with it, and take their listeners along. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { namesPage } from '../../words/pages';
import { type Lifetime, lifetimeOf } from '../lifetime/lifetime';

/** Likewise an element that a method or a callback of an instance is given: mostly one that the instance is shown as, or in. */
export function isGivenElement(
  { form, receiver, node }: Acquisition,
  { level }: Lifetime,
  { types, program }: Engine,
): boolean {
  return (
    form.form === 'registration' &&
    form.identity.capture !== undefined &&
    level === 'caller' &&
    receiver !== undefined &&
    program.members.ownerAt(node) !== undefined &&
    !types.of(receiver).has('page') &&
    !namesPage(receiver.getText())
  );
}

/** Is the receiver a part of the page that belongs to the instance, and not the page itself? */
export function isOwnElement(
  { form, receiver }: Acquisition,
  engine: Engine,
  { level }: Lifetime = lifetimeOf(receiver, engine),
): boolean {
  return form.form === 'registration' && form.identity.capture !== undefined && level === 'injected';
}
