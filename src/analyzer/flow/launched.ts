/** What is opened for something that goes on alone: a file for the output of a process that outlives who starts it. */
import { isSet } from '../acquiring/options';
import type { Engine } from '../engine';
import type { ResourceKind } from '../resources/model';
import type { Declaration } from '../scopes';
import { wrapped } from '../syntax';
import { callAroundPart, isReader } from './givenCalls';

/** Is it given to a call that starts such a thing? */
export function isGivenToLaunched({ references }: Declaration, kind: ResourceKind, engine: Engine): boolean {
  const { launchedBy } = kind;
  return (
    launchedBy !== undefined &&
    references.some((use) => {
      const call = callAroundPart(wrapped(use));
      return call !== undefined && isReader(call, kind, engine) && isSet(launchedBy, call, engine.program);
    })
  );
}
