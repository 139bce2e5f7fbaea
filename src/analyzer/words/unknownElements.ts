/** How texts place elements that they do not name: patterns over source text and markup, which need no syntax tree. */

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
/** What shows an element of which the text does not say the name. */
export function shownUnknown(text: string): readonly RegExp[] {
  return ofWords.test(text) ? anyWay : pieced;
}
const anyWay = [...pieced, ...told, ...copied, ...put];
/** The words of which each of them has one, but those of pieces: most texts have none. */
const ofWords =
  /HTML|cloneNode|importNode|<(?:component|svelte:|[tT][eE][mM][pP][lL][aA][tT][eE])|v-html|unsafeStatic|createContextualFragment|document\.write/;
/** An element made by its name; a component has a great first letter, and no page makes it. */
export const madeUnknown = [
  new RegExp(`\\bdoc(?:ument)?\\.createElement\\s*\\((?!\\s*${literal}\\s*[,)])`, 'i'),
  new RegExp(
    `\\b(?:createElement|jsx|h)\\s*\\((?!\\s*(?:${literal}\\s*[,)]|(?:[\\w$]+\\.)*[A-Z]\\w*[a-z]\\w*\\s*[,)]|\\)))`,
  ),
  new RegExp(`\\bcreateElementNS\\s*\\((?!\\s*[^,()]*,\\s*${literal}\\s*[,)])`),
];

/** An element of the language that is made one of the author's own: `is="app-clock"`, `is: 'app-clock'`. */
export const namedByIs = [
  /\bis\s*=\s*\\?["']([a-z]\w*(?:-[\w.]+)+)/g,
  /\bis['"]?\s*:\s*['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/g,
];
