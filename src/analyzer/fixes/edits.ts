/** Text edits: put in order, joined where they meet, applied. */
import type { TextEdit } from '../findings/findings';

/** Edits in order of position, insertions at the same place joined in the order given; undefined when two overlap. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits.map((edit, index) => ({ edit, index })).sort(byPlace);
  const joined: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = joined.at(-1);
    if (last && edit.start < last.end) return undefined;
    if (last && last.start === edit.start) joined[joined.length - 1] = join(last, edit);
    else joined.push(edit);
  }
  return joined;
}

function byPlace(a: { edit: TextEdit; index: number }, b: { edit: TextEdit; index: number }): number {
  return a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.index - b.index;
}

/** Two that start at the same place: at most the second takes text away. */
function join(first: TextEdit, second: TextEdit): TextEdit {
  return { start: first.start, end: second.end, newText: first.newText + second.newText };
}

/** True when the edits of both can be applied to the same text: they neither overlap nor meet. */
export function areApart(a: readonly TextEdit[], b: readonly TextEdit[]): boolean {
  return a.every((one) => b.every((other) => one.end < other.start || other.end < one.start));
}

/** The text with the edits, which are in order and apart. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
