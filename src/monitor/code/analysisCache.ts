/**
 * The file of analyses that outlives a process: a line that names what it holds for, then a line for each file with a digest
 * of its own, then a digest of the whole. Where the whole is as it was written, no line need be checked; else one that was
 * torn or changed is left out, and its file is analysed again; the others count. All is plain ASCII: so the engine holds the
 * text as it lies in the file, and a line is a part of it.
 */
import { createHash } from 'node:crypto';

const format = 4;
/** Lines between which nobody waits. */
const stretch = 64;
/** Characters of a digest: enough to tell damage, not to resist forgery. */
const digestLength = 12;

/**
 * Writes lines down.
 * @param key what they hold for: of another key, none is taken up again
 * @param note what holds for all of them together
 * @param lines plain ASCII, without line ends
 * @param pause awaited often, so that other work has its turn
 */
export async function encodeCache(
  key: string,
  note: string | null,
  lines: Iterable<string>,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const whole = createHash('sha1');
  const add = (line: string): void => {
    const chunk = Buffer.from(`${digestOf(line)} ${line}\n`, 'latin1');
    whole.update(chunk);
    chunks.push(chunk);
  };
  add(plainJson({ format, key, note }));
  for (const line of lines) {
    add(line);
    await pause();
  }
  chunks.push(Buffer.from(`${whole.digest('hex').slice(0, digestLength)}\n`));
  return Buffer.concat(chunks);
}

/**
 * Reads lines back.
 * @param take given each line; tells whether it is one that was meant
 * @returns the note, where nothing is missing
 */
export async function decodeCache(
  bytes: Uint8Array,
  key: string,
  take: (line: string) => boolean,
  pause: () => Promise<void>,
): Promise<string | null> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  const lastLine = text.length - digestLength - 1;
  const isWhole = lastLine > 0 && text.slice(lastLine) === `${digestOf(buffer.subarray(0, lastLine))}\n`;
  const lines = text.slice(0, isWhole ? lastLine : text.length).split('\n');
  // After the last line end nothing comes, unless a line is cut off.
  lines.pop();
  const [first = '', ...others] = lines;
  const header = isWhole || isIntact(first) ? headerOf(first.slice(digestLength + 1), key) : null;
  if (!header) return null;
  let isComplete = isWhole;
  for (const [index, line] of others.entries()) {
    if (!(isWhole || isIntact(line)) || !take(line.slice(digestLength + 1))) isComplete = false;
    if (index % stretch === 0) await pause();
  }
  return isComplete ? header.note : null;
}

interface Header {
  readonly note: string | null;
}

/** What the first line says, if it is of this format and key. */
function headerOf(line: string, key: string): Header | null {
  const value = jsonOf(line);
  if (typeof value !== 'object' || value === null) return null;
  const header: Partial<Record<string, unknown>> = { ...value };
  const { note } = header;
  if (header.format !== format || header.key !== key || (note !== null && typeof note !== 'string')) return null;
  return { note };
}

/** A value in JSON, in plain ASCII. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The value of a text in JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Does the digest before a line fit it? */
function isIntact(line: string): boolean {
  return line[digestLength] === ' ' && line.slice(0, digestLength) === digestOf(line.slice(digestLength + 1));
}

function digestOf(line: string | Uint8Array): string {
  const hash = createHash('sha1');
  return (typeof line === 'string' ? hash.update(line, 'latin1') : hash.update(line))
    .digest('hex')
    .slice(0, digestLength);
}
