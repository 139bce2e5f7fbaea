/** How texts place elements that they do not name: patterns over source text and markup, which need no syntax tree. */

/** Something that a text may hold. */
export interface Sign {
  /** A text without any of these has none of it: to look for a word that begins with a rare letter costs a tenth. */
  readonly words?: readonly string[];
  readonly pattern: RegExp;
}

const literal = '(?:\'[^\'\\n]*\'|"[^"\\n]*"|`[^`$]*`)';

/** A tag whose name is put together: `<app-${kind}>`, `<${tag}>`, `'<app-' + kind`, `<app-{{ kind }}>`. */
const pieced: readonly Sign[] = [
  { pattern: /(?<!\w)<\/?(?:[a-z][\w.]*-[\w.-]*)?(?:\$\{|\{\{|<%|<\?|#\{)/i },
  { pattern: /<\/?[a-z][\w.]*-[\w.-]*['"`]\s*[+,.]/i },
  { pattern: /['"`>]<\/?['"`]\s*(?:\+|\.concat\b)/ },
];
/** What a framework shows by a name that it is told, or writes in a language that is not read. */
const told: readonly Sign[] = [
  { words: ['<component'], pattern: /<component\b[^>]*\s(?:v-bind)?:is\b/ },
  { words: ['<svelte'], pattern: /<svelte:element\b/ },
  { pattern: /<template\b[^>]*\slang\s*=\s*["'](?!html)/i },
];
/** A copy of an element; what a template holds is spelled where the template is. */
const copied: readonly Sign[] = [
  { words: ['Node'], pattern: /(?<!\.content\b[^\s;=]*)\.cloneNode\s*\(/ },
  { words: ['Node'], pattern: /\.importNode\s*\((?!\s*[\w$.#?!()]*\.content\b)/ },
];
/** Markup that is no text as it stands, put into the page. */
const put: readonly Sign[] = [
  {
    words: ['HTML'],
    pattern: new RegExp(`\\.(?:inner|outer)HTML\\s*\\+?=(?!=)(?!\\s*${literal}\\s*(?:[;,)}]|\\n|$))`),
  },
  {
    words: ['HTML'],
    pattern: new RegExp(`\\binsertAdjacentHTML\\s*\\((?!\\s*[^,()]*,\\s*${literal}\\s*[,)])`),
  },
  {
    pattern: new RegExp(
      `(?:\\.createContextualFragment|\\.setHTMLUnsafe|\\bdocument\\.writeln?)\\s*\\((?!\\s*${literal}\\s*[,)])`,
    ),
  },
  {
    words: ['HTML', '-html', 'Static'],
    pattern: /\b(?:dangerouslySetInnerHTML|v-html|unsafeHTML|unsafeStatic)\b|\binnerHTML=\{/,
  },
];
/** What shows an element of which the text does not say the name. */
export const shownUnknown: readonly Sign[] = [...pieced, ...told, ...copied, ...put];
/** An element made by its name; a component has a great first letter, and no page makes it. */
export const madeUnknown: readonly Sign[] = [
  { pattern: new RegExp(`\\bdoc(?:ument)?\\.createElement\\s*\\((?!\\s*${literal}\\s*[,)])`, 'i') },
  {
    pattern: new RegExp(
      `\\b(?:createElement|jsx|h)\\s*\\((?!\\s*(?:${literal}\\s*[,)]|(?:[\\w$]+\\.)*[A-Z]\\w*[a-z]\\w*\\s*[,)]|\\)))`,
    ),
  },
  {
    words: ['ElementNS'],
    pattern: new RegExp(`\\bcreateElementNS\\s*\\((?!\\s*[^,()]*,\\s*${literal}\\s*[,)])`),
  },
];

/** An element of the language that is made one of the author's own: `is="app-clock"`, `is: 'app-clock'`. */
export const namedByIs = [
  /\bis\s*=\s*\\?["']([a-z]\w*(?:-[\w.]+)+)/g,
  /\bis['"]?\s*:\s*['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/g,
];
