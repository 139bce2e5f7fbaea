/** Node diagnostic reports: a real one, and what only looks like one. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJsonValue } from '../../../src/sources/jsonScan';
import { recordOfReport } from '../../../src/sources/nodeReport';
import type { LogRecord } from '../../../src/sources/records';

function reportIn(text: string): LogRecord | null {
  const reading = parseJsonValue(text);
  assert.ok(reading.ok);
  return recordOfReport(reading.value);
}

describe('Node diagnostic reports', () => {
  it('reads a real one of this process', () => {
    const before = Date.now();
    const text = JSON.stringify(process.report.getReport());
    const record = reportIn(text);
    assert.ok(record);
    assert.equal(record.series, `process ${process.pid}`);
    assert.ok(Math.abs((record.time ?? 0) - before) < 60_000);
    assert.ok(Number(record.fields.rss_bytes) > 1e6);
    assert.ok(Number(record.fields.open_handles) > 0);
    assert.ok(Number(record.fields.heap_used_bytes) > 1e6);
    assert.ok(Number(record.fields.heap_total_bytes) >= Number(record.fields.heap_used_bytes));
  });
  it('memory that is not named is not 0, and heap is no resident memory', () => {
    for (const rss of [null, '', true, 'much']) {
      const record = reportIn(
        JSON.stringify({
          header: { dumpEventTimeStamp: '1760443200000', dumpEventTime: '2025-10-14T07:00:00Z' },
          libuv: [],
          javascriptHeap: { totalCommittedMemory: 5 },
          resourceUsage: { rss },
        }),
      );
      assert.equal(record?.time, 1_760_443_200_000);
      assert.deepEqual({ ...record?.fields }, { open_handles: 0 });
    }
  });
  it('the local time that Node ends with a Z is not taken', () => {
    const record = reportIn('{"header":{"dumpEventTime":"2025-10-14T07:00:00Z"},"libuv":[]}');
    assert.equal(record?.time, null);
  });
  it('other JSON is no report', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.equal(reportIn(text), null);
      }),
    );
  });
  it('open handles by type, of those that are active', () => {
    const libuv = ['tcp', 'tcp', 'fs_event', 'loop'].map((type) => ({ type, is_active: true }));
    const record = reportIn(
      JSON.stringify({
        header: {},
        libuv: [...libuv, { type: 'timer', is_active: false }, { type: '../x', is_active: true }],
      }),
    );
    assert.deepEqual({ ...record?.fields }, { handles_tcp: 2, handles_fs_event: 1, open_handles: 4 });
  });
});
