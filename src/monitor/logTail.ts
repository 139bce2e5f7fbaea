/**
 * A log of one record a line, followed as it grows: only what was appended is read. A file that shrank, was replaced, or whose
 * known end changed is another file and is read anew: the records are always those of the file as it is.
 */
import type { SourceProblem } from '../sources/problems';
import { FaultList } from '../sources/problems';
import { type LogRecord, type RecordMapping, readJsonLines } from '../sources/records';
import type { FileStat, FileSystem, IoError } from './ports';

/** Bytes at a time: what is held in memory besides the records. */
const chunkBytes = 1024 * 1024;
/** Read in one go once the file is known; the rest follows with the next. */
const maxBytesPerRead = 4 * 1024 * 1024;
/** Of a file that is met for the first time, only so much of its end is read. */
const maxFirstBytes = 256 * 1024 * 1024;
const maxRecords = 500_000;
/** The end of what was read, kept to know the file again. */
const markBytes = 64;

interface Place {
  readonly offset: number;
  readonly line: number;
  readonly id: string | undefined;
  /** Bytes before the offset, as they were. */
  readonly mark: Uint8Array;
}

const nowhere: Place = { offset: 0, line: 1, id: undefined, mark: new Uint8Array() };

export interface TailReading {
  readonly records: readonly LogRecord[];
  readonly problems: readonly SourceProblem[];
  /** Bytes that wait for the next read. */
  readonly lag: number;
}

export class LogTail {
  private place = nowhere;
  private records: LogRecord[] = [];
  private faults = new FaultList<SourceProblem>();
  private isInLongLine = false;
  private hasRead = false;

  /** @param file the path that problems name */
  constructor(
    private readonly fs: FileSystem,
    private readonly absolute: string,
    private readonly file: string,
    private readonly mapping: RecordMapping,
  ) {}

  /** Takes over what was read under another name: the file was renamed, as rotation does. */
  renamed(absolute: string, file: string): LogTail {
    const tail = new LogTail(this.fs, absolute, file, this.mapping);
    tail.place = this.place;
    tail.records = this.records;
    tail.faults = this.faults;
    tail.isInLongLine = this.isInLongLine;
    tail.hasRead = this.hasRead;
    return tail;
  }

  /** Which file was read last; undefined where the system does not say. */
  get fileId(): string | undefined {
    return this.place.id;
  }

  /** Reads what is new. Lines that do not end yet wait. */
  async read(stat: FileStat): Promise<TailReading | { readonly error: IoError }> {
    const known = await this.isKnown(stat);
    if (typeof known !== 'boolean') return known;
    if (!known) this.restart(stat);
    const first = !this.hasRead;
    const until = first ? stat.size : Math.min(stat.size, this.place.offset + maxBytesPerRead);
    while (this.place.offset < until) {
      const from = this.place.offset;
      const read = await this.fs.readRange(this.absolute, from, Math.min(chunkBytes, stat.size - from));
      if (!read.ok) return { error: read.error };
      if (read.value.length === 0) break;
      if (from === 0 && read.value.subarray(0, 4096).includes(0))
        return { error: { code: 'EBINARY', message: 'it is binary, not text' } };
      if (!this.take(read.value, stat)) break;
    }
    this.hasRead = true;
    const lag = Math.max(0, until < stat.size ? stat.size - this.place.offset : 0);
    const behind: readonly SourceProblem[] =
      lag > 0
        ? [this.problem('lagging', `${megabytes(lag)} of the log are not read yet; they follow`, this.place.line)]
        : [];
    return { records: this.records, problems: [...this.faults.all(), ...behind], lag };
  }

  private async isKnown(stat: FileStat): Promise<boolean | { readonly error: IoError }> {
    const { offset, id, mark } = this.place;
    if (!this.hasRead || stat.size < offset || id !== stat.id) return false;
    if (mark.length === 0) return true;
    const read = await this.fs.readRange(this.absolute, offset - mark.length, mark.length);
    if (!read.ok) return { error: read.error };
    return read.value.length === mark.length && read.value.every((byte, index) => byte === mark[index]);
  }

  private restart(stat: FileStat): void {
    const offset = Math.max(0, stat.size - maxFirstBytes);
    this.place = { ...nowhere, offset, id: stat.id };
    this.records = [];
    this.faults = new FaultList();
    this.hasRead = false;
    // Its first line is cut.
    this.isInLongLine = offset > 0;
    if (offset > 0)
      this.faults.add(
        this.problem('too-large', `Only the last ${megabytes(maxFirstBytes)} of ${megabytes(stat.size)} are read`, 1),
      );
  }

  /** @returns false when nothing of the bytes can be used yet */
  private take(bytes: Uint8Array, stat: FileStat): boolean {
    const { offset, line } = this.place;
    const end = bytes.lastIndexOf(10) + 1;
    if (end === 0) {
      if (bytes.length < chunkBytes) return false;
      if (!this.isInLongLine)
        this.faults.add(this.problem('line-too-long', `A line longer than ${megabytes(chunkBytes)} is left out`, line));
      this.isInLongLine = true;
      this.moveTo(offset + bytes.length, line, bytes, stat);
      return true;
    }
    const start = this.isInLongLine ? bytes.indexOf(10) + 1 : 0;
    const firstLine = this.isInLongLine ? line + 1 : line;
    this.isInLongLine = false;
    const part = bytes.subarray(start, end);
    const { records, problems } = readJsonLines(new TextDecoder().decode(part), this.file, this.mapping, firstLine);
    this.add(records);
    for (const problem of problems) this.faults.add(problem);
    let lines = 0;
    for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines++;
    this.moveTo(offset + end, firstLine + lines, bytes.subarray(0, end), stat);
    return true;
  }

  private moveTo(offset: number, line: number, read: Uint8Array, stat: FileStat): void {
    this.place = { offset, line, id: stat.id, mark: read.slice(-markBytes) };
  }

  /** A new list: who holds the one given before goes on with it. */
  private add(records: readonly LogRecord[]): void {
    if (records.length === 0) return;
    const all = this.records.concat(records);
    if (all.length > maxRecords && this.records.length < maxRecords)
      this.faults.add(
        this.problem('too-many-records', `Only the last ${maxRecords} records of the log are kept`, this.place.line),
      );
    this.records = all.length > maxRecords ? all.slice(-maxRecords) : all;
  }

  private problem(kind: string, message: string, line: number): SourceProblem {
    return { kind, message, file: this.file, line, column: 1 };
  }
}

function megabytes(bytes: number): string {
  return `${Math.max(0.1, Math.round(bytes / 104_857.6) / 10)} MB`;
}
