/**
 * The code's part of the report. What is said of one file is made once for as long as its findings stand: an edit costs the
 * file that was edited, and all the others are the same objects as in the report before.
 */
import type { FileFindings, Finding } from '../analyzer/findings/findings';
import type { Cause, CodeReport, FindingReport } from '../report/report';
import type { ScanResult } from './code/scanResult';
import { iso, type PlaceNames, placeOf } from './reportPlaces';
import type { Root } from './rootFiles';
import type { Walk } from './walk';
import type { ScanState } from './workspaceScan';

const confidenceRank = { low: 0, medium: 1, high: 2 } as const;

export interface CodeInputs extends PlaceNames {
  readonly states: readonly { readonly root: Root; readonly walk: Walk | null; readonly result: ScanResult | null }[];
  readonly minConfidence: (root: Root) => 'high' | 'medium' | 'low';
  readonly scan: ScanState;
}

/** What is said of one file. */
interface Said {
  readonly root: Root;
  readonly roots: number;
  readonly least: number;
  readonly findings: readonly FindingReport[];
  readonly suppressed: readonly FindingReport[];
  readonly partial: CodeReport['partialFiles'];
  readonly suppressionProblems: CodeReport['suppressionProblems'];
}

export class CodeReports {
  private readonly said = new WeakMap<FileFindings, Said>();
  private readonly causes = new WeakMap<FindingReport, Cause>();

  /** The code as it was scanned last. */
  report(inputs: CodeInputs): CodeReport {
    const { scan, states } = inputs;
    const files = states.flatMap(({ root, result }) => {
      const least = confidenceRank[inputs.minConfidence(root)];
      return (result?.files ?? []).map((file) => this.saidOf(file, root, least, inputs));
    });
    const findings = files.flatMap((file) => file.findings);
    const suppressedFindings = files.flatMap((file) => file.suppressed);
    const partialFiles = files.flatMap((file) => file.partial);
    const counts = { high: 0, medium: 0, low: 0 };
    for (const finding of findings) counts[finding.severity]++;
    return {
      state: scan.state,
      error: scan.error,
      scannedAt: iso(scan.at),
      durationMs: scan.durationMs,
      files: { ...fileCounts(states), partial: partialFiles.length },
      otherLanguages: otherLanguages(states),
      counts,
      suppressed: suppressedFindings.length,
      suppressedFindings,
      findings,
      partialFiles,
      suppressionProblems: files.flatMap((file) => file.suppressionProblems),
      minConfidence: states[0] ? inputs.minConfidence(states[0].root) : 'medium',
    };
  }

  /** A finding as the cause of a verdict. */
  cause(finding: FindingReport): Cause {
    const known = this.causes.get(finding);
    if (known) return known;
    const cause: Cause = {
      kind: 'finding',
      label: `${finding.place.path}:${finding.place.line + 1}`,
      detail: finding.message,
      severity: finding.severity,
      fingerprint: finding.fingerprint,
      place: finding.place,
    };
    this.causes.set(finding, cause);
    return cause;
  }

  private saidOf(file: FileFindings, root: Root, least: number, names: PlaceNames): Said {
    const roots = names.states.length;
    const known = this.said.get(file);
    if (known?.root === root && known.roots === roots && known.least === least) return known;
    const start = placeOf(root, file.path, 1, 1, names);
    const reportOf = (finding: Finding): FindingReport => {
      const { startLine, startColumn, endLine, endColumn } = finding.range;
      return { ...finding, place: { ...start, line: startLine, column: startColumn, endLine, endColumn } };
    };
    const placeAt = ({ startLine: line, startColumn: column }: Finding['range']) => ({ ...start, line, column });
    const said: Said = {
      root,
      roots,
      least,
      findings: file.findings.filter(({ confidence }) => confidenceRank[confidence] >= least).map(reportOf),
      suppressed: file.suppressed.map(reportOf),
      partial:
        file.coverage.state === 'partial'
          ? [{ place: placeAt(file.coverage.range), reason: file.coverage.reason }]
          : [],
      suppressionProblems: file.suppressionProblems.map((problem) => ({ ...problem, place: placeAt(problem.range) })),
    };
    this.said.set(file, said);
    return said;
  }
}

function fileCounts(states: CodeInputs['states']): Omit<CodeReport['files'], 'partial'> {
  const skipped: Record<string, number> = {};
  const skippedFolders: Record<string, number> = {};
  let analysed = 0;
  let lines = 0;
  const add = (sums: Record<string, number>, counts: Readonly<Record<string, number>>): void => {
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  };
  for (const { walk, result } of states) {
    if (!result) continue;
    add(skippedFolders, walk?.skippedFolders ?? {});
    add(skipped, result.skipped);
    analysed += result.analysed;
    lines += result.lines;
  }
  return { analysed, lines, skipped, skippedFolders };
}

function otherLanguages(states: CodeInputs['states']): CodeReport['otherLanguages'] {
  const languages = new Map<string, number>();
  for (const { result } of states)
    for (const { language, files } of result?.otherLanguages ?? [])
      languages.set(language, (languages.get(language) ?? 0) + files);
  return [...languages].map(([language, files]) => ({ language, files })).sort((a, b) => b.files - a.files);
}
