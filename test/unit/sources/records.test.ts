/** Logs, small files and queues as records: what counts, what does not, and where the fault is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readQueue } from '../../../src/sources/messageQueue';
import { type RecordMapping, readJsonLines, readRecords, valueAtPointer } from '../../../src/sources/records';

const now = Date.parse('2025-10-16T12:00:00Z');
const mapping: RecordMapping = {
  time: ['/ts', '/timestamp'],
  id: ['/id'],
  series: [],
  fields: { up: ['/up'], kind: ['/kind', '/type'] },
  timeZone: 'UTC',
};

describe('records: pointers', () => {
  it('follow RFC 6901, own properties only', () => {
    const value = JSON.parse('{"a/b":{"m~n":[10,20]},"":1}');
    assert.equal(valueAtPointer(value, '/a~1b/m~0n/1'), 20);
    assert.equal(valueAtPointer(value, '/'), 1);
    for (const pointer of ['/toString', '/a~1b/m~0n/-1', '/a~1b/m~0n/01x', '/a~1b/m~0n/9', '/x/y'])
      assert.equal(valueAtPointer(value, pointer), undefined, pointer);
  });
  it('the first hit wins', () => {
    const { records } = readRecords(
      '[{"ts":1760443200,"type":"task"},{"timestamp":1760443200000,"kind":"cycle"}]',
      't.json',
      mapping,
    );
    assert.deepEqual(
      records.map(({ time, fields }) => [time, fields.kind]),
      [
        [1_760_443_200_000, 'task'],
        [1_760_443_200_000, 'cycle'],
      ],
    );
  });
});

describe('records: line logs', () => {
  it('a line counts once it ends; a broken one is a fault with its place', () => {
    const text = '{"ts":1760443200,"up":1}\r\n\n  {"ts":,}\n[1]\n{"up":1}\n{"ts":1760443201';
    const { records, problems, consumed } = readJsonLines(text, 'l.jsonl', mapping);
    assert.equal(records.length, 2);
    assert.deepEqual(
      problems.map(({ kind, line, column }) => [kind, line, column]),
      [
        ['syntax', 3, 9],
        ['not-a-record', 4, 1],
        ['no-time', 5, 1],
      ],
    );
    assert.equal(text.slice(consumed), '{"ts":1760443201');
  });
  it('what is read does not depend on line ends or on where the log is cut', () => {
    const entry = fc.record({ ts: fc.integer({ min: 1.7e9, max: 1.8e9 }), id: fc.string(), up: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry), fc.nat(), (entries, cut) => {
        const lines = entries.map((one) => JSON.stringify(one));
        const text = lines.map((line) => `${line}\n`).join('');
        const whole = readJsonLines(text, 'l.jsonl', mapping);
        assert.equal(whole.records.length, entries.length);
        assert.deepEqual(readJsonLines(text.replaceAll('\n', '\r\n'), 'l.jsonl', mapping).records, whole.records);
        const first = readJsonLines(text.slice(0, cut % (text.length + 1)), 'l.jsonl', mapping);
        const rest = readJsonLines(text.slice(first.consumed), 'l.jsonl', mapping);
        assert.deepEqual([...first.records, ...rest.records], whole.records);
      }),
    );
  });
  it('a log of faults gives few of them', () => {
    assert.equal(readJsonLines('?\n'.repeat(50_000), 'l.jsonl', mapping).problems.length, 50);
  });
  it('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readRecords(text, 'a.jsonl', mapping);
        readRecords(text, 'a.json', mapping);
        readQueue(text, 'q.json', now, 'UTC');
      }),
    );
  });
});

describe('records: arrays', () => {
  it('an entry that is no object is named, the others count', () => {
    const { records, problems } = readRecords('[{"ts":1760443200},7]', 't.json', mapping);
    assert.deepEqual([records.length, problems.map(({ kind, key }) => [kind, key])], [1, [['not-a-record', '/1']]]);
  });
});

describe('message queue: what counts', () => {
  const entry = (fields: object) => readQueue(JSON.stringify([{ queue_id: 'q', ...fields }]), 'q.json', now, 'UTC');
  it('a delivery without an end, or with one before its start, has no latency', () => {
    for (const updated_at of [undefined, '2025-10-16T09:00:00Z', 'soon']) {
      const [event] = entry({ status: 'DELIVERED', created_at: '2025-10-16T10:00:00Z', updated_at }).events;
      assert.equal(event?.fields.outcome, 'delivered');
      assert.equal(event?.fields.latency_ms, undefined, String(updated_at));
    }
  });
  it('failed and expired are failures; open ones only after an hour', () => {
    for (const status of ['FAILED', 'EXPIRED'])
      assert.equal(entry({ status, updated_at: '2025-10-16T11:59:00Z' }).events[0]?.fields.outcome, 'failed');
    for (const status of ['PENDING', 'processing']) {
      const at = (updated_at: string) => entry({ status, updated_at });
      assert.deepEqual([at('2025-10-16T11:00:00Z').stuck, at('2025-10-16T11:00:00Z').events.length], [0, 0]);
      assert.deepEqual([at('2025-10-16T10:59:59Z').stuck, at('2025-10-16T10:59:59Z').events.length], [1, 1]);
    }
  });
  it('what has no status is no message, and says so; the others count', () => {
    const reading = readQueue('[{"status":"FAILED"},{"x":1},3]', 'q.json', now, 'UTC');
    assert.deepEqual([reading.entries, reading.problems.map(({ key }) => key)], [1, ['/1', '/2']]);
    const other = readQueue('{"messages":[]}', 'q.json', now, 'UTC');
    assert.deepEqual([other.entries, other.problems[0]?.kind], [0, 'not-a-message']);
  });
  it('pending messages of V1 are stuck, an empty queue is empty, a conflict is named', () => {
    const folder = join(__dirname, '../../fixtures/swarm/slo_sources');
    const file = 'v1_queue_pending/2025-07-02T08-39-28-346615_agent-2_to_agent-1.json';
    assert.equal(readQueue(readFileSync(join(folder, file), 'utf8'), file, now, 'UTC').stuck, 1);
    const empty = readQueue(readFileSync(join(folder, 'message_queue_empty.json'), 'utf8'), 'q', now, 'UTC');
    assert.deepEqual([empty.entries, empty.problems], [0, []]);
    assert.equal(readQueue('<<<<<<< HEAD\n[]\n', 'q', now, 'UTC').problems[0]?.kind, 'merge-conflict');
  });
});
