/**
 * The file of analyses that outlives a process: a line that names what it holds for, then a line for each file with a digest
 * of its own, then a digest of the whole. Where the whole is as it was written, no line need be checked; else one that was
 * torn or changed is left out, and its file is analysed again; the others count.
 */
import { createHash } from 'node:crypto';

const format = 4;
/** Characters of a digest: enough to tell damage, not to resist forgery. */
const digestLength = 12;
const lineEnd = 10;

/**
 * Writes lines down.
 * @param key what they hold for: of another key, none is taken up again
 * @param note what holds for all of them together
 * @param lines without line ends
 * @param pause awaited between lines, so that other work has its turn
 */
export async function encodeCache(
  key: string,
  note: string | null,
  lines: Iterable<string | Uint8Array>,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const whole = createHash('sha1');
  const add = (line: string | Uint8Array): void => {
    const chunk = Buffer.concat([Buffer.from(`${digestOf(line)} `), Buffer.from(line), Buffer.of(lineEnd)]);
    whole.update(chunk);
    chunks.push(chunk);
  };
  add(JSON.stringify({ format, key, note }));
  for (const line of lines) {
    add(line);
    await pause();
  }
  chunks.push(Buffer.from(`${whole.digest('hex').slice(0, digestLength)}\n`));
  return Buffer.concat(chunks);
}

/**
 * Reads lines back; they lie in `bytes`.
 * @param take given each line; tells whether it is one that was meant
 * @returns the note, where nothing is missing
 */
export async function decodeCache(
  bytes: Uint8Array,
  key: string,
  take: (line: Buffer) => boolean,
  pause: () => Promise<void>,
): Promise<string | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lastLine = buffer.length - digestLength - 1;
  const isWhole =
    lastLine > 0 &&
    buffer[lastLine - 1] === lineEnd &&
    buffer.toString('latin1', lastLine) === `${digestOf(buffer.subarray(0, lastLine))}\n`;
  const end = isWhole ? lastLine : buffer.length;
  let note: string | null = null;
  let isComplete = isWhole;
  for (let at = 0; at < end; ) {
    const next = buffer.indexOf(lineEnd, at);
    // The last line is cut off.
    if (next === -1) break;
    const line = buffer.subarray(at + digestLength + 1, next);
    const isIntact = isWhole || isLine(buffer.subarray(at, next), line);
    if (at === 0) {
      const header = isIntact ? headerOf(line, key) : null;
      if (!header) return null;
      ({ note } = header);
    } else if (!isIntact || !take(line)) isComplete = false;
    at = next + 1;
    await pause();
  }
  return isComplete ? note : null;
}

interface Header {
  readonly note: string | null;
}

/** What the first line says, if it is of this format and key. */
function headerOf(line: Buffer, key: string): Header | null {
  const value = jsonOf(line);
  if (typeof value !== 'object' || value === null) return null;
  const header: Partial<Record<string, unknown>> = { ...value };
  const { note } = header;
  if (header.format !== format || header.key !== key || (note !== null && typeof note !== 'string')) return null;
  return { note };
}

/** The value of a text in JSON; undefined where it is none. */
export function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Does the digest before a line fit it? */
function isLine(whole: Buffer, line: Buffer): boolean {
  return whole[digestLength] === 32 && whole.toString('latin1', 0, digestLength) === digestOf(line);
}

function digestOf(line: string | Uint8Array): string {
  return createHash('sha1').update(line).digest('hex').slice(0, digestLength);
}
