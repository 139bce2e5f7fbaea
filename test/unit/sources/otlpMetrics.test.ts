/** OTLP JSON metrics: what a data point says, what says nothing, and what a query can select it by. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type JsonValue, parseJsonValue } from '../../../src/sources/jsonScan';
import { otlpPoint, recordsOfOtlp } from '../../../src/sources/otlpMetrics';

function parsed(value: unknown): JsonValue {
  const reading = parseJsonValue(JSON.stringify(value));
  assert.ok(reading.ok);
  return reading.value;
}

describe('OTLP JSON metrics', () => {
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
    const records = recordsOfOtlp(parsed({ resourceMetrics: [resource(1, '10'), resource(2, '20')] }));
    assert.deepEqual(
      records.map(({ series, fields, time }) => [series, fields.rss_bytes, time]),
      [
        ['api 1', 10, 1_760_443_200_000],
        ['api 2', 20, 1_760_443_200_000],
      ],
    );
  });
  it("the specification's example: counter, gauge, histogram", () => {
    // opentelemetry-proto, examples/metrics.json, shortened.
    const attribute = { key: 'my.label', value: { stringValue: 'some value' } };
    const at = {
      startTimeUnixNano: '1544712660300000000',
      timeUnixNano: '1544712660300000000',
      attributes: [attribute],
    };
    const records = recordsOfOtlp(
      parsed({
        resourceMetrics: [
          {
            resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] },
            scopeMetrics: [
              {
                scope: { name: 'my.library', version: '1.0.0' },
                metrics: [
                  {
                    name: 'my.counter',
                    unit: '1',
                    sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ asDouble: 5, ...at }] },
                  },
                  { name: 'my.gauge', unit: '1', gauge: { dataPoints: [{ asDouble: 10, ...at }] } },
                  {
                    name: 'my.histogram',
                    histogram: {
                      aggregationTemporality: 1,
                      dataPoints: [
                        { count: '2', sum: 2, bucketCounts: ['1', '1'], explicitBounds: [1], min: 0, max: 2, ...at },
                      ],
                    },
                  },
                ],
              },
            ],
          },
        ],
      }),
    );
    assert.deepEqual(
      records.map(({ fields, delta }) => [fields.metric, fields.value, fields.le, delta]),
      [
        ['my.counter', 5, undefined, true],
        ['my.gauge', 10, undefined, undefined],
        ['my.histogram_count', 2, undefined, true],
        ['my.histogram_sum', 2, undefined, true],
        ['my.histogram_bucket', 1, '1', true],
        ['my.histogram_bucket', 2, '+Inf', true],
      ],
    );
    for (const { fields, time, since } of records)
      assert.deepEqual(
        [fields['my.label'], fields['service.name'], time, since],
        ['some value', 'my.service', 1544712660300, 1544712660300],
      );
  });
  it('a point that records no value, and buckets that do not fit their bounds, are left out', () => {
    const metrics = [
      { name: 'a', sum: { dataPoints: [{ asInt: '0', flags: 1 }] } },
      {
        name: 'h',
        histogram: {
          dataPoints: [
            { bucketCounts: ['1'], explicitBounds: [1] },
            { bucketCounts: ['1', 'x'], explicitBounds: [1] },
          ],
        },
      },
    ];
    const records = recordsOfOtlp(parsed({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }));
    assert.deepEqual(
      records.map(({ fields }) => [fields.metric, fields.le, fields.value]),
      [['h_bucket', '1', 1]],
    );
  });
  it('no value makes it throw', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = parseJsonValue(
          `{"resourceMetrics":[${text},{"scopeMetrics":[{"metrics":[${text},{"name":"x","sum":${text},"histogram":{"dataPoints":[${text}]}}]}]}]}`,
        );
        assert.ok(value.ok);
        recordsOfOtlp(value.value);
      }),
    );
  });
});
