/**
 * The file of analyses that outlives a process: a line that names what it holds for, then a line for each analysed file with
 * a digest of its own. A line that was torn or changed is left out, and its file is analysed again; the others count.
 */
import { createHash } from 'node:crypto';

const format = 3;
/** Characters of the digest before each line: enough to tell damage, not to resist forgery. */
const digestLength = 12;

/**
 * Writes entries down.
 * @param key what the entries hold for: of another key, none is taken up again
 * @param note what holds for all of them together
 * @param pause awaited between lines, so that other work has its turn
 */
export async function encodeCache(
  key: string,
  note: string | null,
  entries: Iterable<readonly [string, unknown]>,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [Buffer.from(line({ format, key, note }))];
  for (const entry of entries) {
    chunks.push(Buffer.from(line(entry)));
    await pause();
  }
  return Buffer.concat(chunks);
}

/**
 * Reads entries back.
 * @param isEntry whether a value is whole enough that nothing later trips over it
 * @returns nothing for another key or format, or for what is no such file; no note where an entry is missing
 */
export async function decodeCache<T>(
  bytes: Uint8Array,
  key: string,
  isEntry: (value: unknown) => value is T,
  pause: () => Promise<void>,
): Promise<{ readonly entries: readonly T[]; readonly note: string | null }> {
  const entries: T[] = [];
  const decoder = new TextDecoder('utf-8');
  let note: string | null = null;
  let isHeader = true;
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    // The last line is cut off.
    if (end === -1) return { entries, note: null };
    const value = readLine(decoder.decode(bytes.subarray(at, end)));
    at = end + 1;
    if (isHeader) {
      if (!isHeaderOf(value, key)) return { entries, note };
      ({ note } = value);
      isHeader = false;
    } else if (isEntry(value)) entries.push(value);
    else note = null;
    await pause();
  }
  return { entries, note };
}

interface Header {
  readonly note: string | null;
}

function isHeaderOf(value: unknown, key: string): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const header: Partial<Record<string, unknown>> = { ...value };
  return header.format === format && header.key === key && (header.note === null || typeof header.note === 'string');
}

function line(value: unknown): string {
  const text = JSON.stringify(value);
  return `${digestOf(text)} ${text}\n`;
}

/** The value of a line; undefined for a damaged one. */
function readLine(text: string): unknown {
  const json = text.slice(digestLength + 1);
  if (text[digestLength] !== ' ' || digestOf(json) !== text.slice(0, digestLength)) return undefined;
  try {
    return JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, digestLength);
}
