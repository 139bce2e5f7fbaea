/** How the catalogue names an API, and the types that are known by such names. */

/** An export of a module (written without `node:`) or, without `module`, a global. `name` may be dotted. */
export interface ApiName {
  readonly module?: string;
  readonly name: string;
}

/** A type the engine recognises without a checker: by annotation, constructor, producing call, or being a known global. */
export interface TypeEntry {
  readonly id: string;
  /** Annotations, constructors and base classes that name it. */
  readonly names: readonly ApiName[];
  /** Values that are it, by name: `document`, `process.stdin`. */
  readonly values?: readonly ApiName[];
  /** Calls whose result is it: `net.connect()`. */
  readonly calls?: readonly ApiName[];
  /** Its `calls` give it only where they are given a value of this type: `$(document)`. */
  readonly around?: string;
  /** Methods and properties whose result is it: `server.listen()`, `child.stdout`; `of: '*'` where the name alone tells. */
  readonly members?: readonly { readonly of: string; readonly name: string; readonly call: boolean }[];
  /** Types it is a subtype of. */
  readonly is?: readonly string[];
  /** How long such a value lives where its source is not seen: `page` and `process` outlive everything. */
  readonly lives?: 'page' | 'process';
  /** Each of its `calls` gives another object: what is taken from one is not taken from the next. */
  readonly fresh?: boolean;
}
