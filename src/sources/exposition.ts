/** Exposition texts of metrics, Prometheus and OpenMetrics, as records that a query can select by metric and label. */
import { FaultList, type SourceProblem } from './problems';
import type { FieldValue, LogRecord } from './records';

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

/** A number as exposition texts write it, infinities and NaN too; null for anything else. */
export function metricNumber(text: string): number | null {
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

/** What everyone calls the memory and the handles of a process, by the names that the clients of the field give them. */
const processFields: Readonly<Record<string, string>> = {
  process_resident_memory_bytes: 'rss_bytes',
  process_open_fds: 'open_handles',
  nodejs_active_handles_total: 'open_handles',
  nodejs_heap_size_used_bytes: 'heap_used_bytes',
  nodejs_heap_size_total_bytes: 'heap_total_bytes',
};

/** A label that would hide one of the record's own fields stands under this prefix. */
const ownFields: ReadonlySet<string> = new Set(['metric', 'value', ...Object.values(processFields)]);

/** Fields of a metric sample: its name, its value, and each label under its own name. */
export function metricFields(
  metric: string,
  value: number,
  labels: Readonly<Record<string, FieldValue>>,
): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = Object.create(null);
  fields.metric = metric;
  fields.value = value;
  for (const [name, text] of Object.entries(labels)) fields[ownFields.has(name) ? `label_${name}` : name] = text;
  const process = Object.hasOwn(processFields, metric) ? processFields[metric] : undefined;
  if (process !== undefined) fields[process] = value;
  return fields;
}

/**
 * Samples as records; those without a time take the file's. What is no finite number is left out: no value is not 0. The
 * series is the process that speaks (`instance`, else `job`, else the file) for figures of a process, else also the labels.
 */
export function recordsOfMetrics(
  samples: readonly MetricSample[],
  file: string,
  fileTime: number | null,
): readonly LogRecord[] {
  return samples
    .filter((sample) => Number.isFinite(sample.value))
    .map(({ name, labels, value, time }) => {
      const instance = labels.instance ?? labels.job ?? file;
      const series = Object.hasOwn(processFields, name)
        ? instance
        : `${file} ${name}${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`;
      return { time: time ?? fileTime, series, additive: true, fields: metricFields(name, value, labels) };
    });
}
