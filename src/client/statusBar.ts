/** The status bar item: worst state, headline, alert counts. Never green without data. */
import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window, workspace } from 'vscode';
import { agoText, stateWords } from '../page/words';
import type { WorkspaceReport } from '../report/report';
import type { ReportStore } from './reportStore';
import { alertCounts, escapeMarkdown, otherLanguageLines, stateIcons } from './words';

const everyMs = 1000;

/** Shows the item and keeps it up to date, at most once a second and only on change. */
export function registerStatusBar(store: ReportStore): Disposable {
  const item = window.createStatusBarItem('sloLens.status', StatusBarAlignment.Left, 50);
  item.name = 'SLO Lens';
  item.command = 'sloLens.openDashboard';
  let timer: NodeJS.Timeout | undefined;
  let shown = '';
  let last = 0;
  const render = (): void => {
    timer = undefined;
    last = Date.now();
    const visible = workspace.getConfiguration('sloLens').get('statusBar.visible', true);
    const { report } = store;
    if (!visible || !workspace.workspaceFolders?.length) {
      item.hide();
      return;
    }
    const text = report
      ? `$(${stateIcons[report.headline.worst].icon}) SLOs met: ${report.headline.text}${alertCounts(report)}`
      : '$(loading~spin) SLO Lens';
    if (text !== shown) {
      shown = text;
      item.text = text;
      item.backgroundColor = background(report);
      item.accessibilityInformation = {
        label: report
          ? `SLO Lens: ${stateWords[report.headline.worst]}, objectives met: ${report.headline.text}`
          : 'SLO Lens is reading the workspace',
      };
    }
    item.tooltip = report ? tooltip(report) : 'SLO Lens is reading the workspace';
    item.show();
  };
  const schedule = (): void => {
    timer ??= setTimeout(render, Math.max(0, last + everyMs - Date.now()));
  };
  const subscriptions = [
    store.onDidChange(schedule),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('sloLens.statusBar') && schedule()),
    workspace.onDidChangeWorkspaceFolders(schedule),
  ];
  render();
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      item.dispose();
    },
  };
}

function background(report: WorkspaceReport | null): ThemeColor | undefined {
  // Somebody is on what is acknowledged, and what is snoozed is not to call: the text goes on to count both.
  const firing =
    report?.alerts.filter(
      ({ state, inhibitedBy, snooze, acknowledgedAt }) =>
        state === 'firing' && inhibitedBy === null && snooze === null && acknowledgedAt === null,
    ) ?? [];
  if (firing.some((alert) => alert.level === 'P1')) return new ThemeColor('statusBarItem.errorBackground');
  return firing.some((alert) => alert.level === 'P2') ? new ThemeColor('statusBarItem.warningBackground') : undefined;
}

function tooltip(report: WorkspaceReport): MarkdownString {
  const now = Date.now();
  const { headline } = report;
  const split = [
    headline.noData > 0 ? `${headline.noData} no data` : '',
    headline.stale > 0 ? `${headline.stale} stale` : '',
    headline.error > 0 ? `${headline.error} in error` : '',
  ].filter((part) => part !== '');
  const lines = [
    `**Objectives met: ${escapeMarkdown(headline.text)}**${split.length > 0 ? ` \\(${split.join(', ')}\\)` : ''}`,
    '',
  ];
  if (report.definition.state !== 'ok') lines.push(`$(warning) ${escapeMarkdown(report.definition.message)}\n`);
  for (const service of report.services) {
    lines.push(
      `$(${stateIcons[service.state].icon}) **${escapeMarkdown(service.displayName)}**: ${stateWords[service.state]}\n`,
    );
    for (const objective of service.objectives.filter(
      (one) => one.state === 'violating' || one.state === 'at_risk' || one.state === 'error',
    ))
      lines.push(
        `- ${escapeMarkdown(objective.displayName)}: ${escapeMarkdown(objective.valueText)}, target ${escapeMarkdown(objective.targetText)}, ${escapeMarkdown(agoText(objective.evidence.observedAt, now))}`,
      );
    lines.push('');
  }
  for (const line of otherLanguageLines(report).slice(0, 3)) lines.push(`$(info) ${escapeMarkdown(line)}\n`);
  if (report.refresh.state === 'failed') lines.push(`$(error) ${escapeMarkdown(report.refresh.message)}\n`);
  lines.push(
    '[Refresh Snapshots](command:sloLens.refreshSnapshots) · [SLO Diagnostics](command:sloLens.openDashboard)',
  );
  const text = new MarkdownString(lines.join('\n'), true);
  text.isTrusted = { enabledCommands: ['sloLens.refreshSnapshots', 'sloLens.openDashboard'] };
  return text;
}
