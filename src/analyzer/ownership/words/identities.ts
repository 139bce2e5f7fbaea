/** Names of what tells one thing from the others of its kind. */

/** `id`, `rowKey`, `name`: does a field of this name tell which one it is? */
export function tellsWhich(name: string): boolean {
  return /id$|key$|^name$/i.test(name);
}
