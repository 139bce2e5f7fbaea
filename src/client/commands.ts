/** Every command, in one exhaustive table that the manifest test holds against package.json. */

import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import {
  type CancellationToken,
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from 'vscode';
import { countsFindings } from '../page/words';
import type {
  AnalyzeWorkspaceResult,
  DebugInformationResult,
  DefinitionTextResult,
  ExplainParams,
  ExplainResult,
  ExportFormat,
  ExportResult,
  FirstCrossingResult,
  RefreshResult,
} from '../protocol/messages';
import { alertCommands } from './alertCommands';
import type { Dashboard } from './dashboard';
import { historyCommands } from './historyCommands';
import { confirmCommands, offerToOpen, showFailure, showHint, stopped } from './notify';
import { applyFix, openPlace } from './places';
import { draftPostMortem } from './postMortem';
import type { ReportStore } from './reportStore';
import { readSettings, type Server } from './server';

export interface Parts {
  readonly context: ExtensionContext;
  readonly store: ReportStore;
  readonly server: Server;
  readonly dashboard: Dashboard;
  readonly log: LogOutputChannel;
  readonly setGrouping: (grouping: 'severity' | 'file') => void;
}

/** Names as in the manifest, without the prefix. */
export const commandNames = [
  'refreshSnapshots',
  'analyzeWorkspace',
  'openDashboard',
  'createDefinition',
  'explainFinding',
  'findFirstCrossing',
  'exportReport',
  'restartServer',
  'showLog',
  'copyDebugInformation',
  'groupFindingsByFile',
  'groupFindingsBySeverity',
  'openPlace',
  'applyFix',
  'showObjective',
  'snoozeAlert',
  'unsnoozeAlert',
  'acknowledgeAlert',
  'unacknowledgeAlert',
  'openAlertCause',
  'openAlertRunbook',
  'showSnoozedAlerts',
  'testAlertOutputs',
  'exportHistory',
  'importHistory',
  'draftPostMortem',
] as const;
type CommandName = (typeof commandNames)[number];

export function registerCommands(parts: Parts): Disposable {
  const { store, server, dashboard, log, context } = parts;
  const table: Readonly<Record<CommandName, (...args: readonly unknown[]) => unknown>> = {
    refreshSnapshots: () => refresh(parts),
    analyzeWorkspace: () =>
      window.withProgress(
        { location: ProgressLocation.Notification, title: 'SLO Lens: analyzing the workspace', cancellable: true },
        async (_progress, token) => {
          const result = await server.request<AnalyzeWorkspaceResult>('sloLens/analyzeWorkspace', {}, token);
          if (!result) void showFailure(stopped);
          else store.set(result.report);
        },
      ),
    openDashboard: () => dashboard.open(),
    createDefinition: () => createDefinition(server),
    explainFinding: (what) => explain(server, what),
    findFirstCrossing: (what) => findFirstCrossing(parts, what),
    exportReport: () => exportReport(server),
    restartServer: () =>
      window.withProgress({ location: ProgressLocation.Window, title: 'SLO Lens: restarting' }, () => server.restart()),
    showLog: () => log.show(),
    copyDebugInformation: async () => {
      const result = await server.request<DebugInformationResult>('sloLens/debugInformation', {});
      const extension = context.extension.packageJSON as { readonly version?: string };
      await env.clipboard.writeText(`SLO Lens ${extension.version ?? ''}\n${result?.text ?? stopped}`);
      showHint('Debug information is in the clipboard.');
    },
    groupFindingsByFile: () => parts.setGrouping('file'),
    groupFindingsBySeverity: () => parts.setGrouping('severity'),
    openPlace: (place) => openPlace(place),
    applyFix: (what) => applyFix(what, server),
    showObjective: (what) => {
      const name = typeof what === 'object' && what !== null && 'argument' in what ? what.argument : null;
      if (typeof name === 'string') dashboard.show(name);
      else dashboard.open();
    },
    ...historyCommands(server),
    draftPostMortem: (what) => draftPostMortem(what, { store, server }),
    ...alertCommands({ store, server, dashboard }),
  };
  const registered = commandNames.map((name) => commands.registerCommand(`sloLens.${name}`, table[name]));
  return {
    dispose: () => {
      for (const one of registered) one.dispose();
    },
  };
}

async function refresh({ context, server, store, dashboard }: Parts): Promise<void> {
  const list = workspace.isTrusted ? await refreshCommands() : [];
  const confirmed = context.workspaceState.get<string>('refresh.confirmed');
  if (list.length > 0 && confirmed !== list.join('\n')) {
    if (!(await confirmCommands(list))) return;
    await context.workspaceState.update('refresh.confirmed', list.join('\n'));
  }
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'SLO Lens: refreshing snapshots', cancellable: true },
    (_progress, token: CancellationToken) => server.request<RefreshResult>('sloLens/refresh', {}, token),
  );
  if (!result) {
    void showFailure(stopped);
    return;
  }
  store.set(result.report);
  if (result.refresh.state !== 'failed') return;
  // The command is done; what the user does with the message is another matter.
  void showFailure(result.refresh.message, 'Show Output').then((choice) => {
    if (choice === 'Show Output') dashboard.open();
  });
}

/** Commands of the configuration files, or of the settings. */
async function refreshCommands(): Promise<readonly string[]> {
  const own: string[] = [];
  for (const folder of workspace.workspaceFolders ?? []) {
    const file = Uri.joinPath(folder.uri, '.slo-lens', 'config.json');
    // No file, or one that the server reports with its place: there is nothing to confirm.
    const bytes = await workspace.fs.readFile(file).then(
      (found) => found,
      () => undefined,
    );
    const commands = bytes ? refreshCommandsOf(new TextDecoder().decode(bytes)) : [];
    own.push(...commands);
  }
  return own.length > 0 ? own : readSettings().refreshCommands;
}

function refreshCommandsOf(text: string): readonly string[] {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, ['refresh', 'commands']);
  return (node?.children ?? []).flatMap((child) => (child.type === 'string' ? [String(child.value)] : []));
}

async function createDefinition(server: Server): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) return;
  const target = Uri.joinPath(folder.uri, '.slo-lens', 'slo.yaml');
  const exists = await workspace.fs.stat(target).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const result = await server.request<DefinitionTextResult>('sloLens/definitionText', {});
    if (!result) {
      void showFailure(stopped);
      return;
    }
    await workspace.fs.writeFile(target, new TextEncoder().encode(result.text));
  }
  await window.showTextDocument(target);
}

async function explain(server: Server, what: unknown): Promise<void> {
  const editor = window.activeTextEditor;
  // Called from a tree item, with a kind, or on the line of the cursor.
  const kind =
    typeof what === 'string'
      ? what
      : typeof what === 'object' && what !== null && 'argument' in what && typeof what.argument === 'string'
        ? what.argument
        : undefined;
  const params: ExplainParams | undefined =
    kind !== undefined
      ? { kind }
      : editor
        ? { uri: editor.document.uri.toString(), line: editor.selection.active.line }
        : undefined;
  const page = params ? await server.request<ExplainResult>('sloLens/explain', params) : null;
  if (!page) {
    showHint('Nothing is reported on this line.');
    return;
  }
  await preview(page.markdown);
}

/** The commit that crossed the limit of an objective: of a tree item, of a name, or of what the user picks. */
async function findFirstCrossing({ store, server }: Parts, what: unknown): Promise<void> {
  const given =
    typeof what === 'object' && what !== null && 'argument' in what && typeof what.argument === 'string'
      ? what.argument
      : what;
  const objective = typeof given === 'string' ? given : await pickCrossed(store);
  if (objective === undefined) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'SLO Lens: looking for the commit', cancellable: true },
    (_progress, token) => server.request<FirstCrossingResult>('sloLens/firstCrossing', { objective }, token),
  );
  if (!result) void showFailure(stopped);
  else if (!result.ok) showHint(result.text);
  else await preview(result.text);
}

/** Shows Markdown as it is meant to be read. */
async function preview(markdown: string): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'markdown', content: markdown });
  await commands.executeCommand('markdown.showPreview', document.uri);
}

async function pickCrossed({ report }: ReportStore): Promise<string | undefined> {
  const crossed = (report?.services ?? []).flatMap((service) => service.objectives).filter(countsFindings);
  if (crossed.length === 0) {
    showHint('No objective over findings is violated.');
    return undefined;
  }
  const items = crossed.map(({ name, displayName, valueText, targetText }) => ({
    label: displayName,
    description: `${valueText}, target ${targetText}`,
    name,
  }));
  return (await window.showQuickPick(items, { title: 'Which limit was crossed?' }))?.name;
}

async function exportReport(server: Server): Promise<void> {
  const formats: readonly { readonly label: string; readonly description: string; readonly format: ExportFormat }[] = [
    { label: 'HTML', description: 'a page with charts to read in a browser, saved as one file', format: 'html' },
    {
      label: 'Markdown',
      description: 'objectives, incidents and findings for an issue or a post-mortem',
      format: 'markdown',
    },
    { label: 'JSON', description: 'the whole report', format: 'json' },
    { label: 'SARIF', description: 'findings for code scanning', format: 'sarif' },
    { label: 'Text', description: 'objectives and findings to read', format: 'text' },
  ];
  const choice = await window.showQuickPick(formats, { title: 'Export report as' });
  if (!choice) return;
  const result = await server.request<ExportResult>('sloLens/export', { format: choice.format });
  if (!result) {
    void showFailure(stopped);
    return;
  }
  if (choice.format === 'html') {
    await saveReport(result.text);
    return;
  }
  await window.showTextDocument(
    await workspace.openTextDocument({ language: result.languageId, content: result.text }),
  );
}

/** A page is of use as a file only: it is saved where the user says, and may be opened in the browser. */
async function saveReport(text: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder ? { defaultUri: Uri.joinPath(folder, 'slo-report.html') } : {}),
    filters: { HTML: ['html'] },
    title: 'Save the report',
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void showFailure(`The report cannot be saved: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  if (await offerToOpen('The report is saved.')) await env.openExternal(target);
}
