/** YAML text to plain documents, each able to say where a path stands. */
import { type Document, isMap, isNode, isPair, isScalar, LineCounter } from 'yaml';
import type { DefinitionPlace, DefinitionProblem } from './model';
import { readParts, type YamlPart } from './yamlParts';

export type Path = readonly (string | number)[];

export interface YamlDocument {
  readonly file: string;
  readonly index: number;
  readonly value: unknown;
  /** A path in the words of the file, where it is read in those of another version. */
  readonly written?: (path: Path) => Path;
  /** Place of the value at the path, or of the nearest part of it that exists. */
  readonly locate: (path: Path) => DefinitionPlace;
  /** Place of a key of the map at the path. */
  readonly locateKey: (path: Path, key: string) => DefinitionPlace;
}

export interface ParsedFile {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly DefinitionProblem[];
  /** The syntax trees by document as the parser recovered them, those with errors too; null for what it gave up. */
  readonly trees: readonly (SyntaxTree | null)[];
  /** What it was read in. */
  readonly parts: readonly YamlPart[];
}

/** A document as the parser recovered it; its offsets begin at `offset` of the file. */
export interface SyntaxTree {
  readonly document: Document;
  readonly offset: number;
}

/** Offsets in a text. */
export type OffsetRange = readonly [start: number, end: number];

/** `spec.objectives[0].target` */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

function placeOf(file: string, lines: LineCounter, range: readonly [number, number]): DefinitionPlace {
  const start = lines.linePos(range[0]);
  const end = lines.linePos(Math.max(range[0], range[1]));
  return {
    file,
    line: Math.max(0, start.line - 1),
    column: Math.max(0, start.col - 1),
    endLine: Math.max(0, end.line - 1),
    endColumn: Math.max(0, end.col - 1),
  };
}

function startOf(document: Document): readonly [number, number] {
  const start = document.range?.[0] ?? 0;
  return [start, start];
}

function rangeAt(document: Document, path: Path): readonly [number, number] {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return [node.range[0], node.range[1]];
  }
  // A document's own range starts before its comments; the first key is where a reader looks.
  const contents = document.contents;
  const first = isMap(contents) ? contents.items[0] : undefined;
  const node = first && isPair(first) && isNode(first.key) ? first.key : contents;
  return node?.range ? [node.range[0], node.range[1]] : startOf(document);
}

function keyRange(document: Document, path: Path, key: string): readonly [number, number] {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(map)) {
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (pair && isScalar(pair.key) && pair.key.range) return [pair.key.range[0], pair.key.range[1]];
  }
  return rangeAt(document, path);
}

/** Starts of all lines, so that offsets of the whole file have a line and column. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/**
 * Parses a file of one or more documents. Syntax errors, aliases that expand without end and nesting too deep to read are
 * problems. Documents that are as they were in `known` are not parsed again.
 */
export function parseYamlDocuments(file: string, text: string, known: ParsedFile | null = null): ParsedFile {
  const lines = linesOf(text);
  const problems: DefinitionProblem[] = [];
  const fail = (message: string, document: number, range: OffsetRange): void => {
    problems.push({
      level: 'error',
      code: 'slo/yaml',
      message,
      path: '',
      document,
      place: placeOf(file, lines, range),
    });
  };
  const parts = readParts(text, known?.parts);
  const trees: (SyntaxTree | null)[] = [];
  const documents: YamlDocument[] = [];
  for (const { part, offset } of parts) {
    const shifted = ([start, end]: OffsetRange): OffsetRange => [start + offset, end + offset];
    if (part.fault) {
      fail(part.fault.message, trees.length, shifted([part.fault.at, part.fault.at]));
      trees.push(null);
    }
    for (const { tree, value, faults } of part.documents) {
      const index = trees.length;
      trees.push({ document: tree, offset });
      for (const { message, range } of faults) fail(message, index, shifted(range));
      if (faults.length > 0) continue;
      if (tree.contents === null || (isScalar(tree.contents) && tree.contents.value === null)) {
        const message = 'the document is empty or holds comments only, which is not valid OpenSLO';
        fail(message, index, shifted(startOf(tree)));
      } else
        documents.push({
          file,
          index,
          value,
          locate: (path) => placeOf(file, lines, shifted(rangeAt(tree, path))),
          locateKey: (path, key) => placeOf(file, lines, shifted(keyRange(tree, path, key))),
        });
    }
  }
  if (trees.length === 0) fail('the file holds no document; it needs at least one OpenSLO object', 0, [0, 0]);
  return { documents, problems, trees, parts: parts.map(({ part }) => part) };
}
