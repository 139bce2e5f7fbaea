/** Reads the snapshots of one root: which artefacts are there, and how much of the source tree they still describe. */
import { durationText } from '../slo/duration';
import { isObject, parseJsonValue } from '../sources/jsonScan';
import type { SourceProblem } from '../sources/problems';
import { type Currency, currencyOf, readHashCache } from '../sources/snapshots';
import type { FileSystem } from './ports';
import { type HashStore, isProblem, matching, type Root, readText } from './rootFiles';
import type { Walk } from './walk';

export interface SnapshotSource {
  /** Paths and globs. */
  readonly files: readonly string[];
  readonly contentHash: string | null;
  readonly notOlderThan: readonly string[];
  readonly graceMs: number;
  readonly maxAgeMs: number | null;
}

export interface ArtefactReading {
  readonly path: string;
  readonly present: boolean;
  readonly bytes: number | null;
  readonly mtimeMs: number | null;
  /** By file time; decides only where no content hashes are recorded. */
  readonly current: boolean;
  readonly note: string;
}

export interface SnapshotsReading {
  readonly root: Root;
  readonly artefacts: readonly ArtefactReading[];
  readonly cachePath: string | null;
  readonly currency: Currency | null;
  readonly contextFiles: number | null;
  readonly newerThanEverySource: number | null;
  readonly problems: readonly SourceProblem[];
}

/** null when none of the expected artefacts is there. */
export async function readSnapshots(
  fs: FileSystem,
  root: Root,
  walk: Walk,
  hashes: HashStore,
  source: SnapshotSource,
  now: number,
): Promise<SnapshotsReading | null> {
  const present = new Map([...walk.linked, ...walk.files].map((file) => [file.path, file]));
  // A pattern expects what it matches; a plain path is expected whether it is there or not.
  const expected = [
    ...new Set(
      source.files.flatMap((glob) =>
        /[*?[{]/.test(glob)
          ? matching(walk, [glob])
              .map(({ path }) => path)
              .sort()
          : [glob],
      ),
    ),
  ];
  if (!expected.some((path) => present.has(path))) return null;
  const problems: SourceProblem[] = [];
  const described = matching(walk, source.notOlderThan);
  let newestSource: number | null = null;
  let newestPath = '';
  for (const file of described) {
    const stat = await fs.stat(file.absolute);
    if (!stat.ok || (newestSource !== null && stat.value.mtimeMs <= newestSource)) continue;
    newestSource = stat.value.mtimeMs;
    newestPath = file.path;
  }
  let contextFiles: number | null = null;
  const artefacts: ArtefactReading[] = [];
  for (const path of expected) {
    const file = present.get(path);
    const stat = file ? await fs.stat(file.absolute) : null;
    if (!file || !stat?.ok) {
      artefacts.push({ path, present: false, bytes: null, mtimeMs: null, current: false, note: 'missing' });
      continue;
    }
    const { size, mtimeMs } = stat.value;
    const behind = newestSource !== null && mtimeMs < newestSource - source.graceMs;
    const tooOld = source.maxAgeMs !== null && now - mtimeMs > source.maxAgeMs;
    let note = behind
      ? `older than ${newestPath} by ${durationText((newestSource ?? mtimeMs) - mtimeMs)}`
      : tooOld
        ? `older than ${durationText(source.maxAgeMs ?? 0)}`
        : 'newer than its sources';
    if (size <= 64) {
      const text = await readText(fs, file);
      if (!isProblem(text) && /^\s*(?:\{\s*\}|\[\s*\])?\s*$/.test(text.text)) note = 'empty';
    }
    artefacts.push({
      path,
      present: true,
      bytes: size,
      mtimeMs,
      current: !behind && !tooOld && note !== 'empty',
      note,
    });
    if (/context\.json$/.test(path)) {
      const text = await readText(fs, file);
      const parsed = isProblem(text) ? null : parseJsonValue(text.text);
      const count = parsed?.ok && isObject(parsed.value) ? parsed.value.num_files_analyzed : undefined;
      if (typeof count === 'number') contextFiles = count;
    }
  }
  const cacheFile = source.contentHash === null ? undefined : present.get(source.contentHash);
  let currency: Currency | null = null;
  if (cacheFile) {
    const text = await readText(fs, cacheFile);
    if (isProblem(text)) problems.push(text);
    else {
      const parsed = parseJsonValue(text.text);
      const cache = parsed.ok ? readHashCache(parsed.value) : null;
      if (!parsed.ok)
        problems.push({
          kind: parsed.kind,
          message: parsed.message,
          file: cacheFile.path,
          line: parsed.position.line,
          column: parsed.position.column,
        });
      else if (!cache)
        problems.push({
          kind: 'not-a-cache',
          message: 'The file records no content hashes',
          file: cacheFile.path,
          line: 1,
          column: 1,
        });
      else currency = currencyOf((await hashes.sources(walk)).hashes, cache, (path) => present.has(path));
    }
  }
  const newer =
    newestSource === null
      ? null
      : artefacts.filter(
          (artefact) => artefact.mtimeMs !== null && newestSource !== null && artefact.mtimeMs >= newestSource,
        ).length;
  return {
    root,
    artefacts,
    cachePath: cacheFile?.path ?? null,
    currency,
    contextFiles,
    newerThanEverySource: newer,
    problems,
  };
}
