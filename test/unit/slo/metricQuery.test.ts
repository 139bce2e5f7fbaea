import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FieldCondition } from '../../../src/slo/definition/model';
import { readQuery } from '../../../src/slo/definition/readQuery';
import type { EntityReading, LogReading, SourceRecord } from '../../../src/slo/indicatorInput';
import { runQuery } from '../../../src/slo/metricQuery';
import { compileFilter } from '../../../src/slo/recordFilter';
import { NOW, query } from './inputs';

const MINUTE = 60_000;
const STALE = 10 * MINUTE;

function run(
  reading: EntityReading | LogReading,
  spec: Readonly<Record<string, unknown>>,
  threshold?: { operator: 'gte' | 'lt'; limit: number },
) {
  const read = readQuery('source', spec, []);
  assert.ok(read.query, JSON.stringify(read.issues));
  const outcome = runQuery(reading, read.query, { now: NOW, staleAfterMs: STALE, threshold: threshold ?? null });
  return outcome.kind === 'none'
    ? outcome.reason
    : outcome.samples.map(({ time, value }) => [(time - NOW) / MINUTE, value]);
}

const at = (minute: number, fields: SourceRecord['fields'], more: Partial<SourceRecord> = {}): SourceRecord => ({
  time: NOW + minute * MINUTE,
  fields,
  ...more,
});
const log = (...records: readonly SourceRecord[]): LogReading => ({ kind: 'log', records });
const entities = (...fields: readonly SourceRecord['fields'][]): EntityReading => ({
  kind: 'entities',
  takenAt: NOW - MINUTE,
  records: fields.map((one) => ({ time: null, fields: one })),
});

function takes(where: readonly FieldCondition[], fields: SourceRecord['fields']): boolean {
  return compileFilter(where)({ time: NOW, fields });
}

describe('where', () => {
  const read = (where: unknown) => readQuery('s', { query: 'count', where }, []).query?.where ?? [];

  it('tests scalars, lists, limits, presence and globs', () => {
    assert.equal(takes(read({ up: 1 }), { up: 1 }), true);
    assert.equal(takes(read({ up: 1 }), { up: '1' }), false, 'no conversion');
    assert.equal(takes(read({ severity: ['HIGH', 'CRITICAL'] }), { severity: 'CRITICAL' }), true);
    assert.equal(takes(read({ ms: { lt: 500 } }), { ms: 500 }), false);
    assert.equal(takes(read({ ms: { gte: 100, lt: 500 } }), { ms: 100 }), true);
    assert.equal(takes(read({ ms: { lt: 500 } }), { ms: '20' }), false);
    assert.equal(takes(read({ ms: { lt: 500 } }), {}), false);
    assert.equal(takes(read({ ok: { exists: true } }), { ok: false }), true);
    assert.equal(takes(read({ ok: { exists: true } }), { ok: null }), false);
    assert.equal(takes(read({ ok: { exists: false } }), {}), true);
    assert.equal(takes(read({ component: { matches: 'orchestrator*' } }), { component: 'orchestrator-2' }), true);
    assert.equal(takes(read({ component: { matches: 'orchestrator*' } }), { component: 'my-orchestrator' }), false);
  });

  it('does not take inherited properties for fields', () => {
    assert.equal(takes(read({ constructor: { exists: true } }), {}), false);
    assert.equal(takes(read({ toString: { exists: false } }), {}), true);
  });

  it('never throws, whatever the map', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())),
        (spec, fields) => {
          const { query: built, issues } = readQuery('s', { query: 'count', ...spec }, []);
          assert.ok(built !== null || issues.length > 0);
          if (built) assert.equal(typeof takes(built.where, fields), 'boolean');
        },
      ),
    );
  });
});

describe('queries', () => {
  it('count entities as of the moment they were taken, zero included', () => {
    assert.deepEqual(run(entities({ active: true }, { active: false }), { query: 'count', where: { active: true } }), [
      [-1, 1],
    ]);
    assert.deepEqual(run(entities(), { query: 'count' }), [[-1, 0]]);
  });

  it('count a log over its last time, as fresh as its newest record', () => {
    const records = log(at(-90, { level: 'error' }), at(-30, { level: 'error' }), at(-5, { level: 'info' }));
    assert.deepEqual(run(records, { query: 'count', where: { level: 'error' }, over: '1h' }), [[-5, 1]]);
    assert.equal(run(log(), { query: 'count' }), 'the source holds no record');
  });

  it('leave out records without a time, from the future, and repeated ids', () => {
    const records = log(
      at(3, { level: 'error' }),
      { time: null, fields: { level: 'error' } },
      at(-4, { level: 'info' }, { id: 'a' }),
      at(-3, { level: 'error' }, { id: 'a' }),
    );
    assert.deepEqual(run(records, { query: 'count', where: { level: 'error' } }), [[-3, 1]]);
    assert.equal(run(log(at(60, { v: 1 })), { query: 'last', field: 'v' }), 'no record has a valid time');
  });

  it('last gives every sample in order, scaled; non-numbers are left out', () => {
    const records = log(
      at(-1, { v: 3 }),
      at(-2, { v: 2 }),
      at(-3, { v: 'x' }),
      at(-4, { v: Number.NaN }),
      at(-5, { v: true }),
    );
    assert.deepEqual(run(records, { query: 'last', field: 'v', scale: 10 }), [
      [-5, 10],
      [-2, 20],
      [-1, 30],
    ]);
    assert.equal(run(log(at(-1, { v: 'x' })), { query: 'last', field: 'v' }), 'no record has a number in v');
    assert.equal(run(records, { query: 'last', field: 'v', where: { component: 'none' } }), 'no record matches');
  });

  it('across max takes the largest newest value of the series that still report', () => {
    const records = log(
      at(-2, { n: 90 }, { series: 'a' }),
      at(-1, { n: 40 }, { series: 'a' }),
      at(-3, { n: 60 }, { series: 'b' }),
      at(-600, { n: 5000 }, { series: 'ended' }),
    );
    assert.deepEqual(run(records, { query: 'last', field: 'n', across: 'max' }), [[-3, 60]]);
    assert.deepEqual(
      run(log(at(-600, { n: 5 }, { series: 'ended' })), { query: 'last', field: 'n', across: 'max' }),
      [[-600, 5]],
      'old, for the verdict to call stale',
    );
  });

  it('fractionUp is as old as its oldest component', () => {
    const fresh = log(at(-1, { up: 1 }, { series: 'a' }), at(-2, { up: 0 }, { series: 'b' }));
    assert.deepEqual(run(fresh, { query: 'fractionUp' }), [[-2, 0.5]]);
    const silent = log(at(-1, { up: 1 }, { series: 'a' }), at(-60, { up: 1 }, { series: 'b' }));
    assert.deepEqual(run(silent, { query: 'fractionUp' }, { operator: 'gte', limit: 1 }), [[-60, 1]]);
  });

  it('fractionUp: a silent component neither hides a known outage nor lifts the share', () => {
    const records = log(
      at(-1, { up: 0 }, { series: 'a' }),
      at(-60, { up: 1 }, { series: 'b' }),
      at(-60, { up: 0 }, { series: 'c' }),
    );
    assert.deepEqual(
      run(records, { query: 'fractionUp' }, { operator: 'gte', limit: 1 }),
      [[-1, 2 / 3]],
      'fails at best',
    );
    assert.deepEqual(
      run(records, { query: 'fractionUp' }, { operator: 'gte', limit: 0.5 }),
      [[-60, 1 / 3]],
      'might hold: as old as what is not known',
    );
  });

  it('slopePerHour needs its samples and its span, and starts again after a restart', () => {
    const spec = { query: 'slopePerHour', field: 'v', over: '1h', minSamples: 5, minSpan: '10m', across: 'max' };
    const series = (...values: readonly number[]) =>
      log(...values.map((v, i) => at(-4 * (values.length - 1 - i), { v }, { series: 'p' })));
    const slope = run(series(0, 4, 8, 12, 16), spec);
    assert.ok(typeof slope !== 'string' && Math.abs((slope[0]?.[1] ?? 0) - 60) < 1e-9);
    assert.match(String(run(series(0, 4, 8, 12), spec)), /too few samples/);
    assert.match(
      String(run(series(900, 910, 920, 930, 100, 104), spec)),
      /too few samples/,
      'only what follows the restart counts',
    );
    assert.match(String(run(log(at(-300, { v: 1 })), spec)), /no samples of v/);
    assert.match(String(run(entities({ v: 1 }), spec)), /one moment/);
  });

  it('gives no number out of nothing, whatever the records', () => {
    const field = fc.oneof(fc.constant(null), fc.string(), fc.boolean());
    const record = fc.record({
      time: fc.option(fc.constantFrom(NOW, NOW - MINUTE, Number.NaN, NOW + 1e9)),
      fields: fc.record({ v: field }),
    });
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom('last', 'slopePerHour'), (records, name) => {
        const numeric = records.some(({ fields }) => typeof fields.v === 'boolean');
        const outcome = runQuery({ kind: 'log', records }, query({ query: name as 'last', field: 'v' }), {
          now: NOW,
          staleAfterMs: STALE,
        });
        assert.ok(numeric || outcome.kind === 'none');
      }),
    );
  });
});
