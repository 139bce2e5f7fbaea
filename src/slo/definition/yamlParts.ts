/** A file of several YAML documents in parts that are parsed one by one, so that a part that did not change is not parsed again. */
import type { Document } from 'yaml';
import { type BoundedDocument, composeYaml, maxYamlAliases } from '../../sources/boundedYaml';

/** A stretch of a file from one mark `---` to the next. */
export interface YamlPart {
  readonly text: string;
  readonly documents: readonly ReadDocument[];
  /** Why nothing of it could be read, and at which offset of the part. */
  readonly fault: { readonly message: string; readonly at: number } | null;
}

export interface ReadDocument {
  /** As the parser recovered it; offsets are those of the part. */
  readonly tree: Document;
  readonly value: unknown;
  /** Why it has no value, at offsets of the part. */
  readonly faults: readonly { readonly message: string; readonly range: readonly [start: number, end: number] }[];
}

/** Offsets at which the parts of a text begin. Comments before the first mark belong to the first document. */
function partStarts(text: string): readonly number[] {
  // Directives and ends of documents tie parts together.
  if (/^(?:%|\.\.\.)/m.test(text)) return [0];
  const starts = [...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index);
  const [first] = starts;
  const isDocument =
    first !== undefined &&
    text
      .slice(0, first)
      .split('\n')
      .some((line) => !/^\s*(?:#.*)?$/.test(line));
  return isDocument || first === undefined ? [0, ...starts] : [0, ...starts.slice(1)];
}

function readDocument({ document: tree, faults }: BoundedDocument): ReadDocument {
  if (faults.length > 0) return { tree, value: undefined, faults };
  try {
    return { tree, value: tree.toJS({ maxAliasCount: maxYamlAliases }), faults };
  } catch (error) {
    const message = `cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`;
    const start = tree.range?.[0] ?? 0;
    return { tree, value: undefined, faults: [{ message, range: [start, start] }] };
  }
}

function readPart(text: string): YamlPart {
  const composed = composeYaml(text);
  if (composed.ok) return { text, documents: composed.documents.map(readDocument), fault: null };
  const { message, range } = composed.fault;
  return { text, documents: [], fault: { message: `cannot be read as YAML: ${message}`, at: range[0] } };
}

/** The parts of a text with their offsets in it; those of `known` with the same text are taken over. */
export function readParts(
  text: string,
  known: readonly YamlPart[] = [],
): readonly { readonly part: YamlPart; readonly offset: number }[] {
  const byText = new Map(known.map((part) => [part.text, part]));
  const starts = partStarts(text.replace(/^\ufeff/, ' '));
  return starts.map((offset, index) => {
    const own = text.slice(offset, starts[index + 1] ?? text.length);
    return { part: byText.get(own) ?? readPart(own), offset };
  });
}
