/** Figures as people read them; every percentage rounds down. */
import type { ObjectiveDefinition, TimeWindow } from './definition/model';
import type { Duration } from './duration';
import { percentText } from './rollup';

/** What stands where there is no value. */
export const NO_VALUE = '–';

/** At most two decimals, none that are 0: "41.79", "34". */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  return String(Number(value.toFixed(2)));
}

/** "agent" of 1, "agents" of 2; what is no plural stays. */
export function unitText(value: number, unit: string): string {
  const plural = unit.length > 3 && unit.endsWith('s') && !unit.includes('/');
  return value === 1 && plural ? unit.slice(0, -1) : unit;
}

/** "2 findings", "1 agent", "60.5%", "up", "96.2% · p95 480 ms"; `–` without a value. Ratios are shares of 1. */
export function objectiveValueText(
  objective: ObjectiveDefinition,
  value: number | null,
  p95: number | null = null,
): string {
  if (value === null || !Number.isFinite(value)) return NO_VALUE;
  const { unit } = objective;
  const isShare = objective.threshold === null || objective.method === 'Occurrences';
  if (isShare) return p95 === null ? percentText(value) : `${percentText(value)} · p95 ${numberText(p95)} ${unit}`;
  return measuredText(value, unit);
}

/** A measured value with its noun: "2 findings", "1 agent", "50%" of a ratio, "up". */
export function measuredText(value: number, unit: string): string {
  if (unit === 'ratio') return percentText(value);
  if (unit === 'up') return value >= 1 ? 'up' : 'down';
  return unit === '' ? numberText(value) : `${numberText(value)} ${unitText(value, unit)}`;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  Y: 'year',
};

/** "30 days", "1 month" */
export function windowLengthText({ duration }: TimeWindow): string {
  return durationText(duration);
}

/** A duration in words, as it is written: "30 days". */
export function durationText({ count, unit }: Pick<Duration, 'count' | 'unit'>): string {
  const word = UNIT_WORDS[unit] ?? unit;
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Over what an objective is judged: "99.9% of slices of 1 min good, over the last 30 days"; of one judged by its current value, what is kept beside it. */
export function windowText(objective: ObjectiveDefinition): string {
  const { mode, method, target, sliceMs, window, zeroTolerance } = objective;
  const over =
    window.kind === 'rolling'
      ? `over the last ${windowLengthText(window)}`
      : `over windows of ${windowLengthText(window)} from ${window.startTime} (${window.timeZone})`;
  const things = method === 'Occurrences' ? 'events' : `slices of ${numberText(sliceMs / 60_000)} min`;
  const share = zeroTolerance ? `no bad ${things}` : `${Number((target * 100).toFixed(4))}% of ${things} good`;
  if (mode === 'window') return `${share}, ${over}`;
  return `judged by its current value; ${zeroTolerance ? 'no failure is allowed' : `beside it is kept: ${share}, ${over}`}`;
}

/**
 * Budget in words, each figure with its noun: "34 findings, 4 allowed", "473 bad events, 1007 allowed (53% left)", "1 of 43.2 min
 * used (97.6% left)". Things are whole: of 2.5 events that may fail, two may.
 */
export function budgetText(
  budget: {
    readonly kind: string;
    readonly allowed: number | null;
    readonly used: number | null;
    readonly remaining: number | null;
    readonly exhausted: boolean;
  },
  { sliceMs, unit }: Pick<ObjectiveDefinition, 'sliceMs' | 'unit'>,
): string {
  const { kind, allowed, used, remaining, exhausted } = budget;
  const whole = (value: number | null) => (value === null ? NO_VALUE : numberText(Math.floor(value + 1e-6)));
  const things = (value: number | null) =>
    value === null ? NO_VALUE : measuredText(value, unit === 'ratio' || unit === 'up' ? '' : unit);
  const left = remaining === null ? '' : ` (${numberText(Math.floor(remaining * 1000 + 1e-9) / 10)}% left)`;
  switch (kind) {
    case 'zero':
      if (used !== null) return `${things(used)}, 0 allowed`;
      return exhausted ? 'not met; no failure is allowed' : 'met; no failure is allowed';
    case 'count':
      return `${things(used)}, ${whole(allowed)} allowed`;
    case 'share':
      return `${used === null ? NO_VALUE : percentText(used)} of the budgets used${left}`;
    case 'events':
      return `${whole(used)} ${unitText(used ?? 0, 'bad events')}, ${whole(allowed)} allowed${left}`;
    default: {
      const minutes = sliceMs / 60_000;
      const time = (slices: number | null) => (slices === null ? NO_VALUE : numberText(slices * minutes));
      return `${time(used)} of ${time(allowed)} min used${left}`;
    }
  }
}
