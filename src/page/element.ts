/** A page as a value: elements with attributes and text. Two things are made of it: nodes of the panel, and text of a file. */

export interface El {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (El | string)[];
  /** Same element as in the page before, though others have come or gone around it. */
  readonly key: string | null;
}

export type Child = El | string | null | false | readonly Child[];
type Value = string | number | boolean | null | undefined;

/** An element. Attributes that are null or false are left out, true ones are empty; `key` is no attribute. */
export function h(tag: string, attributes: Readonly<Record<string, Value>> = {}, ...children: readonly Child[]): El {
  const { key, ...rest } = attributes;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(rest))
    if (value !== null && value !== undefined && value !== false) kept[name] = value === true ? '' : String(value);
  return { tag, attributes: kept, children: flat(children), key: typeof key === 'string' ? key : null };
}

function flat(children: readonly Child[]): readonly (El | string)[] {
  return children.flatMap((child): readonly (El | string)[] => {
    if (child === null || child === false || child === '') return [];
    if (typeof child === 'string') return [child];
    return 'tag' in child ? [child] : flat(child);
  });
}

/** The text in an element, as a reader meets it. */
export function textOf(element: El | string): string {
  return typeof element === 'string' ? element : element.children.map(textOf).join('');
}
