import {
  budgetConsumed,
  burnRate,
  burnThreshold,
  counterIncrease,
  errorRateAt,
  eventBudget,
  maxBurnRate,
  multiWindowFires,
  outageToTarget,
  sliceBudget,
  timeToExhaustion,
  timeToFire,
} from '../../../../src/slo/budget';
import { windowAt } from '../../../../src/slo/calendar';
import { type ComparisonOperator, compare } from '../../../../src/slo/comparison';
import type { ObjectiveDefinition } from '../../../../src/slo/definition/model';
import { parseDuration } from '../../../../src/slo/duration';
import { evaluateObjective } from '../../../../src/slo/evaluate';
import { buildIndicator } from '../../../../src/slo/indicator';
import type { EventSample, SourceReading } from '../../../../src/slo/indicatorInput';
import { countSlices, passingShare, thresholdSlices } from '../../../../src/slo/slices';
import type { ObjectiveEvaluation } from '../../../../src/slo/verdict';
import { objective, query } from '../inputs';
import { type Adapters, adapter } from './adapter';

const MINUTE = 60_000;
/** On a minute, so that slices line up with the samples below. */
const NOW = Date.parse('2026-01-31T00:00:00Z');

function windowOf(slices: number): ObjectiveDefinition['window'] {
  return { kind: 'rolling', duration: { count: slices, unit: 'm', ms: slices * MINUTE } };
}

function eventsOf(good: number, bad: number, fresh: boolean): readonly EventSample[] {
  const time = fresh ? NOW - MINUTE : NOW - 2 * 3_600_000;
  return Array.from({ length: good + bad }, (_, i) => ({ time, good: i < good, value: null }));
}

function occurrences(
  input: { readonly target: number; readonly minEvents: number },
  events: readonly EventSample[],
): Readonly<Record<string, unknown>> {
  const definition = objective({
    method: 'Occurrences',
    mode: 'window',
    threshold: null,
    target: input.target,
    minEvents: input.minEvents,
    staleAfterMs: 3_600_000,
  });
  const result = evaluateObjective(definition, { kind: 'events', events }, { now: NOW });
  // The figures exist with too few events as well; only the verdict does not.
  const good = events.filter((event) => event.good).length;
  const figures = eventBudget(input.target, good, events.length - good);
  return {
    good,
    total: events.length,
    sli: figures.sli,
    allowedEvents: figures.allowed,
    remaining: figures.remaining,
    status: result.state,
  };
}

function sliceFigures(result: ObjectiveEvaluation): Readonly<Record<string, unknown>> {
  const { figures } = result;
  return {
    allowedSlices: figures?.allowed,
    usedSlices: figures?.used,
    remaining: figures?.remaining,
    sli: figures?.sli,
    sliObserved: figures?.observed,
    coverage: figures?.coverage,
    status: result.state,
  };
}

interface SliceGiven {
  readonly target: number;
  readonly windowSlices: number;
  readonly good: number;
  readonly bad: number;
  readonly nodata: number;
  readonly latest: 'good' | 'bad' | 'nodata';
}

/** One sample a minute (or none), the state named `latest` last; samples count for their own slice only. */
function sampledSlices(given: SliceGiven): ObjectiveEvaluation {
  const order = (['good', 'bad', 'nodata'] as const).toSorted(
    (a, b) => Number(a === given.latest) - Number(b === given.latest),
  );
  const states = order.flatMap((state) => Array.from({ length: given[state] }, () => state));
  const first = NOW - (states.length - 1) * MINUTE;
  const samples = states.flatMap((state, i) =>
    state === 'nodata' ? [] : [{ time: first + i * MINUTE, value: state === 'good' ? 1 : 0 }],
  );
  const definition = objective({
    mode: 'window',
    target: given.target,
    window: windowOf(given.windowSlices),
    staleAfterMs: MINUTE / 2,
  });
  return evaluateObjective(definition, { kind: 'samples', samples }, { now: NOW, watchedFrom: first });
}

export const budgetAdapters: Adapters = {
  'burn-threshold/main': adapter(
    (g: { budgetConsumedPercent: number; windowHours: number; longWindowHours: number }) => ({
      burnRate: burnThreshold(g.budgetConsumedPercent / 100, g.windowHours, g.longWindowHours),
    }),
  ),
  'burn-consumed/main': adapter((g: { burnRate: number; longWindowHours: number; windowHours: number }) => ({
    consumed: budgetConsumed(g.burnRate, g.longWindowHours, g.windowHours),
  })),
  'burn-errorrate/main': adapter((g: { burnRate: number; target: number }) => ({
    errorRate: errorRateAt(g.burnRate, g.target),
  })),
  'burn-exhaustion/main': adapter((g: { windowHours: number; remaining: number; burnRate: number }) => ({
    exhaustionHours: timeToExhaustion(g.windowHours, g.remaining, g.burnRate),
  })),
  'burn-max/main': adapter((g: { target: number; thresholds: number[] }) => {
    const max = maxBurnRate(g.target);
    return { maxBurnRate: max, reachable: g.thresholds.filter((threshold) => compare(threshold, 'lte', max)) };
  }),
  'burn-float/main': adapter((g: { target: number; bad: number; total: number; threshold: number }) => {
    const burn = burnRate(g.target, g.bad, g.total);
    return { burnRate: burn, fires: burn !== null && compare(burn, 'gte', g.threshold) };
  }),
  'burn-detect/main': adapter(
    (g: { target: number; threshold: number; longWindowMinutes: number; sliceMinutes: number; errorRatio: number }) => {
      const { time, slices } = timeToFire({
        target: g.target,
        threshold: g.threshold,
        lookback: g.longWindowMinutes,
        slice: g.sliceMinutes,
        errorRatio: g.errorRatio,
      });
      return { minutes: time, badSlicesNeeded: slices };
    },
  ),
  'burn-multiwindow/main': adapter(
    (g: {
      target: number;
      threshold: number;
      long: { bad: number; total: number };
      short: { bad: number; total: number };
    }) => {
      const burnLong = burnRate(g.target, g.long.bad, g.long.total);
      const burnShort = burnRate(g.target, g.short.bad, g.short.total);
      return { burnLong, burnShort, fires: multiWindowFires([burnLong, burnShort], g.threshold) };
    },
  ),
  'budget-time/main': adapter((g: { target: number; windowMinutes: number }) => ({
    allowedMinutes: sliceBudget(g.target, g.windowMinutes, 0, 0).allowed,
  })),
  'counter/main': adapter((g: { samples: number[] }) => ({ increase: counterIncrease(g.samples) })),
  'timeslices/window': adapter((g: SliceGiven) => sliceFigures(sampledSlices(g))),
  'timeslices/uptime': adapter((g: { totalMinutes: number; downMinutes: number }) => ({
    sli: sliceBudget(0.99, g.totalMinutes, g.totalMinutes - g.downMinutes, g.downMinutes).sli,
  })),
  'timeslices/carry': adapter(
    (g: {
      samples: [number, number][];
      op: ComparisonOperator;
      threshold: number;
      sliceMinutes: number;
      staleAfterMinutes: number;
      elapsedMinutes: number;
    }) => {
      const samples = g.samples.map(([minute, value]) => ({ time: minute * MINUTE, value }));
      const range = {
        from: 0,
        to: g.elapsedMinutes * MINUTE - 1,
        sliceMs: g.sliceMinutes * MINUTE,
        staleAfterMs: g.staleAfterMinutes * MINUTE,
      };
      const counts = countSlices(thresholdSlices(samples, { operator: g.op, limit: g.threshold }, 1, range));
      return { ...counts, coverage: (counts.good + counts.bad) / (counts.good + counts.bad + counts.nodata) };
    },
  ),
  'timeslices/slice': adapter(
    (g: { samples: number[]; op: ComparisonOperator; threshold: number; timeSliceTarget: number }) => {
      const samples = g.samples.map((value, i) => ({ time: i, value }));
      const states = thresholdSlices(samples, { operator: g.op, limit: g.threshold }, g.timeSliceTarget, {
        from: 0,
        to: MINUTE - 1,
        sliceMs: MINUTE,
        staleAfterMs: 0,
      });
      return { share: passingShare(g.samples, g.op, g.threshold), sliceGood: states[0] === 'good' };
    },
  ),
  'timeslices/outage': adapter((g: { target: number; windowSlices: number; sliceMinutes: number }) => ({
    minutes: (sliceBudget(g.target, g.windowSlices, 0, 0).allowed ?? 0) * g.sliceMinutes,
  })),
  'ratio-timeslices/outage': adapter(
    (g: { windowSlices: number; sliceMinutes: number; baseline: number; attack: number; target: number }) => ({
      minutes: outageToTarget({ ...g, slice: g.sliceMinutes }),
    }),
  ),
  'ratio-timeslices/window': adapter(
    (g: {
      target: number;
      windowSlices: number;
      ratios: [number, number][];
      mode: 'current' | 'window';
      fresh: boolean;
    }) => {
      const last = g.fresh ? NOW : NOW - 60 * MINUTE;
      const samples = g.ratios.map(([good, total], i) => ({
        time: last - (g.ratios.length - 1 - i) * MINUTE,
        good,
        total,
      }));
      const definition = objective({
        method: 'RatioTimeslices',
        threshold: null,
        target: g.target,
        window: windowOf(g.windowSlices),
        staleAfterMs: 3 * MINUTE,
      });
      const input = { kind: 'ratios', samples } as const;
      const watched = { now: NOW, watchedFrom: samples[0]?.time ?? NOW };
      const judged = evaluateObjective({ ...definition, mode: 'window' }, input, watched);
      const verdict = evaluateObjective({ ...definition, mode: g.mode }, input, watched);
      return { ...sliceFigures(judged), current: verdict.value, status: verdict.state };
    },
  ),
  'occurrences/counts': adapter((g: { target: number; good: number; bad: number; minEvents: number; fresh: boolean }) =>
    occurrences(g, eventsOf(g.good, g.bad, g.fresh)),
  ),
  'occurrences/values': adapter(
    (g: {
      target: number;
      latencies_ms: (number | null)[];
      op: ComparisonOperator;
      limit_ms: number;
      minEvents: number;
      fresh: boolean;
    }) => {
      const time = g.fresh ? NOW - MINUTE : NOW - 2 * 3_600_000;
      const log: SourceReading = {
        kind: 'log',
        records: g.latencies_ms.map((latency) => ({ time, fields: latency === null ? {} : { latency } })),
      };
      return occurrences(
        g,
        countedEvents(
          log,
          [{ field: 'latency', test: { kind: 'compare', operator: g.op, limit: g.limit_ms } }],
          'latency',
        ),
      );
    },
  ),
  'occurrences/tasks': adapter(
    (g: { target: number; completed: number; failed: number; running: number; minEvents: number; fresh: boolean }) => {
      const time = g.fresh ? NOW - MINUTE : NOW - 2 * 3_600_000;
      const many = (n: number, fields: Readonly<Record<string, boolean>>) =>
        Array.from({ length: n }, () => ({ time, fields }));
      const log: SourceReading = {
        kind: 'log',
        records: [
          ...many(g.completed, { success: true }),
          ...many(g.failed, { success: false }),
          ...many(g.running, {}),
        ],
      };
      return occurrences(
        g,
        countedEvents(log, [{ field: 'success', test: { kind: 'equals', anyOf: [true] } }], 'success'),
      );
    },
  ),
  'occurrences/dedupe': adapter((g: { events: [string, string][]; goodOutcome: string }) => {
    const log: SourceReading = {
      kind: 'log',
      records: g.events.map(([id, outcome], i) => ({ time: NOW - MINUTE + i, id, fields: { outcome } })),
    };
    const events = countedEvents(
      log,
      [{ field: 'outcome', test: { kind: 'equals', anyOf: [g.goodOutcome] } }],
      'outcome',
    );
    return occurrences({ target: 0.95, minEvents: 0 }, events);
  }),
  'calendar/main': adapter(
    (g: { startTime: string; timeZone: string; duration: string; now: string; target: number }) => {
      const duration = parseDuration(g.duration);
      if (!duration) throw new Error(`${g.duration} is no duration`);
      const window = windowAt(
        { kind: 'calendar', duration, startTime: g.startTime, timeZone: g.timeZone },
        Date.parse(g.now),
      );
      if (!window) throw new Error('no window');
      const windowMinutes = (window.end - window.start) / MINUTE;
      return {
        windowStart: new Date(window.start).toISOString(),
        windowEnd: new Date(window.end).toISOString(),
        windowMinutes,
        allowedMinutes: sliceBudget(g.target, windowMinutes, 0, 0).allowed,
      };
    },
  ),
};

/** Events as the interpreter counts them from a log: eligible with `field`, good by `where`. */
function countedEvents(
  log: SourceReading,
  where: ReturnType<typeof query>['where'],
  field: string,
): readonly EventSample[] {
  const total = query({ query: 'count', where: [{ field, test: { kind: 'exists', expected: true } }] });
  const numerator = query({ query: 'count', where });
  const definition = objective({
    method: 'Occurrences',
    mode: 'window',
    threshold: null,
    indicator: { kind: 'ratio', counter: true, part: 'good', numerator, total },
  });
  const input = buildIndicator(definition, () => log, { now: NOW });
  if (input.kind !== 'events') throw new Error(`expected events, got ${input.kind}`);
  return input.events;
}
