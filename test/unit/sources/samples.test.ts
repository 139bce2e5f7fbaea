/** Process samples in every notation that the reader takes, and those that only look like one. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseJsonValue } from '../../../src/sources/jsonScan';
import {
  otlpPoint,
  processSamplesOfJson,
  processSamplesOfMetrics,
  readMetricsText,
  sumMetric,
} from '../../../src/sources/samples';

const prometheus = (text: string) => readMetricsText(text, 'p.prom', 'prometheus');
const openMetrics = (text: string) => readMetricsText(text, 'p.om', 'openmetrics');

describe('samples: exposition text', () => {
  it('labels may hold braces, quotes and line breaks; timestamps are ms', () => {
    const { samples, problems } = prometheus('a{p="/x/{id}",q="say \\"hi\\"\\n"} 1.5e3 1760443200000\r\n');
    assert.deepEqual(problems, []);
    assert.deepEqual({ ...samples[0]?.labels }, { p: '/x/{id}', q: 'say "hi"\n' });
    assert.deepEqual([samples[0]?.value, samples[0]?.time], [1500, 1_760_443_200_000]);
  });
  it('an exemplar belongs to no sample', () => {
    const { samples, problems } = openMetrics('b_bucket{le="1"} 3 1760443200 # {trace_id="x"} 0.5 1.2\n# EOF\n');
    assert.deepEqual(problems, []);
    assert.deepEqual([samples[0]?.value, samples[0]?.time], [3, 1_760_443_200_000]);
  });
  it('OpenMetrics gives no value unless # EOF is its last line', () => {
    for (const text of ['a 1\n', 'a 1\n# EOF\nb 2\n', '', '# EOF \n\nx'])
      assert.deepEqual([openMetrics(text).samples, openMetrics(text).problems[0]?.kind], [[], 'truncated'], text);
    for (const text of ['a 1\n# EOF', 'a 1\r\n# EOF\r\n']) assert.equal(openMetrics(text).samples.length, 1, text);
  });
  it('a line that is none is a fault with its line, and the rest counts', () => {
    for (const line of ['a', 'a{b="1" 2', 'a{b=1} 2', 'a 1 NaN', 'a 1 2 3', '{x="1"} 2', 'a 0x10', 'a="1" 2']) {
      const { samples, problems } = prometheus(`ok 1\n${line}\nok 2\n`);
      assert.deepEqual([samples.length, problems.map((problem) => problem.line)], [2, [2]], line);
    }
  });
  it('a file of faults gives few of them', () => {
    const { problems } = prometheus('?\n'.repeat(100_000));
    assert.equal(problems.length, 50);
    assert.match(problems.at(-1)?.message ?? '', /99950 more/);
  });
  it('a selector sums what carries its labels, and nothing is null, not 0', () => {
    const { samples } = prometheus('m{s="a"} 1\nm{s="b"} 2\n');
    assert.deepEqual(
      [sumMetric(samples, 'm', {}), sumMetric(samples, 'm', { s: 'b' }), sumMetric(samples, 'n', {})],
      [3, 2, null],
    );
  });
  it('no text makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void [prometheus(text), openMetrics(text)]));
  });
  it('memory and handles of each instance; a value that is no number is none', () => {
    const { samples } = prometheus('process_resident_memory_bytes{instance="w1"} 5e7\nprocess_open_fds NaN\n');
    assert.deepEqual(processSamplesOfMetrics(samples, 'p.prom', 7), [
      { time: 7, series: 'w1', fields: { rss_bytes: 5e7 } },
    ]);
  });
});

describe('samples: OTLP', () => {
  it('takes decimal strings and numbers; anything else is no value, never 0', () => {
    assert.equal(otlpPoint({ asInt: '9007199254740993' }).value, 9007199254740992);
    assert.equal(otlpPoint({ asDouble: 1.5 }).value, 1.5);
    for (const asInt of ['', ' ', '0x10', 'NaN', 'Infinity', true, null, []])
      assert.equal(otlpPoint({ asInt }).value, null, JSON.stringify(asInt));
    for (const timeUnixNano of ['0', 0, '', '-1', '9'.repeat(100_000)])
      assert.equal(otlpPoint({ asInt: '1', timeUnixNano }).time, null, String(timeUnixNano).slice(0, 9));
  });
  it('keeps two processes of one service apart', () => {
    const resource = (pid: number, bytes: string) => ({
      resource: {
        attributes: [
          { key: 'process.pid', value: { intValue: String(pid) } },
          { key: 'service.name', value: { stringValue: 'api' } },
        ],
      },
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'process.memory.usage',
              sum: { dataPoints: [{ asInt: bytes, timeUnixNano: '1760443200000000000' }] },
            },
          ],
        },
      ],
    });
    const records = processSamplesOfJson(JSON.stringify({ resourceMetrics: [resource(1, '10'), resource(2, '20')] }));
    assert.deepEqual(
      records?.map(({ series, fields, time }) => [series, fields.rss_bytes, time]),
      [
        ['api 1', 10, 1_760_443_200_000],
        ['api 2', 20, 1_760_443_200_000],
      ],
    );
  });
});

describe('samples: Node diagnostic reports', () => {
  it('reads a real one of this process', () => {
    const before = Date.now();
    const text = JSON.stringify(process.report.getReport());
    const [record] = processSamplesOfJson(text) ?? [];
    assert.ok(record);
    assert.equal(record.series, `process ${process.pid}`);
    assert.ok(Math.abs((record.time ?? 0) - before) < 60_000);
    assert.ok(Number(record.fields.rss_bytes) > 1e6);
    assert.ok(Number(record.fields.open_handles) > 0);
  });
  it('memory that is not named is not 0, and heap is no resident memory', () => {
    for (const rss of [null, '', true, 'much']) {
      const [record] =
        processSamplesOfJson(
          JSON.stringify({
            header: { dumpEventTimeStamp: '1760443200000', dumpEventTime: '2025-10-14T07:00:00Z' },
            libuv: [],
            javascriptHeap: { totalCommittedMemory: 5 },
            resourceUsage: { rss },
          }),
        ) ?? [];
      assert.deepEqual(record, { time: 1_760_443_200_000, fields: { open_handles: 0 } });
    }
  });
  it('the local time that Node ends with a Z is not taken', () => {
    const [record] = processSamplesOfJson('{"header":{"dumpEventTime":"2025-10-14T07:00:00Z"},"libuv":[]}') ?? [];
    assert.equal(record?.time, null);
  });
  it('other JSON is no report', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const parsed = parseJsonValue(text);
        assert.ok(parsed.ok);
        assert.equal(processSamplesOfJson(text), null);
      }),
    );
  });
});
