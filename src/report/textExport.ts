/** Findings as text for people: by file with their trail, then what was looked at and what was not. */
import type { Severity, TrailStep } from '../analyzer/findings/findings';
import { causesIn, type Told, toldOnce } from '../page/omissions';
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
    for (const told of toldOnce(findings)) out.push(...toldLines(told, path, options));
    out.push('');
  }
  out.push(...codeSummary(code, options));
  return `${out.join('\n')}\n`;
}

/** A finding with its excerpt and trail; several of one cause with their lines, and what their trails have in common. */
function toldLines({ findings, text }: Told, path: string, options: CodeTextOptions): readonly string[] {
  const { style } = options;
  const shownPath = pathText(options);
  const [first] = findings;
  const { severity, kind, message, advice, trail } = first;
  const confidence = findings.some((one) => one.confidence !== 'high') ? 'medium' : 'high';
  const excerptOf = ({ place }: FindingReport): string => {
    const line = options.lineOf(path, place.line)?.trim() ?? '';
    return style.dim(plain(line.length > 110 ? `${line.slice(0, 109)}…` : line));
  };
  const step = (place: string, words: string): string =>
    `         ${style.dim('·')} ${style.dim(place.padEnd(8))} ${words}`;
  const excerpt = excerptOf(first);
  const common = trail.filter((one) => findings.every((other) => other.trail.some((its) => isSame(its, one))));
  return [
    `  ${severityText(severity, style)} ${placeText(first)}  ${plain(text ?? message)}  ${style.dim(`${kind}, confidence ${text === null ? first.confidence : confidence}`)}`,
    ...(text === null
      ? excerpt === style.dim('')
        ? []
        : [`         ${excerpt}`]
      : findings.map((one) => step(placeText(one), excerptOf(one)))),
    ...common.map(({ file, range, message: words }) =>
      step(`${file ? `${shownPath(file)}:` : ''}${range.startLine + 1}:${range.startColumn + 1}`, plain(words)),
    ),
    ...(advice ? [`         ${style.dim('→')} ${plain(advice)}`] : []),
  ];
}

function placeText({ place }: FindingReport): string {
  return `${place.line + 1}:${place.column + 1}`;
}

function isSame(a: TrailStep, b: TrailStep): boolean {
  return a.message === b.message && a.file === b.file && a.range.start === b.range.start;
}

/** "3 HIGH, 1 MEDIUM, 0 LOW", and of how many causes where some share one. */
export function countsText({ counts, findings }: Pick<CodeReport, 'counts' | 'findings'>): string {
  const causes = causesIn(findings);
  const text = `${counts.high} HIGH, ${counts.medium} MEDIUM, ${counts.low} LOW`;
  return causes === findings.length ? text : `${text} (${count(causes, 'cause')})`;
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
      `${total === 0 ? style.green(options.inBaseline ? 'No new findings' : 'No findings') : style.bold(countsText(code))} in ${count(files.analysed, 'file')} (${count(files.lines, 'line')})${code.suppressed > 0 ? `, ${code.suppressed} suppressed` : ''}${code.durationMs === null ? '' : style.dim(` in ${(code.durationMs / 1000).toFixed(1)} s`)}`,
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
