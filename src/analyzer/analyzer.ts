/**
 * The analyzer's front door: source text in, facts and findings out. No IO, never throws.
 *
 *   classify  → is this file ours to read (generated, minified, vendored …)?
 *   mayMatter → has it any word of the catalogue? A scan parses no other file.
 *   analyze   → facts, summary and the findings that one file decides
 *   link      → findings across files, from the summaries
 */
import type { FileFindings, SkipReason } from './findings';
import type { FileSummary } from './summaries';

export interface SourceText {
  /** Relative to its root, forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface AnalyzerOptions {
  /** Kind id or glob → level; `off` removes the kind. */
  readonly severityOverrides: Readonly<Record<string, 'high' | 'medium' | 'low' | 'off'>>;
}

export interface FileAnalysis {
  readonly path: string;
  readonly findings: FileFindings;
  readonly summary: FileSummary;
}

/** Version of the analysis; part of every cache key. Raise it whenever a verdict may change. */
export const analyzerVersion = '1';

export type { FileFindings, SkipReason };
