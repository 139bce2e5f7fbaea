/** Inputs that several tests share. */
import assert from 'node:assert/strict';
import { DEFAULT_DEFINITION_TEXT } from '../../../src/slo/defaultDefinition';
import { loadDefinition } from '../../../src/slo/definition/loadDefinition';
import type { SourceReading, SourceRecord } from '../../../src/slo/indicatorInput';

export const NOW = Date.parse('2026-11-01T00:00:00Z');

export function defaultDefinition() {
  const { definition, problems } = loadDefinition([{ file: 'default.slo.yaml', text: DEFAULT_DEFINITION_TEXT }]);
  assert.ok(definition, JSON.stringify(problems));
  return definition;
}

export function entities(records: readonly SourceRecord['fields'][], takenAt = NOW): SourceReading {
  return { kind: 'entities', takenAt, records: records.map((fields) => ({ time: null, fields })) };
}

export function repeated(count: number, fields: SourceRecord['fields']): SourceRecord['fields'][] {
  return Array.from({ length: count }, () => fields);
}
