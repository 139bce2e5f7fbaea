/** How alerts speak: flap damping, and the one announcement of a start. */
import assert from 'node:assert/strict';
import {
  announce,
  GROUP_WAIT_MS,
  type GroupMemory,
  groupDueAt,
  NO_FIRE_YET,
} from '../../../src/slo/alerts/announcements';
import {
  type AlertEvent,
  type AlertEventKind,
  type AlertMemories,
  evaluateAlerts,
} from '../../../src/slo/alerts/evaluateAlerts';
import { FLAP_RULE, STEADY, stepFlap } from '../../../src/slo/alerts/flapping';
import type { AlertPolicyDefinition } from '../../../src/slo/definition/model';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { NOW, objective, policy } from './inputs';

const MINUTE = 60_000;

/** Announcements by minute; the memories survive a round trip through JSON between any two evaluations. */
function spoken(
  series: readonly (readonly [number, number])[],
  rule: Partial<AlertPolicyDefinition> = {},
): readonly string[] {
  const policies = [policy({ when: 'value < 8', ...rule })];
  const definition = objective({ alertPolicies: ['policy'] });
  let memories: AlertMemories = {};
  return series.flatMap(([minute, value]) => {
    const now = NOW + minute * MINUTE;
    const evaluation = evaluateObjective(definition, { kind: 'samples', samples: [{ time: now, value }] }, { now });
    const tick = evaluateAlerts({ policies }, [evaluation], memories, { now });
    memories = JSON.parse(JSON.stringify(tick.memories));
    return tick.announcements.map(({ kind }) => `${minute} ${kind}`);
  });
}

const bad = 7;
const good = 8;
const storm = [
  [0, bad],
  [1, good],
  [2, bad],
  [3, good],
] as const;

describe('flap damping', () => {
  it('replaces the fourth transition, is silent until stable, then tells once that it still fires', () => {
    assert.deepEqual(spoken([...storm, [4, bad], [33, bad], [34, bad], [35, bad], [36, good]]), [
      '0 fire',
      '1 resolve',
      '2 fire',
      '3 flapping',
      '34 fire',
      '36 resolve',
    ]);
  });

  it('tells nothing of what cleared during the silence, and speaks again of what comes after it', () => {
    assert.deepEqual(spoken([...storm, [20, bad], [21, good], [51, good], [90, bad]]), [
      '0 fire',
      '1 resolve',
      '2 fire',
      '3 flapping',
      '90 fire',
    ]);
  });

  it('counts only transitions that lie close together', () => {
    assert.deepEqual(
      spoken([
        [0, bad],
        [1, good],
        [2, bad],
        [31, good],
      ]),
      ['0 fire', '1 resolve', '2 fire', '31 resolve'],
    );
    assert.deepEqual(
      spoken([
        [0, bad],
        [1, good],
        [2, bad],
        [30, good],
      ]).at(-1),
      '30 flapping',
      'the limit is included',
    );
  });

  it('is told even where the end of an alert is not, and never of P3', () => {
    assert.deepEqual(spoken(storm, { whenResolved: false }), ['0 fire', '2 fire', '3 flapping']);
    assert.deepEqual(spoken(storm, { severity: 'P3' }), []);
  });

  it('forgets what lies in the future when the clock was set back', () => {
    const ahead = [0, 1, 2].reduce((memory, i) => stepFlap(memory, true, FLAP_RULE, NOW + 1e9 + i).memory, STEADY);
    assert.deepEqual(stepFlap(ahead, true, FLAP_RULE, NOW), {
      memory: { transitions: [NOW], muted: false },
      starts: false,
    });
  });
});

const event = (key: string, kind: AlertEventKind, severity: 'P1' | 'P2' = 'P2'): AlertEvent => ({
  at: NOW,
  kind,
  key,
  policy: policy({ name: key, displayName: `Alert ${key}`, severity }),
  objective: 'objective',
  delta: null,
  valueText: '5',
});

/** Texts by second. */
function told(ticks: readonly (readonly [number, readonly AlertEvent[]])[]): readonly string[] {
  let memory: GroupMemory = NO_FIRE_YET;
  return ticks.flatMap(([second, events]) => {
    const step = announce(memory, events, NOW + second * 1000);
    memory = step.memory;
    return step.announcements.map(({ text }) => `${second} ${text}`);
  });
}

describe('announcements', () => {
  it('of the fires of a start are one, with the most severe level', () => {
    const fires = [event('a', 'fire'), event('b', 'fire-no-data'), event('c', 'fire', 'P1'), event('d', 'fire')];
    let memory = announce(NO_FIRE_YET, fires.slice(0, 2), NOW).memory;
    assert.equal(groupDueAt(memory), NOW + GROUP_WAIT_MS + 1);
    memory = announce(memory, fires.slice(2), NOW + GROUP_WAIT_MS).memory;
    const { announcements, memory: after } = announce(memory, [], NOW + GROUP_WAIT_MS + 1);
    assert.deepEqual(
      announcements.map(({ text, level, events }) => [text, level, events.length]),
      [['4 SLO alerts firing (Alert a, Alert b: no data, Alert c, …)', 'P1', 4]],
    );
    assert.equal(groupDueAt(after), null);
  });

  it('after a start come at once', () => {
    assert.deepEqual(
      told([
        [0, [event('a', 'fire')]],
        [31, [event('b', 'fire')]],
        [40, [event('c', 'fire', 'P1')]],
        [50, [event('c', 'resolve', 'P1')]],
      ]),
      ['31 P2: Alert a (5)', '31 P2: Alert b (5)', '40 P1: Alert c (5)', '50 P1: Alert c (5) resolved'],
    );
  });

  it('say nothing of an alert that cleared before its group was told', () => {
    assert.deepEqual(
      told([
        [0, [event('a', 'fire'), event('b', 'fire')]],
        [10, [event('a', 'resolve')]],
        [31, []],
      ]),
      ['31 P2: Alert b (5)'],
    );
    assert.deepEqual(
      told([
        [0, [event('a', 'fire')]],
        [10, [event('a', 'resolve')]],
        [31, []],
      ]),
      [],
    );
  });

  it('are not held back by a clock that was set back', () => {
    assert.deepEqual(
      told([
        [0, [event('a', 'fire')]],
        [-500, []],
      ]),
      ['-500 P2: Alert a (5)'],
    );
  });
});
