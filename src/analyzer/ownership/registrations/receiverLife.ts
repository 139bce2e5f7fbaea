/** How long the receiver of a registration lives, and whether the end of its owner takes all handlers off. */

import type { Acquisition } from '../../acquiring/acquisitions';
import { eventOfHandler } from '../../acquiring/receivers';
import type { Engine } from '../../engine';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { enclosingFunction, unwrap } from '../../syntax/syntax';
import { type Lifetime, lifetimeOf } from '../lifetime/lifetime';

/** `Signal.clearData(this)`, here or in a base class that is not seen: all that the instance has registered is taken off. */
export function endsAll({ kind, node }: Acquisition, engine: Engine): boolean {
  const all = kind.release.flatMap((form) => (form.form === 'whole-owner' ? form.callee : []));
  if (all.length === 0) return false;
  if (engine.program.members.ownerAt(node)?.base) return true;
  return nodesIn(engine.program.sourceFile, calls).some((call) =>
    engine.types.matches(engine.program.origins.nameOf(unwrap(call.expression)), all),
  );
}

/** How long the receiver lives; undefined where it is given for good. */
export function receiverLife({ form, node, receiver }: Acquisition, engine: Engine): Lifetime | undefined {
  if (form.form !== 'registration' || !form.lives) return lifetimeOf(receiver, engine);
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) {
    const event = eventOfHandler(fn, engine.program);
    if (event !== undefined && form.lives.ownedIn.includes(event)) return undefined;
  }
  return { level: 'process', why: `lives as long as ${form.lives.as}` };
}

/** Does such a receiver outlive the owner of the handler? */
export function outlives({ level }: Lifetime): boolean {
  return level === 'process' || level === 'module' || level === 'injected';
}
