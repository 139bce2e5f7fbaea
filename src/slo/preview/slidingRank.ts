/** A percentile of numbers that come and go, as in a window that moves over events: each step takes logarithmic time. */
import { nearestRankOf } from '../eventStatistics';

/** A bag over a known set of numbers, as a binary indexed tree of counts by rank (P. Fenwick, 1994). */
export class SlidingRank {
  /** Distinct numbers, ascending. */
  private readonly numbers: Float64Array;
  private readonly tree: Int32Array;
  private size = 0;

  /** @param all every number that may ever be put in */
  constructor(all: readonly number[]) {
    this.numbers = Float64Array.from(new Set(all)).sort();
    this.tree = new Int32Array(this.numbers.length + 1);
  }

  add(value: number): void {
    this.change(value, 1);
  }

  remove(value: number): void {
    this.change(value, -1);
  }

  /** Nearest-rank percentile, 0 < share ≤ 1; null when it is empty. */
  percentile(share: number): number | null {
    if (this.size === 0) return null;
    let left = nearestRankOf(share, this.size);
    let at = 0;
    for (let step = 2 ** Math.floor(Math.log2(this.numbers.length)); step >= 1; step /= 2) {
      const count = this.tree[at + step];
      if (count !== undefined && count < left) {
        at += step;
        left -= count;
      }
    }
    return this.numbers[at] ?? null;
  }

  private change(value: number, by: number): void {
    this.size += by;
    for (let at = this.rank(value) + 1; at < this.tree.length; at += at & -at)
      this.tree[at] = (this.tree[at] ?? 0) + by;
  }

  private rank(value: number): number {
    let [from, to] = [0, this.numbers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.numbers[middle] ?? 0) < value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
