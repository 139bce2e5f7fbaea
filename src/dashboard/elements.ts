/** Small builders of page elements. Text is always text: nothing from a file becomes markup. */

type Child = Node | string | null;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** A table with a caption and headed columns; the first cell of each row heads the row. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const head = el('thead', {}, el('tr', {}, ...columns.map((column) => el('th', { scope: 'col' }, column))));
  const body = el(
    'tbody',
    {},
    ...rows.map((row) =>
      el('tr', {}, ...row.map((cell, index) => (index === 0 ? el('th', { scope: 'row' }, cell) : el('td', {}, cell)))),
    ),
  );
  return el(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', {}, caption), head, body),
  );
}

const marks: Readonly<Record<string, string>> = {
  meeting: '✓',
  at_risk: '!',
  violating: '✗',
  no_data: '–',
  stale: '◷',
  error: '⚠',
  incomplete: '?',
};
const words: Readonly<Record<string, string>> = { at_risk: 'at risk', no_data: 'no data' };

/** A state by mark, word and colour; never by colour alone. */
export function stateChip(state: string): HTMLElement {
  return el(
    'span',
    { class: `state ${state}` },
    el('span', { 'aria-hidden': 'true' }, marks[state] ?? '·'),
    ` ${words[state] ?? state}`,
  );
}

/** "3 min ago" at an instant; a dash for none. */
export function ago(instant: string | null, now: string): string {
  if (instant === null) return '–';
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}
