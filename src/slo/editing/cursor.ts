/**
 * Where a position stands in a definition file, read from the lines around it and from nothing else: it does not matter
 * what else of the file is broken. Positions in lines and columns from 0, as editors count.
 */
import type { Path } from '../definition/yamlDocuments';
import { flowCursor } from './flowCursor';
import { commentColumn, type LinePart, lineParts, unquoted } from './lineParts';

/** A map on the way to the position, with its keys and the texts of their values on the same line. */
export interface MapLevel {
  readonly path: Path;
  readonly keys: ReadonlyMap<string, string>;
}

export interface Cursor {
  /** `key`: of an entry of the map at `path`, or of a scalar there. `value`: of the scalar at `path`. */
  readonly role: 'key' | 'value';
  readonly path: Path;
  /** Maps from the document's own to the innermost; the last is the one at `path` or around it. */
  readonly levels: readonly MapLevel[];
  /** The word or scalar at the position, quotes included; empty where there is none. */
  readonly token: { readonly text: string; readonly start: number; readonly end: number };
  readonly line: number;
  readonly column: number;
  /** Inside of `{…}` or `[…]`. */
  readonly inFlow: boolean;
  /** A colon follows the token: its key is there already. */
  readonly hasColon: boolean;
  /** Column at which the map of the position is written. */
  readonly indent: number;
}

interface Open {
  readonly column: number;
  readonly kind: 'item' | 'key';
  readonly step: string | number;
  readonly keys: Map<string, string>;
}

/** First line of the document that a line is in, and the line after its last. */
export function documentLines(lines: readonly string[], line: number): readonly [number, number] {
  const isMark = (at: number): boolean => /^(?:---(?:\s|$)|\.\.\.\s*$)/.test(lines[at] ?? '');
  let from = line;
  while (from > 0 && !isMark(from - 1)) from--;
  let to = line;
  while (to < lines.length && !isMark(to)) to++;
  return [from, to];
}

/** Deeper nesting is none that a definition has. */
const MAX_DEPTH = 64;
const isBlank = (line: string): boolean => /^\s*(?:#|$)/.test(line);
/** A value that its key's line begins and further lines may go on with. */
const isText = (value: string): boolean => value !== '' && !/^[&!][^\s]*$/.test(value);

/** @returns null where nothing can be said: in comments, in texts of several lines, on the marks between documents */
export function cursorAt(lines: readonly string[], line: number, column: number): Cursor | null {
  const own = lines[line] ?? '';
  if (/^(?:---|\.\.\.)/.test(own)) return null;
  const parts = lineParts(own);
  if (column > own.length || commentColumn(own) < column) return null;
  const part = parts.parts.at(-1);
  // Left of the key, between dashes.
  if (part && column < (part.kind === 'key' ? part.column : part.end)) return null;
  const [from, to] = documentLines(lines, line);
  const around = ancestors(lines, from, line, parts, column);
  if (!around) return null;
  const { open, indent } = around;
  addLater(lines, line + 1, to, open, around.below);
  const path: Path = open.slice(1).map(({ step }) => step);
  const levels: readonly MapLevel[] = open.map(({ keys }, index) => ({ path: path.slice(0, index), keys }));
  // A flow collection that an earlier line began, or this one.
  const start = around.flow ?? (/^[{[]/.test(own.slice(parts.rest)) ? { line, column: parts.rest } : null);
  if (start && (start.line < line || column > start.column)) {
    const inside = inFlow(lines, start, { line, column }, to, path);
    if (inside) {
      const outer = levels.filter((level) => level.path.length < path.length);
      return { ...inside, line, column, inFlow: true, indent, levels: [...outer, ...inside.levels] };
    }
    if (start.line < line) return null;
  }
  const place = inBlock(own, parts, column, path);
  const shown = levels.filter((level) => level.path.length <= place.path.length);
  return { ...place, levels: shown, line, column, inFlow: false, indent };
}

type Place = Pick<Cursor, 'role' | 'path' | 'token' | 'hasColon'>;

function inBlock(own: string, parts: ReturnType<typeof lineParts>, column: number, path: Path): Place {
  const key = parts.parts.at(-1);
  if (key?.kind === 'key' && column <= key.end) {
    const token = { text: own.slice(key.column, key.end), start: key.column, end: key.end };
    return { role: 'key', path: path.slice(0, -1), token, hasColon: true };
  }
  const start = Math.min(parts.rest, column);
  const text = own.slice(start, Math.max(parts.end, column)).trimEnd();
  const token =
    column < parts.rest ? { text: '', start: column, end: column } : { text, start, end: start + text.length };
  if (key?.kind === 'key') return { role: 'value', path, token, hasColon: false };
  return { role: 'key', path, token, hasColon: false };
}

interface Around {
  /** From the document itself to the innermost key or item that the position is under or at. */
  readonly open: readonly Open[];
  readonly indent: number;
  /** Column of what stands below the innermost, on later lines. */
  readonly below: number;
  readonly flow: { readonly line: number; readonly column: number } | null;
}

/** What is around a position, going up. Null inside of a text of several lines. */
function ancestors(
  lines: readonly string[],
  from: number,
  line: number,
  own: ReturnType<typeof lineParts>,
  column: number,
): Around | null {
  const text = lines[line] ?? '';
  const blank = isBlank(text);
  const ownParts = blank ? [] : own.parts;
  const isKey = ownParts.at(-1)?.kind === 'key';
  const found: Open[] = [];
  let index = 0;
  /** Keys of the map that is looked at now: its parent is not found yet. */
  let keys = new Map<string, string>();
  /** What is looked for stands left of this column. */
  let limit = blank ? column : own.rest;
  let isItem = false;
  const closeItem = (): void => {
    const last = found.at(-1);
    if (last?.kind === 'item' && last.step === -1) found[found.length - 1] = { ...last, step: index };
  };
  const take = (part: LinePart, value: string): void => {
    closeItem();
    isItem = part.kind === 'item';
    found.push({ column: part.column, kind: part.kind, step: isItem ? -1 : part.key, keys });
    keys = isItem ? new Map() : new Map([[part.key, value]]);
    if (isItem) index = 0;
    limit = part.column;
  };
  for (const part of ownParts.toReversed()) take(part, text.slice(own.rest, own.end).trim());
  let flow: Around['flow'] = null;
  let isFirst = true;
  for (let at = line - 1; at >= from && (limit > 0 || isItem); at--) {
    const upper = lines[at] ?? '';
    if (isBlank(upper)) continue;
    if (found.length > MAX_DEPTH) return null;
    const above = lineParts(upper);
    const value = upper.slice(above.rest, above.end).trim();
    if ((above.parts[0]?.column ?? Number.POSITIVE_INFINITY) > limit) continue;
    for (const part of above.parts.toReversed()) {
      if (part.kind === 'item' && isItem && part.column === limit) {
        index++;
        continue;
      }
      if (part.column < limit || (part.kind === 'key' && isItem && part.column === limit)) {
        if (isFirst && part === above.parts.at(-1) && isText(value)) {
          if (/^[{[]/.test(value)) {
            flow = { line: at, column: above.rest };
            found.length = 0;
            keys = new Map();
          } else if (!isKey) return null;
        }
        isFirst = false;
        take(part, value);
      } else if (part.kind === 'key' && part.column === limit && !keys.has(part.key)) keys.set(part.key, value);
    }
  }
  // The keys of the outermost map may go on above.
  for (let at = line - 1; limit === 0 && !isItem && at >= from; at--) {
    const first = lineParts(lines[at] ?? '').parts[0];
    if (first?.kind === 'key' && first.column === 0 && !keys.has(first.key)) {
      const { rest, end } = lineParts(lines[at] ?? '');
      keys.set(first.key, (lines[at] ?? '').slice(rest, end).trim());
    }
  }
  closeItem();
  const open = [...found, { column: -1, kind: 'key' as const, step: '', keys }].toReversed();
  const start = blank ? column : own.rest;
  return {
    open,
    indent: isKey ? (ownParts.at(-1)?.column ?? 0) : start,
    below: isKey ? Number.POSITIVE_INFINITY : start,
    flow,
  };
}

/** Adds the keys that stand below the position in the maps around it. */
function addLater(lines: readonly string[], from: number, to: number, open: readonly Open[], below: number): void {
  const columns = open.map((_, position) => open[position + 1]?.column ?? below);
  let level = open.length - 1;
  for (let at = from; at < to && level >= 0; at++) {
    const text = lines[at] ?? '';
    if (isBlank(text)) continue;
    const parts = lineParts(text);
    const first = parts.parts[0];
    const column = first?.column ?? parts.rest;
    while (level >= 0 && column < (columns[level] ?? 0)) level--;
    // Another item of the list that the level is an item of.
    while (first?.kind === 'item' && level > 0 && open[level]?.kind === 'item' && column <= (open[level]?.column ?? 0))
      level--;
    // A list may stand at the column of its key: what has no dash there belongs to the map of that key.
    if (first?.kind === 'key' && open[level + 1]?.kind === 'item' && column === columns[level]) level--;
    const keys = open[level]?.keys;
    if (keys && first?.kind === 'key' && column === columns[level] && !keys.has(first.key))
      keys.set(first.key, text.slice(parts.rest, parts.end).trim());
  }
}

function inFlow(
  lines: readonly string[],
  start: { readonly line: number; readonly column: number },
  position: { readonly line: number; readonly column: number },
  to: number,
  base: Path,
): (Place & { readonly levels: readonly MapLevel[] }) | null {
  const texts = lines.slice(start.line, Math.min(to, position.line + 50));
  texts[0] = (texts[0] ?? '').slice(start.column);
  const text = texts.join('\n');
  const before = texts.slice(0, position.line - start.line).reduce((sum, one) => sum + one.length + 1, 0);
  const shift = position.line === start.line ? start.column : 0;
  const found = flowCursor(text, before + position.column - shift);
  if (!found) return null;
  const path: (string | number)[] = [...base];
  const levels: MapLevel[] = [];
  for (const [depth, level] of found.levels.entries()) {
    const isLast = depth === found.levels.length - 1;
    if (level.kind === 'map') levels.push({ path: [...path], keys: level.keys });
    if (level.kind === 'list') path.push(level.index);
    else if (level.key !== null) path.push(level.key);
    else if (!isLast) break;
  }
  const last = found.levels.at(-1);
  const offset = before - shift;
  const token = {
    text: text.slice(found.from, found.to),
    start: found.from - offset,
    end: found.to - offset,
  };
  const hasColon = /^\s*:(?:[\s,}\]]|$)/.test(text.slice(found.to, found.to + 40));
  const role = last?.kind === 'map' && last.key === null ? 'key' : 'value';
  return { role, path, token, hasColon, levels };
}

/** The text of a key's value in the maps around a position, from the innermost out: `kind`, `type`. */
export function valueAround(cursor: Cursor, key: string, at: Path): string | null {
  const level = cursor.levels.find(({ path }) => path.length === at.length && path.every((step, i) => step === at[i]));
  const value = level?.keys.get(key);
  return value === undefined || value === '' ? null : unquoted(value);
}
