/** `check --fix`: writes the certain fixes into the files, and says which. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Confidence, FileFindings, Finding } from '../analyzer/findings/findings';
import { fixAll } from '../analyzer/fixes/all';
import type { FindingReport } from '../report/report';
import { ioReason } from './shell';

export interface Fixed {
  readonly path: string;
  /** Line of the finding before, from 0. */
  readonly line: number;
  readonly kind: string;
  readonly title: string;
}

export interface FixOutcome {
  /** How many findings there were to fix. */
  readonly of: number;
  readonly fixed: readonly Fixed[];
  /** Files that were left alone, and why. */
  readonly untouched: readonly { readonly path: string; readonly reason: string }[];
}

interface Work {
  readonly root: string;
  /** Everything the report shows; `wanted` is what of it may be changed. */
  readonly shown: readonly FindingReport[];
  readonly wanted: readonly FindingReport[];
  readonly minConfidence: Confidence;
  readonly analyze: (path: string, text: string) => FileFindings;
}

const rank: Readonly<Record<Confidence, number>> = { low: 0, medium: 1, high: 2 };

/** Applies what is certain, file by file. A file that cannot be written back exactly, or has changed, is left alone. */
export function applyFixes(work: Work): FixOutcome {
  const fixed: Fixed[] = [];
  const untouched: { path: string; reason: string }[] = [];
  const paths = [...new Set(work.wanted.filter(({ fixes }) => fixes.length > 0).map(({ place }) => place.path))];
  for (const path of paths) {
    const outcome = fixFile(path, work);
    if (typeof outcome === 'string') untouched.push({ path, reason: outcome });
    else fixed.push(...outcome);
  }
  return { of: work.wanted.length, fixed, untouched };
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** What was fixed in one file, or why it was left alone. */
function fixFile(path: string, work: Work): readonly Fixed[] | string {
  const file = join(work.root, ...path.split('/'));
  try {
    const bytes = readFileSync(file);
    const hasMark = bytes.subarray(0, 3).equals(byteOrderMark);
    const body = hasMark ? bytes.subarray(3) : bytes;
    const text = body.toString('utf8');
    if (!Buffer.from(text).equals(body)) return 'it is not UTF-8';
    const found = fixText(path, text, work);
    if (typeof found === 'string' || found.fixed.length === 0) return typeof found === 'string' ? found : [];
    if (!readFileSync(file).equals(bytes)) return 'it has changed meanwhile';
    writeFileSync(file, Buffer.concat([hasMark ? byteOrderMark : Buffer.alloc(0), Buffer.from(found.text)]));
    return found.fixed;
  } catch (error) {
    return ioReason(error);
  }
}

function fixText(
  path: string,
  original: string,
  { shown, wanted, minConfidence, analyze }: Work,
): { readonly text: string; readonly fixed: readonly Fixed[] } | string {
  const isHere = ({ place }: FindingReport): boolean => place.path === path;
  const own = wanted.filter(isHere);
  // Where the baseline holds others, only those that are named; else all that are shown.
  const named = own.length < shown.filter(isHere).length ? new Set(own.map(({ fingerprint }) => fingerprint)) : null;
  const isWanted = ({ confidence, fingerprint }: Finding): boolean =>
    rank[confidence] >= rank[minConfidence] && (named === null || named.has(fingerprint));
  const now = analyze(path, original);
  const isSame = own.every(({ fingerprint, range }) =>
    now.findings.some((finding) => finding.fingerprint === fingerprint && finding.range.start === range.start),
  );
  if (!isSame) return 'it has changed meanwhile';
  const { text, fixed } = fixAll(original, isWanted, (next) => analyze(path, next));
  return {
    text,
    fixed: fixed.map(({ finding, title }) => ({ path, line: lineBefore(finding, own), kind: finding.kind, title })),
  };
}

/** Line in the file as it was: earlier rounds may have moved it. */
function lineBefore({ fingerprint, range }: Finding, own: readonly FindingReport[]): number {
  return own.find((finding) => finding.fingerprint === fingerprint)?.range.startLine ?? range.startLine;
}
