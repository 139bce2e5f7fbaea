/** Parts of a resource, as `client.db()` gives one. */
import type { Engine } from '../engine';
import { fatesOf } from '../ownership/values/fate';
import type { ts } from '../syntax/syntax';

/** Does a part of the resource go to someone else: returned, or kept beyond the function? */
export function partGoesOn(part: ts.Expression, engine: Engine, depth = 0): boolean {
  return fatesOf(part, engine.program).some((fate) => {
    if (fate.kind === 'handed-over' || fate.kind === 'collected' || fate.kind === 'unknown') return true;
    if (fate.kind !== 'stored') return false;
    const { root, path } = fate.place;
    if (root.kind !== 'declaration' || root.declaration.scope.func === undefined || path.length > 0) return true;
    return depth < 2 && engine.uses.reads(fate.place.key).some((use) => partGoesOn(use, engine, depth + 1));
  });
}
