/** Over what an objective is judged, in words. */
import assert from 'node:assert/strict';
import { assumedTexts } from '../../../src/slo/assumed';
import { windowText } from '../../../src/slo/text';
import { objective } from './inputs';

describe('window in words', () => {
  const rolling = { kind: 'rolling', duration: { count: 30, unit: 'd', ms: 30 * 86_400_000 } } as const;

  it('names share, things and window, and keeps a target as it is written', () => {
    const given = { mode: 'window', method: 'Timeslices', target: 0.9995, sliceMs: 60_000, window: rolling } as const;
    assert.equal(windowText(objective(given)), '99.95% of slices of 1 min good, over the last 30 days');
    assert.equal(
      windowText(objective({ ...given, method: 'Occurrences' })),
      '99.95% of events good, over the last 30 days',
    );
    assert.equal(
      windowText(objective({ ...given, zeroTolerance: true })),
      'no bad slices of 1 min, over the last 30 days',
    );
    const calendar = {
      kind: 'calendar',
      duration: { count: 1, unit: 'M', ms: 30 * 86_400_000 },
      startTime: '2026-01-01 00:00:00',
      timeZone: 'Europe/Berlin',
    } as const;
    assert.match(
      windowText(objective({ ...given, window: calendar })),
      /over windows of 1 month from 2026-01-01 00:00:00 \(Europe\/Berlin\)$/,
    );
  });

  it('of a current value says that the value decides', () => {
    const given = { mode: 'current', method: 'Timeslices', target: 0.99, sliceMs: 60_000, window: rolling } as const;
    assert.equal(
      windowText(objective(given)),
      'judged by its current value; beside it is kept: 99% of slices of 1 min good, over the last 30 days',
    );
    assert.equal(
      windowText(objective({ ...given, zeroTolerance: true })),
      'judged by its current value; no failure is allowed',
    );
  });
});

describe('what a definition chose itself', () => {
  it('is told in words, with its numbers', () => {
    const chosen = objective({ mode: 'window', target: 0.95, assumed: ['target', 'timeWindow', 'timeSliceWindow'] });
    assert.deepEqual(assumedTexts(chosen), ['target (95%)', 'time window (30 days)', 'length of a time slice (1 min)']);
  });

  it('a target beside a current value is a share of time, not what is asked of the value', () => {
    const chosen = objective({ mode: 'current', target: 0.99, assumed: ['target', 'CRITICAL counts as HIGH'] });
    assert.deepEqual(assumedTexts(chosen), [
      'share of the time in which it should be met (99%)',
      'CRITICAL counts as HIGH',
    ]);
  });
});
