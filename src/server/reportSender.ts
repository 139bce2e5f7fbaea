/**
 * Sends the report on change, and at most once in a while: always the newest, never one that is no longer true. A client that
 * can is sent what changed since the report before.
 */
import type { Clock } from '../monitor/ports';
import type { AgentsParams, ReportParams } from '../protocol/messages';
import type { Patch } from '../protocol/patch';
import type { WorkspaceReport } from '../report/report';
import { AgentPages, agentsPerPage, type PagedFleet } from './agentPages';
import { patchOf } from './patchOf';

/** Between the pages that bring a client up to date. */
const pageEveryMs = 100;

export interface ReportOutlet {
  readonly report: (params: ReportParams) => void;
  readonly agents: (params: AgentsParams) => void;
}

interface Pending {
  readonly report: WorkspaceReport;
  /** From what was sent last; null: nothing was. */
  readonly patch: Patch | null;
}

export class ReportSender {
  private sent: WorkspaceReport | null = null;
  private version: number;
  private sentAt = Number.NEGATIVE_INFINITY;
  private pending: Pending | null = null;
  private timer: { readonly dispose: () => void } | null = null;
  private pageTimer: { readonly dispose: () => void } | null = null;
  private readonly pages = new AgentPages();
  private arePaged = false;
  private agesAt = Number.NEGATIVE_INFINITY;
  private takesPatches = false;

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
    private readonly outlet: ReportOutlet,
  ) {
    // A client that has outlived another server must not take its report for one of ours.
    this.version = clock.now();
  }

  /** The client can join a change with the report before. */
  usePatches(): void {
    this.takesPatches = true;
  }

  /** @param fleet the agents of the report */
  offer(report: WorkspaceReport, fleet: PagedFleet): void {
    const paged = fleet.readings.length > agentsPerPage;
    if (paged !== this.arePaged) this.pages.reset();
    this.arePaged = paged;
    const next = paged ? withoutAgents(report) : report;
    if (paged) {
      this.pages.offer(fleet);
      this.page();
    }
    const patch = this.sent && newsOf(this.sent, next, paged);
    // What was sent last is true again: nothing else may follow it.
    if (this.sent && !patch) {
      this.timer?.dispose();
      this.timer = null;
      this.pending = null;
      return;
    }
    this.pending = { report: next, patch };
    this.timer ??= this.clock.setTimeout(
      () => this.flush(),
      Math.max(0, this.sentAt + this.everyMs - this.clock.now()),
    );
  }

  /** What is offered next goes out at once. */
  hurry(): void {
    this.sentAt = Number.NEGATIVE_INFINITY;
    this.timer?.dispose();
    this.timer = null;
  }

  /** The client has lost the thread: everything is sent again. */
  sendWhole(): void {
    const report = this.pending?.report ?? this.sent;
    this.pages.reset();
    if (!report) return;
    this.timer?.dispose();
    this.pending = { report, patch: null };
    this.flush();
  }

  private flush(): void {
    const { pending, arePaged, version } = this;
    this.timer = null;
    this.pending = null;
    if (!pending) return;
    const { report, patch } = pending;
    this.sentAt = this.clock.now();
    this.sent = report;
    this.version++;
    const common = { version: this.version, agentsFollow: arePaged };
    this.outlet.report(
      patch && this.takesPatches
        ? { ...common, base: version, patch, generatedAt: report.generatedAt }
        : { ...common, report },
    );
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

/** The list of a large fleet is made when it is read: it must not be. */
function withoutAgents(report: WorkspaceReport): WorkspaceReport {
  const { observedAt, found, active, expected } = report.agents;
  return { ...report, agents: { observedAt, found, active, expected, agents: [] } };
}

/** What a client must hear. That everything was read again is no news, nor is it of a fleet that pages tell. */
function newsOf(sent: WorkspaceReport, report: WorkspaceReport, paged: boolean): Patch | null {
  const patch = patchOf(sent, report, ['generatedAt']);
  if (!patch || !paged || patch.kind !== 'fields') return patch;
  const { agents, ...others } = patch.changed;
  if (agents?.kind !== 'fields' || patch.gone.length > 0) return patch;
  const isNews = Object.keys(others).length > 0 || Object.keys(agents.changed).some((name) => name !== 'observedAt');
  return isNews ? patch : null;
}
