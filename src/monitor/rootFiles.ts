/** The files of one root as the readers need them: matched by globs that cannot leave the root, read with a cap, hashed by stat. */
import { globBases, globMatcher } from '../sources/glob';
import type { SourceProblem } from '../sources/problems';
import { environmentMarks, isSourcePath, type LineEndHashes, lineEndHashes } from '../sources/snapshots';
import { staysInside } from './confinement';
import type { FileSystem } from './ports';
import type { Walk, WalkedFile } from './walk';

export interface Root {
  readonly name: string;
  readonly uri: string;
  /** Absolute native path. */
  readonly path: string;
}

/** A file by its root and its path there: with several roots the path alone says too little. */
export interface RootPath {
  readonly root: Root;
  readonly path: string;
}

export interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly mtimeMs: number;
}

/** Largest file that is read whole; logs and heap snapshots are read in parts. */
export const maxFileBytes = 4 * 1024 * 1024;
/** Files looked at before other work gets its turn. */
const stepsPerTurn = 5_000;

/** Files that match any of the globs; a glob with `..` or an absolute path matches nothing. */
export function matching(walk: Walk, globs: readonly string[]): readonly WalkedFile[] {
  const inside = globs.filter((glob) => !glob.split(/[\\/]/).includes('..') && !/^(?:[\\/]|[a-zA-Z]:)/.test(glob));
  if (inside.length === 0) return [];
  const matches = globMatcher(inside);
  const bases = globBases(inside);
  // Most globs begin with a folder: of a large workspace only what lies there is looked at.
  const own = (bases.includes('') ? walk.files : below(walk.files, bases)).filter((file) => matches(file.path));
  // The same file under two names is read once.
  const taken = new Set(own.map((file) => file.path));
  const behindLinks = walk.linked.filter((file) => {
    if (!matches(file.path) || taken.has(file.real)) return false;
    taken.add(file.real);
    return true;
  });
  return [...own, ...behindLinks];
}

/** The files that are one of the paths or lie below it, of files in order of path; in the same order, each once. */
function below(files: readonly WalkedFile[], paths: readonly string[]): readonly WalkedFile[] {
  const found = new Set<number>();
  for (const path of paths) {
    const own = firstFrom(files, path);
    if (files[own]?.path === path) found.add(own);
    for (let index = firstFrom(files, `${path}/`); files[index]?.path.startsWith(`${path}/`); index++) found.add(index);
  }
  return [...found].sort((a, b) => a - b).flatMap((index) => files[index] ?? []);
}

/** Index of the first file whose path is not before the one given. */
function firstFrom(files: readonly WalkedFile[], path: string): number {
  let [from, to] = [0, files.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((files[middle]?.path ?? '') < path) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The file at a path of the walk, also behind a link. */
export function fileAt(walk: Walk, path: string): WalkedFile | undefined {
  const own = walk.files[firstFrom(walk.files, path)];
  return (own?.path === path ? own : undefined) ?? walk.linked.find((file) => file.path === path);
}

/**
 * Reads a text file with its time; too large, binary or unreadable is a problem with its place.
 * @param root folder that no link may lead out of: what a walk saw as a file may be a link by now
 */
export async function readText(fs: FileSystem, file: WalkedFile, root?: string): Promise<ReadFile | SourceProblem> {
  const problem = (kind: string, message: string): SourceProblem => ({
    kind,
    message,
    file: file.path,
    line: 1,
    column: 1,
  });
  const stat = await fs.stat(file.absolute);
  if (!stat.ok) return problem('unreadable', `The file cannot be read: ${stat.error.message}`);
  if (root !== undefined && !(await staysInside(fs, file.absolute, root)))
    return problem('path-escape', 'The file is a link that leads out of the folder; it is not read');
  const read = await fs.read(file.absolute, maxFileBytes);
  if (!read.ok)
    return problem(
      read.error.code === 'ETOOBIG' ? 'too-large' : 'unreadable',
      `The file cannot be read: ${read.error.message}`,
    );
  if (read.value.subarray(0, 4096).includes(0)) return problem('binary', 'The file is binary, not text');
  // Keep the byte order mark: the readers report it.
  return {
    path: file.path,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.value),
    mtimeMs: stat.value.mtimeMs,
  };
}

export function isProblem(value: object): value is SourceProblem {
  return 'kind' in value;
}

/** Hashes of source files, computed again only when size or time changes. */
export class HashStore {
  private readonly known = new Map<
    string,
    { readonly size: number; readonly mtimeMs: number; readonly hashes: LineEndHashes }
  >();

  constructor(private readonly fs: FileSystem) {}

  /** Both line-end hashes of every source file of a walk, by path; and the newest modification time among them. */
  async sources(
    walk: Walk,
  ): Promise<{ readonly hashes: ReadonlyMap<string, LineEndHashes>; readonly newestMs: number | null }> {
    const environments = walk.files
      .filter((file) => environmentMarks.has(file.path.slice(file.path.lastIndexOf('/') + 1)))
      .map((file) => file.path.slice(0, file.path.lastIndexOf('/') + 1));
    const hashes = new Map<string, LineEndHashes>();
    let newestMs: number | null = null;
    let steps = 0;
    for (const file of walk.files) {
      if (++steps % stepsPerTurn === 0) await new Promise((done) => setImmediate(done));
      if (!isSourcePath(file.path) || environments.some((folder) => folder !== '' && file.path.startsWith(folder)))
        continue;
      const stat = await this.fs.stat(file.absolute);
      if (!stat.ok) continue;
      const { size, mtimeMs } = stat.value;
      if (newestMs === null || mtimeMs > newestMs) newestMs = mtimeMs;
      const known = this.known.get(file.absolute);
      if (known && known.size === size && known.mtimeMs === mtimeMs) {
        hashes.set(file.path, known.hashes);
        continue;
      }
      const read = await this.fs.read(file.absolute, 64 * 1024 * 1024);
      if (!read.ok) {
        // What cannot be read is not known to be as recorded: it counts, against.
        if (read.error.code !== 'ENOENT') hashes.set(file.path, { lf: '', crlf: '' });
        continue;
      }
      const both = lineEndHashes(read.value);
      this.known.set(file.absolute, { size, mtimeMs, hashes: both });
      hashes.set(file.path, both);
    }
    return { hashes, newestMs };
  }

  /** Forgets files that a walk no longer finds. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.known.keys()) if (!paths.has(path)) this.known.delete(path);
  }
}
