/** Ratios of counters: what both rose between two samples of a process, a fall being a restart from 0. */
import { counterIncrease } from './budget';
import type { MetricQuery } from './definition/model';
import type { EventSample, LogReading, RatioSample } from './indicatorInput';
import { timedRecords } from './metricQuery';
import { compileFilter, numberField } from './recordFilter';

/** Of each series and instant the last sample only: one that was exported twice rose once. */
function samplesOf(reading: LogReading, query: MetricQuery, now: number): readonly CounterSample[] {
  const field = query.field ?? 'value';
  const matches = compileFilter(query.where);
  const byKey = new Map<string, CounterSample>();
  for (const record of timedRecords(reading.records, now)) {
    const value = matches(record) ? numberField(record, field) : null;
    if (value === null || value < 0) continue;
    const { time, series = '', delta = false, since } = record;
    byKey.set(`${time} ${series}`, { time, series, value, delta, since });
  }
  return [...byKey.values()].sort((a, b) => a.time - b.time);
}

interface CounterSample {
  readonly time: number;
  readonly series: string;
  readonly value: number;
  readonly delta: boolean;
  readonly since: number | undefined;
}

/** What a counter rose from one sample to the next; a fall, or a start since then, is a restart from 0. */
function riseOf(before: CounterSample | undefined, here: CounterSample): number | null {
  if (here.delta) return here.value;
  if (!before) return null;
  if (here.since !== undefined && here.since > before.time) return here.value;
  return counterIncrease([before.value, here.value]);
}

/** Rises of a counter, oldest first, summed over its series. Each series' first sample is its baseline. */
function rises(reading: LogReading, query: MetricQuery, now: number): readonly { time: number; rise: number }[] {
  const last = new Map<string, CounterSample>();
  const byTime = new Map<number, number>();
  for (const sample of samplesOf(reading, query, now)) {
    const rise = riseOf(last.get(sample.series), sample);
    last.set(sample.series, sample);
    if (rise !== null) byTime.set(sample.time, (byTime.get(sample.time) ?? 0) + rise * query.scale);
  }
  return [...byTime].map(([time, rise]) => ({ time, rise }));
}

/**
 * What the numerator and the total rose, by the instant of the total's later sample: of the numerator counts what rose up to
 * then, since two files are never written at one moment. Where the numerator rose by more than the total, the two were not
 * read together: no more is good than there was at all, and the rest counts with the next. Empty while each has one sample.
 */
export function counterRatios(
  readings: readonly [numerator: LogReading, total: LogReading],
  queries: readonly [numerator: MetricQuery, total: MetricQuery],
  part: 'good' | 'bad',
  now: number,
): readonly RatioSample[] {
  const totals = rises(readings[1], queries[1], now);
  const isOne = readings[0] === readings[1];
  const numerators = rises(readings[0], queries[0], now);
  const samples: RatioSample[] = [];
  let at = 0;
  let waiting = 0;
  for (const { time, rise: total } of totals) {
    for (; at < numerators.length && (numerators[at]?.time ?? 0) <= time; at++) waiting += numerators[at]?.rise ?? 0;
    const counted = Math.min(waiting, total);
    // What is more than there was in one export is no late part of the next.
    waiting = isOne ? 0 : waiting - counted;
    samples.push({ time, total, good: part === 'good' ? counted : total - counted });
  }
  return samples;
}

/** The same as events: of each instant those that were good and those that were not. */
export function eventsOfRatios(samples: readonly RatioSample[]): readonly EventSample[] {
  return samples.flatMap(({ time, good, total }) => [
    ...(good > 0 ? [{ time, good: true, value: null, count: good }] : []),
    ...(total > good ? [{ time, good: false, value: null, count: total - good }] : []),
  ]);
}
