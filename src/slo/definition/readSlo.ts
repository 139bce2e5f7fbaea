/** An SLO object and what it refers to, read into objectives. */
import type { ComparisonOperator } from '../comparison';
import { type Duration, HOUR_MS, MINUTE_MS, parseDuration } from '../duration';
import type { BudgetingMethod, Indicator, MetricQuery, ObjectiveDefinition, TimeWindow } from './model';
import {
  checkOperands,
  isMap,
  listAt,
  mapAt,
  numberAt,
  type OpenSloObject,
  type RawMap,
  type ReportProblem,
  textAt,
} from './openslo';
import { readQuery, SOURCE_TYPES } from './readQuery';
import type { Path } from './yamlDocuments';

/** The objects that references may name. */
export interface References {
  readonly source: (name: string) => OpenSloObject | undefined;
  readonly sli: (name: string) => OpenSloObject | undefined;
}

/** Comma-separated names of an annotation. */
export function splitNames(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Duration of an annotation in ms, null when it is not given. The schema has checked its form. */
export function annotatedMs(text: string | undefined): number | null {
  return text === undefined ? null : (parseDuration(text)?.ms ?? null);
}

const unsupported = (reason: string): Indicator => ({ kind: 'unsupported', reason });

/** Where a metric stands: its object (for places) and path. */
interface At {
  readonly object: OpenSloObject;
  readonly path: Path;
}

function readMetric(metric: RawMap, at: At, references: References, report: ReportProblem): MetricQuery | string {
  const source = mapAt(metric, 'metricSource');
  const path = [...at.path, 'metricSource'];
  const name = textAt(source, 'metricSourceRef');
  if (name === null) {
    const reason = `an inline source of type ${textAt(source, 'type') ?? 'unnamed'} is not read; define a DataSource and name it in metricSourceRef`;
    report(at.object, 'warning', 'slo/unsupported-source', path, reason);
    return reason;
  }
  const target = references.source(name);
  if (!target) {
    report(
      at.object,
      'warning',
      'slo/unknown-reference',
      [...path, 'metricSourceRef'],
      `there is no DataSource ${name}`,
    );
    return `there is no data source ${name}`;
  }
  const type = textAt(target.spec, 'type') ?? '';
  if (!SOURCE_TYPES.some((known) => known === type)) {
    const reason = `sources of type ${type} are not read; known are ${SOURCE_TYPES.join(', ')}`;
    report(at.object, 'warning', 'slo/unsupported-source', [...path, 'metricSourceRef'], reason);
    return reason;
  }
  const { query, issues } = readQuery(name, mapAt(source, 'spec'), [...path, 'spec']);
  for (const issue of issues) report(at.object, 'error', 'slo/query', issue.path, issue.message);
  return query ?? 'the query is invalid';
}

function readIndicator(spec: RawMap, at: At, references: References, report: ReportProblem): Indicator {
  const read = (map: RawMap, ...keys: readonly string[]) =>
    readMetric(map, { object: at.object, path: [...at.path, ...keys] }, references, report);
  const threshold = spec.thresholdMetric;
  if (isMap(threshold)) {
    const query = read(threshold, 'thresholdMetric');
    return typeof query === 'string' ? unsupported(query) : { kind: 'threshold', query };
  }
  const ratio = mapAt(spec, 'ratioMetric');
  if (isMap(ratio.raw)) {
    const query = read(ratio.raw, 'ratioMetric', 'raw');
    return typeof query === 'string'
      ? unsupported(query)
      : { kind: 'raw', rawType: ratio.rawType === 'failure' ? 'failure' : 'success', query };
  }
  const part = ratio.good === undefined ? 'bad' : 'good';
  const numerator = read(mapAt(ratio, part), 'ratioMetric', part);
  const total = read(mapAt(ratio, 'total'), 'ratioMetric', 'total');
  if (typeof numerator === 'string') return unsupported(numerator);
  if (typeof total === 'string') return unsupported(total);
  return { kind: 'ratio', counter: ratio.counter === true, part, numerator, total };
}

function readWindow(slo: OpenSloObject): TimeWindow | null {
  const raw = mapAt({ first: listAt(slo.spec, 'timeWindow')[0] }, 'first');
  const duration: Duration | null = parseDuration(textAt(raw, 'duration') ?? '');
  if (!duration || duration.ms === 0) return null;
  const calendar = raw.calendar;
  if (!isMap(calendar)) return { kind: 'rolling', duration };
  return {
    kind: 'calendar',
    duration,
    startTime: textAt(calendar, 'startTime') ?? '',
    timeZone: textAt(calendar, 'timeZone') ?? '',
  };
}

function indicatorOf(
  slo: OpenSloObject,
  references: References,
  report: ReportProblem,
): { readonly indicator: Indicator; readonly spec: RawMap } {
  const inline = slo.spec.indicator;
  if (isMap(inline)) {
    const spec = mapAt(inline, 'spec');
    return {
      spec,
      indicator: readIndicator(spec, { object: slo, path: ['spec', 'indicator', 'spec'] }, references, report),
    };
  }
  const name = textAt(slo.spec, 'indicatorRef');
  if (name === null) {
    report(
      slo,
      'warning',
      'slo/composite',
      ['spec', 'objectives'],
      'composite objectives are not evaluated; they show as no data',
    );
    return { spec: {}, indicator: unsupported('composite objectives are not evaluated') };
  }
  const sli = references.sli(name);
  if (!sli) {
    report(slo, 'warning', 'slo/unknown-reference', ['spec', 'indicatorRef'], `there is no SLI ${name}`);
    return { spec: {}, indicator: unsupported(`there is no SLI ${name}`) };
  }
  return { spec: sli.spec, indicator: readIndicator(sli.spec, { object: sli, path: ['spec'] }, references, report) };
}

function defaultStaleAfter(method: BudgetingMethod, sliceMs: number): number {
  return method === 'Occurrences' ? HOUR_MS : Math.max(3 * sliceMs, 3 * MINUTE_MS);
}

const SYMBOLS: Readonly<Record<string, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

function constructedTarget(objective: RawMap, target: number, unit: string): string {
  const operator = textAt(objective, 'op');
  const limit = numberAt(objective, 'value');
  if (operator === null || limit === null) return `>= ${Number((target * 100).toFixed(4))}%`;
  return `${SYMBOLS[operator] ?? operator} ${limit}${unit === '' ? '' : ` ${unit}`}`;
}

/** The objectives of one SLO; empty, with problems reported, when it cannot be read. `policies` are the names its alertPolicies resolve to. */
export function readObjectives(
  slo: OpenSloObject,
  references: References,
  policies: readonly string[],
  report: ReportProblem,
): readonly ObjectiveDefinition[] {
  const { annotations, spec } = slo;
  const window = readWindow(slo);
  if (!window) return [];
  const { indicator, spec: indicatorSpec } = indicatorOf(slo, references, report);
  const isThreshold = indicatorSpec.thresholdMetric !== undefined;
  const method = textAt(spec, 'budgetingMethod') as BudgetingMethod;
  const raw = listAt(spec, 'objectives').filter(isMap);
  if (isThreshold && raw.length > 1) {
    report(
      slo,
      'warning',
      'slo/one-objective-per-threshold',
      ['spec', 'objectives'],
      'the OpenSLO text allows one objective on a threshold metric',
    );
  }
  const unit = annotations['slo-lens/unit'] ?? '';
  const annotatedMode = annotations['slo-lens/mode'];
  return raw.map((objective, index) => {
    const path: Path = ['spec', 'objectives', index];
    // Inline indicators were checked with their SLO; here the referenced one is known too.
    if (spec.indicatorRef !== undefined)
      checkOperands(objective, indicatorSpec, path, (at, message) => report(slo, 'error', 'slo/openslo', at, message));
    const target = numberAt(objective, 'target') ?? (numberAt(objective, 'targetPercent') ?? 0) / 100;
    const sliceMs = parseDuration(textAt(objective, 'timeSliceWindow') ?? '1m')?.ms || MINUTE_MS;
    const operator = textAt(objective, 'op') as ComparisonOperator | null;
    const limit = numberAt(objective, 'value');
    const countBudget = annotations['slo-lens/count-budget'];
    return {
      name: index === 0 ? slo.name : `${slo.name}.${index + 1}`,
      displayName: slo.displayName,
      description: textAt(spec, 'description') ?? '',
      service: textAt(spec, 'service') ?? '',
      indicator,
      method,
      mode:
        annotatedMode === 'current' || annotatedMode === 'window' ? annotatedMode : isThreshold ? 'current' : 'window',
      threshold: isThreshold && operator !== null && limit !== null ? { operator, limit } : null,
      target,
      timeSliceTarget: numberAt(objective, 'timeSliceTarget') ?? 1,
      sliceMs,
      window,
      staleAfterMs: annotatedMs(annotations['slo-lens/stale-after']) ?? defaultStaleAfter(method, sliceMs),
      zeroTolerance: annotations['slo-lens/zero-tolerance'] === 'true',
      countBudget: countBudget === undefined ? null : Number(countBudget),
      minEvents: Number(annotations['slo-lens/min-events'] ?? 0),
      unit,
      targetText: textAt(objective, 'displayName') ?? constructedTarget(objective, target, unit),
      drilldown: annotations['slo-lens/drilldown'] ?? null,
      runbook: annotations['slo-lens/runbook'] ?? null,
      seed: annotations['slo-lens/seed'] ?? null,
      assumed: splitNames(annotations['slo-lens/assumed']),
      alertPolicies: policies,
      place: slo.document.locate([]),
    };
  });
}
