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

/** What an update is to look at: what may change without a sign, every file, or the code as well. */
export type UpdateScope = 'sweep' | 'files' | 'code';

const rank: Readonly<Record<UpdateScope, number>> = { sweep: 0, files: 1, code: 2 };

/**
 * Gathers requests for an update. The first one starts the wait and later ones join it, so that a storm of events neither
 * puts the update off for ever nor piles up updates.
 */
export class UpdateScheduler {
  private scope: UpdateScope = 'sweep';
  private isWaiting = false;
  private timer: { readonly dispose: () => void } | null = null;

  /** @param settleMs how long requests are gathered, asked anew for each update */
  constructor(
    private readonly clock: Clock,
    private readonly queue: WorkQueue,
    private readonly settleMs: () => number,
    private readonly update: (scope: UpdateScope) => Promise<unknown>,
  ) {}

  request(scope: UpdateScope): void {
    if (rank[scope] > rank[this.scope]) this.scope = scope;
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.queue.background(() => {
        this.isWaiting = false;
        const { scope: asked } = this;
        this.scope = 'sweep';
        return this.update(asked);
      });
    }, this.settleMs());
  }

  dispose(): void {
    this.timer?.dispose();
  }
}
