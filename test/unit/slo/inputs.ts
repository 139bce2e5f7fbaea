/** Inputs that several tests share. */
import assert from 'node:assert/strict';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import type { AlertPolicyDefinition, MetricQuery, ObjectiveDefinition } from '../../../src/slo/definition/model';
import { evaluateObjective } from '../../../src/slo/evaluate';
import type { GateSide } from '../../../src/slo/gate';
import { gateSide } from '../../../src/slo/gateSides';
import { buildIndicator } from '../../../src/slo/indicator';
import type { SourceReading, SourceRecord } from '../../../src/slo/indicatorInput';

export const NOW = Date.parse('2026-11-01T00:00:00Z');

export function defaultDefinition() {
  const { definition, problems } = loadDefinition([{ file: 'default.slo.yaml', text: DEFAULT_DEFINITION_TEXT }]);
  assert.ok(definition, JSON.stringify(problems));
  return definition;
}

export function entities(records: readonly SourceRecord['fields'][], takenAt = NOW): SourceReading {
  return { kind: 'entities', takenAt, records: records.map((fields) => ({ time: null, fields })) };
}

export function repeated(count: number, fields: SourceRecord['fields']): SourceRecord['fields'][] {
  return Array.from({ length: count }, () => fields);
}

const PLACE = { file: 'test', line: 0, column: 0, endLine: 0, endColumn: 0 };
const QUERY: MetricQuery = {
  source: 'source',
  query: 'last',
  where: [],
  field: 'value',
  scale: 1,
  overMs: null,
  minSamples: 0,
  minSpanMs: 0,
  across: null,
};

/** A threshold objective in mode current, `value >= 1`, stale after 3 minutes; anything can be replaced. */
export function objective(changes: Partial<ObjectiveDefinition> = {}): ObjectiveDefinition {
  return {
    name: 'objective',
    displayName: 'Objective',
    description: '',
    service: 'service',
    indicator: { kind: 'threshold', query: QUERY },
    method: 'Timeslices',
    mode: 'current',
    threshold: { operator: 'gte', limit: 1 },
    target: 0.99,
    timeSliceTarget: 1,
    sliceMs: 60_000,
    window: { kind: 'rolling', duration: { count: 30, unit: 'd', ms: 30 * 86_400_000 } },
    staleAfterMs: 180_000,
    zeroTolerance: false,
    countBudget: null,
    minEvents: 0,
    unit: '',
    targetText: 'the target',
    drilldown: null,
    runbook: null,
    seed: null,
    assumed: [],
    alertPolicies: [],
    place: PLACE,
    ...changes,
  };
}

export function query(changes: Partial<MetricQuery> = {}): MetricQuery {
  return { ...QUERY, ...changes };
}

/** A P1 policy `value < 6` that fires at once and announces everything; anything can be replaced. */
export function policy(changes: Partial<AlertPolicyDefinition> = {}): AlertPolicyDefinition {
  return {
    name: 'policy',
    displayName: 'Policy',
    description: '',
    severity: 'P1',
    whenBreaching: true,
    whenResolved: true,
    whenNoData: false,
    when: 'value < 6',
    clearWhen: null,
    burn: { operator: 'gte', threshold: 1, lookbackMs: 60_000, shortMs: null },
    alertAfterMs: 0,
    keepFiringForMs: 0,
    edge: false,
    inhibits: [],
    minEvents: 0,
    budgetConsumed: null,
    runbook: null,
    seed: null,
    assumed: [],
    targets: [],
    place: PLACE,
    ...changes,
  };
}

/** A side as the gate has it: so many findings, read and judged under an objective that allows some of them. */
export function findingsSide(findings: number, allowed: number): GateSide {
  const definition = objective({
    threshold: { operator: 'lte', limit: allowed },
    zeroTolerance: allowed === 0,
    countBudget: allowed > 0 ? allowed : null,
    indicator: { kind: 'threshold', query: query({ query: 'count', field: null }) },
  });
  const reading = entities(repeated(findings, {}));
  const input = buildIndicator(definition, () => reading, { now: NOW });
  const { state, value, budget } = evaluateObjective(definition, input, { now: NOW });
  return gateSide(definition, { state, value, remaining: budget?.remaining ?? null });
}
