/** YAML text to plain documents, each able to say where a path stands. */
import { type Document, isMap, isNode, isPair, isScalar, type LineCounter } from 'yaml';
import { composeYaml, maxYamlAliases } from '../../sources/boundedYaml';
import type { DefinitionPlace, DefinitionProblem } from './model';

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
  /** The syntax trees as the parser recovered them, those with errors too; for an editor. */
  readonly trees: readonly Document[];
}

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

/** Parses a file of one or more documents. Syntax errors, aliases that expand without end and nesting too deep to read are problems. */
export function parseYamlDocuments(file: string, text: string): ParsedFile {
  const problems: DefinitionProblem[] = [];
  const composed = composeYaml(text);
  const { lines } = composed;
  const fail = (
    message: string,
    document: number,
    range: readonly [number, number],
    level: 'error' | 'warning' = 'error',
  ) => problems.push({ level, code: 'slo/yaml', message, path: '', document, place: placeOf(file, lines, range) });
  if (!composed.ok) {
    fail(`cannot be read as YAML: ${composed.fault.message}`, 0, composed.fault.range);
    return { documents: [], problems, trees: [] };
  }
  const parsed = composed.documents;
  if (parsed.length === 0) fail('the file holds no document; it needs at least one OpenSLO object', 0, [0, 0]);
  const documents: YamlDocument[] = [];
  for (const [index, { document, faults }] of parsed.entries()) {
    for (const fault of faults) fail(fault.message, index, fault.range);
    if (faults.length > 0) continue;
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
      fail('the document is empty or holds comments only, which is not valid OpenSLO', index, startOf(document));
      continue;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: maxYamlAliases });
    } catch (error) {
      fail(
        `cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`,
        index,
        startOf(document),
      );
      continue;
    }
    documents.push({
      file,
      index,
      value,
      locate: (path) => placeOf(file, lines, rangeAt(document, path)),
      locateKey: (path, key) => placeOf(file, lines, keyRange(document, path, key)),
    });
  }
  return { documents, problems, trees: parsed.map(({ document }) => document) };
}
