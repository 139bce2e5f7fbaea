/** Edits of YAML text that keep everything else of it: values replaced, keys renamed, pairs added and taken away. */
import { type Document, isMap, isNode, isScalar, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { Path, SyntaxTree } from '../definition/yamlDocuments';

/** Offsets in the text of a file. */
export interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The edits done; they do not overlap. */
export function applied(text: string, edits: readonly TextReplacement[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}

/** One document of a file, as the parser recovered it. */
export class TreeEditor {
  private readonly document: Document;
  private readonly offset: number;

  constructor(
    private readonly text: string,
    { document, offset }: SyntaxTree,
  ) {
    this.document = document;
    this.offset = offset;
  }

  /** Offsets of a node in the whole file. */
  private rangeOf(node: unknown): readonly [number, number] | null {
    return isNode(node) && node.range ? [node.range[0] + this.offset, node.range[1] + this.offset] : null;
  }

  mapAt(path: Path): YAMLMap | null {
    const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    return isMap(node) ? node : null;
  }

  /** The pair whose value is at the path. */
  pairAt(path: Path): Pair | null {
    const key = path.at(-1);
    return this.mapAt(path.slice(0, -1))?.items.find((pair) => isScalar(pair.key) && pair.key.value === key) ?? null;
  }

  scalarAt(path: Path): Scalar | null {
    const node = this.document.getIn(path, true);
    return isScalar(node) ? node : null;
  }

  keysAt(path: Path): readonly string[] {
    return (this.mapAt(path)?.items ?? []).flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  }

  /** Replaces a scalar; its quotes stay unless others are asked for. */
  replace(path: Path, value: string, quote?: '"' | ''): TextReplacement | null {
    const range = this.rangeOf(this.scalarAt(path));
    if (!range) return null;
    const [start, end] = range;
    const own = /^["']/.exec(this.text.slice(start, end))?.[0] ?? '';
    const mark = quote ?? own;
    return { start, end, newText: `${mark}${value}${mark}` };
  }

  /** Renames the key of a pair. */
  rename(path: Path, name: string): TextReplacement | null {
    const key = this.pairAt(path)?.key;
    const range = isScalar(key) ? this.rangeOf(key) : null;
    if (!range) return null;
    const [start, end] = range;
    const quote = /^["']/.exec(this.text.slice(start, end))?.[0] ?? '';
    return { start, end, newText: `${quote}${name}${quote}` };
  }

  /** Adds a pair before the first of a map that has one. `lines` are the value's further lines, relative to the key. */
  insert(path: Path, key: string, value: string, lines: readonly string[] = []): TextReplacement | null {
    const map = this.mapAt(path);
    const range = this.rangeOf(map?.items[0]?.key);
    if (!map || !range) return null;
    const [start] = range;
    if (map.flow) return lines.length > 0 ? null : { start, end: start, newText: `${key}: ${value}, ` };
    const indent = ' '.repeat(start - (this.text.lastIndexOf('\n', start - 1) + 1));
    const further = lines.map((line) => `\n${indent}${line}`).join('');
    return { start, end: start, newText: `${key}:${value === '' ? '' : ` ${value}`}${further}\n${indent}` };
  }

  /** Takes a pair away with its separator; null for the only one of its map. */
  remove(path: Path): TextReplacement | null {
    const map = this.mapAt(path.slice(0, -1));
    const index = map?.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === path.at(-1)) ?? -1;
    const start = this.startOf(map?.items[index]);
    if (!map || start === null) return null;
    const next = this.startOf(map.items[index + 1]);
    if (next !== null) return { start, end: next, newText: '' };
    const before = this.endOf(map.items[index - 1]);
    const end = this.endOf(map.items[index]);
    return before === null || end === null ? null : { start: before, end, newText: '' };
  }

  private startOf(pair: Pair | undefined): number | null {
    return this.rangeOf(pair?.key)?.[0] ?? null;
  }

  private endOf(pair: Pair | undefined): number | null {
    return this.rangeOf(pair?.value)?.[1] ?? this.rangeOf(pair?.key)?.[1] ?? null;
  }
}
