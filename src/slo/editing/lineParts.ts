/** One line of block YAML in its parts: dashes, a key, what follows it. Reads half-written lines too, and nothing but the line. */

export interface LinePart {
  readonly kind: 'item' | 'key';
  /** Column at which it stands. */
  readonly column: number;
  /** The key without quotes; empty for an item. */
  readonly key: string;
  /** Column after the key, without the colon; after the dash of an item. */
  readonly end: number;
}

export interface LineParts {
  /** Dashes first, at most one key last. */
  readonly parts: readonly LinePart[];
  /** Column at which the rest begins: a value, a scalar of a list, half a key. */
  readonly rest: number;
  /** Column of the comment, or the length of the line. */
  readonly end: number;
}

/** More dashes in one line are none that a definition has. */
const MAX_DASHES = 32;
const DASH = /-(?=\s|$)/y;
const KEY = /(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#"'{}[\],&*!|>%@`-][^:#]*|-[^\s:#][^:#]*)) *:(?=\s|$)/y;

/** Column of the first `#` that begins a comment, outside of quotes; the length of the line without one. */
export function commentColumn(line: string, from = 0): number {
  let quote = '';
  for (let at = from; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && !/\w/.test(line[at - 1] ?? '')) quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return at;
  }
  return line.length;
}

/** Splits a line. */
export function lineParts(line: string): LineParts {
  const parts: LinePart[] = [];
  const skip = (from: number): number => {
    let at = from;
    while (line[at] === ' ') at++;
    return at;
  };
  let at = skip(0);
  while (parts.length < MAX_DASHES) {
    DASH.lastIndex = at;
    if (!DASH.test(line)) break;
    parts.push({ kind: 'item', column: at, key: '', end: at + 1 });
    at = skip(at + 1);
  }
  KEY.lastIndex = at;
  const match = KEY.exec(line);
  const end = commentColumn(line, match ? KEY.lastIndex : at);
  if (match && KEY.lastIndex <= end) {
    const [all, double, single, plain] = match;
    const key = double ?? single?.replaceAll("''", "'") ?? plain?.trimEnd() ?? '';
    parts.push({ kind: 'key', column: at, key, end: at + all.slice(0, -1).trimEnd().length });
    at = skip(KEY.lastIndex);
  }
  return { parts, rest: Math.min(at, end), end };
}

/** A scalar as written, without its quotes. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed[0];
  if (quote !== '"' && quote !== "'") return trimmed;
  const closed = trimmed.length > 1 && trimmed.endsWith(quote);
  return trimmed.slice(1, closed ? -1 : undefined);
}
