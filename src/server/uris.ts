/** URIs of the client and paths of this machine. */
import { basename } from 'node:path';
import { URI } from 'vscode-uri';
import type { Root } from '../monitor/rootFiles';

/** null where it is no file of this machine. */
export function pathOf(uri: string): string | null {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : null;
}

export function uriOfPath(path: string): string {
  return URI.file(path).toString();
}

/** The root of a folder of the workspace; none where it lies elsewhere than on this machine. */
export function rootsOf(folders: readonly { readonly uri: string; readonly name: string }[]): readonly Root[] {
  return folders.flatMap(({ uri, name }) => {
    const path = pathOf(uri);
    return path === null ? [] : [{ name: name || basename(path), uri, path }];
  });
}
