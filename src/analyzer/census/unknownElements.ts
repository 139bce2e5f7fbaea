/**
 * Texts that may place any element: made by a name that the program is told, copied, or of markup that is put together of pieces. It
 * knows no syntax: what is not parsed is asked the same.
 */

import type { Use } from '../facts/exportFacts';
import { madeUnknown, namedByIs, type Sign, shownUnknown } from '../words/unknownElements';
import { anyElement, lookup, mention } from './censusNames';

/** Does the text show an element of which it does not say the name? What makes one by a call is asked of the calls, where they are parsed. */
export function showsUnknown(text: string): boolean {
  return isIn(text, shownUnknown);
}

/** Is it so of a text that is not parsed? */
export function mayShowAny(text: string): boolean {
  return isIn(text, shownUnknown) || isIn(text, madeUnknown);
}

/** `<button is="app-clock">`, `createElement('button', { is: 'app-clock' })` */
export function elementsOnOthers(text: string): readonly string[] {
  if (!/\bis['"]?\s*[:=]/.test(text)) return [];
  return namedByIs.flatMap((one) => [...text.matchAll(one)].map(([, name = '']) => name.toLowerCase()));
}

/** A text in quotes that is such a name: few are, so that what stands before is looked at behind it. */
const quoted = /(['"`])([a-z]\w*(?:-\w+)+)\1/g;
/** Before a value that may be the name of one: given to a call, in a list, assigned, or behind a condition. */
const beforeValue = /(?:[([,:?|&]\s*|=\s+|\breturn\s+)$/;
/** What is given such a name and makes nothing of it: it finds an element that is there, or a file. */
const lookedUp = /\b(?:querySelector\w*|getElementsBy\w+|closest|matches|whenDefined|path\.\w+|join)\s*\([^()]*$/;
/** So far back it is looked for, over the blanks of an indentation. */
const lookBack = 200;

/** Names of elements that are values of the text, if they are such names, each with that of the use which this is. */
export function elementsMentioned(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { index, 2: name = '' } of text.matchAll(quoted)) {
    if (found.get(name) === mention) continue;
    const before = text.slice(Math.max(0, index - lookBack), index);
    if (beforeValue.test(before)) found.set(name, lookedUp.test(before) ? lookup : mention);
  }
  return found;
}

/** The use of any element. */
export const useOfAny: Use = { module: anyElement, name: '*' };

/** Outside of comments; most texts have none of it at all, so that these need not be taken out. */
function isIn(text: string, signs: readonly Sign[]): boolean {
  const found = signs
    .filter(({ words }) => words?.some((word) => text.includes(word)) ?? true)
    .map(({ pattern }) => pattern)
    .filter((one) => one.test(text));
  if (found.length === 0) return false;
  const code = text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  return found.some((one) => one.test(code));
}
