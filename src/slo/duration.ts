/** OpenSLO durations: an integer and one of m h d w M Q Y. */

export type DurationUnit = 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'Y';

export interface Duration {
  readonly count: number;
  readonly unit: DurationUnit;
  /** Length as a rolling window: a month is 30, a quarter 90, a year 365 days. */
  readonly ms: number;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNIT_MS: Readonly<Record<DurationUnit, number>> = {
  m: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  M: 30 * DAY_MS,
  Q: 90 * DAY_MS,
  Y: 365 * DAY_MS,
};

const PATTERN = /^(\d{1,9})([mhdwMQY])$/;

/** Reads `30d`; null when the text is not a duration. Zero (`0m`) is one. */
export function parseDuration(text: string): Duration | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const count = Number(match[1]);
  const unit = match[2] as DurationUnit;
  return { count, unit, ms: count * UNIT_MS[unit] };
}

/** "3 min", "5 h", "2 d": the largest unit that leaves at least 2 (or the smallest), rounded down. */
export function durationText(ms: number): string {
  const abs = Math.abs(ms);
  const sign = ms < 0 ? '-' : '';
  if (abs < MINUTE_MS) return `${sign}${Math.floor(abs / 1000)} s`;
  if (abs < 2 * HOUR_MS) return `${sign}${Math.floor(abs / MINUTE_MS)} min`;
  if (abs < 2 * DAY_MS) return `${sign}${Math.floor(abs / HOUR_MS)} h`;
  return `${sign}${Math.floor(abs / DAY_MS)} d`;
}
