/**
 * A status file that is written again mostly says what it said before, at another time. Where its times stand is known from
 * the text that was read; whether everything around them is the same can be told from the bytes, without taking them apart.
 */
import type { GoodStatus } from './agentStatus';
import type { StatusTime } from './statusWarnings';
import { parseTimestamp } from './timestamps';

/** Where the values of the times stand in the bytes of a text. */
export interface Stamps {
  /** Bytes of the whole text: another length is another text. */
  readonly length: number;
  /** Begin and end of each value, one after another; a quoted one without its quotes. */
  readonly ends: readonly number[];
}

/** Nothing of it can end the value that it stands in, or be an escape. */
const plainText = /^[ !#-[\]-~]*$/;
const plainNumber = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const keyAndColon = /"[^"\\]*"[\t\n\r ]*:[\t\n\r ]*/y;
/** Longer numbers are the same though their digits are not. */
const maxNumberLength = 15;
const plainValue = /"([ !#-[\]-~]*)"|(?:0|[1-9]\d*)(?:\.\d+)?(?=[\t\n\r ,}])/y;

/**
 * The stamps of a text of the swarm's layout.
 * @param length bytes of the text
 * @returns null where a rewritten text must be read: it is no single ordinary object, or has no plain times
 */
export function stampsOf(text: string, length: number, { content, timestamps }: GoodStatus): Stamps | null {
  if (content.state !== 'readable' || timestamps.length === 0) return null;
  const ends: number[] = [];
  // In most files a letter is a byte.
  const isNarrow = text.length === length;
  for (const { at } of timestamps) {
    keyAndColon.lastIndex = at.offset;
    if (!keyAndColon.test(text)) return null;
    plainValue.lastIndex = keyAndColon.lastIndex;
    const value = plainValue.exec(text);
    if (!value || (value[1] === undefined && value[0].length > maxNumberLength)) return null;
    const begin = value.index + (value[1] === undefined ? 0 : 1);
    const end = begin + (value[1] ?? value[0]).length;
    ends.push(isNarrow ? begin : byteAt(text, begin), isNarrow ? end : byteAt(text, end));
  }
  return { length, ends };
}

/** Bytes of UTF-8 before a place in a text. */
function byteAt(text: string, end: number): number {
  let bytes = 0;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    // Half of a pair is two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}

/** Are these the times that the text said? @param values letters at the stamps */
export function areStamped({ timestamps }: GoodStatus, values: readonly string[]): boolean {
  return timestamps.every(({ raw }, index) => {
    const value = values[index];
    return value !== undefined && raw === (typeof raw === 'string' ? value : Number(value));
  });
}

/**
 * What the same text with other values at its stamps says.
 * @param values letters at the stamps, in the order of the times
 * @returns the same object where they are the same; null where the text must be read, for a value may mean more than a time
 */
export function restamped(before: GoodStatus, values: readonly string[], timeZone: string): GoodStatus | null {
  let timestamps: StatusTime[] | null = null;
  for (const [index, known] of before.timestamps.entries()) {
    const value = values[index];
    if (value === undefined) return null;
    const isText = typeof known.raw === 'string';
    if (!(isText ? plainText : plainNumber).test(value)) return null;
    const raw = isText ? value : Number(value);
    if (raw === known.raw) continue;
    const time = parseTimestamp(raw, timeZone);
    // Warnings tell what kind of time it is.
    if (time.precision !== known.time.precision || !('ms' in time)) return null;
    timestamps ??= [...before.timestamps];
    timestamps[index] = { key: known.key, raw, time, at: known.at };
  }
  return timestamps ? { ok: true, content: before.content, timestamps } : before;
}
