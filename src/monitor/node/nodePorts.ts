/** Node's implementations of the application's ports, for the command line and the language server. */
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, CommandRunner, DirectoryEntry, FileSystem, IoResult } from '../ports';
import { nodeMany } from './nodeMany';
import { runProcess } from './nodePrograms';
import { failure, kindOf } from './nodeValues';

async function attempt<T>(action: () => Promise<T>): Promise<IoResult<T>> {
  try {
    return { ok: true, value: await action() };
  } catch (error) {
    return failure(error);
  }
}

/** Opening a pipe or device would block for ever. */
async function sizeOfRegular(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isFile()) throw Object.assign(new Error(`${path} is no regular file`), { code: 'ENOTFILE' });
  return found.size;
}

/** Reads until the end of the file or `limit` bytes; `expected` is what the first read makes room for. */
async function readUpTo(handle: FileHandle, from: number, expected: number, limit: number): Promise<Uint8Array> {
  let buffer = Buffer.allocUnsafeSlow(Math.max(1, Math.min(expected + 1, limit)));
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, from + length);
    length += bytesRead;
    if (bytesRead === 0 || length === limit) return new Uint8Array(buffer.buffer, 0, length);
    if (length < buffer.length) continue;
    const larger = Buffer.allocUnsafeSlow(Math.min(limit, buffer.length * 2));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  }
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
      const { size, mtimeMs, ctimeMs, dev, ino } = found;
      return { kind: kindOf(found), size, mtimeMs, ctimeMs, id: `${dev}:${ino}` };
    }),
  realpath: (path) => attempt(() => realpath(path)),
  read: (path, maxBytes) =>
    attempt(async () => {
      const size = await sizeOfRegular(path);
      const tooBig = (bytes: string): Error =>
        Object.assign(new Error(`the file has ${bytes} bytes; at most ${maxBytes} are read`), { code: 'ETOOBIG' });
      if (size > maxBytes) throw tooBig(String(size));
      const handle = await open(path, 'r');
      try {
        // It may grow while it is read: one byte more than is allowed is enough to know.
        const bytes = await readUpTo(handle, 0, size, maxBytes + 1);
        if (bytes.length > maxBytes) throw tooBig(`more than ${maxBytes}`);
        return bytes;
      } finally {
        await handle.close();
      }
    }),
  readRange: (path, from, maxBytes) =>
    attempt(async () => {
      const size = await sizeOfRegular(path);
      const handle = await open(path, 'r');
      try {
        return await readUpTo(handle, from, Math.min(maxBytes, Math.max(0, size - from)), maxBytes);
      } finally {
        await handle.close();
      }
    }),
  many: nodeMany,
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
