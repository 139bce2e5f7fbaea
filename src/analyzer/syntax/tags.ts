/** Tags of markup, as a text: where they end, and what they leave open. Each place is looked at once, however it is written. */

/** Elements that have no content. */
export const voids = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** What is another language, or a comment. */
export interface ForeignPart {
  readonly kind: 'script' | 'style' | 'comment';
  readonly start: number;
  readonly end: number;
  readonly attributes: string;
  readonly content: string;
  readonly contentStart: number;
}

/** What of the markup is another language, or a comment, in order; what does not end is no such part. */
export function* foreignParts(text: string): Iterable<ForeignPart> {
  const signs = /<!--|<(script|style)(?=[\s/>])/gi;
  const unended = new Set<string>();
  for (let found = signs.exec(text); found; found = signs.exec(text)) {
    const start = found.index;
    const name = found[1]?.toLowerCase();
    const kind = name === 'script' || name === 'style' ? name : 'comment';
    if (unended.has(kind)) continue;
    const contentStart = kind === 'comment' ? start + '<!--'.length : endOf(text, start);
    if (kind !== 'comment' && text[contentStart - 1] !== '>') return;
    const range = kind === 'comment' ? commentEnd(text, start) : rawEnd(text, contentStart, kind);
    if (range === undefined) {
      unended.add(kind);
      continue;
    }
    const [contentEnd, end] = range;
    const attributes = kind === 'comment' ? '' : text.slice(start + 1 + kind.length, contentStart - 1);
    yield { kind, start, end, attributes, content: text.slice(contentStart, contentEnd), contentStart };
    signs.lastIndex = end;
  }
}

type Range = readonly [contentEnd: number, end: number];

/** Where a comment ends; undefined where it does not. */
export function commentEnd(text: string, start: number): Range | undefined {
  const ending = /--!?>/g;
  // `<!-->` is one, too.
  ending.lastIndex = start + '<!'.length;
  const found = ending.exec(text);
  return found ? [Math.max(found.index, start + '<!--'.length), ending.lastIndex] : undefined;
}

/** Where the content of an element ends that has no elements in it, and where its last tag does. */
export function rawEnd(text: string, from: number, name: 'script' | 'style'): Range | undefined {
  const ending = name === 'script' ? /<\/script(?=[\s/>])/gi : /<\/style(?=[\s/>])/gi;
  ending.lastIndex = from;
  const found = ending.exec(text);
  const end = found ? text.indexOf('>', found.index) : -1;
  return found && end !== -1 ? [found.index, end + 1] : undefined;
}

/** The markup without what is another language, or a comment. */
export function withoutScripts(text: string): string {
  const rest: string[] = [];
  let at = 0;
  for (const { start, end } of foreignParts(text)) {
    rest.push(text.slice(at, start));
    at = end;
  }
  return [...rest, text.slice(at)].join(' ');
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The attributes of a tag. */
export function attributesOf(text: string): readonly Attribute[] {
  return [...text.matchAll(/([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/g)].map(
    ([, name = '', double, single, bare]) => ({ name: name.toLowerCase(), value: double ?? single ?? bare ?? '' }),
  );
}

/** Do the attributes of a script leave it one that runs, or name a language that becomes one? */
export function isScript(attributes: string): boolean {
  const type =
    attributesOf(attributes)
      .find(({ name }) => name === 'type')
      ?.value.trim() ?? '';
  return type === '' || /^module$|(?:java|type|ecma|live|j)script|\bbabel\b|\b[jt]sx$/i.test(type);
}

/** Where a tag or an expression in braces ends; the values of attributes and inner braces are looked over. */
export function endOf(text: string, start: number): number {
  const isTag = text[start] === '<';
  if (isTag && !/[A-Za-z/]/.test(text[start + 1] ?? '')) return start + 1;
  let depth = 0;
  /** The last character that is no blank: quotes begin a value only after its sign. */
  let before = '';
  for (let at = start + (isTag ? 1 : 0); at < text.length; at++) {
    const char = text.charAt(at);
    if (isTag && depth === 0 && before === '=' && (char === '"' || char === "'")) {
      const end = text.indexOf(char, at + 1);
      if (end === -1) return text.length;
      at = end;
    } else if (char === '{') depth++;
    else if (char === '}' && --depth <= 0 && !isTag) return at + 1;
    else if (char === '>' && isTag && depth <= 0) return at + 1;
    if (char.trim() !== '') before = char;
  }
  return text.length;
}

interface OpenTag {
  readonly name: string;
  readonly stays: boolean;
  /** Together with all that is around it. */
  readonly isSure: boolean;
}

/** What is open around a place, and whether it shows what is in it once and always. */
export class OpenTags {
  private readonly open: OpenTag[] = [];
  private readonly counts = new Map<string, number>();

  get depth(): number {
    return this.open.length;
  }

  /** Does everything around the place show it? */
  get isSure(): boolean {
    return this.open.at(-1)?.isSure ?? true;
  }

  has(name: string): boolean {
    return (this.counts.get(name) ?? 0) > 0;
  }

  add(name: string, stays: boolean): void {
    this.open.push({ name, stays, isSure: stays && this.isSure });
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /**
   * Takes away what is open since the last element of this name, with it.
   * @returns whether all that was left open in it shows its content always
   */
  close(name: string): boolean {
    let isPlain = true;
    if (!this.has(name)) return isPlain;
    for (let last = this.open.pop(); last; last = this.open.pop()) {
      this.counts.set(last.name, (this.counts.get(last.name) ?? 0) - 1);
      if (last.name === name) break;
      if (!last.stays) isPlain = false;
    }
    return isPlain;
  }
}
