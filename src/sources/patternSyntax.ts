/** The syntax of patterns: a text in, a tree out. */

const maxRepeat = 1_000;
const maxDepth = 50;

export type Test = (character: string) => boolean;
export type Place = 'start' | 'end' | 'edge' | 'noEdge';

export type Node =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'all'; readonly nodes: readonly Node[] }
  | { readonly kind: 'any'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number };

/** What is wrong with a pattern; `at`: offset in it. Thrown while one is read. */
export class PatternFault {
  constructor(
    readonly message: string,
    readonly at: number,
  ) {}
}

export const isWord: Test = (character) => /^\w$/.test(character);
const classes: Readonly<Record<string, Test>> = {
  d: (character) => /^\d$/.test(character),
  w: isWord,
  s: (character) => /^\s$/.test(character),
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };

function not(test: Test): Test {
  return (character) => !test(character);
}

/** Reads the characters of a pattern from `from` on, which is behind its flag. */
export class PatternReader {
  private at: number;

  constructor(
    private readonly text: readonly string[],
    from: number,
    private readonly ignoresCase: boolean,
  ) {
    this.at = from;
  }

  whole(): Node {
    const node = this.alternatives(0);
    if (this.at < this.text.length) throw new PatternFault('this `)` closes nothing', this.at);
    return node;
  }

  private alternatives(depth: number): Node {
    if (depth > maxDepth) throw new PatternFault('groups are nested too deep', this.at);
    const nodes: Node[] = [];
    do nodes.push(this.sequence(depth));
    while (this.take('|'));
    return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'any', nodes };
  }

  private sequence(depth: number): Node {
    const nodes: Node[] = [];
    while (this.at < this.text.length && this.peek() !== '|' && this.peek() !== ')') nodes.push(this.repeated(depth));
    return { kind: 'all', nodes };
  }

  private repeated(depth: number): Node {
    const start = this.at;
    const node = this.single(depth);
    const times = this.times();
    if (!times) return node;
    if (node.kind === 'place') throw new PatternFault('a place cannot be repeated', start);
    // As many as possible or as few: for whether it matches this is the same.
    this.take('?');
    if (this.times()) throw new PatternFault('nothing to repeat', this.at - 1);
    return { kind: 'repeat', node, ...times };
  }

  private times(): { readonly min: number; readonly max: number } | null {
    const start = this.at;
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(this.text.slice(start, start + 12).join(''));
    if (!braces) return null;
    const [all, low, comma, high] = braces;
    const min = Number(low);
    const max = comma === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (max < min) throw new PatternFault('the numbers of a repetition are out of order', start);
    if (min > maxRepeat || (Number.isFinite(max) && max > maxRepeat))
      throw new PatternFault(`more than ${maxRepeat} repetitions`, start);
    this.at += all.length;
    return { min, max };
  }

  private single(depth: number): Node {
    const start = this.at;
    const character = this.text[this.at++] ?? '';
    switch (character) {
      case '(': {
        if (this.take('?') && !this.take(':'))
          throw new PatternFault('only `(?:` is known behind `(?`, and `(?i)` at the beginning', start);
        const node = this.alternatives(depth + 1);
        if (!this.take(')')) throw new PatternFault('this group is not closed', start);
        return node;
      }
      case '[':
        return this.set(start);
      case '.':
        return { kind: 'one', test: (one) => !/^[\n\r\u2028\u2029]$/.test(one) };
      case '^':
        return { kind: 'place', place: 'start' };
      case '$':
        return { kind: 'place', place: 'end' };
      case '*':
      case '+':
      case '?':
        throw new PatternFault('nothing to repeat', start);
      case '\\': {
        if (this.take('b')) return { kind: 'place', place: 'edge' };
        if (this.take('B')) return { kind: 'place', place: 'noEdge' };
        const escaped = this.escaped(start);
        return { kind: 'one', test: typeof escaped === 'string' ? this.literal(escaped, escaped) : escaped };
      }
      default:
        return { kind: 'one', test: this.literal(character, character) };
    }
  }

  private escaped(start: number): string | Test {
    const character = this.text[this.at++];
    if (character === undefined) throw new PatternFault('nothing follows the backslash', start);
    const known = Object.hasOwn(classes, character.toLowerCase()) ? classes[character.toLowerCase()] : undefined;
    if (known) return character === character.toLowerCase() ? known : not(known);
    if (Object.hasOwn(controls, character)) return controls[character] ?? '';
    if (/^[A-Za-z1-9]$/.test(character)) throw new PatternFault(`\\${character} is not known`, start);
    return character;
  }

  private set(start: number): Node {
    const isNegated = this.take('^');
    const tests: Test[] = [];
    while (this.peek() !== ']') {
      const low = this.member(start);
      if (typeof low !== 'string') tests.push(low);
      else if (this.peek() === '-' && this.text[this.at + 1] !== ']' && this.text[this.at + 1] !== undefined) {
        const from = this.at++;
        const high = this.member(start);
        if (typeof high !== 'string' || high < low)
          throw new PatternFault('the ends of a range are out of order', from);
        tests.push(this.literal(low, high));
      } else tests.push(this.literal(low, low));
    }
    this.at++;
    const some: Test = (character) => tests.some((test) => test(character));
    return { kind: 'one', test: isNegated ? not(some) : some };
  }

  private member(start: number): string | Test {
    const at = this.at;
    const character = this.text[this.at++];
    if (character === undefined) throw new PatternFault('this set is not closed', start);
    if (character !== '\\') return character;
    return this.take('b') ? '\b' : this.take('-') ? '-' : this.escaped(at);
  }

  private literal(low: string, high: string): Test {
    const isIn: Test = (character) => low <= character && character <= high;
    if (!this.ignoresCase) return isIn;
    return (character) => isIn(character) || isIn(character.toLowerCase()) || isIn(character.toUpperCase());
  }

  private peek(): string | undefined {
    return this.text[this.at];
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
