/** The one file that shows notifications: few, once, and never for what the views show anyway. */
import { commands, type Disposable, debug, window, workspace } from 'vscode';
import type { AnnouncementReport } from '../report/report';
import { Announcer } from './announcer';
import type { ReportStore } from './reportStore';
import { withoutLinks } from './words';

/** Said where a request finds no server. */
export const stopped = 'The language server is not running. Run SLO Lens: Restart Server, or look at the log.';

/** Shows what the server announces. What the user chooses there are commands, as in the views. */
export class AlertNotifier implements Disposable {
  private readonly announcer = new Announcer();
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly store: ReportStore) {
    const update = (): void => this.update();
    this.subscriptions = [
      store.onDidChange(update),
      // What was held back is told when it is over.
      debug.onDidTerminateDebugSession(update),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('sloLens.alerts') && update()),
    ];
  }

  private update(): void {
    const { report } = this.store;
    if (!report) return;
    const config = workspace.getConfiguration('sloLens');
    const isDebugging = debug.activeDebugSession !== undefined && config.get('alerts.quietWhileDebugging', true);
    const loudness = {
      notify: config.get('alerts.notify', true),
      quiet: isDebugging || config.get('alerts.presentationMode', false),
    };
    for (const announcement of this.announcer.update(report, loudness)) void this.show(announcement);
  }

  private async show({ kind, level, text: said, alerts, runbook }: AnnouncementReport): Promise<void> {
    const text = withoutLinks(said);
    if (kind === 'resolve' || kind === 'resolve-no-data') {
      void window.showInformationMessage(text);
      return;
    }
    const [first] = alerts;
    const single = alerts.length === 1 && first !== undefined;
    const actions = [
      single ? 'Open Cause' : 'Show',
      'Snooze…',
      'Acknowledge',
      ...(single && runbook ? ['Runbook'] : []),
    ];
    const choice = await (level === 'P1'
      ? window.showErrorMessage(text, ...actions)
      : window.showWarningMessage(text, ...actions));
    const command = choice === undefined ? undefined : actionCommands[choice];
    if (command) await commands.executeCommand(command, alerts);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

const actionCommands: Readonly<Record<string, string>> = {
  'Open Cause': 'sloLens.openAlertCause',
  Show: 'sloLens.openDashboard',
  'Snooze…': 'sloLens.snoozeAlert',
  Acknowledge: 'sloLens.acknowledgeAlert',
  Runbook: 'sloLens.openAlertRunbook',
};

export function showFailure(message: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return window.showErrorMessage(withoutLinks(message), ...actions);
}

export function showHint(message: string): void {
  void window.showInformationMessage(withoutLinks(message));
}

/** Says that a file was written, and asks whether to open it. */
export async function offerToOpen(message: string): Promise<boolean> {
  return (await window.showInformationMessage(message, 'Open in Browser')) !== undefined;
}

/** Asks before refresh commands run for the first time in this workspace. */
export async function confirmCommands(list: readonly string[]): Promise<boolean> {
  const choice = await window.showWarningMessage(
    'Refresh Snapshots runs these commands in this workspace:',
    { modal: true, detail: list.join('\n') },
    'Run',
  );
  return choice === 'Run';
}
