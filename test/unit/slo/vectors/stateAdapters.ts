import { conditionHolds, termReader } from '../../../../src/slo/alerts/conditionTerms';
import type { ComparisonOperator } from '../../../../src/slo/comparison';
import { evaluateComposite } from '../../../../src/slo/composite';
import type { ObjectiveDefinition } from '../../../../src/slo/definition/model';
import { DAY_MS } from '../../../../src/slo/duration';
import { evaluateObjective } from '../../../../src/slo/evaluate';
import { History } from '../../../../src/slo/history/history';
import type { PastSlices } from '../../../../src/slo/history/past';
import { Recorder } from '../../../../src/slo/history/recorder';
import { buildIndicator } from '../../../../src/slo/indicator';
import type { IndicatorInput, SourceReading } from '../../../../src/slo/indicatorInput';
import { compositeRatio, countStates, headlineText, percentText, serviceState } from '../../../../src/slo/rollup';
import type { ObjectiveState } from '../../../../src/slo/status';
import type { ObjectiveEvaluation } from '../../../../src/slo/verdict';
import { objective, query } from '../inputs';
import { type Adapters, adapter } from './adapter';

const NOW = Date.parse('2026-01-31T00:00:00Z');
const MINUTE = 60_000;

/** Truth of each expression over an evaluation. */
export function alertTruths(
  evaluation: ObjectiveEvaluation,
  alerts: Readonly<Record<string, string>> = {},
): Record<string, boolean | null> {
  const read = termReader(evaluation, { now: NOW, history: [], minEvents: 0 });
  return Object.fromEntries(Object.entries(alerts).map(([name, when]) => [name, conditionHolds(when, read)]));
}

/** An objective over a count that we took now. */
export function counted(active: number, total: number, op: ComparisonOperator, threshold: number): ObjectiveEvaluation {
  const definition = objective({
    threshold: { operator: op, limit: threshold },
    indicator: {
      kind: 'threshold',
      query: query({
        query: 'count',
        field: null,
        where: [{ field: 'active', test: { kind: 'equals', anyOf: [true] } }],
      }),
    },
  });
  const reading: SourceReading = {
    kind: 'entities',
    takenAt: NOW,
    records: Array.from({ length: total }, (_, i) => ({ time: null, fields: { active: i < active } })),
  };
  return evaluateObjective(
    definition,
    buildIndicator(definition, () => reading, { now: NOW }),
    { now: NOW },
  );
}

interface SeedGiven {
  readonly value: number | null;
  readonly op: ComparisonOperator;
  readonly threshold: number;
  readonly mode: 'current' | 'window';
  readonly sourceState: 'ok' | 'error';
  readonly fresh: boolean | null;
  readonly zeroTolerance: boolean;
  readonly countBudget: number | null;
  readonly total?: number;
  readonly good?: number;
  readonly alerts?: Readonly<Record<string, string>>;
  readonly inhibits?: Readonly<Record<string, readonly string[] | string>>;
}

function seed(g: SeedGiven): Readonly<Record<string, unknown>> {
  const isRatio = g.good !== undefined && g.total !== undefined;
  const definition = objective({
    mode: g.mode,
    threshold: isRatio ? null : { operator: g.op, limit: g.threshold },
    target: isRatio ? g.threshold : 0.99,
    method: isRatio ? 'RatioTimeslices' : 'Timeslices',
    zeroTolerance: g.zeroTolerance,
    countBudget: g.countBudget,
  });
  const time = g.fresh === false ? NOW - definition.staleAfterMs - 1 : NOW;
  let input: IndicatorInput;
  if (g.sourceState === 'error')
    input = { kind: 'error', reason: 'the check could not run', since: NOW, lastGood: null };
  else if (g.good !== undefined && g.total !== undefined)
    input = { kind: 'ratios', samples: [{ time, good: g.good, total: g.total }] };
  else if (g.value === null) input = { kind: 'none', reason: 'no value' };
  else input = { kind: 'samples', samples: [{ time, value: g.value }] };
  const result = evaluateObjective(definition, input, { now: NOW });
  const alerts = alertTruths(result, g.alerts);
  const inhibited = Object.entries(g.inhibits ?? {}).flatMap(([name, others]) =>
    alerts[name] === true ? [others].flat() : [],
  );
  const value = result.value;
  return {
    status: result.state,
    value,
    ofTarget: value === null ? null : value / g.threshold,
    ofTotal: value === null || g.total === undefined ? null : value / g.total,
    countAllowed: result.budget?.allowed,
    countUsed: result.budget?.used,
    remaining: result.budget?.remaining,
    exhausted: result.budget?.exhausted,
    alerts,
    notifies: Object.keys(alerts).filter((name) => alerts[name] === true && !inhibited.includes(name)),
  };
}

/** One look a minute up to now, each good but those named. */
function watchedSlices(
  definition: ObjectiveDefinition,
  slices: number,
  bad: ReadonlySet<number>,
): { readonly input: IndicatorInput; readonly past: PastSlices } {
  const first = NOW - (slices - 1) * MINUTE;
  const recorder = new Recorder(new History(first - (first % DAY_MS)));
  let last = { input: { kind: 'none', reason: 'no look' } as IndicatorInput, past: null as PastSlices | null };
  for (let slice = 0; slice < slices; slice++) {
    const now = first + slice * MINUTE;
    const input: IndicatorInput = { kind: 'samples', samples: [{ time: now, value: bad.has(slice) ? 0 : 1 }] };
    last = { input, past: recorder.observe(definition, input, { now, watchedFrom: first }) };
  }
  const { input, past } = last;
  if (!past) throw new Error('no slices');
  return { input, past };
}

export const stateAdapters: Adapters = {
  'seed/main': adapter(seed),
  'agents/idle': adapter(
    (g: {
      idleMinutes: number[];
      withinMinutes: number;
      op: ComparisonOperator;
      threshold: number;
      alerts: Record<string, string>;
    }) => {
      const active = g.idleMinutes.filter((age) => age <= g.withinMinutes).length;
      const result = counted(active, g.idleMinutes.length, g.op, g.threshold);
      return {
        total: g.idleMinutes.length,
        active: result.value,
        status: result.state,
        alerts: alertTruths(result, g.alerts),
      };
    },
  ),
  'growth/main': adapter(
    (g: {
      samples_min_MB: [number, number][];
      op: ComparisonOperator;
      threshold: number;
      minSamples: number;
      minSpanMinutes: number;
      restartDropShare: number;
    }) => {
      const last = g.samples_min_MB.at(-1)?.[0] ?? 0;
      const reading: SourceReading = {
        kind: 'log',
        records: g.samples_min_MB.map(([minute, mb]) => ({
          time: NOW - (last - minute) * MINUTE,
          fields: { rss: mb * 1e6 },
        })),
      };
      if (g.restartDropShare !== 0.5) throw new Error('the share of a restart is fixed at 0.5');
      const slope = query({
        query: 'slopePerHour',
        field: 'rss',
        scale: 1e-6,
        overMs: Math.max(60, last) * MINUTE,
        minSamples: g.minSamples,
        minSpanMs: g.minSpanMinutes * MINUTE,
        across: 'max',
      });
      const definition = objective({
        threshold: { operator: g.op, limit: g.threshold },
        indicator: { kind: 'threshold', query: slope },
      });
      const result = evaluateObjective(
        definition,
        buildIndicator(definition, () => reading, { now: NOW }),
        { now: NOW },
      );
      return { slopeMBperHour: result.value, status: result.state };
    },
  ),
  'rollup/objectives': adapter((g: { objectives: ObjectiveState[] }) => {
    const counts = countStates(g.objectives);
    return {
      meeting: counts.met,
      violating: counts.violating,
      unknown: counts.unknown,
      defined: counts.defined,
      complianceMeasured: counts.compliance,
      coverage: counts.coverage,
      complianceOfDefined: counts.complianceOfDefined,
      label: headlineText(counts),
    };
  }),
  'rollup/services': adapter((g: { services: Record<string, ObjectiveState[]>; rollup: 'all' | 'ignore-unknown' }) => {
    const serviceStates = Object.fromEntries(
      Object.entries(g.services).map(([name, states]) => [name, serviceState(states, g.rollup)]),
    );
    const counts = countStates(Object.values(serviceStates));
    return {
      serviceStates,
      meeting: counts.met,
      violating: counts.violating,
      unknown: counts.unknown,
      defined: counts.defined,
      complianceMeasured: counts.compliance,
      complianceOfDefined: counts.complianceOfDefined,
    };
  }),
  'rollup/percent': adapter((g: { value: number }) => ({ display: percentText(g.value) })),
  'rollup/composite-timeslices': adapter((g: { slices: number; badSlices: Record<string, number[]> }) => {
    const window = { kind: 'rolling', duration: { count: g.slices, unit: 'm', ms: g.slices * MINUTE } } as const;
    const definition = objective({ mode: 'window', window });
    const parts = Object.values(g.badSlices).map((bad) => {
      const { input, past } = watchedSlices(definition, g.slices, new Set(bad));
      return { evaluation: evaluateObjective(definition, input, { now: NOW, past }), weight: 1 };
    });
    const { figures } = evaluateComposite(definition, parts, { now: NOW });
    return { bad: figures?.bad, sli: figures?.sli };
  }),
  'rollup/composite-ratio': adapter((g: { components: { sli: number; weight: number }[] }) => ({
    sli: compositeRatio(g.components),
  })),
};
