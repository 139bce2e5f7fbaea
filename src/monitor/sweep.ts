/**
 * Thousands of files are not looked at in one go: a tick takes as many as it has time for, and the next one goes on where it
 * ended. What is looked at has parts (the agents of a root); a new sweep begins when all parts have been gone through.
 */
import type { Clock } from './ports';

/** Processor time that a tick may spend on looking, ms. With what is made of it a tick takes half as much again. */
const tickMs = 100;

export class Sweep {
  /** Parts that the tick before left unfinished; it is their turn. */
  private waiting: ReadonlySet<object> = new Set();
  private left = new Set<object>();
  private endsAt = Number.POSITIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** A tick begins. @param isWhole looks at everything, however long it takes */
  begin(isWhole: boolean): void {
    this.waiting = isWhole ? new Set() : this.left;
    this.left = new Set();
    this.endsAt = isWhole ? Number.POSITIVE_INFINITY : this.spent() + tickMs;
  }

  /** Is it the turn of a part? */
  isAsked(part: object): boolean {
    return this.waiting.size === 0 || this.waiting.has(part);
  }

  get isTimeUp(): boolean {
    return this.spent() >= this.endsAt;
  }

  /** The next tick goes on with the part. */
  leave(part: object): void {
    this.left.add(part);
  }

  get isUnfinished(): boolean {
    return this.left.size > 0;
  }

  /** On a busy machine a short job takes long: processor time, where it is counted. */
  private spent(): number {
    return this.clock.cpuMs?.() ?? this.clock.now();
  }
}
