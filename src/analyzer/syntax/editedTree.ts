/**
 * The tree of a text that is being edited: each analysis parses what the last edit has changed, and takes the rest over. What is
 * taken over is what a parse of the whole text would give (`test/unit/analyzer/stability/editedTree.test.ts`).
 */
import { ts } from './compiler';

/** Holds one tree, that of the file analysed last: it is as large as twenty times the text. */
export class EditedTree {
  private last: ts.SourceFile | undefined;

  /** @returns undefined where the whole text is to be parsed */
  next(path: string, text: string, kind: ts.ScriptKind): ts.SourceFile | undefined {
    const before = this.last;
    // An old tree is used up by making the next one of it.
    this.last = undefined;
    if (before?.fileName !== path || kindOf(before) !== kind) return undefined;
    const range = changedRange(before.text, text);
    // Much is parsed again as fast as it is compared.
    if (!range || range.newLength + range.span.length > text.length / 2) return undefined;
    try {
      return ts.updateSourceFile(before, text, range);
    } catch {
      // The compiler checks its own work while it takes nodes over.
      return undefined;
    }
  }

  /** The tree that the next edit is an edit of. */
  keep(sourceFile: ts.SourceFile): void {
    this.last = sourceFile;
  }

  /** Lets the tree of a file go that nobody edits any more. */
  forget(path: string): void {
    if (this.last?.fileName === path) this.last = undefined;
  }
}

/** The public type does not show it. */
function kindOf(sourceFile: ts.SourceFile & { readonly scriptKind?: ts.ScriptKind }): ts.ScriptKind | undefined {
  return sourceFile.scriptKind;
}

/** Letters that are compared at once. */
const stretch = 1024;

/** The one stretch in which the texts differ; undefined where they do not. */
function changedRange(before: string, after: string): ts.TextChangeRange | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // The engine compares whole stretches faster than we do their letters.
  while (start + stretch <= shorter && before.slice(start, start + stretch) === after.slice(start, start + stretch))
    start += stretch;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start === before.length && start === after.length) return undefined;
  let tail = 0;
  while (
    tail + stretch <= shorter - start &&
    before.slice(before.length - tail - stretch, before.length - tail) ===
      after.slice(after.length - tail - stretch, after.length - tail)
  )
    tail += stretch;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return {
    span: { start, length: before.length - start - tail },
    newLength: after.length - start - tail,
  };
}
