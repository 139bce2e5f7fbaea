/** A composite objective at the ends of past slices, from its parts. */
import type { TermReader, WhenTerm } from '../alerts/whenExpression';
import { burnRate } from '../budget';
import type { ObjectiveDefinition } from '../definition/model';
import type { PastSlices } from '../history/past';
import { compositeRatio } from '../rollup';
import { holdsTarget } from '../verdict';
import { type RecordedSlices, type ReplayedObjective, SlicesReplay } from './replayedSlices';

/** A part, replayed by its own definition. */
export interface ReplayedPart {
  readonly objective: ObjectiveDefinition;
  readonly weight: number;
  readonly replay: SlicesReplay;
}

/** Σ wᵢ·xᵢ; unknown if one is. */
function weighted(parts: readonly ReplayedPart[], of: (part: ReplayedPart) => number | null): number | null {
  let sum = 0;
  for (const part of parts) {
    const value = of(part);
    if (value === null) return null;
    sum += part.weight * value;
  }
  return sum;
}

/** The greatest; unknown if one is. */
function greatest(parts: readonly ReplayedPart[], of: (part: ReplayedPart) => number | null): number | null {
  const all = parts.map(of);
  return all.some((one) => one === null) ? null : Math.max(...all.map(Number));
}

/** A slice of the composite in slices of a part, which may be shorter: the last that begins in it. */
function lastInPart(index: number, whole: ObjectiveDefinition, part: ObjectiveDefinition): number {
  return Math.ceil(((index + 1) * whole.sliceMs) / part.sliceMs) - 1;
}

/** Slices of the composite in which any part has some; `first > last` when none has. */
function spanOf(
  whole: ObjectiveDefinition,
  parts: readonly ReplayedPart[],
): { readonly first: number; readonly last: number } {
  const known = parts.filter(({ replay }) => replay.first <= replay.last);
  if (known.length === 0) return { first: 0, last: -1 };
  const inWhole = (index: number, { sliceMs }: ObjectiveDefinition): number =>
    Math.floor((index * sliceMs) / whole.sliceMs);
  return {
    first: Math.min(...known.map(({ replay, objective }) => inWhole(replay.first, objective))),
    last: Math.max(...known.map(({ replay, objective }) => inWhole(replay.last, objective))),
  };
}

/**
 * Over slices: the joined slices are an objective's own.
 * @param joined the slices of the parts as the engine joins them
 */
export function compositeOfSlices(
  objective: ObjectiveDefinition,
  parts: readonly ReplayedPart[],
  joined: PastSlices,
): { readonly replay: ReplayedObjective; readonly slices: RecordedSlices } {
  const { first, last } = spanOf(objective, parts);
  const values = (index: number): readonly (number | null)[] =>
    parts.map(({ replay, objective: part }) => replay.value(lastInPart(index, objective, part)));
  /** Of slices that every part passes it is 1. */
  const valueAt = (index: number): number =>
    parts.every(({ objective: part }, which) => holdsTarget(part, values(index)[which] ?? Number.NaN)) ? 1 : 0;
  const isRatio = objective.method === 'RatioTimeslices';
  const slices: RecordedSlices = {
    first,
    last,
    at: (index) => ({
      state: joined.stateAt(index),
      ratio: isRatio ? joined.ratioAt(index) : Number.NaN,
      value: valueAt(index),
      good: 0,
      eligible: 0,
    }),
  };
  const isWhole = (index: number): boolean => values(index).every((value) => value !== null);
  const lossAt = (index: number): number => joined.sums(index, index).loss;
  const replay = new SlicesReplay(objective, slices, [], { isWhole, lossAt });
  return {
    slices,
    replay: {
      first,
      last,
      isTick: (index) =>
        parts.some(({ replay: part, objective: own }) => part.isTick(lastInPart(index, objective, own))),
      reader: (index, minEvents) => {
        const read = replay.reader(index, minEvents);
        // Before every part has spoken nothing is known of the whole.
        const age = greatest(parts, (part) => part.replay.age(lastInPart(index, objective, part.objective)));
        return (term) => {
          if (term.kind === 'age' || age === null) return age;
          // Nobody keeps the values of a composite.
          return term.kind === 'delta' ? null : read(term);
        };
      },
    },
  };
}

/** Over events: what the parts have used of their budgets adds up. */
export function compositeOfEvents(objective: ObjectiveDefinition, parts: readonly ReplayedPart[]): ReplayedObjective {
  const figures = (index: number) =>
    parts.map((part) => ({ ...part, own: part.replay.windowFigures(lastInPart(index, objective, part.objective)) }));
  const reader = (index: number, minEvents: number): TermReader => {
    const share = (part: ReplayedPart, overMs: number) =>
      part.replay.over(lastInPart(index, objective, part.objective), overMs, minEvents);
    return (term: WhenTerm) => {
      switch (term.kind) {
        case 'value': {
          const all = figures(index);
          if (all.some(({ own }) => own === null)) return null;
          return compositeRatio(all.map(({ own, weight }) => ({ sli: own?.sli ?? 0, weight })));
        }
        case 'remaining': {
          const all = figures(index);
          if (all.some(({ own }) => own === null)) return null;
          return 1 - all.reduce((sum, { own, weight }) => sum + weight * (1 - (own?.remaining ?? 0)), 0);
        }
        case 'age':
          return greatest(parts, (part) => part.replay.age(lastInPart(index, objective, part.objective)));
        case 'sli': {
          const lost = weighted(parts, (part) => {
            const own = share(part, term.overMs);
            return own && own.bad / (own.good + own.bad);
          });
          return lost === null ? null : 1 - lost;
        }
        case 'burn':
          return weighted(parts, (part) => {
            const own = share(part, term.overMs);
            return own && burnRate(part.objective.target, own.bad, own.good + own.bad);
          });
        // Parts count different events: together they have no percentile, and nobody keeps their value.
        case 'delta':
        case 'p95':
        case 'medianP95':
          return null;
      }
    };
  };
  return {
    ...spanOf(objective, parts),
    isTick: (index) => parts.some(({ replay, objective: own }) => replay.isTick(lastInPart(index, objective, own))),
    reader,
  };
}
