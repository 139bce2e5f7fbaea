/**
 * Texts that may place any element: made by a name that the program is told, copied, or of markup that is put together of pieces. It
 * knows no syntax: what is not parsed is asked the same.
 */
import { anyElement } from './censusNames';
import type { Use } from './exportFacts';

const literal = '(?:\'[^\'\\n]*\'|"[^"\\n]*"|`[^`$]*`)';

/** A tag whose name is put together: `<app-${kind}>`, `<${tag}>`, `'<app-' + kind`, `<app-{{ kind }}>`. */
const pieced = [
  /(?<!\w)<\/?(?:[a-z][\w.]*-[\w.-]*)?(?:\$\{|\{\{|<%|<\?|#\{)/i,
  /<\/?[a-z][\w.]*-[\w.-]*['"`]\s*[+,.]/i,
  /['"`>]<\/?['"`]\s*(?:\+|\.concat\b)/,
];
/** What a framework shows by a name that it is told, or writes in a language that is not read. */
const told = [/<component\b[^>]*\s(?:v-bind)?:is\b/, /<svelte:element\b/, /<template\b[^>]*\slang\s*=\s*["'](?!html)/i];
/** A copy of an element; what a template holds is spelled where the template is. */
const copied = [/(?<!\.content\b[^\s;=]*)\.cloneNode\s*\(/, /\.importNode\s*\((?!\s*[\w$.#?!()]*\.content\b)/];
/** Markup that is no text as it stands, put into the page. */
const put = [
  new RegExp(`\\.(?:inner|outer)HTML\\s*\\+?=(?!=)(?!\\s*${literal}\\s*(?:[;,)}]|\\n|$))`),
  new RegExp(`\\binsertAdjacentHTML\\s*\\((?!\\s*[^,()]*,\\s*${literal}\\s*[,)])`),
  new RegExp(
    `(?:\\.createContextualFragment|\\.setHTMLUnsafe|\\bdocument\\.writeln?)\\s*\\((?!\\s*${literal}\\s*[,)])`,
  ),
  /\b(?:dangerouslySetInnerHTML|v-html|unsafeHTML|unsafeStatic)\b|\binnerHTML=\{/,
];
const shown = [...pieced, ...told, ...copied, ...put];
/** An element made by its name; a component has a great first letter, and no page makes it. */
const made = [
  new RegExp(`\\bdoc(?:ument)?\\.createElement\\s*\\((?!\\s*${literal}\\s*[,)])`, 'i'),
  new RegExp(
    `\\b(?:createElement|jsx|h)\\s*\\((?!\\s*(?:${literal}\\s*[,)]|(?:[\\w$]+\\.)*[A-Z]\\w*[a-z]\\w*\\s*[,)]|\\)))`,
  ),
  new RegExp(`\\bcreateElementNS\\s*\\((?!\\s*[^,()]*,\\s*${literal}\\s*[,)])`),
];

/** Does the text show an element of which it does not say the name? What makes one by a call is asked of the calls, where they are parsed. */
export function showsUnknown(text: string): boolean {
  return isIn(text, shown);
}

/** Is it so of a text that is not parsed? */
export function mayShowAny(text: string): boolean {
  return isIn(text, shown) || isIn(text, made);
}

const bases = [/\bis\s*=\s*\\?["']([a-z]\w*(?:-[\w.]+)+)/g, /\bis['"]?\s*:\s*['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/g];

/** `<button is="app-clock">`, `createElement('button', { is: 'app-clock' })` */
export function elementsOnOthers(text: string): readonly string[] {
  return bases.flatMap((one) => [...text.matchAll(one)].map(([, name = '']) => name.toLowerCase()));
}

/** A value that may be the name of one: given to a call, in a list, assigned, or behind a condition. */
const value = /(?:[([,:?|&]\s*|=\s+|\breturn\s+)(['"`])([a-z]\w*(?:-\w+)+)\1/g;

/** Names of elements that are values of the text, if they are such names. */
export function elementsMentioned(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, , name = ''] of text.matchAll(value)) found.add(name);
  return found;
}

/** The use of any element. */
export const useOfAny: Use = { module: anyElement, name: '*' };

/** Outside of comments; most texts have none of it at all, so that these need not be taken out. */
function isIn(text: string, patterns: readonly RegExp[]): boolean {
  const found = patterns.filter((one) => one.test(text));
  if (found.length === 0) return false;
  const code = text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  return found.some((one) => one.test(code));
}
