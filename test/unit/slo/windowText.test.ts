/** Over what an objective is judged, in words. */
import assert from 'node:assert/strict';
import { windowText } from '../../../src/slo/text';
import { objective } from './inputs';

describe('window in words', () => {
  const rolling = { kind: 'rolling', duration: { count: 30, unit: 'd', ms: 30 * 86_400_000 } } as const;

  it('names share, things and window, and keeps a target as it is written', () => {
    const given = { mode: 'window', method: 'Timeslices', target: 0.9995, sliceMs: 60_000, window: rolling } as const;
    assert.equal(windowText(objective(given)), '99.95% of slices of 1 min good, over a rolling 30d');
    assert.equal(
      windowText(objective({ ...given, method: 'Occurrences' })),
      '99.95% of events good, over a rolling 30d',
    );
    assert.equal(
      windowText(objective({ ...given, zeroTolerance: true })),
      'no bad slices of 1 min, over a rolling 30d',
    );
    const calendar = {
      kind: 'calendar',
      duration: { count: 1, unit: 'M', ms: 30 * 86_400_000 },
      startTime: '2026-01-01 00:00:00',
      timeZone: 'Europe/Berlin',
    } as const;
    assert.match(
      windowText(objective({ ...given, window: calendar })),
      /over a calendar 1M from 2026-01-01 00:00:00 \(Europe\/Berlin\)$/,
    );
  });

  it('of a current value says that the value decides', () => {
    const given = { mode: 'current', method: 'Timeslices', target: 0.99, sliceMs: 60_000, window: rolling } as const;
    assert.equal(
      windowText(objective(given)),
      'judged by its current value; beside it is kept: 99% of slices of 1 min good, over a rolling 30d',
    );
    assert.equal(
      windowText(objective({ ...given, zeroTolerance: true })),
      'judged by its current value; nothing may fail',
    );
  });
});
