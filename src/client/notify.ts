/** The one file that shows notifications: few, once, and never for what the views show anyway. */
import { commands, type Memento, Uri, window, workspace } from 'vscode';
import type { AlertReport, WorkspaceReport } from '../report/report';

/** Told at most once per incident; P2 once per alert until the window closes; P3 never. */
export class AlertNotifier {
  private readonly told = new Set<string>();

  constructor(private readonly memory: Memento) {}

  update(report: WorkspaceReport): void {
    if (!workspace.getConfiguration('sloLens').get('alerts.notify', true)) return;
    const known = new Set(this.memory.get<readonly string[]>('alerts.told', []));
    const firing = report.alerts.filter(
      (alert) => alert.state === 'firing' && alert.inhibitedBy === null && alert.level !== 'P3',
    );
    const fresh = firing.filter((alert) => !this.told.has(alert.key) && !known.has(`${alert.key}@${alert.level}`));
    // An incident that is over may be told again when it comes back.
    void this.memory.update(
      'alerts.told',
      firing.map((alert) => `${alert.key}@${alert.level}`),
    );
    for (const alert of fresh) this.told.add(alert.key);
    const [first] = fresh;
    if (!first) return;
    const worst = fresh.some((alert) => alert.level === 'P1');
    const text =
      fresh.length === 1
        ? `${first.level}: ${first.displayName} (${first.valueText})`
        : `${fresh.length} SLO alerts firing (${fresh
            .map((alert) => alert.displayName)
            .slice(0, 3)
            .join(', ')}${fresh.length > 3 ? ', …' : ''})`;
    void this.show(text, worst, first);
  }

  private async show(text: string, isError: boolean, alert: AlertReport): Promise<void> {
    const actions = ['Show', ...(alert.runbook ? ['Runbook'] : []), 'Do Not Notify'];
    const choice = await (isError
      ? window.showErrorMessage(text, ...actions)
      : window.showWarningMessage(text, ...actions));
    if (choice === 'Show') await commands.executeCommand('sloLens.openDashboard');
    if (choice === 'Do Not Notify') await workspace.getConfiguration('sloLens').update('alerts.notify', false, true);
    const folder = workspace.workspaceFolders?.[0];
    if (choice === 'Runbook' && alert.runbook && folder)
      await openIfThere(Uri.joinPath(folder.uri, alert.runbook), alert.runbook);
  }
}

async function openIfThere(uri: Uri, name: string): Promise<void> {
  try {
    await window.showTextDocument(await workspace.openTextDocument(uri));
  } catch (error) {
    void window.showWarningMessage(
      `The runbook ${name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export function showFailure(message: string, ...actions: readonly string[]): Thenable<string | undefined> {
  return window.showErrorMessage(message, ...actions);
}

export function showHint(message: string): void {
  void window.showInformationMessage(message);
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
