/** How fast a budget burns, when it is gone, and how long a target was met. */
import assert from 'node:assert/strict';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { History } from '../../../src/slo/history/history';
import { Recorder } from '../../../src/slo/history/recorder';
import type { IndicatorInput } from '../../../src/slo/indicatorInput';
import { burnOutlook, outageLeft, watchedTime } from '../../../src/slo/outlook';
import { objective } from './inputs';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.parse('2026-03-02T00:00:00Z');
const daily = (count: number) => ({ count, unit: 'd', ms: count * DAY }) as const;

/** One look a minute; null is a source that is silent for that minute. */
function watch(values: readonly (number | null)[], changes: Partial<ReturnType<typeof objective>> = {}) {
  const definition = objective({
    mode: 'window',
    target: 0.9,
    staleAfterMs: MINUTE,
    window: { kind: 'rolling', duration: daily(1) },
    ...changes,
  });
  const recorder = new Recorder(new History(START - DAY));
  const looks = values.map((value, minute) => {
    const now = START + minute * MINUTE + 1000;
    const input: IndicatorInput =
      value === null ? { kind: 'none', reason: 'silent' } : { kind: 'samples', samples: [{ time: now, value }] };
    const past = recorder.observe(definition, input, { now, watchedFrom: START });
    return { now, evaluation: evaluateObjective(definition, input, { now, past }) };
  });
  const last = looks.at(-1);
  assert.ok(last);
  return last;
}

const minutes = (count: number, value: number) => Array<number>(count).fill(value);

describe('the outlook of a budget', () => {
  it('is gone when it burns on like the last hour', () => {
    // 144 minutes are allowed; 18 of the last hour failed: 30 % where 10 % are allowed.
    const { evaluation, now } = watch([...minutes(42, 1), ...minutes(18, 0)]);
    const outlook = burnOutlook(evaluation, now);
    assert.ok(Math.abs((outlook?.burnRate ?? 0) - 3) < 1e-9);
    // A day at three times the speed, of which 126/144 are left.
    assert.ok(Math.abs((outlook?.exhaustedAt ?? 0) - (now + (DAY * (126 / 144)) / 3)) < 1);
    assert.equal(outlook?.text, 'burns 3 times as fast as allowed in the last hour, gone in 7 h');
  });

  it('is nothing to say without half an hour, without a window, and without an end', () => {
    const short = watch(minutes(29, 1));
    assert.equal(burnOutlook(short.evaluation, short.now), null);
    const current = watch(minutes(60, 1), { mode: 'current', countBudget: 4 });
    assert.equal(burnOutlook(current.evaluation, current.now), null);
    const fine = watch(minutes(60, 1));
    assert.deepEqual(burnOutlook(fine.evaluation, fine.now), {
      burnRate: 0,
      exhaustedAt: null,
      text: 'nothing burnt in the last hour',
    });
    const spent = watch(minutes(200, 0));
    assert.equal(burnOutlook(spent.evaluation, spent.now)?.exhaustedAt, null, 'it is gone already');
  });

  it('outlasts a calendar window that ends before', () => {
    const calendar = {
      window: { kind: 'calendar', duration: daily(1), startTime: '2026-03-01 00:00:00', timeZone: 'UTC' },
    } as const;
    const { evaluation, now } = watch([...minutes(57, 1), ...minutes(3, 0)], calendar);
    const outlook = burnOutlook(evaluation, now);
    assert.deepEqual(
      [outlook?.exhaustedAt, outlook?.text],
      [null, 'burns 0.5 times as fast as allowed in the last hour, enough for this window'],
    );
  });
});

describe('the time that was watched', () => {
  it('tells met, missed and silent minutes, rounded down', () => {
    const { evaluation, now } = watch([...minutes(58, 1), ...minutes(1, 0), null, null, 1]);
    assert.deepEqual(watchedTime(evaluation, now), {
      metMinutes: 59,
      missedMinutes: 1,
      unknownMinutes: 2,
      text: 'met 98.3% of 60 min watched, 2 min without data',
    });
  });

  it('is told of an objective of the moment too, and not where nothing was seen', () => {
    const { evaluation, now } = watch([1, 0], { mode: 'current' });
    assert.equal(watchedTime(evaluation, now)?.text, 'met 50% of 2 min watched');
    const silent = watch([null, null]);
    assert.equal(watchedTime(silent.evaluation, silent.now), null);
  });
});

describe('the outage that is left', () => {
  it('is how long everything may fail, the rest as measured', () => {
    const { evaluation, now } = watch(minutes(60, 1));
    // 10 % of a day.
    const left = outageLeft(evaluation, now);
    assert.ok(Math.abs((left?.minutes ?? 0) - 144) < 1e-9);
    assert.equal(left?.text, '2 h of total outage in the window would bring it down to its target');
  });

  it('is none where what was measured is below the target, and nothing to say of a moment or of zero tolerance', () => {
    const { evaluation, now } = watch([...minutes(30, 1), ...minutes(30, 0)]);
    assert.equal(outageLeft(evaluation, now)?.minutes, 0);
    const moment = watch(minutes(5, 1), { mode: 'current' });
    assert.equal(outageLeft(moment.evaluation, moment.now), null);
    const strict = watch(minutes(5, 1), { zeroTolerance: true });
    assert.equal(outageLeft(strict.evaluation, strict.now), null);
  });
});
