/** Alerts in the tree, below the objective that they watch, and in words. No editor API. */
import { agoText } from '../page/words';
import type { AlertReport } from '../report/report';
import type { TreeNode } from './treeNode';
import { escapeMarkdown } from './words';

/** "snoozed for 58 min more", "snoozed until it changes", "snoozed in this workspace"; empty when it is not. */
export function snoozeWords({ snooze }: AlertReport, now: number): string {
  if (!snooze) return '';
  if (snooze.until === null) return snooze.untilChange ? 'snoozed until it changes' : 'snoozed in this workspace';
  const minutes = Math.max(1, Math.ceil((Date.parse(snooze.until) - now) / 60_000));
  return `snoozed for ${minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`} more`;
}

/** Everything that is to be said of an alert's state, in order: "firing 8 h ago, acknowledged, snoozed until it changes". */
export function alertStateWords(alert: AlertReport, now: number): string {
  return [
    alert.state === 'inactive' ? 'not firing' : `${alert.state} since ${agoText(alert.since, now)}`,
    alert.inhibitedBy ? `silenced by ${alert.inhibitedBy}` : '',
    alert.acknowledgedAt ? 'acknowledged' : '',
    snoozeWords(alert, now),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Marks that the menus of the manifest ask for: `alert firing audible unacknowledged runbook`. */
function contextOf(alert: AlertReport): string {
  const firing = alert.state === 'firing';
  return [
    'alert',
    firing ? 'firing' : 'waiting',
    alert.snooze ? 'snoozed' : 'audible',
    ...(alert.acknowledgedAt ? ['acknowledged'] : firing ? ['unacknowledged'] : []),
    ...(alert.runbook ? ['runbook'] : []),
  ].join(' ');
}

function tooltip(alert: AlertReport, now: number): string {
  const rows = [
    ['State', alertStateWords(alert, now)],
    ['Value', alert.valueText],
    ['Condition', alert.condition],
    ...(alert.meaning ? [['Which', alert.meaning]] : []),
    ...(alert.runbook ? [['Runbook', alert.runbook]] : []),
  ];
  return `**${escapeMarkdown(`${alert.level} ${alert.displayName}`)}**\n\n${rows
    .map(([name = '', value = '']) => `- ${name}: ${escapeMarkdown(value)}`)
    .join('\n')}`;
}

const colors = { P1: 'list.errorForeground', P2: 'list.warningForeground', P3: undefined } as const;

/** The alerts of an objective that are pending or firing, or snoozed, the most severe first. */
export function alertNodes(alerts: readonly AlertReport[], objective: string, now: number): readonly TreeNode[] {
  return alerts
    .filter((alert) => alert.objective === objective && (alert.state !== 'inactive' || alert.snooze !== null))
    .sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0))
    .map((alert) => {
      const words = alertStateWords(alert, now);
      return {
        id: `alert/${alert.key}`,
        label: `${alert.level} ${alert.displayName}`,
        description: words,
        tooltip: tooltip(alert, now),
        icon: alert.snooze ? 'bell-slash' : alert.state === 'firing' ? 'bell-dot' : 'bell',
        // Snoozing mutes the voice, not the truth: what fires keeps its colour.
        color: alert.state === 'firing' ? colors[alert.level] : undefined,
        spoken: `Alert ${alert.displayName}, ${alert.level}, ${words}`,
        place: null,
        context: contextOf(alert),
        argument: alert.key,
        expanded: false,
        children: [],
      };
    });
}
