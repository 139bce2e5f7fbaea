/** Callbacks that work with what the end of their owner has closed: a store that is written to, an element that is gone. */
import type { Engine } from '../../engine';
import type { Owner } from '../../program/members';
import { nodesIn } from '../../syntax/nodeIndex';
import { calls } from '../../syntax/selections';
import { type FunctionNode, isWithin, ts, unwrap } from '../../syntax/syntax';
import { isTeardown } from '../../words/teardowns';
import { teardownFunctions } from './endOfOwner';

/** Does the callback, or what it calls, use a field of the owner on which a teardown calls what ends it? */
export function usesEnded(callback: FunctionNode, owner: Owner, engine: Engine): boolean {
  const { callees, places } = engine.program;
  const run = [...callees.reachedFrom(callback)];
  for (const end of teardownFunctions(owner, engine))
    for (const call of nodesIn(end, calls)) {
      const callee = unwrap(call.expression);
      if (!ts.isPropertyAccessExpression(callee) || !isTeardown(callee.name.text)) continue;
      const place = places.of(callee.expression);
      if (place?.root.kind !== 'owner' || place.root.owner !== owner || place.path.length !== 1) continue;
      if (engine.uses.reads(place.key).some((use) => run.some((fn) => fn !== end && isWithin(use, fn)))) return true;
    }
  return false;
}
