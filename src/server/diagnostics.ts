/** Findings and faults as diagnostics of the language server protocol. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Confidence, FileFindings, Finding, Severity, TextRange } from '../analyzer/findings/findings';
import type { ProblemReport } from '../report/report';
import { rulePageUri } from '../report/rulePage';

export const diagnosticSource = 'slo-lens';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Hint,
};
const faultSeverities: Readonly<Record<ProblemReport['level'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Hint,
  hint: DiagnosticSeverity.Hint,
};
const rank = { low: 0, medium: 1, high: 2 } as const;

/** Of a definition: its author looks at the file and can mend it now. Status files are written by others. */
const definitionSeverities: Readonly<Record<ProblemReport['level'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

function toRange(range: TextRange): Diagnostic['range'] {
  return {
    start: { line: range.startLine, character: range.startColumn },
    end: { line: range.endLine, character: range.endColumn },
  };
}

/** Is a finding sure enough to be shown? */
export function shownFrom(minConfidence: Confidence): (finding: Finding) => boolean {
  return ({ confidence }) => rank[confidence] >= rank[minConfidence];
}

/** Diagnostics of one file; `uriOf` gives the URI of a path that a trail step names. */
export function diagnosticsOf(
  file: FileFindings,
  uri: string,
  minConfidence: 'high' | 'medium' | 'low',
  uriOf: (path: string) => string,
): readonly Diagnostic[] {
  const shown = file.findings.filter(shownFrom(minConfidence));
  return [
    ...shown.map((finding) => toDiagnostic(finding, uri, uriOf)),
    ...file.suppressionProblems.map(
      (problem): Diagnostic => ({
        source: diagnosticSource,
        code: `ignore/${problem.kind}`,
        severity: problem.kind === 'unused' ? DiagnosticSeverity.Hint : DiagnosticSeverity.Warning,
        message: problem.message,
        range: toRange(problem.range),
        ...(problem.kind === 'unused' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
      }),
    ),
  ];
}

/** Faults in status files, definitions and configuration at their place, by URI; those without a place are left out. */
export function faultsByUri(problems: readonly ProblemReport[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const byUri = new Map<string, Diagnostic[]>();
  for (const { place, level, kind, message } of problems) {
    if (!place) continue;
    const start = { line: place.line, character: place.column };
    const isShort = place.endLine === undefined || place.endLine === start.line;
    // Of a field that is missing the place is its whole map: underlined, it would hide what else is wrong in it.
    const end = {
      line: start.line,
      character: isShort ? (place.endColumn ?? start.character + 1) : Number.MAX_SAFE_INTEGER,
    };
    const list = byUri.get(place.uri) ?? [];
    list.push({
      source: diagnosticSource,
      code: kind,
      severity: (kind.startsWith('slo/') ? definitionSeverities : faultSeverities)[level],
      message,
      range: { start, end },
    });
    byUri.set(place.uri, list);
  }
  return byUri;
}

function toDiagnostic(finding: Finding, uri: string, uriOf: (path: string) => string): Diagnostic {
  // The squiggle stands under the call's first line: a whole callback underlined hides the code.
  const range = toRange(finding.range);
  const short =
    range.end.line > range.start.line
      ? { start: range.start, end: { line: range.start.line, character: Number.MAX_SAFE_INTEGER } }
      : range;
  const page = rulePageUri(finding.kind);
  return {
    source: diagnosticSource,
    code: finding.kind,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    severity: severities[finding.severity],
    message: finding.advice ? `${finding.message}\n${finding.advice}` : finding.message,
    range: short,
    relatedInformation: finding.trail.map((step) => ({
      message: step.message,
      location: { uri: step.file === undefined ? uri : uriOf(step.file), range: toRange(step.range) },
    })),
    data: { fingerprint: finding.fingerprint, kind: finding.kind },
  };
}
