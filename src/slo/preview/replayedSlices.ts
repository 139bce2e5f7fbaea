/** An objective over its recorded slices, at any of their ends. */
import type { TermReader, WhenTerm } from '../alerts/whenExpression';
import { burnRate, coverage } from '../budget';
import { windowAt } from '../calendar';
import { compare } from '../comparison';
import type { ObjectiveDefinition } from '../definition/model';
import { HOUR_MS, MINUTE_MS } from '../duration';
import { type Cell, isCellKnown } from '../history/cell';
import type { EventSample } from '../indicatorInput';
import { MIN_COVERAGE } from '../status';
import { PastPercentiles } from './pastPercentiles';

/** Slices that are known one by one, `first` to `last`; `first > last` when none is. */
export interface RecordedSlices {
  readonly first: number;
  readonly last: number;
  readonly at: (index: number) => Cell;
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

/** What an objective said at the end of any of its past slices. */
export interface ReplayedObjective {
  readonly first: number;
  readonly last: number;
  /** Did anybody look at the objective in this slice? */
  readonly isTick: (index: number) => boolean;
  /** Terms of conditions at the end of a slice. */
  readonly reader: (index: number, minEvents: number) => TermReader;
}

/** Figures of an event budget over the window that ends with a slice. */
export interface WindowFigures {
  readonly sli: number;
  readonly remaining: number;
}

/** An objective over its slices at any of their ends. */
export class SlicesReplay implements ReplayedObjective {
  readonly first: number;
  readonly last: number;
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
  private readonly known: Uint8Array;
  readonly percentiles: PastPercentiles;

  /**
   * @param logged the events that the log holds now, by time; of other objectives none
   * @param joined of a composite: is every part known in a slice, without which there is no verdict; and what the parts lost there
   */
  constructor(
    private readonly objective: ObjectiveDefinition,
    slices: RecordedSlices,
    logged: readonly EventSample[] = [],
    joined: { readonly isWhole: (index: number) => boolean; readonly lossAt: (index: number) => number } | null = null,
  ) {
    const { first, last } = slices;
    this.first = first;
    this.last = last;
    const count = Math.max(0, last - first + 1);
    const cells = Array.from({ length: count }, (_, i) => slices.at(first + i));
    const sums = (of: (cell: Cell) => number): Sums =>
      new Sums(first, count, (index) => of(cells[index - first] as Cell));
    this.hasRatios = cells.some(({ ratio }) => !Number.isNaN(ratio));
    this.hasEvents = cells.some(({ eligible }) => eligible > 0);
    this.good = sums(({ state }) => (state === 'good' ? 1 : 0));
    this.bad = sums(({ state }) => (state === 'bad' ? 1 : 0));
    this.nodata = sums(({ state }) => (state === 'nodata' ? 1 : 0));
    this.loss = joined
      ? new Sums(first, count, joined.lossAt)
      : sums(({ ratio }) => (Number.isNaN(ratio) ? 0 : 1 - ratio));
    this.goodEvents = sums(({ good }) => good);
    this.events = sums(({ eligible }) => eligible);
    this.percentiles = new PastPercentiles(logged, objective.sliceMs, first, last, (from, to) =>
      this.events.over(from, to),
    );
    this.known = Uint8Array.from(cells, (cell) => (isCellKnown(cell) ? 1 : 0));
    this.newest = new Int32Array(count).fill(-1);
    this.values = new Float64Array(count).fill(Number.NaN);
    for (const [i, cell] of cells.entries()) {
      const isMeasured = cell.state === 'good' || cell.state === 'bad' || cell.eligible > 0;
      const knows = isMeasured && (joined?.isWhole(first + i) ?? true);
      this.newest[i] = knows ? i : (this.newest[i - 1] ?? -1);
      if (knows) this.values[i] = Number.isNaN(cell.ratio) ? cell.value : cell.ratio;
    }
  }

  isTick(index: number): boolean {
    return this.hasEvents || this.known[index - this.first] === 1;
  }

  over(index: number, overMs: number, minEvents: number): { readonly good: number; readonly bad: number } | null {
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

  value(index: number): number | null {
    if (this.hasEvents) {
      const hour = this.over(index, HOUR_MS, 0);
      return hour && hour.good / (hour.good + hour.bad);
    }
    const value = this.values[index - this.first];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  /** Was there a verdict at all: data that was new enough, in half of the watched slices of the window? */
  private isFresh(index: number, from: number): boolean {
    const { sliceMs, staleAfterMs } = this.objective;
    const newest = this.newestAt(index);
    if (newest < 0) return false;
    if (this.hasEvents) return (index - this.first - newest) * sliceMs <= staleAfterMs;
    const known = this.good.over(from, index) + this.bad.over(from, index);
    const share = coverage(known, 0, this.nodata.over(from, index));
    return newest === index - this.first && share !== null && compare(share, 'gte', MIN_COVERAGE);
  }

  /** Position of the newest slice with data up to one; -1 for none. */
  private newestAt(index: number): number {
    return this.newest[Math.min(index - this.first, this.newest.length - 1)] ?? -1;
  }

  /** Minutes since the newest slice with data; null where there was none before. */
  age(index: number): number | null {
    const newest = this.newestAt(index);
    return newest < 0 ? null : ((index - this.first - newest) * this.objective.sliceMs) / MINUTE_MS;
  }

  /** Over the events of the window; null while they were too few, too old, or none. */
  windowFigures(index: number): WindowFigures | null {
    const { objective } = this;
    const window = windowAt(objective.window, (index + 1) * objective.sliceMs - 1);
    if (!window) return null;
    const from = Math.ceil(window.start / objective.sliceMs);
    const events = this.events.over(from, index);
    if (events === 0 || events < objective.minEvents || !this.isFresh(index, from)) return null;
    const bad = events - this.goodEvents.over(from, index);
    return { sli: 1 - bad / events, remaining: 1 - bad / ((1 - objective.target) * events) };
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

  reader(index: number, minEvents: number): TermReader {
    const { objective } = this;
    return (term: WhenTerm) => {
      switch (term.kind) {
        case 'value':
          return this.value(index);
        case 'remaining':
          return this.remaining(index);
        case 'age':
          return this.age(index);
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
        case 'p95':
          return this.percentiles.p95(index, term.overMs, minEvents);
        case 'medianP95':
          return this.percentiles.medianP95(index, term.overMs);
      }
    };
  }
}
