/**
 * Brings what is shown to what a page says, changing as little as possible: focus, what is folded open, a selection and the
 * place that is read stay. Text is always text: nothing here parses markup.
 */
import type { El } from '../page/element';

const SVG = 'http://www.w3.org/2000/svg';
/** What the reader changes by hand is set when the element is made, and then is the reader's. */
const OWN_TO_READER = new Set(['open']);
const keys = new WeakMap<Node, string>();

/** Makes the children of an element those of a page. */
export function patchChildren(parent: Element, next: readonly (El | string)[], document: Document): void {
  const before = [...parent.childNodes];
  const keyed = new Map<string, Node>();
  for (const node of before) {
    const key = keys.get(node);
    if (key !== undefined) keyed.set(key, node);
  }
  const used = new Set<Node>();
  let at = 0;
  const nodes = next.map((child): Node => {
    const found = typeof child !== 'string' && child.key !== null ? keyed.get(child.key) : unkeyed(child);
    if (found && !used.has(found) && isSame(found, child)) {
      used.add(found);
      update(found, child, document);
      return found;
    }
    return create(child, parent.namespaceURI === SVG, document);
  });
  for (const node of before) if (!used.has(node)) node.remove();
  nodes.forEach((node, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });

  /** The next node without a key, if it is of the kind that is wanted. */
  function unkeyed(child: El | string): Node | undefined {
    while (at < before.length && keys.has(before[at] as Node)) at++;
    const node = before[at];
    if (node && isSame(node, child)) {
      at++;
      return node;
    }
    return undefined;
  }
}

function isSame(node: Node, child: El | string): boolean {
  if (typeof child === 'string') return node.nodeType === 3;
  return node.nodeType === 1 && (node as Element).localName === child.tag && (keys.get(node) ?? null) === child.key;
}

function update(node: Node, child: El | string, document: Document): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const element = node as Element;
  for (const name of element.getAttributeNames())
    if (!(name in child.attributes) && !OWN_TO_READER.has(name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(child.attributes))
    if (!OWN_TO_READER.has(name) && element.getAttribute(name) !== value) element.setAttribute(name, value);
  patchChildren(element, child.children, document);
  setChosen(element, child);
}

function create(child: El | string, inSvg: boolean, document: Document): Node {
  if (typeof child === 'string') return document.createTextNode(child);
  const isSvg = inSvg || child.tag === 'svg';
  const element = isSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  if (child.key !== null) keys.set(element, child.key);
  for (const [name, value] of Object.entries(child.attributes)) element.setAttribute(name, value);
  for (const one of child.children) element.append(create(one, isSvg, document));
  setChosen(element, child);
  return element;
}

/** The attributes `checked` and `selected` say what was chosen at first; the properties what is. */
function setChosen(element: Element, { tag, attributes }: El): void {
  if (tag === 'input' && 'checked' in element) element.checked = 'checked' in attributes;
  if (tag === 'option' && 'selected' in element && 'selected' in attributes) element.selected = true;
}
