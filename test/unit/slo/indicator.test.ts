import assert from 'node:assert/strict';
import { windowAt } from '../../../src/slo/calendar';
import type { MetricQuery, ObjectiveDefinition } from '../../../src/slo/definition/model';
import { parseDuration } from '../../../src/slo/duration';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { buildIndicator } from '../../../src/slo/indicator';
import { eventCount, type SourceReading, type SourceRecord } from '../../../src/slo/indicatorInput';
import { entities, NOW, objective, query } from './inputs';

const log = (...fields: readonly SourceRecord['fields'][]): SourceReading => ({
  kind: 'log',
  records: fields.map((one, i) => ({ time: NOW - 60_000 + i, fields: one })),
});
const field = (name: string, value: string | boolean): Partial<MetricQuery> => ({
  query: 'count',
  field: null,
  where: [{ field: name, test: { kind: 'equals', anyOf: [value] } }],
});
const ratio = (
  part: 'good' | 'bad',
  numerator: Partial<MetricQuery>,
  total: Partial<MetricQuery> = { query: 'count', field: null },
): ObjectiveDefinition =>
  objective({
    method: 'Occurrences',
    mode: 'window',
    threshold: null,
    indicator: { kind: 'ratio', counter: true, part, numerator: query(numerator), total: query(total) },
  });
const build = (definition: ObjectiveDefinition, read: (name: string) => SourceReading | undefined) =>
  buildIndicator(definition, read, { now: NOW });

describe('building an indicator', () => {
  it('counts events against good or bad', () => {
    const reading = log({ level: 'error' }, { level: 'info' }, { level: 'info' });
    const good = (part: 'good' | 'bad', level: string) => {
      const input = build(ratio(part, field('level', level)), () => reading);
      return input.kind === 'events' ? input.events.map((event) => event.good) : input.kind;
    };
    assert.deepEqual(good('bad', 'error'), [false, true, true]);
    assert.deepEqual(good('good', 'info'), [false, true, true]);
  });

  describe('of counters', () => {
    const counters = (changes: Partial<ObjectiveDefinition> = {}, part: 'good' | 'bad' = 'good') => ({
      ...ratio(part, { query: 'last', field: 'delivered' }, { query: 'last', field: 'all' }),
      ...changes,
    });
    const samples = (
      ...rows: readonly (readonly [minute: number, delivered: number, all: number, series?: string])[]
    ): SourceReading => ({
      kind: 'log',
      records: rows.map(([minute, delivered, all, series]) => ({
        time: NOW + minute * 60_000,
        fields: { delivered, all },
        ...(series === undefined ? {} : { series }),
      })),
    });
    const counted = (reading: SourceReading, definition = counters()) => {
      const input = build(definition, () => reading);
      if (input.kind !== 'events') return input.kind;
      return { good: eventCount(input.events, ({ good }) => good), all: eventCount(input.events) };
    };

    it('counts what they rose, not what they stand at, through restarts', () => {
      assert.deepEqual(counted(samples([-3, 900, 1000], [-2, 940, 1050])), { good: 40, all: 50 });
      // After the restart 5 of 10 by the third sample, 3 of 4 more by the fourth.
      assert.deepEqual(counted(samples([-4, 900, 1000], [-3, 940, 1050], [-2, 5, 10], [-1, 8, 14])), {
        good: 48,
        all: 64,
      });
      assert.deepEqual(counted(samples([-2, 1, 10], [-1, 3, 20]), counters({}, 'bad')), { good: 8, all: 10 });
    });

    it('keeps processes apart, and takes samples in the order of their time', () => {
      const two = samples([-3, 10, 10, 'a'], [-3, 500, 500, 'b'], [-1, 15, 20, 'a'], [-1, 510, 510, 'b']);
      assert.deepEqual(counted(two), { good: 15, all: 20 });
      const shuffled = samples([-1, 30, 30], [-3, 10, 10], [-2, 20, 20]);
      assert.deepEqual(counted(shuffled), { good: 20, all: 20 });
    });

    it('says nothing of one sample, and nothing of the future', () => {
      assert.equal(counted(samples([-1, 900, 1000])), 'none');
      assert.equal(counted(samples([-1, 900, 1000], [5, 950, 1100])), 'none');
      assert.deepEqual(counted(samples([-2, 900, 1000], [-1, 900, 1000])), { good: 0, all: 0 }, 'nothing happened');
    });

    it('gives a verdict over the events of the window, and ratios for slices', () => {
      const reading = samples([-3, 0, 0], [-2, 96, 100], [-1, 180, 200]);
      const definition = counters({ target: 0.9, staleAfterMs: 600_000 });
      const input = build(definition, () => reading);
      const verdict = evaluateObjective(definition, input, { now: NOW });
      // 20 of 200 failed, 20 were allowed.
      assert.deepEqual([verdict.state, verdict.budget?.used, verdict.sampleCount], ['at_risk', 20, 200]);
      assert.ok(Math.abs(verdict.budget?.remaining ?? 1) < 1e-9);
      assert.deepEqual(
        build(counters({ method: 'RatioTimeslices' }), () => reading),
        {
          kind: 'ratios',
          samples: [
            { time: NOW - 120_000, good: 96, total: 100 },
            { time: NOW - 60_000, good: 84, total: 100 },
          ],
        },
      );
    });
  });

  it('takes a level ratio of two counts, and none where they do not belong together', () => {
    const reading = entities([{ current: true }, { current: true }, { current: false }]);
    assert.deepEqual(
      build(ratio('good', field('current', true)), () => reading),
      { kind: 'ratios', samples: [{ time: NOW, good: 2, total: 3 }] },
    );
    assert.deepEqual(
      build(ratio('bad', field('current', true)), () => reading),
      { kind: 'ratios', samples: [{ time: NOW, good: 1, total: 3 }] },
    );
    assert.equal(
      build(ratio('good', field('current', true)), () => entities([])).kind,
      'none',
      'nothing of nothing is no share',
    );
    const swapped = ratio('good', { query: 'count', field: null }, field('current', true));
    assert.equal(build(swapped, () => reading).kind, 'none');
  });

  it('does not count events of one log against those of another', () => {
    const definition = ratio(
      'good',
      { ...field('level', 'info'), source: 'a' },
      { query: 'count', field: null, source: 'b' },
    );
    const input = build(definition, () => log({ level: 'info' }));
    assert.ok(input.kind === 'none' && /same data source/.test(input.reason));
  });

  it('takes a ratio that the source computed, and nothing outside 0 to 1', () => {
    const raw = (rawType: 'success' | 'failure') =>
      objective({ threshold: null, indicator: { kind: 'raw', rawType, query: query({ field: 'share' }) } });
    const input = build(raw('failure'), () => log({ share: 0.25 }, { share: 7 }));
    assert.deepEqual(input, { kind: 'ratios', samples: [{ time: NOW - 60_000, good: 0.75, total: 1 }] });
    assert.equal(build(raw('success'), () => log({ share: -1 })).kind, 'none');
  });

  it('passes on why there is nothing, and keeps the last good reading of a failing source', () => {
    assert.deepEqual(
      build(objective(), () => ({ kind: 'none', reason: 'no file' })),
      { kind: 'none', reason: 'no file' },
    );
    assert.equal(build(objective(), () => undefined).kind, 'none');
    const lastGood = log({ value: 3 });
    assert.ok(lastGood.kind === 'log');
    const failed = build(objective(), () => ({ kind: 'error', reason: 'broken', since: NOW, lastGood }));
    assert.deepEqual(failed, {
      kind: 'error',
      reason: 'broken',
      since: NOW,
      lastGood: { kind: 'samples', samples: [{ time: NOW - 60_000, value: 3 }] },
    });
    assert.deepEqual(
      build(objective(), () => ({ kind: 'error', reason: 'broken', since: NOW, lastGood: null })),
      { kind: 'error', reason: 'broken', since: NOW, lastGood: null },
    );
  });
});

describe('time windows', () => {
  const window = (startTime: string, timeZone: string, text: string, now: string) => {
    const duration = parseDuration(text);
    assert.ok(duration);
    const found = windowAt({ kind: 'calendar', duration, startTime, timeZone }, Date.parse(now));
    return found && [new Date(found.start).toISOString(), new Date(found.end).toISOString()];
  };

  it('clamp month ends without drifting', () => {
    assert.deepEqual(window('2025-01-31 00:00:00', 'UTC', '1M', '2025-03-01T00:00:00Z'), [
      '2025-02-28T00:00:00.000Z',
      '2025-03-31T00:00:00.000Z',
    ]);
  });

  it('follow the clocks of their zone: a spring day of 23 hours, a skipped start moved forward', () => {
    assert.deepEqual(window('2025-03-01 00:00:00', 'America/New_York', '1d', '2025-03-09T12:00:00Z'), [
      '2025-03-09T05:00:00.000Z',
      '2025-03-10T04:00:00.000Z',
    ]);
    assert.deepEqual(window('2025-03-01 02:30:00', 'America/New_York', '1d', '2025-03-09T12:00:00Z'), [
      '2025-03-09T07:30:00.000Z',
      '2025-03-10T06:30:00.000Z',
    ]);
  });

  it('do not exist before their start, in an unknown zone, or for a time that is none', () => {
    assert.equal(window('2025-03-01 00:00:00', 'UTC', '1d', '2025-02-01T00:00:00Z'), null);
    assert.equal(window('2025-03-01 00:00:00', 'Mars/Base', '1d', '2025-04-01T00:00:00Z'), null);
    assert.equal(window('2025-02-30 00:00:00', 'UTC', '1d', '2025-04-01T00:00:00Z'), null);
  });

  it('roll: a month is 30 days', () => {
    const duration = parseDuration('1M');
    assert.ok(duration);
    assert.deepEqual(windowAt({ kind: 'rolling', duration }, NOW), { start: NOW - 30 * 86_400_000, end: NOW });
    for (const text of ['', '1', 'm', '-1d', '1.5h', '1s', '1 d', '9999999999d'])
      assert.equal(parseDuration(text), null, text);
  });
});
