/** Which folder a command works in, and what of it the user asked about. */
import type { PlatformPath } from 'node:path';
import { isBelow, skippedFolderNames } from '../monitor/walk';

export interface Target {
  /** Absolute, native, links resolved. */
  readonly absolute: string;
  readonly isFile: boolean;
}

export interface Scope {
  /** Folder that paths are relative to and whose configuration counts; absolute, native. */
  readonly root: string;
  /** Folders to walk, relative to the root, forward slashes. */
  readonly within: readonly string[];
  /** Is a path, relative to the root, one that was asked about? */
  readonly isSubject: (path: string) => boolean;
}

/**
 * The scope of some files and folders: the nearest folder around all of them that has `.slo-lens`, else their innermost
 * common folder. Neighbours of a file are walked too: they may decide what it leaks.
 * @param hasSettings tells whether a folder has `.slo-lens`
 * @returns null when the targets have no folder in common (two drives)
 */
export function scopeOf(
  targets: readonly Target[],
  path: PlatformPath,
  hasSettings: (folder: string) => boolean,
): Scope | null {
  const folders = targets.map((target) => (target.isFile ? path.dirname(target.absolute) : target.absolute));
  const common = commonFolder(folders, path);
  if (common === null) return null;
  const root = configuredFolder(common, path, hasSettings) ?? common;
  const inRoot = (absolute: string): string => path.relative(root, absolute).split(path.sep).join('/');
  const asked = targets.map((target) => inRoot(target.absolute));
  return {
    root,
    within: folders.map(inRoot),
    isSubject: (candidate) => asked.some((one) => isBelow(candidate, one)),
  };
}

function commonFolder(folders: readonly string[], path: PlatformPath): string | null {
  const [first, ...others] = folders;
  if (first === undefined) return null;
  for (let folder = first; ; folder = path.dirname(folder)) {
    const isAbove = (other: string): boolean => {
      const way = path.relative(folder, other);
      return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
    };
    if (others.every(isAbove)) return folder;
    if (path.dirname(folder) === folder) return null;
  }
}

/** Nearest folder from here upwards that has settings; null when there is none or its walk would never come here. */
function configuredFolder(from: string, path: PlatformPath, hasSettings: (folder: string) => boolean): string | null {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (hasSettings(folder)) return folder;
    if (path.dirname(folder) === folder || skippedFolderNames.has(path.basename(folder))) return null;
  }
}
