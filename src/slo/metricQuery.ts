/** Interpreter of `metricSource.spec` over the records of one source. Knows no objective and no file format. */
import { type ComparisonOperator, compare } from './comparison';
import type { MetricQuery } from './definition/model';
import { HOUR_MS, MINUTE_MS } from './duration';
import { slopePerHour } from './growth';
import type { EntityReading, LogReading, SourceRecord, ValueSample } from './indicatorInput';
import { compileFilter, numberField } from './recordFilter';

/** A record dated further ahead than this has a wrong clock and is left out. */
export const MAX_FUTURE_SKEW_MS = 2 * MINUTE_MS;

/** A record whose instant is known and not in the future. */
export type TimedRecord = SourceRecord & { readonly time: number };

export type QueryOutcome =
  | { readonly kind: 'samples'; readonly samples: readonly ValueSample[] }
  | { readonly kind: 'none'; readonly reason: string };

const none = (reason: string): QueryOutcome => ({ kind: 'none', reason });
const sample = (time: number, value: number): QueryOutcome => ({ kind: 'samples', samples: [{ time, value }] });

/** Valid records of a log, sorted by time, the last record of each id only. */
export function timedRecords(records: readonly SourceRecord[], now: number): readonly TimedRecord[] {
  const byId = new Map<string, SourceRecord>();
  const kept: SourceRecord[] = [];
  for (const record of records) {
    if (record.id === undefined) kept.push(record);
    else byId.set(record.id, record);
  }
  return [...kept, ...byId.values()]
    .filter(
      (record): record is TimedRecord =>
        record.time !== null && Number.isFinite(record.time) && record.time <= now + MAX_FUTURE_SKEW_MS,
    )
    .sort((a, b) => a.time - b.time);
}

function valueSamples(records: readonly TimedRecord[], field: string, scale: number): readonly ValueSample[] {
  const samples: ValueSample[] = [];
  for (const record of records) {
    const value = numberField(record, field);
    if (value !== null) samples.push({ time: record.time, value: value * scale });
  }
  return samples;
}

/** Groups by series; records without one belong together. */
function bySeries(records: readonly TimedRecord[]): readonly (readonly TimedRecord[])[] {
  const groups = new Map<string, TimedRecord[]>();
  for (const record of records) {
    const key = record.series ?? '';
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}

/** Series that still report: a process that ended must not speak for those that run. All of them when none does. */
function livingSeries<T extends { readonly time: number }>(
  series: readonly (readonly T[])[],
  oldest: number,
): readonly (readonly T[])[] {
  const living = series.filter((one) => (one.at(-1)?.time ?? Number.NEGATIVE_INFINITY) >= oldest);
  return living.length > 0 ? living : series;
}

function largest(samples: readonly ValueSample[]): ValueSample | null {
  return samples.reduce<ValueSample | null>(
    (best, one) => (best === null || one.value > best.value ? one : best),
    null,
  );
}

/**
 * Parts of a whole, summed: at each instant the newest sample of every series, as long as it counts as known. The last sample
 * of a series at one instant is the one that counts.
 */
function summed(
  records: readonly TimedRecord[],
  field: string,
  scale: number,
  staleAfterMs: number,
): readonly ValueSample[] {
  const newest = new Map<string, ValueSample>();
  const samples: ValueSample[] = [];
  for (const [index, record] of records.entries()) {
    const { time } = record;
    const value = numberField(record, field);
    if (value !== null) newest.set(record.series ?? '', { time, value: value * scale });
    if (records[index + 1]?.time === time) continue;
    let sum = 0;
    for (const [series, one] of newest)
      if (one.time >= time - staleAfterMs) sum += one.value;
      else newest.delete(series);
    if (newest.size > 0) samples.push({ time, value: sum });
  }
  return samples;
}

function lastValue(
  records: readonly TimedRecord[],
  query: MetricQuery,
  oldest: number,
  staleAfterMs: number,
): QueryOutcome {
  const field = query.field ?? 'value';
  if (query.across === null) {
    const samples = records.some(({ additive }) => additive === true)
      ? summed(records, field, query.scale, staleAfterMs)
      : valueSamples(records, field, query.scale);
    return samples.length > 0 ? { kind: 'samples', samples } : none(`no record has a number in ${field}`);
  }
  const series = bySeries(records)
    .map((group) => valueSamples(group, field, query.scale))
    .filter((group) => group.length > 0);
  const newest = livingSeries(series, oldest).flatMap((group) => group.at(-1) ?? []);
  const top = largest(newest);
  return top ? sample(top.time, top.value) : none(`no record has a number in ${field}`);
}

function slope(records: readonly TimedRecord[], query: MetricQuery, oldest: number, now: number): QueryOutcome {
  const field = query.field ?? 'value';
  const from = now - (query.overMs ?? HOUR_MS);
  const recent = records.filter((record) => record.time >= from);
  const series = bySeries(recent)
    .map((group) => valueSamples(group, field, query.scale))
    .filter((group) => group.length > 0);
  const slopes: ValueSample[] = [];
  for (const one of livingSeries(series, oldest)) {
    const value = slopePerHour(one, query);
    if (value !== null) slopes.push({ time: one.at(-1)?.time ?? 0, value });
  }
  const top = largest(slopes);
  if (!top)
    return none(
      series.length === 0
        ? `no samples of ${field} in the last hour or window asked for`
        : `too few samples of ${field} for a slope`,
    );
  return sample(top.time, top.value);
}

/**
 * Share of series that report up (field ≥ 1). A silent series is known to be neither: its age is the age of the share,
 * unless the objective fails even if every silent series were up; then that best case is the value, as of the fresh ones.
 */
function fractionUp(
  records: readonly TimedRecord[],
  query: MetricQuery,
  oldest: number,
  fails: (value: number) => boolean,
): QueryOutcome {
  const field = query.field ?? 'up';
  const newest = bySeries(records).flatMap((group) => valueSamples(group, field, 1).at(-1) ?? []);
  if (newest.length === 0) return none(`no record has a number in ${field}`);
  const share = (up: number) => (up / newest.length) * query.scale;
  const fresh = newest.filter((one) => one.time >= oldest);
  const freshDown = fresh.filter((one) => one.value < 1).length;
  const best = share(newest.length - freshDown);
  if (fresh.length > 0 && fresh.length < newest.length && fails(best))
    return sample(Math.max(...fresh.map((one) => one.time)), best);
  return sample(Math.min(...newest.map((one) => one.time)), share(newest.filter((one) => one.value >= 1).length));
}

function runOnEntities(reading: EntityReading, query: MetricQuery, fails: (value: number) => boolean): QueryOutcome {
  const taken = reading.records.filter(compileFilter(query.where));
  if (query.query === 'count') return sample(reading.takenAt, taken.length * query.scale);
  // Entities are all of the moment they were read.
  const records = taken.map((record): TimedRecord => ({ ...record, time: reading.takenAt }));
  const separate = records.map(
    (record, index): TimedRecord => ({ ...record, series: record.id ?? record.series ?? String(index) }),
  );
  switch (query.query) {
    case 'last':
      return lastValue(query.across === null ? records.slice(-1) : separate, query, reading.takenAt, 0);
    case 'fractionUp':
      return fractionUp(separate, query, reading.takenAt, fails);
    case 'slopePerHour':
      return none('a slope needs samples over time, and this source has one moment');
  }
}

function runOnLog(
  reading: LogReading,
  query: MetricQuery,
  options: QueryOptions,
  fails: (value: number) => boolean,
): QueryOutcome {
  const { now } = options;
  const valid = timedRecords(reading.records, now);
  const newest = valid.at(-1);
  if (!newest) return none(reading.records.length === 0 ? 'the source holds no record' : 'no record has a valid time');
  const records = valid.filter(compileFilter(query.where));
  const oldest = now - options.staleAfterMs;
  switch (query.query) {
    case 'count': {
      const from = query.overMs === null ? Number.NEGATIVE_INFINITY : now - query.overMs;
      // As fresh as the log itself: a silent log says nothing, an active one without a match says zero.
      return sample(newest.time, records.filter((record) => record.time > from).length * query.scale);
    }
    case 'last':
      return records.length === 0 ? none('no record matches') : lastValue(records, query, oldest, options.staleAfterMs);
    case 'fractionUp':
      return records.length === 0 ? none('no record matches') : fractionUp(records, query, oldest, fails);
    case 'slopePerHour':
      return records.length === 0 ? none('no record matches') : slope(records, query, oldest, now);
  }
}

export interface QueryOptions {
  readonly now: number;
  readonly staleAfterMs: number;
  /** The comparison that a value must hold, where there is one. */
  readonly threshold?: { readonly operator: ComparisonOperator; readonly limit: number } | null;
}

/**
 * Runs a query. `last` without `across` gives every sample, oldest first, so that slices can be judged; the others give one.
 * Future-dated, undated and non-numeric records are left out, and no usable record is `none`, never zero.
 */
export function runQuery(reading: EntityReading | LogReading, query: MetricQuery, options: QueryOptions): QueryOutcome {
  const { threshold } = options;
  const fails = (value: number) =>
    threshold !== undefined && threshold !== null && !compare(value, threshold.operator, threshold.limit);
  return reading.kind === 'entities' ? runOnEntities(reading, query, fails) : runOnLog(reading, query, options, fails);
}
