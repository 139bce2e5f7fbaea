/** The closed grammar of alert conditions. Parsed into data, never evaluated as code. */
import { nearlyEqual } from '../comparison';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../duration';

export type WhenTerm =
  | { readonly kind: 'value' }
  | { readonly kind: 'remaining' }
  | { readonly kind: 'age' }
  | { readonly kind: 'sli' | 'burn' | 'delta' | 'p95' | 'medianP95'; readonly overMs: number };

export type WhenOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** `left operator factor`, or `left operator factor * right`. */
export interface WhenExpression {
  readonly left: WhenTerm;
  readonly operator: WhenOperator;
  readonly factor: number;
  readonly right: WhenTerm | null;
}

export type WhenParse =
  | { readonly ok: true; readonly expression: WhenExpression }
  | { readonly ok: false; readonly message: string; readonly at: number };

/** Longest accepted text, in characters. */
export const MAX_WHEN_LENGTH = 200;

const TOKEN = /\s*(?:([a-z][a-z0-9]*)|(-?\d+(?:\.\d+)?)(?![\w.])|(\d+[mhdw])(?!\w)|(<=|>=|==|!=|<|>)|([(),*]))/y;
const DURATION_UNITS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

interface Token {
  readonly kind: 'name' | 'number' | 'duration' | 'operator' | 'mark';
  readonly text: string;
  readonly at: number;
}

class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

function tokenize(text: string): readonly Token[] {
  const kinds = ['name', 'number', 'duration', 'operator', 'mark'] as const;
  const tokens: Token[] = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match)
      throw new SyntaxProblem(`"${text.slice(position).trim().slice(0, 20)}" is not part of an expression`, position);
    const index = kinds.findIndex((_, i) => match[i + 1] !== undefined);
    const value = match[index + 1] ?? '';
    tokens.push({ kind: kinds[index] ?? 'mark', text: value, at: TOKEN.lastIndex - value.length });
    position = TOKEN.lastIndex;
  }
  return tokens;
}

class Parser {
  private next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  expression(): WhenExpression {
    const left = this.term();
    const operator = this.take('operator', 'a comparison such as < or >=').text as WhenOperator;
    const factor = Number(this.take('number', 'a number').text);
    const right = this.peek()?.text === '*' ? this.scaled() : null;
    const rest = this.peek();
    if (rest) throw new SyntaxProblem(`nothing may follow the comparison, and "${rest.text}" does`, rest.at);
    return { left, operator, factor, right };
  }

  private scaled(): WhenTerm {
    this.mark('*');
    return this.term();
  }

  private term(): WhenTerm {
    const name = this.take('name', 'value, remaining, age, sli(d), burn(d), delta(d), p95(d) or median(p95, d)');
    switch (name.text) {
      case 'value':
      case 'remaining':
      case 'age':
        return { kind: name.text };
      case 'sli':
      case 'burn':
      case 'delta':
      case 'p95': {
        this.mark('(');
        const overMs = this.duration();
        this.mark(')');
        return { kind: name.text, overMs };
      }
      case 'median': {
        this.mark('(');
        const inner = this.take('name', 'p95');
        if (inner.text !== 'p95') throw new SyntaxProblem('a median is taken of p95 only', inner.at);
        this.mark(',');
        const overMs = this.duration();
        this.mark(')');
        return { kind: 'medianP95', overMs };
      }
      default:
        throw new SyntaxProblem(
          `"${name.text}" is not a term; use value, remaining, age, sli(d), burn(d), delta(d), p95(d) or median(p95, d)`,
          name.at,
        );
    }
  }

  private duration(): number {
    const token = this.take('duration', 'a duration such as 1h');
    const ms = Number(token.text.slice(0, -1)) * (DURATION_UNITS[token.text.slice(-1)] ?? 0);
    if (ms <= 0) throw new SyntaxProblem('a duration must be longer than 0', token.at);
    return ms;
  }

  private mark(text: string): void {
    const token = this.take('mark', `"${text}"`);
    if (token.text !== text) throw new SyntaxProblem(`"${text}" is expected here, not "${token.text}"`, token.at);
  }

  private peek(): Token | undefined {
    return this.tokens[this.next];
  }

  private take(kind: Token['kind'], wanted: string): Token {
    const token = this.tokens[this.next++];
    if (!token) throw new SyntaxProblem(`${wanted} is missing at the end`, this.end);
    if (token.kind !== kind) throw new SyntaxProblem(`${wanted} is expected here, not "${token.text}"`, token.at);
    return token;
  }
}

/** Parses a condition of at most 200 characters; a failure says what is wrong and at which character (from 0). */
export function parseWhen(text: string): WhenParse {
  if (text.length > MAX_WHEN_LENGTH)
    return { ok: false, message: `longer than ${MAX_WHEN_LENGTH} characters`, at: MAX_WHEN_LENGTH };
  try {
    return { ok: true, expression: new Parser(tokenize(text), text.length).expression() };
  } catch (error) {
    if (error instanceof SyntaxProblem) return { ok: false, message: error.message, at: error.at };
    throw error;
  }
}

/** Value of a term, null when unknown. */
export type TermReader = (term: WhenTerm) => number | null;

/** True, false, or null (unknown): any unknown term makes the whole condition unknown. */
export function evaluateWhen(expression: WhenExpression, read: TermReader): boolean | null {
  const left = read(expression.left);
  const scale = expression.right === null ? 1 : read(expression.right);
  if (left === null || scale === null || !Number.isFinite(left) || !Number.isFinite(scale)) return null;
  const right = expression.factor * scale;
  const equal = nearlyEqual(left, right);
  switch (expression.operator) {
    case '<':
      return !equal && left < right;
    case '<=':
      return equal || left < right;
    case '>':
      return !equal && left > right;
    case '>=':
      return equal || left > right;
    case '==':
      return equal;
    case '!=':
      return !equal;
  }
}
