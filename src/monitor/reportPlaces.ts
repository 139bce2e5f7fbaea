/** Places in files as reports name them. */
import type { Place } from '../report/report';
import type { Root } from './rootFiles';

export interface PlaceNames {
  readonly toUri: (path: string) => string;
  readonly join: (...parts: readonly string[]) => string;
  /** Roots of the workspace; how many there are is all that counts. */
  readonly states: { readonly length: number };
}

/** @param line and column start at 1; those of a place at 0 */
export function placeOf(root: Root | null, path: string, line: number, column: number, names: PlaceNames): Place {
  const absolute = root ? names.join(root.path, ...path.split('/')) : path;
  return {
    uri: names.toUri(absolute),
    path: displayPath(root, path, names),
    line: Math.max(0, line - 1),
    column: Math.max(0, column - 1),
  };
}

/** With several roots a path names its root first. */
export function displayPath(root: Root | null, path: string, { states }: Pick<PlaceNames, 'states'>): string {
  return root && states.length > 1 ? `${root.name}/${path}` : path;
}

export const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
