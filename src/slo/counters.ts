/** Ratios of counters: what both rose between two samples of a process, a fall being a restart from 0. */
import { counterIncrease } from './budget';
import type { MetricQuery } from './definition/model';
import type { EventSample, LogReading, RatioSample } from './indicatorInput';
import { timedRecords } from './metricQuery';
import { compileFilter, numberField } from './recordFilter';

/** Rises of a counter by instant, summed over its series. Each series' first sample is its baseline. */
function rises(reading: LogReading, query: MetricQuery, now: number): ReadonlyMap<number, number> {
  const field = query.field ?? 'value';
  const matches = compileFilter(query.where);
  const last = new Map<string, number>();
  const byTime = new Map<number, number>();
  for (const record of timedRecords(reading.records, now)) {
    const value = matches(record) ? numberField(record, field) : null;
    if (value === null || value < 0) continue;
    const series = record.series ?? '';
    const before = last.get(series);
    last.set(series, value);
    if (before === undefined) continue;
    const rise = (counterIncrease([before, value]) ?? 0) * query.scale;
    byTime.set(record.time, (byTime.get(record.time) ?? 0) + rise);
  }
  return byTime;
}

/**
 * What the numerator and the total rose, by the instant of the later sample. Where the numerator rose by more than the
 * total, the two were not read together: no more is good than there was at all. Empty while each has one sample only.
 */
export function counterRatios(
  readings: readonly [numerator: LogReading, total: LogReading],
  queries: readonly [numerator: MetricQuery, total: MetricQuery],
  part: 'good' | 'bad',
  now: number,
): readonly RatioSample[] {
  const numerators = rises(readings[0], queries[0], now);
  return [...rises(readings[1], queries[1], now)].map(([time, total]) => {
    const counted = Math.min(numerators.get(time) ?? 0, total);
    return { time, total, good: part === 'good' ? counted : total - counted };
  });
}

/** The same as events: of each instant those that were good and those that were not. */
export function eventsOfRatios(samples: readonly RatioSample[]): readonly EventSample[] {
  return samples.flatMap(({ time, good, total }) => [
    ...(good > 0 ? [{ time, good: true, value: null, count: good }] : []),
    ...(total > good ? [{ time, good: false, value: null, count: total - good }] : []),
  ]);
}
