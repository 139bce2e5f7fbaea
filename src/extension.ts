/** Entry of the extension: builds the parts and hands every disposable to the editor. */
import type { ExtensionContext } from 'vscode';
import { startClient } from './client/start';
import type { WorkspaceReport } from './report/report';

let stop: (() => Promise<void>) | undefined;

/** What other code may ask of the running extension. */
export interface ExtensionApi {
  /** Registrations that live with the language server; a restart leaves their number as it was. */
  readonly serverRegistrations: () => number;
  /** How long `activate` took, ms of wall time. */
  readonly activationMs: number;
  /** The newest report; null until there is one. */
  readonly report: () => WorkspaceReport | null;
}

/** Called by the editor once per window. Starts the language server and registers views and commands. */
export function activate(context: ExtensionContext): ExtensionApi {
  const started = performance.now();
  const client = startClient(context);
  context.subscriptions.push(client);
  stop = client.stop;
  return {
    serverRegistrations: client.serverRegistrations,
    report: client.report,
    activationMs: performance.now() - started,
  };
}

/** Called when the window closes: ends the server. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
