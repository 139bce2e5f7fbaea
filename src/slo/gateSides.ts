/** One side of a comparison of objectives, from what is known about it. */
import type { ObjectiveDefinition } from './definition/model';
import type { GateSide } from './gate';
import { countsThings } from './indicator';
import { isUnknown, type ObjectiveState } from './status';

export interface KnownObjective {
  readonly state: ObjectiveState;
  /** The value of the threshold metric, or a share. */
  readonly value: number | null;
  /** Share of the budget of its window that is left; null without one. */
  readonly remaining: number | null;
}

function lessIsBetter({ threshold }: ObjectiveDefinition): boolean {
  return threshold?.operator === 'lt' || threshold?.operator === 'lte';
}

/** Items that the objective allows: its count budget, else what its limit leaves of whole things. */
function allowedItems(objective: ObjectiveDefinition): number | null {
  const { threshold, countBudget } = objective;
  if (!threshold || !lessIsBetter(objective)) return null;
  if (countBudget !== null) return countBudget;
  if (!countsThings(objective)) return null;
  return threshold.operator === 'lt' ? Math.ceil(threshold.limit) - 1 : Math.floor(threshold.limit);
}

/** The objective as it stands, or stood: its figure is turned so that more is worse. */
export function gateSide(objective: ObjectiveDefinition, known: KnownObjective): GateSide {
  const { state, value, remaining } = known;
  const violates = isUnknown(state) ? null : state === 'violating';
  const items = objective.mode === 'current' ? allowedItems(objective) : null;
  if (objective.mode === 'window') return { violates, count: remaining === null ? null : -remaining, allowed: null };
  return { violates, count: value === null ? null : lessIsBetter(objective) ? value : -value, allowed: items };
}

/** What is not known at all. */
export const UNKNOWN_SIDE: GateSide = { violates: null, count: null, allowed: null };
