/** Faults of an input with their places, and the places themselves. */

/** A fault in an input, with its place. Lines and columns start at 1, columns count UTF-16 units. */
export interface SourceProblem {
  readonly kind: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key?: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
  /** UTF-16 units from 0, counted after a byte order mark. */
  readonly offset: number;
}

/** Line and column of an offset. For many offsets of one text take `positionsOf`. */
export function positionAt(text: string, offset: number): Position {
  return positionsOf(text)(offset);
}

/** Positions in one text; asked in ascending order, all of them together cost one pass over it. */
export function positionsOf(text: string): (offset: number) => Position {
  let line = 1;
  let start = 0;
  let lineEnd = text.indexOf('\n');
  return (offset) => {
    if (offset < start) {
      line = 1;
      start = 0;
      lineEnd = text.indexOf('\n');
    }
    while (lineEnd !== -1 && lineEnd < offset) {
      line++;
      start = lineEnd + 1;
      lineEnd = text.indexOf('\n', start);
    }
    return { line, column: offset - start + 1, offset };
  };
}

/** Most faults of one kind that are listed for one file; the last of them says how many follow. */
export const maxPerKind = 50;

const nothing: readonly never[] = [];

/** Keeps the first faults of each kind, so that a file of a million faults does not become a million lines. */
export class FaultList<T extends { readonly kind: string; readonly message: string }> {
  private readonly kept: T[] = [];
  private counts: Map<string, number> | null = null;

  add(fault: T): void {
    this.counts ??= new Map();
    const count = (this.counts.get(fault.kind) ?? 0) + 1;
    this.counts.set(fault.kind, count);
    if (count <= maxPerKind) this.kept.push(fault);
  }

  all(): readonly T[] {
    const { counts } = this;
    // Most files have none: one list of nothing stands for all of theirs.
    if (!counts) return nothing;
    const last = new Map(this.kept.map((fault, index) => [fault.kind, index]));
    return this.kept.map((fault, index) => {
      const more = (counts.get(fault.kind) ?? 0) - maxPerKind;
      return more > 0 && last.get(fault.kind) === index
        ? { ...fault, message: `${fault.message} (and ${more} more of this kind in the file)` }
        : fault;
    });
  }
}

/** A value from a file as part of a message: on one line, cut where it is long. */
export function quoted(value: string | number): string {
  const text = String(value).slice(0, 81);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
