/** Ratios of counters that are read at different moments, restart, come twice, late or as differences. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { counterRatios } from '../../../src/slo/counters';
import type { MetricQuery } from '../../../src/slo/definition/model';
import type { LogReading, SourceRecord } from '../../../src/slo/indicatorInput';

const query = (metric: string): MetricQuery => ({
  source: 's',
  query: 'last',
  where: [{ field: 'metric', test: { kind: 'equals', anyOf: [metric] } }],
  field: 'value',
  scale: 1,
  overMs: null,
  minSamples: 0,
  minSpanMs: 0,
  across: null,
});
const at = (time: number, metric: string, value: number, more: Partial<SourceRecord> = {}): SourceRecord => ({
  time,
  series: metric,
  fields: { metric, value },
  ...more,
});
const log = (...records: readonly SourceRecord[]): LogReading => ({ kind: 'log', records });
const ratios = (good: LogReading, total = good) =>
  counterRatios([good, total], [query('good'), query('all')], 'good', 1e6);

describe('ratios of counters', () => {
  it('two files are never read at one moment: good counts with the total that follows', () => {
    const good = log(at(1000, 'good', 0), at(1990, 'good', 5), at(2990, 'good', 9));
    const total = log(at(1000, 'all', 0), at(2000, 'all', 5), at(3000, 'all', 10));
    assert.deepEqual(ratios(good, total), [
      { time: 2000, good: 5, total: 5 },
      { time: 3000, good: 4, total: 5 },
    ]);
  });
  it('a fall is a restart; so is a start that is later than the sample before', () => {
    const one = log(at(1, 'good', 8), at(1, 'all', 10), at(2, 'good', 1), at(2, 'all', 2));
    assert.deepEqual(ratios(one), [{ time: 2, good: 1, total: 2 }]);
    const higher = log(
      at(1, 'good', 8, { since: 0 }),
      at(1, 'all', 10, { since: 0 }),
      at(5, 'good', 11, { since: 3 }),
      at(5, 'all', 12, { since: 3 }),
    );
    assert.deepEqual(ratios(higher), [{ time: 5, good: 11, total: 12 }]);
  });
  it('differences need no baseline', () => {
    assert.deepEqual(ratios(log(at(1, 'good', 3, { delta: true }), at(1, 'all', 4, { delta: true }))), [
      { time: 1, good: 3, total: 4 },
    ]);
  });
  it('no more is good than there was, in any order, with any repetition', () => {
    const samples = fc.array(
      fc.record({
        time: fc.integer({ min: 0, max: 50 }),
        metric: fc.constantFrom('good', 'all'),
        value: fc.integer({ min: 0, max: 100 }),
        delta: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(samples, (list) => {
        const records = list.map(({ time, metric, value, delta }) => at(time, metric, value, { delta }));
        const result = ratios(log(...records));
        for (const { good, total } of result) assert.ok(good >= 0 && good <= total);
        assert.deepEqual(ratios(log(...records, ...records)), result, 'what is exported twice rose once');
      }),
    );
  });
});
