/** Exposition texts: what counts as a sample, and what a query can select it by. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMetricsText, recordsOfMetrics, sumMetric } from '../../../src/sources/exposition';

const prometheus = (text: string) => readMetricsText(text, 'p.prom', 'prometheus');
const openMetrics = (text: string) => readMetricsText(text, 'p.om', 'openmetrics');

describe('exposition texts', () => {
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
    assert.deepEqual(
      recordsOfMetrics(samples, 'p.prom', 7).map(({ time, series, fields }) => [time, series, fields.rss_bytes]),
      [[7, 'w1', 5e7]],
    );
  });
  it('every sample is a record: by name, by label, and a label never hides what it is', () => {
    const { samples } = prometheus('http_requests_total{code="200",metric="x",__proto__="y"} 3 9000\n');
    const [record] = recordsOfMetrics(samples, 'p.prom', 7);
    assert.deepEqual(
      { ...record?.fields },
      { metric: 'http_requests_total', value: 3, code: '200', label_metric: 'x', ['__proto__']: 'y' },
    );
    assert.deepEqual([record?.time, record?.additive], [9000, true]);
  });
  it('the example of the format description is read whole', () => {
    // The text of "Exposition formats", prometheus.io.
    const { samples, problems } = prometheus(`# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

# Minimalistic line:
metric_without_timestamp_and_labels 12.47

# A weird metric from before the epoch:
something_weird{problem="division by zero"} +Inf -3982045

# A histogram, which has a pretty complex representation in the text format:
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
http_request_duration_seconds_count 144320

# Finally a summary, which has a complex representation, too:
rpc_duration_seconds{quantile="0.01"} 3102
rpc_duration_seconds_count 2693
`);
    assert.deepEqual(problems, []);
    assert.equal(samples.length, 11);
    assert.equal(samples[2]?.labels.error, 'Cannot find file:\n"FILE.TXT"');
    assert.equal(samples[2]?.labels.path, 'C:\\DIR\\FILE.TXT');
  });
});
