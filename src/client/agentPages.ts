/** The agents of a large fleet as the client knows them: what the server's pages have told so far. No editor API. */
import type { AgentsParams, ReportParams } from '../protocol/messages';
import type { AgentReport, WorkspaceReport } from '../report/report';

export class KnownAgents {
  private readonly byId = new Map<string, AgentReport>();
  private report: WorkspaceReport | null = null;

  /** A new report; with the agents that are known, where they travel on their own. */
  take({ report, agentsFollow }: ReportParams): WorkspaceReport {
    if (!agentsFollow) this.byId.clear();
    this.report = report;
    return this.whole() ?? report;
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
  }

  private whole(): WorkspaceReport | null {
    const { report, byId } = this;
    if (!report || byId.size === 0) return report;
    return { ...report, agents: { ...report.agents, agents: [...byId.values()] } };
  }
}
