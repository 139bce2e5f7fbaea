/** The compact form of a finished day: one line per objective, columns in runs. */
import { HOUR_MS } from '../duration';
import { type Cell, rankOf } from './cell';
import { letterOf, readHead, readLine, stateOfLetter } from './record';
import type { HourTable, SliceBlock, SliceSums, Timeline } from './timeline';

/** Values of a column as pairs of value and count; null is unknown. */
type Runs = readonly (number | null)[];

/** Slices of one line at most: a day of minutes. */
const MAX_SLICES = 1440;
/** A line of a day, of values that change with every minute, is far shorter. */
const MAX_LINE = 400_000;

function runsOf(values: readonly number[]): Runs {
  const runs: (number | null)[] = [];
  for (let at = 0; at < values.length; ) {
    const value = values[at] ?? Number.NaN;
    let end = at + 1;
    while (end < values.length && Object.is(values[end], value)) end++;
    runs.push(Number.isNaN(value) ? null : value, end - at);
    at = end;
  }
  return runs;
}

/** The values again, NaN for unknown; null when the runs are no column of this length. */
function valuesOf(runs: unknown, length: number, whole: boolean): Float64Array | null {
  if (!Array.isArray(runs) || runs.length % 2 !== 0) return null;
  const values = new Float64Array(length).fill(Number.NaN);
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const value: unknown = runs[run];
    const count: unknown = runs[run + 1];
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || at + count > length) return null;
    if (value !== null) {
      if (typeof value !== 'number' || !Number.isFinite(value)) return null;
      if (whole && !(Number.isInteger(value) && value >= 0)) return null;
      if (count === 1) values[at] = value;
      else values.fill(value, at, at + count);
    }
    at += count;
  }
  return at === length ? values : null;
}

function stateText(cells: readonly Cell[]): string {
  let text = '';
  for (let at = 0; at < cells.length; ) {
    const state = cells[at]?.state ?? null;
    let end = at + 1;
    while (end < cells.length && (cells[end]?.state ?? null) === state) end++;
    text += `${state === null ? '-' : letterOf(state)}${end - at}`;
    at = end;
  }
  return text;
}

function ranksOf(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || !/^(?:[gbn-]\d{1,4})*$/.test(text)) return null;
  const ranks = new Uint8Array(MAX_SLICES);
  let at = 0;
  for (const [, letter, digits] of text.matchAll(/([gbn-])(\d+)/g)) {
    const count = Number(digits);
    if (at + count > MAX_SLICES) return null;
    ranks.fill(rankOf(stateOfLetter(letter)), at, at + count);
    at += count;
  }
  return ranks.subarray(0, at);
}

/** Slices `first` to `last` of an objective as lines, with their ends; none when nothing is known of them. */
export function packSlices(objective: string, timeline: Timeline, first: number, last: number): string {
  let lines = '';
  for (let from = first; from <= last; from += MAX_SLICES) {
    const cells = Array.from({ length: Math.min(MAX_SLICES, last - from + 1) }, (_, i) => timeline.at(from + i));
    const hasStates = cells.some(({ state }) => state !== null);
    const hasRatios = cells.some(({ ratio }) => !Number.isNaN(ratio));
    const hasEvents = cells.some(({ eligible }) => eligible > 0);
    if (!hasStates && !hasEvents) continue;
    const { sliceMs } = timeline;
    const line = {
      o: objective,
      t: (from * sliceMs) / 1000,
      w: sliceMs === 60_000 ? undefined : sliceMs / 1000,
      s: stateText(cells),
      x: hasStates ? runsOf(cells.map(({ value }) => value)) : undefined,
      r: hasRatios ? runsOf(cells.map(({ ratio }) => ratio)) : undefined,
      g: hasEvents ? runsOf(cells.map(({ good }) => good)) : undefined,
      e: hasEvents ? runsOf(cells.map(({ eligible }) => eligible)) : undefined,
    };
    lines += `${JSON.stringify(line)}\n`;
  }
  return lines;
}

export interface PackedSlices {
  readonly objective: string;
  readonly sliceMs: number;
  readonly first: number;
  readonly block: SliceBlock;
}

/** Is it a line of the packed form? It names no number of slices. */
export function isPacked(line: string): boolean {
  return !/"n":\d/.test(line.slice(0, 200));
}

/** Reads a line of the packed form; null when it is none. */
export function parsePacked(line: string): PackedSlices | null {
  const record = line.length > MAX_LINE ? null : readLine(line);
  const head = record && readHead(record);
  const ranks = record && ranksOf(record.s);
  if (!record || !head || !ranks) return null;
  const { x, r, g, e } = record;
  const column = (runs: unknown, whole: boolean) =>
    runs === undefined ? undefined : valuesOf(runs, ranks.length, whole);
  const values = column(x, false);
  const ratios = column(r, false);
  const good = column(g, true);
  const eligible = column(e, true);
  // Given, and no column.
  if (values === null || ratios === null || good === null || eligible === null) return null;
  const block = {
    ranks,
    values: values ?? null,
    ratios: ratios ?? null,
    good: good ?? null,
    eligible: eligible ?? null,
  };
  return { ...head, block };
}

/** Hours of one objective in a row, as a value of `rollup-hour.json`: `h` is the first hour, then columns in runs. */
export interface PackedHours {
  readonly h: number;
  readonly g: Runs;
  readonly b: Runs;
  readonly n: Runs;
  /** Losses of ratios, events and good events; missing where there are none. */
  readonly l?: Runs;
  readonly e?: Runs;
  readonly ge?: Runs;
}

/** The known hours of a table; null when there are none. Losses keep six digits. */
export function packHours(hours: HourTable): PackedHours | null {
  const { first, last } = hours;
  if (first > last) return null;
  const all = Array.from({ length: last - first + 1 }, (_, i) => hours.at(first + i));
  const runs = (of: (sums: SliceSums) => number): Runs => runsOf(all.map(of));
  return {
    h: first,
    g: runs(({ good }) => good),
    b: runs(({ bad }) => bad),
    n: runs(({ nodata }) => nodata),
    ...(all.some(({ loss }) => loss > 0) ? { l: runs(({ loss }) => Number(loss.toFixed(6))) } : {}),
    ...(all.some(({ events }) => events > 0)
      ? { e: runs(({ events }) => events), ge: runs(({ goodEvents }) => goodEvents) }
      : {}),
  };
}

const LAST_HOUR = 253_402_300_800_000 / HOUR_MS;
/** More hours than are kept, with room: three years. */
const MAX_HOURS = 3 * 366 * 24;

function lengthOf(runs: unknown): number | null {
  if (!Array.isArray(runs)) return null;
  let length = 0;
  for (let at = 1; at < runs.length; at += 2)
    length += typeof runs[at] === 'number' ? (runs[at] as number) : Number.NaN;
  return Number.isInteger(length) && length > 0 && length <= MAX_HOURS ? length : null;
}

/** Joins packed hours between two instants (whole hours) into a table. @returns false when they are none */
export function readPackedHours(
  value: Readonly<Record<string, unknown>>,
  hours: HourTable,
  from: number,
  before: number,
): boolean {
  const { h, g, b, n, l, e, ge } = value;
  const length = lengthOf(g);
  if (typeof h !== 'number' || !Number.isInteger(h) || h < 0 || h > LAST_HOUR || length === null) return false;
  const good = valuesOf(g, length, true);
  const bad = valuesOf(b, length, true);
  const nodata = valuesOf(n, length, true);
  const loss = l === undefined ? undefined : valuesOf(l, length, false);
  const events = e === undefined ? undefined : valuesOf(e, length, true);
  const goodEvents = ge === undefined ? undefined : valuesOf(ge, length, true);
  if (!good || !bad || !nodata || loss === null || events === null || goodEvents === null) return false;
  const firstHour = Math.max(h, Math.ceil(from / HOUR_MS));
  const lastHour = Math.min(h + length, Math.ceil(before / HOUR_MS)) - 1;
  for (let hour = firstHour; hour <= lastHour; hour++) {
    const at = hour - h;
    const sums = {
      good: good[at] || 0,
      bad: bad[at] || 0,
      nodata: nodata[at] || 0,
      loss: Math.max(0, loss?.[at] || 0),
      events: events?.[at] || 0,
      goodEvents: Math.min(goodEvents?.[at] || 0, events?.[at] || 0),
    };
    // An hour has at most as many slices as minutes.
    if (sums.good + sums.bad + sums.nodata <= 60) hours.merge(hour, sums);
  }
  return true;
}
