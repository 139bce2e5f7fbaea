/**
 * Reads the logs and small files that a definition's data sources name, as records. What did not change is not read again:
 * a file costs a look at its size and time, a log what was appended to it.
 */
import type { SourceReading, SourceRecord } from '../slo/indicatorInput';
import { MAX_FUTURE_SKEW_MS } from '../slo/metricQuery';
import { bulkTimes, gaugeTime } from '../sources/liveness';
import { type QueueReading, readQueue } from '../sources/messageQueue';
import type { SourceProblem } from '../sources/problems';
import { type ProcessFacts, readPidFile, readProcessFacts } from '../sources/procFiles';
import { isLineLog, type LogRecord, type Pointers, type RecordMapping, readRecords } from '../sources/records';
import { staysInside } from './confinement';
import { type HeapFile, isHeapSnapshot, readHeapFile, recordsOfHeaps } from './heapFiles';
import { LogTail } from './logTail';
import type { FileStat, FileSystem, GitFacts, ProcessReader } from './ports';
import { isProblem, matching, type Root, type RootPath, readText } from './rootFiles';
import type { Walk, WalkedFile } from './walk';

export interface RecordsOfSource {
  readonly reading: SourceReading;
  readonly files: readonly RootPath[];
  readonly problems: readonly { readonly root: Root; readonly problem: SourceProblem }[];
  readonly queues: readonly (RootPath & { readonly queue: QueueReading })[];
  /** Some records have no time but that of their file. */
  readonly byFileTime: boolean;
  /** Bytes of logs that wait for the next read. */
  readonly lag: number;
}

export interface RecordsSource {
  readonly name: string;
  readonly type: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface RecordsOptions {
  readonly now: number;
  readonly timeZone: string;
  /** Processes and git are asked in trusted workspaces only; null: not at all. */
  readonly processes: ProcessReader | null;
  readonly git: GitFacts | null;
}

/** What one file gave when it was last read. */
interface FilePart {
  readonly records: readonly LogRecord[];
  readonly problems: readonly SourceProblem[];
  readonly isUnreadable: boolean;
  readonly queue?: QueueReading;
  readonly heap?: HeapFile;
  readonly byFileTime?: boolean;
  readonly lag?: number;
}

interface KnownFile {
  readonly stamp: string;
  /** The same stamp means the same content. */
  readonly isSettled: boolean;
  readonly part: FilePart;
  /** Of logs. */
  readonly tail?: LogTail;
  /** It reads differently from then on, without a change. */
  readonly validUntil: number | null;
}

interface KnownSource {
  readonly mappingKey: string;
  readonly files: Map<string, KnownFile>;
  readonly processes: Map<string, readonly LogRecord[]>;
  /** What was given last, and of what: the same parts give the same reading. */
  last: { readonly parts: readonly FilePart[]; readonly result: RecordsOfSource } | null;
}

/** Samples of a file that holds only its newest are kept this long, so that rates and slopes have something to go by. */
const keptMs = 3 * 60 * 60_000;
const maxKept = 20_000;
/** An earlier file time means no write. */
const earliestMs = Date.UTC(2000, 0, 1);
/** A file written this recently may be half written: it is read once more before it is reported. */
const settledMs = 2_000;

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

/** Globs of a data source's message queues. */
export function queuesOf(details: Readonly<Record<string, unknown>>): readonly string[] {
  return strings(details.queues);
}

function mappingOf(details: Readonly<Record<string, unknown>>, timeZone: string): RecordMapping {
  const fields: Record<string, Pointers> = Object.create(null);
  if (typeof details.fields === 'object' && details.fields !== null)
    for (const [name, value] of Object.entries(details.fields)) fields[name] = pointers(value);
  return {
    time: pointers(details.time),
    id: pointers(details.id),
    series: pointers(details.series),
    records: pointers(details.records),
    fields,
    timeZone,
  };
}

/** A setting that is not left at its default goes before what the definition names. */
function zoneOf({ assumeTimezone: own }: Readonly<Record<string, unknown>>, timeZone: string): string {
  return timeZone === 'local' && typeof own === 'string' && own !== '' ? own : timeZone;
}

const unreadable = (problem: SourceProblem): FilePart => ({ records: [], problems: [problem], isUnreadable: true });

export class RecordsReader {
  private readonly sources = new Map<string, KnownSource>();

  /** @param pause waits so many ms; before a file that may be half written is read again */
  constructor(
    private readonly fs: FileSystem,
    private readonly pause: (ms: number) => Promise<void>,
  ) {}

  /** Reads one data source over the walks of all roots. No file at all gives no data. */
  async read(
    source: RecordsSource,
    roots: readonly { readonly root: Root; readonly walk: Walk }[],
    options: RecordsOptions,
  ): Promise<RecordsOfSource> {
    const mapping = mappingOf(source.details, zoneOf(source.details, options.timeZone));
    const known = this.sourceOf(source, mapping);
    const files: RootPath[] = [];
    const taken: { readonly root: Root; readonly part: FilePart }[] = [];
    const seen = new Set<string>();
    const renamed = new Map<string, LogTail>();
    for (const { tail } of known.files.values()) if (tail?.fileId !== undefined) renamed.set(tail.fileId, tail);
    for (const { root, walk } of roots) {
      const wanted: readonly (readonly [WalkedFile, FileUse])[] = [
        ...matching(walk, filesOf(source.details)).map((file) => [file, 'file'] as const),
        ...matching(walk, queuesOf(source.details)).map((file) => [file, 'queue'] as const),
        ...matching(walk, strings(source.details.pidFiles)).map((file) => [file, 'pid'] as const),
      ];
      const times = await this.statsOf(wanted.map(([file]) => file));
      for (const [index, [file, use]] of wanted.entries()) {
        files.push({ root, path: file.path });
        seen.add(keyIn(use, file));
        const stat = times[index];
        const others = times.flatMap((one) => (one ? [one.mtimeMs] : []));
        const part = stat
          ? await this.readFile({ source, known, mapping, root, file, use, stat, others, renamed, options })
          : unreadable({
              kind: 'unreadable',
              message: 'The file cannot be read any more',
              file: file.path,
              line: 1,
              column: 1,
            });
        taken.push({ root, part });
      }
    }
    const [first] = roots;
    const { pid } = source.details;
    if (typeof pid === 'number' && first)
      taken.push({ root: first.root, part: await this.readProcess(known, pid, '.slo-lens/slo.yaml', options) });
    for (const path of known.files.keys()) if (!seen.has(path)) known.files.delete(path);
    return this.together(known, source, files, taken, options.now);
  }

  private sourceOf(source: RecordsSource, mapping: RecordMapping): KnownSource {
    const mappingKey = JSON.stringify([source.type, mapping, source.details.fallback]);
    const known = this.sources.get(source.name);
    if (known?.mappingKey === mappingKey) return known;
    const fresh: KnownSource = { mappingKey, files: new Map(), processes: new Map(), last: null };
    this.sources.set(source.name, fresh);
    return fresh;
  }

  /** Forgets the sources that the definition has no more. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.sources.keys()) if (!names.has(name)) this.sources.delete(name);
  }

  private async statsOf(files: readonly WalkedFile[]): Promise<readonly (FileStat | null)[]> {
    return Promise.all(
      files.map(async ({ absolute }) => {
        const stat = await this.fs.stat(absolute);
        return stat.ok ? stat.value : null;
      }),
    );
  }

  private async readFile(task: ReadTask): Promise<FilePart> {
    const { known, file, stat, options, use } = task;
    const stamp = `${stat.size} ${stat.mtimeMs} ${stat.id ?? ''}`;
    const key = keyIn(use, file);
    const before = known.files.get(key);
    const isSame =
      before?.stamp === stamp && before.isSettled && (before.validUntil === null || options.now < before.validUntil);
    if (before && isSame && (before.part.lag ?? 0) === 0 && use !== 'pid') return before.part;
    // What the walk saw as a file may be a link by now.
    if (!(await staysInside(this.fs, file.absolute, task.root.path)))
      return unreadable({
        kind: 'path-escape',
        message: 'The file is a link that leads out of the folder; it is not read',
        file: file.path,
        line: 1,
        column: 1,
      });
    const next = await this.readChanged(task, before);
    // Clocks of file systems are coarse: what was written a moment ago may be written again at the same time.
    const isSettled = isHeapSnapshot(file.path) || Math.abs(options.now - stat.mtimeMs) > settledMs;
    known.files.set(key, { stamp, validUntil: null, isSettled, ...next });
    return next.part;
  }

  private async readChanged(
    task: ReadTask,
    before: KnownFile | undefined,
  ): Promise<Pick<KnownFile, 'part' | 'tail'> & { readonly validUntil?: number | null }> {
    const { known, mapping, file, use, stat, options } = task;
    if (use === 'pid') {
      const text = await readText(this.fs, file);
      const pid = isProblem(text) ? null : readPidFile(text.text);
      if (isProblem(text)) return { part: unreadable(text) };
      if (pid !== null) return { part: await this.readProcess(known, pid, file.path, options) };
      const message = 'A pid file holds one positive number and nothing else';
      return { part: unreadable({ kind: 'no-pid', message, file: file.path, line: 1, column: 1 }) };
    }
    if (use === 'queue') {
      const text = await this.settledText(file, stat, (one) =>
        readQueue(one, file.path, options.now, mapping.timeZone),
      );
      if (isProblem(text)) return { part: unreadable(text) };
      const queue = text.reading;
      const isUnreadable = queue.entries === 0 && queue.problems.length > 0;
      const part = {
        records: queue.events,
        problems: queue.problems,
        isUnreadable,
        ...(isUnreadable ? {} : { queue }),
      };
      return { part, validUntil: queue.nextStuckAt };
    }
    if (isHeapSnapshot(file.path)) {
      const heap = await readHeapFile(this.fs, file, stat, mapping.timeZone);
      return { part: 'kind' in heap ? unreadable(heap) : { records: [], problems: [], isUnreadable: false, heap } };
    }
    if (isLineLog(file.path)) return this.readLog(task, before);
    const text = await this.settledText(file, stat, (one) => readRecords(one, file.path, mapping, stat.mtimeMs));
    if (isProblem(text)) return { part: unreadable(text) };
    const { records, problems } = text.reading;
    return {
      part: await this.dated(
        task,
        { records, problems, isUnreadable: records.length === 0 && problems.length > 0 },
        before,
      ),
    };
  }

  private async readLog(task: ReadTask, before: KnownFile | undefined): Promise<Pick<KnownFile, 'part' | 'tail'>> {
    const { file, stat, mapping, renamed } = task;
    const other = stat.id === undefined ? undefined : renamed.get(stat.id);
    const own = before?.tail;
    const tail =
      own && (own.fileId === stat.id || !other)
        ? own
        : (other?.renamed(file.absolute, file.path) ?? new LogTail(this.fs, file.absolute, file.path, mapping));
    const read = await tail.read(stat);
    if ('error' in read) {
      const message = `The file cannot be read: ${read.error.message}`;
      const kind = read.error.code === 'EBINARY' ? 'binary' : 'unreadable';
      return { part: unreadable({ kind, message, file: file.path, line: 1, column: 1 }) };
    }
    const { records, problems, lag } = read;
    return { part: { records, problems, isUnreadable: records.length === 0 && problems.length > 0, lag }, tail };
  }

  /** Reads a text; once more when it was written a moment ago and does not parse: its writer may be at work. */
  private async settledText<T extends { readonly problems: readonly SourceProblem[] }>(
    file: WalkedFile,
    stat: FileStat,
    parse: (text: string) => T,
  ): Promise<{ readonly reading: T } | SourceProblem> {
    const first = await readText(this.fs, file);
    if (isProblem(first)) return first;
    const reading = parse(first.text);
    const isHalf = reading.problems.some(({ kind }) => kind === 'truncated' || kind === 'empty' || kind === 'syntax');
    const now = await this.fs.stat(file.absolute);
    const isMoving = now.ok && (now.value.mtimeMs !== stat.mtimeMs || now.value.size !== stat.size);
    if (!isHalf && !isMoving) return { reading };
    await this.pause(isMoving ? 0 : settledMs / 8);
    const second = await readText(this.fs, file);
    return isProblem(second) ? second : { reading: parse(second.text) };
  }

  /**
   * Gives records their times where the file's counts (SLO reference, 2.1): of a small file's own time and that of the file
   * the older; the file's alone only where the definition has none or says `fallback: mtime`, and where it means a write.
   */
  private async dated(task: ReadTask, part: FilePart, before: KnownFile | undefined): Promise<FilePart> {
    const { source, mapping, stat, file, root, options, others } = task;
    if (source.type !== 'HealthFiles' && source.type !== 'PointerFiles')
      return source.type === 'SampleLog' && keepsOnlyNewest(file.path, part)
        ? this.kept(part, before, options.now)
        : part;
    const takesFileTime = mapping.time.length === 0 || source.details.fallback === 'mtime';
    let fileTime: number | null = null;
    if (takesFileTime && part.records.some(({ time }) => time === null)) {
      const seen = before !== undefined && !before.part.isUnreadable;
      fileTime = seen || (await this.meansWrite(root, file, stat, others, options.git)) ? stat.mtimeMs : null;
    }
    // Archives give their files the beginning of the epoch; a time ahead is a wrong clock.
    const isTime = stat.mtimeMs >= earliestMs && stat.mtimeMs <= options.now + MAX_FUTURE_SKEW_MS;
    const writtenAt = isTime ? stat.mtimeMs : null;
    const gauge = { fallbackToFile: takesFileTime, now: options.now, maxFutureMs: MAX_FUTURE_SKEW_MS };
    const records = part.records.map((record) => ({
      ...record,
      // Each component speaks for itself.
      series: record.series ?? (typeof record.fields.component === 'string' ? record.fields.component : file.path),
      time: gaugeTime(record.time, record.time === null ? fileTime : writtenAt, gauge),
    }));
    const byFileTime = fileTime !== null && part.records.some(({ time }) => time === null);
    const problems =
      takesFileTime && fileTime !== null ? part.problems.filter(({ kind }) => kind !== 'no-time') : part.problems;
    return this.kept({ ...part, records, problems, ...(byFileTime ? { byFileTime } : {}) }, before, options.now);
  }

  /** A file time that a checkout or a copy left says nothing of its content. */
  private async meansWrite(
    root: Root,
    file: WalkedFile,
    stat: FileStat,
    others: readonly number[],
    git: GitFacts | null,
  ): Promise<boolean> {
    const fact = (await git?.forFiles(root.path, [file.path]))?.get(file.path);
    if (fact?.state === 'modified') return true;
    if (fact?.state === 'clean') return fact.lastCommitMs !== null && stat.mtimeMs <= fact.lastCommitMs + 2_000;
    return !bulkTimes(others)(stat.mtimeMs);
  }

  /** The samples of before, while they are young enough, and then the new ones. */
  private kept(part: FilePart, before: KnownFile | undefined, now: number): FilePart {
    const old = before?.part.records ?? [];
    if (old.length === 0) return part;
    const keys = new Set(part.records.map(keyOf));
    const young = old.filter(
      (record) => record.time !== null && record.time >= now - keptMs && !keys.has(keyOf(record)),
    );
    const records = [...young, ...part.records].slice(-maxKept);
    return { ...part, records, isUnreadable: part.isUnreadable };
  }

  private async readProcess(known: KnownSource, pid: number, file: string, options: RecordsOptions): Promise<FilePart> {
    const problem = (kind: string, message: string): FilePart =>
      unreadable({ kind, message, file, line: 1, column: 1 });
    if (!options.processes) return problem('not-trusted', 'A process is read only in a trusted workspace, on Linux');
    const id = readPidFile(String(pid));
    if (id === null) return problem('no-pid', `${pid} is no process id`);
    const read = await options.processes.read(id);
    if (!read.ok) return problem('no-process', `The process cannot be read: ${read.error.message}`);
    const facts = readProcessFacts(id, read.value.status, read.value.stat, read.value.openFiles);
    if (!facts) return problem('no-process', `What the system says of process ${id} cannot be read`);
    const record = processRecord(facts, options.now);
    const key = record.series ?? '';
    const before = (known.processes.get(key) ?? []).filter(({ time }) => time !== null && time >= options.now - keptMs);
    const records = [...before, record].slice(-maxKept);
    known.processes.set(key, records);
    return { records, problems: [], isUnreadable: false };
  }

  private together(
    known: KnownSource,
    source: RecordsSource,
    files: readonly RootPath[],
    taken: readonly { readonly root: Root; readonly part: FilePart }[],
    now: number,
  ): RecordsOfSource {
    const parts = taken.map(({ part }) => part);
    const last = known.last;
    if (last && last.parts.length === parts.length && parts.every((part, index) => part === last.parts[index]))
      return last.result;
    // Collected list by list: a log may hold more records than a call may have arguments.
    const problems: { root: Root; problem: SourceProblem }[] = [];
    const queues: (RootPath & { readonly queue: QueueReading })[] = [];
    for (const [index, { root, part }] of taken.entries()) {
      for (const problem of part.problems) problems.push({ root, problem });
      const file = files[index];
      if (part.queue && file) queues.push({ ...file, queue: part.queue });
    }
    const heaps = recordsOfHeaps(parts.flatMap(({ heap }) => (heap ? [heap] : [])));
    const lists: (readonly SourceRecord[])[] = [...parts.map(({ records }) => records), heaps];
    const rest = {
      files,
      problems,
      queues,
      byFileTime: parts.some((part) => part.byFileTime === true),
      lag: parts.reduce((sum, { lag = 0 }) => sum + lag, 0),
    };
    const reading = ((): SourceReading => {
      if (parts.length === 0)
        return source.details.files === undefined && source.details.pid === undefined
          ? { kind: 'none', reason: 'the data source names no file' }
          : { kind: 'none', reason: 'there is no such file' };
      if (parts.every(({ isUnreadable }) => isUnreadable))
        return {
          kind: 'error',
          reason: problems[0]?.problem.message ?? 'no file can be read',
          since: now,
          lastGood: null,
        };
      return { kind: 'log', records: lists.flat() };
    })();
    const result = { reading, ...rest };
    known.last = { parts, result };
    return result;
  }
}

type FileUse = 'file' | 'queue' | 'pid';

/** One file may be of use in two ways. */
function keyIn(use: FileUse, file: WalkedFile): string {
  return `${use} ${file.absolute}`;
}

interface ReadTask {
  readonly source: RecordsSource;
  readonly known: KnownSource;
  readonly mapping: RecordMapping;
  readonly root: Root;
  readonly file: WalkedFile;
  readonly use: FileUse;
  readonly stat: FileStat;
  /** Times of all files of the source in this root. */
  readonly others: readonly number[];
  /** Logs by the file that they are of. */
  readonly renamed: ReadonlyMap<string, LogTail>;
  readonly options: RecordsOptions;
}

/** Exposition texts, reports and exports in one file are overwritten by the next. */
function keepsOnlyNewest(path: string, part: FilePart): boolean {
  return (
    !part.isUnreadable &&
    (/\.(?:prom|om|openmetrics)$/i.test(path) ||
      part.records.length <= 1 ||
      part.records.every(({ additive }) => additive === true))
  );
}

function keyOf(record: LogRecord): string {
  return `${record.time} ${record.series ?? ''} ${record.id ?? ''} ${record.series === undefined && record.id === undefined ? JSON.stringify(record.fields) : ''}`;
}

function processRecord({ pid, name, rssBytes, openFiles, startedAt }: ProcessFacts, now: number): LogRecord {
  return {
    time: now,
    // A later process with the same number is another one.
    series: `process ${pid} (${name}, started ${startedAt})`,
    fields: {
      ...(rssBytes === null ? {} : { rss_bytes: rssBytes }),
      ...(openFiles === null ? {} : { open_handles: openFiles }),
    },
  };
}
