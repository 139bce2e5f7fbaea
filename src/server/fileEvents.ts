/** What the events of the editor's watcher are about. They are hints: what they name is looked at again, nothing is taken from them. */
import { FileChangeType, type FileEvent } from 'vscode-languageserver/node';
import { isPage } from '../analyzer/files/pagePaths';

/**
 * `content`: nothing but what stands in files that are looked at in sweeps; `code`: code or a configuration among others;
 * `files`: others alone.
 * @param isNamed whether the definition in force names a file
 */
export function subjectOf(
  changes: readonly FileEvent[],
  isNamed: (uri: string) => boolean,
): 'content' | 'code' | 'files' {
  const isContent = (event: FileEvent): boolean =>
    event.type === FileChangeType.Changed &&
    !isCode(event) &&
    !event.uri.includes('/.slo-lens/') &&
    (/\/agent_workspaces\/[^/]+\/status\.json$/.test(event.uri) || isNamed(event.uri));
  if (changes.every(isContent)) return 'content';
  return changes.some(isCode) ? 'code' : 'files';
}

function isCode({ uri }: FileEvent): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|py|rs)$/i.test(uri) || isPage(uri) || uri.endsWith('/config.json');
}
