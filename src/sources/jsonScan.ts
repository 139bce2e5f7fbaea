/**
 * JSON as machines and people really write it: a byte order mark, several documents, text behind them, duplicate keys,
 * merge conflicts, truncation. Each with its place; nothing is recovered from a broken prefix, nothing throws.
 */
import { type Position, positionAt, positionsOf } from './problems';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
/** `__proto__` is a key like any other; what is not an own property is none. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

export type JsonProblemKind = 'truncated' | 'syntax' | 'not-json' | 'empty' | 'merge-conflict' | 'too-deep';

/** Places of top-level keys: where a warning about a field points to. */
export interface KeyPlaces {
  readonly get: (key: string) => Position | undefined;
}

export interface JsonDocument {
  readonly value: JsonObject;
  readonly start: Position;
  readonly keys: KeyPlaces;
}

export interface DuplicateKey {
  /** JSON Pointer of the key. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export type JsonScan =
  | {
      readonly ok: true;
      readonly bom: boolean;
      /** At least one; later documents replace earlier ones key by key. */
      readonly documents: readonly JsonDocument[];
      readonly duplicates: readonly DuplicateKey[];
      /** Text behind the last document. */
      readonly trailing: Position | undefined;
    }
  | {
      readonly ok: false;
      readonly bom: boolean;
      readonly problem: { readonly kind: JsonProblemKind; readonly message: string; readonly position: Position };
    };

const noDuplicates: readonly DuplicateKey[] = [];

/** Deeper nesting is refused: the reader calls itself once per level, and the stack is not ours alone. */
const maxDepth = 500;

class Failure {
  constructor(
    readonly kind: JsonProblemKind,
    readonly message: string,
    readonly offset: number,
  ) {}
}

interface JsonFault {
  readonly kind: JsonProblemKind;
  readonly message: string;
  readonly position: Position;
}

/** What is wrong with a text that cannot be parsed: the first conflict marker at a line start, if it has one. */
function faultOf(text: string, kind: JsonProblemKind, message: string, offset: number): JsonFault {
  const conflict = kind === 'empty' ? null : /^(?:<{7}|={7}|>{7})(?: |\r?$)/m.exec(text);
  return conflict
    ? { kind: 'merge-conflict', message: 'Unresolved merge conflict', position: positionAt(text, conflict.index) }
    : { kind, message, position: positionAt(text, offset) };
}

/** Reads a file that should hold one JSON object. */
export function scanJsonObjects(source: string): JsonScan {
  const bom = source.charCodeAt(0) === 0xfeff;
  const text = bom ? source.slice(1) : source;
  const fail = (kind: JsonProblemKind, message: string, offset: number): JsonScan => ({
    ok: false,
    bom,
    problem: faultOf(text, kind, message, offset),
  });
  const ordinary = scanOrdinary(text);
  if (ordinary) return { ok: true, bom, documents: [ordinary], duplicates: noDuplicates, trailing: undefined };
  const place = positionsOf(text);
  const documents: JsonDocument[] = [];
  const duplicates: DuplicateKey[] = [];
  let at = skipBlank(text, 0);
  if (at === text.length) return fail('empty', 'The file is empty', 0);
  if (text[at] !== '{') return fail('not-json', 'The file does not start with a JSON object', at);
  while (at < text.length && text[at] === '{') {
    const start = place(at);
    const known = duplicates.length;
    const reader = new Reader(text, at, place, duplicates);
    const keys = new Map<string, Position>();
    try {
      const value = reader.object('', 0, keys);
      documents.push({ value, start, keys });
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      // A later document that is broken is text behind the first.
      if (documents.length > 0) {
        duplicates.length = known;
        break;
      }
      return fail(failure.kind, failure.message, failure.offset);
    }
    at = skipBlank(text, reader.at);
  }
  return { ok: true, bom, documents, duplicates, trailing: at < text.length ? place(at) : undefined };
}

/**
 * A text of one object without repeated keys, read by the language's own parser: most files are, and thousands of them are read
 * each second. A repeated key shows in that the text has more members than the value.
 * @returns null for every other text
 */
function scanOrdinary(text: string): JsonDocument | null {
  const begin = skipBlank(text, 0);
  if (text.charCodeAt(begin) !== 123) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Which fault it is, and where, says the reader below.
    return null;
  }
  /** Begin and end of each top-level key; its place is told when somebody asks. */
  const keys: number[] = [];
  const hasEscapes = text.includes('\\');
  let members = 0;
  let depth = 0;
  let stringAt = 0;
  let stringEnd = 0;
  for (let at = begin; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      stringAt = at;
      for (at = text.indexOf('"', at + 1); isEscaped(text, at); at = text.indexOf('"', at + 1));
      stringEnd = at;
    } else if (code === 123 || code === 91) {
      if (++depth > maxDepth) return null;
    } else if (code === 125 || code === 93) depth--;
    else if (code === 58) {
      members++;
      if (depth !== 1) continue;
      // Written with escapes it may be a key that stands elsewhere too.
      if (hasEscapes && text.slice(stringAt, stringEnd).includes('\\')) return null;
      keys.push(stringAt, stringEnd);
    }
  }
  if (members !== membersOf(value)) return null;
  const place = positionsOf(text);
  return { value: value as JsonObject, start: place(begin), keys: placesOf(text, keys, place) };
}

/** @param ends begin and end of each key, one after another */
function placesOf(text: string, ends: readonly number[], place: (offset: number) => Position): KeyPlaces {
  return {
    get: (key) => {
      for (let at = 0; at < ends.length; at += 2) {
        const begin = ends[at] ?? 0;
        if ((ends[at + 1] ?? 0) - begin - 1 === key.length && text.startsWith(key, begin + 1)) return place(begin);
      }
      return undefined;
    },
  };
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes++;
  return backslashes % 2 === 1;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const one of value) if (typeof one === 'object') count += membersOf(one);
    return count;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(object)) {
    count++;
    const one = object[key];
    if (typeof one === 'object') count += membersOf(one);
  }
  return count;
}

/** Reads one JSON value of any kind (arrays and scalars too); nothing but blanks may follow it. */
export function parseJsonValue(
  source: string,
): { readonly ok: true; readonly value: JsonValue } | ({ readonly ok: false } & JsonFault) {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const start = skipBlank(text, 0);
  if (start === text.length) return { ok: false, ...faultOf(text, 'empty', 'The file is empty', 0) };
  const reader = new Reader(text, start, positionsOf(text), null);
  try {
    const value = reader.value('', 0);
    const end = skipBlank(text, reader.at);
    if (end < text.length) return { ok: false, ...faultOf(text, 'syntax', 'Text behind the JSON value', end) };
    return { ok: true, value };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { ok: false, ...faultOf(text, failure.kind, failure.message, failure.offset) };
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    at++;
  }
  return at;
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in strings
const plainPattern = /[^"\\\u0000-\u001f]*/y;

class Reader {
  /** @param duplicates where repeated keys are noted; null: nobody asks for them */
  constructor(
    private readonly text: string,
    public at: number,
    private readonly place: (offset: number) => Position,
    private readonly duplicates: DuplicateKey[] | null,
  ) {}

  value(path: string, depth: number): JsonValue {
    this.skip();
    const { text } = this;
    switch (text[this.at]) {
      case '{':
        return this.object(path, depth, undefined);
      case '[':
        return this.array(path, depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      case undefined:
        return this.end();
      default: {
        numberPattern.lastIndex = this.at;
        const match = numberPattern.exec(text);
        if (!match) throw new Failure('syntax', 'A JSON value is expected here', this.at);
        this.at += match[0].length;
        return Number(match[0]);
      }
    }
  }

  object(path: string, depth: number, keys: Map<string, Position> | undefined): JsonObject {
    if (depth > maxDepth) throw new Failure('too-deep', `Nested deeper than ${maxDepth} levels`, this.at);
    const object: Record<string, JsonValue> = Object.create(null);
    this.at++;
    this.skip();
    if (this.text[this.at] === '}') {
      this.at++;
      return object;
    }
    for (;;) {
      this.skip();
      if (this.at >= this.text.length) this.end();
      if (this.text[this.at] !== '"')
        throw new Failure('syntax', 'A property name in double quotes is expected here', this.at);
      const keyAt = this.at;
      const key = this.string();
      const pointer = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (this.duplicates && key in object) {
        const { line, column } = this.place(keyAt);
        this.duplicates.push({ path: pointer, line, column });
      }
      keys?.set(key, this.place(keyAt));
      this.expect(':');
      object[key] = this.value(pointer, depth + 1);
      this.skip();
      const next = this.text[this.at];
      if (next === ',') {
        this.at++;
        continue;
      }
      this.expect('}');
      return object;
    }
  }

  private array(path: string, depth: number): readonly JsonValue[] {
    if (depth > maxDepth) throw new Failure('too-deep', `Nested deeper than ${maxDepth} levels`, this.at);
    const list: JsonValue[] = [];
    this.at++;
    this.skip();
    if (this.text[this.at] === ']') {
      this.at++;
      return list;
    }
    for (;;) {
      list.push(this.value(`${path}/${list.length}`, depth + 1));
      this.skip();
      if (this.text[this.at] === ',') {
        this.at++;
        continue;
      }
      this.expect(']');
      return list;
    }
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let at = start + 1;
    for (;;) {
      plainPattern.lastIndex = at;
      at += plainPattern.exec(text)?.[0].length ?? 0;
      const character = text[at];
      if (character === undefined) return this.end();
      if (character === '"') break;
      if (character !== '\\') throw new Failure('syntax', 'A control character stands in a string', at);
      at += 2;
      if (at > text.length) return this.end();
    }
    this.at = at + 1;
    const literal = text.slice(start, this.at);
    if (!literal.includes('\\')) return literal.slice(1, -1);
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw new Failure('syntax', 'The string has an escape that JSON does not know', start);
    }
  }

  private word<T extends JsonValue>(word: string, value: T): T {
    const found = this.text.slice(this.at, this.at + word.length);
    if (found === word) {
      this.at += word.length;
      return value;
    }
    if (this.at + found.length === this.text.length && word.startsWith(found)) this.end();
    throw new Failure('syntax', 'A JSON value is expected here', this.at);
  }

  private expect(character: string): void {
    this.skip();
    if (this.text[this.at] === character) {
      this.at++;
      return;
    }
    if (this.at >= this.text.length) this.end();
    throw new Failure('syntax', `\`${character}\` is expected here`, this.at);
  }

  private end(): never {
    throw new Failure('truncated', 'The file ends in the middle of a value', this.text.length);
  }

  private skip(): void {
    this.at = skipBlank(this.text, this.at);
  }
}
