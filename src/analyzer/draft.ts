/** A finding before the file's role, suppressions and fingerprint are applied. */
import type { Confidence, Mechanism, Severity, TrailStep } from './findings';
import type { Condition } from './link';
import type { ts } from './syntax';

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
}
