/** Elements that an instance was given or has made: they go with it, and take their listeners along. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { type Lifetime, lifetimeOf } from '../lifetime/lifetime';

/** Is the receiver a part of the page that belongs to the instance, and not the page itself? */
export function isOwnElement(
  { form, receiver }: Acquisition,
  engine: Engine,
  { level }: Lifetime = lifetimeOf(receiver, engine),
): boolean {
  return form.form === 'registration' && form.identity.capture !== undefined && level === 'injected';
}
