/** Files of markup that are no scripts: pages, and the templates of components. What they place is told like what a script uses. */
import { wholeMarkup } from './censusNames';
import type { Use } from './exportFacts';
import { elementsIn, elementsSpelled } from './placedElements';
import { foreignParts, isScript, withoutScripts } from './tags';

const page = /\.(?:html?(?:\.(?:template|tpl|tmpl|ejs|hbs|njk|j2|jinja2?|twig|erb|in))?|astro)$/i;

/** Is it a page, or a template of a component, by its path? */
export function isPage(path: string): boolean {
  return page.test(path);
}

/** Is all of a window written there? Then its first tag says so. */
function isDocument(text: string): boolean {
  const [first = ''] = /<(?:!doctype\b|[a-z][^\s/>]*)/i.exec(withoutScripts(text)) ?? [];
  return /^<(?:!doctype|html|head|body)$/i.test(first);
}

/** What a page places; of a template, as long as somebody shows it once. */
export function placedBy(path: string, text: string): readonly Use[] {
  if (/\.astro$/i.test(path)) return [...elementsSpelled(text)].map((name) => ({ module: `<${name}`, name: '*' }));
  const isWhole = isDocument(text);
  return [...elementsIn(text, isWhole ? 'page' : 'template')].map(([name, isOnce]): Use => {
    const module = `<${name}`;
    if (!isOnce) return { module, name: '*' };
    return { module, name: '*', as: 'put', ...(isWhole ? {} : { given: [{ as: 'put', of: [wholeMarkup] }] }) };
  });
}

/** The scripts that stand in a page, one after the other. */
export function scriptsOfPage(path: string, text: string): string {
  const front = /\.astro$/i.test(path) ? (/^[^\S\n]*---([\s\S]*?)^[^\S\n]*---/m.exec(text)?.[1] ?? '') : '';
  const inline = [...foreignParts(text)]
    .filter(({ kind, attributes }) => kind === 'script' && isScript(attributes))
    .map(({ content }) => content);
  return [front, ...inline].join('\n');
}
