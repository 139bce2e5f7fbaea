/** The recorded slices of an objective under another limit or target, and what its alerts would have done over them. */
import { policyOutcome } from '../alerts/conditionTerms';
import { type AlertMemory, type ConditionOutcome, INACTIVE, stepAlert } from '../alerts/stateMachine';
import { evaluateWhen, parseWhen, type TermReader, type WhenTerm } from '../alerts/whenExpression';
import { burnRate, coverage } from '../budget';
import { windowAt } from '../calendar';
import { compare } from '../comparison';
import type { AlertPolicyDefinition, ObjectiveDefinition } from '../definition/model';
import { HOUR_MS, MINUTE_MS } from '../duration';
import { type Cell, isCellKnown } from '../history/cell';
import { MIN_COVERAGE } from '../status';

/** Slices that are known one by one, `first` to `last`; `first > last` when none is. */
export interface RecordedSlices {
  readonly first: number;
  readonly last: number;
  readonly at: (index: number) => Cell;
}

/** Would the slices be judged alike under both definitions? Then only the target differs, which judges no slice. */
export function judgesAlike(a: ObjectiveDefinition, b: ObjectiveDefinition): boolean {
  if (a.sliceMs !== b.sliceMs || a.timeSliceTarget !== b.timeSliceTarget || a.method !== b.method) return false;
  if (a.threshold === null || b.threshold === null) return a.threshold === b.threshold && a.target === b.target;
  return a.threshold.operator === b.threshold.operator && a.threshold.limit === b.threshold.limit;
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
  /** False when a term of its condition cannot be told from slices. */
  readonly isKnown: boolean;
}

/** Running sums, so that any stretch is two subtractions. */
class Sums {
  private readonly sums: Float64Array;

  constructor(
    private readonly first: number,
    count: number,
    of: (index: number) => number,
  ) {
    this.sums = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) this.sums[i + 1] = (this.sums[i] ?? 0) + of(first + i);
  }

  /** Over the slices `from` to `to`, both included. */
  over(from: number, to: number): number {
    const start = Math.min(Math.max(from - this.first, 0), this.sums.length - 1);
    const end = Math.min(Math.max(to + 1 - this.first, start), this.sums.length - 1);
    return (this.sums[end] ?? 0) - (this.sums[start] ?? 0);
  }
}

/** An objective over its slices at any of their ends. */
class Replay {
  private readonly good: Sums;
  private readonly bad: Sums;
  private readonly nodata: Sums;
  private readonly loss: Sums;
  private readonly goodEvents: Sums;
  private readonly events: Sums;
  /** Index of the newest slice with data, up to each. */
  private readonly newest: Int32Array;
  private readonly values: Float64Array;
  private readonly hasRatios: boolean;
  readonly hasEvents: boolean;

  constructor(
    private readonly objective: ObjectiveDefinition,
    private readonly slices: RecordedSlices,
  ) {
    const { first, last } = slices;
    const count = last - first + 1;
    const cells = Array.from({ length: count }, (_, i) => slices.at(first + i));
    const sums = (of: (cell: Cell) => number): Sums =>
      new Sums(first, count, (index) => of(cells[index - first] as Cell));
    this.hasRatios = cells.some(({ ratio }) => !Number.isNaN(ratio));
    this.hasEvents = cells.some(({ eligible }) => eligible > 0);
    this.good = sums(({ state }) => (state === 'good' ? 1 : 0));
    this.bad = sums(({ state }) => (state === 'bad' ? 1 : 0));
    this.nodata = sums(({ state }) => (state === 'nodata' ? 1 : 0));
    this.loss = sums(({ ratio }) => (Number.isNaN(ratio) ? 0 : 1 - ratio));
    this.goodEvents = sums(({ good }) => good);
    this.events = sums(({ eligible }) => eligible);
    this.newest = new Int32Array(count).fill(-1);
    this.values = new Float64Array(count).fill(Number.NaN);
    for (const [i, cell] of cells.entries()) {
      const knows = cell.state === 'good' || cell.state === 'bad' || cell.eligible > 0;
      this.newest[i] = knows ? i : (this.newest[i - 1] ?? -1);
      if (knows) this.values[i] = Number.isNaN(cell.ratio) ? cell.value : cell.ratio;
    }
  }

  private over(
    index: number,
    overMs: number,
    minEvents: number,
  ): { readonly good: number; readonly bad: number } | null {
    const slices = overMs / this.objective.sliceMs;
    const from = index - Math.ceil(slices) + 1;
    if (this.hasEvents) {
      const all = this.events.over(from, index);
      const good = this.goodEvents.over(from, index);
      return all === 0 || all < minEvents ? null : { good, bad: all - good };
    }
    const known = this.good.over(from, index) + this.bad.over(from, index);
    const bad = this.hasRatios ? this.loss.over(from, index) : this.bad.over(from, index);
    return compare(known / slices, 'gte', 0.5) ? { good: known - bad, bad } : null;
  }

  private value(index: number): number | null {
    if (this.hasEvents) {
      const hour = this.over(index, HOUR_MS, 0);
      return hour && hour.good / (hour.good + hour.bad);
    }
    const value = this.values[index - this.slices.first];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  /** Was there a verdict at all: data that was new enough, in half of the watched slices of the window? */
  private isFresh(index: number, from: number): boolean {
    const { sliceMs, staleAfterMs } = this.objective;
    const newest = this.newest[index - this.slices.first] ?? -1;
    if (newest < 0) return false;
    if (this.hasEvents) return (index - this.slices.first - newest) * sliceMs <= staleAfterMs;
    const known = this.good.over(from, index) + this.bad.over(from, index);
    const share = coverage(known, 0, this.nodata.over(from, index));
    return newest === index - this.slices.first && share !== null && compare(share, 'gte', MIN_COVERAGE);
  }

  private remaining(index: number): number | null {
    const { objective } = this;
    const { sliceMs, target, zeroTolerance, countBudget, mode } = objective;
    if (mode === 'current') {
      const value = this.value(index);
      return countBudget === null || value === null || countBudget === 0 ? null : 1 - value / countBudget;
    }
    const window = windowAt(objective.window, (index + 1) * sliceMs - 1);
    if (!window) return null;
    const from = Math.ceil(window.start / sliceMs);
    if (!this.isFresh(index, from)) return null;
    const events = this.events.over(from, index);
    if (this.hasEvents && events < objective.minEvents) return null;
    const bad = this.hasEvents
      ? events - this.goodEvents.over(from, index)
      : this.hasRatios
        ? this.loss.over(from, index)
        : this.bad.over(from, index);
    if (zeroTolerance) return bad > 0 ? null : 1;
    const allowed = (1 - target) * (this.hasEvents ? events : (window.end - window.start) / sliceMs);
    return allowed > 0 ? 1 - bad / allowed : null;
  }

  /** Terms at the end of a slice. */
  reader(index: number, minEvents: number): TermReader {
    const { objective, slices } = this;
    return (term: WhenTerm) => {
      switch (term.kind) {
        case 'value':
          return this.value(index);
        case 'remaining':
          return this.remaining(index);
        case 'age': {
          const newest = this.newest[index - slices.first] ?? -1;
          return newest < 0 ? null : ((index - slices.first - newest) * objective.sliceMs) / MINUTE_MS;
        }
        case 'sli': {
          const share = this.over(index, term.overMs, minEvents);
          return share && share.good / (share.good + share.bad);
        }
        case 'burn': {
          const share = this.over(index, term.overMs, minEvents);
          return share && burnRate(objective.target, share.bad, share.good + share.bad);
        }
        case 'delta': {
          const before = this.value(index - Math.round(term.overMs / objective.sliceMs));
          const value = this.value(index);
          return value === null || before === null ? null : value - before;
        }
        // The numbers of single events are not kept in slices.
        case 'p95':
        case 'medianP95':
          return null;
      }
    };
  }
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
  objective: ObjectiveDefinition,
  policies: readonly AlertPolicyDefinition[],
  slices: RecordedSlices,
): readonly ReplayedAlert[] {
  if (slices.first > slices.last) return [];
  const replay = new Replay(objective, slices);
  return policies.map((policy) => {
    const outcome = outcomes(policy);
    let memory: AlertMemory = INACTIVE;
    let fires = 0;
    let lastAt: number | null = null;
    let isKnown = false;
    for (let index = slices.first; index <= slices.last; index++) {
      if (!replay.hasEvents && !isCellKnown(slices.at(index))) continue;
      const now = (index + 1) * objective.sliceMs - 1;
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
