/**
 * The report as the client knows it: the last whole one, what the server said has changed since, and of a large fleet what its
 * pages have told of the agents. No editor API.
 */
import type { AgentsParams, ReportParams } from '../protocol/messages';
import type { AgentReport, WorkspaceReport } from '../report/report';
import { patched } from './patched';

export class KnownReport {
  private readonly byId = new Map<string, AgentReport>();
  private report: WorkspaceReport | null = null;
  private version: number | null = null;

  /** @returns the new report, with the agents that are known; null: a message was lost, and the whole report is to be asked for */
  take(params: ReportParams): WorkspaceReport | null {
    if (!params.agentsFollow) this.byId.clear();
    const report = 'report' in params ? params.report : this.joined(params);
    this.version = report && params.version;
    this.report = report;
    return this.whole();
  }

  private joined(params: Extract<ReportParams, { base: number }>): WorkspaceReport | null {
    if (!this.report || params.base !== this.version) return null;
    const report = patched(this.report, params.patch);
    // The server made the patch from this very version: what comes of it is a report.
    return report.ok ? { ...(report.value as WorkspaceReport), generatedAt: params.generatedAt } : null;
  }

  /** A page of agents; null before the first report. */
  takePage({ changed, gone }: AgentsParams): WorkspaceReport | null {
    for (const agent of changed) this.byId.set(agent.id, agent);
    for (const id of gone) this.byId.delete(id);
    return this.whole();
  }

  clear(): void {
    this.byId.clear();
    this.report = null;
    this.version = null;
  }

  private whole(): WorkspaceReport | null {
    const { report, byId } = this;
    if (!report || byId.size === 0) return report;
    return { ...report, agents: { ...report.agents, agents: [...byId.values()] } };
  }
}
