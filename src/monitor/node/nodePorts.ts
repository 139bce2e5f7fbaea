/** Node's implementations of the application's ports, for the command line and the language server. */
import { mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, CommandRunner, DirectoryEntry, FileStat, FileSystem, IoError, IoResult } from '../ports';
import { runProcess } from './nodePrograms';

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
      return { kind: kindOf(found), size: found.size, mtimeMs: found.mtimeMs };
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

/** Runs a command line in a shell. */
export const nodeCommandRunner: CommandRunner = {
  run: async (command, { cwd, timeoutMs, cancellation }) => {
    const { exitCode, output, durationMs, outcome } = await runProcess(
      { file: command, args: [], shell: true, input: null },
      { cwd, timeoutMs, cancellation },
    );
    return { exitCode, output, durationMs, outcome };
  },
};
