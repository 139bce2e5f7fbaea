/**
 * Elements of the author's own, `<app-shell>`, in a piece of markup: does each stand there once, and for as long as the markup is
 * there itself? What stands behind a condition, in a loop or in a template that is not drawn does not. It knows no syntax of
 * scripts: the server reads pages by it without the parser.
 */
import { close, endOf, voids, withoutScripts } from './tags';

/**
 * `page`: a document, perhaps written by a server; `drawn`: what a script draws, `*` where it says something itself; `template`: of
 * a component, with conditions and loops in attributes and braces.
 */
export type Dialect = 'page' | 'drawn' | 'template';

const openings = /<|\{\{?|\}/g;
const ownName = /^[a-z][\w.]*-[\w.*-]*$/i;
/** A loop of what a server writes a page with. */
const serverLoop =
  /<%[^%]*\b(?:for|each|while|map)\b|\{%-?\s*for\b|\{\{#\s*(?:each|\w+s)\b|<\?(?:php)?[^?]*\b(?:for|foreach|while)\b/i;
/** Elements whose content is drawn when something else says so. */
const undrawn = /^(?:template|ng-template|dom-if|dom-repeat|noscript)$/i;
/** `*ngIf`, `[ngIf]`, `ngFor`: conditions and loops of the element itself. */
const structural = /\s(?:\*\w|\[?ng(?:If|For|Switch|TemplateOutlet|ComponentOutlet)\w*)|\sis\s*=\s*["']dom-/;

/** Names of the elements, and of each whether it stands there once and stays. */
export function elementsIn(text: string, dialect: Dialect): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const markup = withoutScripts(text);
  const loop = dialect === 'page' ? markup.search(serverLoop) : -1;
  const around: { readonly name: string; readonly isSure: boolean }[] = [];
  openings.lastIndex = 0;
  for (let opening = openings.exec(markup); opening; opening = openings.exec(markup)) {
    const [sign] = opening;
    if (sign !== '<') {
      if (dialect !== 'template') continue;
      // `@if (ready) { … }`: whatever it is, it does not show all that is in it always.
      if (sign === '{') around.push({ name: '{', isSure: false });
      else if (sign === '}') close(around, '{');
      else openings.lastIndex = after(markup, '}}', opening.index);
      continue;
    }
    openings.lastIndex = endOf(markup, opening.index);
    const whole = markup.slice(opening.index, openings.lastIndex);
    const [, slash, name = '', attributes = ''] = /^<(\/?)([A-Za-z][\w.:*-]*)([\s\S]*?)\/?>$/.exec(whole) ?? [];
    if (slash === '/') close(around, name);
    else if (name !== '') {
      const stays = !undrawn.test(name) && !structural.test(attributes);
      if (ownName.test(name)) {
        const key = name.toLowerCase();
        const isInLoop = loop !== -1 && opening.index > loop;
        found.set(key, !found.has(key) && stays && !isInLoop && around.every(({ isSure }) => isSure));
      }
      if (!whole.endsWith('/>') && !voids.test(name)) around.push({ name, isSure: stays });
    }
  }
  return found;
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at === -1 ? text.length : at + sign.length;
}

const spelled = [
  /<([a-z]\w*(?:-[\w.]+)+)(?=[\s/>])/g,
  /\b(?:createElement|createElementNS|jsx|h|define|customElement)\(\s*(?:['"`]http[^'"`]*['"`],\s*)?['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/g,
  /\b\w*(?:tag|element|component|selector)\w*['"]?\s*[:=]\s*['"`]([a-z]\w*(?:-[\w.]+)+)['"`]/gi,
];

/** Names of such elements that a text of any language spells, where it may place them. */
export function elementsSpelled(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of spelled) for (const [, name = ''] of text.matchAll(one)) found.add(name.toLowerCase());
  return found;
}
