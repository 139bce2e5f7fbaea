/** The preview of an edited number says what the engine would have said, had the number stood there all the time. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AlertMemories, evaluateAlerts } from '../../../../src/slo/alerts/evaluateAlerts';
import { loadDefinition } from '../../../../src/slo/definition/loadDefinition';
import type { Definition, ObjectiveDefinition } from '../../../../src/slo/definition/model';
import { evaluateDefinition } from '../../../../src/slo/evaluateDefinition';
import { History } from '../../../../src/slo/history/history';
import { Recorder } from '../../../../src/slo/history/recorder';
import type { SourceReading, SourceRecord } from '../../../../src/slo/indicatorInput';
import { type Preview, previewObjective } from '../../../../src/slo/preview/preview';
import { previewLine, previewLines, sameNumbers } from '../../../../src/slo/preview/previewText';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 27);

interface Numbers {
  readonly value?: number;
  readonly target?: number;
  readonly mode?: 'current' | 'window';
  readonly when?: string;
  readonly after?: string;
}

/** An objective over events, of which some are good. */
function eventsOf(target: number, when: string): Definition {
  const { definition, problems } = loadDefinition([
    {
      file: 'a',
      text: `apiVersion: openslo/v1
kind: DataSource
metadata: { name: samples }
spec: { type: EventLog, connectionDetails: { files: [a.jsonl] } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: errors, annotations: { slo-lens/min-events: "3" } }
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { metricSourceRef: samples, spec: { query: count, where: { ok: true } } } }
        total: { metricSource: { metricSourceRef: samples, spec: { query: count } } }
  timeWindow: [{ duration: 4h, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: ${target} }]
  alertPolicies: [{ alertPolicyRef: many }]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: many }
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata: { name: c, annotations: { slo-lens/when: "${when}" } }
      spec: { severity: P2, condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 10m } }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`,
    },
  ]);
  assert.ok(definition, problems.map(({ message }) => message).join());
  return definition;
}

function definitionOf({ value = 5, target = 0.9, mode = 'window', when, after = '0m' }: Numbers): Definition {
  const { definition, problems } = loadDefinition([
    {
      file: 'a',
      text: `apiVersion: openslo/v1
kind: DataSource
metadata: { name: samples }
spec: { type: SampleLog, connectionDetails: { files: [a.jsonl] } }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: errors, annotations: { slo-lens/mode: ${mode}, slo-lens/stale-after: 2m } }
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec: { thresholdMetric: { metricSource: { metricSourceRef: samples, spec: { query: last, field: n } } } }
  timeWindow: [{ duration: 4h, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: lt, value: ${value}, target: ${target}, timeSliceTarget: 1, timeSliceWindow: 1m }]
  alertPolicies: [{ alertPolicyRef: many }]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: many }
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata: { name: c${when === undefined ? '' : `, annotations: { slo-lens/when: "${when}" }`} }
      spec: { severity: P2, condition: { kind: burnrate, op: gte, threshold: 2, lookbackWindow: 10m, alertAfter: ${after} } }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`,
    },
  ]);
  assert.ok(definition, problems.map(({ message }) => message).join());
  return definition;
}

/** The engine over one value a minute (null: silence), a look at the end of each minute. */
function run(definition: Definition, values: readonly (number | null)[], isLog = false) {
  const history = new History(START);
  const recorder = new Recorder(history);
  let memories: AlertMemories = {};
  let fires = 0;
  let lastAt: number | null = null;
  let state = '';
  let remaining: number | null = null;
  let reading: SourceReading = { kind: 'none', reason: 'nothing' };
  const records: SourceRecord[] = [];
  const now = START + values.length * MINUTE - 1;
  for (const [index, value] of values.entries()) {
    const time = START + index * MINUTE + 30_000;
    const at = START + (index + 1) * MINUTE - 1;
    // In a log each value is an event, which is good below 5.
    if (value !== null && isLog) {
      records.push({ time, id: String(index), fields: { ok: value < 5 } });
      reading = { kind: 'log', records: [...records] };
    } else if (value !== null) reading = { kind: 'log', records: [{ time, fields: { n: value } }] };
    const current = reading;
    const evaluation = evaluateDefinition(definition, {
      now: at,
      watchedFrom: START,
      read: () => current,
      past: (objective, input) => recorder.observe(objective, input, { now: at, watchedFrom: START }),
    });
    const tick = evaluateAlerts(definition, evaluation.objectives, memories, { now: at, watchedFrom: START });
    memories = tick.memories;
    const fired = tick.log.filter(({ kind }) => kind === 'fire');
    fires += fired.length;
    if (fired.length > 0) lastAt = at;
    state = evaluation.objectives[0]?.state ?? '';
    remaining = evaluation.objectives[0]?.budget?.remaining ?? null;
  }
  recorder.close();
  return { history, fires, lastAt, state, remaining, reading, now };
}

function objectiveOf({ objectives }: Definition): ObjectiveDefinition {
  const [objective] = objectives;
  assert.ok(objective);
  return objective;
}

function previewOf(inForce: Definition, edited: Definition, done: ReturnType<typeof run>): Preview {
  const objective = objectiveOf(edited);
  return previewObjective({
    edited: objective,
    inForce: objectiveOf(inForce),
    policies: edited.policies,
    slices: done.history.slices('errors', MINUTE),
    read: () => done.reading,
    past: null,
    proxy: null,
    now: done.now,
    watchedFrom: START,
  });
}

const minute = fc.option(fc.integer({ min: 0, max: 10 }), { nil: null, freq: 8 });
const stretch = fc
  .tuple(minute, fc.integer({ min: 1, max: 25 }))
  .map(([value, count]) => Array.from({ length: count }, () => value));
const weather = fc.array(stretch, { minLength: 2, maxLength: 12 }).map((parts) => parts.flat());

describe('the preview of an edited objective', () => {
  for (const when of [undefined, 'value >= 7', 'sli(15m) < 0.8', 'remaining < 0.5', 'burn(30m) > 3', 'delta(5m) > 4'])
    it(`says what the engine would have said: ${when ?? 'burn rate'}`, () => {
      fc.assert(
        fc.property(
          weather,
          fc.integer({ min: 1, max: 10 }),
          fc.constantFrom(0.5, 0.8, 0.9, 0.99),
          fc.constantFrom('0m', '3m'),
          (values, value, target, after) => {
            const condition = when === undefined ? { after } : { when, after };
            const inForce = definitionOf(condition);
            const edited = definitionOf({ ...condition, value, target });
            const preview = previewOf(inForce, edited, run(inForce, values));
            const truth = run(edited, values);
            assert.equal(preview.evaluation.state, truth.state);
            assert.deepEqual(preview.evaluation.budget?.remaining ?? null, truth.remaining);
            if (!preview.recorded || when === 'delta(5m) > 4') return;
            const [alert] = preview.alerts;
            assert.deepEqual([alert?.fires, alert?.lastAt], [truth.fires, truth.lastAt]);
          },
        ),
        { numRuns: 25, seed: 11 },
      );
    });

  for (const when of ['burn(30m) > 2', 'sli(15m) < 0.8', 'remaining < 0.25'])
    it(`says of events what the engine would have said: ${when}`, () => {
      fc.assert(
        fc.property(weather, fc.constantFrom(0.5, 0.8, 0.9, 0.99), (values, target) => {
          const inForce = eventsOf(0.95, when);
          const edited = eventsOf(target, when);
          const preview = previewOf(inForce, edited, run(inForce, values, true));
          const truth = run(edited, values, true);
          assert.equal(preview.evaluation.state, truth.state);
          assert.deepEqual(preview.evaluation.budget?.remaining ?? null, truth.remaining);
          if (!preview.recorded) return;
          const [alert] = preview.alerts;
          assert.deepEqual([alert?.fires, alert?.lastAt], [truth.fires, truth.lastAt]);
        }),
        { numRuns: 20, seed: 5 },
      );
    });

  it('counts the recorded slices of the window, and says so with their number and since when', () => {
    const values = [
      ...Array.from({ length: 60 }, () => 3),
      ...Array.from({ length: 20 }, () => 8),
      null,
      null,
      null,
      null,
      ...Array.from({ length: 16 }, () => 3),
    ];
    const inForce = definitionOf({ when: 'value >= 5' });
    const edited = definitionOf({ value: 9, when: 'value >= 9' });
    const preview = previewOf(inForce, edited, run(inForce, values));
    const { good = 0, bad = 0, nodata = 0 } = preview.recorded ?? {};
    assert.equal(bad, 0);
    assert.ok(good > 90 && nodata > 0, JSON.stringify(preview.recorded));
    const text = previewLines(preview, START + 100 * MINUTE).join('\n');
    assert.match(text, /^Now: meeting; 100% of the error budget left\./);
    assert.match(text, /100% of \d+ recorded slices of 1 min good, since 2026-11-27 00:00 UTC/);
    assert.match(text, /P2 many: would not have alerted\./);
    const worse = previewOf(inForce, definitionOf({ value: 2, when: 'value >= 2' }), run(inForce, values));
    assert.match(previewLine(worse), /^violating \(3\) · 0% of \d+ recorded slices good · budget: .* · 1 alert$/);
  });

  it('says that there is no history where nothing was recorded, and is never green without data', () => {
    const inForce = definitionOf({});
    const done = run(inForce, [null, null]);
    const preview = previewOf(inForce, definitionOf({ value: 100 }), done);
    assert.equal(preview.recorded, null);
    assert.equal(preview.evaluation.state, 'no_data');
    assert.match(previewLines(preview, done.now).join('\n'), /No history: nothing was recorded/);
    assert.match(previewLine(preview), /^no data · no history$/);
  });

  it('finds nothing under another length of slices, of which there is no account', () => {
    const inForce = definitionOf({});
    const done = run(inForce, [1, 2, 3]);
    const edited = { ...objectiveOf(inForce), sliceMs: 5 * MINUTE };
    const preview = previewObjective({
      edited,
      inForce: objectiveOf(inForce),
      policies: [],
      slices: done.history.slices('errors', 5 * MINUTE),
      read: () => done.reading,
      past: null,
      proxy: null,
      now: done.now,
      watchedFrom: START,
    });
    assert.equal(preview.recorded, null);
  });

  it('changes nothing of what is recorded', () => {
    const inForce = definitionOf({});
    const done = run(inForce, [1, 6, 3]);
    const before = done.history.packDay('2026-11-27');
    previewOf(inForce, definitionOf({ value: 2 }), done);
    assert.equal(done.history.packDay('2026-11-27'), before);
    done.history.takeLines();
    assert.deepEqual(done.history.takeLines(), []);
  });

  it('replays a month of minutes fast enough for typing', () => {
    const inForce = definitionOf({ when: 'burn(1h) > 2' });
    const history = new History(START);
    const count = 31 * 1440;
    for (let index = 0; index < count; index++)
      history.settle('errors', MINUTE, START / MINUTE + index, {
        state: 'good',
        value: index % 7,
        ratio: Number.NaN,
        good: 0,
        eligible: 0,
      });
    const edited = definitionOf({ value: 3, when: 'burn(1h) > 2' });
    const started = performance.now();
    const preview = previewOf(inForce, edited, { ...run(inForce, [1]), history, now: START + count * MINUTE - 1 });
    const took = performance.now() - started;
    assert.ok(preview.recorded);
    assert.ok(took < 4000, `${took} ms`);
  });

  it('tells numbers that decide a verdict from words that do not', () => {
    const a = objectiveOf(definitionOf({}));
    assert.ok(sameNumbers(a, { ...a, displayName: 'other', description: 'other', runbook: 'x' }));
    for (const other of [
      { target: 0.5 },
      { staleAfterMs: 1 },
      { zeroTolerance: true },
      { mode: 'current' as const },
      { threshold: { operator: 'lte' as const, limit: 5 } },
    ])
      assert.ok(!sameNumbers(a, { ...a, ...other }), JSON.stringify(other));
  });
});
