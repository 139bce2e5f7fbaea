/** Events and samples from logs and small files, as plain records: an instant, an optional id and series, and flat fields. */
import { recordsOfClaudeFlow } from './claudeFlow';
import { readMetricsText, recordsOfMetrics } from './exposition';
import { isObject, type JsonObject, type JsonValue, parseJsonValue } from './jsonScan';
import { recordOfReport } from './nodeReport';
import { isOtlpMetrics, recordsOfOtlp } from './otlpMetrics';
import { FaultList, quoted, type SourceProblem } from './problems';
import { parseTimestamp } from './timestamps';
import { parseYamlValue } from './yamlValue';

export type FieldValue = string | number | boolean | null;

export interface LogRecord {
  /** ms since the epoch; null when the record has no valid instant. */
  readonly time: number | null;
  readonly id?: string;
  readonly series?: string;
  /** One part of a whole: samples of several series at one instant add up. */
  readonly additive?: boolean;
  /** Of a counter: the value is what it rose since the sample before, not what it stands at. */
  readonly delta?: boolean;
  /** Of a counter: when it started from 0, ms. */
  readonly since?: number;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** JSON Pointers, first hit wins. */
export type Pointers = readonly string[];

export interface RecordMapping {
  readonly time: Pointers;
  readonly id: Pointers;
  readonly series: Pointers;
  readonly fields: Readonly<Record<string, Pointers>>;
  /** Where in the file the list or map of records stands; none: the file is one record, or a list of them. */
  readonly records?: Pointers;
  readonly timeZone: string;
}

export interface RecordsReading {
  readonly records: readonly LogRecord[];
  readonly problems: readonly SourceProblem[];
  /** Of a line log: end of the last complete line, in UTF-16 units. */
  readonly consumed: number;
}

/** Keys and indices that a JSON Pointer (RFC 6901) goes through. */
export function pointerTokens(pointer: string): readonly string[] {
  const known = tokensOf.get(pointer);
  if (known) return known;
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (tokensOf.size >= 500) tokensOf.clear();
  tokensOf.set(pointer, tokens);
  return tokens;
}

/** A definition names few pointers, and each is followed in every record. */
const tokensOf = new Map<string, readonly string[]>();

/** Value at a JSON Pointer, own properties only. */
export function valueAtPointer(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const key of pointerTokens(pointer)) {
    if (Array.isArray(at)) at = /^\d+$/.test(key) ? (at as readonly JsonValue[])[Number(key)] : undefined;
    else if (isObject(at)) at = Object.hasOwn(at, key) ? at[key] : undefined;
    else return undefined;
  }
  return at;
}

/** Record of one JSON object. */
export function toRecord(value: JsonObject, mapping: RecordMapping): LogRecord {
  const first = (pointers: Pointers): JsonValue | undefined => {
    for (const pointer of pointers) {
      const hit = valueAtPointer(value, pointer);
      if (hit !== undefined && hit !== null) return hit;
    }
    return undefined;
  };
  const time = parseTimestamp(first(mapping.time), mapping.timeZone);
  const id = first(mapping.id);
  const series = first(mapping.series);
  const fields: Record<string, FieldValue> = {};
  for (const [name, pointers] of Object.entries(mapping.fields)) {
    const field = first(pointers);
    if (field !== undefined && (typeof field !== 'object' || field === null)) fields[name] = field as FieldValue;
  }
  return {
    time: time.precision === 'instant' || time.precision === 'no-zone' ? time.ms : null,
    ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
    ...(typeof series === 'string' || typeof series === 'number' ? { series: String(series) } : {}),
    fields,
  };
}

/** Says so when a record cannot count for want of a time. */
function timeProblem(
  record: LogRecord,
  mapping: RecordMapping,
  place: { readonly file: string; readonly line: number; readonly key?: string },
): SourceProblem | null {
  if (record.time !== null || mapping.time.length === 0) return null;
  const message = `A record has no valid time at ${mapping.time.join(' or ')} and does not count`;
  return { kind: 'no-time', message, column: 1, ...place };
}

/** Records of a value in a notation of its own (an export of metrics, a report); null when it is none. */
type Notation = (value: JsonValue, file: string) => readonly LogRecord[] | null;

const notations: readonly Notation[] = [
  (value) => (isOtlpMetrics(value) ? recordsOfOtlp(value) : null),
  (value) => {
    const report = recordOfReport(value);
    return report ? [report] : null;
  },
  (value, file) => recordsOfClaudeFlow(file, value),
];

/** Known notations first; what the pointers find beside that is added. null: the value is an ordinary one. */
function recordsInNotation(value: JsonValue, file: string, mapping: RecordMapping): readonly LogRecord[] | null {
  for (const notation of notations) {
    const records = notation(value, file);
    if (!records) continue;
    const mapped = isObject(value) ? toRecord(value, mapping) : null;
    if (!mapped || Object.keys(mapped.fields).length === 0) return records;
    const [only, ...others] = records;
    return only && others.length === 0
      ? [{ ...only, time: mapped.time ?? only.time, fields: { ...only.fields, ...mapped.fields } }]
      : [...records, mapped];
  }
  return null;
}

/**
 * One object per line; only lines that end are records. A broken line is a problem with its place; the rest counts.
 * @param firstLine number of the first line, where the text is a later part of its file
 */
export function readJsonLines(text: string, file: string, mapping: RecordMapping, firstLine = 1): RecordsReading {
  const records: LogRecord[] = [];
  const problems = new FaultList<SourceProblem>();
  let start = 0;
  let line = firstLine - 1;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    line++;
    const content = text.slice(start, end);
    start = end + 1;
    if (content.trim() === '') continue;
    const parsed = parseJsonValue(content);
    if (!parsed.ok) {
      problems.add({ kind: parsed.kind, message: parsed.message, file, line, column: parsed.position.column });
      continue;
    }
    const known = recordsInNotation(parsed.value, file, mapping);
    if (known) records.push(...known);
    else if (isObject(parsed.value)) {
      const record = toRecord(parsed.value, mapping);
      const undated = timeProblem(record, mapping, { file, line });
      if (undated) problems.add(undated);
      records.push(record);
    } else
      problems.add({
        kind: 'not-a-record',
        message: 'A line of this log must be a JSON object',
        file,
        line,
        column: 1,
      });
  }
  return { records, problems: problems.all(), consumed: start };
}

/** Entries of the value at `mapping.records`: a list, or a map whose keys become the field `key`; without it the value itself. */
function entriesOf(
  value: JsonValue,
  mapping: RecordMapping,
): readonly { readonly value: JsonValue; readonly key: string; readonly name: string | null }[] | null {
  const pointer = mapping.records?.find((one) => valueAtPointer(value, one) !== undefined) ?? mapping.records?.[0];
  const at = pointer === undefined ? value : valueAtPointer(value, pointer);
  if (at === undefined) return null;
  const base = pointer ?? '';
  if (Array.isArray(at))
    return (at as readonly JsonValue[]).map((one, index) => ({ value: one, key: `${base}/${index}`, name: null }));
  if (pointer === undefined || !isObject(at)) return [{ value: at, key: base, name: null }];
  return Object.entries(at).map(([name, one]) => ({ value: one, key: `${base}/${name}`, name }));
}

/** Records of a parsed value: a list of objects, one object, or what `mapping.records` points to. */
function recordsOfValue(value: JsonValue, file: string, mapping: RecordMapping): Omit<RecordsReading, 'consumed'> {
  const known = recordsInNotation(value, file, mapping);
  if (known) return { records: known, problems: [] };
  const problems = new FaultList<SourceProblem>();
  const entries = entriesOf(value, mapping);
  if (!entries) {
    const message = `The file has nothing at ${(mapping.records ?? []).join(' or ')}`;
    return { records: [], problems: [{ kind: 'not-a-record', message, file, line: 1, column: 1 }] };
  }
  const records: LogRecord[] = [];
  for (const [index, entry] of entries.entries()) {
    const { key, name } = entry;
    if (!isObject(entry.value)) {
      const message = `${key === '' ? 'The file' : `Entry ${name ?? index + 1}`} is no object`;
      problems.add({ kind: 'not-a-record', message: quoted(message), file, line: 1, column: 1, key });
      continue;
    }
    const record = toRecord(entry.value, mapping);
    const undated = timeProblem(record, mapping, { file, line: 1, key });
    if (undated) problems.add(undated);
    records.push(
      name === null ? record : { ...record, series: record.series ?? name, fields: { key: name, ...record.fields } },
    );
  }
  return { records, problems: problems.all() };
}

/** A JSON array of objects, one object, or a file in a notation that is known. */
export function readJsonRecords(text: string, file: string, mapping: RecordMapping): RecordsReading {
  const parsed = parseJsonValue(text);
  if (parsed.ok) return { ...recordsOfValue(parsed.value, file, mapping), consumed: text.length };
  const { line, column } = parsed.position;
  return { records: [], problems: [{ kind: parsed.kind, message: parsed.message, file, line, column }], consumed: 0 };
}

/** The same of a YAML file. */
export function readYamlRecords(text: string, file: string, mapping: RecordMapping): RecordsReading {
  const parsed = parseYamlValue(text);
  if (parsed.ok) return { ...recordsOfValue(parsed.value, file, mapping), consumed: text.length };
  const { line, column } = parsed.position;
  return { records: [], problems: [{ kind: parsed.kind, message: parsed.message, file, line, column }], consumed: 0 };
}

/** Is this a log of one record a line, which grows at its end? */
export function isLineLog(file: string): boolean {
  return /\.(?:jsonl|ndjson|log)$/i.test(file);
}

/** Reads a text by its ending: exposition texts, logs by line, YAML, everything else as JSON. */
export function readRecords(
  text: string,
  file: string,
  mapping: RecordMapping,
  fileTime: number | null = null,
): RecordsReading {
  if (isLineLog(file)) return readJsonLines(text, file, mapping);
  if (/\.ya?ml$/i.test(file)) return readYamlRecords(text, file, mapping);
  const exposition = /\.(prom|om|openmetrics)$/i.exec(file)?.[1];
  if (exposition === undefined) return readJsonRecords(text, file, mapping);
  const { samples, problems } = readMetricsText(
    text,
    file,
    exposition.toLowerCase() === 'prom' ? 'prometheus' : 'openmetrics',
  );
  return { records: recordsOfMetrics(samples, file, fileTime), problems, consumed: text.length };
}
