/**
 * When the server looks at what, without any event: agents whose time is up, a sweep over files that may have changed, a walk, the
 * code. What a look cost decides how long it is until the next one.
 */
import type { Clock } from '../monitor/ports';
import { SweepRhythm } from './sweepRhythm';
import type { UpdateScope } from './workQueue';

/** Figures that age without any event are evaluated again this often. */
const lookEveryMs = 30_000;
/** The code is looked through this often without any event: a watcher may drop some. Then at most a fiftieth of the time. */
const rescanMs = 120_000;
/** Of many agents the files are looked at this often, without waiting for events. */
const sweepMs = 1000;
/** How often the folders of a workspace with many agents are walked. */
const walkMs = 60_000;
/** Changes are gathered this long before they are looked at. */
const settleMs = 75;
const soonMs = 50;

/** What there is to look at, as far as the plan goes by it. */
export interface Watched {
  readonly hasManyAgents: boolean;
  /** The last sweep has files left. */
  readonly isMidSweep: boolean;
  /** Bytes of logs that wait to be read. */
  readonly lag: number;
  /** When the report changes without any event, ms since the epoch; null: not for now. */
  readonly nextChange: () => number | null;
}

/** One look, over. */
export interface Look {
  readonly scope: UpdateScope;
  /** ms since the epoch */
  readonly beganAt: number;
  /** Processor time, ms. */
  readonly spentMs: number;
}

export interface NextLook {
  readonly inMs: number;
  /** null: is to be asked for when it begins. */
  readonly scope: 'due' | null;
}

export class LookPlan {
  private readonly rhythm = new SweepRhythm();
  private lastWalkMs = 0;
  private lastScanMs = 0;
  private lastSweepMs = 0;
  private scannedAt = 0;
  private walkedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** The code was scanned. @param spentMs processor time of it */
  scanned(spentMs: number): void {
    this.scannedAt = this.clock.now();
    this.lastScanMs = spentMs;
  }

  looked({ scope, beganAt, spentMs }: Look, { isMidSweep }: Watched): void {
    const now = this.clock.now();
    if (scope === 'files') this.lastWalkMs = spentMs;
    if (scope === 'sweep') this.lastSweepMs = spentMs;
    if (scope === 'files' || scope === 'code') this.walkedAt = now;
    if (scope === 'due') return;
    // A walk is seldom: the sweeps after it do not wait for what it took.
    this.rhythm.looked({ beganAt, endedAt: now, spentMs: scope === 'sweep' ? spentMs : 0, goesOn: isMidSweep });
  }

  next({ hasManyAgents, lag, nextChange }: Watched): NextLook {
    const now = this.clock.now();
    const change = nextChange();
    const pace = hasManyAgents
      ? ({ kind: 'steady', everyMs: sweepMs } as const)
      : // A large workspace is looked through less often: at most a twentieth of the time.
        ({ kind: 'seldom', everyMs: Math.max(lookEveryMs, this.lastWalkMs * 20) } as const);
    const sweepIn = Math.max(soonMs, lag > 0 ? this.lastSweepMs : this.rhythm.nextAt(pace) - now);
    const changeIn = change === null ? sweepIn : Math.max(soonMs, change - now);
    // A silence shows when it is due; for it no other file is looked at.
    return { inMs: Math.min(sweepIn, changeIn), scope: changeIn < sweepIn && hasManyAgents ? 'due' : null };
  }

  /** A walk heals what no event told; between the walks of a large fleet only its files are looked at. */
  scope({ hasManyAgents, isMidSweep, lag }: Watched): UpdateScope {
    const now = this.clock.now();
    if (now - this.scannedAt > Math.max(rescanMs, this.lastScanMs * 50)) return 'code';
    // A sweep that has begun is brought to its end before.
    if (isMidSweep) return 'sweep';
    if (!hasManyAgents && lag === 0) return 'files';
    return now - this.walkedAt >= Math.max(walkMs, this.lastWalkMs * 20) ? 'files' : 'sweep';
  }

  /** How long events are gathered, ms: a storm of them costs at most a third of the time. */
  get gatherMs(): number {
    return Math.max(settleMs, Math.min(2000, this.lastSweepMs * 2));
  }
}
