/** Where a position stands inside a flow collection (`{ a: 1, b: [2] }`), read from its first bracket on. */

export interface FlowLevel {
  readonly kind: 'map' | 'list';
  /** Keys of the map, with the text of their values where these are scalars. */
  readonly keys: Map<string, string>;
  /** Items before the position. */
  readonly index: number;
  /** The key whose value the position is in; null before a colon. */
  readonly key: string | null;
}

export interface FlowCursor {
  readonly levels: readonly FlowLevel[];
  /** The scalar at the position, as offsets into the text; empty where there is none. */
  readonly from: number;
  readonly to: number;
}

/** So much text after the position is looked through for further keys. */
const LOOK_AHEAD = 2000;
/** Deeper nesting is none that a definition has. */
const MAX_DEPTH = 64;
const AFTER_KEY = /\s*:(?=[\s,}\]]|$)/y;
const SCALAR_END = /[,{}[\]\n]/;

interface Level {
  readonly kind: 'map' | 'list';
  readonly keys: Map<string, string>;
  index: number;
  key: string | null;
}

/** End of the scalar that begins at `from`. */
function scalarEnd(text: string, from: number, limit: number): number {
  const quote = text[from];
  let at = from;
  if (quote === '"' || quote === "'") {
    for (at++; at < limit && text[at] !== quote && text[at] !== '\n'; at++)
      if (text[at] === '\\' && quote === '"') at++;
    return Math.min(limit, text[at] === quote ? at + 1 : at);
  }
  while (at < limit && !SCALAR_END.test(text[at] ?? '')) {
    if (text[at] === ':' && /[\s,}\]]|^$/.test(text[at + 1] ?? '')) break;
    if (text[at] === '#' && /\s/.test(text[at - 1] ?? '')) break;
    at++;
  }
  while (at > from && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

/** @returns null when the position is not inside: behind the last bracket, or in a comment */
export function flowCursor(text: string, position: number): FlowCursor | null {
  const levels: Level[] = [];
  const limit = Math.min(text.length, position + LOOK_AHEAD);
  let found: FlowCursor | null = null;
  const hold = (from: number, to: number): void => {
    if (!found && levels.length > 0 && from <= position && position <= to)
      found = { levels: levels.map((level) => ({ ...level })), from: Math.max(from, 0), to };
  };
  const isScalar = (at: number): boolean => at < limit && !/[\s,{}[\]:#]/.test(text[at] ?? ' ');
  for (let at = 0; at < limit; ) {
    const gap = at;
    while (at < limit && /\s/.test(text[at] ?? '')) at++;
    if (position >= gap && (position < at || (position === at && !isScalar(at)))) hold(position, position);
    if (at >= limit) break;
    const char = text[at] ?? '';
    const level = levels.at(-1);
    if (char === '#' && at > gap) {
      const end = text.indexOf('\n', at);
      const stop = end < 0 ? text.length : end;
      if (!found && position > at && position <= stop) return null;
      at = stop;
    } else if (char === '{' || char === '[') {
      if (levels.length === MAX_DEPTH) return null;
      levels.push({ kind: char === '{' ? 'map' : 'list', keys: new Map(), index: 0, key: null });
      at++;
    } else if (char === '}' || char === ']') {
      levels.pop();
      at++;
      if (levels.length === 0) break;
    } else if (char === ',') {
      if (level) {
        level.index++;
        level.key = null;
      }
      at++;
    } else if (char === ':') at++;
    else {
      const end = Math.max(scalarEnd(text, at, limit), at + 1);
      const scalar = text.slice(at, end).replace(/^(["'])(.*?)\1?$/s, '$2');
      hold(at, end);
      AFTER_KEY.lastIndex = end;
      if (level?.kind === 'map' && level.key === null && AFTER_KEY.test(text)) {
        level.key = scalar;
        if (!level.keys.has(scalar)) level.keys.set(scalar, '');
        at = AFTER_KEY.lastIndex;
      } else {
        if (level?.kind === 'map' && level.key !== null) level.keys.set(level.key, scalar);
        at = end;
      }
    }
  }
  if (!found && position === limit) hold(position, position);
  return found;
}
