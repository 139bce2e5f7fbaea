/**
 * Brings a workspace up to date: the code where asked, then every source. In the background it does so when files have
 * changed, and when the plan says that it is time to look.
 */
import type { Monitor } from '../monitor/monitor';
import type { Cancellation, Clock, Logger } from '../monitor/ports';
import type { HealthParams } from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { LookPlan, type Watched } from './lookPlan';
import { SoFar } from './soFar';
import type { Vitals } from './vitals';
import { UpdateScheduler, type UpdateScope, type WorkQueue } from './workQueue';

export interface UpdatePorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly vitals: Vitals;
  readonly work: WorkQueue;
  readonly monitor: () => Monitor | null;
  readonly isEnded: () => boolean;
  readonly health: (state: HealthParams['state'], message: string, progress: number | null) => void;
  readonly diagnosticsChanged: () => void;
  /** Hands a report to the views, amid a scan. */
  readonly offer: (report: WorkspaceReport) => void;
  readonly publishFaults: (report: WorkspaceReport) => void;
  /** Hands the report of a whole look to the views; at once, where somebody waits for it. */
  readonly show: (report: WorkspaceReport, isAwaited: boolean) => void;
  /** After each scan of the code. */
  readonly scanned: () => void;
  /** After each update in the background. */
  readonly updated: () => Promise<void>;
}

export class WorkspaceUpdates {
  private readonly plan: LookPlan;
  private readonly scheduler: UpdateScheduler;
  private tick: { dispose: () => void } | null = null;
  /** Work of the server's own that other settings or folders make stale. */
  private background = { isStale: false };
  private scanning = 0;
  private readonly never: Cancellation = { isCancelled: () => this.ports.isEnded() };

  constructor(private readonly ports: UpdatePorts) {
    const { clock, work } = ports;
    this.plan = new LookPlan(clock);
    this.scheduler = new UpdateScheduler(
      clock,
      work,
      () => this.plan.gatherMs,
      (scope) => this.inBackground(scope),
    );
  }

  /** Is the code being scanned? */
  get isScanning(): boolean {
    return this.scanning > 0;
  }

  /** Asks for an update soon, together with what else is asked for. */
  request(scope: UpdateScope): void {
    this.scheduler.request(scope);
  }

  /** What runs in the background is worthless by now. */
  supersede(): void {
    this.background.isStale = true;
  }

  /** Updates in the background, until it is stale. */
  async inBackground(scope: UpdateScope): Promise<void> {
    const own = { isStale: false };
    this.background = own;
    await this.update(scope, { isCancelled: () => this.ports.isEnded() || own.isStale });
    await this.ports.updated();
  }

  /** Plans the next look without any event. */
  planNext(): void {
    const { clock, work } = this.ports;
    const monitor = this.ports.monitor();
    this.tick?.dispose();
    if (this.ports.isEnded() || !monitor) return;
    const { inMs, scope } = this.plan.next(watchedBy(monitor));
    monitor.expectLook(clock.now() + inMs);
    this.tick = clock.setTimeout(() => work.background(() => this.inBackground(scope ?? this.dueScope())), inMs);
  }

  private dueScope(): UpdateScope {
    const monitor = this.ports.monitor();
    return monitor ? this.plan.scope(watchedBy(monitor)) : 'files';
  }

  /** Brings everything up to date. @returns null where there is nothing, or what was found is stale */
  async update(
    scope: UpdateScope,
    cancellation: Cancellation = this.never,
    progress?: (share: number) => void,
  ): Promise<WorkspaceReport | null> {
    const { clock, vitals, show, diagnosticsChanged } = this.ports;
    const monitor = this.ports.monitor();
    if (!monitor) return null;
    try {
      const started = this.spent();
      const startedAt = clock.now();
      // Also after one that was given up: what it found is there again in a moment.
      const isFirstScan = scope === 'code' && !monitor.wasScanned;
      if (scope === 'code') {
        await this.scanCode(monitor, isFirstScan, cancellation, progress);
        this.plan.scanned(this.spent() - started);
        diagnosticsChanged();
      } else if (scope === 'files') await monitor.walk(cancellation);
      // What is stale is not shown: it is looked at again in a moment.
      if (cancellation !== this.never && this.background.isStale) return null;
      const report = await monitor.read(cancellation, scope === 'due' || scope === 'sweep' ? scope : 'all');
      this.plan.looked({ scope, beganAt: startedAt, spentMs: this.spent() - started }, watchedBy(monitor));
      // Whoever waits for the findings has waited long enough.
      show(report, isFirstScan);
      if (scope === 'sweep') vitals.looked(this.spent() - started);
      if (scope === 'code') this.ports.scanned();
      return report;
    } finally {
      // Also after a failure: the next look may succeed.
      this.planNext();
    }
  }

  private async scanCode(
    current: Monitor,
    isFirst: boolean,
    cancellation: Cancellation,
    progress?: (share: number) => void,
  ): Promise<void> {
    const { health, vitals } = this.ports;
    this.scanning++;
    const waits = vitals.watchWaits();
    try {
      health('scanning', 'Scanning the workspace', 0);
      if (isFirst) await this.showFirst(current, cancellation);
      const found = isFirst ? this.soFar(current) : null;
      let lastShare = 0;
      await current.scan(cancellation, (share) => {
        progress?.(share);
        found?.tell();
        if (share - lastShare <= 0.05) return;
        lastShare = share;
        health('scanning', 'Scanning the workspace', share);
      });
      await found?.told();
    } finally {
      waits.end();
      this.scanning--;
    }
  }

  /** Agents, snapshots and objectives need no code: they are there before the first scan has begun. */
  private async showFirst(current: Monitor, cancellation: Cancellation): Promise<void> {
    const report = await current.readAhead(cancellation);
    if (cancellation.isCancelled()) return;
    this.ports.offer(report);
    this.ports.publishFaults(report);
  }

  private soFar(current: Monitor): SoFar {
    const { clock, logger, offer, monitor } = this.ports;
    return new SoFar(
      clock,
      async () => {
        const report = await current.soFar();
        return current === monitor() ? report : null;
      },
      offer,
      (error) =>
        logger.error(`What was found so far cannot be told: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  /** Processor time, where it is counted: on a busy machine a short job takes long. */
  private spent(): number {
    const { clock } = this.ports;
    return clock.cpuMs?.() ?? clock.now();
  }

  dispose(): void {
    this.scheduler.dispose();
    this.tick?.dispose();
  }
}

/** What of a monitor the plan of its looks goes by. */
function watchedBy(monitor: Monitor): Watched {
  const { hasManyAgents, isMidSweep, lag } = monitor;
  return { hasManyAgents, isMidSweep, lag, nextChange: () => monitor.nextChange() };
}
