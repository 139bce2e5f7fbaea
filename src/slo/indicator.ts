/** Builds an objective's input from the readings of its sources, by its definition alone. */
import { compare } from './comparison';
import { counterRatios, eventsOfRatios } from './counters';
import type { FieldCondition, MetricQuery, ObjectiveDefinition } from './definition/model';
import type { EntityReading, EventSample, IndicatorInput, LogReading, SourceReading } from './indicatorInput';
import { runQuery, timedRecords } from './metricQuery';
import { compileFilter, numberField } from './recordFilter';

type KnownInput = Exclude<IndicatorInput, { kind: 'error' }>;
type Ratio = Extract<ObjectiveDefinition['indicator'], { kind: 'ratio' }>;

export interface BuildOptions {
  readonly now: number;
}

function comparedField(where: readonly FieldCondition[]): string | null {
  return where.find((condition) => condition.test.kind === 'compare')?.field ?? null;
}

/** Events of a log: eligible are those that `total` takes; of these, those that `good` takes too are good. */
function ratioEvents(reading: LogReading, ratio: Ratio, now: number): readonly EventSample[] {
  const eligible = compileFilter(ratio.total.where);
  const counted = compileFilter(ratio.numerator.where);
  const field = comparedField(ratio.numerator.where);
  return timedRecords(reading.records, now)
    .filter(eligible)
    .map((record) => ({
      time: record.time,
      good: counted(record) === (ratio.part === 'good'),
      value: field === null ? null : numberField(record, field),
    }));
}

function ratioOfSamples(
  readings: readonly [EntityReading | LogReading, EntityReading | LogReading],
  ratio: Ratio,
  objective: ObjectiveDefinition,
  now: number,
): KnownInput {
  const options = { now, staleAfterMs: objective.staleAfterMs };
  const part = runQuery(readings[0], ratio.numerator, options);
  const whole = runQuery(readings[1], ratio.total, options);
  if (part.kind === 'none') return part;
  if (whole.kind === 'none') return whole;
  const numerator = part.samples.at(-1);
  const total = whole.samples.at(-1);
  if (!numerator || !total) return { kind: 'none', reason: 'no sample' };
  if (total.value <= 0) return { kind: 'none', reason: 'nothing to count: the total is 0' };
  const good = ratio.part === 'good' ? numerator.value : total.value - numerator.value;
  if (good < 0 || compare(good, 'gt', total.value))
    return { kind: 'none', reason: `${good} good of ${total.value} cannot be: the two counts do not belong together` };
  return { kind: 'ratios', samples: [{ time: Math.min(numerator.time, total.time), good, total: total.value }] };
}

function thresholdInput(
  reading: EntityReading | LogReading,
  query: MetricQuery,
  objective: ObjectiveDefinition,
  now: number,
): KnownInput {
  const outcome = runQuery(reading, query, {
    now,
    staleAfterMs: objective.staleAfterMs,
    threshold: objective.threshold,
  });
  if (outcome.kind === 'none') return outcome;
  const { threshold } = objective;
  if (objective.method === 'Occurrences' && objective.mode === 'window' && threshold) {
    const events = outcome.samples.map(({ time, value }) => ({
      time,
      value,
      good: compare(value, threshold.operator, threshold.limit),
    }));
    return { kind: 'events', events };
  }
  return outcome;
}

function fromReadings(
  objective: ObjectiveDefinition,
  readings: readonly [EntityReading | LogReading, EntityReading | LogReading],
  now: number,
): KnownInput {
  const { indicator } = objective;
  const [first, second] = readings;
  switch (indicator.kind) {
    case 'unsupported':
      return { kind: 'none', reason: indicator.reason };
    case 'composite':
      return { kind: 'none', reason: 'a composite is made of the verdicts on its parts' };
    case 'threshold':
      return thresholdInput(first, indicator.query, objective, now);
    case 'raw': {
      const outcome = runQuery(first, indicator.query, { now, staleAfterMs: objective.staleAfterMs });
      if (outcome.kind === 'none') return outcome;
      const samples = outcome.samples
        .filter(({ value }) => value >= 0 && value <= 1)
        .map(({ time, value }) => ({ time, good: indicator.rawType === 'success' ? value : 1 - value, total: 1 }));
      return samples.length > 0
        ? { kind: 'ratios', samples }
        : { kind: 'none', reason: 'no sample is a ratio between 0 and 1' };
    }
    case 'ratio': {
      const countsEvents =
        indicator.numerator.query === 'count' &&
        indicator.total.query === 'count' &&
        first.kind === 'log' &&
        second.kind === 'log';
      const readsCounters =
        indicator.counter &&
        indicator.numerator.query === 'last' &&
        indicator.total.query === 'last' &&
        first.kind === 'log' &&
        second.kind === 'log';
      if (readsCounters) {
        const queries = [indicator.numerator, indicator.total] as const;
        const samples = counterRatios([first as LogReading, second as LogReading], queries, indicator.part, now);
        if (samples.length === 0) return { kind: 'none', reason: 'a counter says something from its second sample on' };
        if (objective.method === 'Occurrences') return { kind: 'events', events: eventsOfRatios(samples) };
        return { kind: 'ratios', samples };
      }
      if (!countsEvents) return ratioOfSamples(readings, indicator, objective, now);
      if (indicator.numerator.source !== indicator.total.source) {
        return { kind: 'none', reason: 'events can only be counted against events of the same data source' };
      }
      return { kind: 'events', events: ratioEvents(second as LogReading, indicator, now) };
    }
  }
}

/** Is the objective's value a whole number of things? */
export function countsThings({ indicator }: ObjectiveDefinition): boolean {
  return indicator.kind === 'threshold' && indicator.query.query === 'count' && Number.isInteger(indicator.query.scale);
}

/** Names of the sources an objective reads; the last is that of the total. */
export function sourcesOf(objective: ObjectiveDefinition): readonly string[] {
  const { indicator } = objective;
  switch (indicator.kind) {
    case 'unsupported':
      return [];
    case 'composite':
      return [...new Set(indicator.components.flatMap((part) => sourcesOf(part.objective)))];
    case 'ratio':
      return [...new Set([indicator.numerator.source, indicator.total.source])];
    default:
      return [indicator.query.source];
  }
}

/**
 * The input of one objective. `read` gives the reading of a data source by name, undefined when there is no such source.
 * A failed source gives `error` with what its last good reading would have given.
 */
export function buildIndicator(
  objective: ObjectiveDefinition,
  read: (source: string) => SourceReading | undefined,
  options: BuildOptions,
): IndicatorInput {
  if (objective.indicator.kind === 'unsupported') return { kind: 'none', reason: objective.indicator.reason };
  const names = sourcesOf(objective);
  const readings: SourceReading[] = [];
  for (const name of names) {
    const reading = read(name);
    if (!reading) return { kind: 'none', reason: `the data source ${name} is not defined` };
    readings.push(reading);
  }
  const failed = readings.find((reading) => reading.kind === 'error');
  const absent = readings.find((reading) => reading.kind === 'none');
  if (!failed && absent) return { kind: 'none', reason: absent.reason };
  const usable = readings
    .map((reading) => (reading.kind === 'error' ? reading.lastGood : reading))
    .filter((reading) => reading !== null && reading.kind !== 'none');
  const first = usable[0];
  const second = usable[1] ?? first;
  const known =
    usable.length === names.length && first && second ? fromReadings(objective, [first, second], options.now) : null;
  if (failed) return { kind: 'error', reason: failed.reason, since: failed.since, lastGood: known };
  return known ?? { kind: 'none', reason: 'nothing was read' };
}
