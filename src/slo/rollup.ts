/** From objectives to services and to the headline. Unknown objectives lower the coverage, never the truth. */
import { isUnknown, type ObjectiveState } from './status';

export type ServiceState = 'meeting' | 'at_risk' | 'violating' | 'incomplete' | 'no_data';

/** State of a service from its objectives'. A service without objectives has no data. */
export function serviceState(states: readonly ObjectiveState[], rollup: 'all' | 'ignore-unknown'): ServiceState {
  if (states.includes('violating')) return 'violating';
  const known = states.filter((state) => !isUnknown(state));
  if (known.length === 0) return 'no_data';
  if (rollup === 'all' && known.length < states.length) return 'incomplete';
  return known.includes('at_risk') ? 'at_risk' : 'meeting';
}

export interface ComplianceCounts {
  /** Meeting, at risk included. */
  readonly met: number;
  readonly violating: number;
  /** met + violating */
  readonly measured: number;
  /** No data, stale and error; of services also incomplete. */
  readonly unknown: number;
  readonly defined: number;
  readonly noData: number;
  readonly stale: number;
  readonly error: number;
  /** met/measured; null when nothing is measured. */
  readonly compliance: number | null;
  /** measured/defined; null when nothing is defined. */
  readonly coverage: number | null;
  /** met/defined; null when nothing is defined. */
  readonly complianceOfDefined: number | null;
}

/** Counts of objective or service states. */
export function countStates(states: readonly (ObjectiveState | ServiceState)[]): ComplianceCounts {
  const count = (...wanted: readonly string[]) => states.filter((state) => wanted.includes(state)).length;
  const met = count('meeting', 'at_risk');
  const violating = count('violating');
  const measured = met + violating;
  const defined = states.length;
  return {
    met,
    violating,
    measured,
    unknown: defined - measured,
    defined,
    noData: count('no_data', 'incomplete'),
    stale: count('stale'),
    error: count('error'),
    compliance: measured === 0 ? null : met / measured,
    coverage: defined === 0 ? null : measured / defined,
    complianceOfDefined: defined === 0 ? null : met / defined,
  };
}

/** A share as a percentage, rounded down to one decimal without a trailing `.0`: 0.9995 is `99.9%`. */
export function percentText(share: number): string {
  // 1e-9 undoes the rounding of the division; Math.floor keeps a missed target from looking met.
  return `${Math.floor(1000 * share + 1e-9) / 10}%`;
}

/** `25% of measured (1/4) · 9 of 13 no data`; without unknowns `25% (1/4)`; nothing measured: `no data`. */
export function headlineText(counts: ComplianceCounts): string {
  if (counts.compliance === null) return 'no data';
  const share = percentText(counts.compliance);
  const of = `(${counts.met}/${counts.measured})`;
  return counts.unknown === 0
    ? `${share} ${of}`
    : `${share} of measured ${of} · ${counts.unknown} of ${counts.defined} no data`;
}

const WORST_FIRST: readonly ObjectiveState[] = ['error', 'violating', 'at_risk', 'stale', 'no_data', 'meeting'];

/** The worst state, by error > violating > at risk > stale > no data > meeting; nothing defined is no data. */
export function worstState(states: readonly ObjectiveState[]): ObjectiveState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'no_data';
}

export interface Headline {
  readonly text: string;
  readonly worst: ObjectiveState;
  readonly met: number;
  readonly measured: number;
  readonly unknown: number;
  readonly defined: number;
  readonly noData: number;
  readonly stale: number;
  readonly error: number;
}

/** The one line and its counts, over all objectives. */
export function headline(states: readonly ObjectiveState[]): Headline {
  const counts = countStates(states);
  const { met, measured, unknown, defined, noData, stale, error } = counts;
  return {
    text: headlineText(counts),
    worst: worstState(states),
    met,
    measured,
    unknown,
    defined,
    noData,
    stale,
    error,
  };
}

/** Composite over ratios: 1 − Σ wᵢ(1−sliᵢ); weights are not normalised. */
export function compositeRatio(components: readonly { readonly sli: number; readonly weight: number }[]): number {
  return 1 - components.reduce((sum, { sli, weight }) => sum + weight * (1 - sli), 0);
}
