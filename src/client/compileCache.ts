/**
 * Where the server's process keeps its compiled code, so that the next start does not compile it again: a third of the start.
 * Node from 22.1 on does it by itself; an older one, and one that is told otherwise, knows nothing of it.
 */
import { type ExtensionContext, Uri, workspace } from 'vscode';

/** Tells the server that the folder is ours: what it starts is not to use it. */
const OWN = 'SLO_LENS_COMPILE_CACHE';

/** Environment of the server's process. */
export function compileCacheEnvironment(context: ExtensionContext): Readonly<Record<string, string>> {
  const folder = folderOf(context);
  // Who has named another folder means that one.
  return folder === null || process.env.NODE_COMPILE_CACHE !== undefined
    ? {}
    : { NODE_COMPILE_CACHE: folder.fsPath, [OWN]: '1' };
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
