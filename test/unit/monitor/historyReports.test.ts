/** Histories, trends and incidents in the report, from sessions that were really lived. */
import assert from 'node:assert/strict';
import { HistoryReports, trendOf } from '../../../src/monitor/historyReports';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { NO_CELL } from '../../../src/slo/history/cell';
import { History } from '../../../src/slo/history/history';
import { objective } from '../slo/inputs';

const NOW = Date.parse('2026-05-15T12:00:30Z');
const MINUTE = 60_000;

const agents = objective({ threshold: { operator: 'gte', limit: 8 }, unit: 'agents' });

function evaluated(one: ReturnType<typeof objective>, history: History, value: number, now = NOW) {
  const input = { kind: 'samples', samples: [{ time: now, value }] } as const;
  return evaluateObjective(one, input, { now, past: history.past(one.name, one.sliceMs) });
}

function lived(one: ReturnType<typeof objective>, minutes: number, figureOf: (ago: number) => number): History {
  const history = new History(NOW - 31 * 24 * 60 * MINUTE);
  for (let ago = minutes; ago >= 0; ago--) {
    const value = figureOf(ago);
    history.settle(one.name, MINUTE, Math.floor(NOW / MINUTE) - ago, {
      ...NO_CELL,
      value,
      state: value >= 8 ? 'good' : 'bad',
    });
  }
  return history;
}

describe('history in the report', () => {
  it('says in words what the charts show', () => {
    const history = lived(agents, 60, (ago) => (ago < 5 ? 6 : 12));
    const report = new HistoryReports().of(evaluated(agents, history, 6), NOW);
    const hour = report?.windows.find(({ key }) => key === '1h');
    assert.match(
      hour?.summary ?? '',
      /^6 agents at worst, 12 agents at best, target >= 8; a miss in 5 of 60 steps of 1 minute\. Time budget left: 100% at first, /,
    );
    assert.equal(report?.measureText, 'agents, the worst of each step');
    assert.equal(hour?.label, '1 hour');
    const day = report?.windows.find(({ key }) => key === '1d');
    assert.match(day?.summary ?? '', /137 not recorded/);
  });

  it('tells a ratio as a percentage', () => {
    const working = { ...agents, unit: 'ratio', threshold: { operator: 'gte', limit: 1 } } as const;
    const report = new HistoryReports().of(
      evaluated(
        working,
        lived(working, 60, (ago) => (ago < 5 ? 0.5 : 1)),
        1,
      ),
      NOW,
    );
    const hour = report?.windows.find(({ key }) => key === '1h');
    assert.match(hour?.summary ?? '', /^50% at worst, 100% at best, target >= 100%; /);
    assert.equal(report?.measureText, 'share, the worst of each step');
  });

  it('rounds shares down and is small', () => {
    const delivery = objective({ mode: 'window', method: 'Occurrences', threshold: null, target: 0.95 });
    const history = new History(NOW - 31 * 24 * 60 * MINUTE);
    for (let ago = 31 * 24 * 60 - 100; ago >= 0; ago--)
      history.settle(delivery.name, MINUTE, Math.floor(NOW / MINUTE) - ago, { ...NO_CELL, good: 2, eligible: 3 });
    const events = [{ time: NOW, good: true, value: null }];
    const evaluation = evaluateObjective(
      delivery,
      { kind: 'events', events },
      { now: NOW, past: history.past(delivery.name, MINUTE) },
    );
    const report = new HistoryReports().of(evaluation, NOW);
    assert.equal(report?.windows[0]?.measured[3], 0.6666);
    assert.ok(JSON.stringify(report).length < 20_000, String(JSON.stringify(report).length));
  });

  it('ends with the budget that is judged', () => {
    const leaks = objective({ threshold: { operator: 'lt', limit: 5 }, countBudget: 4 });
    const history = lived(leaks, 60, () => 1);
    const report = new HistoryReports().of(evaluated(leaks, history, 3), NOW);
    for (const window of report?.windows ?? []) assert.equal(window.remaining.at(-1), 0.25, window.key);
  });

  it('looks at the slices again after a minute or when the value has changed, and not before', () => {
    const history = lived(agents, 60, () => 12);
    const evaluation = evaluated(agents, history, 12);
    let looks = 0;
    const past = evaluation.past;
    assert.ok(past);
    const counted = {
      ...evaluation,
      past: { ...past, sums: (first: number, last: number) => (looks++, past.sums(first, last)) },
    };
    const reports = new HistoryReports();
    const first = reports.of(counted, NOW);
    const once = looks;
    assert.ok(once > 0);
    assert.deepEqual(reports.of(counted, NOW + 10_000), first);
    assert.equal(looks, once);
    reports.of({ ...counted, value: 5 }, NOW + 10_000);
    assert.equal(looks, 2 * once);
    reports.of(counted, NOW + 40_000);
    assert.ok(looks > 2 * once);
  });
});

describe('trend', () => {
  const trend = (minutes: number, figureOf: (ago: number) => number, one = agents) => {
    const history = new HistoryReports().of(evaluated(one, lived(one, minutes, figureOf), figureOf(0)), NOW);
    assert.ok(history);
    return trendOf(one, history);
  };

  it('is over a day where a day is known, else over an hour, else there is none', () => {
    assert.deepEqual(
      trend(1500, (ago) => (ago > 600 ? 12 : 9)),
      { of: 'value', direction: 'down', meaning: 'worse', over: '1 day', text: '−3 agents in 1 day' },
    );
    assert.deepEqual(
      trend(61, (ago) => (ago > 30 ? 9 : 10)),
      { of: 'value', direction: 'up', meaning: 'better', over: '1 hour', text: '+1 agent in 1 hour' },
    );
    assert.equal(
      trend(20, () => 12),
      null,
    );
    assert.equal(trend(61, () => 12)?.text, 'unchanged in 1 hour');
  });

  it('of a budget is in points, rounded towards nothing', () => {
    const leaks = objective({ threshold: { operator: 'lt', limit: 5 }, countBudget: 3 });
    assert.deepEqual(
      trend(1500, (ago) => (ago > 600 ? 1 : 2), leaks),
      { of: 'budget', direction: 'down', meaning: 'worse', over: '1 day', text: '−33.3 points in 1 day' },
    );
  });

  it('of fewer leaks is better', () => {
    const leaks = objective({ threshold: { operator: 'lte', limit: 0 }, zeroTolerance: true, unit: 'findings' });
    assert.deepEqual(trend(1500, (ago) => (ago > 600 ? 2 : 1), leaks)?.meaning, 'better');
  });
});
