import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateObjective } from '../../../src/slo/evaluate';
import type { EventSample, IndicatorInput, ProxyInput } from '../../../src/slo/indicatorInput';
import { isUnknown, type ObjectiveState } from '../../../src/slo/status';
import { budgetText } from '../../../src/slo/text';
import { NOW, objective } from './inputs';

const MINUTE = 60_000;
const evaluate = (
  definition: ReturnType<typeof objective>,
  input: IndicatorInput,
  proxy: ProxyInput | null = null,
  watchedFrom = NOW,
) => evaluateObjective(definition, input, { now: NOW, watchedFrom, proxy });
const gauge = (value: number, ageMinutes = 0): IndicatorInput => ({
  kind: 'samples',
  samples: [{ time: NOW - ageMinutes * MINUTE, value }],
});
const proxy = (value: number, ageMinutes = 0): ProxyInput => ({
  label: 'unclosed sites',
  value,
  observedAt: NOW - ageMinutes * MINUTE,
  staleAfterMs: 60 * MINUTE,
  valueText: String(value),
});
const RANK: Readonly<Record<ObjectiveState, number>> = {
  meeting: 2,
  at_risk: 1,
  violating: 0,
  no_data: -1,
  stale: -1,
  error: -1,
};

describe('states', () => {
  it('meeting, violating, stale and no data of a current value', () => {
    assert.equal(evaluate(objective(), gauge(1)).state, 'meeting');
    assert.equal(evaluate(objective(), gauge(0)).state, 'violating');
    assert.equal(evaluate(objective(), gauge(1, 3)).state, 'meeting', 'exactly at the limit');
    const stale = evaluate(objective(), gauge(1, 3.1));
    assert.deepEqual([stale.state, stale.value], ['stale', 1]);
    assert.equal(evaluate(objective(), { kind: 'none', reason: 'no file' }).reason, 'no file');
    assert.equal(evaluate(objective(), gauge(Number.NaN)).state, 'no_data');
  });

  it('a failing source keeps its last good reading for stale-after, then is an error', () => {
    const failing = (minutes: number, lastGood: IndicatorInput | null): IndicatorInput => ({
      kind: 'error',
      reason: 'exit 2',
      since: NOW - minutes * MINUTE,
      lastGood: lastGood as Extract<IndicatorInput, { kind: 'samples' }> | null,
    });
    assert.equal(evaluate(objective(), failing(1, gauge(1, 1))).state, 'meeting');
    assert.match(evaluate(objective(), failing(1, gauge(1, 1))).reason, /exit 2/);
    assert.equal(evaluate(objective(), failing(1, gauge(1, 9))).state, 'stale');
    assert.equal(evaluate(objective(), failing(4, gauge(1, 1))).state, 'error');
    const first = evaluate(objective(), failing(0, null));
    assert.deepEqual([first.state, first.value, first.valueText], ['error', null, '–']);
  });

  it('too few events are no data; old ones are stale; events outside the window are none', () => {
    const definition = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.95,
      minEvents: 20,
      staleAfterMs: 60 * MINUTE,
    });
    const events = (n: number, ageMinutes: number): IndicatorInput => ({
      kind: 'events',
      events: Array.from({ length: n }, () => ({ time: NOW - ageMinutes * MINUTE, good: true, value: null })),
    });
    assert.equal(evaluate(definition, events(20, 1)).state, 'meeting');
    assert.equal(evaluate(definition, events(19, 1)).state, 'no_data');
    assert.equal(evaluate(definition, events(20, 61)).state, 'stale');
    assert.match(evaluate(definition, events(244, 420 * 1440)).reason, /within the window; the newest is 420 d old/);
    assert.equal(evaluate(definition, { kind: 'events', events: [] }).state, 'no_data');
  });

  it('half of the watched slices silent is no data; unwatched time is a gap', () => {
    const definition = objective({ mode: 'window' });
    const samples: IndicatorInput = gauge(1, 0);
    assert.equal(evaluate(definition, samples, null, NOW).state, 'meeting');
    const watched = evaluate(definition, samples, null, NOW - 10 * MINUTE);
    assert.equal(watched.state, 'no_data');
    assert.deepEqual([watched.figures?.good, watched.figures?.nodata], [1, 10]);
  });

  it('one bad minute of a tracker ten minutes old uses one of 432 minutes, and is at risk while it is the newest', () => {
    const definition = objective({ mode: 'window' });
    const samples = Array.from({ length: 10 }, (_, i) => ({ time: NOW - (9 - i) * MINUTE, value: i === 9 ? 0 : 1 }));
    const result = evaluate(definition, { kind: 'samples', samples }, null, NOW - 9 * MINUTE);
    assert.equal(result.state, 'at_risk');
    assert.ok(result.budget);
    assert.equal(budgetText(result.budget, definition), '1 of 432 min used (99.7% left)');
    assert.equal(result.figures?.observed, 0.9);
    const recovered = evaluate(
      definition,
      { kind: 'samples', samples: samples.map((s, i) => ({ ...s, value: i === 3 ? 0 : 1 })) },
      null,
      NOW - 9 * MINUTE,
    );
    assert.equal(recovered.state, 'meeting');
  });

  it('zero tolerance in window mode forgives nothing', () => {
    const definition = objective({ mode: 'window', zeroTolerance: true, target: 0.9999 });
    const samples = Array.from({ length: 10 }, (_, i) => ({ time: NOW - (9 - i) * MINUTE, value: i === 3 ? 0 : 1 }));
    const result = evaluate(definition, { kind: 'samples', samples }, null, NOW - 9 * MINUTE);
    assert.deepEqual([result.state, result.budget?.exhausted, result.budget?.remaining], ['violating', true, null]);
  });

  it('budgets in words', () => {
    const findings = objective({ threshold: { operator: 'lt', limit: 5 }, countBudget: 4, unit: 'findings' });
    const count = evaluate(findings, gauge(34)).budget;
    assert.ok(count);
    assert.equal(budgetText(count, findings), '34 findings, 4 allowed');
    const none = objective({ threshold: { operator: 'lte', limit: 0 }, zeroTolerance: true, unit: 'findings' });
    const zero = evaluate(none, gauge(1)).budget;
    assert.ok(zero);
    assert.equal(budgetText(zero, none), '1 finding, 0 allowed');
  });

  it('what is counted in whole things is told in whole things, with its noun', () => {
    const budget = { kind: 'events', allowed: 1007.1, used: 473, remaining: 0.5303, exhausted: false };
    assert.equal(budgetText(budget, objective({ unit: 'ms' })), '473 bad events, 1007 allowed (53% left)');
    assert.equal(
      budgetText({ ...budget, used: 1, allowed: 1.9999999999 }, objective()),
      '1 bad event, 2 allowed (53% left)',
    );
    assert.equal(
      budgetText(
        { kind: 'count', allowed: 0.5, used: 0.25, remaining: 0.5, exhausted: false },
        objective({ unit: 'ratio' }),
      ),
      '0.25, 0 allowed',
    );
  });
});

describe('proxies', () => {
  const handles = objective({ threshold: { operator: 'lt', limit: 100 } });
  const none: IndicatorInput = { kind: 'none', reason: 'no samples' };

  it('can violate, never meet', () => {
    assert.equal(evaluate(handles, none, proxy(120)).state, 'violating');
    assert.equal(evaluate(handles, none, proxy(120)).proxy?.used, true);
    const kept = evaluate(handles, none, proxy(7));
    assert.deepEqual([kept.state, kept.proxy?.used, kept.value], ['no_data', false, null]);
    assert.match(kept.reason, /stand-in: unclosed sites 7/);
  });

  it('count only while the real source has no data, and only while fresh', () => {
    assert.equal(evaluate(handles, gauge(5), proxy(120)).state, 'meeting');
    assert.equal(evaluate(handles, gauge(5, 9), proxy(120)).state, 'stale');
    assert.equal(evaluate(handles, none, proxy(120, 61)).state, 'no_data');
    assert.equal(evaluate(handles, none, proxy(Number.NaN)).state, 'no_data');
  });

  it('never make anything green, whatever the figure', () => {
    fc.assert(
      fc.property(fc.double(), fc.constantFrom('lt', 'lte', 'gt', 'gte'), (value, operator) => {
        const state = evaluate(objective({ threshold: { operator, limit: 100 } }), none, proxy(value)).state;
        assert.ok(state === 'violating' || state === 'no_data');
      }),
    );
  });
});

describe('properties', () => {
  const value = fc.double({ min: -1000, max: 1000, noNaN: true });
  const operator = fc.constantFrom('lt', 'lte', 'gt', 'gte') as fc.Arbitrary<'lt' | 'lte' | 'gt' | 'gte'>;
  const age = fc.integer({ min: 0, max: 10 });

  it('a worse value never improves the state', () => {
    fc.assert(
      fc.property(value, value, value, operator, fc.boolean(), (a, b, limit, op, zeroTolerance) => {
        const better = op.startsWith('g') ? Math.max(a, b) : Math.min(a, b);
        const worse = better === a ? b : a;
        const definition = objective({ threshold: { operator: op, limit }, zeroTolerance });
        assert.ok(RANK[evaluate(definition, gauge(worse)).state] <= RANK[evaluate(definition, gauge(better)).state]);
      }),
    );
  });

  it('an older, failing or missing source never turns green', () => {
    fc.assert(
      fc.property(value, value, operator, age, (v, limit, op, minutes) => {
        const definition = objective({ threshold: { operator: op, limit } });
        const fresh = evaluate(definition, gauge(v)).state;
        const aged = evaluate(definition, gauge(v, minutes)).state;
        assert.ok(aged === fresh || isUnknown(aged));
        assert.ok(
          isUnknown(
            evaluate(definition, {
              kind: 'error',
              reason: 'x',
              since: NOW - 10 * MINUTE,
              lastGood: { kind: 'samples', samples: [{ time: NOW, value: v }] },
            }).state,
          ),
        );
      }),
    );
  });

  const events = fc.array(
    fc.record({
      time: fc.integer({ min: 0, max: 50 }).map((m) => NOW - m * MINUTE),
      good: fc.boolean(),
      value: fc.constant(null),
    }),
    { maxLength: 60 },
  );
  const inOrder = (list: readonly EventSample[]) => list.toSorted((a, b) => a.time - b.time);

  it('one more bad event never improves a measured state, and turning a bad event good never worsens it', () => {
    const definition = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.9,
      staleAfterMs: 60 * MINUTE,
    });
    const state = (list: readonly EventSample[]) =>
      evaluate(definition, { kind: 'events', events: inOrder(list) }).state;
    fc.assert(
      fc.property(events, (list) => {
        const before = state(list);
        if (!isUnknown(before))
          assert.ok(RANK[state([...list, { time: NOW, good: false, value: null }])] <= RANK[before]);
        assert.ok(RANK[state(list.map((event) => ({ ...event, good: true })))] >= RANK[before]);
        assert.equal(state([]), 'no_data');
      }),
    );
  });

  it('a bad sample in a slice never improves a window over slices', () => {
    const definition = objective({
      mode: 'window',
      target: 0.9,
      window: { kind: 'rolling', duration: { count: 60, unit: 'm', ms: 60 * MINUTE } },
    });
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1 });
    fc.assert(
      fc.property(minutes, fc.infiniteStream(fc.boolean()), fc.nat(), (list, up, pick) => {
        const samples = list
          .toSorted((a, b) => b - a)
          .map((minute) => ({ time: NOW - minute * MINUTE, value: up.next().value ? 1 : 0 }));
        const worse = samples.map((sample, i) => (i === pick % samples.length ? { ...sample, value: 0 } : sample));
        const state = (of: typeof samples) =>
          evaluate(definition, { kind: 'samples', samples: of }, null, NOW - 59 * MINUTE).state;
        assert.ok(RANK[state(worse)] <= RANK[state(samples)]);
      }),
    );
  });
});
