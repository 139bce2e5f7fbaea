/** Events and samples from logs and small files, as plain records: an instant, an optional id and series, and flat fields. */
import { isObject, type JsonObject, type JsonValue, parseJsonValue } from './jsonScan';
import { FaultList, type SourceProblem } from './problems';
import { parseTimestamp } from './timestamps';

export type FieldValue = string | number | boolean | null;

export interface LogRecord {
  /** ms since the epoch; null when the record has no valid instant. */
  readonly time: number | null;
  readonly id?: string;
  readonly series?: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** JSON Pointers, first hit wins. */
export type Pointers = readonly string[];

export interface RecordMapping {
  readonly time: Pointers;
  readonly id: Pointers;
  readonly series: Pointers;
  readonly fields: Readonly<Record<string, Pointers>>;
  readonly timeZone: string;
}

export interface RecordsReading {
  readonly records: readonly LogRecord[];
  readonly problems: readonly SourceProblem[];
  /** Of a line log: end of the last complete line, in UTF-16 units. */
  readonly consumed: number;
}

/** Value at a JSON Pointer (RFC 6901), own properties only. */
export function valueAtPointer(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
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

/** One object per line; only lines that end are records. A broken line is a problem with its place; the rest counts. */
export function readJsonLines(text: string, file: string, mapping: RecordMapping): RecordsReading {
  const records: LogRecord[] = [];
  const problems = new FaultList<SourceProblem>();
  let start = 0;
  let line = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    line++;
    const content = text.slice(start, end);
    start = end + 1;
    if (content.trim() === '') continue;
    const parsed = parseJsonValue(content);
    if (!parsed.ok)
      problems.add({ kind: parsed.kind, message: parsed.message, file, line, column: parsed.position.column });
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

/** A JSON array of objects, or one object. */
export function readJsonRecords(text: string, file: string, mapping: RecordMapping): RecordsReading {
  const parsed = parseJsonValue(text);
  if (!parsed.ok)
    return {
      records: [],
      problems: [
        {
          kind: parsed.kind,
          message: parsed.message,
          file,
          line: parsed.position.line,
          column: parsed.position.column,
        },
      ],
      consumed: 0,
    };
  const values: readonly JsonValue[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
  const records: LogRecord[] = [];
  const problems = new FaultList<SourceProblem>();
  for (const [index, value] of values.entries()) {
    const key = Array.isArray(parsed.value) ? `/${index}` : '';
    if (!isObject(value)) {
      const message = `${key === '' ? 'The file' : `Entry ${index + 1}`} is no JSON object`;
      problems.add({ kind: 'not-a-record', message, file, line: 1, column: 1, key });
      continue;
    }
    const record = toRecord(value, mapping);
    const undated = timeProblem(record, mapping, { file, line: 1, key });
    if (undated) problems.add(undated);
    records.push(record);
  }
  return { records, problems: problems.all(), consumed: text.length };
}

/** Reads a log by its ending and content: `.jsonl`, `.ndjson` and `.log` by line, everything else as JSON. */
export function readRecords(text: string, file: string, mapping: RecordMapping): RecordsReading {
  return /\.(?:jsonl|ndjson|log)$/i.test(file)
    ? readJsonLines(text, file, mapping)
    : readJsonRecords(text, file, mapping);
}
