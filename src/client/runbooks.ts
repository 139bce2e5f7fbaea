/** Runbooks that definitions name. */
import { env, Uri, workspace } from 'vscode';
import { showFailure } from './notify';
import { openPlace } from './places';

/** A runbook is a file of the workspace, or a page that the editor asks about before it opens it. */
export async function openRunbook(runbook: string): Promise<void> {
  if (/^https?:\/\//i.test(runbook)) {
    await env.openExternal(Uri.parse(runbook, true));
    return;
  }
  const tried = workspace.workspaceFolders ?? [];
  for (const folder of tried) {
    const uri = Uri.joinPath(folder.uri, runbook);
    const isThere = await workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    // A definition must not lead out of the workspace.
    if (!isThere || !workspace.getWorkspaceFolder(uri)) continue;
    await openPlace({ uri: uri.toString(), path: runbook, line: 0, column: 0 });
    return;
  }
  void showFailure(`The runbook ${runbook} is not a file of this workspace.`);
}
