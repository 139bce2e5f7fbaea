/** How a library's streams start, go on and end. */
import type { ApiName } from './apiTypes';

/** How a library's streams start, go on and end. */
export interface StreamForm {
  /** Types whose values are streams that go on until their owner ends them. */
  readonly types: readonly string[];
  /** Calls that start one: `interval(1000)`; `target` is the argument that it listens to, `minArguments` what makes it endless. */
  readonly starts: readonly {
    readonly callee: readonly ApiName[];
    readonly minArguments?: number;
    readonly target?: number;
  }[];
  /** Functions whose result goes on as long as one of the streams given to it: `merge(a, b)`. */
  readonly joins: readonly ApiName[];
  /** Methods that give the same stream, changed by the operators given to them: `pipe`. */
  readonly steps: readonly string[];
  /** Operators after which it ends by itself. */
  readonly endedBy: readonly ApiName[];
  /** Operators after which it ends with its owner. */
  readonly endedByOwner: readonly ApiName[];
  /** Of these, those called without arguments where the owner is made. */
  readonly endedInConstructor?: readonly ApiName[];
  /** Of these, operators that end it when the stream given to them gives a value by one of the methods. */
  readonly notified: { readonly by: readonly ApiName[]; readonly method: readonly string[] };
  /** Modules whose other operators let it go on; an operator from anywhere else is not known, and silences. */
  readonly operatorModules: readonly string[];
  /** Operators that end it by a condition, which they look at with the next value only. */
  readonly endedLate: readonly ApiName[];
  /** Members of other objects that are such streams by convention end so: `service.items$`. */
  readonly suffix?: string;
  /** In classes with one of these decorators, also other members of what the constructor is given, unless that is of a type which ends with the instance. */
  readonly injected?: { readonly decorators: readonly string[]; readonly ending: readonly ApiName[] };
}
