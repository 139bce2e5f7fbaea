/** Reads the logs and small files that a definition's data sources name, as records. */
import type { DataSourceDefinition } from '../slo/definition/model';
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { MAX_FUTURE_SKEW_MS } from '../slo/metricQuery';
import { gaugeTime } from '../sources/liveness';
import { type QueueReading, readQueue } from '../sources/messageQueue';
import type { SourceProblem } from '../sources/problems';
import { type Pointers, type RecordMapping, readRecords } from '../sources/records';
import { processSamplesOfJson, processSamplesOfMetrics, readMetricsText } from '../sources/samples';
import type { FileSystem } from './ports';
import { isProblem, matching, type Root, type RootPath, readText } from './rootFiles';
import type { Walk } from './walk';

export interface RecordsOfSource {
  readonly reading: SourceReading;
  readonly files: readonly RootPath[];
  readonly problems: readonly { readonly root: Root; readonly problem: SourceProblem }[];
  readonly queues: readonly (RootPath & { readonly queue: QueueReading })[];
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
  roots: readonly { readonly root: Root; readonly walk: Walk }[],
  { type, connectionDetails: details }: Pick<DataSourceDefinition, 'type' | 'connectionDetails'>,
  now: number,
  timeZone: string,
): Promise<RecordsOfSource> {
  const isGauge = type === 'HealthFiles' || type === 'PointerFiles';
  const gauge = { fallbackToFile: details.fallback === 'mtime', now, maxFutureMs: MAX_FUTURE_SKEW_MS };
  const mapping = mappingOf(details, timeZone);
  // Collected list by list: a log may hold more records than a call may have arguments.
  const lists: (readonly SourceRecord[])[] = [];
  const problems: { root: Root; problem: SourceProblem }[] = [];
  const files: RootPath[] = [];
  const queues: (RootPath & { readonly queue: QueueReading })[] = [];
  let unreadable = 0;
  for (const { root, walk } of roots) {
    const report = (found: readonly SourceProblem[]): void => {
      for (const problem of found) problems.push({ root, problem });
    };
    for (const file of matching(walk, filesOf(details))) {
      const text = await readText(fs, file);
      files.push({ root, path: file.path });
      if (isProblem(text)) {
        report([text]);
        unreadable++;
        continue;
      }
      if (/\.(?:prom|om|openmetrics)$/i.test(file.path)) {
        const metrics = readMetricsText(
          text.text,
          file.path,
          /\.prom$/i.test(file.path) ? 'prometheus' : 'openmetrics',
        );
        report(metrics.problems);
        lists.push(processSamplesOfMetrics(metrics.samples, file.path, text.mtimeMs));
        continue;
      }
      const special = /\.jsonl$/i.test(file.path)
        ? text.text
            .split('\n')
            .flatMap((line) => (line.includes('resourceMetrics') ? [processSamplesOfJson(line)] : []))
        : [processSamplesOfJson(text.text)];
      const known = special.flatMap((one) => one ?? []);
      if (known.length > 0) {
        lists.push(known);
        continue;
      }
      const reading = readRecords(text.text, file.path, mapping);
      report(reading.problems);
      if (reading.records.length === 0 && reading.problems.length > 0) unreadable++;
      lists.push(
        isGauge
          ? reading.records.map((record) => ({ ...record, time: gaugeTime(record.time, text.mtimeMs, gauge) }))
          : reading.records,
      );
    }
    for (const file of matching(walk, strings(details.queues))) {
      const text = await readText(fs, file);
      files.push({ root, path: file.path });
      if (isProblem(text)) {
        report([text]);
        unreadable++;
        continue;
      }
      const queue = readQueue(text.text, file.path, now, timeZone);
      report(queue.problems);
      if (queue.entries === 0 && queue.problems.length > 0) unreadable++;
      else queues.push({ root, path: file.path, queue });
      lists.push(queue.events);
    }
  }
  if (files.length === 0)
    return { reading: { kind: 'none', reason: 'there is no such file' }, files, problems, queues };
  if (unreadable === files.length)
    return {
      reading: {
        kind: 'error',
        reason: problems[0]?.problem.message ?? 'no file can be read',
        since: now,
        lastGood: null,
      },
      files,
      problems,
      queues,
    };
  return { reading: { kind: 'log', records: lists.flat() }, files, problems, queues };
}
