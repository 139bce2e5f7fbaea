/** What is known of the slices of an objective up to now: of this session, and of those before it. */
import { HOUR_MS } from '../duration';
import type { SliceState } from '../slices';
import { type Cell, isCellKnown, mergeCells } from './cell';
import { addSums, type HourTable, NO_SUMS, type SliceSums, type Timeline } from './timeline';

/** A stretch of slices with events, and how many. */
export interface EventStretch {
  /** From this instant (included) to that one (excluded), ms since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly good: number;
  readonly eligible: number;
}

export interface PastSlices {
  readonly sliceMs: number;
  /** From this slice on every one is known by itself; of those before only the sums of hours. */
  readonly exactFrom: number;
  /** State of a slice by index; null for a gap. */
  readonly stateAt: (index: number) => SliceState | null;
  /** Ratio of a slice by index; NaN where there is none. */
  readonly ratioAt: (index: number) => number;
  /** Last value in a slice by index; NaN where there is none, and where only hours are kept. */
  readonly valueAt: (index: number) => number;
  /** Sums over the slices `first` to `last`, both included. What is older than minutes are kept is exact to the hour. */
  readonly sums: (first: number, last: number) => SliceSums;
  /** Events by slice, and by hour where only hours are kept; ascending. */
  readonly events: (first: number, last: number) => Iterable<EventStretch>;
}

/**
 * The past of an objective.
 * @param minutesFrom hours before this instant (a whole hour) are in the table, slices from it on in the timeline
 * @param open the slice that is not over yet, as it stands; it is not part of the timeline
 */
export function pastOf(
  timeline: Timeline,
  hours: HourTable | null,
  minutesFrom: number,
  open: { readonly index: number; readonly cell: Cell } | null,
): PastSlices {
  const { sliceMs } = timeline;
  const firstMinute = Math.ceil(minutesFrom / sliceMs);
  const cellAt = (index: number): Cell =>
    open && open.index === index ? mergeCells(timeline.at(index), open.cell) : timeline.at(index);
  const hoursBefore = (first: number, last: number): readonly [number, number] => [
    Math.ceil((first * sliceMs) / HOUR_MS),
    Math.floor(Math.min((last + 1) * sliceMs, minutesFrom) / HOUR_MS) - 1,
  ];
  return {
    sliceMs,
    exactFrom: firstMinute,
    stateAt: (index) => cellAt(index).state,
    ratioAt: (index) => cellAt(index).ratio,
    valueAt: (index) => (open && open.index === index ? cellAt(index).value : timeline.valueAt(index)),
    sums: (first, last) => {
      let sums = timeline.sums(Math.max(first, firstMinute), last);
      if (open && open.index >= first && open.index <= last) {
        // What the timeline already counts of the open slice is replaced by the joined account.
        const before = timeline.sums(open.index, open.index);
        sums = addSums(sums, difference(sumsOf(cellAt(open.index)), before));
      }
      if (!hours || first >= firstMinute) return sums;
      const [from, to] = hoursBefore(first, last);
      return addSums(hours.sums(from, to), sums);
    },
    *events(first, last) {
      if (hours && first < firstMinute) {
        const [from, to] = hoursBefore(first, last);
        for (let hour = Math.max(from, hours.first); hour <= Math.min(to, hours.last); hour++) {
          const { goodEvents, events } = hours.at(hour);
          if (events > 0) yield { from: hour * HOUR_MS, to: (hour + 1) * HOUR_MS, good: goodEvents, eligible: events };
        }
      }
      for (const { index, cell } of timeline.eventSlices(Math.max(first, firstMinute), last))
        yield { from: index * sliceMs, to: (index + 1) * sliceMs, good: cell.good, eligible: cell.eligible };
    },
  };
}

function sumsOf(cell: Cell): SliceSums {
  if (!isCellKnown(cell)) return NO_SUMS;
  const { state, ratio, good, eligible } = cell;
  return {
    good: state === 'good' ? 1 : 0,
    bad: state === 'bad' ? 1 : 0,
    nodata: state === 'nodata' ? 1 : 0,
    loss: Number.isNaN(ratio) ? 0 : 1 - ratio,
    goodEvents: good,
    events: eligible,
  };
}

function difference(a: SliceSums, b: SliceSums): SliceSums {
  return {
    good: a.good - b.good,
    bad: a.bad - b.bad,
    nodata: a.nodata - b.nodata,
    loss: a.loss - b.loss,
    goodEvents: a.goodEvents - b.goodEvents,
    events: a.events - b.events,
  };
}
