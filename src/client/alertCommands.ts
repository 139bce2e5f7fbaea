/** What a person does with alerts: snooze, acknowledge, open the cause or the runbook. */
import { type QuickPickItem, window, workspace } from 'vscode';
import type { HandleAlertsParams, HandleAlertsResult, TestOutputsResult } from '../protocol/messages';
import type { AlertReport, Place } from '../report/report';
import { alertStateWords, snoozeWords } from './alertNodes';
import type { Dashboard } from './dashboard';
import { showFailure, showHint, stopped } from './notify';
import { openPlace } from './places';
import type { ReportStore } from './reportStore';
import { openRunbook } from './runbooks';
import type { Server } from './server';

export interface AlertParts {
  readonly store: ReportStore;
  readonly server: Server;
  readonly dashboard: Dashboard;
}

type AlertCommandName =
  | 'snoozeAlert'
  | 'unsnoozeAlert'
  | 'acknowledgeAlert'
  | 'unacknowledgeAlert'
  | 'openAlertCause'
  | 'openAlertRunbook'
  | 'showSnoozedAlerts'
  | 'testAlertOutputs';
type Act = HandleAlertsParams['act'];

/** Tomorrow begins in the morning. */
const MORNING_HOUR = 8;

/** Keys that a tree item, the panel, a notification or a key binding names; null when nothing is named. */
function keysOf(what: unknown): readonly string[] | null {
  if (typeof what === 'string') return [what];
  if (Array.isArray(what)) return what.filter((one): one is string => typeof one === 'string');
  if (typeof what !== 'object' || what === null) return null;
  if ('alertKey' in what && typeof what.alertKey === 'string') return [what.alertKey];
  return 'argument' in what && typeof what.argument === 'string' ? [what.argument] : null;
}

export function alertCommands(parts: AlertParts): Readonly<Record<AlertCommandName, (what?: unknown) => unknown>> {
  const { store, server, dashboard } = parts;
  const alerts = (): readonly AlertReport[] => store.report?.alerts ?? [];

  /** The alerts that are named, or that the user picks of those that fit. */
  const chosen = async (
    what: unknown,
    title: string,
    fits: (alert: AlertReport) => boolean,
  ): Promise<readonly AlertReport[]> => {
    const keys = keysOf(what);
    if (keys) return alerts().filter(({ key }) => keys.includes(key));
    const now = Date.now();
    const items = alerts()
      .filter(fits)
      .map((alert) => ({
        label: `${alert.level} ${alert.displayName}`,
        description: alertStateWords(alert, now),
        detail: `${alert.objective}: ${alert.valueText}`,
        alert,
      }));
    if (items.length === 0) {
      showHint(`There is no alert to choose for “${title}”.`);
      return [];
    }
    const choice = await window.showQuickPick(items, { title, matchOnDescription: true });
    return choice ? [choice.alert] : [];
  };

  const say = async (chosenAlerts: readonly AlertReport[], act: Act): Promise<void> => {
    if (chosenAlerts.length === 0) return;
    const params: HandleAlertsParams = { keys: chosenAlerts.map(({ key }) => key), act };
    const result = await server.request<HandleAlertsResult>('sloLens/handleAlerts', params);
    if (result) store.set(result.report);
    else void showFailure(stopped);
  };

  const isFiring = ({ state }: AlertReport): boolean => state === 'firing';

  return {
    snoozeAlert: async (what) => {
      const named = await chosen(what, 'Snooze alert', ({ snooze }) => snooze === null);
      if (named.length === 0) return;
      const until = await snoozeChoice(named.length === 1 ? (named[0]?.displayName ?? '') : `${named.length} alerts`);
      if (until === 'off') await workspace.getConfiguration('sloLens').update('alerts.notify', false, true);
      else if (until !== undefined) await say(named, { kind: 'snooze', until });
    },
    unsnoozeAlert: async (what) =>
      say(await chosen(what, 'Remove snooze', ({ snooze }) => snooze !== null), { kind: 'unsnooze' }),
    acknowledgeAlert: async (what) =>
      say(await chosen(what, 'Acknowledge alert', (alert) => isFiring(alert) && alert.acknowledgedAt === null), {
        kind: 'acknowledge',
      }),
    unacknowledgeAlert: async (what) =>
      say(await chosen(what, 'Remove acknowledgement', ({ acknowledgedAt }) => acknowledgedAt !== null), {
        kind: 'unacknowledge',
      }),
    openAlertCause: async (what) => {
      const [alert] = await chosen(what, 'Open cause of alert', isFiring);
      if (!alert) return;
      const place = causeOf(parts, alert);
      if (place) await openPlace(place);
      else dashboard.open();
    },
    openAlertRunbook: async (what) => {
      const [alert] = await chosen(what, 'Open runbook of alert', ({ runbook }) => runbook !== null);
      if (alert?.runbook) await openRunbook(alert.runbook);
    },
    showSnoozedAlerts: async () => {
      const now = Date.now();
      const items = alerts()
        .filter(({ snooze }) => snooze !== null)
        .map((alert) => ({
          label: `${alert.level} ${alert.displayName}`,
          description: snoozeWords(alert, now),
          detail: alert.objective,
          picked: true,
          alert,
        }));
      if (items.length === 0) {
        showHint('No alert is snoozed.');
        return;
      }
      const kept = await window.showQuickPick(items, {
        title: 'Snoozed alerts: those that you leave out speak again',
        canPickMany: true,
      });
      if (!kept) return;
      const ended = items.filter((item) => !kept.includes(item)).map(({ alert }) => alert);
      await say(ended, { kind: 'unsnooze' });
    },
    testAlertOutputs: async () => {
      const result = await server.request<TestOutputsResult>('sloLens/testOutputs', {});
      if (!result) void showFailure(stopped);
      else if (result.outputs === 0)
        showHint(
          'No alert output is configured, or the workspace is not trusted. See the setting sloLens.alerts.outputs.',
        );
      else {
        showHint('A test was sent to each alert output. SLO Diagnostics shows how it went.');
        dashboard.open();
      }
    },
  };
}

/** Place of the first cause of the objective that an alert watches; null when there is none. */
export function causeOf({ store }: Pick<AlertParts, 'store'>, alert: AlertReport): Place | null {
  const objective = store.report?.services
    .flatMap((service) => service.objectives)
    .find(({ name }) => name === alert.objective);
  return objective?.causes.find(({ place }) => place !== null)?.place ?? null;
}

interface SnoozeItem extends QuickPickItem {
  readonly until: number | 'change' | 'forever' | 'off';
}

async function snoozeChoice(name: string): Promise<SnoozeItem['until'] | undefined> {
  const now = new Date();
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR);
  const items: readonly SnoozeItem[] = [
    { label: '1 hour', until: now.getTime() + 3_600_000 },
    { label: 'Until tomorrow', description: tomorrow.toLocaleString(), until: tomorrow.getTime() },
    { label: 'Until it changes', description: 'until it ends, or fires', until: 'change' },
    { label: 'For ever in this workspace', description: 'Show Snoozed Alerts takes it back', until: 'forever' },
    { label: 'Show no notifications at all', description: 'setting sloLens.alerts.notify', until: 'off' },
  ];
  const choice = await window.showQuickPick(items, {
    title: `Snooze ${name}`,
    placeHolder: 'The views go on to show it',
  });
  return choice?.until;
}
