/** Everything that is remembered of all objectives: read from lines, joined, summed, written as lines again. */
import { DAY_MS, HOUR_MS } from '../duration';
import { type Cell, sameCell } from './cell';
import { isPacked, packHours, packSlices, parsePacked, readPackedHours } from './packed';
import { type PastSlices, pastOf } from './past';
import { formatRun, MAX_RUN, parseRun } from './record';
import { HourTable, hoursOf, Timeline } from './timeline';

/** Minutes are kept this long, hours for 13 months. */
export const MINUTES_KEPT_MS = 31 * DAY_MS;
export const HOURS_KEPT_MS = 396 * DAY_MS;
/** A slice dated further ahead than this is of a clock that was wrong. */
const MAX_AHEAD_MS = 2 * 60_000;

interface Series {
  readonly objective: string;
  readonly timeline: Timeline;
  readonly hours: HourTable;
}

/** Of slices, which are to be written as lines: `day` is the day in UTC that they are of, as `YYYY-MM-DD`. */
export interface DayLines {
  readonly day: string;
  readonly lines: string;
}

/** Day of an instant in UTC, as it stands in file names. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export class History {
  private readonly series = new Map<string, Series>();
  /** Slices that were settled since the last `takeLines`, by series. */
  private readonly unwritten = new Map<Series, Set<number>>();

  /**
   * @param minutesFrom a day's start in UTC, ms: what is older is known by the hour only
   */
  constructor(public minutesFrom: number) {}

  /** Bytes that the numbers take. */
  get bytes(): number {
    let sum = 0;
    for (const { timeline, hours } of this.series.values()) sum += timeline.bytes + hours.bytes;
    return sum;
  }

  private of(objective: string, sliceMs: number): Series {
    // Slices of another length are another account: they cannot be joined.
    const key = `${sliceMs} ${objective}`;
    const known = this.series.get(key);
    if (known) return known;
    const made = { objective, timeline: new Timeline(sliceMs), hours: new HourTable() };
    this.series.set(key, made);
    return made;
  }

  /** The same history gives the same text, whatever was read first. */
  private inOrder(): readonly Series[] {
    const key = ({ objective, timeline }: Series) => `${objective} ${timeline.sliceMs}`;
    return [...this.series.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  /**
   * Reads the text of a segment or a packed day; the last line counts only with its end.
   * @returns how many lines are none
   */
  read(text: string, now: number): number {
    let bad = 0;
    const latest = now + MAX_AHEAD_MS;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = text.slice(start, end);
      start = end + 1;
      if (line === '') continue;
      if (!this.readLine(line, latest)) bad++;
    }
    return bad;
  }

  private readLine(line: string, latest: number): boolean {
    if (isPacked(line)) {
      const packed = parsePacked(line);
      if (!packed) return false;
      const { timeline } = this.of(packed.objective, packed.sliceMs);
      const [from, to] = this.limits(packed.sliceMs, latest);
      timeline.mergeAll(packed.first, packed.block, from, to);
      return true;
    }
    const run = parseRun(line);
    if (!run) return false;
    const { timeline } = this.of(run.objective, run.sliceMs);
    const [from, to] = this.limits(run.sliceMs, latest);
    const end = Math.min(run.first + run.count - 1, to);
    for (let index = Math.max(run.first, from); index <= end; index++) timeline.merge(index, run.cell);
    return true;
  }

  /** Slices that are taken at all: a hostile or mistaken line must not claim memory for a century. */
  private limits(sliceMs: number, latest: number): readonly [number, number] {
    return [Math.ceil(this.minutesFrom / sliceMs), Math.floor(latest / sliceMs)];
  }

  /** What is known of an objective, the slice that is not over yet included as it stands. */
  past(
    objective: string,
    sliceMs: number,
    open: { readonly index: number; readonly cell: Cell } | null = null,
  ): PastSlices {
    const { timeline, hours } = this.of(objective, sliceMs);
    return pastOf(timeline, hours, this.minutesFrom, open);
  }

  /** The account of a slice. */
  at(objective: string, sliceMs: number, index: number): Cell {
    return this.of(objective, sliceMs).timeline.at(index);
  }

  /** The slices that are known one by one, for who judges them anew. */
  slices(
    objective: string,
    sliceMs: number,
  ): { readonly first: number; readonly last: number; readonly at: (index: number) => Cell } {
    const { timeline } = this.of(objective, sliceMs);
    return { first: timeline.first, last: timeline.last, at: (index) => timeline.at(index) };
  }

  /** Is there any slice of it, in minutes or hours? */
  knows(objective: string, sliceMs: number): boolean {
    const { timeline, hours } = this.of(objective, sliceMs);
    return timeline.first <= timeline.last || hours.first <= hours.last;
  }

  /** Joins a slice that is over with what is known, and remembers it for writing. */
  settle(objective: string, sliceMs: number, index: number, cell: Cell): void {
    if (index * sliceMs < this.minutesFrom) return;
    const series = this.of(objective, sliceMs);
    const before = series.timeline.at(index);
    series.timeline.merge(index, cell);
    if (sameCell(before, series.timeline.at(index))) return;
    const slices = this.unwritten.get(series);
    if (slices) slices.add(index);
    else this.unwritten.set(series, new Set([index]));
  }

  /** Values of the last while, as samples at the end of their slices. */
  values(
    objective: string,
    sliceMs: number,
    from: number,
  ): readonly { readonly time: number; readonly value: number }[] {
    const { timeline } = this.of(objective, sliceMs);
    const samples: { time: number; value: number }[] = [];
    for (let index = Math.max(Math.floor(from / sliceMs), timeline.first); index <= timeline.last; index++) {
      const { value } = timeline.at(index);
      if (!Number.isNaN(value)) samples.push({ time: (index + 1) * sliceMs - 1, value });
    }
    return samples;
  }

  /** Lines of what was settled since the last call, by the day of its slices: equal neighbours are one run. */
  takeLines(): readonly DayLines[] {
    const days = new Map<string, string>();
    for (const [{ objective, timeline }, slices] of this.unwritten) {
      const { sliceMs } = timeline;
      const indices = [...slices].sort((a, b) => a - b);
      for (let at = 0; at < indices.length; ) {
        const first = indices[at] ?? 0;
        const day = dayOf(first * sliceMs);
        const cell = timeline.at(first);
        let count = 1;
        while (
          indices[at + count] === first + count &&
          count < MAX_RUN &&
          dayOf((first + count) * sliceMs) === day &&
          sameCell(timeline.at(first + count), cell)
        )
          count++;
        days.set(day, (days.get(day) ?? '') + formatRun({ objective, sliceMs, first, count, cell }));
        at += count;
      }
    }
    this.unwritten.clear();
    return [...days].map(([day, lines]) => ({ day, lines }));
  }

  /** Days in UTC, from the first to the last of which a slice is known, as `YYYY-MM-DD`. */
  get days(): readonly string[] {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const { timeline } of this.series.values()) {
      if (timeline.first > timeline.last) continue;
      from = Math.min(from, timeline.first * timeline.sliceMs);
      to = Math.max(to, timeline.last * timeline.sliceMs);
    }
    const days: string[] = [];
    for (let at = Math.floor(from / DAY_MS) * DAY_MS; at <= to; at += DAY_MS) days.push(dayOf(at));
    return days;
  }

  /** The whole of a day in the compact form. */
  packDay(day: string): string {
    const start = Date.parse(`${day}T00:00:00Z`);
    let text = '';
    for (const { objective, timeline } of this.inOrder()) {
      const first = Math.ceil(start / timeline.sliceMs);
      const last = Math.ceil((start + DAY_MS) / timeline.sliceMs) - 1;
      if (first > timeline.last || last < timeline.first) continue;
      text += packSlices(objective, timeline, Math.max(first, timeline.first), Math.min(last, timeline.last));
    }
    return text;
  }

  /** Sums the slices before an instant (a day's start) up by the hour, and forgets them. */
  rollUp(before: number): void {
    for (const { timeline, hours } of this.series.values()) {
      for (const [hour, sums] of hoursOf(timeline)) if (hour * HOUR_MS < before) hours.merge(hour, sums);
      timeline.dropBefore(Math.ceil(before / timeline.sliceMs));
    }
    this.minutesFrom = Math.max(this.minutesFrom, before);
  }

  /** Forgets hours before an instant. */
  dropHoursBefore(time: number): void {
    for (const { hours } of this.series.values()) hours.dropBefore(Math.ceil(time / HOUR_MS));
  }

  /** The hours as text of `rollup-hour.json`. */
  hoursText(): string {
    const series = this.inOrder().flatMap(({ objective, timeline, hours }) => {
      const packed = packHours(hours);
      return packed ? [{ o: objective, w: timeline.sliceMs / 1000, ...packed }] : [];
    });
    return `${JSON.stringify({ schemaVersion: 1, through: this.minutesFrom / 1000, series })}\n`;
  }

  /**
   * Reads the text of `rollup-hour.json`, before any segment: it says from when on minutes count.
   * @returns false when it is no such text
   */
  readHours(text: string): boolean {
    const value = parsed(text);
    if (!isMap(value) || value.schemaVersion !== 1 || !Array.isArray(value.series)) return false;
    const { through } = value;
    if (typeof through !== 'number' || !Number.isInteger(through * 1000) || (through * 1000) % DAY_MS !== 0)
      return false;
    this.minutesFrom = through * 1000;
    for (const one of value.series) {
      if (!isMap(one) || typeof one.o !== 'string' || typeof one.w !== 'number') continue;
      if (!Number.isInteger(one.w) || one.w < 60) continue;
      const { hours } = this.of(one.o, one.w * 1000);
      readPackedHours(one, hours, this.minutesFrom - HOURS_KEPT_MS, this.minutesFrom);
    }
    return true;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
