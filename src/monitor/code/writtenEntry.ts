/**
 * Entries as they are written down: what a scan compares first, then what is found in the file, then what it says of itself
 * and asks of others. The last two stay text until somebody asks: of a workspace that is as it was, few are ever read.
 */
import type { FileAnalysis } from '../../analyzer/analyzer';
import type { FileSummary, Use } from '../../analyzer/facts/exportFacts';
import type { Lookup } from '../../analyzer/facts/imports';
import type { FileFindings, FileRole } from '../../analyzer/findings/findings';
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
  if (!analysis) return [light, nothing, plainJson(entry.imports ?? null), plainJson(entry.placed ?? null)].join('\t');
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
  if (first === -1) return undefined;
  const light = jsonOf(line.slice(0, first));
  if (!isLight(light)) return undefined;
  const text = line.slice(first + 1);
  const isAnalysed = !text.startsWith(nothing);
  return [light[0], new WrittenEntry(light, isAnalysed ? new WrittenAnalysis(light[0], text) : null, text)];
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

function afterTab(text: string): string {
  return text.slice(text.indexOf('\t') + 1);
}

/** A digest has told that the text is what was written. */
function read<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** An entry of which what it imports and places is read when it is asked for. */
class WrittenEntry implements Entry {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
  readonly lines: number;
  readonly skip: Entry['skip'];
  private said: { readonly imports: Entry['imports']; readonly placed: Entry['placed'] } | undefined;

  /** @param text what follows `light` in the line */
  constructor(
    [, size, mtimeMs, hash, lines, skip]: Light,
    readonly analysis: WrittenAnalysis | null,
    private readonly text: string,
  ) {
    this.size = size;
    this.mtimeMs = mtimeMs;
    this.hash = hash;
    this.lines = lines;
    this.skip = skip;
  }

  get imports(): readonly ImportedNames[] | undefined {
    return this.analysis ? undefined : this.both.imports;
  }

  get placed(): readonly Use[] | undefined {
    return this.analysis ? undefined : this.both.placed;
  }

  private get both(): NonNullable<typeof this.said> {
    if (this.said) return this.said;
    const [, imports = nothing, placed = nothing] = this.text.split('\t');
    this.said = {
      imports: read<readonly ImportedNames[] | null>(imports) ?? undefined,
      placed: read<readonly Use[] | null>(placed) ?? undefined,
    };
    return this.said;
  }
}

/** An analysis of which each part is read when it is asked for. */
class WrittenAnalysis implements FileAnalysis {
  private found: FileFindings | undefined;
  private said: Heavy | undefined;

  /** @param text findings, and what follows them in the line */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get findings(): FileFindings {
    this.found ??= this.readFindings();
    return this.found;
  }

  private readFindings(): FileFindings {
    const value = read<FileFindings | FileRole>(this.text.slice(0, this.text.indexOf('\t')));
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
    this.said ??= read<Heavy>(afterTab(this.text));
    return this.said;
  }
}
