/** Heap snapshots of a data source as records: totals, the weight of constructors, and what grew between the last two of a process. */
import { HeapSnapshotReader, type HeapTotals, heapFileName, heapGrowth } from '../sources/heapSnapshot';
import type { SourceProblem } from '../sources/problems';
import type { FieldValue, LogRecord } from '../sources/records';
import { parseTimestamp } from '../sources/timestamps';
import type { FileStat, FileSystem } from './ports';
import type { WalkedFile } from './walk';

const chunkBytes = 1024 * 1024;
/** Constructors that become records of their own; the heaviest, and those that grew most. */
const maxListed = 100;

export interface HeapFile {
  readonly path: string;
  readonly time: number;
  /** The process, or the file where its name says none. */
  readonly series: string;
  readonly heap: HeapTotals;
}

export function isHeapSnapshot(path: string): boolean {
  return /\.heapsnapshot$/i.test(path);
}

/** Reads one snapshot chunk by chunk. A file that changes meanwhile is read as it was when it was begun. */
export async function readHeapFile(
  fs: FileSystem,
  file: WalkedFile,
  stat: FileStat,
  timeZone: string,
): Promise<HeapFile | SourceProblem> {
  const reader = new HeapSnapshotReader();
  const problem = (kind: string, message: string): SourceProblem => ({
    kind,
    message,
    file: file.path,
    line: 1,
    column: 1,
  });
  for (let offset = 0; offset < stat.size; ) {
    const read = await fs.readRange(file.absolute, offset, Math.min(chunkBytes, stat.size - offset));
    if (!read.ok) return problem('unreadable', `The file cannot be read: ${read.error.message}`);
    if (read.value.length === 0) break;
    reader.push(read.value);
    if (reader.hasFailed) break;
    offset += read.value.length;
  }
  const reading = reader.end();
  if (!reading.ok) return problem(reading.kind, `${reading.message} (byte ${reading.offset})`);
  const named = heapFileName(file.path);
  const own = named ? parseTimestamp(named.wallTime, timeZone) : null;
  const written = own?.precision === 'no-zone' ? own.ms : null;
  return {
    path: file.path,
    // Of the name's time and the file's the older counts: a copy is no new snapshot.
    time: written === null ? stat.mtimeMs : Math.min(written, stat.mtimeMs),
    series: named ? `heap of process ${named.pid}` : 'heap',
    heap: reading.heap,
  };
}

/**
 * Records of all snapshots. Per snapshot `heap_bytes`, `heap_objects` and `heap_<type>_bytes`; per constructor of the newest
 * `class`, `bytes`, `objects`; of what grew since the snapshot before, of the same process, `growth_bytes`, `growth_objects`.
 */
export function recordsOfHeaps(files: readonly HeapFile[]): readonly LogRecord[] {
  const bySeries = new Map<string, HeapFile[]>();
  for (const file of files) bySeries.set(file.series, [...(bySeries.get(file.series) ?? []), file]);
  const records: LogRecord[] = [];
  for (const [series, own] of bySeries) {
    own.sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
    for (const { time, heap } of own) {
      const fields: Record<string, FieldValue> = { heap_bytes: heap.bytes, heap_objects: heap.objects };
      for (const [type, bytes] of heap.byType) fields[`heap_${type.replaceAll(' ', '_')}_bytes`] = bytes;
      records.push({ time, series, fields });
    }
    const last = own.at(-1);
    const before = own.at(-2);
    if (!last) continue;
    const growth = before ? heapGrowth(before.heap, last.heap) : [];
    if (before)
      records.push({
        time: last.time,
        series: `${series} growth`,
        fields: {
          growth_bytes: last.heap.bytes - before.heap.bytes,
          growth_objects: last.heap.objects - before.heap.objects,
        },
      });
    const listed = new Set([
      ...last.heap.constructors.slice(0, maxListed).map(({ name }) => name),
      ...growth.slice(0, maxListed).map(({ name }) => name),
    ]);
    const grown = new Map(growth.map((one) => [one.name, one]));
    for (const { time, heap } of [before, last].filter((file) => file !== undefined))
      for (const { name, bytes, objects } of heap.constructors) {
        if (!listed.has(name)) continue;
        const gain = time === last.time ? grown.get(name) : undefined;
        records.push({
          time,
          series: `${series} ${name}`,
          fields: {
            class: name,
            bytes,
            objects,
            ...(gain ? { class_growth_bytes: gain.bytes, class_growth_objects: gain.objects } : {}),
          },
        });
      }
  }
  return records;
}
