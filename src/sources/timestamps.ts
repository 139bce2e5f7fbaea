/** Moments as people, tools and agents write them. Rules: swarm reference, section 4. */
import type { JsonValue } from './jsonScan';

export type Timestamp =
  /** `zoned`: the text names its offset; `z`: the offset is a bare Z, which agents also type for local time. */
  | { readonly precision: 'instant'; readonly ms: number; readonly z: boolean }
  /** No offset: read in the author's zone. */
  | { readonly precision: 'no-zone'; readonly ms: number }
  | { readonly precision: 'date-only'; readonly date: string }
  | { readonly precision: 'unparsable' };

const pattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const dateThenWords = /^(\d{4}-\d\d-\d\d)\s+[^\d\s]/;
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2101, 0, 1);

/**
 * Reads a string or number as a moment.
 * @param timeZone IANA name, `UTC` or `local`, for values without offset
 */
export function parseTimestamp(value: JsonValue | undefined, timeZone: string): Timestamp {
  if (typeof value === 'number') {
    const ms = Math.trunc(Math.abs(value) >= 1e11 ? value : value * 1000);
    return ms >= earliest && ms < latest ? { precision: 'instant', ms, z: false } : { precision: 'unparsable' };
  }
  if (typeof value !== 'string') return { precision: 'unparsable' };
  const text = value.trim();
  const match = pattern.exec(text);
  if (!match) {
    const date = dateThenWords.exec(text)?.[1];
    return date !== undefined && isDate(date) ? { precision: 'date-only', date } : { precision: 'unparsable' };
  }
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date)) return { precision: 'unparsable' };
  if (hour === undefined) return { precision: 'date-only', date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return { precision: 'unparsable' };
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  );
  if (offset === undefined) return { precision: 'no-zone', ms: wallToInstant(wall, timeZone) };
  if (offset === 'Z') return { precision: 'instant', ms: wall, z: true };
  const digits = offset.slice(1).replace(':', '');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2) || '0');
  if (hours > 18 || minutes > 59) return { precision: 'unparsable' };
  return {
    precision: 'instant',
    ms: wall - (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000,
    z: false,
  };
}

function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function offsetAt(ms: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    if (formatters.size > 50) formatters.clear();
    formatter = new Intl.DateTimeFormat('en-US', {
      ...(timeZone === 'local' ? {} : { timeZone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const part: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(ms)) part[type] = Number(value);
  const wall = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
  return wall - Math.floor(ms / 1000) * 1000;
}

/**
 * Instant of a wall-clock time in a zone. A time that comes twice means the earlier; one that summer time skips moves forward.
 * @param wall the clock's reading as if it were UTC, ms
 */
export function wallToInstant(wall: number, timeZone: string): number {
  if (timeZone === 'UTC') return wall;
  const before = offsetAt(wall - 86_400_000, timeZone);
  const after = offsetAt(wall + 86_400_000, timeZone);
  const fits = [...new Set([wall - before, wall - after])].filter(
    (instant) => instant + offsetAt(instant, timeZone) === wall,
  );
  return fits.length > 0 ? Math.min(...fits) : wall - Math.min(before, after);
}

/** Is the name one that the runtime knows as a time zone (or `local`)? */
export function isTimeZone(name: string): boolean {
  if (name === 'local') return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
