/**
 * The one value every view is a function of: tree, status bar, panel, badge, tool answers and exports.
 * JSON-serialisable; instants are ISO 8601 in UTC. Types only: the extension host imports nothing else from here.
 */
import type { Confidence, Finding, Severity, SuppressionProblem } from '../analyzer/findings/findings';
import type { HistoryReport, IncidentReport, TrendReport } from './historyReport';

export type Instant = string;

/** Six states of an objective, in no order; `worst` order is error > violating > at_risk > stale > no_data > meeting. */
export type ObjectiveState = 'meeting' | 'at_risk' | 'violating' | 'no_data' | 'stale' | 'error';
export type ServiceState = 'meeting' | 'at_risk' | 'violating' | 'incomplete' | 'no_data';
export type AlertLevel = 'P1' | 'P2' | 'P3';

/** A place in a file. Lines and columns start at 0; `path` is relative to its root with forward slashes. */
export interface Place {
  readonly uri: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Where a figure comes from, how old it is and how it was counted. Shown in every tooltip. */
export interface Evidence {
  /** "8 status files below agent_workspaces" */
  readonly source: string;
  /** Instant of the newest sample; null when there is none. Views compute the age. */
  readonly observedAt: Instant | null;
  /** Way of counting, one sentence. */
  readonly method: string;
  readonly places: readonly Place[];
}

export type Cause =
  | {
      readonly kind: 'finding';
      readonly label: string;
      readonly detail: string;
      readonly severity: Severity;
      readonly fingerprint: string;
      readonly place: Place;
    }
  | {
      readonly kind: 'agent';
      readonly label: string;
      readonly detail: string;
      readonly agentId: string;
      readonly place: Place | null;
    }
  | { readonly kind: 'snapshot'; readonly label: string; readonly detail: string; readonly place: Place | null }
  | { readonly kind: 'source'; readonly label: string; readonly detail: string; readonly place: Place | null };

/** Budget of an objective. `remaining` is a share (may be far below 0); null where it is not defined. */
export interface BudgetReport {
  readonly kind: 'time' | 'events' | 'count' | 'zero' | 'ratio' | 'share';
  readonly allowed: number | null;
  readonly used: number | null;
  readonly remaining: number | null;
  /** "34 of 4 allowed" */
  readonly text: string;
  /** Of a window: how fast it burns and when it is gone; null while that is not known. */
  readonly burn: {
    /** Burn rate of the last hour; 1 spends the budget exactly in the window. */
    readonly rate: number;
    readonly exhaustedAt: Instant | null;
    readonly text: string;
  } | null;
  /** Of a window over slices: how long everything may fail, the rest as measured; null elsewhere. */
  readonly outage: { readonly minutes: number; readonly text: string } | null;
}

/** How long a target was met within its window, of the time that was watched; sessions before this one included. */
export interface WatchedReport {
  readonly metMinutes: number;
  readonly missedMinutes: number;
  readonly unknownMinutes: number;
  /** "met 95.8% of 720 min watched" */
  readonly text: string;
}

export interface ObjectiveReport {
  readonly name: string;
  readonly displayName: string;
  readonly service: string;
  readonly description: string;
  readonly state: ObjectiveState;
  /** Why this state, one sentence. */
  readonly stateReason: string;
  readonly value: number | null;
  /** "2 findings", "60.5%"; "–" when there is no value. */
  readonly valueText: string;
  /** ">= 8 agents" */
  readonly targetText: string;
  /** Over what it is judged: "99.9% of slices of 1 min good, over a rolling 30d". */
  readonly windowText: string;
  readonly unit: string;
  /** A stand-in figure; it may violate, never meet. */
  readonly proxy: { readonly label: string; readonly valueText: string; readonly used: boolean } | null;
  readonly budget: BudgetReport | null;
  /** null of objectives over events, and where nothing was watched. */
  readonly watched: WatchedReport | null;
  /** Series for charts; null where nothing is remembered. */
  readonly history: HistoryReport | null;
  /** null while less than an hour is remembered. */
  readonly trend: TrendReport | null;
  readonly evidence: Evidence;
  readonly causes: readonly Cause[];
  /** What would feed this objective; null when it has data. */
  readonly wouldFeed: string | null;
  readonly seed: string | null;
  readonly assumed: readonly string[];
  readonly runbook: string | null;
}

export interface ServiceReport {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly state: ServiceState;
  readonly declaredBudget: string | null;
  readonly budgetFrom: string | null;
  readonly objectives: readonly ObjectiveReport[];
}

export interface HeadlineReport {
  /** `25% of measured (1/4) · 9 of 13 no data`, or `no data`. */
  readonly text: string;
  readonly worst: ObjectiveState;
  readonly met: number;
  readonly measured: number;
  readonly unknown: number;
  readonly defined: number;
  readonly noData: number;
  readonly stale: number;
  readonly error: number;
}

export interface AlertReport {
  readonly key: string;
  readonly policy: string;
  readonly displayName: string;
  readonly objective: string;
  readonly level: AlertLevel;
  readonly state: 'inactive' | 'pending' | 'firing';
  readonly since: Instant | null;
  readonly inhibitedBy: string | null;
  /** Silent from then on; null: it is not. `until` null: until it changes, or for ever. */
  readonly snooze: {
    readonly from: Instant;
    readonly until: Instant | null;
    readonly untilChange: boolean;
  } | null;
  /** Since when somebody is on its incident. */
  readonly acknowledgedAt: Instant | null;
  readonly condition: string;
  /** Of a burn rate condition: "spends 2% of the budget of 30 d in 60 min, with 1.44% failing; a total outage fires it after 1 min". */
  readonly meaning: string | null;
  readonly valueText: string;
  readonly runbook: string | null;
}

/** What a surface says once: an alert that fires or ends, or several that fire at the start. */
export interface AnnouncementReport {
  /** Never used twice: a surface remembers what it has shown. */
  readonly id: string;
  readonly at: Instant;
  readonly kind: 'fire' | 'resolve' | 'flapping' | 'fire-no-data' | 'resolve-no-data';
  /** The most severe of its alerts. */
  readonly level: AlertLevel;
  readonly text: string;
  /** Keys of its alerts. */
  readonly alerts: readonly string[];
  readonly runbook: string | null;
}

/** Where alerts are sent besides the editor. */
export interface OutputReport {
  readonly name: string;
  readonly type: 'command' | 'file' | 'webhook';
  /** Messages that were not taken yet. */
  readonly waiting: number;
  /** null: none was taken in this session. */
  readonly sentAt: Instant | null;
  /** Why the last one was not taken, with a remedy. */
  readonly failure: { readonly at: Instant; readonly message: string } | null;
  /** Messages that will not be tried again. */
  readonly lost: number;
}

export interface FindingReport extends Finding {
  readonly place: Place;
}

export interface CodeReport {
  readonly state: 'not-scanned' | 'scanning' | 'complete' | 'failed';
  readonly error: string | null;
  readonly scannedAt: Instant | null;
  readonly durationMs: number | null;
  readonly files: {
    readonly analysed: number;
    readonly partial: number;
    readonly lines: number;
    /** Reason → number of files left out. */
    readonly skipped: Readonly<Record<string, number>>;
    /** Name of folders never entered, such as `node_modules` → how many. */
    readonly skippedFolders: Readonly<Record<string, number>>;
  };
  /** "1315 Python files are not analysed": language → count, by file ending. */
  readonly otherLanguages: readonly { readonly language: string; readonly files: number }[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  /** Findings silenced by comments in the code, of any confidence. */
  readonly suppressedFindings: readonly FindingReport[];
  readonly findings: readonly FindingReport[];
  readonly partialFiles: readonly { readonly place: Place; readonly reason: string }[];
  readonly suppressionProblems: readonly (SuppressionProblem & { readonly place: Place })[];
  /** Findings below this confidence are not listed here. */
  readonly minConfidence: Confidence;
}

export type DeclaredState =
  | 'active'
  | 'resting'
  | 'idle'
  | 'complete'
  | 'blocked'
  | 'onboarding'
  | 'reset'
  | 'offline'
  | 'error'
  | 'unknown'
  | 'none';

export interface AgentReport {
  /** Canonical id: lower case, `-`. */
  readonly id: string;
  /** Folder name, as shown. */
  readonly folder: string;
  readonly name: string | null;
  readonly active: boolean;
  /** "last_updated 630 min ago, limit 15" */
  readonly activeReason: string;
  readonly declared: DeclaredState;
  readonly statusText: string | null;
  readonly phase: string | null;
  readonly mission: string | null;
  readonly points: number | null;
  readonly openTasks: number | null;
  readonly doneTasks: number | null;
  readonly blockers: readonly string[];
  readonly lastSeen: Instant | null;
  readonly seenBy: string | null;
  readonly fieldTime: Instant | null;
  readonly fileTime: Instant | null;
  readonly limitMinutes: number;
  /** `old`: shown from the last good reading because the file is unreadable now. */
  readonly reading: 'ok' | 'warnings' | 'old' | 'unreadable' | 'missing';
  readonly place: Place | null;
  readonly warnings: readonly { readonly kind: string; readonly message: string; readonly place: Place | null }[];
}

export interface AgentsReport {
  readonly observedAt: Instant | null;
  readonly found: number;
  readonly active: number;
  readonly expected: number | null;
  readonly agents: readonly AgentReport[];
}

export interface ArtefactReport {
  readonly path: string;
  readonly present: boolean;
  /** Does it count as current, by its age? Where hashes are recorded they decide per source file instead. */
  readonly current: boolean;
  readonly bytes: number | null;
  readonly modifiedAt: Instant | null;
  readonly note: string;
  readonly place: Place | null;
}

export interface SnapshotsReport {
  readonly observedAt: Instant | null;
  readonly artefacts: readonly ArtefactReport[];
  /** null when no hash cache exists. */
  readonly currency: {
    readonly cachePath: string;
    readonly sources: number;
    readonly current: number;
    readonly changed: number;
    readonly unscanned: number;
    readonly gone: number;
    /** Share 0–1. */
    readonly share: number;
    readonly byExtension: readonly { readonly extension: string; readonly current: number; readonly sources: number }[];
  } | null;
  readonly contextFiles: number | null;
  readonly newerThanEverySource: number | null;
}

export interface QueueReport {
  readonly path: string;
  readonly entries: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly newestAt: Instant | null;
  readonly note: string;
}

export interface RefreshReport {
  readonly state: 'never' | 'running' | 'ok' | 'failed' | 'cancelled';
  readonly at: Instant | null;
  readonly message: string;
  readonly commands: readonly {
    readonly command: string;
    readonly exitCode: number | null;
    readonly durationMs: number;
    readonly output: string;
    readonly outcome: 'ok' | 'failed' | 'timeout' | 'cancelled' | 'skipped';
  }[];
}

/** A fault in an input, with its place: broken status file, bad definition, unreadable folder. */
export interface ProblemReport {
  readonly kind: string;
  /** `hint`: shown at its place in the editor only. */
  readonly level: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly place: Place | null;
}

/** Something that happened: alert fired or resolved, agent count changed, refresh failed. Newest first. */
export interface ActivityReport {
  readonly at: Instant;
  readonly kind: string;
  readonly text: string;
}

export interface WorkspaceReport {
  readonly schemaVersion: 1;
  readonly generatedAt: Instant;
  readonly roots: readonly { readonly name: string; readonly uri: string }[];
  readonly trusted: boolean;
  readonly definition: {
    readonly source: 'built-in' | 'workspace';
    readonly places: readonly Place[];
    readonly state: 'ok' | 'last-good' | 'invalid';
    readonly message: string;
    /** Somebody wrote it, or the workspace has some of what it asks for besides code: agents, snapshots, records. */
    readonly isApt: boolean;
  };
  readonly headline: HeadlineReport;
  /** Services that meet, of those measured. */
  readonly serviceHeadline: string;
  readonly services: readonly ServiceReport[];
  readonly alerts: readonly AlertReport[];
  /** Newest first; kept for the session only. */
  readonly announcements: readonly AnnouncementReport[];
  /** Alerts that fired, the newest first; earlier sessions included where a history is kept. */
  readonly incidents: readonly IncidentReport[];
  readonly outputs: readonly OutputReport[];
  readonly code: CodeReport;
  readonly agents: AgentsReport;
  readonly snapshots: SnapshotsReport;
  readonly queues: readonly QueueReport[];
  readonly refresh: RefreshReport;
  readonly problems: readonly ProblemReport[];
  readonly activity: readonly ActivityReport[];
}
