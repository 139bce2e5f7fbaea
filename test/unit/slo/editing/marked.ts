/** A text with the cursor written into it as `‸`. */
export function marked(text: string): {
  readonly text: string;
  readonly lines: readonly string[];
  readonly position: { readonly line: number; readonly column: number };
} {
  const at = text.indexOf('‸');
  if (at < 0) throw new Error('no cursor');
  const before = text.slice(0, at);
  const whole = before + text.slice(at + 1);
  const lines = before.split('\n');
  return {
    text: whole,
    lines: whole.split('\n'),
    position: { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 },
  };
}
