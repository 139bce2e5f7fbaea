/** Files of markup that are no scripts: pages, and the templates of components. What they place is told like what a script uses. */

import type { Use } from '../facts/exportFacts';
import { isForeign, isOfLines } from '../files/pagePaths';
import { foreignParts, isScript, withoutScripts } from '../syntax/tags';
import { wholeMarkup } from './censusNames';
import { elementsIn, elementsSpelled } from './placedElements';
import { elementsOnOthers, showsUnknown, useOfAny } from './unknownElements';

/** The module that the path of a template means: beside the file that names it. */
export function markupModule(path: string): string {
  return /^[./]/.test(path) ? path : `./${path}`;
}

/** Is all of a window written there? Then its first tag says so. */
function isDocument(text: string): boolean {
  const [first = ''] = /<(?:!doctype\b|[a-z][^\s/>]*)/i.exec(withoutScripts(text)) ?? [];
  return /^<(?:!doctype|html|head|body)$/i.test(first);
}

/** What a page places, also by what is no tag of its own. */
export function placedBy(path: string, text: string): readonly Use[] {
  const others = elementsOnOthers(text).map((name) => ({ module: `<${name}`, name: '*' }));
  return [...placedByTags(path, text), ...others, ...(showsUnknown(text) ? [useOfAny] : [])];
}

/** Of a template, as long as somebody shows it once. */
function placedByTags(path: string, text: string): readonly Use[] {
  if (isOfLines(path)) return [useOfAny];
  if (isForeign(path)) return [...elementsSpelled(text)].map((name) => ({ module: `<${name}`, name: '*' }));
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
