/** Nodes, and what is known of them, that are collected under a key each. */

/** Adds something to what is under its key. */
export function addUnder<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
