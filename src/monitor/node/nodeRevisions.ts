/** Files of an earlier commit, straight from git's objects: no checkout, no hook, no filter of the repository runs. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DirectoryEntry, FileStat, FileSystem, GitRevisions, IoResult } from '../ports';
import { gitEnvironment, gitOptions } from './nodeGit';

const timeoutMs = 60_000;
/** Contents are fetched in stretches of this many files or bytes, in the order of paths, in which a scan asks. */
const chunkFiles = 200;
const chunkBytes = 32 * 1024 * 1024;

interface Blob {
  readonly path: string;
  readonly id: string;
  readonly size: number;
}

function failure<T>(code: string, message: string): IoResult<T> {
  return { ok: false, error: { code, message } };
}

/** Runs git and gives its output whole; an error's message is the first line of what git said. */
function run(root: string, args: readonly string[], input = ''): Promise<IoResult<Buffer>> {
  return new Promise((resolve) => {
    const child = spawn('git', [...gitOptions, ...args], {
      cwd: root,
      env: gitEnvironment,
      timeout: timeoutMs,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(0, 4000);
    });
    child.once('error', (error) => resolve(failure('EGIT', error.message)));
    child.once('close', (code) => {
      if (code === 0) resolve({ ok: true, value: Buffer.concat(out) });
      else resolve(failure('EGIT', said.split('\n')[0]?.replace(/^fatal: /, '') || `git ended with ${code}`));
    });
    // Git may end before it has read everything; its exit code tells.
    child.stdin.on('error', () => child.stdin.destroy());
    child.stdin.end(input);
  });
}

/** Entries of `ls-tree -r -l -z`: files only; links and submodules are left out. */
function blobsOf(listing: string): readonly Blob[] {
  return listing.split('\0').flatMap((entry) => {
    const match = /^100\d{3} blob ([0-9a-f]{40,64}) +(\d+)\t([\s\S]+)$/.exec(entry);
    const [, id, size, path] = match ?? [];
    return id === undefined || path === undefined ? [] : [{ id, path, size: Number(size) }];
  });
}

/** Contents of `cat-file --batch`: a line `id blob size`, the bytes, a line end. */
function contentsOf(output: Buffer): readonly Uint8Array[] {
  const contents: Uint8Array[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [, kind, size] = output.toString('latin1', at, end).split(' ');
    const length = kind === 'blob' ? Number(size) : 0;
    contents.push(output.subarray(end + 1, end + 1 + length));
    at = end + 1 + (kind === 'blob' ? length + 1 : 0);
  }
  return contents;
}

/** A time long past that stands for the content: ten digits of its id. */
function timeOf({ id }: Blob): number {
  return Number.parseInt(id.slice(0, 10), 16);
}

/** Files of a kind lie together: a scan asks for manifests first, then for scripts. */
function kindOf(path: string): string {
  return path.endsWith('.json') ? 'json' : 'other';
}

class RevisionFiles implements FileSystem {
  readonly join = join;
  private readonly blobs: ReadonlyMap<string, Blob>;
  private readonly folders = new Map<string, Map<string, DirectoryEntry>>();
  private readonly ordered: readonly Blob[];
  private loaded = new Map<string, Uint8Array>();

  constructor(
    private readonly root: string,
    blobs: readonly Blob[],
  ) {
    this.blobs = new Map(blobs.map((blob) => [join(root, ...blob.path.split('/')), blob]));
    this.ordered = [...blobs].sort((a, b) => (a.path < b.path ? -1 : 1));
    this.folders.set(root, new Map());
    for (const { path } of blobs) {
      const parts = path.split('/');
      for (let depth = 0; depth < parts.length; depth++) {
        const folder = join(root, ...parts.slice(0, depth));
        const name = parts[depth] ?? '';
        const entries = this.folders.get(folder) ?? new Map<string, DirectoryEntry>();
        this.folders.set(folder, entries.set(name, { name, kind: depth === parts.length - 1 ? 'file' : 'directory' }));
      }
    }
  }

  readonly list = async (dir: string): Promise<IoResult<readonly DirectoryEntry[]>> => {
    const entries = this.folders.get(dir);
    return entries ? { ok: true, value: [...entries.values()] } : failure('ENOENT', `${dir} is not in the commit`);
  };

  readonly stat = async (path: string): Promise<IoResult<FileStat>> => {
    const blob = this.blobs.get(path);
    if (blob) return { ok: true, value: { kind: 'file', size: blob.size, mtimeMs: timeOf(blob) } };
    return this.folders.has(path)
      ? { ok: true, value: { kind: 'directory', size: 0, mtimeMs: 0 } }
      : failure('ENOENT', `${path} is not in the commit`);
  };

  readonly realpath = async (path: string): Promise<IoResult<string>> =>
    this.blobs.has(path) || this.folders.has(path)
      ? { ok: true, value: path }
      : failure('ENOENT', `${path} is not in the commit`);

  readonly read = async (path: string, maxBytes: number): Promise<IoResult<Uint8Array>> => {
    const blob = this.blobs.get(path);
    if (!blob) return failure('ENOENT', `${path} is not in the commit`);
    if (blob.size > maxBytes)
      return failure('ETOOBIG', `the file has ${blob.size} bytes; at most ${maxBytes} are read`);
    if (!this.loaded.has(blob.path)) {
      const fetched = await this.fetch(blob);
      if (!fetched.ok) return fetched;
    }
    const bytes = this.loaded.get(blob.path);
    return bytes ? { ok: true, value: bytes } : failure('EGIT', `${path} is not in the repository`);
  };

  readonly readRange = async (path: string, from: number, maxBytes: number): Promise<IoResult<Uint8Array>> => {
    const whole = await this.read(path, Number.POSITIVE_INFINITY);
    return whole.ok ? { ok: true, value: whole.value.subarray(from, from + maxBytes) } : whole;
  };

  /** Loads the blob and those that are likely to be asked for next; what was loaded before is dropped. */
  private async fetch(first: Blob): Promise<IoResult<void>> {
    const wanted: Blob[] = [];
    let bytes = 0;
    for (let at = this.ordered.indexOf(first); at < this.ordered.length && wanted.length < chunkFiles; at++) {
      const blob = this.ordered[at];
      if (!blob || kindOf(blob.path) !== kindOf(first.path)) continue;
      if (wanted.length > 0 && bytes + blob.size > chunkBytes) break;
      wanted.push(blob);
      bytes += blob.size;
    }
    const output = await run(this.root, ['cat-file', '--batch'], `${wanted.map(({ id }) => id).join('\n')}\n`);
    if (!output.ok) return output;
    const contents = contentsOf(output.value);
    this.loaded = new Map(
      wanted.flatMap(({ path, size }, index) => {
        const content = contents[index];
        return content && content.length === size ? [[path, content] as const] : [];
      }),
    );
    return { ok: true, value: undefined };
  }

  readonly writeAtomic = async (path: string): Promise<IoResult<void>> => failure('EROFS', `${path} is of a commit`);
  readonly append = async (path: string): Promise<IoResult<void>> => failure('EROFS', `${path} is of a commit`);
  readonly remove = async (path: string): Promise<IoResult<void>> => failure('EROFS', `${path} is of a commit`);
}

/** Longer histories are searched in their newer part. */
const maxCommits = 100_000;

export const nodeRevisions: GitRevisions = {
  commits: async (root) => {
    const listed = await run(root, ['rev-list', '--first-parent', `--max-count=${maxCommits}`, 'HEAD', '--', '.']);
    return listed.ok
      ? {
          ok: true,
          value: listed.value
            .toString('utf8')
            .split('\n')
            .filter((id) => id !== ''),
        }
      : listed;
  },
  describe: async (root, commit) => {
    const said = await run(root, ['log', '-1', '--no-show-signature', '--format=%H%x00%P%x00%ct%x00%an%x00%s', commit]);
    if (!said.ok) return said;
    const [id = commit, parents = '', seconds, author = '', subject = ''] = said.value
      .toString('utf8')
      .replace(/\n$/, '')
      .split('\0');
    return {
      ok: true,
      value: {
        id,
        subject,
        author,
        at: Number(seconds) * 1000,
        parents: parents.split(' ').filter((one) => one !== '').length,
      },
    };
  },
  isShallow: async (root) => {
    const said = await run(root, ['rev-parse', '--is-shallow-repository']);
    return said.ok ? { ok: true, value: said.value.toString('utf8').trim() === 'true' } : said;
  },
  mergeBase: async (root, revision) => {
    const commit = await run(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    if (!commit.ok) return failure('EGIT', `${revision} names no commit here`);
    const base = await run(root, ['merge-base', commit.value.toString('utf8').trim(), 'HEAD']);
    return base.ok
      ? { ok: true, value: base.value.toString('utf8').trim() }
      : failure('EGIT', `${revision} and HEAD have no commit in common; of a shallow clone, fetch more of its history`);
  },
  filesAt: async (root, commit) => {
    const listing = await run(root, ['ls-tree', '-r', '-l', '-z', commit]);
    if (!listing.ok) return listing;
    return { ok: true, value: new RevisionFiles(root, blobsOf(listing.value.toString('utf8'))) };
  },
};
