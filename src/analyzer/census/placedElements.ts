/**
 * Elements of the author's own, `<app-shell>`, in a piece of markup: does each stand there once, and for as long as the markup is
 * there itself? What stands behind a condition, in a loop or in a template that is not drawn does not. It knows no syntax of
 * scripts: the server reads pages by it without the parser.
 */

import { firstMark, isForFramework } from '../markup/serverMarks';
import { attributesOf, commentEnd, endOf, OpenTags, rawEnd, voids } from '../syntax/tags';
import { anyElement } from './censusNames';

/**
 * `page`: a document, perhaps written by a server; `drawn`: what a script draws, `*` where it says something itself; `template`: of
 * a component, with conditions and loops in attributes and braces.
 */
export type Dialect = 'page' | 'drawn' | 'template';

const openings: Readonly<Record<Dialect, RegExp>> = { page: /</g, drawn: /</g, template: /<|\{\{?|\}/g };
const ownName = /^[a-z][\w.]*-[\w.*-]*$/i;
/** Elements whose content is drawn when something else says so, or is a text. */
const undrawn =
  /^(?:template|ng-template|dom-if|dom-repeat|noscript|textarea|title|iframe|noembed|noframes|xmp|plaintext)$/i;
/** `*ngIf`, `[ngIf]`, `ngFor`: conditions and loops of the element itself. */
const structural =
  /\s(?:\*\w|\[?ng(?:If|For|Switch|TemplateOutlet|ComponentOutlet)\w*|(?:data-)?(?:v|ng|x)-(?:if|else|for|repeat|switch|include)\b|[\w-]+\.(?:for|if)\b|(?:if|else|switch|case)\.\w)|\sis\s*=\s*["']dom-/;
/** `:if`, `.when`, `?show`: by these an element of the author's own may be told to leave out what is in it. */
const conditional =
  /^[:.?@*]?(?:(?:is|has|do|on)-?)?(?:if|when|unless|else|case|match|cond\w*|show\w*|hid\w*|visible|open\w*|active|expanded|collapsed|for|each|repeat|items|rows)$/;
/** A handler in an attribute that makes elements. */
const makesElements = /createElement|innerHTML|outerHTML|insertAdjacent|cloneNode|importNode|setHTML|document\.write/;
/** Longer markup is not read. */
const maxLength = 1_000_000;
/** By this name any element is placed. */
const any = anyElement.slice(1);

/** Names of the elements, and of each whether it stands there once and stays; `*` is any. */
export function elementsIn(text: string, dialect: Dialect): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  if (text.length > maxLength || text.includes('\0')) return found.set(any, false);
  const isClear = read(text, dialect, found);
  // What is not read to its end may be anywhere, and what is not seen may be a second one.
  if (!isClear) for (const name of [...found.keys(), ...elementsSpelled(text)]) found.set(name, false);
  return found;
}

/** @returns whether all of it ends where it begins */
function read(text: string, dialect: Dialect, found: Map<string, boolean>): boolean {
  const around = new OpenTags();
  const opening = openings[dialect];
  let mark = dialect === 'page' ? firstMark(text) : Number.POSITIVE_INFINITY;
  let isClear = true;
  const putMany = (markup: string): void => {
    for (const name of elementsSpelled(markup)) found.set(name, false);
  };
  opening.lastIndex = 0;
  for (let at = opening.exec(text); at; at = opening.exec(text)) {
    const { 0: sign, index: start } = at;
    if (sign !== '<') {
      // `@if (ready) { … }`: whatever it is, it does not show all that is in it always.
      if (sign === '{') around.add('{', false);
      else if (sign === '{{') {
        const end = endOfValue(text, opening.lastIndex);
        if (end === undefined) return false;
        opening.lastIndex = end;
      } else if (!around.has('{')) isClear = false;
      else isClear = around.close('{') && isClear;
      continue;
    }
    if (text.startsWith('<!--', start)) {
      const comment = commentEnd(text, start);
      if (!comment) return false;
      opening.lastIndex = comment[1];
      continue;
    }
    const end = endOf(text, start);
    opening.lastIndex = end;
    if (end === start + 1) continue;
    if (text[end - 1] !== '>') return false;
    const tag = text.slice(start, end);
    const [begin, slash, spelledName = ''] = /^<(\/?)([A-Za-z][^\s/>]*)/.exec(tag) ?? [''];
    const name = spelledName.toLowerCase();
    if (name === '') continue;
    if (slash === '/') {
      // What closes more than its own may belong to another place.
      if (!around.close(name)) isClear = false;
      continue;
    }
    const isEnded = tag.endsWith('/>');
    const attributes = tag.slice(begin.length, isEnded ? -2 : -1);
    if (dialect === 'page' && isForFramework(attributes)) mark = Math.min(mark, start);
    if (makesElements.test(attributes)) found.set(any, false);
    if (/<|&(?:lt|#0*60|#x0*3c)\b/i.test(attributes)) putMany(attributes.replace(/&(?:lt|#0*60|#x0*3c);?/gi, '<'));
    if (name === 'script' || name === 'style') {
      const content = rawEnd(text, end, name);
      if (!content) return isEnded && dialect !== 'page' && isClear;
      const script = text.slice(end, content[0]);
      if (name === 'script') putMany(script);
      opening.lastIndex = content[1];
      continue;
    }
    const isOwn = ownName.test(name);
    const stays =
      !undrawn.test(name) &&
      !structural.test(attributes) &&
      !(dialect === 'drawn' && isOwn && attributesOf(attributes).some((one) => conditional.test(one.name)));
    if (isOwn) found.set(name, !found.has(name) && stays && end <= mark && around.isSure);
    // The browser knows no tag that ends itself.
    if (!voids.test(name) && (!isEnded || (dialect === 'page' && !stays))) around.add(name, stays);
  }
  return isClear && !around.has('{');
}

/** Where a value in double braces ends; texts and inner braces are looked over. */
function endOfValue(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"' || char === "'" || char === '`') {
      const end = text.indexOf(char, at + 1);
      if (end === -1) return undefined;
      at = end;
    } else if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (char === '}' && text[at + 1] === '}') return at + 2;
  }
  return undefined;
}

const spelled = [
  /<([a-z]\w*(?:-[\w.]+)+)(?=[\s/>])/gi,
  /\b(?:createElement|createElementNS|jsx|h|define|customElement)\(\s*(?:['"`]http[^'"`\n]{0,99}['"`],\s*)?['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/g,
  /\b\w{0,40}?(?:tag|element|component|selector)\w{0,40}['"]?\s*[:=]\s*['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/gi,
];

/** Names of such elements that a text of any language spells, where it may place them. */
export function elementsSpelled(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  // Each of them holds such a name behind one of these, and few texts do.
  if (!/[<'"`][a-z]\w*-[\w.]/i.test(text)) return found;
  for (const one of spelled) for (const [, name = ''] of text.matchAll(one)) found.add(name.toLowerCase());
  return found;
}
