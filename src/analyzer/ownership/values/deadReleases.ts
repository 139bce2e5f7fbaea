/** What is done with a local variable in a clean-up that nobody takes. */
import type { Engine } from '../../engine';
import type { Place } from '../../places';
import type { ts } from '../../syntax';
import { deadAround } from '../vain/deadRemovals';

/** Does a use of the variable stand in a function that never runs? */
export function isInVain({ root, path }: Place, use: ts.Node, acquired: ts.Node, engine: Engine): boolean {
  return (
    root.kind === 'declaration' &&
    path.length === 0 &&
    root.declaration.scope.func !== undefined &&
    deadAround(use, acquired, engine) !== undefined
  );
}
