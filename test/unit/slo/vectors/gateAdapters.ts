import { parseWhen, type WhenExpression } from '../../../../src/slo/alerts/whenExpression';
import type { ComparisonOperator } from '../../../../src/slo/comparison';
import { compareWithBase, GATE_EXIT_CODES, gateFails, gateOutcome } from '../../../../src/slo/gate';
import { alertGap } from '../../../../src/slo/lint/alertGap';
import {
  allowedSlices,
  budgetMatches,
  isTarget,
  reachableBurnRate,
  takesNoShare,
} from '../../../../src/slo/lint/budgetChecks';
import type { ObjectiveState } from '../../../../src/slo/status';
import { findingsSide } from '../inputs';
import { type Adapters, adapter } from './adapter';

function expression(text: string): WhenExpression {
  const parsed = parseWhen(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.expression;
}

export const gateAdapters: Adapters = {
  'gate/exit': adapter((g: { cases: (ObjectiveState | 'definition-error')[][]; strict: boolean }) => {
    const outcomes = g.cases.map((states) => gateOutcome(states, g.strict));
    return { outcomes, exitCodes: outcomes.map((outcome) => GATE_EXIT_CODES[outcome]) };
  }),
  'gate/branch': adapter(
    (g: {
      objectives: Record<string, { severity: string; allowed: number }>;
      base: Record<string, number>;
      head: Record<string, number>;
      policy: 'any' | 'no-worse';
    }) => {
      const comparison = compareWithBase(
        Object.entries(g.objectives).map(([name, { severity, allowed }]) => ({
          name,
          base: findingsSide(g.base[severity] ?? 0, allowed),
          head: findingsSide(g.head[severity] ?? 0, allowed),
        })),
      );
      const { newViolations, fixed, inherited, budget } = comparison;
      return { newViolations, fixed, inherited, budget, exitCode: gateFails(comparison, g.policy) ? 1 : 0 };
    },
  ),
};

export const lintAdapters: Adapters = {
  'lint/alert-gap': adapter(
    (g: { objective: { op: ComparisonOperator; value: number }; alert: string; integer: boolean }) => {
      const limit = { operator: g.objective.op, limit: g.objective.value };
      const { ok, integers, suggest } = alertGap(limit, [expression(g.alert)], g.integer);
      return { ok, gap: integers, suggest };
    },
  ),
  'lint/budget-mismatch': adapter((g: { declared: string; target: number }) => ({
    ok: budgetMatches(g.declared, { target: g.target, zeroTolerance: false, countBudget: null }),
  })),
  'lint/zero-tolerance-in-budget': adapter((g: { declared: string; zeroTolerance: boolean }) => {
    const ok = !takesNoShare(g.declared, g.zeroTolerance);
    return { ok, severity: ok ? null : 'info' };
  }),
  'lint/unreachable-burn-rate': adapter((g: { target: number; threshold: number }) => {
    const { ok, max } = reachableBurnRate(g.target, g.threshold);
    return { ok, max };
  }),
  'lint/target-range': adapter((g: { target: number }) => ({ ok: isTarget(g.target) })),
  'lint/budget-under-one-slice': adapter((g: { target: number; windowSlices: number }) => {
    const { allowed, ok } = allowedSlices(g.target, g.windowSlices);
    return { allowedSlices: allowed, ok };
  }),
};
