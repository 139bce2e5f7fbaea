/** Process samples in other notations: Prometheus text, OpenMetrics, OTLP JSON, Node diagnostic reports. */
import { isObject, type JsonObject, type JsonValue, parseJsonValue } from './jsonScan';
import type { SourceProblem } from './problems';
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

const linePattern = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+(\S+))?(?:\s+#.*)?$/;
const labelPattern = /\s*([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/** Reads an exposition text. Timestamps are ms in Prometheus text and seconds in OpenMetrics. */
export function readMetricsText(text: string, file: string, format: 'prometheus' | 'openmetrics'): MetricsReading {
  const samples: MetricSample[] = [];
  const problems: SourceProblem[] = [];
  const lines = text.split('\n');
  let complete = format === 'prometheus';
  lines.forEach((raw, index) => {
    const line = raw.trim();
    if (line === '# EOF') complete = true;
    if (line === '' || line.startsWith('#')) return;
    const match = linePattern.exec(line);
    const value = match ? metricNumber(match[3] ?? '') : null;
    const labels = match ? readLabels(match[2] ?? '') : null;
    if (!match || value === null || !labels) {
      problems.push({ kind: 'syntax', message: 'This line is no metric sample', file, line: index + 1, column: 1 });
      return;
    }
    const stamp = match[4] === undefined ? null : metricNumber(match[4]);
    samples.push({
      name: match[1] ?? '',
      labels,
      value,
      time: stamp === null ? null : format === 'openmetrics' ? stamp * 1000 : stamp,
    });
  });
  if (!complete) {
    problems.push({
      kind: 'truncated',
      message: 'The text does not end with # EOF; no value is taken from it',
      file,
      line: lines.length,
      column: 1,
    });
    return { samples: [], complete, problems };
  }
  return { samples, complete, problems };
}

function metricNumber(text: string): number | null {
  if (/^[+]?Inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-Inf$/i.test(text)) return Number.NEGATIVE_INFINITY;
  if (/^NaN$/i.test(text)) return Number.NaN;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}

function readLabels(text: string): Readonly<Record<string, string>> | null {
  const labels: Record<string, string> = Object.create(null);
  labelPattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = labelPattern.lastIndex) {
    labelPattern.lastIndex = at;
    const match = labelPattern.exec(text);
    if (!match) return null;
    labels[match[1] ?? ''] = (match[2] ?? '').replace(/\\(["\\n])/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
  }
  return labels;
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

/** Value and instant of an OTLP JSON number data point; 64-bit integers are strings there. */
export function otlpPoint(point: JsonObject): { readonly value: number | null; readonly time: number | null } {
  const raw = point.asInt ?? point.asDouble;
  const value = typeof raw === 'string' ? Number(raw) : typeof raw === 'number' ? raw : null;
  const nanos = point.timeUnixNano;
  const time =
    typeof nanos === 'string' && /^\d+$/.test(nanos)
      ? Number(BigInt(nanos) / 1_000_000n)
      : typeof nanos === 'number'
        ? Math.floor(nanos / 1e6)
        : null;
  return { value: value !== null && Number.isFinite(value) ? value : null, time };
}

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
    const name = attributes.find(
      (attribute) => attribute.key === 'service.name' || attribute.key === 'service.instance.id',
    );
    const series =
      isObject(name?.value) && typeof name.value.stringValue === 'string' ? name.value.stringValue : undefined;
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

/** Resident memory and open handles of a Node diagnostic report; null when the value is none. */
export function processSampleOfReport(value: JsonValue): LogRecord | null {
  if (!isObject(value) || !isObject(value.header) || !Array.isArray(value.libuv)) return null;
  const stamp = value.header.dumpEventTimeStamp;
  const raw = typeof stamp === 'string' && /^\d+$/.test(stamp) ? Number(stamp) : value.header.dumpEventTime;
  const time = parseTimestamp(raw, 'UTC');
  const usage = isObject(value.resourceUsage) ? value.resourceUsage : undefined;
  const rss = usage?.rss ?? (isObject(value.javascriptHeap) ? value.javascriptHeap.totalCommittedMemory : undefined);
  const open = (value.libuv as readonly JsonValue[]).filter(
    (handle) => isObject(handle) && handle.is_active === true && handle.type !== 'loop',
  ).length;
  const processId = value.header.processId;
  return {
    time: time.precision === 'instant' || time.precision === 'no-zone' ? time.ms : null,
    ...(typeof processId === 'number' ? { series: `process ${processId}` } : {}),
    fields: {
      open_handles: open,
      ...(rss === undefined || Number.isNaN(Number(rss)) ? {} : { rss_bytes: Number(rss) }),
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
