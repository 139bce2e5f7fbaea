/** A file of several YAML documents in parts that are parsed one by one, so that a part that did not change is not parsed again. */
import { type Document, parseAllDocuments } from 'yaml';

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
  /** Why it has no value. */
  readonly fault: string | null;
}

/** Deeper nesting is not read: it is none that a definition has, and the parser needs seconds for it. */
const MAX_NESTING = 200;
const NESTED_MARKS = new RegExp(`(?:[-?] ){${MAX_NESTING}}`);

/** Offset at which brackets or dashes are nested too deep; null where they are not. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    if (depth > MAX_NESTING) return at;
  }
  const marks = text.search(NESTED_MARKS);
  return marks < 0 ? null : marks;
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

function readDocument(tree: Document): ReadDocument {
  if (tree.errors.length > 0) return { tree, value: undefined, fault: null };
  try {
    return { tree, value: tree.toJS({ maxAliasCount: 100 }), fault: null };
  } catch (error) {
    return { tree, value: undefined, fault: error instanceof Error ? error.message : String(error) };
  }
}

function readPart(text: string): YamlPart {
  const deep = tooDeepAt(text);
  if (deep !== null)
    return {
      text,
      documents: [],
      fault: { message: `nested more than ${MAX_NESTING} levels deep, which is not read`, at: deep },
    };
  try {
    const parsed = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: true });
    return { text, documents: Array.isArray(parsed) ? parsed.map(readDocument) : [], fault: null };
  } catch (error) {
    return { text, documents: [], fault: { message: `cannot be read as YAML: ${String(error)}`, at: 0 } };
  }
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
