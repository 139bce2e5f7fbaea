/**
 * Entries as they are written down: what a scan compares first, then what is found in the file, then what it says of itself
 * and asks of others. The last two stay text until somebody asks: of a workspace that is as it was, few are ever read.
 */
import type { FileAnalysis } from '../../analyzer/analyzer';
import type { FileSummary } from '../../analyzer/exportFacts';
import type { FileFindings, FileRole } from '../../analyzer/findings';
import type { Lookup } from '../../analyzer/imports';
import { jsonOf, plainJson } from './analysisCache';
import type { ImportedNames } from './importWords';
import { type Entry, saysSomething } from './scanEntry';

type Light = readonly [string, number, number, string, number, Entry['skip']];
interface Heavy {
  readonly summary: FileSummary;
  readonly lookups: readonly Lookup[];
}
const nothing = 'null';

/** The line of an entry; tabs, which no text in JSON holds, are between its parts. */
export function lineOf(path: string, entry: Entry): string {
  const { size, mtimeMs, hash, lines, skip, analysis } = entry;
  const light = plainJson([path, size, mtimeMs, hash, lines, skip] satisfies Light);
  if (analysis instanceof WrittenAnalysis) return `${light}\t${analysis.text}`;
  if (!analysis) return [light, nothing, plainJson(entry.imports ?? null)].join('\t');
  const { findings, summary, lookups } = analysis;
  return [light, plainJson(briefly(findings)), plainJson({ summary, lookups } satisfies Heavy)].join('\t');
}

/** Of most files nothing is found: then their role says all. */
function briefly(findings: FileFindings): FileFindings | FileRole {
  return saysSomething(findings) || findings.coverage.state !== 'full' ? findings : findings.role;
}

/** Path and entry of a line; undefined where it is none. */
export function entryOf(line: string): readonly [string, Entry] | undefined {
  const first = line.indexOf('\t');
  const second = line.indexOf('\t', first + 1);
  if (first === -1 || second === -1) return undefined;
  const light = jsonOf(line.slice(0, first));
  if (!isLight(light)) return undefined;
  const [path, size, mtimeMs, hash, lines, skip] = light;
  if (!line.startsWith(nothing, first + 1)) {
    const analysis = new WrittenAnalysis(path, line.slice(first + 1), second - first - 1);
    return [path, { size, mtimeMs, hash, lines, skip, analysis }];
  }
  if (line.startsWith(nothing, second + 1)) return [path, { size, mtimeMs, hash, lines, skip, analysis: null }];
  let imports: readonly ImportedNames[] | undefined;
  return [
    path,
    {
      size,
      mtimeMs,
      hash,
      lines,
      skip,
      analysis: null,
      get imports() {
        imports ??= read<readonly ImportedNames[]>(line.slice(second + 1));
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
    typeof size === 'number' &&
    typeof mtimeMs === 'number' &&
    typeof hash === 'string' &&
    typeof lines === 'number' &&
    (skip === null || typeof skip === 'string')
  );
}

/** A digest has told that the text is what was written. */
function read<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** An analysis of which each part is read when it is asked for. */
class WrittenAnalysis implements FileAnalysis {
  private found: FileFindings | undefined;
  private said: Heavy | undefined;

  /** @param text findings, to `end`, and what follows them in the line */
  constructor(
    readonly path: string,
    readonly text: string,
    private readonly end: number,
  ) {}

  get findings(): FileFindings {
    this.found ??= this.readFindings();
    return this.found;
  }

  private readFindings(): FileFindings {
    const value = read<FileFindings | FileRole>(this.text.slice(0, this.end));
    if (typeof value !== 'string') return value;
    const { path } = this;
    return { path, coverage: { state: 'full' }, role: value, findings: [], suppressed: [], suppressionProblems: [] };
  }

  get summary(): FileSummary {
    return this.heavy.summary;
  }

  get lookups(): readonly Lookup[] {
    return this.heavy.lookups;
  }

  private get heavy(): Heavy {
    this.said ??= read<Heavy>(this.text.slice(this.end + 1));
    return this.said;
  }
}
