/** What ends an entry of a collection, as far as the code has a function for that. */
import type { FunctionNode, ts } from '../syntax/syntax';

export interface End {
  readonly node: ts.Node;
  readonly isPromise?: boolean;
  /** What runs then. */
  readonly fn?: FunctionNode | undefined;
  /** What it does: completes "…, and X leaves it". */
  readonly what: string;
}
