/** An SLO object and what it refers to, read into objectives. */
import type { ComparisonOperator } from '../comparison';
import { type Duration, HOUR_MS, MINUTE_MS, parseDuration } from '../duration';
import type { BudgetingMethod, CompositePart, Indicator, MetricQuery, ObjectiveDefinition, TimeWindow } from './model';
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

interface ReadIndicator {
  readonly indicator: Indicator;
  /** As written. */
  readonly spec: RawMap;
}

/** The indicator of an SLO, or at `path` of an objective of a composite one: inline, or by reference. */
function indicatorOf(
  slo: OpenSloObject,
  holder: RawMap,
  path: Path,
  references: References,
  report: ReportProblem,
): ReadIndicator {
  const inline = holder.indicator;
  if (isMap(inline)) {
    const spec = mapAt(inline, 'spec');
    const at = { object: slo, path: [...path, 'indicator', 'spec'] };
    return { spec, indicator: readIndicator(spec, at, references, report) };
  }
  const name = textAt(holder, 'indicatorRef') ?? '';
  const sli = references.sli(name);
  if (!sli) {
    report(slo, 'warning', 'slo/unknown-reference', [...path, 'indicatorRef'], `there is no SLI ${name}`);
    return { spec: {}, indicator: unsupported(`there is no SLI ${name}`) };
  }
  return { spec: sli.spec, indicator: readIndicator(sli.spec, { object: sli, path: ['spec'] }, references, report) };
}

/** How old the scan may be of which an objective counts the findings; null where its source states nothing. */
function scanLimit(indicator: Indicator, references: References): number | null {
  const name = indicator.kind === 'threshold' ? indicator.query.source : null;
  const source = name === null ? undefined : references.source(name);
  if (!source || textAt(source.spec, 'type') !== 'LeakFindings') return null;
  const within = textAt(mapAt(source.spec, 'connectionDetails'), 'requireScanWithin');
  return within === null ? null : (parseDuration(within)?.ms ?? null);
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
  const { spec } = slo;
  const window = readWindow(slo);
  if (!window) return [];
  const raw = listAt(spec, 'objectives').filter(isMap);
  const read = (objective: RawMap, index: number, name: string, own: ReadIndicator): ObjectiveDefinition =>
    readObjective(slo, objective, index, { name, window, policies, references, ...own }, report);
  if (spec.indicator === undefined && spec.indicatorRef === undefined) {
    const components = raw.map((objective, index): CompositePart => {
      const own = indicatorOf(slo, objective, ['spec', 'objectives', index], references, report);
      return {
        weight: numberAt(objective, 'compositeWeight') ?? 1,
        objective: { ...read(objective, index, `${slo.name}.${index + 1}`, own), mode: 'window' },
      };
    });
    return compositeOf(slo, components);
  }
  const own = indicatorOf(slo, spec, ['spec'], references, report);
  if (own.spec.thresholdMetric !== undefined && raw.length > 1) {
    report(
      slo,
      'warning',
      'slo/one-objective-per-threshold',
      ['spec', 'objectives'],
      'the OpenSLO text allows one objective on a threshold metric',
    );
  }
  return raw.map((objective, index) =>
    read(objective, index, index === 0 ? slo.name : `${slo.name}.${index + 1}`, own),
  );
}

/** A composite is one objective over its parts, always over its window, with the strictest of their targets. */
function compositeOf(slo: OpenSloObject, components: readonly CompositePart[]): readonly ObjectiveDefinition[] {
  const [first] = components;
  if (!first) return [];
  const { annotations } = slo;
  const target = Math.max(...components.map(({ objective }) => objective.target));
  return [
    {
      ...first.objective,
      name: slo.name,
      indicator: { kind: 'composite', components },
      // Of a slice that all parts pass the value is 1.
      threshold: first.objective.method === 'Timeslices' ? { operator: 'gte', limit: 1 } : null,
      target,
      timeSliceTarget: 1,
      sliceMs: Math.max(...components.map(({ objective }) => objective.sliceMs)),
      staleAfterMs:
        annotatedMs(annotations['slo-lens/stale-after']) ??
        Math.max(...components.map(({ objective }) => objective.staleAfterMs)),
      unit: '',
      targetText: `${Number((target * 100).toFixed(4))}% of ${components.length} parts`,
    },
  ];
}

function readObjective(
  slo: OpenSloObject,
  objective: RawMap,
  index: number,
  common: ReadIndicator & {
    readonly name: string;
    readonly window: TimeWindow;
    readonly policies: readonly string[];
    readonly references: References;
  },
  report: ReportProblem,
): ObjectiveDefinition {
  const { annotations, spec } = slo;
  const { indicator, spec: indicatorSpec } = common;
  const isThreshold = indicatorSpec.thresholdMetric !== undefined;
  const scanLimitMs = scanLimit(indicator, common.references);
  const method = textAt(spec, 'budgetingMethod') as BudgetingMethod;
  const path: Path = ['spec', 'objectives', index];
  // Inline indicators were checked with their SLO; here the referenced one is known too.
  if (spec.indicatorRef !== undefined || objective.indicatorRef !== undefined)
    checkOperands(objective, indicatorSpec, path, (at, message) => report(slo, 'error', 'slo/openslo', at, message));
  const unit = annotations['slo-lens/unit'] ?? '';
  const annotatedMode = annotations['slo-lens/mode'];
  const target = numberAt(objective, 'target') ?? (numberAt(objective, 'targetPercent') ?? 0) / 100;
  const sliceMs = parseDuration(textAt(objective, 'timeSliceWindow') ?? '1m')?.ms || MINUTE_MS;
  const operator = textAt(objective, 'op') as ComparisonOperator | null;
  const limit = numberAt(objective, 'value');
  const countBudget = annotations['slo-lens/count-budget'];
  return {
    name: common.name,
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
    window: common.window,
    staleAfterMs: Math.min(
      annotatedMs(annotations['slo-lens/stale-after']) ?? scanLimitMs ?? defaultStaleAfter(method, sliceMs),
      scanLimitMs ?? Number.POSITIVE_INFINITY,
    ),
    zeroTolerance: annotations['slo-lens/zero-tolerance'] === 'true',
    countBudget: countBudget === undefined ? null : Number(countBudget),
    minEvents: Number(annotations['slo-lens/min-events'] ?? 0),
    unit,
    targetText: textAt(objective, 'displayName') ?? constructedTarget(objective, target, unit),
    drilldown: annotations['slo-lens/drilldown'] ?? null,
    runbook: annotations['slo-lens/runbook'] ?? null,
    seed: annotations['slo-lens/seed'] ?? null,
    assumed: splitNames(annotations['slo-lens/assumed']),
    alertPolicies: common.policies,
    place: slo.document.locate([]),
  };
}
