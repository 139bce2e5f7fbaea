/** Incidents from the states of alerts, and their file. */
import assert from 'node:assert/strict';
import type { AlertStatus } from '../../../src/slo/alerts/evaluateAlerts';
import {
  type Incident,
  incidentsText,
  MAX_INCIDENTS,
  readIncidents,
  stepIncidents,
} from '../../../src/slo/alerts/incidents';
import { HOURS_KEPT_MS } from '../../../src/slo/history/history';
import { policy } from './inputs';

const T = Date.parse('2026-05-15T12:00:00Z');

function alert(key: string, state: AlertStatus['state'], since: number | null = null): AlertStatus {
  return {
    key,
    kind: 'condition',
    policy: policy({ name: key, displayName: `Alert ${key}` }),
    objective: 'agents',
    state,
    since,
    inhibitedBy: null,
    condition: 'value < 6',
    valueText: '5 agents',
    meaning: null,
    handling: null,
  };
}

describe('incidents', () => {
  it('begin with the fire and end with the resolve', () => {
    const pending = stepIncidents([], [alert('a', 'pending', T)], T, false);
    assert.deepEqual(pending, []);
    const begun = stepIncidents([], [alert('a', 'firing', T - 60_000)], T, false);
    assert.deepEqual(
      begun.map(({ displayName, begin, end, level, valueText }) => [displayName, begin, end, level, valueText]),
      [['Alert a', T - 60_000, null, 'P1', '5 agents']],
    );
    assert.equal(
      stepIncidents(begun, [alert('a', 'firing', T - 60_000)], T + 1, false),
      begun,
      'nothing is written anew',
    );
    const over = stepIncidents(begun, [alert('a', 'resolved')], T + 5, false);
    assert.deepEqual([over[0]?.end, over[0]?.endedUnwatched], [T + 5, false]);
    const again = stepIncidents(over, [alert('a', 'firing', T + 9)], T + 9, false);
    assert.deepEqual(
      again.map(({ begin, end }) => [begin, end]),
      [
        [T + 9, null],
        [T - 60_000, T + 5],
      ],
    );
  });

  it('that ended while nobody watched say so, also when the policy is gone', () => {
    const begun = stepIncidents([], [alert('a', 'firing', T)], T, false);
    for (const alerts of [[alert('a', 'inactive')], []]) {
      const [one] = stepIncidents(begun, alerts, T + 9, true);
      assert.deepEqual([one?.end, one?.endedUnwatched], [T + 9, true]);
    }
  });

  it('are bounded in time and number', () => {
    const old: Incident[] = stepIncidents(stepIncidents([], [alert('a', 'firing', T)], T, false), [], T, false).slice();
    assert.deepEqual(stepIncidents(old, [], T + HOURS_KEPT_MS + 1, false), []);
    const many = Array.from({ length: MAX_INCIDENTS + 20 }, (_, n) => alert(`a${n}`, 'firing', T + n));
    const kept = stepIncidents([], many, T, false);
    assert.equal(kept.length, MAX_INCIDENTS);
    assert.equal(kept[0]?.begin, T + MAX_INCIDENTS + 19, 'the newest stay');
  });

  it('come back from their text, and nothing else does', () => {
    const some = stepIncidents([], [alert('a', 'firing', T), alert('b', 'firing', T)], T, false);
    assert.deepEqual(readIncidents(incidentsText(some)), some);
    for (const text of ['', '{', '[]', '{"schemaVersion":2,"incidents":[]}', '{"schemaVersion":1}'])
      assert.equal(readIncidents(text), null, text);
    const hostile = [
      null,
      1,
      { key: 1 },
      { key: 'a', level: 'P9', begin: 1, end: null },
      { key: 'a', level: 'P1', begin: 1e300, end: null },
      { key: 'a', level: 'P1', begin: 5, end: 4 },
      { __proto__: null, key: 'x'.repeat(5000), level: 'P2', begin: 1, end: null },
    ];
    const read = readIncidents(JSON.stringify({ schemaVersion: 1, incidents: hostile }));
    assert.deepEqual(
      read?.map(({ key, level }) => [key.length, level]),
      [[300, 'P2']],
    );
  });
});
