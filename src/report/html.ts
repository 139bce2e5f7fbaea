/** Elements as text of an HTML file. Text and attributes are escaped here, in one place, and nowhere else. */
import type { El } from '../page/element';
import { plain } from './plainText';

const VOID = new Set(['br', 'hr', 'input', 'meta', 'link', 'img']);
/** Names of elements and attributes are ours; one that is none would let text become markup. */
const NAME = /^[a-zA-Z][a-zA-Z0-9:-]*$/;
/** Text that is only ever text, between tags and in attributes with quotes. Lines stay lines. */
export function escapeHtml(text: string): string {
  return text
    .split('\n')
    .map(plain)
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The element as HTML. Throws for a name that is none, which only a fault of ours can make. */
export function toHtml(element: El | string): string {
  if (typeof element === 'string') return escapeHtml(element);
  const { tag, attributes, children } = element;
  if (!NAME.test(tag)) throw new Error(`${JSON.stringify(tag)} is no element`);
  const words = Object.entries(attributes).map(([name, value]) => {
    if (!NAME.test(name) || /^on/i.test(name)) throw new Error(`${JSON.stringify(name)} is no attribute`);
    return value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
  });
  const open = `<${tag}${words.join('')}>`;
  return VOID.has(tag) ? open : `${open}${children.map(toHtml).join('')}</${tag}>`;
}
