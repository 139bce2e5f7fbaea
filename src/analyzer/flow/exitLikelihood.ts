/** How sure is it that a way out is really taken with the resource open? */
import type { Engine } from '../engine';
import type { Declaration } from '../program/scopes';
import type { ResourceKind } from '../resources/model';
import type { ts } from '../syntax/syntax';
import { isEmptyOutcome } from './emptyOutcomes';
import { asksForEnd } from './finishing';
import { isActivation, isBeforeOpening, isFailedOpening } from './opening';
import { dependsOnOtherCondition, mentions } from './otherConditions';
import { isCallOf, rejectsByOwnEnd } from './ownErrors';
import type { OpenExit } from './paths';
import type { Likelihood, Throwing } from './throwing';

export const rank: Readonly<Record<Likelihood, number>> = { never: 0, unlikely: 1, possible: 2, likely: 3 };

/** How sure is it that a way out is really taken with the resource open? */
export function likelihoodOf(
  exit: OpenExit,
  kind: ResourceKind,
  throwing: Throwing,
  settlers: readonly ts.Node[],
  holder: Declaration | undefined,
  engine: Engine,
  isLoose: boolean,
  unopened?: ts.Node,
): Likelihood {
  if (kind.inertAtFirst && exit.node && holder && !isUsedBefore(exit.node, holder)) return 'never';
  switch (exit.kind) {
    case 'throw':
      // What is known by one word only may end itself when its own work fails.
      if (isLoose && holder && exit.node && isCallOf(exit.node, holder, engine)) return 'never';
      // A stream that fails destroys itself: a call on it that fails leaves nothing open.
      if (kind.exits === 'certain' && holder && exit.node && mentions(exit.node, holder, engine)) return 'never';
      if (exit.node && holder && rejectsByOwnEnd(exit.node, holder, engine)) return 'never';
      if (exit.node && holder && isBeforeOpening(exit.node, holder)) return 'never';
      if (exit.node && isFailedOpening(exit.node, unopened, new Set(holder ? [holder] : []), engine)) return 'never';
      if (exit.node && holder && isActivation(exit.node, kind, new Set([holder]), engine)) return 'never';
      if (!exit.node) return 'unlikely';
      return [exit.node, ...(exit.alsoThrown ?? [])]
        .map((node) => throwing.likelihood(node))
        .reduce((least, each) => (rank[each] < rank[least] ? each : least));
    case 'abandon':
      return 'possible';
    case 'reject':
    case 'again':
    case 'overwritten':
    case 'return':
    case 'end':
      if (isFinished(exit, kind, engine) || isEmptyOutcome(exit, kind)) return 'never';
      return dependsOnOtherCondition(exit, settlers, holder, engine) ? 'unlikely' : 'likely';
  }
}

/** `for (;;) { const { done } = await reader.read(); if (done) break; }`: the way out on which nothing is left to read. */
export function isFinished({ conditions }: OpenExit, kind: ResourceKind, engine: Engine): boolean {
  return conditions.some(({ node, outcome }) => outcome && asksForEnd(node, kind, engine));
}

function isUsedBefore(exit: ts.Node, { references }: Declaration): boolean {
  return references.some((use) => use.pos < exit.pos);
}
