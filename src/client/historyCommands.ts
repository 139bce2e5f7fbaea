/** Exports the history of the workspace to a file of the user's choice, and imports one. */
import { ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ExportHistoryResult, ImportHistoryParams, ImportHistoryResult } from '../protocol/messages';
import { showFailure, showHint, stopped } from './notify';
import type { Server } from './server';

const filters = { 'SLO Lens history': ['jsonl'] };

function isUri(what: unknown): what is Uri {
  return what instanceof Uri;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A file of the user's choice, or the one that the caller names. */
async function exportHistory(server: Server, to: unknown): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  const day = new Date().toISOString().slice(0, 10);
  const target = isUri(to)
    ? to
    : await window.showSaveDialog({
        title: 'Export history',
        filters,
        ...(folder ? { defaultUri: Uri.joinPath(folder.uri, `slo-history-${day}.jsonl`) } : {}),
      });
  if (!target) return;
  const result = await server.request<ExportHistoryResult>('sloLens/exportHistory', {});
  if (!result) {
    void showFailure(stopped);
    return;
  }
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(result.text));
  } catch (error) {
    void showFailure(`The history was not exported: ${messageOf(error)}`);
    return;
  }
  const [problem] = result.problems;
  if (problem) void showFailure(`The history was exported, but not all of it: ${problem}`);
  else showHint(`The history was exported to ${workspace.asRelativePath(target)}.`);
}

async function importHistory(server: Server, from: unknown): Promise<void> {
  const [file] = isUri(from) ? [from] : ((await window.showOpenDialog({ title: 'Import history', filters })) ?? []);
  if (!file) return;
  let text: string;
  try {
    text = new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch (error) {
    void showFailure(`The history was not imported: ${messageOf(error)}`);
    return;
  }
  const params: ImportHistoryParams = { text };
  const result = await window.withProgress(
    { location: ProgressLocation.Window, title: 'SLO Lens: importing history' },
    () => server.request<ImportHistoryResult>('sloLens/importHistory', params),
  );
  if (!result) void showFailure(stopped);
  else if (result.ok) showHint(`${result.message}.`);
  else void showFailure(`The history was not imported: ${result.message}`);
}

export function historyCommands(
  server: Server,
): Readonly<Record<'exportHistory' | 'importHistory', (what?: unknown) => Promise<void>>> {
  return {
    exportHistory: (to) => exportHistory(server, to),
    importHistory: (from) => importHistory(server, from),
  };
}
