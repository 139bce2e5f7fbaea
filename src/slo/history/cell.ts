/** What is known of one slice, and how two accounts of it are joined. */
import type { SliceState } from '../slices';

/** One slice of one objective. Numbers that are not known are NaN. */
export interface Cell {
  /** null: of an objective over events, which has counts instead. */
  readonly state: SliceState | null;
  /** Last value in the slice. */
  readonly value: number;
  /** Of ratio slices: good over total, 0 to 1. */
  readonly ratio: number;
  /** Good and eligible events of the slice. */
  readonly good: number;
  readonly eligible: number;
}

/** A gap: nobody ran, or nothing was counted. */
export const NO_CELL: Cell = { state: null, value: Number.NaN, ratio: Number.NaN, good: 0, eligible: 0 };

/** Order of states in a merge: a gap, then no data, good, bad. */
const RANK: Readonly<Record<SliceState, number>> = { nodata: 1, good: 2, bad: 3 };

/** 0 for a gap, 1 for no data, 2 good, 3 bad. */
export function rankOf(state: SliceState | null): number {
  return state === null ? 0 : RANK[state];
}

/** The state of a rank; null for 0. */
export function stateOf(rank: number): SliceState | null {
  return rank === 1 ? 'nodata' : rank === 2 ? 'good' : rank === 3 ? 'bad' : null;
}

/** The larger number; one that is known wins over one that is not. */
function larger(a: number, b: number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b);
}

/** Is `a` the account that counts? Known beats no data, bad beats good, the lower ratio the higher. */
function outranks(a: Cell, b: Cell): boolean {
  const byState = rankOf(a.state) - rankOf(b.state);
  if (byState !== 0) return byState > 0;
  return !Number.isNaN(a.ratio) && (Number.isNaN(b.ratio) || a.ratio < b.ratio);
}

/** Same state and same ratio: only then may the values be mixed. */
function equals(a: Cell, b: Cell): boolean {
  return a.state === b.state && Object.is(a.ratio, b.ratio);
}

/**
 * Joins two accounts of the same slice, as of two windows that watched the same source: never the sum. Of events the
 * account that saw more counts, of equally many the one with fewer good. Associative, commutative, idempotent.
 */
export function mergeCells(a: Cell, b: Cell): Cell {
  const base = outranks(a, b) ? a : b;
  const value = equals(a, b) ? larger(a.value, b.value) : base.value;
  const events = a.eligible > b.eligible || (a.eligible === b.eligible && a.good < b.good) ? a : b;
  return { state: base.state, value, ratio: base.ratio, good: events.good, eligible: events.eligible };
}

/** Is anything known of the slice, be it that its source was silent? */
export function isCellKnown({ state, eligible }: Cell): boolean {
  return state !== null || eligible > 0;
}

/** The same account? Numbers that are not known are equal. */
export function sameCell(a: Cell, b: Cell): boolean {
  return equals(a, b) && Object.is(a.value, b.value) && a.good === b.good && a.eligible === b.eligible;
}
