/** Names of what tells one thing from the others of its kind. */

/** `id`, `rowKey`, `name`: does a field of this name tell which one it is? */
export function tellsWhich(name: string): boolean {
  return /id$|key$|^name$/i.test(name);
}

/** `id`, `jobId`, `channel_key`: does a variable of this name hold what tells one of many? The name of an event does not. */
export function tellsWhichOne(name: string): boolean {
  return /(?:^|_)(?:u?uid|g?uid|id|key)$|(?:Id|ID|Key|U?uid|UUID)$/.test(name);
}
