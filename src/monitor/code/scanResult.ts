/** The result of a scan, and the counts that a running one keeps. */
import type { FileFindings } from '../../analyzer/findings/findings';
import type { Entry } from './scanEntry';

export interface ScanResult {
  /** Those of which there is something to say. */
  readonly files: readonly FileFindings[];
  readonly analysed: number;
  readonly lines: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly otherLanguages: readonly { readonly language: string; readonly files: number }[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  readonly cancelled: boolean;
}

/** Counts of a scan so far. */
export interface Tally {
  readonly skipped: Record<string, number>;
  readonly languages: Map<string, number>;
  readonly unreadable: { readonly path: string; readonly message: string }[];
  analysed: number;
  lines: number;
}

/** Counts of a scan that begins. */
export function emptyTally(): Tally {
  return { skipped: {}, languages: new Map(), unreadable: [], analysed: 0, lines: 0 };
}

/** Counts the entry of a file, or why it cannot be read. */
export function count(tally: Tally, path: string, result: Entry | string): void {
  if (typeof result === 'string') tally.unreadable.push({ path, message: result });
  else if (result.skip) tally.skipped[result.skip] = (tally.skipped[result.skip] ?? 0) + 1;
  else {
    tally.analysed++;
    tally.lines += result.lines;
  }
}

/** The result of a scan with these counts. */
export function resultOf(
  { languages, skipped, unreadable, analysed, lines }: Tally,
  files: readonly FileFindings[],
  cancelled: boolean,
): ScanResult {
  const otherLanguages = [...languages]
    .map(([language, count]) => ({ language, files: count }))
    .sort((a, b) => b.files - a.files);
  // In one order, whichever files were met first.
  const bySkip = Object.entries(skipped).sort(([a], [b]) => (a < b ? -1 : 1));
  return { files, analysed, lines, skipped: Object.fromEntries(bySkip), otherLanguages, unreadable, cancelled };
}
