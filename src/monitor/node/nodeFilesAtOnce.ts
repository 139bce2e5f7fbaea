/**
 * A file system for a program that does one thing: it looks and reads without waiting, at a fifth of the cost. A server, which
 * owes others an answer meanwhile, has `nodeFileSystem`.
 */
import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs';
import type { DirectoryEntry, FileStat, FileSystem, IoResult } from '../ports';
import { nodeFileSystem } from './nodePorts';
import { failure, kindOf } from './nodeValues';

async function attempt<T>(action: () => T): Promise<IoResult<T>> {
  try {
    return { ok: true, value: action() };
  } catch (error) {
    return failure(error);
  }
}

function refused(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const most = (bytes: string, maxBytes: number): Error =>
  refused('ETOOBIG', `the file has ${bytes} bytes; at most ${maxBytes} are read`);

function readWhole(path: string, maxBytes: number): Uint8Array {
  // Before it is opened: opening a pipe or device would block for ever.
  const found = statSync(path);
  if (!found.isFile()) throw refused('ENOTFILE', `${path} is no regular file`);
  if (found.size > maxBytes) throw most(String(found.size), maxBytes);
  const handle = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafeSlow(found.size + 1);
    let length = 0;
    for (;;) {
      length += readSync(handle, buffer, length, buffer.length - length, null);
      // Less than there was room for: a regular file ends there.
      if (length < buffer.length) return new Uint8Array(buffer.buffer, 0, length);
      // It grew while it was read.
      if (length > maxBytes) throw most(`more than ${maxBytes}`, maxBytes);
      const larger = Buffer.allocUnsafeSlow(
        Math.min(maxBytes, Math.max(fstatSync(handle).size, buffer.length * 2)) + 1,
      );
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
  } finally {
    closeSync(handle);
  }
}

function statOf(found: Stats): FileStat {
  const { size, mtimeMs, ctimeMs, dev, ino } = found;
  return { kind: kindOf(found), size, mtimeMs, ctimeMs, id: `${dev}:${ino}` };
}

/** Lists, looks and reads at once; writes as `nodeFileSystem` does. */
export const fileSystemAtOnce: FileSystem = {
  ...nodeFileSystem,
  list: (dir) =>
    attempt(() =>
      readdirSync(dir, { withFileTypes: true }).map(
        (entry): DirectoryEntry => ({ name: entry.name, kind: kindOf(entry) }),
      ),
    ),
  // Of every file at each scan: no function in between, which would cost as much as the look.
  stat: (path) => {
    try {
      return Promise.resolve({ ok: true, value: statOf(statSync(path)) });
    } catch (error) {
      return Promise.resolve(failure(error));
    }
  },
  realpath: (path) => attempt(() => realpathSync.native(path)),
  read: (path, maxBytes) => attempt(() => readWhole(path, maxBytes)),
};
