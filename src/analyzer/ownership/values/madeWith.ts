/** What is made together with what it belongs to, and goes with it: the buffers of a drawing context. */
import type { Acquisition } from '../../acquiring/acquisitions';
import type { Engine } from '../../engine';
import { perObject } from '../../once';
import { callsNamed } from '../../program/callNames';
import type { ResourceKind } from '../../resources/model';
import { enclosingFunction, type FunctionNode } from '../../syntax/syntax';

const makersOf = perObject(({ goesWith }: ResourceKind): ReadonlySet<string> => new Set(goesWith));

/** Does each run of the code that makes it, as far as it is seen, make what it goes with as well? */
export function isMadeWithItsWhole({ node, kind }: Acquisition, { program }: Engine): boolean {
  if (!kind.goesWith) return false;
  const makers = new Set(callsNamed(program, makersOf(kind)).map(enclosingFunction));
  const isWith = (fn: FunctionNode | undefined, depth: number): boolean => {
    if (!fn || depth > 3) return false;
    if ([...program.callees.reachedFrom(fn)].some((inner) => makers.has(inner))) return true;
    const { calls, values } = program.callees.usesOf(fn);
    return values.length === 0 && calls.length > 0 && calls.every((call) => isWith(enclosingFunction(call), depth + 1));
  };
  return makers.size > 0 && isWith(enclosingFunction(node), 0);
}
