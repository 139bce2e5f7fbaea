import assert from 'node:assert/strict';
import fc from 'fast-check';
import { termReader } from '../../../src/slo/alerts/conditionTerms';
import { type AlertMemories, type AlertTick, evaluateAlerts } from '../../../src/slo/alerts/evaluateAlerts';
import type { AlertPolicyDefinition } from '../../../src/slo/definition/model';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { evaluateDefinition } from '../../../src/slo/evaluateDefinition';
import type { EventSample, IndicatorInput, SourceReading } from '../../../src/slo/indicatorInput';
import { defaultDefinition, entities, NOW, objective, policy, repeated } from './inputs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ticks of one objective; null is a tick without data. */
function run(
  policies: readonly AlertPolicyDefinition[],
  series: readonly (readonly [number, number | null])[],
): readonly AlertTick[] {
  const definition = objective({ alertPolicies: policies.map(({ name }) => name) });
  let memories: AlertMemories = {};
  return series.map(([minute, value]) => {
    const now = NOW + minute * MINUTE;
    const input: IndicatorInput =
      value === null ? { kind: 'none', reason: 'no sample' } : { kind: 'samples', samples: [{ time: now, value }] };
    const tick = evaluateAlerts({ policies }, [evaluateObjective(definition, input, { now })], memories, { now });
    memories = tick.memories;
    return tick;
  });
}

const states = (ticks: readonly AlertTick[]) => ticks.map((tick) => tick.alerts[0]?.state);
const kinds = (ticks: readonly AlertTick[]) => ticks.map((tick) => tick.announcements.map(({ kind }) => kind).join());

describe('alerts', () => {
  it('wait for alertAfter, and a false in between starts again', () => {
    const ticks = run(
      [policy({ alertAfterMs: 2 * MINUTE })],
      [
        [0, 5],
        [1, 5],
        [2, 9],
        [3, 5],
        [4, 5],
        [5, 5],
      ],
    );
    assert.deepEqual(states(ticks), ['pending', 'pending', 'inactive', 'pending', 'pending', 'firing']);
    assert.deepEqual(kinds(ticks), ['', '', '', '', '', 'fire']);
  });

  it('keep firing until the clear condition has held long enough', () => {
    const ticks = run(
      [policy({ keepFiringForMs: 5 * MINUTE })],
      [
        [0, 5],
        [3, 9],
        [4, 5],
        [8, 9],
        [9, 9],
        [10, 9],
      ],
    );
    assert.deepEqual(states(ticks), ['firing', 'firing', 'firing', 'firing', 'resolved', 'inactive']);
  });

  it('announce nothing of P3, and nothing that the policy silences, but log it', () => {
    const quiet = run(
      [policy({ severity: 'P3' })],
      [
        [0, 5],
        [1, 9],
      ],
    );
    assert.deepEqual(kinds(quiet), ['', '']);
    assert.deepEqual(
      quiet.map((tick) => tick.log.map(({ kind }) => kind).join()),
      ['fire', 'resolve'],
    );
    assert.deepEqual(
      kinds(
        run(
          [policy({ whenResolved: false })],
          [
            [0, 5],
            [1, 9],
          ],
        ),
      ),
      ['fire', ''],
    );
    assert.deepEqual(
      kinds(
        run(
          [policy({ whenBreaching: false })],
          [
            [0, 5],
            [1, 9],
          ],
        ),
      ),
      ['', ''],
    );
  });

  it('an inhibited fire is announced when inhibition ends', () => {
    const p1 = policy({ name: 'p1', inhibits: ['p2'] });
    const p2 = policy({ name: 'p2', severity: 'P2', when: 'value < 8' });
    const ticks = run(
      [p1, p2],
      [
        [0, 5],
        [1, 7],
        [2, 9],
      ],
    );
    assert.deepEqual(
      ticks.map((tick) => tick.announcements.map(({ kind, policy: { name } }) => `${kind} ${name}`)),
      [['fire p1'], ['resolve p1', 'fire p2'], ['resolve p2']],
    );
    assert.equal(ticks[0]?.alerts[1]?.inhibitedBy, 'p1');
  });

  it('a changed condition resets pending, not firing', () => {
    const definition = objective({ alertPolicies: ['policy'] });
    const tick = (when: string, memories: AlertMemories, minute: number, alertAfterMs: number) => {
      const now = NOW + minute * MINUTE;
      const evaluation = evaluateObjective(
        definition,
        { kind: 'samples', samples: [{ time: now, value: 5 }] },
        { now },
      );
      return evaluateAlerts({ policies: [policy({ when, alertAfterMs })] }, [evaluation], memories, { now });
    };
    const pending = tick('value < 6', {}, 0, 2 * MINUTE);
    assert.equal(tick('value < 7', pending.memories, 2, 2 * MINUTE).alerts[0]?.state, 'pending');
    assert.equal(tick('value < 6', pending.memories, 2, 2 * MINUTE).alerts[0]?.state, 'firing');
    const firing = tick('value < 6', {}, 0, 0);
    const changed = tick('value < 7', firing.memories, 1, 10 * MINUTE);
    assert.deepEqual([changed.alerts[0]?.state, changed.alerts[0]?.since], ['firing', NOW]);
  });

  it('no data never resolves, whatever came before', () => {
    const value = fc.option(fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        const found = states(
          run(
            [policy({ clearWhen: 'value >= 7', keepFiringForMs: 2 * MINUTE })],
            values.map((v, i) => [i, v] as const),
          ),
        );
        values.forEach((v, i) => {
          const before = i === 0 ? 'inactive' : found[i - 1] === 'resolved' ? 'inactive' : found[i - 1];
          if (v === null) assert.equal(found[i], before);
        });
      }),
    );
  });

  it('notice a source that disappears altogether, once it has been silent too long', () => {
    const ticks = run(
      [policy({ whenNoData: true })],
      [
        [0, 9],
        [2, null],
        [3, null],
        [4, null],
        [5, 9],
        [6, 9],
      ],
    );
    assert.deepEqual(kinds(ticks), ['', '', '', 'fire-no-data', 'resolve-no-data', '']);
    assert.deepEqual(
      kinds(
        run(
          [policy({ whenNoData: true })],
          [
            [0, null],
            [600, null],
          ],
        ),
      ),
      ['', ''],
      'never there, never silent',
    );
  });

  it('survive being written and read as JSON', () => {
    const [tick] = run([policy()], [[0, 5]]);
    assert.deepEqual(JSON.parse(JSON.stringify(tick?.memories)), tick?.memories);
  });
});

describe('terms of conditions', () => {
  const events = (list: readonly EventSample[]) => {
    const definition = objective({
      method: 'Occurrences',
      mode: 'window',
      threshold: null,
      target: 0.95,
      staleAfterMs: HOUR,
    });
    return evaluateObjective(definition, { kind: 'events', events: list }, { now: NOW });
  };
  const event = (minutesAgo: number, good: boolean, value: number | null = null): EventSample => ({
    time: NOW - minutesAgo * MINUTE,
    good,
    value,
  });
  const reader = (list: readonly EventSample[], minEvents = 0) =>
    termReader(events(list.toSorted((a, b) => a.time - b.time)), { now: NOW, history: [], minEvents });

  it('sli and burn over events; unknown without them or with too few', () => {
    const list = [event(90, false), ...Array.from({ length: 19 }, () => event(10, true)), event(5, false)];
    assert.equal(reader(list)({ kind: 'sli', overMs: HOUR }), 0.95);
    assert.ok(Math.abs((reader(list)({ kind: 'burn', overMs: HOUR }) ?? 0) - 1) < 1e-9);
    assert.equal(reader(list, 21)({ kind: 'sli', overMs: HOUR }), null);
    assert.equal(reader(list)({ kind: 'sli', overMs: MINUTE }), null);
  });

  it('burn over slices is unknown until half of them are known', () => {
    const definition = objective({ mode: 'window', target: 0.99 });
    const burn = (minutes: number) => {
      const samples = Array.from({ length: minutes }, (_, i) => ({ time: NOW - (minutes - 1 - i) * MINUTE, value: 0 }));
      const watchedFrom = NOW - (minutes - 1) * MINUTE;
      const evaluation = evaluateObjective(definition, { kind: 'samples', samples }, { now: NOW, watchedFrom });
      return termReader(evaluation, { now: NOW, watchedFrom, history: [], minEvents: 0 })({
        kind: 'burn',
        overMs: HOUR,
      });
    };
    assert.equal(burn(29), null);
    assert.ok(Math.abs((burn(30) ?? 0) - 100) < 1e-9);
    assert.ok(Math.abs((burn(120) ?? 0) - 100) < 1e-9);
  });

  it('median(p95) needs 24 whole hours with events', () => {
    const hourly = (hours: number) => Array.from({ length: hours }, (_, i) => event(60 * i + 30, true, 100 + i));
    assert.equal(reader(hourly(23))({ kind: 'medianP95', overMs: 168 * HOUR }), null);
    assert.equal(reader(hourly(24))({ kind: 'medianP95', overMs: 168 * HOUR }), 111.5);
    assert.equal(reader([event(1, true, 10), event(2, true, 30)])({ kind: 'p95', overMs: HOUR }), 30);
    assert.equal(reader([event(1, true)])({ kind: 'p95', overMs: HOUR }), null);
  });

  it('a stale, failed or proxy value is unknown', () => {
    const read = (input: IndicatorInput, proxyValue?: number) => {
      const proxy =
        proxyValue === undefined
          ? null
          : { label: 'p', value: proxyValue, observedAt: NOW, staleAfterMs: HOUR, valueText: '' };
      return termReader(evaluateObjective(objective(), input, { now: NOW, proxy }), {
        now: NOW,
        history: [],
        minEvents: 0,
      })({ kind: 'value' });
    };
    assert.equal(read({ kind: 'samples', samples: [{ time: NOW - 4 * MINUTE, value: 5 }] }), null);
    assert.equal(read({ kind: 'error', reason: 'x', since: NOW, lastGood: null }), null);
    assert.equal(read({ kind: 'none', reason: 'x' }, -5), null);
  });

  it('delta looks back on a value that was fresh then', () => {
    const evaluation = evaluateObjective(
      objective(),
      { kind: 'samples', samples: [{ time: NOW, value: 13 }] },
      { now: NOW },
    );
    const delta = (minutesAgo: number) =>
      termReader(evaluation, { now: NOW, history: [{ time: NOW - minutesAgo * MINUTE, value: 14 }], minEvents: 0 })({
        kind: 'delta',
        overMs: MINUTE,
      });
    assert.equal(delta(1), -1);
    assert.equal(delta(4), -1, 'carried');
    assert.equal(delta(5), null, 'too old by then');
    assert.equal(delta(0), null, 'not that old yet');
  });
});

describe("the seed's alerts", () => {
  const definition = defaultDefinition();
  const firing = (sources: Readonly<Record<string, (now: number) => SourceReading>>) => {
    let memories: AlertMemories = {};
    let tick: AlertTick | null = null;
    for (let minute = 0; minute <= 12; minute++) {
      const now = NOW + minute * MINUTE;
      const { objectives } = evaluateDefinition(definition, {
        now,
        watchedFrom: NOW,
        read: (name) => sources[name]?.(now) ?? { kind: 'none', reason: 'no file' },
      });
      tick = evaluateAlerts(definition, objectives, memories, { now, watchedFrom: NOW });
      memories = tick.memories;
    }
    const shown = (tick?.alerts ?? []).filter((alert) => alert.state === 'firing' && alert.inhibitedBy === null);
    return shown.map((alert) => `${alert.policy.severity} ${alert.policy.name}`).toSorted();
  };

  it("the seed's inputs: P1 once, P2 twice", () => {
    const found = firing({
      'agent-status': (now) => entities(repeated(14, { active: true }), now),
      'leak-findings': (now) =>
        entities([...repeated(2, { severity: 'HIGH' }), ...repeated(34, { severity: 'MEDIUM' })], now),
      'project-snapshots': (now) => entities(repeated(10, { current: false }), now),
    });
    assert.deepEqual(found, ['P1 p1-high-leak', 'P2 p2-medium-leaks', 'P2 p2-snapshots-not-current']);
  });

  it('main of the swarm: HIGH and agents as P1, MEDIUM and snapshots as P2; nothing about Discord', () => {
    const found = firing({
      'agent-status': (now) => entities(repeated(8, { active: false }), now),
      'leak-findings': (now) =>
        entities([...repeated(2, { severity: 'HIGH' }), ...repeated(6, { severity: 'MEDIUM' })], now),
      'project-snapshots': (now) =>
        entities([...repeated(897, { current: true }), ...repeated(585, { current: false })], now),
    });
    assert.deepEqual(found, [
      'P1 p1-agents-below-6',
      'P1 p1-high-leak',
      'P2 p2-medium-leaks',
      'P2 p2-snapshots-not-current',
    ]);
  });

  it('without any source: none', () => {
    assert.deepEqual(firing({}), []);
  });
});
