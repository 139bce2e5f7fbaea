/** The slices of one objective as far back as minutes are kept, and its hours before that. In memory, dense, merged. */
import { HOUR_MS } from '../duration';
import { type Cell, isCellKnown, mergeCells, rankOf, stateOf } from './cell';
import { Columns } from './columns';

/** Sums over slices. */
export interface SliceSums {
  readonly good: number;
  readonly bad: number;
  readonly nodata: number;
  /** Σ(1 − rᵢ) of the slices whose ratio is known. */
  readonly loss: number;
  /** Σ of good and of eligible events. */
  readonly goodEvents: number;
  readonly events: number;
}

/** Slices in a row, by columns; a column that is missing is unknown, or 0 for events. */
export interface SliceBlock {
  /** 0 a gap, 1 no data, 2 good, 3 bad. */
  readonly ranks: Uint8Array;
  readonly values: Float64Array | null;
  readonly ratios: Float64Array | null;
  readonly good: Float64Array | null;
  readonly eligible: Float64Array | null;
}

/** One slice of a block. Impossible figures are taken for unknown. */
export function cellOfBlock({ ranks, values, ratios, good, eligible }: SliceBlock, at: number): Cell {
  const ratio = ratios?.[at] ?? Number.NaN;
  const events = eligible?.[at] || 0;
  return {
    state: stateOf(ranks[at] ?? 0),
    value: values?.[at] ?? Number.NaN,
    ratio: ratio >= 0 && ratio <= 1 ? ratio : Number.NaN,
    good: Math.min(good?.[at] || 0, events),
    eligible: events,
  };
}

export const NO_SUMS: SliceSums = { good: 0, bad: 0, nodata: 0, loss: 0, goodEvents: 0, events: 0 };

/** Writes a column in a row; what stood there is written over. */
function copy<Name extends string>(
  columns: Columns<Name>,
  name: Name,
  first: number,
  last: number,
  valueAt: (index: number) => number,
): void {
  columns.claim(first, last);
  const { column, base } = columns.raw(name);
  for (let index = first; index <= last; index++) column[index - base] = valueAt(index);
}

/** The slices of one objective with one slice length. */
export class Timeline {
  private readonly slices = new Columns({ rank: 'u8', value: 'f64' } as const);
  /** Only for objectives that have them. */
  private readonly ratios = new Columns({ ratio: 'f64' } as const);
  private readonly events = new Columns({ good: 'u32', eligible: 'u32' } as const);

  constructor(readonly sliceMs: number) {}

  /** First and last slice that is known; `first > last` when none is. */
  get first(): number {
    return Math.min(this.slices.first, this.events.first);
  }

  get last(): number {
    return Math.max(this.slices.last, this.events.last);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.slices.bytes + this.ratios.bytes + this.events.bytes;
  }

  at(index: number): Cell {
    return {
      state: stateOf(this.slices.get('rank', index)),
      value: this.slices.get('value', index),
      ratio: this.ratios.get('ratio', index),
      good: this.events.get('good', index),
      eligible: this.events.get('eligible', index),
    };
  }

  /** As `at`, the value alone: charts look at many. */
  valueAt(index: number): number {
    return this.slices.get('value', index);
  }

  /** Joins another account of a slice with what is known of it. */
  merge(index: number, cell: Cell): void {
    const known = this.at(index);
    const merged = isCellKnown(known) ? mergeCells(known, cell) : cell;
    if (merged.state !== null) {
      this.slices.set('rank', index, rankOf(merged.state));
      this.slices.set('value', index, merged.value);
      if (!Object.is(merged.ratio, this.ratios.get('ratio', index))) this.ratios.set('ratio', index, merged.ratio);
    }
    if (merged.eligible > 0) {
      this.events.set('good', index, merged.good);
      this.events.set('eligible', index, merged.eligible);
    }
  }

  /** Joins many slices in a row. Where nothing was known they are taken as they are, which is the case that must be fast. */
  mergeAll(first: number, block: SliceBlock, from: number, to: number): void {
    const start = Math.max(first, from);
    const end = Math.min(first + block.ranks.length - 1, to);
    if (start > end) return;
    if (start <= this.last && end >= this.first) {
      for (let index = start; index <= end; index++) {
        const cell = cellOfBlock(block, index - first);
        if (isCellKnown(cell)) this.merge(index, cell);
      }
      return;
    }
    const { ranks, values, ratios, good, eligible } = block;
    if (ranks.subarray(start - first, end - first + 1).some((rank) => rank > 0)) {
      copy(this.slices, 'rank', start, end, (at) => ranks[at - first] ?? 0);
      copy(this.slices, 'value', start, end, (at) => values?.[at - first] ?? Number.NaN);
    }
    if (ratios)
      copy(this.ratios, 'ratio', start, end, (at) => {
        const ratio = ratios[at - first] ?? Number.NaN;
        return ratio >= 0 && ratio <= 1 ? ratio : Number.NaN;
      });
    if (!eligible) return;
    copy(this.events, 'eligible', start, end, (at) => eligible[at - first] || 0);
    copy(this.events, 'good', start, end, (at) => Math.min(good?.[at - first] || 0, eligible[at - first] || 0));
  }

  /** Sums over the slices `first` to `last`, both included. */
  sums(first: number, last: number): SliceSums {
    const counts = [0, 0, 0, 0];
    const { column, base } = this.slices.raw('rank');
    const to = Math.min(last, this.slices.last);
    for (let index = Math.max(first, this.slices.first); index <= to; index++) {
      const rank = column[index - base] ?? 0;
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    const [, nodata = 0, good = 0, bad = 0] = counts;
    let loss = 0;
    const ratioTo = Math.min(last, this.ratios.last);
    for (let index = Math.max(first, this.ratios.first); index <= ratioTo; index++) {
      const ratio = this.ratios.get('ratio', index);
      if (!Number.isNaN(ratio)) loss += 1 - ratio;
    }
    let goodEvents = 0;
    let events = 0;
    const end = Math.min(last, this.events.last);
    for (let index = Math.max(first, this.events.first); index <= end; index++) {
      goodEvents += this.events.get('good', index);
      events += this.events.get('eligible', index);
    }
    return { good, bad, nodata, loss, goodEvents, events };
  }

  /** Slices with events, ascending. */
  *eventSlices(first: number, last: number): Generator<{ readonly index: number; readonly cell: Cell }> {
    const to = Math.min(last, this.events.last);
    for (let index = Math.max(first, this.events.first); index <= to; index++)
      if (this.events.get('eligible', index) > 0) yield { index, cell: this.at(index) };
  }

  /** Forgets slices before an index. */
  dropBefore(index: number): void {
    this.slices.dropBefore(index);
    this.ratios.dropBefore(index);
    this.events.dropBefore(index);
  }
}

/**
 * Joins two accounts of an hour, as of two windows: never the sum. Of slices the account with more known ones counts, then with
 * more bad ones; of events that with more, then with fewer good. Associative, commutative, idempotent.
 */
function mergeHours(a: SliceSums, b: SliceSums): SliceSums {
  // 0 is no difference: the next one decides.
  const bySlices = a.good + a.bad - (b.good + b.bad) || a.bad - b.bad || a.loss - b.loss || a.nodata - b.nodata;
  const byEvents = a.events - b.events || b.goodEvents - a.goodEvents;
  const { good, bad, nodata, loss } = bySlices >= 0 ? a : b;
  const { goodEvents, events } = byEvents >= 0 ? a : b;
  return { good, bad, nodata, loss, goodEvents, events };
}

/** Sums by the hour, `floor(t/1 h)`. */
export class HourTable {
  private readonly slices = new Columns({ good: 'u16', bad: 'u16', nodata: 'u16' } as const);
  private readonly losses = new Columns({ loss: 'f32' } as const);
  private readonly events = new Columns({ good: 'u32', eligible: 'u32' } as const);

  get first(): number {
    return Math.min(this.slices.first, this.events.first);
  }

  get last(): number {
    return Math.max(this.slices.last, this.events.last);
  }

  get bytes(): number {
    return this.slices.bytes + this.losses.bytes + this.events.bytes;
  }

  at(hour: number): SliceSums {
    const loss = this.losses.get('loss', hour);
    return {
      good: this.slices.get('good', hour),
      bad: this.slices.get('bad', hour),
      nodata: this.slices.get('nodata', hour),
      loss: Number.isNaN(loss) ? 0 : loss,
      goodEvents: this.events.get('good', hour),
      events: this.events.get('eligible', hour),
    };
  }

  /** Joins another account of an hour with what is known of it. */
  merge(hour: number, sums: SliceSums): void {
    const isKnown = hour >= this.first && hour <= this.last;
    const best = isKnown ? mergeHours(this.at(hour), sums) : sums;
    if (best.good + best.bad + best.nodata > 0) {
      this.slices.set('good', hour, best.good);
      this.slices.set('bad', hour, best.bad);
      this.slices.set('nodata', hour, best.nodata);
      if (best.loss > 0 || this.losses.get('loss', hour) > 0) this.losses.set('loss', hour, best.loss);
    }
    if (best.events > 0) {
      this.events.set('good', hour, best.goodEvents);
      this.events.set('eligible', hour, best.events);
    }
  }

  /** Sums over hours `first` to `last`, both included. */
  sums(first: number, last: number): SliceSums {
    let sums = NO_SUMS;
    for (let hour = Math.max(first, this.first); hour <= Math.min(last, this.last); hour++)
      sums = addSums(sums, this.at(hour));
    return sums;
  }

  dropBefore(hour: number): void {
    this.slices.dropBefore(hour);
    this.losses.dropBefore(hour);
    this.events.dropBefore(hour);
  }
}

export function addSums(a: SliceSums, b: SliceSums): SliceSums {
  return {
    good: a.good + b.good,
    bad: a.bad + b.bad,
    nodata: a.nodata + b.nodata,
    loss: a.loss + b.loss,
    goodEvents: a.goodEvents + b.goodEvents,
    events: a.events + b.events,
  };
}

/** Hours of a timeline: the sums of the slices that begin in each, without empty ones. */
export function* hoursOf(timeline: Timeline): Generator<readonly [number, SliceSums]> {
  const { sliceMs, first, last } = timeline;
  if (first > last) return;
  const firstHour = Math.floor((first * sliceMs) / HOUR_MS);
  const lastHour = Math.floor((last * sliceMs) / HOUR_MS);
  for (let hour = firstHour; hour <= lastHour; hour++) {
    const from = Math.ceil((hour * HOUR_MS) / sliceMs);
    const to = Math.ceil(((hour + 1) * HOUR_MS) / sliceMs) - 1;
    const sums = timeline.sums(from, to);
    if (sums.good + sums.bad + sums.nodata + sums.events > 0) yield [hour, sums];
  }
}
