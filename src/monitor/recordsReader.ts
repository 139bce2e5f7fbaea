/** Reads the logs and small files that a definition's data sources name, as records. */
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { type QueueReading, readQueue } from '../sources/messageQueue';
import type { SourceProblem } from '../sources/problems';
import { type Pointers, type RecordMapping, readRecords } from '../sources/records';
import { processSamplesOfJson, processSamplesOfMetrics, readMetricsText } from '../sources/samples';
import type { FileSystem } from './ports';
import { isProblem, matching, readText } from './rootFiles';
import type { Walk } from './walk';

export interface RecordsOfSource {
  readonly reading: SourceReading;
  /** Paths of the files read. */
  readonly files: readonly string[];
  readonly problems: readonly SourceProblem[];
  readonly queues: readonly { readonly path: string; readonly queue: QueueReading }[];
}

function pointers(value: unknown): Pointers {
  return (Array.isArray(value) ? value : [value]).filter(
    (one): one is string => typeof one === 'string' && one.startsWith('/'),
  );
}

function strings(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}

/** Globs of a data source's `files`. */
export function filesOf(details: Readonly<Record<string, unknown>>): readonly string[] {
  return strings(details.files);
}

function mappingOf(details: Readonly<Record<string, unknown>>, timeZone: string): RecordMapping {
  const fields: Record<string, Pointers> = {};
  if (typeof details.fields === 'object' && details.fields !== null)
    for (const [name, value] of Object.entries(details.fields)) fields[name] = pointers(value);
  return { time: pointers(details.time), id: pointers(details.id), series: pointers(details.series), fields, timeZone };
}

/** Reads one data source of records over the walks of all roots. No file at all gives no data. */
export async function readRecordSource(
  fs: FileSystem,
  walks: readonly Walk[],
  details: Readonly<Record<string, unknown>>,
  now: number,
  timeZone: string,
): Promise<RecordsOfSource> {
  const mapping = mappingOf(details, timeZone);
  const records: SourceRecord[] = [];
  const problems: SourceProblem[] = [];
  const files: string[] = [];
  const queues: { path: string; queue: QueueReading }[] = [];
  let unreadable = 0;
  for (const walk of walks) {
    for (const file of matching(walk, filesOf(details))) {
      const text = await readText(fs, file);
      files.push(file.path);
      if (isProblem(text)) {
        problems.push(text);
        unreadable++;
        continue;
      }
      if (/\.(?:prom|om|openmetrics)$/i.test(file.path)) {
        const metrics = readMetricsText(
          text.text,
          file.path,
          /\.prom$/i.test(file.path) ? 'prometheus' : 'openmetrics',
        );
        problems.push(...metrics.problems);
        records.push(...processSamplesOfMetrics(metrics.samples, file.path, text.mtimeMs));
        continue;
      }
      const special = /\.jsonl$/i.test(file.path)
        ? text.text
            .split('\n')
            .flatMap((line) => (line.includes('resourceMetrics') ? [processSamplesOfJson(line)] : []))
        : [processSamplesOfJson(text.text)];
      const known = special.flatMap((one) => one ?? []);
      if (known.length > 0) {
        records.push(...known);
        continue;
      }
      const reading = readRecords(text.text, file.path, mapping);
      problems.push(...reading.problems);
      if (reading.records.length === 0 && reading.problems.length > 0) unreadable++;
      records.push(...reading.records);
    }
    for (const file of matching(walk, strings(details.queues))) {
      const text = await readText(fs, file);
      files.push(file.path);
      if (isProblem(text)) {
        problems.push(text);
        unreadable++;
        continue;
      }
      const queue = readQueue(text.text, file.path, now, timeZone);
      problems.push(...queue.problems);
      if (queue.problems.length > 0) unreadable++;
      else queues.push({ path: file.path, queue });
      records.push(...queue.events);
    }
  }
  if (files.length === 0)
    return { reading: { kind: 'none', reason: 'there is no such file' }, files, problems, queues };
  if (unreadable === files.length)
    return {
      reading: { kind: 'error', reason: problems[0]?.message ?? 'no file can be read', since: now, lastGood: null },
      files,
      problems,
      queues,
    };
  return { reading: { kind: 'log', records }, files, problems, queues };
}
