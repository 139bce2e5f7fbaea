/**
 * After a scan, once nobody waits for anything, the memory that it needed is given back. The engine would do so only as more is
 * allocated, which in an idle server may be never; and pages that one collection frees go back to the system with the next.
 */
import type { Clock } from '../monitor/ports';

const quietMs = 2_000;
const pauseMs = 700;
const times = 3;
/** Less is not worth keeping anybody waiting for. */
const worthMegabytes = 8;

export interface TidyingPorts {
  readonly clock: Clock;
  readonly residentMegabytes: () => number;
  /** Does somebody type, or does a scan run? */
  readonly isBusy: () => boolean;
  /** Collects all garbage at once; undefined where the process was started without leave to ask for it. */
  readonly collect: (() => void) | undefined;
}

export class Tidying {
  private waiting: { readonly dispose: () => void } | null = null;
  private left = 0;
  /** What was needed after it was done last. */
  private neededMegabytes = 0;

  constructor(private readonly ports: TidyingPorts) {}

  /** A scan has ended. */
  soon(): void {
    if (this.ports.residentMegabytes() < this.neededMegabytes + worthMegabytes) return;
    this.left = times;
    this.wait(quietMs);
  }

  private wait(ms: number): void {
    this.dispose();
    const { clock, collect, isBusy, residentMegabytes } = this.ports;
    if (!collect) return;
    this.waiting = clock.setTimeout(() => {
      this.waiting = null;
      if (isBusy()) return this.wait(quietMs);
      collect();
      if (--this.left > 0) this.wait(pauseMs);
      else this.neededMegabytes = residentMegabytes();
    }, ms);
  }

  dispose(): void {
    this.waiting?.dispose();
    this.waiting = null;
  }
}
