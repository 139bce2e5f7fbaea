/**
 * Percentiles of events at the ends of past slices. Slices keep no numbers of single events: they come from the log as it is now, and
 * where it holds fewer events than were once recorded, what their percentile was is not known.
 */
import { HOUR_MS } from '../duration';
import { MIN_MEDIAN_HOURS, median, medianHours, nearestRank } from '../eventStatistics';
import { type EventSample, eventCount } from '../indicatorInput';
import { SlidingRank } from './slidingRank';

/** Events that were recorded over the slices `from` to `to`, both included. */
export type RecordedCount = (from: number, to: number) => number;

interface SlicePercentiles {
  /** NaN where nothing is known. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

export class PastPercentiles {
  /** Did the log hold too little anywhere that was asked for? */
  hasLost = false;
  private readonly byWindow = new Map<number, SlicePercentiles>();
  private readonly medians = new Map<string, number | null>();
  private hours: ReadonlyMap<number, { readonly p95: number | null; readonly count: number }> | null = null;

  /**
   * @param events by time
   * @param first the first slice
   * @param last the last one
   */
  constructor(
    private readonly events: readonly EventSample[],
    private readonly sliceMs: number,
    private readonly first: number,
    private readonly last: number,
    private readonly recorded: RecordedCount,
  ) {}

  /** 95th percentile over the last `overMs` at the end of a slice; null with fewer events than `minEvents`. */
  p95(index: number, overMs: number, minEvents: number): number | null {
    let known = this.byWindow.get(overMs);
    if (!known) {
      known = this.slide(overMs);
      this.byWindow.set(overMs, known);
    }
    const at = index - this.first;
    const value = known.values[at] ?? Number.NaN;
    const count = known.counts[at] ?? 0;
    return Number.isNaN(value) || count === 0 || count < minEvents ? null : value;
  }

  /** Median of the hourly percentiles over the last `overMs` at the end of a slice. */
  medianP95(index: number, overMs: number): number | null {
    const { first, last } = medianHours(overMs, (index + 1) * this.sliceMs - 1);
    const key = `${first} ${last}`;
    const known = this.medians.get(key);
    if (known !== undefined) return known;
    const found = this.medianOf(first, last);
    this.medians.set(key, found);
    return found;
  }

  /** One way over all slices, with a window that moves along. */
  private slide(overMs: number): SlicePercentiles {
    const { events, sliceMs, first, last } = this;
    const values = new Float64Array(Math.max(0, last - first + 1)).fill(Number.NaN);
    const counts = new Float64Array(values.length);
    const bag = new SlidingRank(events.flatMap(({ value }) => value ?? []));
    let [from, to, count] = [0, 0, 0];
    for (let index = first; index <= last; index++) {
      const now = (index + 1) * sliceMs - 1;
      for (let event = events[to]; event && event.time <= now; event = events[++to]) {
        if (event.value !== null) bag.add(event.value);
        count += event.count ?? 1;
      }
      for (let event = events[from]; event && event.time <= now - overMs; event = events[++from]) {
        if (event.value !== null) bag.remove(event.value);
        count -= event.count ?? 1;
      }
      // A slice that the window cuts through may have had more.
      const isWhole = count >= this.recorded(index - Math.floor(overMs / sliceMs) + 1, index);
      counts[index - first] = count;
      if (isWhole) values[index - first] = bag.percentile(0.95) ?? Number.NaN;
      else this.hasLost = true;
    }
    return { values, counts };
  }

  private medianOf(first: number, last: number): number | null {
    this.hours ??= hourly(this.events);
    const found: number[] = [];
    for (let hour = first; hour <= last; hour++) {
      const own = this.hours.get(hour);
      const from = Math.ceil((hour * HOUR_MS) / this.sliceMs);
      if ((own?.count ?? 0) < this.recorded(from, Math.floor(((hour + 1) * HOUR_MS) / this.sliceMs) - 1)) {
        this.hasLost = true;
        return null;
      }
      if (own && own.p95 !== null) found.push(own.p95);
    }
    return found.length < MIN_MEDIAN_HOURS ? null : median(found);
  }
}

function hourly(
  events: readonly EventSample[],
): ReadonlyMap<number, { readonly p95: number | null; readonly count: number }> {
  const lists = new Map<number, EventSample[]>();
  for (const event of events) {
    const hour = Math.floor(event.time / HOUR_MS);
    const list = lists.get(hour);
    if (list) list.push(event);
    else lists.set(hour, [event]);
  }
  return new Map(
    [...lists].map(([hour, list]) => [
      hour,
      {
        p95: nearestRank(
          list.flatMap(({ value }) => value ?? []),
          0.95,
        ),
        count: eventCount(list),
      },
    ]),
  );
}
