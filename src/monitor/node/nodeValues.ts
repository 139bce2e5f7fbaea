/** Node's answers in the words of the ports. */
import type { FileStat, IoError } from '../ports';

/** An error of the system as a value. */
export function failure(error: unknown): { readonly ok: false; readonly error: IoError } {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) };
  return { ok: false, error: { code: code ?? 'EUNKNOWN', message } };
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** What a directory entry or a status is of. */
export function kindOf(entry: Kinds): FileStat['kind'] {
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'symlink' : 'other';
}
