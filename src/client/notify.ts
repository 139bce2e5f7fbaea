/** The one file that shows notifications: few, once, and never for what the views show anyway. */
import { commands, Uri, window, workspace } from 'vscode';
import type { AnnouncementReport, WorkspaceReport } from '../report/report';
import { isInWorkspace, withoutLinks } from './words';

/**
 * Shows what the server announces, each once. Grouping, flap damping and memory of incidents are the engine's; what is
 * left to decide here is how loud: P1 as an error, P2 once per alert until the window closes, P3 never, and the end of
 * an alert only where its beginning was shown.
 */
export class AlertNotifier {
  private readonly seen = new Set<string>();
  /** Alerts whose fire was shown in this window. */
  private readonly shown = new Set<string>();

  update(report: WorkspaceReport): void {
    const fresh = report.announcements.filter(({ id }) => !this.seen.has(id)).reverse();
    for (const { id } of fresh) this.seen.add(id);
    const current = new Set(report.announcements.map(({ id }) => id));
    for (const id of this.seen) if (!current.has(id)) this.seen.delete(id);
    if (!workspace.getConfiguration('sloLens').get('alerts.notify', true)) return;
    for (const announcement of fresh) if (this.isToShow(announcement)) void this.show(announcement);
  }

  private isToShow({ kind, level, alerts }: AnnouncementReport): boolean {
    if (level === 'P3') return false;
    const known = alerts.every((key) => this.shown.has(key));
    if (kind === 'resolve' || kind === 'resolve-no-data') return level === 'P1' && known;
    if (kind === 'flapping') return true;
    for (const key of alerts) this.shown.add(key);
    return level === 'P1' || !known;
  }

  private async show({ kind, level, text: said, runbook }: AnnouncementReport): Promise<void> {
    const text = withoutLinks(said);
    const actions = ['Show', ...(runbook && isInWorkspace(runbook) ? ['Runbook'] : []), 'Do Not Notify'];
    const isOver = kind === 'resolve' || kind === 'resolve-no-data';
    const choice = await (isOver
      ? window.showInformationMessage(text)
      : level === 'P1'
        ? window.showErrorMessage(text, ...actions)
        : window.showWarningMessage(text, ...actions));
    if (choice === 'Show') await commands.executeCommand('sloLens.openDashboard');
    if (choice === 'Do Not Notify') await workspace.getConfiguration('sloLens').update('alerts.notify', false, true);
    const folder = workspace.workspaceFolders?.[0];
    if (choice === 'Runbook' && runbook && folder && isInWorkspace(runbook))
      await openIfThere(Uri.joinPath(folder.uri, runbook), runbook);
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
  return window.showErrorMessage(withoutLinks(message), ...actions);
}

export function showHint(message: string): void {
  void window.showInformationMessage(withoutLinks(message));
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
