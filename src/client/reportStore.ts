/** The one store of the client: the newest report. Views listen; none asks the server on its own account. */
import { type Event, EventEmitter } from 'vscode';
import type { WorkspaceReport } from '../report/report';

export class ReportStore {
  private readonly changed = new EventEmitter<WorkspaceReport | null>();
  private current: WorkspaceReport | null = null;
  readonly onDidChange: Event<WorkspaceReport | null> = this.changed.event;

  get report(): WorkspaceReport | null {
    return this.current;
  }

  set(report: WorkspaceReport | null): void {
    this.current = report;
    this.changed.fire(report);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
