/** Moments in any zone: against the runtime's own calendar, and values that are none. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isTimeZone, parseTimestamp, wallToInstant } from '../../../src/sources/timestamps';

const zones = ['America/Chicago', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo', 'UTC'];

/** The clock's reading in a zone, by the runtime. */
function wallOf(ms: number, timeZone: string): number {
  const text = new Date(ms).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

describe('timestamps', () => {
  it('an instant comes back from its wall clock, or the earlier one that shows the same', () => {
    const seconds = fc.integer({ min: Date.UTC(2001, 0, 1) / 1000, max: Date.UTC(2040, 0, 1) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...zones), (second, zone) => {
        const instant = second * 1000;
        const wall = wallOf(instant, zone);
        const back = wallToInstant(wall, zone);
        assert.equal(wallOf(back, zone), wall);
        assert.ok(back <= instant);
      }),
      { numRuns: 1500 },
    );
  });
  it('half an hour of summer time, and a day that a zone left out', () => {
    const iso = (wall: string, zone: string) => new Date(wallToInstant(Date.parse(`${wall}Z`), zone)).toISOString();
    assert.equal(iso('2025-04-06T01:45:00', 'Australia/Lord_Howe'), '2025-04-05T14:45:00.000Z');
    assert.equal(iso('2011-12-30T12:00:00', 'Pacific/Apia'), '2011-12-30T22:00:00.000Z');
  });
  it('an unknown zone makes a value without offset unparsable and leaves the others', () => {
    assert.equal(isTimeZone('Nowhere/Land'), false);
    assert.equal(parseTimestamp('2025-10-16 09:00:00', 'Nowhere/Land').precision, 'unparsable');
    assert.equal(parseTimestamp('2025-10-16T09:00:00Z', 'Nowhere/Land').precision, 'instant');
    assert.equal(wallToInstant(0, 'Nowhere/Land'), 0);
  });
  it('a year below 100 is that year', () => {
    assert.deepEqual(parseTimestamp('0001-01-01T00:00:00Z', 'UTC'), {
      precision: 'instant',
      ms: Date.parse('0001-01-01T00:00:00Z'),
      z: true,
    });
  });
  it('numbers that are no moment of this century are unusable', () => {
    for (const value of [0, -1, 1e308, Number.POSITIVE_INFINITY, 946_684_799, 4_133_980_800_000])
      assert.equal(parseTimestamp(value, 'UTC').precision, 'unparsable', String(value));
    assert.deepEqual(parseTimestamp(1_760_443_200.5, 'UTC'), { precision: 'instant', ms: 1_760_443_200_500, z: false });
  });
  it('takes no text for a moment that is none, and never throws', () => {
    for (const text of ['2025-02-30 10:00:00', '2025-10-16 24:00:00', '2025-10-16T10:00:00+19:00', '16.10.2025', ''])
      assert.equal(parseTimestamp(text, 'UTC').precision, 'unparsable', text);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.constant(null)), fc.string(), (value, zone) => {
        parseTimestamp(value, zone);
      }),
    );
  });
  it('a hundred thousand local times are read in a moment', () => {
    const start = performance.now();
    for (let index = 0; index < 100_000; index++)
      parseTimestamp(`2025-10-16 10:${String(index % 60).padStart(2, '0')}:00`, 'America/Chicago');
    assert.ok(performance.now() - start < 2000);
  });
});
