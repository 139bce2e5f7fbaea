/** What the user, the workspace and the shell have set for a monitor. */
import type { AnalyzerOptions } from '../analyzer/analyzer';
import type { LivenessOptions } from '../sources/liveness';
import type { Root } from './rootFiles';
import type { HistorySettings } from './sessionHistory';

export interface MonitorSettings {
  readonly roots: readonly Root[];
  readonly trusted: boolean;
  readonly minConfidence: 'high' | 'medium' | 'low';
  readonly exclude: readonly string[];
  readonly severityOverrides: AnalyzerOptions['severityOverrides'];
  readonly agents: Partial<LivenessOptions>;
  readonly refreshCommands: readonly string[];
  readonly refreshTimeoutSeconds: number;
  /** Folder for the analysis cache; null keeps it in memory only. */
  readonly cacheFolder: string | null;
  /** Where slices and alerts are remembered between sessions; null: for this session only. Read once, at the start. */
  readonly history: HistorySettings | null;
  /** `sloLens.alerts.outputs` as the user wrote it. */
  readonly alertOutputs?: unknown;
  /** Definition files that count instead of the workspace's; absolute paths. */
  readonly definitionFiles: readonly string[];
  /** What wins over the workspace's own configuration: the words of a command line. */
  readonly overrides?: {
    readonly minConfidence?: 'high' | 'medium' | 'low';
    readonly agents?: Partial<LivenessOptions>;
  };
  /** What the first root's scan is about. Files outside `within` are not walked; those that are no subject only serve links. */
  readonly subject?: { readonly within: readonly string[]; readonly isSubject: (path: string) => boolean };
}
