/** Process samples in other notations: Prometheus text, OpenMetrics, OTLP JSON, Node diagnostic reports. */
import { isObject, type JsonObject, type JsonValue, parseJsonValue } from './jsonScan';
import { FaultList, type SourceProblem } from './problems';
import type { LogRecord } from './records';
import { parseTimestamp } from './timestamps';

export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** ms since the epoch; null when the line has none. */
  readonly time: number | null;
}

export interface MetricsReading {
  readonly samples: readonly MetricSample[];
  /** OpenMetrics only: false when the closing `# EOF` is missing, and then there are no samples. */
  readonly complete: boolean;
  readonly problems: readonly SourceProblem[];
}

const namePattern = /[a-zA-Z_:][\w:]*/y;
const labelPattern = /\s*([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/y;
const labelsEndPattern = /\s*\}/y;

/**
 * Reads an exposition text. Timestamps are ms in Prometheus text and seconds in OpenMetrics, whose last line must be `# EOF`.
 * Exemplars are left out.
 */
export function readMetricsText(text: string, file: string, format: 'prometheus' | 'openmetrics'): MetricsReading {
  const samples: MetricSample[] = [];
  const problems = new FaultList<SourceProblem>();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const complete = format === 'prometheus' || lines.at(-1)?.trimEnd() === '# EOF';
  if (!complete) {
    problems.add({
      kind: 'truncated',
      message: 'The text does not end with # EOF; no value is taken from it',
      file,
      line: Math.max(1, lines.length),
      column: 1,
    });
    return { samples, complete, problems: problems.all() };
  }
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const sample = readSample(line, format === 'openmetrics' ? 1000 : 1);
    if (sample) samples.push(sample);
    else problems.add({ kind: 'syntax', message: 'This line is no metric sample', file, line: index + 1, column: 1 });
  }
  return { samples, complete, problems: problems.all() };
}

/** `name{labels} value [timestamp] [# exemplar]` */
function readSample(line: string, msPerUnit: number): MetricSample | null {
  namePattern.lastIndex = 0;
  const name = namePattern.exec(line)?.[0];
  if (name === undefined) return null;
  let at = name.length;
  const labels: Record<string, string> = Object.create(null);
  if (line[at] === '{') {
    at++;
    labelPattern.lastIndex = at;
    for (let match = labelPattern.exec(line); match; match = labelPattern.exec(line)) {
      labels[match[1] ?? ''] = unescapeLabel(match[2] ?? '');
      at = labelPattern.lastIndex;
    }
    labelsEndPattern.lastIndex = at;
    if (!labelsEndPattern.test(line)) return null;
    at = labelsEndPattern.lastIndex;
  } else if (!/\s/.test(line[at] ?? '')) return null;
  const rest = line.slice(at);
  const exemplar = rest.search(/\s#/);
  const [value, stamp, ...more] = (exemplar === -1 ? rest : rest.slice(0, exemplar)).trim().split(/\s+/);
  const figure = metricNumber(value ?? '');
  const time = stamp === undefined ? null : metricNumber(stamp);
  if (figure === null || more.length > 0 || (stamp !== undefined && !Number.isFinite(time))) return null;
  return { name, labels, value: figure, time: time === null ? null : time * msPerUnit };
}

function metricNumber(text: string): number | null {
  if (/^[+]?Inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-Inf$/i.test(text)) return Number.NEGATIVE_INFINITY;
  if (/^NaN$/i.test(text)) return Number.NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}

function unescapeLabel(text: string): string {
  return text.replace(/\\(["\\n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

/** Sum of the samples that carry all given labels; null when there is none. */
export function sumMetric(
  samples: readonly MetricSample[],
  metric: string,
  labels: Readonly<Record<string, string>>,
): number | null {
  const chosen = samples.filter(
    (sample) =>
      sample.name === metric && Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
  );
  return chosen.length === 0 ? null : chosen.reduce((sum, sample) => sum + sample.value, 0);
}

/** Metric names that carry the memory and handle figures of a process. */
const memoryMetrics = ['process_resident_memory_bytes'];
const handleMetrics = ['process_open_fds', 'nodejs_active_handles_total'];

/** Process samples of an exposition text; lines without a time take the file's. */
export function processSamplesOfMetrics(
  samples: readonly MetricSample[],
  file: string,
  fileTime: number | null,
): readonly LogRecord[] {
  const take = (names: readonly string[], field: string): LogRecord[] =>
    samples
      .filter((sample) => names.includes(sample.name) && Number.isFinite(sample.value))
      .map((sample) => ({
        time: sample.time ?? fileTime,
        series: sample.labels.instance ?? sample.labels.job ?? file,
        fields: { [field]: sample.value },
      }));
  return [...take(memoryMetrics, 'rss_bytes'), ...take(handleMetrics, 'open_handles')];
}

/** Value and instant of an OTLP JSON number data point; 64-bit integers are strings there. What is no number is null, not 0. */
export function otlpPoint(point: JsonObject): { readonly value: number | null; readonly time: number | null } {
  const nanos = point.timeUnixNano;
  const time =
    typeof nanos === 'string' && /^\d{1,20}$/.test(nanos)
      ? Number(BigInt(nanos) / 1_000_000n)
      : typeof nanos === 'number' && nanos > 0
        ? Math.floor(nanos / 1e6)
        : null;
  // 0 is the protocol's word for "unknown".
  return { value: figureOf(point.asInt ?? point.asDouble), time: time === 0 ? null : time };
}

/** A number, or a decimal number in a string; anything else is none. */
function figureOf(value: JsonValue | undefined): number | null {
  const figure = typeof value === 'string' ? metricNumber(value) : value;
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null;
}

const identityAttributes = ['service.name', 'service.instance.id', 'process.pid'];

/** Process samples of one OTLP export (one JSON line). */
export function processSamplesOfOtlp(value: JsonValue): readonly LogRecord[] {
  const records: LogRecord[] = [];
  const list = (of: JsonValue | undefined, key: string): readonly JsonObject[] => {
    const items = isObject(of) ? of[key] : undefined;
    return Array.isArray(items)
      ? (items as readonly JsonValue[]).filter((item): item is JsonObject => isObject(item))
      : [];
  };
  for (const resource of list(value, 'resourceMetrics')) {
    const attributes = list(resource.resource, 'attributes');
    // Two processes of one service are two series.
    const named = identityAttributes.flatMap((key) => {
      const value = attributes.find((attribute) => attribute.key === key)?.value;
      const text = isObject(value) ? (value.stringValue ?? value.intValue) : undefined;
      return typeof text === 'string' || typeof text === 'number' ? [String(text)] : [];
    });
    const series = named.length > 0 ? named.join(' ') : undefined;
    for (const scope of list(resource, 'scopeMetrics'))
      for (const metric of list(scope, 'metrics')) {
        const field =
          metric.name === 'process.memory.usage'
            ? 'rss_bytes'
            : metric.name === 'process.open_file_descriptor.count' ||
                metric.name === 'process.unix.file_descriptor.count'
              ? 'open_handles'
              : null;
        if (field === null) continue;
        for (const point of [...list(metric.gauge, 'dataPoints'), ...list(metric.sum, 'dataPoints')]) {
          const { value: figure, time } = otlpPoint(point);
          if (figure !== null)
            records.push({ time, ...(series === undefined ? {} : { series }), fields: { [field]: figure } });
        }
      }
  }
  return records;
}

/**
 * Resident memory and open handles (active libuv handles without the loop) of a Node diagnostic report; null when the value
 * is none. `dumpEventTime` is not used: Node writes local time with a Z there.
 */
export function processSampleOfReport(value: JsonValue): LogRecord | null {
  if (!isObject(value) || !isObject(value.header) || !Array.isArray(value.libuv)) return null;
  const stamp = value.header.dumpEventTimeStamp;
  const time = parseTimestamp(figureOf(stamp) ?? undefined, 'UTC');
  const rss = isObject(value.resourceUsage) ? figureOf(value.resourceUsage.rss) : null;
  const open = (value.libuv as readonly JsonValue[]).filter(
    (handle) => isObject(handle) && handle.is_active === true && handle.type !== 'loop',
  ).length;
  const processId = value.header.processId;
  return {
    time: time.precision === 'instant' ? time.ms : null,
    ...(typeof processId === 'number' ? { series: `process ${processId}` } : {}),
    fields: {
      open_handles: open,
      ...(rss === null ? {} : { rss_bytes: rss }),
    },
  };
}

/** Process samples of a JSON text that is a diagnostic report or an OTLP export; null when it is neither. */
export function processSamplesOfJson(text: string): readonly LogRecord[] | null {
  const parsed = parseJsonValue(text);
  if (!parsed.ok) return null;
  const report = processSampleOfReport(parsed.value);
  if (report) return [report];
  return isObject(parsed.value) && Array.isArray(parsed.value.resourceMetrics)
    ? processSamplesOfOtlp(parsed.value)
    : null;
}
