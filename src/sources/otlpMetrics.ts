/** OTLP JSON metrics (ExportMetricsServiceRequest, as a collector's file exporter writes them: one per line, or one file). */
import { metricFields, metricNumber } from './exposition';
import { isObject, type JsonObject, type JsonValue } from './jsonScan';
import type { FieldValue, LogRecord } from './records';

/** Nanoseconds since the epoch, a decimal string or a number, in ms; 0 is the protocol's word for "unknown". */
function millisecondsOf(nanos: JsonValue | undefined): number | null {
  const ms =
    typeof nanos === 'string' && /^\d{1,20}$/.test(nanos)
      ? Number(BigInt(nanos) / 1_000_000n)
      : typeof nanos === 'number' && nanos > 0
        ? Math.floor(nanos / 1e6)
        : 0;
  return ms > 0 ? ms : null;
}

/** A number, or a decimal number in a string; anything else is none. */
function figureOf(value: JsonValue | undefined): number | null {
  const figure = typeof value === 'string' ? metricNumber(value) : value;
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null;
}

/** Value and instant of a number data point; 64-bit integers are strings there. What is no number is null, not 0. */
export function otlpPoint(point: JsonObject): { readonly value: number | null; readonly time: number | null } {
  return { value: figureOf(point.asInt ?? point.asDouble), time: millisecondsOf(point.timeUnixNano) };
}

function listAt(of: JsonValue | undefined, key: string): readonly JsonObject[] {
  const items = isObject(of) ? of[key] : undefined;
  return Array.isArray(items)
    ? (items as readonly JsonValue[]).filter((item): item is JsonObject => isObject(item))
    : [];
}

/** Attributes with plain values, by key. */
function attributesOf(of: JsonValue | undefined): Readonly<Record<string, FieldValue>> {
  const attributes: Record<string, FieldValue> = Object.create(null);
  for (const { key, value } of listAt(of, 'attributes')) {
    if (typeof key !== 'string' || !isObject(value)) continue;
    const { stringValue, boolValue, doubleValue, intValue } = value;
    if (typeof stringValue === 'string') attributes[key] = stringValue;
    else if (typeof boolValue === 'boolean') attributes[key] = boolValue;
    else {
      const number = figureOf(intValue ?? doubleValue);
      if (number !== null) attributes[key] = number;
    }
  }
  return attributes;
}

const identityAttributes = ['service.name', 'service.instance.id', 'process.pid'];

/** Figures of a process by the names of the semantic conventions. */
const processFields: Readonly<Record<string, string>> = {
  'process.memory.usage': 'rss_bytes',
  'process.open_file_descriptor.count': 'open_handles',
  'process.unix.file_descriptor.count': 'open_handles',
  'nodejs.eventloop.handles': 'open_handles',
  'v8js.memory.heap.used': 'heap_used_bytes',
};

/** AggregationTemporality by number or by name. */
const isDelta = (temporality: JsonValue | undefined): boolean =>
  temporality === 1 || temporality === 'AGGREGATION_TEMPORALITY_DELTA';

interface Metric {
  readonly name: string;
  readonly resource: Readonly<Record<string, FieldValue>>;
  readonly process: string;
}

function recordOf(
  metric: Metric,
  suffix: string,
  value: number,
  point: JsonObject,
  more: Readonly<Record<string, FieldValue>>,
  delta: boolean,
): LogRecord {
  const name = `${metric.name}${suffix}`;
  const labels = { ...metric.resource, ...attributesOf(point), ...more };
  const field = Object.hasOwn(processFields, metric.name) && suffix === '' ? processFields[metric.name] : undefined;
  const fields = metricFields(name, value, labels);
  if (field !== undefined) fields[field] = value;
  const since = millisecondsOf(point.startTimeUnixNano);
  const series =
    field !== undefined && metric.process !== ''
      ? metric.process
      : `${name}${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
  return {
    time: millisecondsOf(point.timeUnixNano),
    series,
    additive: true,
    ...(delta ? { delta } : {}),
    ...(since === null ? {} : { since }),
    fields,
  };
}

/** As Prometheus has it: `_count`, `_sum`, and per bound `le` what is at or below it. */
function histogramRecords(metric: Metric, point: JsonObject, delta: boolean): readonly LogRecord[] {
  const records: LogRecord[] = [];
  const count = figureOf(point.count);
  const sum = figureOf(point.sum);
  if (count !== null) records.push(recordOf(metric, '_count', count, point, {}, delta));
  if (sum !== null) records.push(recordOf(metric, '_sum', sum, point, {}, delta));
  const bounds = Array.isArray(point.explicitBounds) ? (point.explicitBounds as readonly JsonValue[]) : [];
  const counts = Array.isArray(point.bucketCounts) ? (point.bucketCounts as readonly JsonValue[]) : [];
  // One bucket more than bounds: anything else is no histogram.
  if (counts.length !== bounds.length + 1) return records;
  let below = 0;
  for (const [index, bucket] of counts.entries()) {
    const figure = figureOf(bucket);
    const bound = index < bounds.length ? figureOf(bounds[index]) : Number.POSITIVE_INFINITY;
    if (figure === null || bound === null) return records;
    below += figure;
    const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound);
    records.push(recordOf(metric, '_bucket', below, point, { le }, delta));
  }
  return records;
}

/** Is this an export of metrics? */
export function isOtlpMetrics(value: JsonValue): value is JsonObject {
  return isObject(value) && Array.isArray(value.resourceMetrics);
}

/**
 * Every number data point of one export as a record: `metric`, `value`, the attributes of the point and of its resource.
 * Histograms give `<name>_bucket` with `le`, `<name>_count` and `<name>_sum`. Points that record no value are left out.
 */
export function recordsOfOtlp(value: JsonValue): readonly LogRecord[] {
  const records: LogRecord[] = [];
  for (const resourceMetrics of listAt(value, 'resourceMetrics')) {
    const resource = attributesOf(resourceMetrics.resource);
    // Two processes of one service are two series.
    const process = identityAttributes.flatMap((key) => (resource[key] === undefined ? [] : [String(resource[key])]));
    for (const scope of listAt(resourceMetrics, 'scopeMetrics'))
      for (const one of listAt(scope, 'metrics')) {
        if (typeof one.name !== 'string') continue;
        const metric: Metric = { name: one.name, resource, process: process.join(' ') };
        const delta = (of: JsonValue | undefined): boolean => isObject(of) && isDelta(of.aggregationTemporality);
        const recorded = (of: JsonValue | undefined): readonly JsonObject[] =>
          // FLAG_NO_RECORDED_VALUE: the series ended here.
          listAt(of, 'dataPoints').filter(({ flags }) => !(typeof flags === 'number' && (flags & 1) === 1));
        for (const kind of ['gauge', 'sum'] as const)
          for (const point of recorded(one[kind])) {
            const { value: figure } = otlpPoint(point);
            if (figure !== null)
              records.push(recordOf(metric, '', figure, point, {}, kind === 'sum' && delta(one.sum)));
          }
        for (const point of recorded(one.histogram))
          records.push(...histogramRecords(metric, point, delta(one.histogram)));
      }
  }
  return records;
}
