/** States, severities and ages in words: one place, so that tree, status bar and panel say the same. No editor API. */
import type { Severity } from '../analyzer/findings/findings';
import { agoText, stateWords, trendText } from '../page/words';
import type { AgentReport, ObjectiveReport, ObjectiveState, ServiceState, WorkspaceReport } from '../report/report';

/** Codicon and theme colour of a state; never colour alone. */
export const stateIcons: Readonly<
  Record<ObjectiveState | ServiceState, { readonly icon: string; readonly color: string | undefined }>
> = {
  meeting: { icon: 'pass', color: 'testing.iconPassed' },
  at_risk: { icon: 'warning', color: 'list.warningForeground' },
  violating: { icon: 'error', color: 'list.errorForeground' },
  no_data: { icon: 'circle-slash', color: 'disabledForeground' },
  stale: { icon: 'history', color: 'disabledForeground' },
  error: { icon: 'bug', color: 'list.errorForeground' },
  incomplete: { icon: 'question', color: 'disabledForeground' },
};

export const severityWords: Readonly<Record<Severity, string>> = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a view
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text from files on one line; what would turn its direction, hide a part or break the line is shown as what it is. */
export function visible(text: string): string {
  return text
    .replace(/[\n\t]/g, ' ')
    .replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Text of files and agents in Markdown: shown, never interpreted; no character turns, hides or breaks what stands around it. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&@$]/g, (character) => `\\${character}`)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\s+/g, ' ');
}

/** Text for a notification, where the editor makes links, also to commands, of `[words](target)`. */
export function withoutLinks(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** Is the path one of the workspace folder's own, by its words? */
export function isInWorkspace(path: string): boolean {
  return !/^(?:[\\/~]|[a-zA-Z][\w+.-]*:)/.test(path) && !path.split(/[\\/]/).includes('..');
}

/** Tooltip of an objective: state, figure, source, age, way of counting, coverage, budget, what would feed it. */
export function objectiveTooltip(objective: ObjectiveReport, now: number): string {
  const lines = [
    `**${escapeMarkdown(objective.displayName)}**: ${stateWords[objective.state]}`,
    escapeMarkdown(objective.stateReason),
  ];
  const table = [
    ['Value', `${objective.valueText}${objective.proxy?.used ? ' (stand-in)' : ''}`],
    ['Target', objective.targetText],
    ...(objective.budget
      ? [['Budget', `${objective.budget.text}${objective.budget.burn ? `; ${objective.budget.burn.text}` : ''}`]]
      : []),
    ...(objective.trend ? [['Trend', `${objective.trend.of} ${trendText(objective) ?? ''}`]] : []),
    ...(objective.budget?.outage ? [['Outage', objective.budget.outage.text]] : []),
    ...(objective.watched ? [['In its window', objective.watched.text]] : []),
    ['Source', objective.evidence.source],
    ['Age', agoText(objective.evidence.observedAt, now)],
    ['Counted', objective.evidence.method],
    ...(objective.wouldFeed ? [['Would be fed by', objective.wouldFeed]] : []),
    ...(objective.assumed.length > 0 ? [['Assumed', objective.assumed.join(', ')]] : []),
    ...(objective.seed ? [['As first asked for', objective.seed]] : []),
  ];
  return `${lines.join('\n\n')}\n\n${table.map(([name = '', value = '']) => `- ${name}: ${escapeMarkdown(value)}`).join('\n')}`;
}

/** Tooltip of an agent. */
export function agentTooltip(agent: AgentReport, now: number): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['Status', agent.statusText],
    ['Declares', agent.declared],
    ['Phase', agent.phase],
    ['Mission', agent.mission],
    [
      'Last seen',
      agent.lastSeen === null
        ? null
        : `${agoText(agent.lastSeen, now)} by ${agent.seenBy === 'mtime' ? 'the file time' : agent.seenBy}`,
    ],
    ['Newest time in the file', agent.fieldTime === null ? null : agoText(agent.fieldTime, now)],
    ['File written', agent.fileTime === null ? 'not known, or only a checkout' : agoText(agent.fileTime, now)],
    [
      'Tasks',
      agent.openTasks === null && agent.doneTasks === null
        ? null
        : `${agent.openTasks ?? 0} open, ${agent.doneTasks ?? 0} done`,
    ],
    ['Points', agent.points === null ? null : String(agent.points)],
    ['Blockers', agent.blockers.length === 0 ? null : agent.blockers.join('; ')],
  ];
  const warnings = agent.warnings.map(
    (warning) =>
      `- ${escapeMarkdown(warning.message)}${warning.place ? ` (${warning.place.line + 1}:${warning.place.column + 1})` : ''}`,
  );
  return [
    `**${escapeMarkdown(agent.folder)}**: ${agent.active ? 'active' : 'not active'}`,
    escapeMarkdown(agent.activeReason),
    rows.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${escapeMarkdown(value)}`])).join('\n'),
    ...(warnings.length > 0 ? [`Warnings\n${warnings.join('\n')}`] : []),
  ].join('\n\n');
}

/** `· 1 P1 · 2 P2` for alerts that fire and are not silenced; empty without any. */
export function alertCounts(report: WorkspaceReport): string {
  const firing = report.alerts.filter((alert) => alert.state === 'firing' && alert.inhibitedBy === null);
  return (['P1', 'P2'] as const)
    .map((level) => [level, firing.filter((alert) => alert.level === level).length] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => ` · ${count} ${level}`)
    .join('');
}

/** Lines about languages that are not analysed. */
export function otherLanguageLines(report: WorkspaceReport): readonly string[] {
  return report.code.otherLanguages.map(
    ({ language, files }) =>
      `${files.toLocaleString('en')} ${language} ${files === 1 ? 'file is' : 'files are'} not analysed`,
  );
}
