/** Calendar windows: whole local steps from a start time in a time zone. */

import { isTimeZone, wallToInstant } from '../sources/timestamps';
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
  const wall = Date.UTC(start.year, start.month - 1, start.day, start.hour, start.minute, start.second);
  const first = wallToInstant(wall, window.timeZone);
  // Minutes and hours are fixed lengths from the first start.
  const at = (k: number) => {
    const local = localStart(start, duration, k);
    return local === null ? first + k * duration.ms : wallToInstant(local, window.timeZone);
  };
  if (now < first) return null;
  let k = Math.max(0, Math.floor((now - first) / duration.ms) - 1);
  while (k > 0 && at(k) > now) k--;
  while (at(k + 1) <= now) k++;
  return { start: at(k), end: at(k + 1) };
}
