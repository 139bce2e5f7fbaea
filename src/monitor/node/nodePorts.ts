/** Node's implementations of the application's ports, for the command line and the language server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, CommandRunner, DirectoryEntry, FileStat, FileSystem, IoError, IoResult } from '../ports';

function failure(error: unknown): { readonly ok: false; readonly error: IoError } {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) };
  return { ok: false, error: { code: code ?? 'EUNKNOWN', message } };
}

async function attempt<T>(action: () => Promise<T>): Promise<IoResult<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return failure(error);
  }
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function kindOf(entry: Kinds): FileStat['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'symlink' : 'other';
}

export const nodeFileSystem: FileSystem = {
  join,
  list: (dir) =>
    attempt(async () =>
      (await readdir(dir, { withFileTypes: true })).map(
        (entry): DirectoryEntry => ({ name: entry.name, kind: kindOf(entry) }),
      ),
    ),
  stat: (path) =>
    attempt(async () => {
      const found = await stat(path);
      return { kind: kindOf(found), size: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs };
    }),
  realpath: (path) => attempt(() => realpath(path)),
  read: (path, maxBytes) =>
    attempt(async () => {
      // Opening a pipe or device would block for ever.
      const before = await stat(path);
      if (!before.isFile()) throw Object.assign(new Error(`${path} is no regular file`), { code: 'ENOTFILE' });
      if (before.size > maxBytes)
        throw Object.assign(new Error(`the file has ${before.size} bytes; at most ${maxBytes} are read`), {
          code: 'ETOOBIG',
        });
      const handle = await open(path, 'r');
      try {
        return new Uint8Array(await handle.readFile());
      } finally {
        await handle.close();
      }
    }),
  writeAtomic: (path, data, options) =>
    attempt(async () => {
      await mkdir(dirname(path), { recursive: true });
      const temporary = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`;
      try {
        await writeFile(temporary, data, { flush: options?.durable === true });
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    }),
  append: (path, data, options) =>
    attempt(async () => {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, 'a');
      try {
        await handle.writeFile(data);
        if (options?.durable) await handle.datasync();
      } finally {
        await handle.close();
      }
    }),
  remove: (path) => attempt(() => rm(path, { force: true })),
};

export const nodeClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    return { dispose: () => clearTimeout(timer) };
  },
};

const maxOutput = 16_000;
const pollMs = 100;
/** How long the output of an ended command may still arrive: something that left its group may hold the pipes for ever. */
const drainMs = 1_000;

/** Groups that run now; none outlives this process. */
const running = new Set<number>();
let endsWithProcess = false;

function killGroup(pid: number): void {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).unref();
    else process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Gone already, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Ends the group of a command when this process is gone, even if it was killed: the pipe that only this process holds open
 * then ends. The command itself does not see the pipe.
 */
const withWatch = '{ cat <&3; kill -s KILL 0; } >/dev/null 2>&1 & exec 3<&-; exec /bin/sh -c "$1" </dev/null';

function spawnInGroup(command: string, cwd: string): ChildProcess {
  return process.platform === 'win32'
    ? spawn(command, { cwd, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('/bin/sh', ['-c', withWatch, 'sh', command], {
        cwd,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      });
}

/** Runs a command line in a shell of its own process group; a time limit, a cancel or the end of the command ends all of it. */
export const nodeCommandRunner: CommandRunner = {
  run: (command, { cwd, timeoutMs, cancellation }) =>
    new Promise((resolve) => {
      const started = Date.now();
      let output = '';
      let ended: 'timeout' | 'cancelled' | undefined;
      let drain: NodeJS.Timeout | undefined;
      const child = spawnInGroup(command, cwd);
      const { pid } = child;
      if (pid !== undefined) running.add(pid);
      if (!endsWithProcess) {
        endsWithProcess = true;
        process.once('exit', () => running.forEach(killGroup));
      }
      const keep = (chunk: string): void => {
        output = (output + chunk).slice(-maxOutput);
      };
      let exitCode: number | null = null;
      const finish = (): void => {
        clearInterval(watch);
        clearTimeout(drain);
        for (const stream of child.stdio) stream?.destroy();
        if (pid !== undefined && running.delete(pid)) killGroup(pid);
        const outcome = ended ?? (exitCode === 0 ? 'ok' : 'failed');
        resolve({ exitCode, output, durationMs: Date.now() - started, outcome });
      };
      const finishSoon = (): void => {
        drain ??= setTimeout(finish, drainMs);
      };
      const watch = setInterval(() => {
        if (ended) return;
        if (cancellation.isCancelled()) ended = 'cancelled';
        else if (Date.now() - started > timeoutMs) ended = 'timeout';
        if (!ended) return;
        if (pid !== undefined) killGroup(pid);
        finishSoon();
      }, pollMs);
      child.stdout?.setEncoding('utf8').on('data', keep);
      child.stderr?.setEncoding('utf8').on('data', keep);
      // The watch is ended with its group.
      child.stdio[3]?.on('error', () => undefined);
      child.once('error', (error) => {
        output += error.message;
        finish();
      });
      child.once('exit', (code) => {
        exitCode = code;
        child.stdio[3]?.destroy();
        finishSoon();
      });
      child.once('close', finish);
    }),
};
