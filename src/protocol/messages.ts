/**
 * Typed messages between server, client and dashboard; nothing else. Diagnostics travel by the language server
 * protocol's own pull model (`textDocument/diagnostic`, `workspace/diagnostic`, `workspace/diagnostic/refresh`).
 */
import type { AgentReport, RefreshReport, WorkspaceReport } from '../report/report';

/** Sent with `initialize` by the client, which is the only one to know these. */
export interface InitializationOptions {
  /** Folder of this workspace in the editor's storage, absolute path; null for none (nothing is kept). */
  readonly storagePath: string | null;
  readonly trusted: boolean;
  readonly settings: Settings;
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
}

/** Server → client: the new report; at most once a second, only on change. Of large fleets the agents follow on their own. */
export const reportNotification = 'sloLens/report';
export type ReportParams = { readonly report: WorkspaceReport; readonly agentsFollow: boolean };

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

export const explainRequest = 'sloLens/explain';
export type ExplainParams = { readonly kind: string } | { readonly uri: string; readonly line: number };
/** Markdown; null when nothing is known. */
export type ExplainResult = { readonly markdown: string; readonly title: string } | null;

export const exportRequest = 'sloLens/export';
export type ExportFormat = 'text' | 'json' | 'sarif' | 'markdown';
export type ExportParams = { readonly format: ExportFormat };
export type ExportResult = { readonly text: string; readonly languageId: string };

/** Text of the definition file that Create Definition writes. */
export const definitionTextRequest = 'sloLens/definitionText';
export type DefinitionTextResult = { readonly text: string };

export const debugInformationRequest = 'sloLens/debugInformation';
export type DebugInformationResult = { readonly text: string };

/** Dashboard ↔ client. One channel; the client validates what the webview sends. */
export type ToDashboard = { readonly type: 'report'; readonly report: WorkspaceReport; readonly now: string };
export type FromDashboard =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly uri: string; readonly line: number; readonly column: number }
  | { readonly type: 'command'; readonly command: 'refreshSnapshots' | 'exportReport' | 'analyzeWorkspace' };
