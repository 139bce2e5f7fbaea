/** The report as Markdown: a comment on a pull request, a summary of a job. Text of files and agents is escaped: it is never markup. */
import type { Severity } from '../analyzer/findings/findings';
import { type Told, toldOnce } from '../page/omissions';
import { budgetLeftText, spanText, trendText } from '../page/words';
import { ageText, count, plain } from './plainText';
import type { CodeReport, ObjectiveReport, ObjectiveState, WorkspaceReport } from './report';
import { rulePageUri } from './rulePage';
import { countsText, leftOut } from './textExport';

const stateWord: Readonly<Record<ObjectiveState, string>> = {
  meeting: '✅ meeting',
  at_risk: '⚠️ at risk',
  violating: '❌ violating',
  no_data: '❔ no data',
  stale: '❔ stale',
  error: '❗ error',
};
const severities: readonly Severity[] = ['high', 'medium', 'low'];
/** Comments and job summaries have a limit of 64 KiB; the rest is counted. */
const maxListed = 100;

/** One line of text in which nothing is markup, a mention or a link. */
export function markdownText(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]>#|!~$]/g, (character) => `\\${character}`)
    .replaceAll('@', '&#64;')
    .replace(/\b(https?|ftp|www)(?=[:.])/gi, (scheme) => `${scheme}&#8203;`);
}

/** As `markdownText`; what the analyzer puts between backticks shows as code. */
function messageMarkdown(text: string): string {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return markdownText(text);
  return parts.map((part, at) => (at % 2 === 0 ? markdownText(part) : `<code>${markdownText(part)}</code>`)).join('');
}

/** Findings in a table by severity, then what was looked at and what was not. */
export function codeMarkdown(code: CodeReport): string {
  const { counts, files } = code;
  const total = counts.high + counts.medium + counts.low;
  const out: string[] = ['## Leaks', ''];
  if (files.analysed === 0) out.push('No TypeScript or JavaScript was analysed: nothing can be said about leaks.');
  else
    out.push(
      `${total === 0 ? 'No findings' : `**${countsText(code)}**`} in ${count(files.analysed, 'file')} (${count(files.lines, 'line')})${code.suppressed > 0 ? `, ${code.suppressed} suppressed` : ''}.`,
    );
  const sorted = severities.flatMap((severity) => code.findings.filter((finding) => finding.severity === severity));
  const told = toldOnce(sorted);
  if (told.length > 0)
    out.push('', '| severity | place | finding | kind |', '|---|---|---|---|', ...told.slice(0, maxListed).map(row));
  const more = told.slice(maxListed).reduce((sum, { findings }) => sum + findings.length, 0);
  if (more > 0) out.push('', `… and ${more} more.`);
  const notes = [
    ...code.partialFiles.map(
      ({ place, reason }) =>
        `Partly analysed: ${markdownText(`${place.path}:${place.line + 1}:${place.column + 1} ${reason}`)}`,
    ),
    ...code.suppressionProblems.map(
      ({ place, message }) => `Ignore comment: ${markdownText(`${place.path}:${place.line + 1} ${message}`)}`,
    ),
    ...(leftOut(code) === '' ? [] : [markdownText(leftOut(code))]),
    ...code.otherLanguages
      .slice(0, 5)
      .map(
        ({ language, files: number }) =>
          `${number.toLocaleString('en')} ${markdownText(language)} ${number === 1 ? 'file is' : 'files are'} not analysed.`,
      ),
  ];
  if (notes.length > 0) out.push('', ...notes.slice(0, maxListed).map((note) => `- ${note}`));
  return `${out.join('\n')}\n`;
}

function row({ findings, text }: Told): string {
  const [finding, ...others] = findings;
  const { place, kind, advice, confidence } = finding;
  const message = text === null ? finding.message : `${text}.`;
  const where = [
    `${place.path}:${place.line + 1}:${place.column + 1}`,
    ...others.map((one) => `${one.place.line + 1}:${one.place.column + 1}`),
  ].join(', ');
  const uri = rulePageUri(kind);
  return `| ${finding.severity.toUpperCase()} | ${markdownText(where)} | ${messageMarkdown(advice ? `${message} ${advice}` : message)} | ${uri === undefined ? markdownText(kind) : `[${markdownText(kind)}](${uri})`}, confidence ${confidence} |`;
}

/** Headline, one table of objectives per service, causes, alerts that are on. */
export function sloMarkdown(report: WorkspaceReport): string {
  const out: string[] = [
    '## Objectives',
    '',
    `**Objectives met: ${markdownText(report.headline.text)}** · ${markdownText(report.definition.message)}`,
  ];
  for (const service of report.services) {
    const budget = service.declaredBudget ? `, budget ${markdownText(service.declaredBudget)}` : '';
    out.push(
      '',
      `### ${markdownText(service.displayName)}: ${service.state.replace('_', ' ')}${budget}`,
      '',
      '| state | objective | value | target | error budget | trend | source |',
      '|---|---|---|---|---|---|---|',
      ...service.objectives.map((objective) => objectiveRow(objective, report.generatedAt)),
    );
    const causes = service.objectives
      .filter(({ state }) => state === 'violating' || state === 'at_risk')
      .flatMap(({ causes: own, displayName }) =>
        own.slice(0, 5).map((cause) => `- ${markdownText(`${displayName}: ${cause.label} ${cause.detail}`)}`),
      );
    if (causes.length > 0) out.push('', ...causes);
  }
  const on = report.alerts.filter((alert) => alert.state !== 'inactive');
  if (on.length > 0)
    out.push(
      '',
      '### Alerts',
      '',
      ...on.map(
        (alert) =>
          `- ${alert.level} ${alert.state}: ${markdownText(`${alert.displayName} (${alert.objective}: ${alert.valueText}; ${alert.condition})`)}`,
      ),
    );
  out.push(...incidentLines(report), ...agentLines(report), ...snapshotLines(report));
  if (report.refresh.state !== 'never')
    out.push('', `Refresh ${report.refresh.state}: ${markdownText(report.refresh.message)}`);
  return `${out.join('\n')}\n`;
}

function objectiveRow(objective: ObjectiveReport, now: string): string {
  const { state, displayName, valueText, targetText, proxy, evidence, stateReason } = objective;
  const value = `${valueText}${proxy?.used ? ' (stand-in)' : ''}`;
  const source =
    evidence.observedAt === null
      ? stateReason
      : `${evidence.source}, ${ageText(evidence.observedAt, now)}; ${evidence.method}`;
  const budget = budgetLeftText(objective) ?? '–';
  const trend = trendText(objective) ?? '–';
  return `| ${stateWord[state]} | ${[displayName, value, targetText, budget, trend, source].map(markdownText).join(' | ')} |`;
}

/** What a reader opens when wanted. The blank lines are what lets Markdown stand in it. */
function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ['', '<details>', `<summary>${markdownText(summary)}</summary>`, '', ...lines, '', '</details>'];
}

function capped(lines: readonly string[]): readonly string[] {
  return lines.length <= maxListed
    ? lines
    : [...lines.slice(0, maxListed), '', `… and ${lines.length - maxListed} more.`];
}

/** Alerts that fired, with begin and end: what a post-mortem begins with. Instants in UTC. */
function incidentLines({ incidents, generatedAt }: WorkspaceReport): readonly string[] {
  if (incidents.length === 0) return [];
  const utc = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
  const rows = incidents.map(({ level, displayName, objective, begin, end, endedUnwatched, valueText }) => {
    const lasted = spanText(Date.parse(end ?? generatedAt) - Date.parse(begin));
    const state = end === null ? 'firing' : endedUnwatched ? 'ended while nobody watched' : 'resolved';
    const cells = [displayName, objective, utc(begin), end === null ? '–' : utc(end), lasted, valueText, state];
    return `| ${level} | ${cells.map(markdownText).join(' | ')} |`;
  });
  return folded(`${count(incidents.length, 'incident')}`, [
    '| level | alert | objective | began | ended | lasted | value | state |',
    '|---|---|---|---|---|---|---|---|',
    ...capped(rows),
  ]);
}

/** Agents, and why each counts or not. */
function agentLines({ agents }: WorkspaceReport): readonly string[] {
  if (agents.found === 0) return [];
  return folded(`Agents: ${agents.active} of ${agents.found} active`, [
    '| agent | counts | why | declares |',
    '|---|---|---|---|',
    ...capped(
      agents.agents.map(
        (agent) =>
          `| ${markdownText(agent.folder)} | ${agent.active ? 'active' : 'not active'} | ${markdownText(agent.activeReason)} | ${agent.declared} |`,
      ),
    ),
  ]);
}

/** Snapshots, and why each is current or not. */
function snapshotLines({ snapshots, generatedAt }: WorkspaceReport): readonly string[] {
  const { artefacts, currency } = snapshots;
  if (artefacts.length === 0) return [];
  return folded(
    currency
      ? `Snapshots: ${currency.current} of ${currency.sources} source files are as recorded`
      : `Snapshots: ${artefacts.filter(({ current }) => current).length} of ${artefacts.length} current`,
    [
      '| snapshot | counts | why | written |',
      '|---|---|---|---|',
      ...capped(
        artefacts.map(
          ({ path, present, current, note, modifiedAt }) =>
            `| ${markdownText(path)} | ${current ? 'current' : present ? 'not current' : 'missing'} | ${markdownText(note)} | ${present ? ageText(modifiedAt, generatedAt) : '–'} |`,
        ),
      ),
    ],
  );
}
