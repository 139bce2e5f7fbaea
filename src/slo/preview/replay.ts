/** The recorded slices of an objective under another limit or target, and what its alerts would have done over them. */
import { policyOutcome } from '../alerts/conditionTerms';
import { type AlertMemory, type ConditionOutcome, INACTIVE, stepAlert } from '../alerts/stateMachine';
import { evaluateWhen, parseWhen, type TermReader } from '../alerts/whenExpression';
import { compare } from '../comparison';
import type { AlertPolicyDefinition, ObjectiveDefinition } from '../definition/model';
import { type Cell, NO_CELL } from '../history/cell';
import type { EventSample } from '../indicatorInput';
import type { RecordedSlices, ReplayedObjective } from './replayedSlices';

/** Do both definitions take the same figures from the same source? */
export function measuresAlike({ indicator: a }: ObjectiveDefinition, { indicator: b }: ObjectiveDefinition): boolean {
  if (a.kind !== 'composite' || b.kind !== 'composite') return JSON.stringify(a) === JSON.stringify(b);
  return (
    a.components.length === b.components.length &&
    a.components.every((part, index) => {
      const other = b.components[index];
      return other?.weight === part.weight && measuresAlike(part.objective, other.objective);
    })
  );
}

/** Would the slices be judged alike under both definitions? Then only the target differs, which judges no slice. */
export function judgesAlike(a: ObjectiveDefinition, b: ObjectiveDefinition): boolean {
  if (a.sliceMs !== b.sliceMs || a.timeSliceTarget !== b.timeSliceTarget || a.method !== b.method) return false;
  if (a.threshold === null || b.threshold === null) return a.threshold === b.threshold && a.target === b.target;
  return a.threshold.operator === b.threshold.operator && a.threshold.limit === b.threshold.limit;
}

function countsOf(
  logged: readonly EventSample[],
  sliceMs: number,
): ReadonlyMap<number, { readonly good: number; readonly eligible: number }> {
  const counts = new Map<number, { good: number; eligible: number }>();
  for (const { time, good, count = 1 } of logged) {
    const index = Math.floor(time / sliceMs);
    const own = counts.get(index) ?? { good: 0, eligible: 0 };
    counts.set(index, own);
    own.eligible += count;
    if (good) own.good += count;
  }
  return counts;
}

/** Slices of nothing but the events that a log holds, by time. */
export function slicesOfLog(logged: readonly EventSample[], sliceMs: number): RecordedSlices {
  const counts = countsOf(logged, sliceMs);
  const [first] = logged;
  const last = logged.at(-1);
  return {
    first: first ? Math.floor(first.time / sliceMs) : 0,
    last: last ? Math.floor(last.time / sliceMs) : -1,
    at: (index) => ({ ...NO_CELL, ...counts.get(index) }),
  };
}

/** Slices whose events are those of the log, as they are judged now, wherever it holds as many as were recorded. */
export function recounted(
  slices: RecordedSlices,
  logged: readonly EventSample[],
  sliceMs: number,
): { readonly slices: RecordedSlices; readonly hasLost: boolean } {
  const counts = countsOf(logged, sliceMs);
  let hasLost = false;
  for (let index = slices.first; index <= slices.last && !hasLost; index++)
    hasLost = slices.at(index).eligible > (counts.get(index)?.eligible ?? 0);
  const at = (index: number): Cell => {
    const cell = slices.at(index);
    const own = counts.get(index);
    return own && own.eligible >= cell.eligible ? { ...cell, ...own } : cell;
  };
  return { slices: { ...slices, at }, hasLost };
}

/**
 * A slice judged by another limit: by its ratio, or by its last value, which is all that is kept of it. Events and slices
 * without data stay as they are; a slice of which no value was kept becomes a gap.
 */
export function rejudged(cell: Cell, objective: ObjectiveDefinition): Cell {
  const isKnown = cell.state === 'good' || cell.state === 'bad';
  if (!isKnown) return cell;
  const { threshold, target } = objective;
  if (!Number.isNaN(cell.ratio)) return { ...cell, state: compare(cell.ratio, 'gte', target) ? 'good' : 'bad' };
  if (Number.isNaN(cell.value)) return { ...cell, state: null };
  const { operator, limit } = threshold ?? { operator: 'gte' as const, limit: target };
  return { ...cell, state: compare(cell.value, operator, limit) ? 'good' : 'bad' };
}

export interface ReplayedAlert {
  readonly policy: AlertPolicyDefinition;
  /** How often it would have fired; of an edge, how often it would have been logged. */
  readonly fires: number;
  /** Instant of the last fire, ms since the epoch. */
  readonly lastAt: number | null;
  readonly isFiring: boolean;
  /** False when its condition was never known in all that time. */
  readonly isKnown: boolean;
}

function outcomes(policy: AlertPolicyDefinition): (read: TermReader) => ConditionOutcome {
  const when = policy.when === null ? null : parseWhen(policy.when);
  if (!when?.ok) return (read) => policyOutcome(policy, read);
  const clear = policy.clearWhen === null ? null : parseWhen(policy.clearWhen);
  return (read) => {
    const fires = evaluateWhen(when.expression, read);
    return { fires, clears: clear?.ok ? evaluateWhen(clear.expression, read) : fires === null ? null : !fires };
  };
}

/** Steps the alerts of an objective through its slices, one tick at the end of each; what nobody watched is no tick. */
export function replayAlerts(
  replay: ReplayedObjective,
  sliceMs: number,
  policies: readonly AlertPolicyDefinition[],
): readonly ReplayedAlert[] {
  if (replay.first > replay.last) return [];
  return policies.map((policy) => {
    const outcome = outcomes(policy);
    let memory: AlertMemory = INACTIVE;
    let fires = 0;
    let lastAt: number | null = null;
    let isKnown = false;
    for (let index = replay.first; index <= replay.last; index++) {
      if (!replay.isTick(index)) continue;
      const now = (index + 1) * sliceMs - 1;
      const result = outcome(replay.reader(index, policy.minEvents));
      isKnown ||= result.fires !== null;
      const fired = policy.edge ? result.fires === true : false;
      if (!policy.edge) {
        const step = stepAlert(memory, result, policy, now);
        memory = step.memory;
        if (step.transition !== 'fire') continue;
      } else if (!fired) continue;
      fires++;
      lastAt = now;
    }
    return { policy, fires, lastAt, isFiring: memory.state === 'firing', isKnown };
  });
}
