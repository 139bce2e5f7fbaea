/** Puts the parts of the client together; disposing the result disposes all of them. */
import { commands, type Disposable, type ExtensionContext, window } from 'vscode';
import type { WorkspaceReport } from '../report/report';
import { registerCommands } from './commands';
import { Dashboard } from './dashboard';
import { registerLanguageModelTools } from './languageModelTools';
import { AlertNotifier } from './notify';
import { ReportStore } from './reportStore';
import { Server } from './server';
import { registerStatusBar } from './statusBar';
import { registerTrees } from './trees';

export interface Client extends Disposable {
  readonly stop: () => Promise<void>;
  readonly serverRegistrations: () => number;
  readonly report: () => WorkspaceReport | null;
}

/** Everything is registered at once; the server starts in the background. */
export function startClient(context: ExtensionContext): Client {
  const log = window.createOutputChannel('SLO Lens', { log: true });
  const store = new ReportStore();
  const server = new Server(context, store, log);
  const dashboard = new Dashboard(context, store);
  let grouping: 'severity' | 'file' = context.workspaceState.get('findings.grouping', 'severity');
  const trees = registerTrees(store, () => grouping);
  const setGrouping = (next: 'severity' | 'file'): void => {
    grouping = next;
    void context.workspaceState.update('findings.grouping', next);
    trees.render();
  };
  const owned: Disposable[] = [
    registerCommands({ context, store, server, dashboard, log, setGrouping }),
    new AlertNotifier(store),
    trees,
    registerStatusBar(store),
    registerLanguageModelTools(server),
    dashboard,
    server,
    store,
    log,
  ];
  void commands.executeCommand('setContext', 'sloLens.active', true);
  void server.start();
  return {
    stop: () => server.stop(),
    serverRegistrations: () => server.ownedCount,
    report: () => store.report,
    dispose: () => {
      for (const part of owned) part.dispose();
    },
  };
}
