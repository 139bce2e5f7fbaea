import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parseAllDocuments } from 'yaml';
import schema from '../../../media/schemas/slo.schema.json';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { readObject } from '../../../src/slo/definition/openslo';
import own from '../../../src/slo/definition/openslo.schema.json';
import { withV2alpha } from '../../../src/slo/definition/v2alphaSchema';
import { parseYamlDocuments } from '../../../src/slo/definition/yamlDocuments';

function annotationsIn(value: unknown, found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, part] of Object.entries(value)) {
    if (key.startsWith('slo-lens/')) found.set(key, part);
    annotationsIn(part, found);
  }
  return found;
}

describe('the schema of definition files', () => {
  const validate = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(schema);

  it('is draft-07 without anything remote, and takes every document of the built-in definition', () => {
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#');
    assert.ok(![...JSON.stringify(schema).matchAll(/"\$ref":"([^"]*)"/g)].some((match) => !match[1]?.startsWith('#/')));
    for (const document of parseAllDocuments(DEFAULT_DEFINITION_TEXT))
      assert.equal(validate(document.toJS()), true, JSON.stringify(validate.errors));
  });

  it('names and describes every annotation that is read, and no other', () => {
    const described = annotationsIn(schema);
    const used = new Set<string>();
    for (const file of ['definition/readSlo.ts', 'definition/readAlertPolicy.ts', 'definition/loadDefinition.ts']) {
      const text = readFileSync(join(__dirname, '../../../src/slo', file), 'utf8');
      for (const match of text.matchAll(/'(slo-lens\/[a-z-]+)'/g)) used.add(match[1] ?? '');
    }
    // Shown only as it stands in the file.
    used.add('slo-lens/budget-consumed');
    assert.deepEqual([...described.keys()].toSorted(), [...used].toSorted());
    for (const [name, entry] of described)
      assert.match(String((entry as { description?: string }).description), /\.$/, name);
    for (const document of parseAllDocuments(DEFAULT_DEFINITION_TEXT))
      for (const name of annotationsIn(document.toJS()).keys()) assert.ok(described.has(name), name);
  });

  it('refuses what the loader refuses', () => {
    assert.equal(
      validate({ apiVersion: 'openslo/v1', kind: 'Service', metadata: { name: 'a' }, spec: { colour: 'red' } }),
      false,
    );
    assert.equal(validate({ apiVersion: 'openslo/v1', kind: 'Service', metadata: { name: 'A' }, spec: {} }), false);
    assert.equal(validate({ apiVersion: 'openslo/v2', kind: 'Service', metadata: { name: 'a' }, spec: {} }), false);
  });

  it('says of v2alpha what is made of v1, and nothing else', () => {
    assert.deepEqual(withV2alpha(own), schema);
  });

  /** A document of v1 in the words of v2alpha. */
  const inV2 = (text: string): string =>
    text
      .replaceAll('apiVersion: openslo/v1', 'apiVersion: openslo.com/v2alpha')
      .replaceAll(/^ {2}displayName: .*\n/gm, '')
      .replaceAll(/^( +)indicator:/gm, '$1sli:')
      .replaceAll(/^( +)metricSource:\n((?:\1 .*\n)*)/gm, (_, indent: string, body: string) =>
        body
          .replaceAll(`\n${indent}  `, `\n${indent}`)
          .replace(`${indent}  `, indent)
          .replace('metricSourceRef', 'dataSourceRef'),
      );

  it('takes every document of the built-in definition in the words of v2alpha, as the loader does', () => {
    const { documents } = parseYamlDocuments('v2', inV2(DEFAULT_DEFINITION_TEXT));
    assert.ok(documents.length === 43);
    for (const document of documents) {
      assert.equal(validate(document.value), true, JSON.stringify([document.value, validate.errors]));
      assert.deepEqual(readObject(document).problems, []);
    }
  });

  it('refuses in v2alpha what the loader refuses', () => {
    const sloText =
      inV2(DEFAULT_DEFINITION_TEXT)
        .split('---\n')
        .find((text) => text.includes('kind: SLO') && text.includes('thresholdMetric')) ?? '';
    const slips: readonly (readonly [string, string])[] = [
      ['  sli:', '  indicator:'],
      ['dataSourceRef', 'metricSourceRef2'],
      ['metadata:\n', 'metadata:\n  displayName: A\n'],
      ['budgetingMethod: Timeslices', 'budgetingMethod: Slices'],
      ['kind: SLO', 'kind: Slo'],
      ['  service: ', '  services: '],
    ];
    for (const [before, after] of slips) {
      assert.ok(sloText.includes(before), before);
      const [document] = parseYamlDocuments('v2', sloText.replace(before, after)).documents;
      assert.ok(document);
      assert.equal(validate(document.value), false, after);
      assert.ok(readObject(document).problems.length > 0, after);
    }
  });
});
