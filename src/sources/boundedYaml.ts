/**
 * YAML texts to documents within bounds. The `yaml` library calls itself once per level and compares each key of a map with all
 * others: a text of strangers could end the process or hold it for minutes. Nesting is measured while the text is cut into
 * tokens, which needs no recursion; repeated keys are found afterwards, in one pass.
 */
import { Composer, type Document, isMap, isScalar, Lexer, LineCounter, Parser, visit } from 'yaml';

/** Levels of nesting that are read. Far above what people write, far below what the stack holds. */
export const maxYamlDepth = 150;
/** UTF-16 units of text that are read. */
export const maxYamlLength = 1024 * 1024;
/** Aliases multiply what they stand for; a document of definitions or data has few. */
export const maxYamlAliases = 100;

export interface YamlFault {
  readonly message: string;
  readonly kind: 'syntax' | 'too-deep' | 'too-large' | 'duplicate-key';
  /** Offsets in the text. */
  readonly range: readonly [number, number];
}

export interface BoundedDocument {
  readonly document: Document;
  readonly faults: readonly YamlFault[];
}

class TooDeep {
  constructor(readonly offset: number) {}
}

function* tokensOf(text: string, parser: Parser) {
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > maxYamlDepth) throw new TooDeep(parser.offset);
  }
  yield* parser.end();
}

function repeatedKeys(document: Document): readonly YamlFault[] {
  const faults: YamlFault[] = [];
  visit(document, {
    Map: (_, map) => {
      if (!isMap(map)) return;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value) && faults.length < 50)
          faults.push({
            kind: 'duplicate-key',
            message: 'Map keys must be unique',
            range: [key.range?.[0] ?? 0, key.range?.[1] ?? 0],
          });
        seen.add(key.value);
      }
    },
  });
  return faults;
}

/**
 * All documents of a text, each with its faults.
 * @returns a fault alone where the text is not read at all: too long, nested too deep, or nothing the library can take
 */
export function composeYaml(
  text: string,
): { readonly lines: LineCounter } & (
  | { readonly ok: true; readonly documents: readonly BoundedDocument[] }
  | { readonly ok: false; readonly fault: YamlFault }
) {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const fail = (kind: YamlFault['kind'], message: string, offset: number) =>
    ({ ok: false, lines, fault: { kind, message, range: [offset, offset] } }) as const;
  if (text.length > maxYamlLength)
    return fail('too-large', `the text has ${text.length} characters; at most ${maxYamlLength} are read as YAML`, 0);
  try {
    // Keys are compared below: the library takes time by the square of their number.
    const composer = new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    const tokens = [...tokensOf(text, new Parser(lines.addNewLine))];
    const documents = [...composer.compose(tokens)].map((document) => ({
      document: document as Document,
      faults: [
        ...document.errors.map(({ message, pos }): YamlFault => ({ kind: 'syntax', message, range: pos })),
        ...repeatedKeys(document as Document),
      ],
    }));
    return { ok: true, lines, documents };
  } catch (error) {
    if (error instanceof TooDeep) return fail('too-deep', `nested deeper than ${maxYamlDepth} levels`, error.offset);
    return fail('syntax', error instanceof Error ? error.message : String(error), 0);
  }
}
