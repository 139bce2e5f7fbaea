/** Entry of the extension: builds the parts and hands every disposable to the editor. */
import type { ExtensionContext } from 'vscode';
import { startClient } from './client/start';

let stop: (() => Promise<void>) | undefined;

/** Called by the editor once per window. Starts the language server and registers views and commands. */
export function activate(context: ExtensionContext): void {
  const client = startClient(context);
  context.subscriptions.push(client);
  stop = client.stop;
}

/** Called when the window closes: ends the server. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
