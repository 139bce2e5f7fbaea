/**
 * Casts of Flow, `(value: Type)`: the parser reads all else of its annotations as those of TypeScript, and gives up the rest of
 * a function at the first cast. Their types are made blank, so that each offset stays that of the file.
 */
import type { ts } from './compiler';

const pragma = /^[\s\S]{0,2000}?@flow\b/;
const maxCasts = 60;

/** Is the text written in Flow, by its own words? */
export function isFlow(text: string): boolean {
  return pragma.test(text);
}

/**
 * The tree without the casts at which the parser stumbled.
 * @param parse makes a tree of a text
 */
export function withoutCasts(tree: ts.SourceFile, parse: (text: string) => ts.SourceFile): ts.SourceFile {
  let best = tree;
  for (let casts = 0; casts < maxCasts; casts++) {
    const error = firstErrorOf(best);
    const first = error === undefined ? undefined : colonOf(best.text, error);
    const end = first === undefined ? undefined : endOfType(best.text, first);
    if (first === undefined || end === undefined) return best;
    const { text } = best;
    const next = parse(text.slice(0, first) + text.slice(first, end).replace(/[^\r\n]/g, ' ') + text.slice(end));
    const after = firstErrorOf(next);
    // It was no cast.
    if (after !== undefined && after <= first) return best;
    best = next;
  }
  return best;
}

function firstErrorOf(tree: ts.SourceFile): number | undefined {
  // The parser records its diagnostics on the node, but the public type does not show them.
  const { parseDiagnostics = [] } = tree as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.find(({ code }) => code < 8000 || code >= 9000)?.start;
}

/**
 * The colon of a cast: where the parser stumbled, or before it, where it took `(name: Type)` for parameters, or `(…): Type`
 * for what gives a type, and misses the arrow.
 */
function colonOf(text: string, error: number): number | undefined {
  if (text[error] === ':') return error;
  let close = error - 1;
  while (close >= 0 && /\s/.test(text.charAt(close))) close--;
  const inside = text[close] === ')' ? 1 : 0;
  let depth = 0;
  let colon: number | undefined;
  for (let at = close; at >= 0 && close - at < 2000; at--) {
    const character = text.charAt(at);
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character)) {
      if (--depth < inside) return inside === 1 ? colon : undefined;
    } else if (character === ':' && depth === inside) {
      if (inside === 0) return /\)\s*$/.test(text.slice(0, at)) ? at : undefined;
      colon = at;
    }
  }
  return undefined;
}

/** Where the parenthesis closes that a type after the colon stands in. */
function endOfType(text: string, colon: number): number | undefined {
  if (text[colon] !== ':') return undefined;
  let open = 0;
  for (let at = colon; at < text.length && at - colon < 2000; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) open++;
    else if (')]}'.includes(character) && open-- === 0) return character === ')' ? at : undefined;
    else if (character === ';' && open === 0) return undefined;
  }
  return undefined;
}
