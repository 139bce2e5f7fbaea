/** Where things stand in a chart: figures and instants to places, and the marks on the axes. */
import type { Clockface } from '../words';

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** A range of readable figures around others, with at most five marks. `low` and `high` are fixed where they are given. */
export function niceScale(
  values: readonly number[],
  fixed: { readonly low?: number; readonly high?: number } = {},
): Scale {
  // Of what is counted there are no halves.
  const leastStep = values.every(Number.isInteger) && Object.keys(fixed).length === 0 ? 1 : 0;
  const least = fixed.low ?? Math.min(...values);
  const most = fixed.high ?? Math.max(...values);
  const span = most - least || Math.abs(most) || 1;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const steps = [1, 2, 2.5, 5, 10, 20, 50].map((factor) => factor * power);
  const step = steps.find((one) => span / one <= 4 && one >= leastStep) ?? Math.max(leastStep, power * 10);
  const low = fixed.low ?? Math.floor(least / step + 1e-9) * step;
  const high = fixed.high ?? (most === least ? low + step : Math.ceil(most / step - 1e-9) * step);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) ticks.push(round(at * step));
  return { low, high: high === low ? low + step : high, ticks };
}

/** Takes away the noise of binary fractions. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

export interface TimeTick {
  readonly at: number;
  readonly text: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Marks on a time axis, at whole hours and days of the zone. At most eight. */
export function timeTicks(from: number, to: number, clock: Clockface): readonly TimeTick[] {
  const span = to - from;
  if (span <= 2 * DAY) {
    const step =
      [15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR].find((one) => span / one <= 6) ?? 12 * HOUR;
    return whole(from, to, Math.min(step, HOUR), clock)
      .filter((at) => {
        const { hour, minute } = clock.hourOf(at);
        return (hour * HOUR + minute * MINUTE) % step === 0;
      })
      .map((at) => ({ at, text: clock.time(at) }));
  }
  const midnights = whole(from, to, HOUR, clock).filter((at) => clock.hourOf(at).hour === 0);
  const every = Math.max(1, Math.ceil(midnights.length / 7));
  // Counted from the end, so that the newest day keeps its mark.
  return midnights
    .filter((_, index) => (midnights.length - 1 - index) % every === 0)
    .map((at) => ({ at, text: clock.day(at) }));
}

/** Instants every `step`, beginning at a whole one of the zone (zones are off by quarters of an hour at most). */
function whole(from: number, to: number, step: number, clock: Clockface): readonly number[] {
  let at = Math.ceil(from / (15 * MINUTE)) * 15 * MINUTE;
  const limit = at + step;
  while (at < limit && ((clock.hourOf(at).minute * MINUTE) % step !== 0 || at < from)) at += 15 * MINUTE;
  const found: number[] = [];
  for (; at <= to; at += step) found.push(at);
  return found;
}
