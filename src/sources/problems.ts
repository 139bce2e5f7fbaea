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

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1, offset };
}
