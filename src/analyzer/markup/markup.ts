/**
 * The markup of a single-file component, read for one question: which components does it show, and each of them once for as
 * long as it is there itself? What stands behind a condition, in a loop, under a key or in a component that may hide it does not.
 */

import { endOf, foreignParts, OpenTags, voids, withoutScripts } from '../syntax/tags';
import { hidesByProperty, showsContent } from '../words/components';
import { isLatch, type Parts } from './markupLatches';

export interface Markup {
  /** Shown components by their names in capitals (`<side-nav>` is `SideNav`): is each place shown once, and stays? */
  readonly shown: ReadonlyMap<string, boolean>;
  /** Is a name of the script spoken of, other than as the name of an element? */
  readonly mentions: (name: string) => boolean;
  /** Some element is whichever component an expression says. */
  readonly isDynamic: boolean;
}

const foreign = /<template\b[^>]*\s(?:src\s*=|lang\s*=\s*["']?(?!html\b))/i;
const openings = /[<{]/g;
/** Elements without a view of their own. */
const transparent = /^(?:template|transition|keep-alive|suspense|teleport)$/i;

/** @returns undefined for what is no markup of the component's own file, or is in another language */
export function markupOf(path: string, text: string): Markup | undefined {
  if (foreign.test(text)) return undefined;
  const isSvelte = /\.svelte$/i.test(path);
  const code = [...foreignParts(text)]
    .filter(({ kind }) => kind === 'script')
    .map(({ content }) => content)
    .join('\n');
  const markup = withoutScripts(text);
  const parts = { code, markup };
  const shown = new Map<string, boolean>();
  const spoken: string[] = [];
  /** What is open around the place, and whether it shows what is in it once and always. */
  const around = new OpenTags();
  /** Of the element before, on each level. */
  const conditions: (string | undefined)[] = [];
  openings.lastIndex = 0;
  let at = 0;
  for (let found = openings.exec(markup); found; found = openings.exec(markup)) {
    spoken.push(markup.slice(at, found.index));
    at = endOf(markup, found.index);
    const whole = markup.slice(found.index, at);
    openings.lastIndex = at;
    if (whole.startsWith('{')) {
      spoken.push(whole);
      const [, sign, word = ''] = /^\{\s*([#/])\s*(\w+)/.exec(whole) ?? [];
      if (!isSvelte || sign === undefined) continue;
      if (sign === '/') around.close(`#${word}`);
      else around.add(`#${word}`, word === 'if' && isLatch(whole.slice(4, -1), true, parts));
      continue;
    }
    if (!whole.endsWith('>')) continue;
    const [begin, slash, name = ''] = /^<(\/?)([A-Za-z][\w.:-]*)/.exec(whole) ?? [''];
    const attributes = whole.slice(begin.length, whole.endsWith('/>') ? -2 : -1);
    if (slash === '/') around.close(name);
    else if (name !== '') {
      const condition = /\sv-if\s*=\s*"([^"]*)"/.exec(attributes)?.[1];
      const stays = isUnconditional(attributes, parts, conditions[around.depth]);
      conditions[around.depth] = condition;
      const component = componentOf(name, code);
      if (component !== undefined) shown.set(component, shown.get(component) !== false && stays && around.isSure);
      spoken.push(attributes);
      if (!whole.endsWith('/>') && !voids.test(name))
        around.add(name, stays && !mayHide(attributes) && showsAll(name, component));
    }
  }
  const rest = [...spoken, markup.slice(at)].join(' ');
  return {
    shown,
    mentions: (name) => new RegExp(`(?<![\\w$-])${name.replaceAll('$', '\\$')}(?![\\w$-])`).test(rest),
    isDynamic: /<component\b|\s(?::|v-bind:)is\s*=/.test(markup),
  };
}

/** `<SideNav>`, `<side-nav>`, and `<clock>` where the script knows of a `Clock`; not elements of the page. */
function componentOf(name: string, code: string): string | undefined {
  if (/^[A-Z]/.test(name)) return /^\w+/.exec(name)?.[0];
  if (!/^[\w-]+$/.test(name)) return undefined;
  const inCapitals = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return name.includes('-') || new RegExp(`\\b${inCapitals}\\b`).test(code) ? inCapitals : undefined;
}

/** Does the element show all that is in it, whenever it is there itself? */
function showsAll(name: string, component: string | undefined): boolean {
  if (transparent.test(name)) return true;
  return component === undefined ? !/^(?:slot|component)$/.test(name) : showsContent(component);
}

/** Is it told to hide what is in it? It is there itself; what `v-show` hides is there, too. */
function mayHide(attributes: string): boolean {
  return hidesByProperty(attributes.replace(/\sv-show\s*=\s*(?:"[^"]*"|'[^']*')/g, ''));
}

/**
 * Neither behind a condition that may change back nor in a loop, in a slot, or under a key that makes it anew.
 * @param before the condition of the element before, for which it may stand
 */
function isUnconditional(attributes: string, parts: Parts, before: string | undefined): boolean {
  const [, condition] = /\sv-if\s*=\s*"([^"]*)"/.exec(attributes) ?? [];
  if (condition === undefined ? /\sv-if\b/.test(attributes) : !isLatch(condition, true, parts)) return false;
  const words = attributes.replace(/"[^"]*"|'[^']*'/g, '""');
  if (/\sv-else(?![\w-])/.test(words) && (before === undefined || !isLatch(before, false, parts))) return false;
  return !/\s(?:v-(?:else-if|for|slot)\b|#[\w[]|(?::|v-bind:)key\s*=)/.test(words);
}
