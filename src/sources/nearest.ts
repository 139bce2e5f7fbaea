/** The word that somebody meant who wrote another one. */

/** Letters and digits only, in lower case: `Target_Percent` and `targetPercent` are one word. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours that make one word of the other; words of any sane length. */
export function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (previous[j - 2] ?? 0) + 1);
      next.push(best);
    }
    previous = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const MAX_LENGTH = 80;

/**
 * The one word that is meant beyond doubt: the same but for case and separators, or at most three strokes
 * away (two in words of less than ten letters, one in words of less than six) while every other is two further. Null where there is any doubt.
 */
export function nearest(word: string, words: readonly string[]): string | null {
  if (word.length === 0 || word.length > MAX_LENGTH) return null;
  const same = words.filter((one) => one !== word && plain(one) === plain(word));
  if (same.length === 1) return same[0] ?? null;
  if (same.length > 1 || word.length < 3) return null;
  const most = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
  const ranked = words
    .filter((one) => one !== word && Math.abs(one.length - word.length) <= most + 1)
    .map((one) => ({ one, distance: editDistance(word, one) }))
    .sort((a, b) => a.distance - b.distance);
  const [first, second] = ranked;
  if (!first || first.distance > most) return null;
  return second && second.distance - first.distance < 2 ? null : first.one;
}
