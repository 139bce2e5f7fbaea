/** Series for charts, from slices that are remembered. */
import assert from 'node:assert/strict';
import type { ObjectiveDefinition } from '../../../src/slo/definition/model';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseDuration } from '../../../src/slo/duration';
import { type Cell, NO_CELL } from '../../../src/slo/history/cell';
import { History } from '../../../src/slo/history/history';
import {
  MAX_STEPS,
  type ObjectiveSeries,
  type Series,
  type SeriesKey,
  seriesOf,
} from '../../../src/slo/history/series';
import { objective } from './inputs';

const NOW = Date.parse('2026-05-15T12:00:30Z');

function rolling(text: string): ObjectiveDefinition['window'] {
  const duration = parseDuration(text);
  assert.ok(duration);
  return { kind: 'rolling', duration };
}

const uptime = objective({ mode: 'window', target: 0.9, window: rolling('1d') });

/** A history in which a function says what each minute before now was; null for a gap. */
function remembered(
  one: ObjectiveDefinition,
  minutes: number,
  cellOf: (minutesAgo: number) => Partial<Cell> | null,
): History {
  const history = new History(NOW - 31 * DAY_MS);
  const open = Math.floor(NOW / one.sliceMs);
  for (let ago = minutes; ago >= 0; ago--) {
    const cell = cellOf(ago);
    if (cell) history.settle(one.name, one.sliceMs, open - ago, { ...NO_CELL, ...cell });
  }
  return history;
}

function series(one: ObjectiveDefinition, history: History, now = NOW): ObjectiveSeries {
  const made = seriesOf(one, history.past(one.name, one.sliceMs), now);
  assert.ok(made);
  return made;
}

function window(made: ObjectiveSeries, key: SeriesKey): Series {
  const found = made.windows.find((one) => one.key === key);
  assert.ok(found, key);
  return found;
}

describe('series', () => {
  it('say nothing where nothing is remembered', () => {
    assert.equal(seriesOf(uptime, new History(NOW - DAY_MS).past('objective', MINUTE_MS), NOW), null);
  });

  it('have a step per minute of the hour, and no more than the most steps in any window', () => {
    for (const text of ['1d', '7d', '28d', '90d', '1Y']) {
      const one = { ...uptime, window: rolling(text) };
      const made = series(
        one,
        remembered(one, 90, () => ({ state: 'good' })),
      );
      assert.equal(window(made, '1h').states, 'g'.repeat(60));
      for (const { states, measured, remaining, from, stepMs, key } of made.windows) {
        assert.ok(states.length <= MAX_STEPS && states.length > 20, `${text} ${key} ${states.length}`);
        assert.deepEqual([measured.length, remaining.length], [states.length, states.length]);
        assert.equal(from % stepMs, 0, `${text} ${key}`);
        assert.ok(from + states.length * stepMs >= NOW, `${text} ${key}`);
      }
      assert.equal(made.own, text === '1d' || text === '7d' ? text : 'window');
      // As long as the window, and no longer than one step more.
      const own = window(made, made.own);
      const length = own.states.length * own.stepMs;
      assert.ok(Math.abs(length - one.window.duration.ms) <= own.stepMs, `${text} ${length / DAY_MS}`);
    }
  });

  it('tell good, bad, both, no data and what nobody watched apart', () => {
    const one = uptime;
    const history = remembered(one, 59, (ago) =>
      ago >= 40 ? null : ago >= 30 ? { state: 'nodata' } : ago >= 20 ? { state: 'bad' } : { state: 'good' },
    );
    const hour = window(series(one, history), '1h');
    assert.equal(hour.states, `${'.'.repeat(20)}${'n'.repeat(10)}${'b'.repeat(10)}${'g'.repeat(20)}`);
    assert.deepEqual(hour.measured.slice(28, 32), [null, null, 0, 0]);
    assert.match(window(series(one, history), '1d').states, /^\.+[nm]?[nbmg]+$/);
    assert.ok(
      window(series(one, history), '1d').states.includes('m') ||
        window(series(one, history), '1d').states.includes('b'),
    );
  });

  it('burn the budget down as the window does that is judged', () => {
    // 10 % of a day are 144 minutes; 36 bad ones spend a quarter.
    const history = remembered(uptime, 600, (ago) => ({ state: ago >= 100 && ago < 136 ? 'bad' : 'good' }));
    const made = series(uptime, history);
    const day = window(made, '1d');
    assert.equal(made.budget, 'judged');
    assert.ok(Math.abs((day.remaining.at(-1) ?? 0) - 0.75) < 1e-9);
    const known = day.remaining.filter((left) => left !== null);
    assert.equal(known[0], 1);
    known.reduce((before, left) => {
      assert.ok(left <= before + 1e-9, 'nothing comes back before the bad minutes leave the window');
      return left;
    });
    assert.equal(day.remaining[0], null, 'before anything was known there is no budget');
  });

  it('give a budget back when what was bad leaves the rolling window', () => {
    const one = { ...uptime, window: rolling('1h'), target: 0.5 };
    const history = remembered(one, 120, (ago) => ({ state: ago >= 80 && ago < 95 ? 'bad' : 'good' }));
    const { remaining } = window(series(one, history), '1d');
    assert.equal(remaining.at(-1), 1);
    assert.ok(remaining.some((left) => left !== null && left < 0.6));
  });

  it('begin a calendar window with a full budget', () => {
    const one: ObjectiveDefinition = {
      ...uptime,
      window: {
        kind: 'calendar',
        duration: parseDuration('1d') ?? assert.fail(),
        startTime: '2026-01-01 00:00:00',
        timeZone: 'UTC',
      },
    };
    const history = remembered(one, 2 * 1440, (ago) => ({ state: ago > 720 && ago <= 780 ? 'bad' : 'good' }));
    const made = series(one, history);
    assert.equal(made.own, 'window');
    const own = window(made, 'window');
    assert.equal(new Date(own.from).toISOString(), '2026-05-15T00:00:00.000Z');
    // The bad hour was the last of yesterday.
    assert.ok(own.remaining.every((left) => left === 1));
    const { remaining } = window(made, '1d');
    assert.ok(Math.min(...remaining.map((left) => left ?? 1)) < 0.6);
    assert.equal(remaining.at(-1), 1);
  });

  it('show the worst value of a step, in the direction of the objective', () => {
    const agents = objective({ threshold: { operator: 'gte', limit: 8 }, unit: 'agents' });
    const history = remembered(agents, 600, (ago) => ({
      state: ago === 33 ? 'bad' : 'good',
      value: ago === 33 ? 3 : 12,
    }));
    const made = series(agents, history);
    assert.deepEqual([made.measure, made.limit, made.better, made.budget], ['value', 8, 'higher', 'recorded']);
    assert.equal(window(made, '1d').measured.filter((value) => value === 3).length, 1);
    const leaks = objective({ threshold: { operator: 'lt', limit: 5 }, countBudget: 4 });
    const counts = remembered(leaks, 600, (ago) => ({ state: ago === 33 ? 'bad' : 'good', value: ago === 33 ? 8 : 1 }));
    const counted = window(series(leaks, counts), '1d');
    assert.equal(counted.measured.filter((value) => value === 8).length, 1);
    assert.equal(counted.remaining.at(-1), 0.75);
  });

  it('of zero tolerance have no budget to burn', () => {
    const one = objective({ zeroTolerance: true, threshold: { operator: 'lte', limit: 0 } });
    const made = series(
      one,
      remembered(one, 30, () => ({ state: 'good', value: 0 })),
    );
    assert.equal(made.budget, null);
    assert.ok(window(made, '1h').remaining.every((left) => left === null));
  });

  it('count events, and the mean of ratios', () => {
    const delivery = objective({
      mode: 'window',
      method: 'Occurrences',
      threshold: null,
      target: 0.95,
      window: rolling('7d'),
    });
    const events = remembered(delivery, 300, (ago) => ({ good: ago === 10 ? 8 : 10, eligible: 10 }));
    const hour = window(series(delivery, events), '1h');
    assert.equal(hour.states.indexOf('b'), 49);
    assert.equal(hour.measured[49], 0.8);
    // 3,010 events allow 150.5; 2 failed.
    assert.ok(Math.abs((hour.remaining.at(-1) ?? 0) - (1 - 2 / 150.5)) < 1e-9);
    const files = objective({ method: 'RatioTimeslices', mode: 'window', threshold: null, target: 0.9 });
    const ratios = remembered(files, 59, (ago) => ({ state: 'good', ratio: ago % 2 === 0 ? 1 : 0.95, value: 1 }));
    const share = window(series(files, ratios), '1d').measured.at(-2) ?? 0;
    assert.ok(Math.abs(share - 0.975) < 1e-9, String(share));
  });

  it('reach back over hours when minutes are gone', () => {
    const one = { ...uptime, window: rolling('90d') };
    const history = new History(NOW - 60 * DAY_MS);
    const open = Math.floor(NOW / MINUTE_MS);
    for (let ago = 50 * 1440; ago >= 0; ago--)
      history.settle(one.name, MINUTE_MS, open - ago, { ...NO_CELL, state: ago > 40 * 1440 ? 'bad' : 'good' });
    const exact = window(series(one, history), 'window');
    history.rollUp(Math.floor(NOW / DAY_MS - 31) * DAY_MS);
    const rolled = window(series(one, history), 'window');
    assert.equal(rolled.states.replaceAll('m', ''), exact.states.replaceAll('m', ''));
    exact.remaining.forEach((left, at) => {
      const other = rolled.remaining[at];
      assert.ok(left === null ? other === null : Math.abs((other ?? 9) - left) < 0.01, `${at}: ${left} ${other}`);
    });
    assert.ok(HOUR_MS % MINUTE_MS === 0);
  });
});
