/** Ways out on which there is nothing to release, by a number that their condition compares with: `status === 204`. */
import type { ResourceKind } from '../resources/model';
import { ts, walk } from '../syntax/syntax';
import type { OpenExit } from './paths';

/** Does a condition of the way out say that it is empty? */
export function isEmptyOutcome({ conditions }: OpenExit, { emptyAt }: ResourceKind): boolean {
  return (
    emptyAt !== undefined &&
    conditions.some(({ node, outcome }) => {
      let found = false;
      walk(node, (inner) => {
        if (outcome && ts.isNumericLiteral(inner) && emptyAt.includes(Number(inner.text))) found = true;
        return !found;
      });
      return found;
    })
  );
}
