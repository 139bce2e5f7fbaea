/** The report as text for people: findings by file with their trail, objectives by service with source, age and way of counting. */
import type { Severity } from '../analyzer/findings';
import { ageText, count, plain } from './plainText';
import type { CodeReport, FindingReport, ObjectiveReport, ObjectiveState, WorkspaceReport } from './report';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly blue: (text: string) => string;
}

const same = (text: string): string => text;
export const noStyle: Style = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same };

export interface CodeTextOptions {
  readonly style: Style;
  /** LOW findings are one line of counts unless shown. */
  readonly showLow: boolean;
  /** Line of a source file, for the excerpt; undefined when it is not at hand. */
  readonly lineOf: (path: string, line: number) => string | undefined;
}

const severityWord: Readonly<Record<Severity, string>> = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' };

function severityText(severity: Severity, style: Style): string {
  const paint = severity === 'high' ? style.red : severity === 'medium' ? style.yellow : style.blue;
  return paint(style.bold(severityWord[severity].padEnd(6)));
}

/** Findings grouped by file, then what was looked at and what was not. */
export function codeText(code: CodeReport, options: CodeTextOptions): string {
  const { style } = options;
  const out: string[] = [];
  const shown = code.findings.filter((finding) => finding.severity !== 'low' || options.showLow);
  const byFile = new Map<string, FindingReport[]>();
  for (const finding of shown) byFile.set(finding.place.path, [...(byFile.get(finding.place.path) ?? []), finding]);
  for (const [path, findings] of byFile) {
    out.push(style.bold(plain(path)));
    for (const finding of findings) {
      out.push(
        `  ${severityText(finding.severity, style)} ${finding.place.line + 1}:${finding.place.column + 1}  ${plain(finding.message)}  ${style.dim(`${finding.kind}, confidence ${finding.confidence}`)}`,
      );
      const excerpt = options.lineOf(path, finding.place.line)?.trim();
      if (excerpt)
        out.push(`         ${style.dim(plain(excerpt.length > 110 ? `${excerpt.slice(0, 109)}…` : excerpt))}`);
      for (const step of finding.trail)
        out.push(
          `         ${style.dim('·')} ${style.dim(`${step.file ? `${plain(step.file)}:` : ''}${step.range.startLine + 1}:${step.range.startColumn + 1}`.padEnd(8))} ${plain(step.message)}`,
        );
      if (finding.advice) out.push(`         ${style.dim('→')} ${plain(finding.advice)}`);
    }
    out.push('');
  }
  out.push(...codeSummary(code, options));
  return `${out.join('\n')}\n`;
}

function codeSummary(code: CodeReport, { style, showLow }: CodeTextOptions): readonly string[] {
  const { counts, files } = code;
  const lines: string[] = [];
  const total = counts.high + counts.medium + counts.low;
  if (files.analysed === 0) lines.push('No TypeScript or JavaScript was analysed: nothing can be said about leaks.');
  else
    lines.push(
      `${total === 0 ? style.green('No findings') : style.bold(`${counts.high} HIGH, ${counts.medium} MEDIUM, ${counts.low} LOW`)} in ${count(files.analysed, 'file')} (${count(files.lines, 'line')})${code.suppressed > 0 ? `, ${code.suppressed} suppressed` : ''}${code.durationMs === null ? '' : style.dim(` in ${(code.durationMs / 1000).toFixed(1)} s`)}`,
    );
  if (!showLow && counts.low > 0)
    lines.push(style.dim(`${count(counts.low, 'LOW finding')} not listed (--fail-on low lists them).`));
  for (const { place, reason } of code.partialFiles)
    lines.push(
      `${style.yellow('Partly analysed')}: ${plain(place.path)}:${place.line + 1}:${place.column + 1} ${plain(reason)}`,
    );
  for (const problem of code.suppressionProblems)
    lines.push(
      `${style.yellow('Ignore comment')}: ${plain(problem.place.path)}:${problem.place.line + 1} ${plain(problem.message)}`,
    );
  const skipped = Object.entries(code.files.skipped).map(([reason, number]) => `${number} ${reason}`);
  if (skipped.length > 0) lines.push(style.dim(`Left out: ${skipped.join(', ')}.`));
  for (const { language, files: number } of code.otherLanguages.slice(0, 5))
    lines.push(
      style.dim(`${number.toLocaleString('en')} ${language} ${number === 1 ? 'file is' : 'files are'} not analysed.`),
    );
  return lines;
}

const stateWord: Readonly<Record<ObjectiveState, string>> = {
  meeting: 'meeting',
  at_risk: 'at risk',
  violating: 'violating',
  no_data: 'no data',
  stale: 'stale',
  error: 'error',
};

function stateText(state: string, style: Style): string {
  const word = (stateWord as Readonly<Record<string, string>>)[state] ?? state;
  const padded = word.padEnd(10);
  return state === 'meeting'
    ? style.green(padded)
    : state === 'violating' || state === 'error'
      ? style.red(padded)
      : state === 'at_risk'
        ? style.yellow(padded)
        : style.dim(padded);
}

/** Headline, services with objectives, alerts, and what each figure rests on. */
export function sloText(report: WorkspaceReport, style: Style): string {
  const out: string[] = [`${style.bold(report.headline.text)}`, style.dim(report.definition.message), ''];
  for (const service of report.services) {
    out.push(
      `${style.bold(plain(service.displayName))}  ${stateText(service.state, style).trimEnd()}${service.declaredBudget ? style.dim(`  budget ${plain(service.declaredBudget)}`) : ''}`,
    );
    for (const objective of service.objectives) out.push(...objectiveLines(objective, report.generatedAt, style));
    out.push('');
  }
  const firing = report.alerts.filter((alert) => alert.state !== 'inactive');
  if (firing.length > 0) {
    out.push(style.bold('Alerts'));
    for (const alert of firing)
      out.push(
        `  ${alert.level} ${alert.state.padEnd(8)} ${plain(alert.displayName)} (${plain(alert.objective)}: ${plain(alert.valueText)}; ${alert.condition})${alert.inhibitedBy ? style.dim(` silenced by ${alert.inhibitedBy}`) : ''}`,
      );
    out.push('');
  }
  if (report.agents.found > 0) {
    out.push(
      style.bold(
        `Agents: ${report.agents.active} of ${report.agents.found} active${report.agents.expected === null || report.agents.expected === report.agents.found ? '' : `, ${report.agents.expected} expected`}`,
      ),
    );
    for (const agent of report.agents.agents)
      out.push(
        `  ${agent.active ? style.green('active  ') : style.dim('inactive')} ${plain(agent.folder).padEnd(12)} ${plain(agent.activeReason)}; says ${agent.declared}`,
      );
    out.push('');
  }
  if (report.refresh.state !== 'never')
    out.push(`Refresh ${report.refresh.state}: ${plain(report.refresh.message)}`, '');
  for (const { language, files } of report.code.otherLanguages.slice(0, 5))
    out.push(
      style.dim(`${files.toLocaleString('en')} ${language} ${files === 1 ? 'file is' : 'files are'} not analysed.`),
    );
  const faults = report.problems.filter((problem) => problem.level === 'error');
  for (const fault of faults)
    out.push(
      `${style.red('Fault')}: ${fault.place ? `${plain(fault.place.path)}:${fault.place.line + 1}:${fault.place.column + 1} ` : ''}${plain(fault.message)}`,
    );
  return `${out.join('\n').trimEnd()}\n`;
}

function objectiveLines(objective: ObjectiveReport, now: string, style: Style): readonly string[] {
  const lines = [
    `  ${stateText(objective.state, style)} ${plain(objective.displayName)}: ${style.bold(plain(objective.valueText))}  target ${plain(objective.targetText)}${objective.proxy?.used ? '  (proxy)' : ''}`,
  ];
  lines.push(style.dim(`             ${plain(objective.stateReason)}`));
  if (objective.evidence.observedAt !== null)
    lines.push(
      style.dim(
        `             ${plain(objective.evidence.source)}, ${ageText(objective.evidence.observedAt, now)}; ${plain(objective.evidence.method)}`,
      ),
    );
  if (objective.budget) lines.push(style.dim(`             budget: ${plain(objective.budget.text)}`));
  if (objective.wouldFeed) lines.push(style.dim(`             would be fed by ${plain(objective.wouldFeed)}`));
  const causes = objective.state === 'violating' || objective.state === 'at_risk' ? objective.causes.slice(0, 5) : [];
  for (const cause of causes)
    lines.push(`             ${style.dim('·')} ${plain(cause.label)} ${style.dim(plain(cause.detail))}`);
  if (causes.length > 0 && objective.causes.length > causes.length)
    lines.push(style.dim(`             … and ${objective.causes.length - causes.length} more`));
  return lines;
}
