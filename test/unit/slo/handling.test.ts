/** Snoozing and acknowledging: what mutes an alert, for how long, and what is left afterwards. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AlertMemories, evaluateAlerts } from '../../../src/slo/alerts/evaluateAlerts';
import {
  type AlertAct,
  actOn,
  type Handlings,
  handlingsText,
  readHandlingsText,
  withoutEnded,
} from '../../../src/slo/alerts/handling';
import type { AlertPolicyDefinition } from '../../../src/slo/definition/model';
import { evaluateObjective } from '../../../src/slo/evaluate';
import { NOW, objective, policy } from './inputs';

const MINUTE = 60_000;
const KEY = 'policy/objective';
const bad = 7;
const good = 8;

interface Step {
  readonly minute: number;
  readonly value: number;
  /** Said after the evaluation of this minute. */
  readonly act?: AlertAct;
}

/** What is said aloud by minute, and whether the alert fires, is snoozed and acknowledged. */
function play(steps: readonly Step[], rule: Partial<AlertPolicyDefinition> = {}) {
  const policies = [policy({ when: 'value < 8', ...rule })];
  const definition = objective({ alertPolicies: ['policy'] });
  let memories: AlertMemories = {};
  let handlings: Handlings = {};
  const spoken: string[] = [];
  const shown: string[] = [];
  for (const { minute, value, act } of steps) {
    const now = NOW + minute * MINUTE;
    const evaluation = evaluateObjective(definition, { kind: 'samples', samples: [{ time: now, value }] }, { now });
    const tick = evaluateAlerts({ policies }, [evaluation], memories, { now, handlings });
    spoken.push(...tick.announcements.map(({ kind }) => `${minute} ${kind}`));
    memories = tick.memories;
    handlings = tick.handlings;
    const [alert] = tick.alerts;
    const marks = [
      alert?.handling?.snooze ? 'snoozed' : '',
      alert?.handling?.acknowledgedAt == null ? '' : 'acknowledged',
    ];
    shown.push([alert?.state ?? '', ...marks.filter((mark) => mark !== '')].join(' '));
    if (act) handlings = actOn(handlings, [KEY], act, (key) => memories[key]?.state === 'firing', now);
    // They survive being written between any two evaluations.
    handlings = readHandlingsText(handlingsText(handlings)) ?? assert.fail();
  }
  return { spoken, shown, handlings };
}

const snooze = (until: number | 'change' | 'forever'): AlertAct => ({ kind: 'snooze', until });

describe('a snooze', () => {
  it('mutes the voice and not the truth, and at its end a fire that was not told is told once', () => {
    const until = NOW + 10 * MINUTE;
    const { spoken, shown } = play([
      { minute: 0, value: good, act: snooze(until) },
      { minute: 1, value: bad },
      { minute: 9, value: bad },
      { minute: 10, value: bad },
      { minute: 11, value: bad },
      { minute: 12, value: good },
    ]);
    assert.deepEqual(spoken, ['10 fire', '12 resolve']);
    assert.deepEqual(shown.slice(0, 4), ['inactive', 'firing snoozed', 'firing snoozed', 'firing']);
  });

  it('tells nothing of what fired and cleared meanwhile, and nothing twice that was told before', () => {
    assert.deepEqual(
      play([
        { minute: 0, value: good, act: snooze(NOW + 5 * MINUTE) },
        { minute: 1, value: bad },
        { minute: 2, value: good },
        { minute: 6, value: good },
      ]).spoken,
      [],
    );
    assert.deepEqual(
      play([
        { minute: 0, value: bad, act: snooze(NOW + 5 * MINUTE) },
        { minute: 1, value: bad },
        { minute: 6, value: bad },
      ]).spoken,
      ['0 fire'],
    );
  });

  it('until it changes ends with the incident, or with its beginning', () => {
    const firing = play([
      { minute: 0, value: bad, act: snooze('change') },
      { minute: 1, value: bad },
      { minute: 2, value: good },
      { minute: 3, value: bad },
    ]);
    assert.deepEqual(firing.spoken, ['0 fire', '2 resolve', '3 fire']);
    assert.deepEqual(firing.shown, ['firing', 'firing snoozed', 'resolved', 'firing']);
    const quiet = play([
      { minute: 0, value: good, act: snooze('change') },
      { minute: 1, value: bad },
    ]);
    assert.deepEqual(quiet.spoken, ['1 fire']);
  });

  it('for ever lasts until it is taken back', () => {
    const { spoken, handlings } = play([
      { minute: 0, value: bad, act: snooze('forever') },
      { minute: 1, value: good },
      { minute: 900_000, value: bad, act: { kind: 'unsnooze' } },
      { minute: 900_001, value: bad },
    ]);
    assert.deepEqual(spoken, ['0 fire', '900001 fire']);
    assert.deepEqual(handlings, {});
  });

  it('silences flapping too', () => {
    const series = [bad, good, bad, good, bad, good].map((value, minute) => ({
      minute,
      value,
      ...(minute === 0 ? { act: snooze('forever') } : {}),
    }));
    assert.deepEqual(play(series).spoken, ['0 fire']);
  });
});

describe('an acknowledgement', () => {
  it('lasts as long as the incident, whatever mutes it besides', () => {
    const { shown, spoken } = play([
      { minute: 0, value: bad, act: { kind: 'acknowledge' } },
      { minute: 1, value: bad, act: snooze(NOW + 3 * MINUTE) },
      { minute: 2, value: bad },
      { minute: 3, value: bad },
      { minute: 4, value: good },
      { minute: 5, value: bad },
    ]);
    assert.deepEqual(shown, [
      'firing',
      'firing acknowledged',
      'firing snoozed acknowledged',
      'firing acknowledged',
      'resolved',
      'firing',
    ]);
    assert.deepEqual(spoken, ['0 fire', '4 resolve', '5 fire'], 'it is no snooze');
  });

  it('is none of an alert that does not fire, and can be taken back', () => {
    assert.deepEqual(play([{ minute: 0, value: good, act: { kind: 'acknowledge' } }]).handlings, {});
    const { shown } = play([
      { minute: 0, value: bad, act: { kind: 'acknowledge' } },
      { minute: 1, value: bad, act: { kind: 'unacknowledge' } },
      { minute: 2, value: bad },
    ]);
    assert.deepEqual(shown, ['firing', 'firing acknowledged', 'firing']);
  });
});

describe('handlings', () => {
  it('of alerts that are not known are kept, of others only what still counts', () => {
    const kept = {
      gone: { snooze: { from: 0, until: null, whileFiring: true }, acknowledgedAt: 5 },
      over: { snooze: { from: 0, until: 10, whileFiring: null }, acknowledgedAt: null },
      on: { snooze: { from: 0, until: 11, whileFiring: null }, acknowledgedAt: 5 },
    } as const;
    const isFiring = (key: string) => (key === 'gone' ? null : false);
    assert.deepEqual(withoutEnded(kept, isFiring, 10), { gone: kept.gone, on: { ...kept.on, acknowledgedAt: null } });
  });

  it('are read from text as they were written, and nothing else is taken for one', () => {
    const time = fc.nat();
    const handling = fc.record(
      {
        snooze: fc.option(
          fc.record(
            { from: time, until: fc.option(time), whileFiring: fc.option(fc.boolean()) },
            { noNullPrototype: true },
          ),
        ),
        acknowledgedAt: fc.option(time),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 20 }), handling, { noNullPrototype: true }), (handlings) => {
        const said = Object.fromEntries(
          Object.entries(handlings).filter(([, one]) => one.snooze !== null || one.acknowledgedAt !== null),
        );
        assert.deepEqual(readHandlingsText(handlingsText(handlings)), said);
      }),
    );
    for (const text of ['', 'null', '[]', '{"schemaVersion":2,"handlings":{}}', '{"schemaVersion":1}'])
      assert.equal(readHandlingsText(text), null);
    const odd = (one: unknown) => readHandlingsText(JSON.stringify({ schemaVersion: 1, handlings: { a: one } }));
    for (const one of [
      null,
      3,
      { snooze: { from: 'x', until: null } },
      { snooze: { from: 1, until: 'soon' } },
      { snooze: { from: 1 } },
      { acknowledgedAt: -1 },
    ])
      assert.deepEqual(odd(one), {}, JSON.stringify(one));
  });

  it('whatever people say, the state of an alert is what it would be without', () => {
    const act = fc.constantFrom<AlertAct>(
      snooze('forever'),
      snooze('change'),
      snooze(NOW + 4 * MINUTE),
      { kind: 'unsnooze' },
      { kind: 'acknowledge' },
      { kind: 'unacknowledge' },
    );
    const step = fc.record({ value: fc.constantFrom(bad, good), act: fc.option(act, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const timed = steps.map(({ value, act: said }, minute) => ({ minute, value, ...(said ? { act: said } : {}) }));
        const state = (text: string) => text.split(' ')[0];
        assert.deepEqual(
          play(timed).shown.map(state),
          play(timed.map(({ minute, value }) => ({ minute, value }))).shown.map(state),
        );
      }),
    );
  });
});

describe('a clock that was set back', () => {
  it('neither holds a pending alert back nor keeps one firing until it has caught up', () => {
    assert.deepEqual(
      play(
        [
          { minute: 600, value: bad },
          { minute: 0, value: bad },
          { minute: 5, value: bad },
        ],
        { alertAfterMs: 5 * MINUTE },
      ).shown,
      ['pending', 'pending', 'firing'],
    );
    assert.deepEqual(
      play(
        [
          { minute: 600, value: bad },
          { minute: 0, value: good },
          { minute: 5, value: good },
        ],
        { keepFiringForMs: 5 * MINUTE },
      ).shown,
      ['firing', 'firing', 'resolved'],
    );
  });
});
