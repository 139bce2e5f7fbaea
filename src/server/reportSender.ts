/** Sends the report on change, and at most once in a while: always the newest, never one that is no longer true. */
import type { Clock } from '../monitor/ports';
import type { AgentsParams, ReportParams } from '../protocol/messages';
import type { WorkspaceReport } from '../report/report';
import { AgentPages, agentsPerPage } from './agentPages';

/** Between the pages that bring a client up to date. */
const pageEveryMs = 100;

export interface ReportOutlet {
  readonly report: (params: ReportParams) => void;
  readonly agents: (params: AgentsParams) => void;
}

export class ReportSender {
  private sentText = '';
  private sentAt = Number.NEGATIVE_INFINITY;
  private pending: { readonly params: ReportParams; readonly text: string } | null = null;
  private timer: { readonly dispose: () => void } | null = null;
  private pageTimer: { readonly dispose: () => void } | null = null;
  private readonly pages = new AgentPages();
  private arePaged = false;
  private agesAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly outlet: ReportOutlet,
  ) {}

  offer(report: WorkspaceReport): void {
    const paged = report.agents.agents.length > agentsPerPage;
    if (paged !== this.arePaged) this.pages.reset();
    this.arePaged = paged;
    const params: ReportParams = {
      report: paged ? { ...report, agents: { ...report.agents, agents: [] } } : report,
      agentsFollow: paged,
    };
    const { generatedAt, agents, ...rest } = params.report;
    void generatedAt;
    // That they were read again is no news.
    const { observedAt, ...figures } = agents;
    const text = JSON.stringify([rest, paged ? figures : agents, paged ? null : observedAt]);
    if (paged) {
      this.pages.offer(report.agents.agents);
      this.page();
    }
    // What was sent last is true again: nothing else may follow it.
    if (text === this.sentText) {
      this.timer?.dispose();
      this.timer = null;
      this.pending = null;
      return;
    }
    this.pending = { params, text };
    this.timer ??= this.clock.setTimeout(
      () => this.flush(),
      Math.max(0, this.sentAt + this.everyMs - this.clock.now()),
    );
  }

  private flush(): void {
    const { pending } = this;
    this.timer = null;
    this.pending = null;
    if (!pending) return;
    this.sentAt = this.clock.now();
    this.sentText = pending.text;
    this.outlet.report(pending.params);
  }

  private page(): void {
    if (this.pageTimer) return;
    this.pageTimer = this.clock.setTimeout(() => {
      this.pageTimer = null;
      const now = this.clock.now();
      const withAges = now - this.agesAt >= this.everyMs;
      if (withAges) this.agesAt = now;
      const page = this.pages.next(withAges);
      if (!page) return;
      this.outlet.agents(page);
      this.page();
    }, pageEveryMs);
  }

  dispose(): void {
    this.timer?.dispose();
    this.pageTimer?.dispose();
    this.timer = null;
    this.pageTimer = null;
    this.pending = null;
  }
}
