/**
 * Patterns of definitions: the part of regular expressions that can be matched in one pass. The language's own matcher backtracks,
 * and `(a+)+$` from a stranger's definition would stop the server for ever. All states are followed at once (K. Thompson, "Regular
 * Expression Search Algorithm", 1968): the time is at worst the product of the two lengths.
 * Known: text, `.`, `[a-z]`, `\d \w \s` and their opposites, `\b`, `^`, `$`, groups, `|`, `* + ? {n,m}`, `(?i)` at the beginning.
 * Not known, and said so: references back, looking ahead or behind.
 */
import { isWord, type Node, PatternFault, PatternReader, type Place, type Test } from './patternSyntax';

export const MAX_PATTERN_LENGTH = 200;
/** A text is matched by its beginning: what an agent says of itself is a word or a sentence. */
const maxText = 2_000;
/** Repetitions are written out; what comes to more steps than this is refused. */
const maxSteps = 5_000;

export type Pattern =
  /** Does the pattern match anywhere in a text? */
  | { readonly ok: true; readonly test: (text: string) => boolean }
  /** `at`: offset of the fault in the pattern. */
  | { readonly ok: false; readonly message: string; readonly at: number };

type Step =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'place'; readonly place: Place }
  | { kind: 'fork'; to: readonly number[] }
  | { readonly kind: 'match' };

/** Steps, and how much may still be written: what repeats nothing a thousand times a thousand times costs too. */
interface Program {
  readonly steps: Step[];
  left: number;
}

/** Writes a node's steps; those behind it follow. */
function write(node: Node, program: Program): void {
  if (program.left-- <= 0) throw new PatternFault('the repetitions come to too much', 0);
  const { steps } = program;
  switch (node.kind) {
    case 'one':
    case 'place':
      steps.push(node);
      return;
    case 'all':
      for (const one of node.nodes) write(one, program);
      return;
    case 'any': {
      const fork = { kind: 'fork' as const, to: [] as number[] };
      steps.push(fork);
      const ends: { kind: 'fork'; to: readonly number[] }[] = [];
      for (const one of node.nodes) {
        fork.to.push(steps.length);
        write(one, program);
        const end = { kind: 'fork' as const, to: [] };
        steps.push(end);
        ends.push(end);
      }
      for (const end of ends) end.to = [steps.length];
      return;
    }
    case 'repeat': {
      const { min, max } = node;
      for (let count = 0; count < min; count++) write(node.node, program);
      if (!Number.isFinite(max)) {
        const loop = { kind: 'fork' as const, to: [] as readonly number[] };
        const start = steps.length;
        steps.push(loop);
        write(node.node, program);
        steps.push({ kind: 'fork', to: [start] });
        loop.to = [start + 1, steps.length];
        return;
      }
      const ends: { kind: 'fork'; to: readonly number[] }[] = [];
      for (let count = min; count < max; count++) {
        const skip = { kind: 'fork' as const, to: [steps.length + 1] };
        steps.push(skip);
        ends.push(skip);
        write(node.node, program);
      }
      for (const end of ends) end.to = [...end.to, steps.length];
    }
  }
}

function isAt(place: Place, text: readonly string[], at: number, isWhole: boolean): boolean {
  if (place === 'start') return at === 0;
  if (place === 'end') return at === text.length && isWhole;
  const before = at > 0 && isWord(text[at - 1] ?? '');
  const after = at < text.length && isWord(text[at] ?? '');
  return (before !== after) === (place === 'edge');
}

/** @param isWhole the text ends where it ends, and was not cut there */
function matches(steps: readonly Step[], text: readonly string[], isWhole: boolean): boolean {
  let current: number[] = [];
  const seen = new Int32Array(steps.length).fill(-1);
  /** Follows what takes no character. True: the pattern has matched. */
  const follow = (from: number, at: number, into: number[]): boolean => {
    const open = [from];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (seen[index] === at) continue;
      seen[index] = at;
      const step = steps[index];
      if (step?.kind === 'match') return true;
      if (step?.kind === 'fork') open.push(...step.to);
      else if (step?.kind === 'place') {
        if (isAt(step.place, text, at, isWhole)) open.push(index + 1);
      } else into.push(index);
    }
    return false;
  };
  for (let at = 0; at <= text.length; at++) {
    // It may begin anywhere.
    if (follow(0, at, current)) return true;
    const next: number[] = [];
    const character = text[at];
    if (character === undefined) return false;
    for (const index of current) {
      const step = steps[index];
      if (step?.kind === 'one' && step.test(character) && follow(index + 1, at + 1, next)) return true;
    }
    current = next;
  }
  return false;
}

/** Reads a pattern; what it cannot mean, or what this matcher does not know, is said with its place. */
export function compilePattern(pattern: string): Pattern {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return { ok: false, message: `longer than ${MAX_PATTERN_LENGTH} characters`, at: MAX_PATTERN_LENGTH };
  const ignoresCase = pattern.startsWith('(?i)');
  const from = ignoresCase ? 4 : 0;
  if (pattern.length === from) return { ok: false, message: 'an empty pattern matches everything', at: 0 };
  const steps: Step[] = [];
  try {
    write(new PatternReader([...pattern], from, ignoresCase).whole(), { steps, left: maxSteps });
  } catch (fault) {
    if (!(fault instanceof PatternFault)) throw fault;
    return { ok: false, message: fault.message, at: fault.at };
  }
  steps.push({ kind: 'match' });
  return { ok: true, test: (text) => matches(steps, [...text.slice(0, maxText)], text.length <= maxText) };
}
