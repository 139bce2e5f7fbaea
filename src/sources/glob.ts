/**
 * Globs of definitions and settings. Matched segment by segment in time that is at worst the product of the two lengths: a
 * translation to a regular expression backtracks, and `*a*a*a*a*b` from a stranger's definition would stop the server for ever.
 * Known: `*`, `?`, `**`, `[a-z]`, `[!x]`, `{a,b}`, `\` before a character that is meant. Names that begin with a dot are
 * matched like others.
 */

/** Alternatives that braces may come to; what comes to more matches nothing. */
const maxAlternatives = 256;
const maxLength = 1000;

type Token =
  | { readonly kind: 'text'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

type Segment = readonly Token[] | 'globstar';

/** Expands braces; null when there are too many. */
function alternativesOf(glob: string): readonly string[] | null {
  const queue = [glob];
  const done: string[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const parts = firstBraces(next);
    if (!parts) done.push(next);
    else for (const option of parts.options) queue.push(parts.before + option + parts.after);
    if (done.length + queue.length > maxAlternatives) return null;
  }
  return done;
}

function firstBraces(
  glob: string,
): { readonly before: string; readonly options: readonly string[]; readonly after: string } | null {
  for (let open = glob.indexOf('{'); open !== -1; open = glob.indexOf('{', open + 1)) {
    if (glob[open - 1] === '\\') continue;
    const options: string[] = [];
    let depth = 0;
    let from = open + 1;
    for (let at = open; at < glob.length; at++) {
      const character = glob[at];
      if (character === '\\') at++;
      else if (character === '{') depth++;
      else if (character === ',' && depth === 1) {
        options.push(glob.slice(from, at));
        from = at + 1;
      } else if (character === '}' && --depth === 0) {
        options.push(glob.slice(from, at));
        // Braces around one thing are text.
        if (options.length > 1) return { before: glob.slice(0, open), options, after: glob.slice(at + 1) };
        break;
      }
    }
  }
  return null;
}

/** `[a-z]` from its bracket on; null when it is not closed. */
function classAt(text: string, open: number): { readonly token: Token; readonly end: number } | null {
  let at = open + 1;
  const negated = text[at] === '!' || text[at] === '^';
  if (negated) at++;
  const ranges: (readonly [string, string])[] = [];
  for (const first = at; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === ']' && at > first) return { token: { kind: 'class', negated, ranges }, end: at };
    const to = text[at + 1] === '-' && text[at + 2] !== ']' ? text[at + 2] : undefined;
    ranges.push([character, to ?? character]);
    if (to !== undefined) at += 2;
  }
  return null;
}

function segmentOf(text: string): Segment {
  if (text === '**') return 'globstar';
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    const set = character === '[' ? classAt(text, at) : null;
    if (set) {
      tokens.push(set.token);
      at = set.end;
    } else if (character === '*') {
      if (tokens.at(-1)?.kind !== 'any') tokens.push({ kind: 'any' });
    } else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\' && at + 1 < text.length) tokens.push({ kind: 'text', character: text[++at] ?? '' });
    else tokens.push({ kind: 'text', character });
  }
  return tokens;
}

function takes(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'text':
      return token.character === character;
    case 'class':
      return token.ranges.some(([from, to]) => character >= from && character <= to) !== token.negated;
    default:
      return true;
  }
}

/** The last `*` takes as little as it can and more when the rest does not fit: no other has to be tried again. */
function matchesSegment(tokens: readonly Token[], name: string): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const here = tokens[token];
    if (here?.kind === 'any') {
      star = token++;
      starAt = at;
    } else if (here && takes(here, name[at] ?? '')) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token]?.kind === 'any') token++;
  return token === tokens.length;
}

/** The same over segments, with `**` for any number of them. */
function matchesPath(segments: readonly Segment[], names: readonly string[]): boolean {
  let at = 0;
  let segment = 0;
  let star = -1;
  let starAt = 0;
  while (at < names.length) {
    const here = segments[segment];
    if (here === 'globstar') {
      star = segment++;
      starAt = at;
    } else if (here !== undefined && matchesSegment(here, names[at] ?? '')) {
      segment++;
      at++;
    } else if (star !== -1) {
      segment = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (segments[segment] === 'globstar') segment++;
  return segment === segments.length;
}

function patternsOf(globs: readonly string[]): readonly (readonly Segment[])[] {
  return globs.flatMap((glob) => {
    if (glob.length > maxLength) return [];
    return (alternativesOf(glob.replace(/^\.\//, '')) ?? []).map((one) => one.split('/').map(segmentOf));
  });
}

/** Paths of which one is, or lies above, all that the globs match: what they begin with in plain text; '' for anywhere. */
export function globBases(globs: readonly string[]): readonly string[] {
  return patternsOf(globs).map((segments) => {
    const names: string[] = [];
    for (const segment of segments) {
      const name = segment === 'globstar' ? null : plainText(segment);
      if (name === null) break;
      names.push(name);
    }
    return names.join('/');
  });
}

/** null: it may be another text. */
function plainText(tokens: readonly Token[]): string | null {
  let text = '';
  for (const token of tokens) {
    if (token.kind !== 'text') return null;
    text += token.character;
  }
  return text;
}

/** A test for paths with forward slashes (or any text): does one of the globs match the whole of it? */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = patternsOf(globs);
  return (path) => {
    if (path === '') return false;
    const names = path.split('/');
    return patterns.some((segments) => matchesPath(segments, names));
  };
}
