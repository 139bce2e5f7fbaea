/** The compact form of a finished day: one line per objective, columns in runs. */
import { HOUR_MS } from '../duration';
import { type Cell, NO_CELL } from './cell';
import { letterOf, readHead, readLine, stateOfLetter } from './record';
import type { SliceSums, Timeline } from './timeline';

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

/** The values again; null when the runs are no column of this length. */
function valuesOf(runs: unknown, length: number, whole: boolean): readonly number[] | null {
  if (runs === undefined) return [];
  if (!Array.isArray(runs) || runs.length % 2 !== 0) return null;
  const values: number[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    const value: unknown = runs[at];
    const count: unknown = runs[at + 1];
    const known =
      typeof value === 'number' && Number.isFinite(value) && (!whole || (Number.isInteger(value) && value >= 0));
    if ((value !== null && !known) || typeof count !== 'number' || !Number.isInteger(count)) return null;
    if (count < 1 || values.length + count > length) return null;
    for (let i = 0; i < count; i++) values.push(known ? value : Number.NaN);
  }
  return values.length === length ? values : null;
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

function statesOf(text: unknown): readonly Cell['state'][] | null {
  if (typeof text !== 'string' || !/^(?:[gbn-]\d{1,4})*$/.test(text)) return null;
  const states: Cell['state'][] = [];
  for (const [, letter, count] of text.matchAll(/([gbn-])(\d+)/g)) {
    if (states.length + Number(count) > MAX_SLICES) return null;
    for (let i = 0; i < Number(count); i++) states.push(stateOfLetter(letter));
  }
  return states;
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
  readonly cells: readonly Cell[];
}

/** Is it a line of the packed form? It names no number of slices. */
export function isPacked(line: string): boolean {
  return !/"n":\d/.test(line.slice(0, 200));
}

/** Reads a line of the packed form; null when it is none. */
export function parsePacked(line: string): PackedSlices | null {
  const record = line.length > MAX_LINE ? null : readLine(line);
  const head = record && readHead(record);
  const states = record && statesOf(record.s);
  if (!record || !head || !states) return null;
  const { length } = states;
  const values = valuesOf(record.x, length, false);
  const ratios = valuesOf(record.r, length, false);
  const good = valuesOf(record.g, length, true);
  const eligible = valuesOf(record.e, length, true);
  if (!values || !ratios || !good || !eligible) return null;
  const cells = states.map((state, i): Cell => {
    const events = eligible[i] ?? 0;
    const ratio = ratios[i] ?? Number.NaN;
    return {
      ...NO_CELL,
      state,
      value: values[i] ?? Number.NaN,
      ratio: ratio >= 0 && ratio <= 1 ? ratio : Number.NaN,
      good: Math.min(good[i] ?? 0, events),
      eligible: events,
    };
  });
  return { ...head, cells };
}

/** Hours of one objective: `[hour, good, bad, nodata, loss, good events, events]`. */
export type PackedHour = readonly number[];

/** An hour as a row; losses keep six digits. */
export function packHour(hour: number, sums: SliceSums): PackedHour {
  const { good, bad, nodata, loss, goodEvents, events } = sums;
  return [hour, good, bad, nodata, Number(loss.toFixed(6)), goodEvents, events];
}

const LAST_HOUR = 253_402_300_800_000 / HOUR_MS;

/** Reads a row of an hour; null when it is none. */
export function parseHour(row: unknown): readonly [number, SliceSums] | null {
  if (!Array.isArray(row) || row.length !== 7) return null;
  if (!row.every((value): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0))
    return null;
  const [hour = 0, good = 0, bad = 0, nodata = 0, loss = 0, goodEvents = 0, events = 0] = row;
  if (!Number.isInteger(hour) || hour > LAST_HOUR || good + bad + nodata > 60 || goodEvents > events) return null;
  return [hour, { good, bad, nodata, loss, goodEvents, events }];
}
