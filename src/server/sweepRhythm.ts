/** When the files are looked at next: a sweep may take several ticks, and all of them together take a part of the time only. */

/** How a workspace wants to be looked at: a sweep that often, or so long after the last look. */
export type Pace =
  | { readonly kind: 'steady'; readonly everyMs: number }
  | { readonly kind: 'seldom'; readonly everyMs: number };

export interface Tick {
  /** ms since the epoch */
  readonly beganAt: number;
  readonly endedAt: number;
  /** Processor time of it that counts, ms. */
  readonly spentMs: number;
  /** The sweep has files left for the next tick. */
  readonly goesOn: boolean;
}

/** Ticks and sweeps are followed by pauses, so that they take at most one part of the time in so many. */
const oneIn = 4.5;

export class SweepRhythm {
  private last: Tick = {
    beganAt: Number.NEGATIVE_INFINITY,
    endedAt: Number.NEGATIVE_INFINITY,
    spentMs: 0,
    goesOn: false,
  };
  /** Of the sweep that the last tick belongs to. */
  private beganAt = Number.NEGATIVE_INFINITY;
  private spentMs = 0;

  /** Notes a tick. */
  looked(tick: Tick): void {
    if (!this.last.goesOn) {
      this.beganAt = tick.beganAt;
      this.spentMs = 0;
    }
    this.spentMs += tick.spentMs;
    this.last = tick;
  }

  /** When the next look is due, ms since the epoch. */
  nextAt({ kind, everyMs }: Pace): number {
    const { endedAt, spentMs, goesOn } = this.last;
    const rested = endedAt + spentMs * (oneIn - 1);
    if (goesOn) return rested;
    if (kind === 'seldom') return endedAt + everyMs;
    // Each sweep begins a period after the one before it, however many ticks it had.
    return Math.max(rested, this.beganAt + Math.max(everyMs, this.spentMs * oneIn));
  }
}
