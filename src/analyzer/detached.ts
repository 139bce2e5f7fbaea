/**
 * Copies of plain data (objects, arrays, strings, numbers, booleans, null) that share no text with what they were cut from: the
 * engine keeps the whole source of a file alive for each piece of it that somebody holds.
 *
 * @param strings those of copies made before: what says the same is one string
 */
export function detached<T>(data: T, strings: Map<string, string> = new Map()): T {
  return copyOf(data, strings) as T;
}

function copyOf(data: unknown, strings: Map<string, string>): unknown {
  if (typeof data === 'string') return ownText(data, strings);
  if (Array.isArray(data)) return data.map((item) => copyOf(item, strings));
  if (typeof data !== 'object' || data === null) return data;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(data)) {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value: copyOf(value, strings), enumerable: true });
    else copy[key] = copyOf(value, strings);
  }
  return copy;
}

/** The same text, of which no other holds the memory. */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

function ownText(text: string, strings: Map<string, string>): string {
  const known = strings.get(text);
  if (known !== undefined) return known;
  const own = ownCopy(text);
  strings.set(own, own);
  return own;
}
