/** Sends the report on change, and at most once in a while: always the newest, never one that is no longer true. */
import type { Clock } from '../monitor/ports';
import type { WorkspaceReport } from '../report/report';

export class ReportSender {
  private sentText = '';
  private sentAt = Number.NEGATIVE_INFINITY;
  private pending: { readonly report: WorkspaceReport; readonly text: string } | null = null;
  private timer: { readonly dispose: () => void } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly send: (report: WorkspaceReport) => void,
  ) {}

  offer(report: WorkspaceReport): void {
    const { generatedAt, ...rest } = report;
    void generatedAt;
    const text = JSON.stringify(rest);
    // What was sent last is true again: nothing else may follow it.
    if (text === this.sentText) {
      this.dispose();
      return;
    }
    this.pending = { report, text };
    this.timer ??= this.clock.setTimeout(
      () => this.flush(),
      Math.max(0, this.sentAt + this.everyMs - this.clock.now()),
    );
  }

  private flush(): void {
    const { pending } = this;
    this.dispose();
    if (!pending) return;
    this.sentAt = this.clock.now();
    this.sentText = pending.text;
    this.send(pending.report);
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = null;
    this.pending = null;
  }
}
