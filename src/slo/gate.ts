/** The gate of pipelines: one outcome for all objectives, and the comparison with a base. Rules: SLO reference, section 11. */
import { countBudget } from './budget';
import { compare } from './comparison';
import { isUnknown, type ObjectiveState } from './status';

export type GateOutcome = 'definition-error' | 'violation' | 'no-data' | 'met';

/** How the program ends; 3 is an internal error, which is no outcome. */
export const GATE_EXIT_CODES: Readonly<Record<GateOutcome, number>> = {
  'definition-error': 2,
  violation: 1,
  'no-data': 1,
  met: 0,
};

/**
 * First match wins: an invalid definition; any objective violating; too little known; else met, at risk included.
 * With `strict` one unknown objective is too little; without it only when nothing at all was measured.
 */
export function gateOutcome(states: readonly (ObjectiveState | 'definition-error')[], strict: boolean): GateOutcome {
  if (states.includes('definition-error')) return 'definition-error';
  if (states.includes('violating')) return 'violation';
  const unknown = states.filter((state) => state !== 'definition-error' && isUnknown(state)).length;
  return unknown === states.length || (strict && unknown > 0) ? 'no-data' : 'met';
}

/** One objective of a comparison: whether it violates, and the count behind it where more is worse. */
export interface GateSide {
  /** null: nothing is known about it, so it is neither new nor fixed. */
  readonly violates: boolean | null;
  /** Items, or another figure of which more is worse (of a share, its negative); null when there is none to compare. */
  readonly count: number | null;
  /** Items that are allowed; null without a count budget. */
  readonly allowed: number | null;
}

export interface GateChange {
  readonly name: string;
  readonly base: GateSide;
  readonly head: GateSide;
}

export interface GateComparison {
  /** Violated now, not at the base (or not known there). */
  readonly newViolations: readonly string[];
  readonly fixed: readonly string[];
  /** Violated on both sides. */
  readonly inherited: readonly string[];
  /** Of the inherited: those that got worse. */
  readonly worse: readonly string[];
  /** Share of the count budget that is left, 1 − count/allowed, where something is allowed. */
  readonly budget: Readonly<Record<string, { readonly before: number | null; readonly after: number | null }>>;
}

function remaining({ count, allowed }: GateSide): number | null {
  return count === null || allowed === null || allowed <= 0 ? null : countBudget(count, allowed).remaining;
}

function isInherited({ base, head }: GateChange): boolean {
  return base.violates === true && head.violates === true;
}

function grew({ base, head }: GateChange): boolean {
  return base.count !== null && head.count !== null && compare(head.count, 'gt', base.count);
}

/** What a change does to the objectives: both sides of each. */
export function compareWithBase(changes: readonly GateChange[]): GateComparison {
  const names = (test: (change: GateChange) => boolean) => changes.filter(test).map(({ name }) => name);
  return {
    newViolations: names(({ base, head }) => head.violates === true && base.violates !== true),
    fixed: names(({ base, head }) => base.violates === true && head.violates === false),
    inherited: names(isInherited),
    worse: names((change) => isInherited(change) && grew(change)),
    budget: Object.fromEntries(
      changes
        .filter(({ base, head }) => (base.allowed ?? 0) > 0 || (head.allowed ?? 0) > 0)
        .map(({ name, base, head }) => [name, { before: remaining(base), after: remaining(head) }]),
    ),
  };
}

/** `any`: a violation fails. `no-worse`: only a new one fails, or an inherited one that got worse. */
export function gateFails({ newViolations, inherited, worse }: GateComparison, policy: 'any' | 'no-worse'): boolean {
  return newViolations.length > 0 || (policy === 'any' ? inherited.length > 0 : worse.length > 0);
}
