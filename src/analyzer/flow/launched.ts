/** What is opened for something that goes on alone: a file for the output of a process that outlives who starts it. */
import { isSet } from '../acquiring/options';
import type { Engine } from '../engine';
import type { Severity } from '../findings/findings';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import { type ts, wrapped } from '../syntax/syntax';
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

/** A program launches one, mostly; an object that does so by a method, and of which there may be more, launches many. */
export function weightOfLaunched(node: ts.Node, { program, frequency }: Engine): Severity {
  const owner = program.members.ownerAt(node);
  const isOfMany = owner !== undefined && owner.kind !== 'object' && frequency.instancesOf(owner) !== 'single';
  return isOfMany ? 'medium' : 'low';
}
