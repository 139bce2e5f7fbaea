/** What the application needs from its shell; injected so that tests and other hosts can supply their own. */

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  readonly mtimeMs: number;
  /** When the file itself or what is known of it changed last: no tool can set it back. Absent where the system has none. */
  readonly ctimeMs?: number;
  /** Which file it is, whatever its name (device and inode); absent where the system does not say. */
  readonly id?: string;
}

/** What is told of each of many files: lent for the call, and no more than is needed to see a change. */
export interface FileLook {
  readonly kind: FileStat['kind'];
  readonly size: number;
  readonly mtimeMs: number;
  readonly id?: string | number | undefined;
}

/** Takes many files one by one, so that no more than one of them is in memory. */
export interface FileVisitor {
  /**
   * @param look null for what is not there or cannot be looked at
   * @returns whether the content is wanted
   */
  readonly look: (index: number, look: FileLook | null) => boolean;
  /** The content that was wanted; the bytes are lent for the call, and are to be given back as they were. */
  readonly take: (index: number, content: IoResult<Uint8Array>) => void;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
}

/** Errors are values: `code` is the system's (`ENOENT`, `EACCES`, `ELOOP`), or `ETOOBIG`, `EBINARY`. */
export interface IoError {
  readonly code: string;
  readonly message: string;
}

export type IoResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: IoError };

/** Paths are absolute and native to the file system; the monitor never joins with anything but `join`. */
export interface FileSystem {
  readonly join: (...parts: readonly string[]) => string;
  readonly list: (dir: string) => Promise<IoResult<readonly DirectoryEntry[]>>;
  /** Follows links. */
  readonly stat: (path: string) => Promise<IoResult<FileStat>>;
  readonly realpath: (path: string) => Promise<IoResult<string>>;
  /** Bytes as they are; refuses above `maxBytes` with `ETOOBIG`. */
  readonly read: (path: string, maxBytes: number) => Promise<IoResult<Uint8Array>>;
  /** The bytes from an offset on, at most so many; fewer at the end of the file, none behind it. */
  readonly readRange: (path: string, from: number, maxBytes: number) => Promise<IoResult<Uint8Array>>;
  /** Many small files one after another, at the cost of a few; absent where one by one is as good. */
  readonly many?: {
    /** Looks at each path in its turn, and reads what the visitor wants. Never follows a link, never waits for a pipe. */
    readonly visit: (paths: readonly string[], maxBytes: number, visitor: FileVisitor) => Promise<void>;
  };
  /** Temporary file, then rename; creates parent folders. `durable`: on the disk before the rename, whatever happens to the machine. */
  readonly writeAtomic: (
    path: string,
    data: string | Uint8Array,
    options?: { readonly durable: boolean },
  ) => Promise<IoResult<void>>;
  /** Adds to the end of a file, which is made if it is not there; creates parent folders. A failure may leave a part of the data. */
  readonly append: (path: string, data: string, options?: { readonly durable: boolean }) => Promise<IoResult<void>>;
  readonly remove: (path: string) => Promise<IoResult<void>>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => { readonly dispose: () => void };
  /** Processor time that this process took so far, ms; absent where nobody counts it. */
  readonly cpuMs?: () => number;
}

export interface Logger {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

export interface Cancellation {
  readonly isCancelled: () => boolean;
}

/** Runs a configured command line; only in trusted workspaces. */
export interface CommandRunner {
  readonly run: (
    command: string,
    options: { readonly cwd: string; readonly timeoutMs: number; readonly cancellation: Cancellation },
  ) => Promise<{
    readonly exitCode: number | null;
    readonly output: string;
    readonly durationMs: number;
    readonly outcome: 'ok' | 'failed' | 'timeout' | 'cancelled';
  }>;
}

/** How a program or a server took a message. */
export type Delivery =
  | { readonly ok: true }
  /** `isFinal`: the same again would be refused again. */
  | { readonly ok: false; readonly reason: string; readonly isFinal: boolean };

/** Hands messages to what the user configured; only in trusted workspaces. Never throws. */
export interface MessageSender {
  /** Runs a program, without a shell, with the message on its standard input; a time limit ends all of it. */
  readonly toProgram: (
    program: string,
    args: readonly string[],
    options: { readonly input: string; readonly cwd: string | null; readonly timeoutMs: number },
  ) => Promise<Delivery>;
  /** Posts the message as JSON. Follows no redirect. */
  readonly toUrl: (
    url: string,
    options: {
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly timeoutMs: number;
    },
  ) => Promise<Delivery>;
}

/** What the system says of a process, as text: Linux' `/proc/<pid>/status` and `stat`. Only in trusted workspaces. */
export interface ProcessReader {
  readonly read: (pid: number) => Promise<
    IoResult<{
      readonly status: string;
      readonly stat: string;
      /** null where the process is another user's. */
      readonly openFiles: number | null;
    }>
  >;
}

/** Facts from git about single files; hooks and fsmonitor off; only in trusted workspaces. */
export interface GitFacts {
  readonly forFiles: (
    root: string,
    paths: readonly string[],
  ) => Promise<ReadonlyMap<
    string,
    { readonly state: 'clean' | 'modified' | 'untracked'; readonly lastCommitMs: number | null }
  > | null>;
}

/** A commit, as people speak of it. Name and subject are text of strangers. */
export interface Commit {
  /** Full id. */
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  /** When it was committed, ms since the epoch. */
  readonly at: number;
  /** More than one: a merge. */
  readonly parents: number;
}

/** Earlier states of a repository, read without touching the working tree; only in trusted workspaces. */
export interface GitRevisions {
  /** Ids of the commits that changed something below `root`, along the first parents of HEAD, the newest first. */
  readonly commits: (root: string) => Promise<IoResult<readonly string[]>>;
  readonly describe: (root: string, commit: string) => Promise<IoResult<Commit>>;
  /** Was the repository cloned without its whole history? */
  readonly isShallow: (root: string) => Promise<IoResult<boolean>>;
  /** Full id of the newest commit that the revision and HEAD have in common. */
  readonly mergeBase: (root: string, revision: string) => Promise<IoResult<string>>;
  /**
   * The files below `root` as a commit has them, under the paths that they have in the working tree. Read-only. Their times
   * stand for their contents: a file that two commits have alike has the same time in both, and else another.
   */
  readonly filesAt: (root: string, commit: string) => Promise<IoResult<FileSystem>>;
}

/** What the monitor of a workspace is given. */
export interface MonitorPorts {
  readonly fs: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly git: GitFacts;
  readonly runner: CommandRunner;
  /** Absent where the shell reads no processes. */
  readonly processes?: ProcessReader;
  /** URI of an absolute native path. */
  readonly toUri: (path: string) => string;
  /** Lets other work have its turn amid a scan; by default just one turn. */
  readonly breathe?: () => Promise<void>;
  /** Hands alerts to the outputs of the settings; without it there are none. */
  readonly sender?: MessageSender;
  /** The report has changed beside the calls of this object: an output took an alert, or did not. */
  readonly changed?: () => void;
}
