/** Where the server's process keeps its compiled code: a folder for each version of this extension. */
import { type ExtensionContext, Uri, workspace } from 'vscode';

/** null where the editor has no folder of the file system for it. */
export function compileCacheFolder(context: ExtensionContext): string | null {
  return folderOf(context)?.fsPath ?? null;
}

/** Removes what other versions of this extension have left. */
export async function pruneCompileCache(context: ExtensionContext): Promise<void> {
  const own = folderOf(context);
  if (own === null) return;
  const above = Uri.joinPath(own, '..');
  // No folder yet: there is nothing to remove.
  const entries = await workspace.fs.readDirectory(above).then(
    (found) => found,
    () => [],
  );
  for (const [name] of entries)
    if (name !== versionOf(context)) await workspace.fs.delete(Uri.joinPath(above, name), { recursive: true });
}

function folderOf(context: ExtensionContext): Uri | null {
  return context.globalStorageUri.scheme === 'file'
    ? Uri.joinPath(context.globalStorageUri, 'compiled', versionOf(context))
    : null;
}

function versionOf(context: ExtensionContext): string {
  return String((context.extension.packageJSON as { readonly version?: string }).version ?? 'unknown');
}
