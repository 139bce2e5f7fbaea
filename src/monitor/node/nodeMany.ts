/**
 * Thousands of small files, one after another through one buffer. The synchronous calls cost a fifth of the others; they are
 * made in slices of a few milliseconds, between which everything else has its turn.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { FileLook, FileSystem, FileVisitor, IoResult } from '../ports';
import { failure, kindOf } from './nodeValues';

const sliceMs = 8;
/** How many files between two looks at the clock. */
const filesPerLook = 16;
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const withoutThrow = { throwIfNoEntry: false } as const;

/** One object for all files: of ten thousand looks a second nothing is left to collect. */
const lent: { -readonly [K in keyof FileLook]: FileLook[K] } = { kind: 'file', size: 0, mtimeMs: 0, id: 0 };

function lookAt(path: string): FileLook | null {
  let found: Stats | undefined;
  try {
    found = lstatSync(path, withoutThrow);
  } catch {
    // Not to be looked at is as good as not there: reading it gives the reason.
    return null;
  }
  if (!found) return null;
  lent.kind = kindOf(found);
  lent.size = found.size;
  lent.mtimeMs = found.mtimeMs;
  lent.id = found.ino;
  return lent;
}

const room = Buffer.allocUnsafeSlow(64 * 1024);

function readWhole(path: string, maxBytes: number): IoResult<Uint8Array> {
  try {
    const handle = openSync(path, flags);
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
        // Less than there was room for: a regular file ends there.
        if (length < buffer.length) return { ok: true, value: buffer.subarray(0, length) };
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

async function visit(paths: readonly string[], maxBytes: number, visitor: FileVisitor): Promise<void> {
  let started = performance.now();
  for (const [index, path] of paths.entries()) {
    if (visitor.look(index, lookAt(path))) visitor.take(index, readWhole(path, maxBytes));
    if (index % filesPerLook !== filesPerLook - 1 || performance.now() - started < sliceMs) continue;
    await setImmediate();
    started = performance.now();
  }
}

export const nodeMany: NonNullable<FileSystem['many']> = { visit };
