/** A finding before the file's role, suppressions and fingerprint are applied. */
import type { Acquisition } from './acquisitions';
import type { Confidence, Mechanism, Severity, TrailStep } from './findings';
import type { Condition } from './link';
import type { Level } from './ownership/frequency';
import type { Place } from './places';
import type { Declaration } from './scopes';
import type { FunctionNode, ts } from './syntax';

/** What is open, as far as a fix has to know. */
export interface Open {
  readonly acquisition: Acquisition;
  /** Where it is kept; undefined when nothing keeps it. */
  readonly place?: Place | undefined;
  readonly level: Level;
  /** The method that tears its owner down. */
  readonly teardown?: { readonly name: string; readonly node: FunctionNode } | undefined;
  /** The race of promises that it may lose. */
  readonly race?: ts.CallExpression | undefined;
  /** The removal that cannot match. */
  readonly mistaken?: ts.CallExpression | undefined;
  /** A local handle: its variable, and everything that releases it or hands it over on some path. */
  readonly local?:
    | {
        readonly holder: Declaration | undefined;
        readonly releases: readonly ts.Node[];
        readonly isHandedOver: boolean;
      }
    | undefined;
}

export interface Draft {
  readonly kind: string;
  readonly mechanism: Mechanism;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly advice: string;
  /** Acquiring call, or the growth site: where the squiggle goes. */
  readonly node: ts.Node;
  readonly trail: readonly TrailStep[];
  /** Holds only if another file exports such a value. */
  readonly condition?: Condition | undefined;
  readonly open?: Open | undefined;
  /** The insertion into a cache, by key, that nothing bounds. */
  readonly unbounded?: ts.Node | undefined;
}
