/**
 * What turns one value of JSON into another. Values are immutable: what is the same object is not looked into, so that a value
 * of which a part was made anew costs as much as that part.
 */
import type { Patch } from '../protocol/patch';

type Fields = Readonly<Record<string, unknown>>;

const nothing: readonly string[] = [];

/**
 * @param skip names of fields of the outermost value that are not compared
 * @returns null when both say the same
 */
export function patchOf(before: unknown, after: unknown, skip = nothing): Patch | null {
  if (isOne(before, after)) return null;
  if (Array.isArray(before) && Array.isArray(after)) return listPatch(before, after);
  if (isFields(before) && isFields(after)) return fieldsPatch(before, after, skip);
  return { kind: 'set', value: after };
}

function fieldsPatch(before: Fields, after: Fields, skip: readonly string[]): Patch | null {
  const changed: Record<string, Patch> = {};
  let hasChanged = false;
  const gone: string[] = [];
  for (const name of Object.keys(after)) {
    const value = after[name];
    // JSON has no undefined: such a field is none.
    if (value === undefined || skip.includes(name)) continue;
    const known = Object.hasOwn(before, name) ? before[name] : undefined;
    const patch: Patch | null = known === undefined ? { kind: 'set', value } : patchOf(known, value);
    if (!patch) continue;
    // A name from a file may be one that assignment takes for something else.
    Object.defineProperty(changed, name, { value: patch, enumerable: true });
    hasChanged = true;
  }
  for (const name of Object.keys(before))
    if (
      before[name] !== undefined &&
      !skip.includes(name) &&
      (!Object.hasOwn(after, name) || after[name] === undefined)
    )
      gone.push(name);
  return hasChanged || gone.length > 0 ? { kind: 'fields', changed, gone } : null;
}

function listPatch(before: readonly unknown[], after: readonly unknown[]): Patch | null {
  if (before.length === after.length) {
    const changed: (readonly [number, Patch])[] = [];
    for (const [index, value] of after.entries()) {
      const patch = patchOf(before[index], value);
      if (patch) changed.push([index, patch]);
    }
    return changed.length > 0 ? { kind: 'items', changed } : null;
  }
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && isSame(before[from], after[from])) from++;
  let tail = 0;
  while (tail < shorter - from && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  return {
    kind: 'splice',
    from,
    remove: before.length - from - tail,
    insert: after.slice(from, after.length - tail),
  };
}

/** Do two values say the same? Costs no more than finding the first difference. */
function isSame(a: unknown, b: unknown): boolean {
  if (isOne(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
  if (!isFields(a) || !isFields(b)) return false;
  for (const name of Object.keys(b)) if (!isSame(Object.hasOwn(a, name) ? a[name] : undefined, b[name])) return false;
  return Object.keys(a).every((name) => Object.hasOwn(b, name) || a[name] === undefined);
}

/** One value: JSON has neither −0, nor a number that is none. */
function isOne(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
