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

/** Like Date.UTC, but a year below 100 is that year and not one of the twentieth century. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, ms);
}

/**
 * Reads a string or number as a moment.
 * @param timeZone IANA name, `UTC` or `local`, for values without offset; in an unknown zone such a value is unparsable
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
  const wall = utc(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  );
  if (offset === undefined)
    return isTimeZone(timeZone)
      ? { precision: 'no-zone', ms: wallToInstant(wall, timeZone) }
      : { precision: 'unparsable' };
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

/** The last date that was one: what is written now is written today. */
let lastDate = '';

function isDate(text: string): boolean {
  if (text === lastDate) return true;
  const at = Date.parse(`${text}T00:00:00Z`);
  const isOne = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (isOne) lastDate = text;
  return isOne;
}

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offset by quarter of an hour: clocks change on these, and a formatter is slow. */
  readonly offsets: Map<number, number>;
}

const quarterMs = 15 * 60_000;
const zones = new Map<string, Zone | null>();

/** null: the runtime knows no such zone. */
function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (zones.size > 50) zones.clear();
  let zone: Zone | null = null;
  try {
    const formatter = new Intl.DateTimeFormat('en-US', {
      ...(name === 'local' ? {} : { timeZone: name }),
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zone = { formatter, offsets: new Map() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  zones.set(name, zone);
  return zone;
}

function offsetAt(ms: number, zone: Zone): number {
  const quarter = Math.floor(ms / quarterMs);
  const known = zone.offsets.get(quarter);
  if (known !== undefined) return known;
  const part: Record<string, number> = {};
  for (const { type, value } of zone.formatter.formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const offset = utc(year, month, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  if (zone.offsets.size > 20_000) zone.offsets.clear();
  zone.offsets.set(quarter, offset);
  return offset;
}

/**
 * Instant of a wall-clock time in a zone. A time that comes twice means the earlier; one that summer time skips moves forward.
 * @param wall the clock's reading as if it were UTC, ms
 * @param timeZone a zone that `isTimeZone` knows; any other is taken as UTC
 */
export function wallToInstant(wall: number, timeZone: string): number {
  const zone = timeZone === 'UTC' ? null : zoneOf(timeZone);
  if (!zone) return wall;
  const before = offsetAt(wall - 86_400_000, zone);
  const after = offsetAt(wall + 86_400_000, zone);
  const fits = [...new Set([wall - before, wall - after])].filter(
    (instant) => instant + offsetAt(instant, zone) === wall,
  );
  return fits.length > 0 ? Math.min(...fits) : wall - Math.min(before, after);
}

/** Is the name one that the runtime knows as a time zone (or `local`)? */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== null;
}
