/** `where` of a metric query: which records it takes. */
import picomatch from 'picomatch';
import { compare } from './comparison';
import type { FieldCondition, Scalar } from './definition/model';
import type { SourceRecord } from './indicatorInput';

export type RecordFilter = (record: SourceRecord) => boolean;

function fieldOf(record: SourceRecord, field: string): Scalar | undefined {
  return Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
}

/** A label of a metric is always text, and YAML reads `200` as a number: they are the same. */
function isLabelOf(wanted: Scalar, value: Scalar): boolean {
  return typeof wanted === 'number' && typeof value === 'string' && value.trim() !== '' && Number(value) === wanted;
}

function compileCondition({ field, test }: FieldCondition): RecordFilter {
  switch (test.kind) {
    case 'equals':
      return (record) => {
        const value = fieldOf(record, field);
        if (value === undefined) return false;
        return (
          test.anyOf.includes(value) || (record.additive === true && test.anyOf.some((one) => isLabelOf(one, value)))
        );
      };
    case 'compare':
      return (record) => {
        const value = fieldOf(record, field);
        return typeof value === 'number' && compare(value, test.operator, test.limit);
      };
    case 'exists':
      return (record) => {
        const value = fieldOf(record, field);
        return (value !== undefined && value !== null) === test.expected;
      };
    case 'matches': {
      const matches = picomatch(test.glob, { dot: true });
      return (record) => {
        const value = fieldOf(record, field);
        return typeof value === 'string' && matches(value);
      };
    }
  }
}

/** A predicate that holds when every condition does; no condition takes every record. */
export function compileFilter(where: readonly FieldCondition[]): RecordFilter {
  const parts = where.map(compileCondition);
  return (record) => parts.every((part) => part(record));
}

/** The field as a finite number; booleans count as 1 and 0; null otherwise. */
export function numberField(record: SourceRecord, field: string): number | null {
  const value = fieldOf(record, field);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
