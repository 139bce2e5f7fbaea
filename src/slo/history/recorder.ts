/** Turns what was read of an objective into slices of its history: the open one as it stands, those that are over for good. */
import { compare } from '../comparison';
import type { ObjectiveDefinition } from '../definition/model';
import { HOUR_MS } from '../duration';
import type { IndicatorInput, RatioSample, ValueSample } from '../indicatorInput';
import { type SliceRange, samplesPerSlice, sliceRatio, sliceState } from '../slices';
import { type Cell, NO_CELL, rankOf } from './cell';
import type { History } from './history';
import type { PastSlices } from './past';

/** Samples that arrive this late still tell of slices of which nothing was known. */
const LATE_MS = HOUR_MS;

type Sample = ValueSample | RatioSample;

/** What this process saw of an objective lately. */
interface Seen {
  /** Samples since the open slice began and the newest before it, ascending. */
  readonly samples: readonly Sample[];
  /** Its source has given a sample, now or before: from then on silence is no data, before it is nothing. */
  readonly spoke: boolean;
  /** Whether the events of before this process were taken over from the log. */
  readonly filled: boolean;
}

interface OpenSlice {
  readonly objective: ObjectiveDefinition;
  readonly index: number;
  readonly cell: Cell;
}

export interface ObserveOptions {
  readonly now: number;
  /** Since when slices are watched without a break, ms; earlier ones are gaps, whatever a gauge says now. */
  readonly watchedFrom: number;
}

export class Recorder {
  private readonly seen = new Map<string, Seen>();
  private readonly open = new Map<string, OpenSlice>();

  constructor(private readonly history: History) {}

  /**
   * Takes one reading of an objective. Slices that are over are settled, and a settled slice of which something is known
   * is never judged again: neither by late samples nor after the clock was set back.
   */
  observe(objective: ObjectiveDefinition, input: IndicatorInput, options: ObserveOptions): PastSlices {
    const { name, sliceMs } = objective;
    const index = Math.floor(options.now / sliceMs);
    const usable = input.kind === 'error' ? input.lastGood : input;
    const cell =
      usable?.kind === 'events' || (objective.method === 'Occurrences' && usable?.kind !== 'ratios')
        ? this.observeEvents(objective, usable, options)
        : this.observeSamples(objective, usable, options);
    // After the clock was set back nobody will watch it to its end.
    const before = this.open.get(name);
    if (before && before.index > index) this.settleOpen(before);
    this.open.set(name, { objective, index, cell });
    return this.history.past(name, sliceMs, { index, cell });
  }

  /** Settles the open slices as they stand: nobody will watch them to their end. */
  close(): void {
    for (const one of this.open.values()) this.settleOpen(one);
    this.open.clear();
  }

  private settleOpen({ objective, index, cell }: OpenSlice): void {
    if (rankOf(cell.state) > 1 || cell.eligible > 0) this.settle(objective, index, cell);
  }

  private settle({ name, sliceMs }: ObjectiveDefinition, index: number, cell: Cell): void {
    if (rankOf(this.history.at(name, sliceMs, index).state) < 2) this.history.settle(name, sliceMs, index, cell);
  }

  private observeSamples(objective: ObjectiveDefinition, input: IndicatorInput | null, options: ObserveOptions): Cell {
    const { name, sliceMs } = objective;
    const { now } = options;
    const before = this.seen.get(name);
    const given: readonly Sample[] = input?.kind === 'samples' || input?.kind === 'ratios' ? input.samples : [];
    const from = Math.max(Math.min(options.watchedFrom, now), now - LATE_MS);
    const samples = joined(before?.samples ?? [], recent(given, from));
    let spoke = before?.spoke || this.history.knows(name, sliceMs);
    const openIndex = Math.floor(now / sliceMs);
    const range: SliceRange = { from, to: now, sliceMs, staleAfterMs: objective.staleAfterMs };
    let index = Math.floor(from / sliceMs);
    let last = NO_CELL;
    for (const own of samplesPerSlice(samples, range)) {
      spoke ||= own.length > 0;
      const cell = spoke ? cellOf(objective, own) : NO_CELL;
      if (index < openIndex) {
        if (cell.state !== null) this.settle(objective, index, cell);
      } else last = cell;
      index++;
    }
    const kept = recent(samples, openIndex * sliceMs);
    this.seen.set(name, { samples: kept, spoke, filled: true });
    return last;
  }

  private observeEvents(objective: ObjectiveDefinition, input: IndicatorInput | null, options: ObserveOptions): Cell {
    const { name, sliceMs } = objective;
    const { now } = options;
    const before = this.seen.get(name);
    // Events have their own instants: what happened while nobody watched is taken over.
    const from = before?.filled ? now - LATE_MS : this.history.minutesFrom;
    const openIndex = Math.floor(now / sliceMs);
    const counts = new Map<number, { good: number; eligible: number }>();
    for (const event of input?.kind === 'events' ? input.events : []) {
      if (event.time < from || event.time > now) continue;
      const index = Math.floor(event.time / sliceMs);
      const count = counts.get(index) ?? { good: 0, eligible: 0 };
      counts.set(index, count);
      count.eligible += event.count ?? 1;
      if (event.good) count.good += event.count ?? 1;
    }
    let last = NO_CELL;
    for (const [index, count] of counts) {
      const cell = { ...NO_CELL, ...count };
      if (index < openIndex) this.history.settle(name, sliceMs, index, cell);
      else last = cell;
    }
    this.seen.set(name, { samples: [], spoke: true, filled: before?.filled === true || input?.kind === 'events' });
    return last;
  }
}

/** Samples from an instant on, and the newest before it, which may be carried. */
function recent(samples: readonly Sample[], from: number): readonly Sample[] {
  let at = samples.length;
  while (at > 0 && (samples[at - 1]?.time ?? 0) >= from) at--;
  return samples.slice(Math.max(0, at - 1));
}

/** Both lists by time; of one instant the later reading counts. */
function joined(earlier: readonly Sample[], later: readonly Sample[]): readonly Sample[] {
  const times = new Set(later.map(({ time }) => time));
  return [...earlier.filter(({ time }) => !times.has(time)), ...later].sort((a, b) => a.time - b.time);
}

function isRatio(sample: Sample): sample is RatioSample {
  return 'total' in sample;
}

/** The slice that these samples count for; without any, its source was silent. */
function cellOf(objective: ObjectiveDefinition, own: readonly Sample[]): Cell {
  const newest = own.at(-1);
  if (!newest) return { ...NO_CELL, state: 'nodata' };
  if (isRatio(newest)) {
    const ratio = sliceRatio(own.filter(isRatio));
    if (ratio === null) return { ...NO_CELL, state: 'nodata' };
    const state = compare(ratio, 'gte', objective.target) ? 'good' : 'bad';
    return { ...NO_CELL, state, value: ratio, ratio };
  }
  const threshold = objective.threshold ?? { operator: 'gte', limit: objective.target };
  const values = own.filter((sample): sample is ValueSample => !isRatio(sample));
  return { ...NO_CELL, state: sliceState(values, threshold, objective.timeSliceTarget), value: newest.value };
}
