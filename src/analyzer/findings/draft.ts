/** A finding before the file's role, suppressions and fingerprint are applied. */
import type { Acquisition } from '../acquiring/acquisitions';
import type { Level } from '../ownership/lifetime/frequency/frequency';
import type { Place } from '../program/places';
import type { Declaration } from '../program/scopes';
import type { FunctionNode, ts } from '../syntax/syntax';
import type { Confidence, Mechanism, Severity, TrailStep } from './findings';

/** What is open, as far as a fix has to know. */
export interface Open {
  readonly acquisition: Acquisition;
  /** Where it is kept; undefined when nothing keeps it. */
  readonly place?: Place | undefined;
  readonly level: Level;
  /** The method that tears its owner down. */
  readonly teardown?: { readonly name: string; readonly node: FunctionNode } | undefined;
  /** The function that arms it again each time, one at a time. */
  readonly loop?: FunctionNode | undefined;
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

/** What would end a growth, as far as that is certain. */
export type Growth =
  /** Evicting behind this insertion into a cache. */
  | { readonly by: 'bound'; readonly insertion: ts.Node }
  /** Deleting the entries that are only emptied here. */
  | { readonly by: 'deletion'; readonly nullings: readonly ts.Node[] }
  /** A weak collection in the place of this one. */
  | { readonly by: 'weakness'; readonly place: Place; readonly declaration: ts.Node }
  /** Removing on failure too what the insertion added. */
  | { readonly by: 'finally'; readonly insertion: ts.Node; readonly removals: readonly ts.Node[] };

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
  readonly open?: Open | undefined;
  readonly growth?: Growth | undefined;
  /** The removal that removes nothing, where no more is known of what is open. */
  readonly vain?: ts.Node | undefined;
  /** The same for all that one fault brings about, in different lines: told once. */
  readonly cause?: string | undefined;
}
