/** Handlers of an event that comes when all is over, and keep until then an instance with an end of its own. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { enclosingFunction, isNewPromise, type ts } from '../../syntax/syntax';
import { wholeTeardownOf } from '../assess';
import { lifetimeOf } from '../lifetime/lifetime';
import { holdsInstance } from './bindings';

/** An event that comes when all is over, and a handler that keeps an instance until then, which has an end of its own before. */
export function staysToTheLast(
  { form, node, event, receiver }: Acquisition,
  handler: ts.Expression,
  engine: Engine,
): boolean {
  if (form.form !== 'registration' || event === undefined || !form.lastEvents?.includes(event)) return false;
  if (lifetimeOf(receiver, engine).level !== 'process') return false;
  // A promise that waits for it is that of a program.
  const fn = enclosingFunction(node);
  if (fn && isNewPromise(fn.parent)) return false;
  const owner = engine.program.members.ownerAt(node);
  return owner !== undefined && wholeTeardownOf(owner, node) !== undefined && keepsOneOfMany(handler, owner, engine);
}

function keepsOneOfMany(handler: ts.Expression, owner: Owner, engine: Engine): boolean {
  return holdsInstance(handler, owner, engine) && engine.frequency.instancesOf(owner) !== 'single';
}
