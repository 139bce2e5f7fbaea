/** Lines of the history: a run of equal slices each. Text in, checked data out; what is no record is told, never guessed. */
import type { SliceState } from '../slices';
import { type Cell, NO_CELL } from './cell';

/** A run of `count` equal slices of an objective. */
export interface HistoryRun {
  readonly objective: string;
  /** Length of a slice, ms. */
  readonly sliceMs: number;
  /** Index of the first slice: `floor(t/slice)`. */
  readonly first: number;
  readonly count: number;
  readonly cell: Cell;
}

const LETTERS: Readonly<Record<SliceState, string>> = { good: 'g', bad: 'b', nodata: 'n' };
/** A run is at most a day of minutes. */
export const MAX_RUN = 1440;
const MAX_NAME = 100;
const MAX_LINE = 1000;
const DEFAULT_SLICE_S = 60;
const MAX_SLICE_S = 366 * 86_400;
/** Year 10000: later is no time. */
const MAX_SECOND = 253_402_300_800;

/** The state as one letter: g, b, n. */
export function letterOf(state: SliceState): string {
  return LETTERS[state];
}

/** The state of a letter; null when it is none. */
export function stateOfLetter(letter: unknown): SliceState | null {
  return letter === 'g' ? 'good' : letter === 'b' ? 'bad' : letter === 'n' ? 'nodata' : null;
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** The line of a run, with its line end. Slices of a minute do not name their length. */
export function formatRun({ objective, sliceMs, first, count, cell }: HistoryRun): string {
  const record = {
    o: objective,
    t: (first * sliceMs) / 1000,
    n: count,
    w: sliceMs === DEFAULT_SLICE_S * 1000 ? undefined : sliceMs / 1000,
    s: cell.state === null ? undefined : letterOf(cell.state),
    x: known(cell.value),
    r: known(cell.ratio),
    g: cell.eligible > 0 ? cell.good : undefined,
    e: cell.eligible > 0 ? cell.eligible : undefined,
  };
  return `${JSON.stringify(record)}\n`;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function whole(value: unknown, least: number, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

function finite(value: unknown): number | null {
  if (value === undefined) return Number.NaN;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Objective, slice length and first slice, as lines of both forms begin; null when one of them is wrong. */
export function readHead(
  record: Readonly<Record<string, unknown>>,
): { readonly objective: string; readonly sliceMs: number; readonly first: number } | null {
  const { o, t, w } = record;
  const seconds = whole(w ?? DEFAULT_SLICE_S, DEFAULT_SLICE_S, MAX_SLICE_S);
  const start = whole(t, 0, MAX_SECOND);
  if (typeof o !== 'string' || o === '' || o.length > MAX_NAME || seconds === null || start === null) return null;
  return start % seconds === 0 ? { objective: o, sliceMs: seconds * 1000, first: start / seconds } : null;
}

/** A line as a map; null when it is none. */
export function readLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMap(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Reads one line of a run; null when it is none. */
export function parseRun(line: string): HistoryRun | null {
  const record = line.length > MAX_LINE ? null : readLine(line);
  const head = record && readHead(record);
  if (!record || !head) return null;
  const { n, s, x, r, g, e } = record;
  const count = whole(n, 1, MAX_RUN);
  const state = stateOfLetter(s);
  const value = finite(x);
  const ratio = finite(r);
  const good = whole(g ?? 0, 0, Number.MAX_SAFE_INTEGER);
  const eligible = whole(e ?? 0, 0, Number.MAX_SAFE_INTEGER);
  if (count === null || value === null || ratio === null || good === null || eligible === null) return null;
  if (good > eligible || (state === null && (s !== undefined || eligible === 0)) || ratio < 0 || ratio > 1) return null;
  return { ...head, count, cell: { ...NO_CELL, state, value, ratio, good, eligible } };
}
