/** A value of JSON with what the server says has changed. What did not change stays the same object. */
import type { Patch } from '../protocol/patch';

/** `ok` is false where the patch is of another value. */
export type Patched = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

const mismatch: Patched = { ok: false };
const done = (value: unknown): Patched => ({ ok: true, value });

export function patched(before: unknown, patch: Patch): Patched {
  switch (patch.kind) {
    case 'set':
      return done(patch.value);
    case 'fields': {
      if (typeof before !== 'object' || before === null || Array.isArray(before)) return mismatch;
      const fields = new Map<string, unknown>(Object.entries(before));
      for (const name of patch.gone) fields.delete(name);
      for (const [name, own] of Object.entries(patch.changed)) {
        const field = patched(fields.get(name), own);
        if (!field.ok) return mismatch;
        fields.set(name, field.value);
      }
      return done(Object.fromEntries(fields));
    }
    case 'items': {
      if (!Array.isArray(before)) return mismatch;
      const items: unknown[] = [...before];
      for (const [index, own] of patch.changed) {
        const item = patched(items[index], own);
        if (!item.ok || index >= items.length) return mismatch;
        items[index] = item.value;
      }
      return done(items);
    }
    case 'splice': {
      const { from, remove, insert } = patch;
      if (!Array.isArray(before) || from + remove > before.length) return mismatch;
      return done([...before.slice(0, from), ...insert, ...before.slice(from + remove)]);
    }
  }
}
