/** One walk over a root: which files are there. Follows no link out of the root, survives whatever it meets, yields often. */
import { globMatcher } from '../sources/glob';
import { isInside } from './confinement';
import type { Cancellation, FileSystem } from './ports';

export interface WalkedFile {
  /** Relative to the root, forward slashes. */
  readonly path: string;
  readonly absolute: string;
}

/** A file reached through a link that stays in the root. It counts once, where it really lies. */
export interface LinkedFile extends WalkedFile {
  /** Where it lies, relative to the root. */
  readonly real: string;
}

export interface WalkProblem {
  readonly path: string;
  readonly message: string;
}

export interface Walk {
  /** In order of path. */
  readonly files: readonly WalkedFile[];
  /** Other names of files of the root, in order of path: code behind them is not analysed twice. */
  readonly linked: readonly LinkedFile[];
  readonly directories: readonly string[];
  /** Folders left out by name, with how many there were. */
  readonly skippedFolders: Readonly<Record<string, number>>;
  readonly problems: readonly WalkProblem[];
  readonly cancelled: boolean;
}

/** Folders never entered, at any depth: dependencies, version control, caches, environments. */
export const skippedFolderNames: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.yarn',
  '.pnpm-store',
  'bower_components',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.cache',
  '.vscode-test',
]);
const maxFiles = 400_000;

/**
 * Walks a root.
 * @param exclude globs, relative to the root
 * @param within folders, relative to the root, beyond which nothing is walked but `.slo-lens`; empty: the whole root
 * @param before an earlier walk of the root: what is where it was is told by the same objects
 */
export async function walkRoot(
  fs: FileSystem,
  root: string,
  exclude: readonly string[],
  cancellation: Cancellation,
  within: readonly string[] = [],
  before: Walk | null = null,
): Promise<Walk> {
  const isExcluded = excluder(exclude);
  const separator = fs.join('a', 'b').slice(1, -1);
  const folders = within.length === 0 || within.includes('') ? [] : ['.slo-lens', ...within];
  const isInWay = (folder: string): boolean =>
    folders.length === 0 || folders.some((one) => isBelow(folder, one) || isBelow(one, folder));
  const isWithin = (path: string): boolean => folders.length === 0 || folders.some((one) => isBelow(path, one));
  const files: WalkedFile[] = [];
  const linked: LinkedFile[] = [];
  const directories: string[] = [];
  const problems: WalkProblem[] = [];
  const skippedFolders: Record<string, number> = {};
  const rootReal = await fs.realpath(root);
  const seen = new Set<string>(rootReal.ok ? [rootReal.value] : []);
  /** `real`: where the folder lies, of one that is reached through a link. */
  const queue: { readonly absolute: string; readonly path: string; readonly real: string | null }[] = [
    { absolute: root, path: '', real: null },
  ];
  const byPath = (a: WalkedFile, b: WalkedFile): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  const ended = (): Walk => {
    files.sort(byPath);
    linked.sort(byPath);
    return {
      files: sameFiles(files, before?.files ?? []),
      linked,
      directories,
      skippedFolders,
      problems,
      cancelled: cancellation.isCancelled(),
    };
  };
  for (let next = queue.shift(); next && !cancellation.isCancelled(); next = queue.shift()) {
    const listed = await fs.list(next.absolute);
    if (!listed.ok) {
      if (listed.error.code !== 'ENOENT')
        problems.push({ path: next.path, message: `The folder cannot be read: ${listed.error.message}` });
      continue;
    }
    const entries = [...listed.value].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const below: typeof queue = [];
    for (const entry of entries) {
      const path = next.path === '' ? entry.name : flat(next.path, '/', entry.name);
      const absolute = flat(next.absolute, next.absolute.endsWith(separator) ? '' : separator, entry.name);
      let { kind } = entry;
      let behind = next.real === null ? null : next.real === '' ? entry.name : `${next.real}/${entry.name}`;
      if (kind === 'symlink') {
        const real = await fs.realpath(absolute);
        // A loop, a broken link, or a way out of the root.
        if (!real.ok || !rootReal.ok || !isInside(real.value, rootReal.value)) continue;
        const target = await fs.stat(absolute);
        if (!target.ok) continue;
        kind = target.value.kind;
        behind = real.value.slice(rootReal.value.length).replaceAll('\\', '/').replace(/^\//, '');
        if (behind.split('/').some((part) => skippedFolderNames.has(part))) continue;
        if (kind === 'directory') {
          if (seen.has(real.value)) continue;
          seen.add(real.value);
        }
      }
      if (kind === 'directory') {
        if (!isInWay(path)) continue;
        if (skippedFolderNames.has(entry.name)) {
          skippedFolders[entry.name] = (skippedFolders[entry.name] ?? 0) + 1;
          continue;
        }
        if (isExcluded(path)) continue;
        directories.push(path);
        below.push({ absolute, path, real: behind });
      } else if (kind === 'file' && isWithin(path) && !isExcluded(path)) {
        if (behind === null) files.push({ path, absolute });
        else linked.push({ path, absolute, real: behind });
        if (files.length + linked.length >= maxFiles) {
          problems.push({ path, message: `More than ${maxFiles} files: the rest of the folder is left out` });
          return ended();
        }
      }
    }
    queue.unshift(...below);
  }
  return ended();
}

/** Files in order of path, those of before where they are the same: who keeps some of them does not keep two. */
function sameFiles(files: readonly WalkedFile[], before: readonly WalkedFile[]): readonly WalkedFile[] {
  let at = 0;
  return files.map((file) => {
    for (let known = before[at]; known && known.path < file.path; known = before[at]) at++;
    const known = before[at];
    return known?.path === file.path && known.absolute === file.absolute ? known : file;
  });
}

/** A path of its own: a sum of strings keeps its parts beside it, which of each file of a large workspace is much. */
function flat(folder: string, separator: string, name: string): string {
  return [folder, name].join(separator);
}

/** Tests a relative path against globs of files and folders; a folder takes all that is in it along. */
export function excluder(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return globMatcher(globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]));
}

/** Is a path the folder or below it? Both relative, forward slashes. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
