/** What one file may know of another: plain JSON, small enough to keep for every file. */

/** What is known of one export; empty parts are left out. */
export interface ExportFact {
  /** Catalogue types of the value: `export const bus = new EventEmitter()`. */
  readonly value?: readonly string[];
  /** Catalogue types of the instances of the class. */
  readonly instance?: readonly string[];
  /** Catalogue types of what the function gives. */
  readonly result?: readonly string[];
  /** The function gives a resource of this kind, open, each time it is called. */
  readonly gives?: { readonly kind: string; readonly promise: boolean };
  /** What the function does to each argument; null where that is not known. */
  readonly parameters?: readonly (readonly string[] | null)[];
  /** Teardown methods in which the class releases something. */
  readonly teardowns?: readonly string[];
}

export interface FileSummary {
  readonly version: 2;
  readonly exports: Readonly<Record<string, ExportFact>>;
  /** `export … from './other'`: exported name (`*` for all) → module and name there. */
  readonly reexports: readonly { readonly name: string; readonly module: string; readonly from: string }[];
}

export const emptySummary: FileSummary = { version: 2, exports: {}, reexports: [] };
