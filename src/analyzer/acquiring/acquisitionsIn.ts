/** The acquisitions of a file by the function that makes them: of most functions there are none, which is told at once. */

import type { Engine } from '../engine';
import { enclosingFunction, type FunctionNode } from '../syntax/syntax';
import type { Acquisition } from './acquisitions';

type ByFunction = ReadonlyMap<FunctionNode | undefined, readonly Acquisition[]>;

/** Of each list that was asked about. */
const tables = (): Map<readonly Acquisition[], ByFunction> => new Map();

const none: readonly Acquisition[] = [];

/** Those of a list that stand in the function itself, and in none within it; in the order of the list. */
export function acquisitionsIn(
  fn: FunctionNode,
  acquisitions: readonly Acquisition[],
  engine: Engine,
): readonly Acquisition[] {
  if (acquisitions.length === 0) return none;
  const known = engine.once(tables);
  let byFunction = known.get(acquisitions);
  if (!byFunction) {
    byFunction = grouped(acquisitions);
    known.set(acquisitions, byFunction);
  }
  return byFunction.get(fn) ?? none;
}

function grouped(acquisitions: readonly Acquisition[]): ByFunction {
  const found = new Map<FunctionNode | undefined, Acquisition[]>();
  for (const acquisition of acquisitions) {
    const fn = enclosingFunction(acquisition.node);
    const others = found.get(fn);
    if (others) others.push(acquisition);
    else found.set(fn, [acquisition]);
  }
  return found;
}
