/** Jobs of the server, one after another; and updates, of which at most one runs and one waits. */
import type { Clock } from '../monitor/ports';

export class WorkQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** @param failed told of every job that throws */
  constructor(private readonly failed: (error: unknown) => void) {}

  /** Runs a job after those before it, whether they failed or not. Rejects as the job does. */
  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.last.then(job, job);
    this.last = result.catch((error: unknown) => this.failed(error));
    return result;
  }

  /** The same for a job whose result nobody awaits: a failure is told, and goes no further. */
  background(job: () => Promise<unknown>): void {
    this.run(job).catch(() => undefined);
  }

  /** Resolves when what is queued now has ended. */
  get settled(): Promise<unknown> {
    return this.last;
  }
}

/**
 * Gathers requests for an update. The first one starts the wait and later ones join it, so that a storm of events neither
 * puts the update off for ever nor piles up updates.
 */
export class UpdateScheduler {
  private withCode = false;
  private isWaiting = false;
  private timer: { readonly dispose: () => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly queue: WorkQueue,
    private readonly settleMs: number,
    private readonly update: (withCode: boolean) => Promise<unknown>,
  ) {}

  request(withCode: boolean): void {
    this.withCode ||= withCode;
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.queue.background(() => {
        this.isWaiting = false;
        const code = this.withCode;
        this.withCode = false;
        return this.update(code);
      });
    }, this.settleMs);
  }

  dispose(): void {
    this.timer?.dispose();
  }
}
