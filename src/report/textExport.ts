/** Findings as text for people: by file with their trail, then what was looked at and what was not. */
import type { Severity } from '../analyzer/findings';
import { count, plain } from './plainText';
import type { CodeReport, FindingReport, ProblemReport } from './report';
import type { Style } from './style';

export interface CodeTextOptions {
  readonly style: Style;
  /** LOW findings are one line of counts unless shown. */
  readonly showLow: boolean;
  /** Line of a source file, for the excerpt; undefined when it is not at hand. */
  readonly lineOf: (path: string, line: number) => string | undefined;
  /** Path as shown, of a path of the report; as it is without. */
  readonly pathOf?: (path: string) => string;
  /** Findings left out because the baseline holds them; null without a baseline. */
  readonly inBaseline?: number | null;
  /** Files and folders that could not be read. */
  readonly unreadable?: readonly ProblemReport[];
}

const severityWord: Readonly<Record<Severity, string>> = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' };

function severityText(severity: Severity, style: Style): string {
  const paint = severity === 'high' ? style.red : severity === 'medium' ? style.yellow : style.blue;
  return paint(style.bold(severityWord[severity].padEnd(6)));
}

/** Findings grouped by file, then what was looked at and what was not. */
export function codeText(code: CodeReport, options: CodeTextOptions): string {
  const { style } = options;
  const shownPath = pathText(options);
  const out: string[] = [];
  const shown = code.findings.filter((finding) => finding.severity !== 'low' || options.showLow);
  const byFile = new Map<string, FindingReport[]>();
  for (const finding of shown) byFile.set(finding.place.path, [...(byFile.get(finding.place.path) ?? []), finding]);
  for (const [path, findings] of byFile) {
    out.push(style.bold(shownPath(path)));
    for (const finding of findings) {
      out.push(
        `  ${severityText(finding.severity, style)} ${finding.place.line + 1}:${finding.place.column + 1}  ${plain(finding.message)}  ${style.dim(`${finding.kind}, confidence ${finding.confidence}`)}`,
      );
      const excerpt = options.lineOf(path, finding.place.line)?.trim();
      if (excerpt)
        out.push(`         ${style.dim(plain(excerpt.length > 110 ? `${excerpt.slice(0, 109)}…` : excerpt))}`);
      for (const step of finding.trail)
        out.push(
          `         ${style.dim('·')} ${style.dim(`${step.file ? `${shownPath(step.file)}:` : ''}${step.range.startLine + 1}:${step.range.startColumn + 1}`.padEnd(8))} ${plain(step.message)}`,
        );
      if (finding.advice) out.push(`         ${style.dim('→')} ${plain(finding.advice)}`);
    }
    out.push('');
  }
  out.push(...codeSummary(code, options));
  return `${out.join('\n')}\n`;
}

function pathText({ pathOf }: CodeTextOptions): (path: string) => string {
  return (path) => plain(pathOf ? pathOf(path) : path);
}

function codeSummary(code: CodeReport, options: CodeTextOptions): readonly string[] {
  const { style, showLow } = options;
  const shownPath = pathText(options);
  const { counts, files } = code;
  const lines: string[] = [];
  const total = counts.high + counts.medium + counts.low;
  if (files.analysed === 0) lines.push('No TypeScript or JavaScript was analysed: nothing can be said about leaks.');
  else
    lines.push(
      `${total === 0 ? style.green(options.inBaseline ? 'No new findings' : 'No findings') : style.bold(`${counts.high} HIGH, ${counts.medium} MEDIUM, ${counts.low} LOW`)} in ${count(files.analysed, 'file')} (${count(files.lines, 'line')})${code.suppressed > 0 ? `, ${code.suppressed} suppressed` : ''}${code.durationMs === null ? '' : style.dim(` in ${(code.durationMs / 1000).toFixed(1)} s`)}`,
    );
  if (!showLow && counts.low > 0)
    lines.push(style.dim(`${count(counts.low, 'LOW finding')} not listed (--fail-on low lists them).`));
  if (options.inBaseline) lines.push(style.dim(`${count(options.inBaseline, 'finding')} of the baseline not listed.`));
  for (const { place, message } of options.unreadable ?? [])
    lines.push(`${style.yellow('Not read')}: ${place ? `${shownPath(place.path)} ` : ''}${plain(message)}`);
  for (const { place, reason } of code.partialFiles)
    lines.push(
      `${style.yellow('Partly analysed')}: ${shownPath(place.path)}:${place.line + 1}:${place.column + 1} ${plain(reason)}`,
    );
  for (const problem of code.suppressionProblems)
    lines.push(
      `${style.yellow('Ignore comment')}: ${shownPath(problem.place.path)}:${problem.place.line + 1} ${plain(problem.message)}`,
    );
  const left = leftOut(code);
  if (left !== '') lines.push(style.dim(left));
  for (const { language, files: number } of code.otherLanguages.slice(0, 5))
    lines.push(
      style.dim(`${number.toLocaleString('en')} ${language} ${number === 1 ? 'file is' : 'files are'} not analysed.`),
    );
  return lines;
}

const skipWords: Readonly<Record<string, string>> = {
  ignored: 'excluded by the configuration',
  'too-large': 'too large',
  'not-a-script': 'no script',
};

/** "Left out: 12 minified, 3 generated; folders node_modules (2), .venv."; empty when nothing was. */
export function leftOut({ files }: Pick<CodeReport, 'files'>): string {
  const reasons = Object.entries(files.skipped).map(([reason, number]) => `${number} ${skipWords[reason] ?? reason}`);
  const folders = Object.entries(files.skippedFolders).map(([name, number]) =>
    plain(number === 1 ? name : `${name} (${number})`),
  );
  const parts = [
    ...(reasons.length > 0 ? [reasons.join(', ')] : []),
    ...(folders.length > 0 ? [`folders ${folders.join(', ')}`] : []),
  ];
  return parts.length === 0 ? '' : `Left out: ${parts.join('; ')}.`;
}
