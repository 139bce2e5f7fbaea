/** Composite objectives: several parts judged as one, from what is known of each. Rules: SLO reference, section 1.2. */
import { compare } from './comparison';
import type { ObjectiveDefinition } from './definition/model';
import { evaluateObjective } from './evaluate';
import type { PastSlices } from './history/past';
import { NO_SUMS, type SliceSums } from './history/timeline';
import type { IndicatorInput } from './indicatorInput';
import { compositeRatio, percentText } from './rollup';
import type { SliceState } from './slices';
import { isUnknown, windowVerdict } from './status';
import { NO_VALUE } from './text';
import { type EvaluationOptions, holdsTarget, type JudgedPart, NOTHING, type ObjectiveEvaluation } from './verdict';

/** The verdict on a composite from those on its parts. Without data of every part nothing is met. */
export function evaluateComposite(
  objective: ObjectiveDefinition,
  parts: readonly JudgedPart[],
  options: EvaluationOptions,
): ObjectiveEvaluation {
  const evaluation =
    objective.method === 'Occurrences'
      ? ofEvents(objective, parts)
      : evaluateObjective(objective, newestOf(objective, parts), { ...options, past: pastOfParts(objective, parts) });
  const states = parts.map((part, index) => `part ${index + 1} ${part.evaluation.state.replace('_', ' ')}`).join(', ');
  return { ...evaluation, parts, reason: `${evaluation.reason} (${states})` };
}

/** What the parts say now: as old as the oldest of them. */
function newestOf(objective: ObjectiveDefinition, parts: readonly JudgedPart[]): IndicatorInput {
  const failed = parts.find(({ evaluation }) => evaluation.state === 'error');
  if (failed)
    return { kind: 'error', reason: failed.evaluation.reason, since: Number.NEGATIVE_INFINITY, lastGood: null };
  const times: number[] = [];
  for (const { evaluation } of parts) {
    if (evaluation.observedAt === null || evaluation.value === null)
      return { kind: 'none', reason: `a part has no data: ${evaluation.reason}` };
    times.push(evaluation.observedAt);
  }
  const time = Math.min(...times);
  if (objective.method === 'Timeslices') {
    const hold = parts.every(({ evaluation }) => holdsTarget(evaluation.objective, evaluation.value ?? Number.NaN));
    return { kind: 'samples', samples: [{ time, value: hold ? 1 : 0 }] };
  }
  const good = compositeRatio(parts.map(({ evaluation, weight }) => ({ sli: evaluation.value ?? 0, weight })));
  return { kind: 'ratios', samples: [{ time, good, total: 1 }] };
}

/** A slice is bad if any part is; it is known when all parts are. */
function joinedState(states: readonly (SliceState | null)[]): SliceState | null {
  if (states.includes('bad')) return 'bad';
  if (states.every((state) => state === null)) return null;
  return states.every((state) => state === 'good') ? 'good' : 'nodata';
}

/** The slices of a composite, from those of its parts; null when a part has none that are remembered. */
function pastOfParts(objective: ObjectiveDefinition, parts: readonly JudgedPart[]): PastSlices | null {
  const { sliceMs } = objective;
  const pasts = parts.flatMap(({ evaluation, weight }) => (evaluation.past ? [{ past: evaluation.past, weight }] : []));
  if (pasts.length !== parts.length) return null;
  const isRatio = objective.method === 'RatioTimeslices';
  /** A part may have shorter slices: the one that its slice begins with counts. */
  const inPart = (past: PastSlices, index: number) => Math.floor((index * sliceMs) / past.sliceMs);
  const exactFrom = Math.max(...pasts.map(({ past }) => Math.ceil((past.exactFrom * past.sliceMs) / sliceMs)));
  const ratioAt = (index: number): number =>
    compositeRatio(pasts.map(({ past, weight }) => ({ sli: past.ratioAt(inPart(past, index)), weight })));
  const stateAt = (index: number): SliceState | null => {
    const states = pasts.map(({ past }) => past.stateAt(inPart(past, index)));
    if (!isRatio) return joinedState(states);
    if (states.every((state) => state === null)) return null;
    const ratio = ratioAt(index);
    return Number.isNaN(ratio) ? 'nodata' : compare(ratio, 'gte', objective.target) ? 'good' : 'bad';
  };
  return {
    sliceMs,
    exactFrom,
    stateAt,
    ratioAt,
    // Parts measure different things: together they have no value.
    valueAt: () => Number.NaN,
    sums: (first, last) => {
      const older = first < exactFrom ? olderSums(pasts, first, Math.min(last, exactFrom - 1), inPart) : NO_SUMS;
      let { good, bad, nodata, loss } = older;
      for (let index = Math.max(first, exactFrom); index <= last; index++) {
        const state = stateAt(index);
        if (state === 'good') good++;
        else if (state === 'bad') bad++;
        else if (state === 'nodata') nodata++;
        if (!isRatio) continue;
        // What is known to be lost is lost, though another part is silent.
        for (const { past, weight } of pasts) {
          const ratio = past.ratioAt(inPart(past, index));
          if (!Number.isNaN(ratio)) loss += weight * (1 - ratio);
        }
      }
      return { good, bad, nodata, loss, goodEvents: 0, events: 0 };
    },
    events: () => [],
  };
}

/** Of hours only sums are left: which slices were bad together is not known, so that none is taken to have been. */
function olderSums(
  pasts: readonly { readonly past: PastSlices; readonly weight: number }[],
  first: number,
  last: number,
  inPart: (past: PastSlices, index: number) => number,
): SliceSums {
  const all = pasts.map(({ past, weight }) => ({
    sums: past.sums(inPart(past, first), inPart(past, last + 1) - 1),
    weight,
  }));
  const measured = Math.min(...all.map(({ sums }) => sums.good + sums.bad));
  const watched = Math.max(...all.map(({ sums }) => sums.good + sums.bad + sums.nodata));
  const bad = Math.min(
    measured,
    all.reduce((sum, { sums }) => sum + sums.bad, 0),
  );
  const loss = all.reduce((sum, { sums, weight }) => sum + weight * sums.loss, 0);
  return { ...NO_SUMS, good: measured - bad, bad, nodata: watched - measured, loss };
}

/** Occurrences: the weighted burn rates of the parts add up, so that their used shares do. */
function ofEvents(objective: ObjectiveDefinition, parts: readonly JudgedPart[]): ObjectiveEvaluation {
  const base = {
    ...NOTHING,
    objective,
    input: { kind: 'none', reason: 'a composite is made of the verdicts on its parts' } as const,
    past: null,
    parts,
    proxy: null,
    valueText: NO_VALUE,
  };
  const times = parts.flatMap(({ evaluation }) => evaluation.observedAt ?? []);
  const observedAt = times.length === parts.length ? Math.min(...times) : null;
  const state = (['error', 'no_data', 'stale'] as const).find((unknown) =>
    parts.some(({ evaluation }) => evaluation.state === unknown),
  );
  if (state) {
    const part = parts.find(({ evaluation }) => evaluation.state === state);
    return { ...base, observedAt, state, reason: `a part is unknown: ${part?.evaluation.reason ?? ''}` };
  }
  const used = parts.reduce((sum, { evaluation, weight }) => sum + weight * usedShare(evaluation), 0);
  const sli = compositeRatio(parts.map(({ evaluation, weight }) => ({ sli: evaluation.figures?.sli ?? 0, weight })));
  const remaining = 1 - used;
  const anyBad = parts.some(({ evaluation }) => (evaluation.figures?.bad ?? 0) > 0);
  const verdict = windowVerdict({ remaining, zeroTolerance: objective.zeroTolerance, anyBad, latestBad: false });
  const sampleCount = parts.reduce((sum, { evaluation }) => sum + evaluation.sampleCount, 0);
  return {
    ...base,
    state: verdict,
    reason: `${percentText(remaining)} of the error budget left`,
    value: sli,
    valueText: percentText(sli),
    observedAt,
    sampleCount,
    // The parts count different events: only shares of their budgets can be added.
    budget: { kind: 'share', allowed: 1, used, remaining, exhausted: compare(remaining, 'lt', 0) },
  };
}

/** Share of its budget that a part has used: its burn rate over the whole window. */
function usedShare({ figures, state }: ObjectiveEvaluation): number {
  const remaining = figures?.remaining ?? null;
  return remaining === null || isUnknown(state) ? Number.NaN : 1 - remaining;
}
