/** What of the catalogue's words and patterns a text holds: each is looked for once, whoever asks. */
import type { ResourceKind } from './model';
import { WordFinder } from './wordFinder';

export interface TextLook {
  /** Does the text hold any of the catalogue's words, or all patterns of any group? */
  readonly hasAny: () => boolean;
  /** Is the kind possible in the text? */
  readonly mayHold: (kind: ResourceKind) => boolean;
  /** Has the text a word of the kind? */
  readonly hasWord: (kind: ResourceKind) => boolean;
}

/**
 * Prepares a catalogue, at the first text: a scan that finds all files as they were looks at none.
 * @returns the look at a text; one that is asked for again is not searched again (filter and analysis ask one after the other)
 */
export function createLook(kinds: readonly ResourceKind[]): (text: string) => TextLook {
  let lookAt: ((text: string) => TextLook) | undefined;
  return (text) => {
    lookAt ??= prepare(kinds);
    return lookAt(text);
  };
}

function prepare(kinds: readonly ResourceKind[]): (text: string) => TextLook {
  const finder = new WordFinder([...new Set(kinds.flatMap(({ words }) => words))]);
  // Many groups share patterns, and some of these are the slowest part of a filter.
  const numbers = new Map<string, number>();
  const shared: RegExp[] = [];
  const numberOf = (pattern: RegExp): number => {
    const known = numbers.get(String(pattern));
    if (known !== undefined) return known;
    numbers.set(String(pattern), shared.length);
    return shared.push(pattern) - 1;
  };
  const lengthOf = (number: number): number => shared[number]?.source.length ?? 0;
  // Simple patterns fail soonest.
  const groupsOf = new Map(
    kinds.map((kind) => [
      kind,
      (kind.patterns ?? []).map((group) => group.map(numberOf).sort((a, b) => lengthOf(a) - lengthOf(b))),
    ]),
  );
  const groups = [...new Map([...groupsOf.values()].flat().map((group) => [group.join(), group])).values()];
  const kindsOf = new Map<string, ResourceKind[]>();
  for (const kind of kinds)
    for (const word of kind.words) {
      const known = kindsOf.get(word);
      if (known) known.push(kind);
      else kindsOf.set(word, [kind]);
    }
  let last: { readonly text: string; readonly look: TextLook } | undefined;
  return (text) => {
    if (last?.text === text) return last.look;
    const words = finder.find(text);
    const results: (boolean | undefined)[] = [];
    const matches = (number: number): boolean => {
      const known = results[number];
      if (known !== undefined) return known;
      const result = shared[number]?.test(text) === true;
      results[number] = result;
      return result;
    };
    // A text has few words, and is asked about each kind many times.
    let spelled: Set<ResourceKind> | undefined;
    const hasWord = (kind: ResourceKind): boolean => {
      if (!spelled) {
        spelled = new Set();
        for (const word of words) for (const one of kindsOf.get(word) ?? []) spelled.add(one);
      }
      return spelled.has(kind);
    };
    const look: TextLook = {
      hasAny: () => words.size > 0 || groups.some((group) => group.every(matches)),
      hasWord,
      mayHold: (kind) => hasWord(kind) || groupsOf.get(kind)?.some((group) => group.every(matches)) === true,
    };
    last = { text, look };
    return look;
  };
}
