/** One walk over a root: which files are there. Follows no link out of the root, survives whatever it meets, yields often. */
import picomatch from 'picomatch';
import type { Cancellation, FileSystem } from './ports';

export interface WalkedFile {
  /** Relative to the root, forward slashes. */
  readonly path: string;
  readonly absolute: string;
}

export interface WalkProblem {
  readonly path: string;
  readonly message: string;
}

export interface Walk {
  /** In order of path. */
  readonly files: readonly WalkedFile[];
  readonly directories: readonly string[];
  /** Folders left out by name, with how many there were. */
  readonly skippedFolders: Readonly<Record<string, number>>;
  readonly problems: readonly WalkProblem[];
  readonly cancelled: boolean;
}

/** Folders never entered, at any depth: dependencies, version control, caches, environments. */
const skipped = new Set([
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
 */
export async function walkRoot(
  fs: FileSystem,
  root: string,
  exclude: readonly string[],
  cancellation: Cancellation,
): Promise<Walk> {
  const isExcluded = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : () => false;
  const files: WalkedFile[] = [];
  const directories: string[] = [];
  const problems: WalkProblem[] = [];
  const skippedFolders: Record<string, number> = {};
  const rootReal = await fs.realpath(root);
  const seen = new Set<string>(rootReal.ok ? [rootReal.value] : []);
  const queue: { readonly absolute: string; readonly path: string }[] = [{ absolute: root, path: '' }];
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
      const path = next.path === '' ? entry.name : `${next.path}/${entry.name}`;
      const absolute = fs.join(next.absolute, entry.name);
      let { kind } = entry;
      if (kind === 'symlink') {
        const real = await fs.realpath(absolute);
        // A loop, a broken link, or a way out of the root.
        if (!real.ok || !rootReal.ok || !isInside(real.value, rootReal.value)) continue;
        const target = await fs.stat(absolute);
        if (!target.ok) continue;
        kind = target.value.kind;
        if (kind === 'directory') {
          if (seen.has(real.value)) continue;
          seen.add(real.value);
        }
      }
      if (kind === 'directory') {
        if (skipped.has(entry.name)) {
          skippedFolders[entry.name] = (skippedFolders[entry.name] ?? 0) + 1;
          continue;
        }
        if (isExcluded(path) || isExcluded(`${path}/`)) continue;
        directories.push(path);
        below.push({ absolute, path });
      } else if (kind === 'file' && !isExcluded(path)) {
        files.push({ path, absolute });
        if (files.length >= maxFiles) {
          problems.push({ path, message: `More than ${maxFiles} files: the rest of the folder is left out` });
          return { files, directories, skippedFolders, problems, cancelled: cancellation.isCancelled() };
        }
      }
    }
    queue.unshift(...below);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { files, directories, skippedFolders, problems, cancelled: cancellation.isCancelled() };
}

function isInside(path: string, root: string): boolean {
  return (
    path === root ||
    path.startsWith(root.endsWith('/') || root.endsWith('\\') ? root : `${root}${root.includes('\\') ? '\\' : '/'}`)
  );
}
