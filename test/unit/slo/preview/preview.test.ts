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
import { numbersText, previewLine, previewLines, sameNumbers } from '../../../../src/slo/preview/previewText';

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

/** Latencies, of which those below a limit are good; an alert on a condition. */
function latencyOf(of: {
  readonly limit: number;
  readonly target: number;
  readonly when: string;
  readonly minEvents?: number;
}): Definition {
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
metadata: { name: errors }
spec:
  service: shop
  indicator:
    metadata: { name: errors-sli }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { metricSourceRef: samples, spec: { query: count, where: { ms: { lt: ${of.limit} } } } } }
        total: { metricSource: { metricSourceRef: samples, spec: { query: count, where: { ms: { exists: true } } } } }
  timeWindow: [{ duration: 4h, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: ${of.target} }]
  alertPolicies: [{ alertPolicyRef: many }]
${policyText(of.when, `, slo-lens/min-events: "${of.minEvents ?? 0}"`)}`,
    },
  ]);
  assert.ok(definition, problems.map(({ message }) => message).join());
  return definition;
}

function policyText(when: string, more = ''): string {
  return `---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: many }
spec:
  alertWhenBreaching: true
  conditions:
    - kind: AlertCondition
      metadata: { name: c, annotations: { slo-lens/when: "${when}"${more} } }
      spec: { severity: P2, condition: { kind: burnrate, op: gte, threshold: 1, lookbackWindow: 10m } }
  notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: bar }, spec: { target: x } }]
`;
}

/** One objective of two parts, over the sources a and b. */
function compositeOf(method: string, when: string, ...numbers: readonly [string, string]): Definition {
  const indicator = (ref: string): string => {
    const of = (query: string): string => `{ metricSource: { metricSourceRef: ${ref}, spec: ${query} } }`;
    if (method === 'Timeslices') return `thresholdMetric: ${of('{ query: last, field: n }')}`;
    return method === 'Occurrences'
      ? `ratioMetric: { counter: true, good: ${of('{ query: count, where: { ok: true } }')}, total: ${of('{ query: count }')} }`
      : `ratioMetric: { counter: false, good: ${of('{ query: last, field: n }')}, total: ${of('{ query: last, field: all }')} }`;
  };
  const slices =
    method === 'Timeslices'
      ? 'op: lt, timeSliceTarget: 1, timeSliceWindow: 1m, '
      : method === 'RatioTimeslices'
        ? 'timeSliceWindow: 1m, '
        : '';
  const part = (ref: string, own: string): string =>
    `    - { ${slices}${own}, compositeWeight: 0.5, indicator: { metadata: { name: ${ref} }, spec: { ${indicator(ref)} } } }`;
  const source = (ref: string): string =>
    `apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: ${ref} }\nspec: { type: EventLog, connectionDetails: { files: [${ref}.jsonl] } }\n---\n`;
  const { definition, problems } = loadDefinition([
    {
      file: 'a',
      text: `${source('a')}${source('b')}apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: errors, annotations: { slo-lens/stale-after: ${method === 'Occurrences' ? '20m' : '2m'} } }
spec:
  service: shop
  timeWindow: [{ duration: 4h, isRolling: true }]
  budgetingMethod: ${method}
  objectives:
${part('a', numbers[0])}
${part('b', numbers[1])}
  alertPolicies: [{ alertPolicyRef: many }]
${policyText(when)}`,
    },
  ]);
  assert.ok(definition, problems.map(({ message }) => message).join());
  return definition;
}

/** The engine over two sources. */
function runTwo(
  definition: Definition,
  one: readonly (number | null)[],
  two: readonly (number | null)[],
  method: string,
): ReturnType<typeof run> {
  const reader = (values: readonly (number | null)[]) => {
    const records: SourceRecord[] = [];
    let reading: SourceReading = { kind: 'none', reason: 'nothing' };
    return (index: number): SourceReading => {
      const value = values[index] ?? null;
      const time = START + index * MINUTE + 30_000;
      if (value === null) return reading;
      if (method === 'Occurrences') {
        records.push({ time, id: String(index), fields: { ok: value < 5 } });
        reading = { kind: 'log', records: [...records] };
      } else reading = { kind: 'log', records: [{ time, fields: { n: value, all: 10 } }] };
      return reading;
    };
  };
  return engine(definition, Math.max(one.length, two.length), { a: reader(one), b: reader(two) });
}

/** The engine over one value a minute (null: silence), a look at the end of each minute. */
function run(definition: Definition, values: readonly (number | null)[], isLog = false) {
  let reading: SourceReading = { kind: 'none', reason: 'nothing' };
  const records: SourceRecord[] = [];
  return engine(definition, values.length, {
    samples: (index) => {
      const value = values[index] ?? null;
      const time = START + index * MINUTE + 30_000;
      // In a log each value is an event, which is good below 5.
      if (value !== null && isLog) {
        records.push({ time, id: String(index), fields: { ok: value < 5, ms: value } });
        reading = { kind: 'log', records: [...records] };
      } else if (value !== null) reading = { kind: 'log', records: [{ time, fields: { n: value } }] };
      return reading;
    },
  });
}

function engine(
  definition: Definition,
  count: number,
  sources: Readonly<Record<string, (index: number) => SourceReading>>,
) {
  const history = new History(START);
  const recorder = new Recorder(history);
  let memories: AlertMemories = {};
  let fires = 0;
  let lastAt: number | null = null;
  let state = '';
  let remaining: number | null = null;
  let current = new Map<string, SourceReading>();
  const now = START + count * MINUTE - 1;
  for (let index = 0; index < count; index++) {
    const at = START + (index + 1) * MINUTE - 1;
    current = new Map(Object.entries(sources).map(([name, read]) => [name, read(index)]));
    const readings = current;
    const evaluation = evaluateDefinition(definition, {
      now: at,
      watchedFrom: START,
      read: (name) => readings.get(name),
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
  const reading: SourceReading = current.get('samples') ?? { kind: 'none', reason: 'nothing' };
  return { history, fires, lastAt, state, remaining, reading, readings: current, now };
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
    slices: ({ name }) => done.history.slices(name, MINUTE),
    read: (name) => (name === 'samples' ? done.reading : done.readings.get(name)),
    past: () => null,
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
      slices: ({ name }) => done.history.slices(name, 5 * MINUTE),
      read: () => done.reading,
      past: () => null,
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

  it('a limit in the query is replayed over what the log still holds', () => {
    const limited = (limit: number) => latencyOf({ limit, target: 0.5, when: 'sli(10m) < 0.9' });
    const values = [...Array.from({ length: 40 }, () => 3), ...Array.from({ length: 20 }, () => 8)];
    const preview = previewOf(limited(9), limited(5), run(limited(9), values, true));
    const truth = run(limited(5), values, true);
    assert.deepEqual([preview.evaluation.state, preview.evaluation.budget?.used], [truth.state, 20]);
    assert.deepEqual([preview.recorded?.good, preview.recorded?.bad], [40, 20]);
    assert.deepEqual([preview.alerts[0]?.fires, preview.alerts[0]?.lastAt], [truth.fires, truth.lastAt]);
    assert.deepEqual([truth.fires, preview.alerts[0]?.isFiring], [1, true]);
    assert.match(preview.limits.join(), /Only events that the log still holds are counted/);
    assert.ok(!sameNumbers(objectiveOf(limited(9)), objectiveOf(limited(5))));
    assert.equal(numbersText(objectiveOf(limited(5))), 'ms < 5, target 0.5');
    const whole = objectiveOf(compositeOf('Timeslices', 'value < 1', 'value: 5, target: 0.9', 'value: 7, target: 0.8'));
    assert.equal(numbersText(whole), '< 5, target 0.9; < 7, target 0.8');
    // Recorded values of another measure say nothing.
    const samples = objectiveOf(definitionOf({}));
    assert.ok(samples.indicator.kind === 'threshold');
    const other = {
      ...samples,
      indicator: { ...samples.indicator, query: { ...samples.indicator.query, field: 'm' } },
    };
    const none = previewOf(
      definitionOf({}),
      { ...definitionOf({}), objectives: [other] },
      run(definitionOf({}), [1, 2]),
    );
    assert.equal(none.recorded, null);
    assert.match(none.limits.join(), /measured otherwise/);
  });

  for (const when of ['p95(15m) >= 7', 'p95(30m) > 1.5 * p95(2h)'])
    it(`says of percentiles what the engine would have said: ${when}`, () => {
      fc.assert(
        fc.property(weather, fc.constantFrom(0.5, 0.9), fc.integer({ min: 2, max: 9 }), (values, target, limit) => {
          const inForce = latencyOf({ limit, target: 0.95, when });
          const edited = latencyOf({ limit, target, when });
          const preview = previewOf(inForce, edited, run(inForce, values, true));
          const truth = run(edited, values, true);
          assert.equal(preview.evaluation.state, truth.state);
          if (!preview.recorded) return;
          const [alert] = preview.alerts;
          assert.deepEqual([alert?.fires, alert?.lastAt], [truth.fires, truth.lastAt]);
        }),
        { numRuns: 10, seed: 3 },
      );
    });

  it('a percentile against the median of a week, as the engine would have said, edge by edge', () => {
    const when = 'p95(1h) > 1.5 * median(p95, 2d)';
    // Every fifth minute an event, for 30 hours; a bad hour at the end, another before there are 24 hours.
    const values = Array.from({ length: 30 * 60 }, (_, minute) => {
      if (minute % 5 !== 0) return null;
      const hour = Math.floor(minute / 60);
      return hour === 28 || hour === 12 ? 8 : 3 + (minute % 3) / 10;
    });
    for (const minEvents of [0, 12]) {
      const inForce = latencyOf({ limit: 5, target: 0.9, when, minEvents });
      const edited = latencyOf({ limit: 5, target: 0.5, when, minEvents });
      const done = run(inForce, values, true);
      const preview = previewOf(inForce, edited, done);
      assert.deepEqual([preview.alerts[0]?.fires, preview.alerts[0]?.lastAt], [done.fires, done.lastAt]);
      assert.deepEqual([done.fires, preview.alerts[0]?.isKnown], [1, true]);
      // The log was rotated: it holds only the last two hours, and what it was cannot be told.
      const { reading } = done;
      assert.ok(reading.kind === 'log');
      const rotated = { ...reading, records: reading.records.slice(-24) };
      const partly = previewOf(inForce, edited, { ...done, reading: rotated });
      assert.deepEqual([partly.alerts[0]?.fires, partly.alerts[0]?.isKnown], [0, false]);
      assert.match(partly.limits.join(), /only where the log still holds every event/);
    }
  });

  const parts = (a: string, b: string, method: string, when: string): Definition => compositeOf(method, when, a, b);
  for (const [method, when] of [
    ['Timeslices', 'burn(15m) >= 2'],
    ['Timeslices', 'value < 1'],
    ['Timeslices', 'remaining < 0.5'],
    ['Timeslices', 'sli(20m) < 0.8'],
    ['RatioTimeslices', 'remaining < 0.5'],
    ['RatioTimeslices', 'burn(15m) > 1'],
    ['RatioTimeslices', 'value < 0.7'],
    ['Occurrences', 'burn(20m) > 1.5'],
    ['Occurrences', 'remaining < 0.25'],
    ['Occurrences', 'sli(20m) < 0.8'],
    ['Occurrences', 'value < 0.8'],
  ] as const)
    it(`says of a composite over ${method} what the engine would have said: ${when}`, () => {
      fc.assert(
        fc.property(
          weather,
          weather,
          fc.constantFrom(0.5, 0.8, 0.9),
          fc.integer({ min: 2, max: 9 }),
          (one, two, target, limit) => {
            const [a, b] =
              method === 'Timeslices'
                ? [`value: ${limit}, target: ${target}`, 'value: 5, target: 0.7']
                : [`target: ${target}`, 'target: 0.7'];
            const inForce = parts(method === 'Timeslices' ? 'value: 5, target: 0.9' : 'target: 0.9', b, method, when);
            const edited = parts(a, b, method, when);
            const preview = previewOf(inForce, edited, runTwo(inForce, one, two, method));
            const truth = runTwo(edited, one, two, method);
            assert.equal(preview.evaluation.state, truth.state);
            assert.deepEqual(preview.evaluation.budget?.remaining ?? null, truth.remaining);
            if (!preview.recorded) return;
            const [alert] = preview.alerts;
            assert.deepEqual([alert?.fires, alert?.lastAt], [truth.fires, truth.lastAt]);
          },
        ),
        { numRuns: 8, seed: 7 },
      );
    });

  it('replays a month of minutes of a composite fast enough for typing', () => {
    const inForce = compositeOf('Timeslices', 'burn(1h) > 2', 'value: 5, target: 0.9', 'value: 5, target: 0.9');
    const edited = compositeOf('Timeslices', 'burn(1h) > 2', 'value: 3, target: 0.9', 'value: 5, target: 0.9');
    const history = new History(START);
    const count = 31 * 1440;
    const done = runTwo(inForce, [1], [1], 'Timeslices');
    for (const name of ['errors.1', 'errors.2'])
      for (let index = 0; index < count; index++)
        history.settle(name, MINUTE, START / MINUTE + index, {
          state: 'good',
          value: index % 4,
          ratio: Number.NaN,
          good: 0,
          eligible: 0,
        });
    const started = performance.now();
    const preview = previewOf(inForce, edited, { ...done, history, now: START + count * MINUTE - 1 });
    const took = performance.now() - started;
    assert.ok((preview.alerts[0]?.fires ?? 0) > 0 && preview.recorded);
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
