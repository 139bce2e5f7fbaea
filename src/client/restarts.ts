/** When a server that ended by itself is started again: at once while that is rare, then after ever longer pauses, for ever. */

const spanMs = 3 * 60_000;
const atOnce = 3;
const firstPauseMs = 5_000;
const longestPauseMs = 60_000;

export class Restarts {
  private ends: readonly number[] = [];

  /**
   * Notes an end.
   * @param now milliseconds of any clock that runs forward
   * @returns how long to wait before the next start, ms
   */
  ended(now: number): number {
    this.ends = [...this.ends.filter((at) => now - at < spanMs), now];
    const beyond = this.ends.length - atOnce;
    return beyond <= 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (beyond - 1));
  }
}
