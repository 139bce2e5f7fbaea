/** Composite objectives: read from OpenSLO, and judged from what is known of every part. */
import assert from 'node:assert/strict';
import { conditionHolds, termReader } from '../../../src/slo/alerts/conditionTerms';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import { evaluateDefinition } from '../../../src/slo/evaluateDefinition';
import { History } from '../../../src/slo/history/history';
import { Recorder } from '../../../src/slo/history/recorder';
import type { SourceReading } from '../../../src/slo/indicatorInput';

const MINUTE = 60_000;
const START = Date.parse('2026-03-01T12:00:00Z');

const source = (name: string) =>
  `apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: ${name} }\nspec: { type: EventLog, connectionDetails: { files: [${name}.jsonl] } }\n`;
const slo = (method: string, objectives: string) => `apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: whole, annotations: { slo-lens/stale-after: 5m } }
spec:
  service: shop
  timeWindow: [{ duration: 1h, isRolling: true }]
  budgetingMethod: ${method}
  objectives:
${objectives}`;
const threshold = (ref: string, target: number) => `    - op: gte
      value: 1
      target: ${target}
      timeSliceTarget: 1
      timeSliceWindow: 1m
      indicator:
        metadata: { name: ${ref}-sli }
        spec: { thresholdMetric: { metricSource: { metricSourceRef: ${ref}, spec: { query: last, field: up } } } }
`;
const ratio = (ref: string, target: number, weight: number, query: string) => `    - target: ${target}
      compositeWeight: ${weight}${query === 'count' ? '' : '\n      timeSliceWindow: 1m'}
      indicator:
        metadata: { name: ${ref}-sli }
        spec:
          ratioMetric:
            counter: ${query === 'count'}
            good: { metricSource: { metricSourceRef: ${ref}, spec: { query: ${query}${query === 'count' ? ', where: { ok: true }' : ', field: good'} } } }
            total: { metricSource: { metricSourceRef: ${ref}, spec: { query: ${query}${query === 'count' ? '' : ', field: total'} } } }
`;

function definitionOf(text: string) {
  const { definition, problems } = loadDefinition([
    { file: 'f', text: [source('a'), source('b'), text].join('---\n') },
  ]);
  assert.deepEqual(problems, []);
  assert.ok(definition);
  return definition;
}

type Fields = Readonly<Record<string, number | boolean>>;
/** Readings of both sources at a minute; a source without fields is silent. */
type Minute = readonly [a: Fields | null, b: Fields | null];

function watch(text: string, minutes: readonly Minute[]) {
  const definition = definitionOf(text);
  const recorder = new Recorder(new History(START - 24 * 60 * MINUTE));
  const evaluations = minutes.map((fields, minute) => {
    const now = START + minute * MINUTE + 1000;
    const reading = (at: 0 | 1): SourceReading => {
      const values = fields[at];
      return values === null
        ? { kind: 'none', reason: 'silent' }
        : { kind: 'log', records: [{ time: now, fields: values }] };
    };
    const { objectives } = evaluateDefinition(definition, {
      now,
      watchedFrom: START,
      read: (name) => reading(name === 'a' ? 0 : 1),
      past: (objective, input) => recorder.observe(objective, input, { now, watchedFrom: START }),
    });
    return objectives[0];
  });
  const last = evaluations.at(-1);
  assert.ok(last);
  return last;
}

const up = { up: 1 };
const down = { up: 0 };

describe('composite objectives', () => {
  it('are one objective with parts, the strictest of their targets, and no warning', () => {
    const definition = definitionOf(slo('Timeslices', threshold('a', 0.9) + threshold('b', 0.95)));
    assert.deepEqual(
      definition.objectives.map(({ name, mode, target, targetText }) => [name, mode, target, targetText]),
      [['whole', 'window', 0.95, '95% of 2 parts']],
    );
    const [whole] = definition.objectives;
    assert.ok(whole?.indicator.kind === 'composite');
    assert.deepEqual(
      whole.indicator.components.map(({ objective, weight }) => [objective.name, objective.target, weight]),
      [
        ['whole.1', 0.9, 1],
        ['whole.2', 0.95, 1],
      ],
    );
  });

  it('over slices: one is bad if any part is, and bad in both is bad once', () => {
    const text = slo('Timeslices', threshold('a', 0.9) + threshold('b', 0.9));
    const verdict = watch(text, [
      [up, up],
      [down, up],
      [down, down],
      [up, down],
      [up, up],
    ]);
    // 10 % of an hour are 6 slices; three are used.
    assert.deepEqual([verdict.figures?.bad, verdict.figures?.good, verdict.state], [3, 2, 'meeting']);
    assert.ok(Math.abs((verdict.budget?.remaining ?? 0) - 0.5) < 1e-9);
    assert.equal(
      watch(text, [
        [up, up],
        [up, down],
      ]).state,
      'at_risk',
    );
    const read = termReader(verdict, { now: START + 4 * MINUTE + 1000, history: [], minEvents: 0 });
    assert.equal(conditionHolds('burn(5m) > 5', read), true, 'three of five slices at 10 %');
    assert.equal(conditionHolds('value == 1', read), true);
  });

  it('over slices: a silent part makes the whole unknown, not green', () => {
    const text = slo('Timeslices', threshold('a', 0.9) + threshold('b', 0.9));
    assert.equal(
      watch(text, [
        [up, null],
        [up, null],
      ]).state,
      'no_data',
    );
    assert.equal(
      watch(text, [
        [up, up],
        [up, null],
      ]).state,
      'no_data',
    );
    assert.match(
      watch(text, [
        [up, up],
        [up, null],
      ]).reason,
      /part 1 meeting, part 2 no data/,
    );
  });

  it('over ratios: losses add up by weight, weights are not normalised', () => {
    const text = slo('RatioTimeslices', ratio('a', 0.5, 1, 'last') + ratio('b', 0.5, 0.5, 'last'));
    const verdict = watch(text, [
      [
        { good: 9, total: 10 },
        { good: 10, total: 10 },
      ],
      [
        { good: 10, total: 10 },
        { good: 6, total: 10 },
      ],
    ]);
    // Lost: 0.1·1 in the first slice, 0.4·0.5 in the second.
    assert.ok(Math.abs((verdict.budget?.used ?? 0) - 0.3) < 1e-9);
    assert.ok(Math.abs((verdict.value ?? 0) - 0.8) < 1e-9, 'the newest: 1 − 0·1 − 0.4·0.5');
  });

  it('over events: the weighted burn rates of the parts add up', () => {
    const text = slo('Occurrences', ratio('a', 0.9, 1, 'count') + ratio('b', 0.5, 0.5, 'count'));
    const definition = definitionOf(text);
    const log = (good: number, bad: number): SourceReading => ({
      kind: 'log',
      records: Array.from({ length: good + bad }, (_, i) => ({ time: START - MINUTE, fields: { ok: i < good } })),
    });
    const judged = (a: SourceReading, b: SourceReading) => {
      const [whole] = evaluateDefinition(definition, { now: START, read: (name) => (name === 'a' ? a : b) }).objectives;
      assert.ok(whole);
      return whole;
    };
    const verdict = judged(log(95, 5), log(8, 2));
    // Burn: 5 %/10 % = 0.5, and 20 %/50 % = 0.4 at half weight.
    assert.ok(Math.abs((verdict.budget?.remaining ?? 0) - 0.3) < 1e-9);
    assert.ok(Math.abs((verdict.value ?? 0) - (1 - 0.05 - 0.1)) < 1e-9);
    assert.equal(verdict.state, 'meeting');
    const read = termReader(verdict, { now: START, history: [], minEvents: 0 });
    assert.deepEqual([conditionHolds('burn(1h) > 0.69', read), conditionHolds('burn(1h) > 0.71', read)], [true, false]);
    assert.equal(judged(log(80, 20), log(8, 2)).state, 'violating');
    assert.equal(judged(log(95, 5), { kind: 'none', reason: 'silent' }).state, 'no_data');
    assert.equal(judged(log(95, 5), { kind: 'error', reason: 'x', since: 0, lastGood: null }).state, 'error');
  });
});
