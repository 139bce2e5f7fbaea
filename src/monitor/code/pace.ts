/** Work in stretches: after each, others have their turn. */
import type { Clock } from '../ports';

/** Longest stretch, ms; and most steps of it, should the clock stand still. */
const stretchMs = 8;
const stretchSteps = 2_000;

export class Pace {
  private beganAt: number;
  private steps = 0;

  /** @param breathe gives others their turn */
  constructor(
    private readonly clock: Clock,
    private readonly breathe: () => Promise<void>,
  ) {
    this.beganAt = clock.now();
  }

  /**
   * Called at each step: has the stretch been long enough?
   * @param aheadMs what the next step will take, as far as that is known: a long one does not come on top of others
   */
  isOver(aheadMs = 0): boolean {
    if (++this.steps >= stretchSteps) return true;
    const spent = this.clock.now() - this.beganAt;
    return spent > stretchMs || (spent > 0 && spent + aheadMs > stretchMs);
  }

  async rest(): Promise<void> {
    await this.breathe();
    this.beganAt = this.clock.now();
    this.steps = 0;
  }

  /** Rests where it is time for it. */
  readonly step = async (): Promise<void> => {
    if (this.isOver()) await this.rest();
  };
}
