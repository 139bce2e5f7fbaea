/** Amid the first scan, now and then: what it has found so far. */
import type { Clock } from '../monitor/ports';
import type { WorkspaceReport } from '../report/report';

const everyMs = 1_500;

export class SoFar {
  private toldAt: number;
  private telling: Promise<void> | null = null;

  /**
   * @param make the report of now; null while there is nothing to tell
   * @param failed is given why a report could not be made: the scan goes on
   */
  constructor(
    private readonly clock: Clock,
    private readonly make: () => Promise<WorkspaceReport | null>,
    private readonly offer: (report: WorkspaceReport) => void,
    private readonly failed: (error: unknown) => void,
  ) {
    this.toldAt = clock.now();
  }

  /** Tells, where the last time is long enough ago. */
  tell(): void {
    if (!this.telling && this.clock.now() - this.toldAt >= everyMs) this.telling = this.once();
  }

  /** When what is being told has been told. */
  async told(): Promise<void> {
    await this.telling;
  }

  private async once(): Promise<void> {
    try {
      const report = await this.make();
      if (report) this.offer(report);
    } catch (error) {
      this.failed(error);
    }
    this.toldAt = this.clock.now();
    this.telling = null;
  }
}
