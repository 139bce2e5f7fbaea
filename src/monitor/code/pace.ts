/** Work in stretches: after each, others have their turn. */
import type { Clock } from '../ports';

/** Longest stretch, ms; and most steps of it, should the clock stand still. */
const stretchMs = 12;
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

  /** Called at each step: has the stretch been long enough? */
  isOver(): boolean {
    return ++this.steps >= stretchSteps || this.clock.now() - this.beganAt > stretchMs;
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
