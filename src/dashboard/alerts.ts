/** The panel's section about alerts: what fires, what people said of it, and where it is sent. */
import type { AlertCommand } from '../protocol/messages';
import type { AlertReport, OutputReport, WorkspaceReport } from '../report/report';
import { ago, el, table } from './elements';

type Act = (act: AlertCommand, key: string) => void;

/** The name, with what the context menu of the editor needs to know. */
function named(alert: AlertReport): HTMLElement {
  const context = {
    webviewSection: 'alert',
    alertKey: alert.key,
    alertSnoozed: alert.snooze !== null,
    alertAcknowledged: alert.acknowledgedAt !== null,
    alertFiring: alert.state === 'firing',
    preventDefaultContextMenuItems: true,
  };
  return el('span', { 'data-vscode-context': JSON.stringify(context) }, alert.displayName);
}

function state(alert: AlertReport): string {
  const { snooze } = alert;
  return [
    alert.state === 'inactive' ? 'not firing' : alert.state,
    alert.inhibitedBy ? `silenced by ${alert.inhibitedBy}` : '',
    alert.acknowledgedAt ? 'acknowledged' : '',
    snooze
      ? snooze.until !== null
        ? `snoozed until ${new Date(snooze.until).toLocaleString()}`
        : snooze.untilChange
          ? 'snoozed until it changes'
          : 'snoozed in this workspace'
      : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function actions(alert: AlertReport, act: Act): HTMLElement {
  const button = (text: string, command: AlertCommand): HTMLElement => {
    const made = el('button', { type: 'button', class: 'link', 'aria-label': `${text}: ${alert.displayName}` }, text);
    made.addEventListener('click', () => act(command, alert.key));
    return made;
  };
  const firing = alert.state === 'firing';
  return el(
    'span',
    { class: 'alert-actions' },
    firing ? button('Open cause', 'openAlertCause') : null,
    ' ',
    alert.acknowledgedAt
      ? button('Remove acknowledgement', 'unacknowledgeAlert')
      : firing
        ? button('Acknowledge', 'acknowledgeAlert')
        : null,
    ' ',
    alert.snooze ? button('Remove snooze', 'unsnoozeAlert') : button('Snooze…', 'snoozeAlert'),
    ' ',
    alert.runbook ? button('Runbook', 'openAlertRunbook') : null,
  );
}

function outputs(all: readonly OutputReport[], now: string): HTMLElement | null {
  if (all.length === 0) return null;
  return table(
    'Where alerts are sent',
    ['Output', 'Last sent', 'Waiting', 'What went wrong'],
    all.map(({ name, sentAt, waiting, failure, lost }) => [
      name,
      ago(sentAt, now),
      String(waiting),
      failure ? `${ago(failure.at, now)}: ${failure.message}${lost > 0 ? ` (${lost} lost)` : ''}` : '–',
    ]),
  );
}

export function alertSection(report: WorkspaceReport, now: string, act: Act): HTMLElement {
  const section = el('section', {}, el('h2', {}, 'Alerts'));
  const shown = report.alerts.filter((alert) => alert.state !== 'inactive' || alert.snooze !== null);
  if (shown.length === 0)
    section.append(el('p', {}, 'No alert is pending or firing. An objective without data fires none.'));
  else
    section.append(
      table(
        'Alerts',
        ['Alert', 'Level', 'State', 'Since', 'Value', 'Condition', 'Actions'],
        shown.map((alert) => [
          named(alert),
          alert.level,
          state(alert),
          ago(alert.since, now),
          alert.valueText,
          alert.meaning ? `${alert.condition}: ${alert.meaning}` : alert.condition,
          actions(alert, act),
        ]),
      ),
    );
  const sent = outputs(report.outputs, now);
  if (sent) section.append(sent);
  return section;
}
