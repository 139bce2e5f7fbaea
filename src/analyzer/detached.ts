/**
 * A copy of plain data (objects, arrays, strings, numbers, booleans, null) that shares no text with what it was cut from: the
 * engine keeps the whole source of a file alive for each piece of it that somebody holds.
 */
export function detached<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}
