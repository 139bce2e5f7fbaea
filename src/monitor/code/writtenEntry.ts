/**
 * Entries as they are written down: what a scan compares first, then what is found in the file, then what it says of itself
 * and asks of others. The last two stay bytes until somebody asks: of a workspace that is as it was, few are ever read.
 */
import type { FileAnalysis } from '../../analyzer/analyzer';
import type { FileSummary } from '../../analyzer/exportFacts';
import type { FileFindings, FileRole } from '../../analyzer/findings';
import type { Lookup } from '../../analyzer/imports';
import { jsonOf } from './analysisCache';
import type { ImportedNames } from './importWords';
import { type Entry, saysSomething } from './scanEntry';

/** Between the parts of a line: no text in JSON holds one. */
const tab = 9;

type Light = readonly [string, number, number, string, number, Entry['skip']];
interface Heavy {
  readonly summary: FileSummary;
  readonly lookups: readonly Lookup[];
}

/** The line of an entry. */
export function lineOf(path: string, entry: Entry): string | Uint8Array {
  const { size, mtimeMs, hash, lines, skip, analysis, imports } = entry;
  const light: Light = [path, size, mtimeMs, hash, lines, skip];
  if (analysis instanceof WrittenAnalysis)
    return Buffer.concat([Buffer.from(`${JSON.stringify(light)}\t`), analysis.bytes]);
  const found = analysis ? briefly(analysis.findings) : null;
  const heavy = analysis
    ? ({ summary: analysis.summary, lookups: analysis.lookups } satisfies Heavy)
    : (imports ?? null);
  return [light, found, heavy].map((part) => JSON.stringify(part)).join('\t');
}

/** Of most files nothing is found: then their role says all. */
function briefly(findings: FileFindings): FileFindings | FileRole {
  return saysSomething(findings) || findings.coverage.state !== 'full' ? findings : findings.role;
}

/** Path and entry of a line; undefined where it is none. */
export function entryOf(line: Buffer): readonly [string, Entry] | undefined {
  const first = line.indexOf(tab);
  const second = line.indexOf(tab, first + 1);
  if (first === -1 || second === -1) return undefined;
  const light = jsonOf(line.subarray(0, first));
  if (!isLight(light)) return undefined;
  const [path, size, mtimeMs, hash, lines, skip] = light;
  const entry = { size, mtimeMs, hash, lines, skip };
  // `null` is the one value that begins so.
  if (line[first + 1] !== 0x6e)
    return [path, { ...entry, analysis: new WrittenAnalysis(path, line.subarray(first + 1), second - first - 1) }];
  if (line[second + 1] === 0x6e) return [path, { ...entry, analysis: null }];
  let imports: readonly ImportedNames[] | undefined;
  return [
    path,
    {
      ...entry,
      analysis: null,
      get imports() {
        imports ??= read<readonly ImportedNames[]>(line.subarray(second + 1));
        return imports;
      },
    },
  ];
}

function isLight(value: unknown): value is Light {
  if (!Array.isArray(value)) return false;
  const [path, size, mtimeMs, hash, lines, skip] = value;
  return (
    typeof path === 'string' &&
    typeof hash === 'string' &&
    [size, mtimeMs, lines].every((number) => typeof number === 'number') &&
    (skip === null || typeof skip === 'string')
  );
}

/** The digest has told that the bytes are those that were written. */
function read<T>(bytes: Buffer): T {
  return JSON.parse(bytes.toString('utf8')) as T;
}

/** An analysis of which each part is read when it is asked for. */
class WrittenAnalysis implements FileAnalysis {
  private found: FileFindings | undefined;
  private said: Heavy | undefined;

  /** @param bytes findings, to `end`, and what follows them in the line */
  constructor(
    readonly path: string,
    readonly bytes: Buffer,
    private readonly end: number,
  ) {}

  get findings(): FileFindings {
    this.found ??= this.readFindings();
    return this.found;
  }

  private readFindings(): FileFindings {
    const value = read<FileFindings | FileRole>(this.bytes.subarray(0, this.end));
    if (typeof value !== 'string') return value;
    const { path } = this;
    return {
      path,
      coverage: { state: 'full' },
      role: value,
      findings: [],
      suppressed: [],
      suppressionProblems: [],
    };
  }

  get summary(): FileSummary {
    return this.heavy.summary;
  }

  get lookups(): readonly Lookup[] {
    return this.heavy.lookups;
  }

  private get heavy(): Heavy {
    this.said ??= read<Heavy>(this.bytes.subarray(this.end + 1));
    return this.said;
  }
}
