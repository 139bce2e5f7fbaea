/** What a scan keeps of one file. */
import { createHash } from 'node:crypto';
import type { FileAnalysis } from '../../analyzer/analyzer';
import type { User } from '../../analyzer/census/census';
import { anyElement } from '../../analyzer/census/censusNames';
import type { Use } from '../../analyzer/facts/exportFacts';
import { isPage } from '../../analyzer/files/pagePaths';
import type { FileFindings, SkipReason } from '../../analyzer/findings/findings';
import type { ImportedNames } from './importWords';

export interface Entry {
  readonly size: number;
  /** When the file changed last; -1 while that says nothing yet. */
  readonly mtimeMs: number;
  readonly hash: string;
  readonly lines: number;
  /** null: analysed without a candidate, or left out. */
  readonly skip: SkipReason | null;
  readonly analysis: FileAnalysis | null;
  /** Of a file that was not parsed: what it imports, should that hand out a resource. */
  readonly imports?: readonly ImportedNames[] | undefined;
  /** Of a file of markup: the elements that it places. */
  readonly placed?: readonly Use[] | undefined;
}

/** A page that nobody can read now. */
export const unreadPage: Entry = { size: -1, mtimeMs: -1, hash: 'unread', lines: 0, skip: 'too-large', analysis: null };

/** The entry of a file of the same content, which lies there since. */
export function withTimes(entry: Entry, size: number, mtimeMs: number): Entry {
  // One by one: not all of them are properties of its own.
  const { hash, lines, skip, analysis, imports, placed } = entry;
  return { size, mtimeMs, hash, lines, skip, analysis, ...(imports ? { imports } : {}), ...(placed ? { placed } : {}) };
}

/** A file that is new or has changed. */
export interface Content {
  readonly text: string;
  readonly hash: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Findings of a file of which there is something to say: most are fine, and of those nothing is kept in lists. */
export function toldOf({ analysis }: Entry): FileFindings | undefined {
  return analysis && saysSomething(analysis.findings) ? analysis.findings : undefined;
}

/** Is there anything to say of a file? */
export function saysSomething({ findings, suppressed, suppressionProblems, coverage }: FileFindings): boolean {
  return findings.length > 0 || suppressed.length > 0 || suppressionProblems.length > 0 || coverage.state === 'partial';
}

/** What a file uses of others, for the census. */
export function userOf(path: string, { analysis, imports, skip, placed }: Entry): User {
  if (analysis) return { path, uses: analysis.summary.uses ?? [], reexports: analysis.summary.reexports };
  // What is in a page that is not read may be anything.
  if (skip !== null && isPage(path)) return { path, uses: [{ module: anyElement, name: '*' }], reexports: [] };
  const uses = (imports ?? []).flatMap(({ module, names, isType }): readonly Use[] =>
    isType ? [] : (names ?? ['*']).map((name) => ({ module, name })),
  );
  if (placed) return { path, uses: [...uses, ...placed], reexports: [] };
  return { path, uses, reexports: [], isUnread: skip === null };
}

/** Digest of a text. */
export function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

/** Lines of a text; a line end at its end begins no other. */
export function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
