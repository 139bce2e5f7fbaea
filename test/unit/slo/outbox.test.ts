/** Messages on their way: order, rate, patience, and that none is lost in silence. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { alertText, readAlertText } from '../../../src/slo/alerts/alertFile';
import {
  enqueue,
  MAX_PER_MINUTE,
  MAX_WAITING,
  messageOf,
  nextDue,
  nextDueAt,
  noteSend,
  type Outbox,
  refused,
  type SendTimes,
  taken,
  testMessage,
} from '../../../src/slo/alerts/outbox';
import { NOW, policy } from './inputs';

const MINUTE = 60_000;
const idle = new Set<string>();
const a = { name: 'a', levels: ['P1', 'P2'] } as const;
const b = { name: 'b', levels: ['P1'] } as const;

function message(number: number, severity: 'P1' | 'P2' = 'P1') {
  const made = messageOf(
    {
      at: NOW + number,
      kind: 'fire',
      key: `policy-${number}/o`,
      policy: policy({ name: `policy-${number}`, displayName: 'Too few', severity, runbook: 'docs/run.md' }),
      objective: 'o',
      delta: null,
      valueText: '2 agents',
    },
    'w',
  );
  return made ?? assert.fail();
}

describe('messages about alerts', () => {
  it('say in one line what fired, and everything a program needs', () => {
    assert.deepEqual(message(0), {
      schemaVersion: 1,
      id: `policy-0/o/fire/${NOW}`,
      at: new Date(NOW).toISOString(),
      kind: 'fire',
      level: 'P1',
      text: 'P1: Too few (2 agents)',
      alert: 'policy-0/o',
      policy: 'policy-0',
      displayName: 'Too few',
      objective: 'o',
      value: '2 agents',
      runbook: 'docs/run.md',
      workspace: 'w',
    });
    const page = readFileSync(resolve(__dirname, '../../../docs/alerts.md'), 'utf8');
    for (const key of Object.keys(message(0))) assert.ok(page.includes(`"${key}": `), `docs/alerts.md lacks ${key}`);
    const event = { at: NOW, key: 'k', policy: policy(), objective: 'o', delta: 1, valueText: '' };
    assert.equal(messageOf({ ...event, kind: 'edge' }, 'w'), null);
    assert.equal(messageOf({ ...event, kind: 'resolved-while-closed' }, 'w'), null);
  });

  it('go to the outputs of their level, a test to all', () => {
    const { outbox } = enqueue([], [message(0, 'P2'), message(1), testMessage(NOW, 'w')], [a, b], NOW);
    assert.deepEqual(
      outbox.map((entry) => `${entry.output} ${entry.message.policy}`),
      ['a policy-0', 'a policy-1', 'b policy-1', 'a test', 'b test'],
    );
  });

  it('that find no room push out the oldest, which are given back', () => {
    const many = Array.from({ length: MAX_WAITING + 3 }, (_, number) => message(number));
    const { outbox, dropped } = enqueue([], many, [a], NOW);
    assert.equal(outbox.length, MAX_WAITING);
    assert.deepEqual(
      dropped.map((entry) => entry.message.policy),
      ['policy-0', 'policy-1', 'policy-2'],
    );
  });

  it('go in order, ten a minute to each output, and the rest when there is room', () => {
    let outbox: Outbox = enqueue(
      [],
      Array.from({ length: 12 }, (_, number) => message(number)),
      [a],
      NOW,
    ).outbox;
    let times: SendTimes = new Map();
    const sent: string[] = [];
    for (let second = 0; second < 70; second++) {
      const now = NOW + second * 1000;
      for (let entry = nextDue(outbox, times, now, idle); entry; entry = nextDue(outbox, times, now, idle)) {
        times = noteSend(times, entry.output, now);
        outbox = taken(outbox, entry);
        sent.push(`${second} ${entry.message.policy}`);
      }
      if (second === 0) assert.equal(nextDueAt(outbox, times, now), NOW + MINUTE);
    }
    assert.deepEqual(
      sent,
      Array.from({ length: 12 }, (_, number) => `${number < MAX_PER_MINUTE ? 0 : 60} policy-${number}`),
    );
    assert.equal(nextDueAt(outbox, times, NOW), null);
  });

  it('that are not taken wait ever longer, hold back what came after, and are given up after a day', () => {
    let outbox: Outbox = enqueue([], [message(0), message(1)], [a], NOW).outbox;
    let now = NOW;
    const waits: number[] = [];
    for (;;) {
      const entry = nextDue(outbox, new Map(), now, idle);
      assert.equal(entry?.message.policy, 'policy-0');
      const result = refused(outbox, entry ?? assert.fail(), now, false);
      outbox = result.outbox;
      if (result.givenUp) break;
      assert.equal(nextDue(outbox, new Map(), now, idle), null);
      const next = nextDueAt(outbox, new Map(), now) ?? assert.fail();
      waits.push((next - now) / 1000);
      now = next;
    }
    assert.deepEqual(waits.slice(0, 7), [10, 60, 300, 900, 1800, 1800, 1800]);
    assert.ok(now - NOW >= 24 * 60 * MINUTE && now - NOW < 25 * 60 * MINUTE);
    assert.deepEqual(
      outbox.map((entry) => entry.message.policy),
      ['policy-1'],
    );
  });

  it('that would be refused again, and tests, are not tried twice', () => {
    const { outbox } = enqueue([], [message(0), testMessage(NOW, 'w')], [a], NOW);
    const [first, test] = outbox;
    assert.ok(first && test);
    assert.equal(refused(outbox, first, NOW, true).givenUp, true);
    assert.equal(refused(outbox, test, NOW, false).givenUp, true);
  });

  it('do not wait for a clock that was ahead', () => {
    const { outbox } = enqueue([], [message(0)], [a], NOW + 900 * MINUTE);
    assert.ok(nextDue(outbox, new Map([['a', Array(10).fill(NOW + 900 * MINUTE)]]), NOW, idle));
    assert.ok((nextDueAt(outbox, new Map(), NOW) ?? 0) <= NOW + 30 * MINUTE);
  });

  it('are each taken, refused for good, or still there: whatever the outputs answer', () => {
    const answers = fc.array(fc.constantFrom('taken', 'later', 'never'), { maxLength: 60 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 20 }), (given, count) => {
        const all = Array.from({ length: count }, (_, number) => message(number));
        let outbox: Outbox = enqueue([], all, [a, { ...b, name: 'b' }], NOW).outbox;
        const total = outbox.length;
        let done = 0;
        let now = NOW;
        for (const answer of given) {
          const entry = nextDue(outbox, new Map(), now, idle);
          if (!entry) {
            now = nextDueAt(outbox, new Map(), now) ?? now;
            continue;
          }
          if (answer === 'taken') {
            outbox = taken(outbox, entry);
            done++;
          } else {
            const result = refused(outbox, entry, now, answer === 'never');
            outbox = result.outbox;
            if (result.givenUp) done++;
          }
          // Remembered between any two.
          outbox = readAlertText(alertText({ memories: {}, outbox }))?.outbox ?? assert.fail();
          assert.equal(outbox.length + done, total);
        }
      }),
    );
  });

  it('are read from text only where they are whole', () => {
    const [entry] = enqueue([], [message(0)], [a], NOW).outbox;
    const read = (outbox: unknown) =>
      readAlertText(JSON.stringify({ schemaVersion: 1, memories: {}, outbox }))?.outbox.length;
    assert.equal(read([entry]), 1);
    assert.equal(
      read([
        null,
        1,
        { ...entry, output: 1 },
        { ...entry, nextAt: 'x' },
        { ...entry, message: { ...entry?.message, text: 1 } },
      ]),
      0,
    );
    assert.equal(read('x'), 0);
  });
});
