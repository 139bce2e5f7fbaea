/**
 * Typed messages between server, client and dashboard; nothing else. Diagnostics travel by the language server
 * protocol's own pull model (`textDocument/diagnostic`, `workspace/diagnostic`, `workspace/diagnostic/refresh`).
 */
import type { AgentReport, RefreshReport, WorkspaceReport } from '../report/report';
import type { Patch } from './patch';

/** Sent with `initialize` by the client, which is the only one to know these. */
export interface InitializationOptions {
  /** Folder of this workspace in the editor's storage, absolute path; null for none (nothing is kept). */
  readonly storagePath: string | null;
  readonly trusted: boolean;
  readonly settings: Settings;
  /** The client joins changes with the report before; without it each report is sent whole. */
  readonly takesPatches?: boolean;
}

/** Resolved `sloLens.*` settings; defaults live in the manifest. */
export interface Settings {
  readonly run: 'onType' | 'onSave' | 'off';
  readonly minConfidence: 'high' | 'medium' | 'low';
  readonly exclude: readonly string[];
  /** Kind id or glob → level. */
  readonly severityOverrides: Readonly<Record<string, 'high' | 'medium' | 'low' | 'off'>>;
  readonly agents: {
    readonly activeMinutes: number;
    readonly restingMinutes: number;
    readonly futureToleranceSeconds: number;
    readonly timeZone: string;
  };
  /** Command lines run by Refresh Snapshots, in trusted workspaces only. */
  readonly refreshCommands: readonly string[];
  readonly refreshTimeoutSeconds: number;
  /** Of definition files; absent is as `false` and `true`. */
  readonly definitions?: {
    /** Another extension offers what the schema says: keys, values, descriptions and the outline are left to it. */
    readonly schemaElsewhere: boolean;
    /** Verdict and preview above each objective. */
    readonly codeLens: boolean;
  };
  /** `sloLens.alerts.outputs` as the user wrote it, of the user's own settings only; the server checks it. */
  readonly alertOutputs: unknown;
}

/** Glob of the definition files; the editor asks about these documents too. */
export const definitionGlob = '**/.slo-lens/{slo.yaml,*.slo.yaml}';

/**
 * Server → client: the new report, or what changed in it since version `base`; at most once a second, only on change. Of large
 * fleets the agents follow on their own.
 */
export const reportNotification = 'sloLens/report';
export type ReportParams = { readonly version: number; readonly agentsFollow: boolean } & (
  | { readonly report: WorkspaceReport }
  | { readonly base: number; readonly patch: Patch; readonly generatedAt: string }
);

/** Client → server: the version that a change is based on is not known here; the whole report is to be sent. */
export const wholeReportNotification = 'sloLens/wholeReport';

/** Server → client: agents of a large fleet that changed, at most 200 at a time. */
export const agentsNotification = 'sloLens/agents';
export interface AgentsParams {
  readonly changed: readonly AgentReport[];
  /** Ids that are agents no more. */
  readonly gone: readonly string[];
}

/** Server → client: how the server is; drives the language status item. */
export const healthNotification = 'sloLens/health';
export interface HealthParams {
  readonly state: 'starting' | 'scanning' | 'ready' | 'error';
  readonly message: string;
  /** 0–1 while scanning. */
  readonly progress: number | null;
  readonly residentMegabytes: number;
}

/** Server → client: it holds more memory than it should, has written down what it knows, and would like to be started anew. */
export const recycleNotification = 'sloLens/recycle';
export interface RecycleParams {
  readonly residentMegabytes: number;
}

/** Client → server: changed settings or trust. */
export const settingsNotification = 'sloLens/settings';
export type SettingsParams = { readonly settings: Settings; readonly trusted: boolean };

/** Client → server requests. Each is cancellable and reports work-done progress through `workDoneToken`. */
export const refreshRequest = 'sloLens/refresh';
export type RefreshParams = { readonly workDoneToken?: string | number };
export type RefreshResult = { readonly refresh: RefreshReport; readonly report: WorkspaceReport };

export const analyzeWorkspaceRequest = 'sloLens/analyzeWorkspace';
export type AnalyzeWorkspaceParams = { readonly workDoneToken?: string | number };
export type AnalyzeWorkspaceResult = { readonly report: WorkspaceReport; readonly cancelled: boolean };

/** Which commit crossed the limit of an objective over findings? Asks git; only in trusted workspaces. */
export const firstCrossingRequest = 'sloLens/firstCrossing';
export type FirstCrossingParams = { readonly objective: string; readonly workDoneToken?: string | number };
/** `text`: Markdown that names it; where not ok, in plain words why none can be named. */
export type FirstCrossingResult = { readonly ok: boolean; readonly text: string };

export const explainRequest = 'sloLens/explain';
export type ExplainParams = { readonly kind: string } | { readonly uri: string; readonly line: number };
/** Markdown; null when nothing is known. */
export type ExplainResult = { readonly markdown: string; readonly title: string } | null;

export const exportRequest = 'sloLens/export';
export type ExportFormat = 'text' | 'json' | 'sarif' | 'markdown' | 'html';
export type ExportParams = { readonly format: ExportFormat };
export type ExportResult = { readonly text: string; readonly languageId: string };

/** Text of the definition file that Create Definition writes. */
export const definitionTextRequest = 'sloLens/definitionText';
export type DefinitionTextResult = { readonly text: string };

export const debugInformationRequest = 'sloLens/debugInformation';
export type DebugInformationResult = { readonly text: string };

/** Snoozes or acknowledges alerts, or takes that back; remembered before it is answered. */
export const handleAlertsRequest = 'sloLens/handleAlerts';
export type HandleAlertsParams = {
  /** Keys of alerts. */
  readonly keys: readonly string[];
  readonly act: /** `until`: ms since the epoch. */
    | { readonly kind: 'snooze'; readonly until: number | 'change' | 'forever' }
    | { readonly kind: 'unsnooze' }
    | { readonly kind: 'acknowledge' }
    | { readonly kind: 'unacknowledge' };
};
export type HandleAlertsResult = { readonly report: WorkspaceReport };

/** Sends a test to every alert output that is configured. How it went is in the reports that follow. */
export const testOutputsRequest = 'sloLens/testOutputs';
export type TestOutputsResult = { readonly outputs: number };

/** The history of the workspace as one text. */
export const exportHistoryRequest = 'sloLens/exportHistory';
export type ExportHistoryResult = { readonly text: string; readonly problems: readonly string[] };

/** Joins an exported history with that of the workspace. `message`: what was done, or why not. */
export const importHistoryRequest = 'sloLens/importHistory';
export type ImportHistoryParams = { readonly text: string };
export type ImportHistoryResult = { readonly ok: boolean; readonly message: string };

/** Dashboard ↔ client. One channel; the client validates what the webview sends. */
export type AlertCommand =
  | 'snoozeAlert'
  | 'unsnoozeAlert'
  | 'acknowledgeAlert'
  | 'unacknowledgeAlert'
  | 'openAlertCause'
  | 'openAlertRunbook';
export type ToDashboard =
  | { readonly type: 'report'; readonly report: WorkspaceReport; readonly now: string }
  /** Shows the details of an objective. */
  | { readonly type: 'reveal'; readonly objective: string };
export type FromDashboard =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly uri: string; readonly line: number; readonly column: number }
  | { readonly type: 'command'; readonly command: 'refreshSnapshots' | 'exportReport' | 'analyzeWorkspace' }
  /** Applies the fix of this title to the finding at this place, in an editor. */
  | {
      readonly type: 'fix';
      readonly uri: string;
      readonly line: number;
      readonly column: number;
      readonly title: string;
    }
  /** Opens the place with the menu of its quick fixes. */
  | { readonly type: 'quickFixes'; readonly uri: string; readonly line: number; readonly column: number }
  | { readonly type: 'explain'; readonly kind: string }
  | { readonly type: 'firstCrossing'; readonly objective: string }
  /** A path relative to a folder of the workspace, or a page. */
  | { readonly type: 'runbook'; readonly path: string }
  | { readonly type: 'alert'; readonly act: AlertCommand; readonly key: string };
