/** Calendar windows: whole local steps from a start time in a time zone. */

import type { TimeWindow } from './definition/model';
import type { Duration } from './duration';

interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const START_PATTERN = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const DAY_MS = 86_400_000;

/** Reads `YYYY-MM-DD hh:mm:ss`; null when it is no such time. */
export function parseLocalTime(text: string): LocalTime | null {
  const match = START_PATTERN.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exact =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exact ? { year, month, day, hour, minute, second } : null;
}

/** True when the platform knows the zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
  const local = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** A skipped local time moves forward by the gap; a doubled one takes the first. */
function toInstant(local: number, format: Intl.DateTimeFormat): number {
  const before = offsetAt(format, local - DAY_MS);
  const after = offsetAt(format, local + DAY_MS);
  const candidates = [local - before, local - after].filter((instant) => offsetAt(format, instant) === local - instant);
  return candidates.length > 0 ? Math.min(...candidates) : local - before;
}

const MONTHS: Readonly<Partial<Record<Duration['unit'], number>>> = { M: 1, Q: 3, Y: 12 };
const DAYS: Readonly<Partial<Record<Duration['unit'], number>>> = { d: 1, w: 7 };

/** Local time of the k-th start, as if it were UTC; always counted from the start, so that month ends clamp without drifting. */
function localStart(start: LocalTime, duration: Duration, k: number): number | null {
  const { year, month, day, hour, minute, second } = start;
  const days = DAYS[duration.unit];
  if (days !== undefined) return Date.UTC(year, month - 1, day + k * duration.count * days, hour, minute, second);
  const months = MONTHS[duration.unit];
  if (months === undefined) return null;
  const index = month - 1 + k * duration.count * months;
  const lastDay = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  return Date.UTC(year, index, Math.min(day, lastDay), hour, minute, second);
}

/**
 * The window that holds `now`: instants in ms; null before the first start, for a bad start time, zone or duration.
 * Rolling windows end now; calendar windows run from the last start ≤ now to the next.
 */
export function windowAt(window: TimeWindow, now: number): { readonly start: number; readonly end: number } | null {
  const { duration } = window;
  if (duration.ms <= 0) return null;
  if (window.kind === 'rolling') return { start: now - duration.ms, end: now };
  const start = parseLocalTime(window.startTime);
  if (!start || !isTimeZone(window.timeZone)) return null;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: window.timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const firstLocal = localStart(start, duration, 0);
  const first = toInstant(
    firstLocal ?? Date.UTC(start.year, start.month - 1, start.day, start.hour, start.minute, start.second),
    format,
  );
  // Minutes and hours are fixed lengths from the first start.
  const at = (k: number) => {
    const local = localStart(start, duration, k);
    return local === null ? first + k * duration.ms : toInstant(local, format);
  };
  if (now < first) return null;
  let k = Math.max(0, Math.floor((now - first) / duration.ms) - 1);
  while (k > 0 && at(k) > now) k--;
  while (at(k + 1) <= now) k++;
  return { start: at(k), end: at(k + 1) };
}
