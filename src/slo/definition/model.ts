/** A loaded definition: OpenSLO objects with references resolved and annotations read. All durations in milliseconds. */
import type { ComparisonOperator } from '../comparison';
import type { Duration } from '../duration';

/** A place in a definition file; lines and columns start at 0. */
export interface DefinitionPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface DefinitionProblem {
  /** `hint`: worth knowing while one edits, no fault. */
  readonly level: 'error' | 'warning' | 'info' | 'hint';
  /** `slo/yaml`, `slo/openslo` or `slo/<check>`. */
  readonly code: string;
  /** What is wrong and what would be right, one sentence. */
  readonly message: string;
  /** Path inside the document, as `spec.objectives[0].target`; empty for the document itself. */
  readonly path: string;
  /** The same path in its steps, where it is one of an object. */
  readonly at?: readonly (string | number)[];
  /** Index of the document in its file. */
  readonly document: number;
  readonly place: DefinitionPlace;
}

export type Scalar = string | number | boolean | null;

export type FieldTest =
  | { readonly kind: 'equals'; readonly anyOf: readonly Scalar[] }
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly limit: number }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'matches'; readonly glob: string };

export interface FieldCondition {
  readonly field: string;
  readonly test: FieldTest;
}

export type QueryName = 'count' | 'last' | 'fractionUp' | 'slopePerHour';

/** `metricSource`: which source, and what to take from its records. */
export interface MetricQuery {
  readonly source: string;
  readonly query: QueryName;
  /** All must hold. */
  readonly where: readonly FieldCondition[];
  readonly field: string | null;
  readonly scale: number;
  readonly overMs: number | null;
  readonly minSamples: number;
  readonly minSpanMs: number;
  readonly across: 'max' | null;
}

export type Indicator =
  | { readonly kind: 'threshold'; readonly query: MetricQuery }
  | {
      readonly kind: 'ratio';
      readonly counter: boolean;
      readonly part: 'good' | 'bad';
      readonly numerator: MetricQuery;
      readonly total: MetricQuery;
    }
  /** Several indicators, each with its own target and limit, judged as one. */
  | { readonly kind: 'composite'; readonly components: readonly CompositePart[] }
  | { readonly kind: 'raw'; readonly rawType: 'success' | 'failure'; readonly query: MetricQuery }
  /** Valid OpenSLO whose source or query this program does not read; `reason` says why there can be no data. */
  | { readonly kind: 'unsupported'; readonly reason: string };

export interface CompositePart {
  readonly objective: ObjectiveDefinition;
  /** Not normalised: the weights of a composite need not add up to 1. */
  readonly weight: number;
}

export type BudgetingMethod = 'Occurrences' | 'Timeslices' | 'RatioTimeslices';

export type TimeWindow =
  | { readonly kind: 'rolling'; readonly duration: Duration }
  | { readonly kind: 'calendar'; readonly duration: Duration; readonly startTime: string; readonly timeZone: string };

export interface ObjectiveDefinition {
  /** Name of the SLO; with several objectives in one SLO, `name.2` and so on from the second. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly service: string;
  readonly indicator: Indicator;
  readonly method: BudgetingMethod;
  readonly mode: 'current' | 'window';
  /** Of a threshold metric: an indicator value is good when `value operator limit`. */
  readonly threshold: { readonly operator: ComparisonOperator; readonly limit: number } | null;
  /** Share 0 ≤ target < 1. */
  readonly target: number;
  readonly timeSliceTarget: number;
  readonly sliceMs: number;
  readonly window: TimeWindow;
  readonly staleAfterMs: number;
  readonly zeroTolerance: boolean;
  readonly countBudget: number | null;
  readonly minEvents: number;
  readonly unit: string;
  readonly targetText: string;
  readonly drilldown: string | null;
  readonly runbook: string | null;
  readonly seed: string | null;
  readonly assumed: readonly string[];
  /** Names of alert policies, in order. */
  readonly alertPolicies: readonly string[];
  readonly place: DefinitionPlace;
}

export interface ServiceDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly rollup: 'all' | 'ignore-unknown';
  readonly declaredBudget: string | null;
  readonly budgetFrom: string | null;
  readonly seed: string | null;
  readonly place: DefinitionPlace;
}

export interface DataSourceDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** `AgentStatusFiles`, `EventLog`, `SampleLog`, `HealthFiles`, `PointerFiles`, `LeakFindings`, `SnapshotFiles`, or foreign. */
  readonly type: string;
  /** Free map as written. */
  readonly connectionDetails: Readonly<Record<string, unknown>>;
  readonly place: DefinitionPlace;
}

export type AlertSeverity = 'P1' | 'P2' | 'P3';

export interface AlertPolicyDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly severity: AlertSeverity;
  readonly whenBreaching: boolean;
  readonly whenResolved: boolean;
  readonly whenNoData: boolean;
  /** Text of `when`; null: the burn rate block decides. */
  readonly when: string | null;
  readonly clearWhen: string | null;
  readonly burn: {
    readonly operator: ComparisonOperator;
    readonly threshold: number;
    readonly lookbackMs: number;
    readonly shortMs: number | null;
  };
  readonly alertAfterMs: number;
  readonly keepFiringForMs: number;
  readonly edge: boolean;
  readonly inhibits: readonly string[];
  readonly minEvents: number;
  /** Share of the budget that the author says it spends, 0 to 1; display only. */
  readonly budgetConsumed: number | null;
  readonly runbook: string | null;
  readonly seed: string | null;
  readonly assumed: readonly string[];
  /** Values of `spec.target` of the notification targets. */
  readonly targets: readonly string[];
  readonly place: DefinitionPlace;
}

export interface Definition {
  readonly sources: readonly DataSourceDefinition[];
  readonly services: readonly ServiceDefinition[];
  readonly objectives: readonly ObjectiveDefinition[];
  readonly policies: readonly AlertPolicyDefinition[];
}
