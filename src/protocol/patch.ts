/** What changed between two values of JSON: sent instead of the new value where most of it is as it was. Types only. */
export type Patch =
  | { readonly kind: 'set'; readonly value: unknown }
  /** Of an object: its changed fields, and those that are gone. */
  | { readonly kind: 'fields'; readonly changed: Readonly<Record<string, Patch>>; readonly gone: readonly string[] }
  /** Of a list of the same length: its changed items, by their place. */
  | { readonly kind: 'items'; readonly changed: readonly (readonly [index: number, patch: Patch])[] }
  /** Of a list of another length: what stands between the items that begin both and those that end both. */
  | { readonly kind: 'splice'; readonly from: number; readonly remove: number; readonly insert: readonly unknown[] };
