/** Alerts that are pending, fire or are snoozed: what they rest on, what people said of them, and where they are sent. */
import type { AlertCommand } from '../protocol/messages';
import type { AlertReport, OutputReport } from '../report/report';
import { age, does, objectivesOf, type PageContext, table } from './context';
import { type Child, type El, h } from './element';
import { agoText, type Clockface } from './words';

export function levelMark(text: string): El {
  return h('span', { class: `level ${text}` }, text);
}

/** The name, with what the context menu of the editor needs to know. */
function named(alert: AlertReport, { interactive }: PageContext): Child {
  if (!interactive) return alert.displayName;
  const context = {
    webviewSection: 'alert',
    alertKey: alert.key,
    alertSnoozed: alert.snooze !== null,
    alertAcknowledged: alert.acknowledgedAt !== null,
    alertFiring: alert.state === 'firing',
    preventDefaultContextMenuItems: true,
  };
  return h('span', { 'data-vscode-context': JSON.stringify(context) }, alert.displayName);
}

function snoozeText({ snooze }: AlertReport, clock: Clockface): string {
  if (!snooze) return '';
  if (snooze.until !== null) return `snoozed until ${clock.full(Date.parse(snooze.until))}`;
  return snooze.untilChange ? 'snoozed until it changes' : 'snoozed in this workspace';
}

function stateText(alert: AlertReport, clock: Clockface): string {
  return [
    alert.state === 'inactive' ? 'not firing' : alert.state,
    alert.inhibitedBy ? `silenced by ${alert.inhibitedBy}` : '',
    alert.acknowledgedAt ? 'acknowledged' : '',
    snoozeText(alert, clock),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function actions(alert: AlertReport): El {
  const act = (text: string, command: AlertCommand): El =>
    h(
      'button',
      {
        type: 'button',
        class: 'link',
        'aria-label': `${text}: ${alert.displayName}`,
        ...does({ type: 'alert', act: command, key: alert.key }),
      },
      text,
    );
  const isFiring = alert.state === 'firing';
  return h(
    'span',
    { class: 'alert-actions' },
    isFiring && act('Open cause', 'openAlertCause'),
    alert.acknowledgedAt
      ? act('Remove acknowledgement', 'unacknowledgeAlert')
      : isFiring && act('Acknowledge', 'acknowledgeAlert'),
    alert.snooze ? act('Remove snooze', 'unsnoozeAlert') : act('Snooze…', 'snoozeAlert'),
    alert.runbook !== null && act('Runbook', 'openAlertRunbook'),
  );
}

function outputsTable(outputs: readonly OutputReport[], context: PageContext): Child {
  if (outputs.length === 0) return null;
  return table(
    'Where alerts are sent',
    ['Output', 'Last sent', 'Waiting', 'What went wrong'],
    outputs.map(({ name, sentAt, waiting, failure, lost }) => [
      name,
      age(sentAt, context),
      String(waiting),
      failure ? `${agoText(failure.at, context.now)}: ${failure.message}${lost > 0 ? ` (${lost} lost)` : ''}` : '–',
    ]),
  );
}

/** The tables of alerts and of outputs. */
export function currentAlerts(context: PageContext): Child {
  const { report, clock, interactive } = context;
  const on = report.alerts.filter(({ state, snooze }) => state !== 'inactive' || snooze !== null);
  const objectives = new Map(objectivesOf(report).map((objective) => [objective.name, objective]));
  const columns = ['Alert', 'Level', 'State', 'Since', 'Value', 'Fires when', 'Budget spent'];
  return [
    on.length === 0
      ? h('p', {}, 'No alert is pending or firing. An objective without data fires none.')
      : table(
          'Alerts that are on',
          interactive ? [...columns, 'Actions'] : columns,
          on.map((alert) => {
            const burn = objectives.get(alert.objective)?.budget?.burn ?? null;
            return [
              named(alert, context),
              levelMark(alert.level),
              stateText(alert, clock),
              age(alert.since, context),
              alert.valueText,
              [h('code', {}, alert.condition), alert.meaning && ` ${alert.meaning}`].filter((part) => part !== null),
              burn?.exhaustedAt ? clock.full(Date.parse(burn.exhaustedAt)) : '–',
              ...(interactive ? [actions(alert)] : []),
            ];
          }),
        ),
    outputsTable(report.outputs, context),
  ];
}
