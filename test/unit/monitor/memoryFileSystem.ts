/** A file system in memory, and a clock that only moves when told: the monitor's ports for tests. */
import { posix } from 'node:path';
import type { Clock, DirectoryEntry, FileStat, FileSystem, IoResult } from '../../../src/monitor/ports';

type Node =
  | { readonly kind: 'file'; bytes: Uint8Array; mtimeMs: number; readonly id: number }
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string };

function failure(
  code: string,
  path: string,
): { readonly ok: false; readonly error: { code: string; message: string } } {
  return { ok: false, error: { code, message: `${code}: ${path}` } };
}

/** POSIX paths; links are followed everywhere but in `list`. Faults can be set per path. */
export class MemoryFileSystem implements FileSystem {
  private readonly nodes = new Map<string, Node>([['/', { kind: 'directory' }]]);
  /** Path → code that every access to it fails with. */
  readonly faults = new Map<string, string>();
  /** Called before each access, with its name and path. */
  onAccess: (what: 'list' | 'stat' | 'read', path: string) => void = () => undefined;
  readonly reads: string[] = [];
  now = 0;

  readonly join = (...parts: readonly string[]): string => posix.join(...parts);

  private ids = 0;

  write(path: string, data: string | Uint8Array, mtimeMs = this.now): void {
    this.folder(posix.dirname(path));
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    const known = this.nodes.get(path);
    const id = known?.kind === 'file' ? known.id : ++this.ids;
    this.nodes.set(path, { kind: 'file', bytes, mtimeMs, id });
  }

  /** Gives a file another name; it stays the same file. */
  rename(from: string, to: string): void {
    const node = this.nodes.get(from);
    if (!node) return;
    this.folder(posix.dirname(to));
    this.nodes.delete(from);
    this.nodes.set(to, node);
  }

  folder(path: string): void {
    for (let at = path; at !== '/'; at = posix.dirname(at))
      if (!this.nodes.has(at)) this.nodes.set(at, { kind: 'directory' });
  }

  link(path: string, target: string): void {
    this.folder(posix.dirname(path));
    this.nodes.set(path, { kind: 'symlink', target });
  }

  delete(path: string): void {
    for (const known of this.nodes.keys()) if (known === path || known.startsWith(`${path}/`)) this.nodes.delete(known);
  }

  /** Resolves every link on the way; null for a loop or what is not there. */
  private real(path: string, depth = 0): string | null {
    if (depth > 20) return null;
    let at = '/';
    for (const part of path.split('/').filter((one) => one !== '')) {
      const next = posix.join(at, part);
      const node = this.nodes.get(next);
      if (!node) return null;
      if (node.kind === 'symlink') {
        const target = this.real(posix.resolve(at, node.target), depth + 1);
        if (target === null) return null;
        at = target;
      } else at = next;
    }
    return at;
  }

  private find(path: string): { readonly path: string; readonly node: Node } | string {
    const fault = this.faults.get(path);
    if (fault !== undefined) return fault;
    const real = this.real(path);
    const node = real === null ? undefined : this.nodes.get(real);
    return real === null || !node ? 'ENOENT' : { path: real, node };
  }

  readonly list = async (dir: string): Promise<IoResult<readonly DirectoryEntry[]>> => {
    this.onAccess('list', dir);
    const found = this.find(dir);
    if (typeof found === 'string') return failure(found, dir);
    if (found.node.kind !== 'directory') return failure('ENOTDIR', dir);
    const below = [...this.nodes].filter(([path]) => path !== '/' && posix.dirname(path) === found.path);
    return { ok: true, value: below.map(([path, node]) => ({ name: posix.basename(path), kind: node.kind })) };
  };

  readonly stat = async (path: string): Promise<IoResult<FileStat>> => {
    this.onAccess('stat', path);
    const found = this.find(path);
    if (typeof found === 'string') return failure(found, path);
    const { node } = found;
    return {
      ok: true,
      value:
        node.kind === 'file'
          ? { kind: 'file', size: node.bytes.length, mtimeMs: node.mtimeMs, id: String(node.id) }
          : { kind: node.kind, size: 0, mtimeMs: 0 },
    };
  };

  readonly realpath = async (path: string): Promise<IoResult<string>> => {
    const real = this.real(path);
    return real === null ? failure('ENOENT', path) : { ok: true, value: real };
  };

  readonly read = async (path: string, maxBytes: number): Promise<IoResult<Uint8Array>> => {
    this.onAccess('read', path);
    this.reads.push(path);
    const found = this.find(path);
    if (typeof found === 'string') return failure(found, path);
    if (found.node.kind !== 'file') return failure('EISDIR', path);
    return found.node.bytes.length > maxBytes ? failure('ETOOBIG', path) : { ok: true, value: found.node.bytes };
  };

  readonly readRange = async (path: string, from: number, maxBytes: number): Promise<IoResult<Uint8Array>> => {
    this.onAccess('read', path);
    this.reads.push(path);
    const found = this.find(path);
    if (typeof found === 'string') return failure(found, path);
    if (found.node.kind !== 'file') return failure('EISDIR', path);
    return { ok: true, value: found.node.bytes.subarray(from, from + maxBytes) };
  };

  readonly writeAtomic = async (path: string, data: string | Uint8Array): Promise<IoResult<void>> => {
    const fault = this.faults.get(path);
    if (fault !== undefined) return failure(fault, path);
    this.write(path, data);
    return { ok: true, value: undefined };
  };

  readonly append = async (path: string, data: string): Promise<IoResult<void>> => {
    const fault = this.faults.get(path) ?? this.faults.get('append');
    if (fault !== undefined) return failure(fault, path);
    const found = this.find(path);
    const before = typeof found === 'string' || found.node.kind !== 'file' ? new Uint8Array() : found.node.bytes;
    this.write(path, new Uint8Array(Buffer.concat([before, Buffer.from(data)])));
    return { ok: true, value: undefined };
  };

  readonly remove = async (path: string): Promise<IoResult<void>> => {
    this.delete(path);
    return { ok: true, value: undefined };
  };
}

/** A file system whose process dies at its n-th change: that change and all later ones do nothing. */
export function dyingAt(
  fs: MemoryFileSystem,
  n: number,
): {
  readonly fs: FileSystem;
  readonly changes: () => number;
  readonly isAlive: () => boolean;
} {
  let changes = 0;
  const dead = { ok: false, error: { code: 'DEAD', message: 'killed' } } as const;
  const alive = () => ++changes < n;
  return {
    changes: () => changes,
    isAlive: () => changes < n,
    fs: {
      join: fs.join,
      list: fs.list,
      stat: fs.stat,
      realpath: fs.realpath,
      read: fs.read,
      readRange: fs.readRange,
      writeAtomic: async (path, data) => (alive() ? fs.writeAtomic(path, data) : dead),
      append: async (path, data) => {
        if (alive()) return fs.append(path, data);
        // The line that was being written is cut.
        if (changes === n) await fs.append(path, data.slice(0, data.length - 3));
        return dead;
      },
      remove: async (path) => (alive() ? fs.remove(path) : dead),
    },
  };
}

export class FakeClock implements Clock {
  private timers: { readonly at: number; readonly run: () => void }[] = [];
  /** Told of each wait that begins. */
  onWait: (ms: number) => void = () => undefined;

  constructor(public time: number) {}

  readonly now = (): number => this.time;

  readonly setTimeout = (run: () => void, ms: number): { readonly dispose: () => void } => {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    this.onWait(ms);
    return {
      dispose: () => {
        this.timers = this.timers.filter((one) => one !== timer);
      },
    };
  };

  get waiting(): number {
    return this.timers.length;
  }

  /** Moves on; timers that fall due run in their order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}
