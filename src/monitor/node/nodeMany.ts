/**
 * Thousands of small files at once. The synchronous calls cost a fifth of the others; they are made in slices of a few
 * milliseconds, between which everything else has its turn.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { FileStat, FileSystem, IoResult } from '../ports';
import { failure, kindOf } from './nodeValues';

const sliceMs = 8;

async function inSlices<T>(paths: readonly string[], one: (path: string) => T): Promise<readonly T[]> {
  const results: T[] = [];
  let started = performance.now();
  for (const path of paths) {
    results.push(one(path));
    if (results.length % 16 !== 0 || performance.now() - started < sliceMs) continue;
    await setImmediate();
    started = performance.now();
  }
  return results;
}

function lookAt(path: string): FileStat | null {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found
      ? {
          kind: kindOf(found),
          size: found.size,
          mtimeMs: found.mtimeMs,
          ctimeMs: found.ctimeMs,
          id: `${found.dev}:${found.ino}`,
        }
      : null;
  } catch {
    // Not to be looked at is as good as not there: reading it gives the reason.
    return null;
  }
}

const room = Buffer.allocUnsafeSlow(64 * 1024);

/** Never follows a link in the last place, and never waits for a pipe. */
function readWhole(path: string, maxBytes: number): IoResult<Uint8Array> {
  try {
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      let buffer = room;
      let length = 0;
      for (;;) {
        const read = readSync(handle, buffer, length, buffer.length - length, null);
        length += read;
        if (length > maxBytes) {
          const message = `the file has more than ${maxBytes} bytes; at most ${maxBytes} are read`;
          return { ok: false, error: { code: 'ETOOBIG', message } };
        }
        if (read === 0) return { ok: true, value: new Uint8Array(buffer.subarray(0, length)) };
        if (length < buffer.length) continue;
        const { size } = fstatSync(handle);
        const larger = Buffer.allocUnsafeSlow(Math.min(maxBytes + 1, Math.max(size + 1, buffer.length * 2)));
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return failure(error);
  }
}

export const nodeMany: NonNullable<FileSystem['many']> = {
  lstat: (paths) => inSlices(paths, lookAt),
  read: (paths, maxBytes) => inSlices(paths, (path) => readWhole(path, maxBytes)),
};
