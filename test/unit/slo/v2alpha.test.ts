/** A definition in OpenSLO v2alpha is the same definition. */
import assert from 'node:assert/strict';
import { parseAllDocuments, stringify } from 'yaml';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';

type Loose = Record<string, unknown>;

/** The words of v2alpha for an object of v1, written apart from the mapping under test. */
function toV2alpha(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => toV2alpha(one));
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Loose;
  if (key === 'annotations' || key === 'connectionDetails') return map;
  if (typeof map.metricSource === 'object') {
    const { metricSourceRef, spec } = map.metricSource as Loose;
    return { dataSourceRef: metricSourceRef, spec };
  }
  const names: Readonly<Record<string, string>> = { indicator: 'sli', indicatorRef: 'sliRef' };
  return Object.fromEntries(
    Object.entries(map)
      .filter(([name]) => !(key === 'metadata' && name === 'displayName'))
      .map(([name, part]) => [
        names[name] ?? name,
        name === 'apiVersion' ? 'openslo.com/v2alpha' : toV2alpha(part, name),
      ]),
  );
}

const v2 = parseAllDocuments(DEFAULT_DEFINITION_TEXT)
  .map((document) => stringify(toV2alpha(document.toJS())))
  .join('---\n');

describe('OpenSLO v2alpha', () => {
  it('gives the same objectives, policies and sources as v1, but for the names shown', () => {
    const read = (text: string) => {
      const { definition, problems } = loadDefinition([{ file: 'f', text }]);
      assert.deepEqual(
        problems.filter(({ level }) => level === 'error'),
        [],
      );
      assert.ok(definition);
      return JSON.parse(
        JSON.stringify(definition, (key, value) => (key === 'place' || key === 'displayName' ? undefined : value)),
      );
    };
    assert.ok(
      v2.includes('dataSourceRef: message-events') && !v2.includes('metricSource') && !v2.includes('indicator:'),
    );
    assert.deepEqual(read(v2), read(DEFAULT_DEFINITION_TEXT));
  });

  const small = (more: string) => `apiVersion: openslo.com/v2alpha
kind: DataSource
metadata: { name: a }
spec: { type: EventLog, connectionDetails: { files: [a.jsonl], indicator: mine } }
---
apiVersion: openslo.com/v2alpha
kind: SLO
metadata: { name: errors }
spec:
  serviceRef: shop
  sli:
    metadata: { name: errors-sli }
    spec:
      thresholdMetric:
        dataSourceRef: a
        spec: { query: count }
  timeWindow: [{ duration: 7d, isRolling: true }]
  budgetingMethod: Timeslices
  objectives: [{ op: lt, value: 5, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 1m }]
${more}`;
  const codes = (text: string) =>
    loadDefinition([{ file: 'f', text }]).problems.map(({ code, path, place }) => [
      code,
      path,
      (text.split('\n')[place.line] ?? '').slice(place.column, place.endColumn),
    ]);

  it('is told at the words that the file has', () => {
    // What a source names is its own, and no word of either version.
    const source = ['slo/unknown-detail', 'spec.connectionDetails.indicator', 'indicator'];
    assert.deepEqual(codes(small('')), [['slo/unknown-service', 'spec.serviceRef', 'shop'], source]);
    assert.deepEqual(codes(small('').replace('dataSourceRef: a', 'dataSourceRef: b')).at(-2), [
      'slo/unknown-reference',
      'spec.sli.spec.thresholdMetric.dataSourceRef',
      'b',
    ]);
    assert.deepEqual(codes(small('').replace('query: count', 'query: sum')).at(-2), [
      'slo/query',
      'spec.sli.spec.thresholdMetric.spec.query',
      'sum',
    ]);
  });

  it('has no words of v1', () => {
    const stray = (from: string, to: string) => codes(small('').replace(from, to))[0];
    assert.deepEqual(stray('metadata: { name: errors }', 'metadata: { name: errors, displayName: E }'), [
      'slo/openslo',
      'metadata.displayName',
      'displayName',
    ]);
    assert.deepEqual(stray('  sli:\n', '  indicator:\n')?.slice(0, 2), ['slo/openslo', 'spec.indicator']);
  });
});
