/** `metricSource.spec` to a query. The map is free in OpenSLO; for sources that this program reads its words are checked. */
import type { ComparisonOperator } from '../comparison';
import { parseDuration } from '../duration';
import type { FieldCondition, FieldTest, MetricQuery, QueryName, Scalar } from './model';
import type { Path } from './yamlDocuments';

/** Types of data source that this program reads. */
export const SOURCE_TYPES = [
  'AgentStatusFiles',
  'HealthFiles',
  'EventLog',
  'SampleLog',
  'PointerFiles',
  'LeakFindings',
  'SnapshotFiles',
] as const;

export interface QueryIssue {
  readonly path: Path;
  readonly message: string;
}

type Report = (path: Path, message: string) => void;

const QUERIES: readonly string[] = ['count', 'last', 'fractionUp', 'slopePerHour'] satisfies readonly QueryName[];
const OPERATORS: readonly string[] = ['lt', 'lte', 'gt', 'gte'] satisfies readonly ComparisonOperator[];
const KEYS: readonly string[] = ['query', 'where', 'field', 'scale', 'over', 'minSamples', 'minSpan', 'across'];
const MAX_GLOB_LENGTH = 200;

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readTest(key: string, limit: unknown, path: Path, report: Report): FieldTest | null {
  if (OPERATORS.includes(key)) {
    if (typeof limit === 'number' && Number.isFinite(limit))
      return { kind: 'compare', operator: key as ComparisonOperator, limit };
    report(path, `${key} needs a number`);
  } else if (key === 'exists') {
    if (typeof limit === 'boolean') return { kind: 'exists', expected: limit };
    report(path, 'exists needs true or false');
  } else if (key === 'matches') {
    if (typeof limit === 'string' && limit !== '' && limit.length <= MAX_GLOB_LENGTH)
      return { kind: 'matches', glob: limit };
    report(path, `matches needs a glob of at most ${MAX_GLOB_LENGTH} characters`);
  } else {
    report(path, `unknown test ${key}; use lt, lte, gt, gte, exists or matches`);
  }
  return null;
}

function readWhere(value: unknown, path: Path, report: Report): readonly FieldCondition[] {
  if (value === undefined) return [];
  if (!isMap(value)) {
    report(path, 'where must be a map of field to test');
    return [];
  }
  const conditions: FieldCondition[] = [];
  for (const [field, wanted] of Object.entries(value)) {
    const here = [...path, field];
    if (isScalar(wanted)) conditions.push({ field, test: { kind: 'equals', anyOf: [wanted] } });
    else if (Array.isArray(wanted)) {
      if (wanted.length > 0 && wanted.every(isScalar))
        conditions.push({ field, test: { kind: 'equals', anyOf: wanted } });
      else report(here, 'a list in where needs at least one value, and plain values only');
    } else if (isMap(wanted) && Object.keys(wanted).length > 0) {
      for (const [key, limit] of Object.entries(wanted)) {
        const test = readTest(key, limit, [...here, key], report);
        if (test) conditions.push({ field, test });
      }
    } else report(here, 'a test is a value, a list of values, or lt, lte, gt, gte, exists, matches');
  }
  return conditions;
}

/** Reads the map of a source this program knows; issues name the path below `path`. The query is null when there is an issue. */
export function readQuery(
  source: string,
  spec: Readonly<Record<string, unknown>>,
  path: Path,
): { readonly query: MetricQuery | null; readonly issues: readonly QueryIssue[] } {
  const issues: QueryIssue[] = [];
  const report: Report = (at, message) => issues.push({ path: at, message });
  for (const key of Object.keys(spec))
    if (!KEYS.includes(key)) report([...path, key], `unknown field ${key}; a query takes ${KEYS.join(', ')}`);
  const name = spec.query;
  if (typeof name !== 'string' || !QUERIES.includes(name))
    report(name === undefined ? path : [...path, 'query'], `query must be one of ${QUERIES.join(', ')}`);

  const optional = <T>(key: string, accept: (value: unknown) => T | null, wanted: string): T | null => {
    const value = spec[key];
    if (value === undefined) return null;
    const read = accept(value);
    if (read === null) report([...path, key], `${key} must be ${wanted}`);
    return read;
  };
  const finite = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
  const durationMs = (value: unknown) => (typeof value === 'string' ? (parseDuration(value)?.ms ?? null) : null);

  const where = readWhere(spec.where, [...path, 'where'], report);
  const field = optional(
    'field',
    (value) => (typeof value === 'string' && value !== '' ? value : null),
    'the name of a field',
  );
  const scale = optional('scale', finite, 'a number') ?? 1;
  const overMs = optional('over', durationMs, 'a duration such as 1h');
  const minSamples =
    optional(
      'minSamples',
      (value) => (Number.isInteger(value) && Number(value) >= 0 ? Number(value) : null),
      'a whole number',
    ) ?? 0;
  const minSpanMs = optional('minSpan', durationMs, 'a duration such as 10m') ?? 0;
  const across = optional('across', (value) => (value === 'max' ? value : null), 'max');
  if ((name === 'last' || name === 'slopePerHour') && field === null && spec.field === undefined)
    report(path, `${name} needs a field`);
  if (issues.length > 0) return { query: null, issues };
  return {
    query: { source, query: name as QueryName, where, field, scale, overMs, minSamples, minSpanMs, across },
    issues,
  };
}
