/** What a function comes to when it runs. */
import type { Engine } from './engine';
import { type FunctionNode, isWithin, type ts } from './syntax/syntax';

/** Does the function, or one that it runs, come to one of the sites? */
export function reaches(from: FunctionNode, sites: readonly ts.Node[], engine: Engine): boolean {
  const reached = [...engine.program.callees.reachedFrom(from)];
  return sites.some((site) => reached.some((fn) => isWithin(site, fn)));
}
