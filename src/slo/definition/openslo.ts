/** OpenSLO v1 objects as they stand in a file, after their structure was checked, and the rules that a schema cannot say. */
import { isTimeZone } from '../../sources/timestamps';
import { parseLocalTime } from '../calendar';
import { isTarget } from '../lint/budgetChecks';
import type { DefinitionProblem } from './model';
import { OBJECT_KINDS, type ObjectKind, validateStructure } from './schemaValidation';
import { asV1, mapV2alpha, V2ALPHA } from './v2alpha';
import { type Path, pathText, type YamlDocument } from './yamlDocuments';

export type RawMap = Readonly<Record<string, unknown>>;

/** One object, valid by structure; `base` is its path in the document (not empty for inline ones). */
export interface OpenSloObject {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly displayName: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: RawMap;
  readonly document: YamlDocument;
  readonly base: Path;
}

export type ReportProblem = (
  object: OpenSloObject,
  level: DefinitionProblem['level'],
  code: string,
  path: Path,
  message: string,
  key?: string,
) => void;

export function isMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The map at a key, or an empty one. */
export function mapAt(map: RawMap, key: string): RawMap {
  const value = map[key];
  return isMap(value) ? value : {};
}

/** The list at a key, or an empty one. */
export function listAt(map: RawMap, key: string): readonly unknown[] {
  const value = map[key];
  return Array.isArray(value) ? value : [];
}

/** The string at a key, or null. */
export function textAt(map: RawMap, key: string): string | null {
  const value = map[key];
  return typeof value === 'string' ? value : null;
}

/** The number at a key, or null. */
export function numberAt(map: RawMap, key: string): number | null {
  const value = map[key];
  return typeof value === 'number' ? value : null;
}

function problemAt(
  document: YamlDocument,
  level: DefinitionProblem['level'],
  code: string,
  path: Path,
  message: string,
  key?: string,
): DefinitionProblem {
  const written = document.written ?? ((own: Path) => own);
  const place = key === undefined ? document.locate(path) : document.locateKey(path, key);
  const at = written(key === undefined ? path : [...path, key]);
  return {
    level,
    code,
    message,
    path: pathText(at),
    at,
    document: document.index,
    place,
  };
}

/** A reporter that adds to `problems`; paths are relative to the object. */
export function problemReporter(problems: DefinitionProblem[]): ReportProblem {
  return (object, level, code, path, message, key) => {
    problems.push(problemAt(object.document, level, code, [...object.base, ...path], message, key));
  };
}

/** An object at a path of a document: top level, or inline in another. */
export function objectAt(document: YamlDocument, base: Path, value: RawMap, kind: ObjectKind): OpenSloObject {
  const metadata = mapAt(value, 'metadata');
  const name = textAt(metadata, 'name') ?? '';
  const annotations = Object.fromEntries(
    Object.entries(mapAt(metadata, 'annotations')).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  return {
    kind,
    name,
    displayName: textAt(metadata, 'displayName') ?? name,
    annotations,
    spec: mapAt(value, 'spec'),
    document,
    base,
  };
}

/** Reads one document; null, with its problems, when it is not a valid OpenSLO v1 object. */
export function readObject(
  document: YamlDocument,
  isChecked = false,
): {
  readonly object: OpenSloObject | null;
  readonly problems: readonly DefinitionProblem[];
} {
  const error = (path: Path, message: string, key?: string) =>
    problemAt(document, 'error', 'slo/openslo', path, message, key);
  const { value } = document;
  if (!isMap(value))
    return {
      object: null,
      problems: [error([], 'an OpenSLO object is a map with apiVersion, kind, metadata and spec')],
    };
  if (value.apiVersion === V2ALPHA) {
    const { value: mapped, strays } = mapV2alpha(value);
    const { object, problems } = readObject(asV1(document, mapped));
    const unknown = strays.map(([path, key]) =>
      error(path, `unknown field ${key}: OpenSLO v2alpha has no such field here`, key),
    );
    return { object: unknown.length === 0 ? object : null, problems: [...unknown, ...problems] };
  }
  if (value.apiVersion !== 'openslo/v1')
    return {
      object: null,
      problems: [
        error(
          ['apiVersion'],
          `apiVersion must be openslo/v1 (or ${V2ALPHA}), not ${JSON.stringify(value.apiVersion) ?? 'missing'}`,
        ),
      ],
    };
  const kind = OBJECT_KINDS.find((known) => known === value.kind);
  if (!kind) return { object: null, problems: [error(['kind'], `kind must be one of ${OBJECT_KINDS.join(', ')}`)] };
  // To compile the schema takes longer than all else at the start.
  const issues = isChecked ? [] : validateStructure(kind, value);
  const problems = issues.map((issue) => {
    const target = kind === 'SLO' ? outOfRange(value, issue.path) : null;
    return target === null
      ? error(issue.path, issue.message, issue.key ?? undefined)
      : problemAt(document, 'error', 'slo/target-range', issue.path, target);
  });
  return { object: issues.length === 0 ? objectAt(document, [], value, kind) : null, problems };
}

/** What to say of a target that is a number but no share below 1; null for every other place. */
function outOfRange(slo: RawMap, path: Path): string | null {
  const [spec, list, index, key] = path;
  if (spec !== 'spec' || list !== 'objectives' || typeof index !== 'number' || path.length !== 4) return null;
  const objective = listAt(mapAt(slo, 'spec'), 'objectives')[index];
  const value = isMap(objective) && (key === 'target' || key === 'targetPercent') ? numberAt(objective, key) : null;
  if (value === null) return null;
  const share = key === 'target' ? value : value / 100;
  if (isTarget(share)) return null;
  const limit = key === 'target' ? '0 <= target < 1' : '0 <= targetPercent < 100';
  return share >= 1
    ? `${value} is not ${limit}; for "all of it" state a target just below, such as ${key === 'target' ? '0.9999' : '99.99'}, and the annotation slo-lens/zero-tolerance: "true"`
    : `${value} is not ${limit}`;
}

function checkTarget(objective: RawMap, path: Path, report: (path: Path, message: string) => void): void {
  const both = objective.target !== undefined && objective.targetPercent !== undefined;
  const neither = objective.target === undefined && objective.targetPercent === undefined;
  if (both) report(path, 'state either target or targetPercent, not both');
  if (neither) report(path, 'a target or targetPercent is missing');
}

function checkMetric(indicator: RawMap, path: Path, report: (path: Path, message: string) => void): void {
  const spec = mapAt(indicator, 'spec');
  const threshold = spec.thresholdMetric !== undefined;
  const ratio = spec.ratioMetric !== undefined;
  if (threshold === ratio) report([...path, 'spec'], 'an indicator has either a thresholdMetric or a ratioMetric');
  if (ratio) checkRatio(mapAt(spec, 'ratioMetric'), [...path, 'spec', 'ratioMetric'], report);
}

function checkRatio(ratio: RawMap, path: Path, report: (path: Path, message: string) => void): void {
  const has = (key: string) => ratio[key] !== undefined;
  if (has('raw')) {
    if (has('good') || has('bad') || has('total')) report(path, 'raw stands alone, without good, bad and total');
    if (!has('rawType')) report(path, 'raw needs rawType: success or failure');
    return;
  }
  if (has('good') === has('bad')) report(path, 'a ratio has either good or bad');
  if (!has('total')) report(path, 'a ratio needs a total');
  if (!has('counter')) report(path, 'a ratio needs counter: true or false');
}

/** The rules of OpenSLO v1 that tie fields of an SLO together. Reports errors with code `slo/openslo`. */
export function checkSlo(slo: OpenSloObject, reportProblem: ReportProblem): void {
  const { spec } = slo;
  const report = (path: Path, message: string) => reportProblem(slo, 'error', 'slo/openslo', path, message);
  const objectives = listAt(spec, 'objectives').filter(isMap);
  const method = spec.budgetingMethod;
  const ownIndicator = spec.indicator !== undefined || spec.indicatorRef !== undefined;
  const composite = objectives.some(
    (objective) => objective.indicator !== undefined || objective.indicatorRef !== undefined,
  );
  if (spec.indicator !== undefined && spec.indicatorRef !== undefined)
    report(['spec'], 'state either indicator or indicatorRef, not both');
  if (ownIndicator && composite) report(['spec'], 'an SLO has one indicator, or one in each objective, not both');
  if (!ownIndicator && !composite) report(['spec'], 'an indicator or indicatorRef is missing');
  if (isMap(spec.indicator)) checkMetric(spec.indicator, ['spec', 'indicator'], report);
  checkWindow(mapAt({ first: listAt(spec, 'timeWindow')[0] }, 'first'), ['spec', 'timeWindow', 0], report);
  for (const [index, objective] of objectives.entries()) {
    const path: Path = ['spec', 'objectives', index];
    checkTarget(objective, path, report);
    if (isMap(objective.indicator)) checkMetric(objective.indicator, [...path, 'indicator'], report);
    if (method === 'Timeslices' && objective.timeSliceTarget === undefined)
      report([...path, 'timeSliceTarget'], 'Timeslices needs timeSliceTarget');
    if (method !== 'Occurrences' && objective.timeSliceWindow === undefined)
      report([...path, 'timeSliceWindow'], `${String(method)} needs timeSliceWindow`);
    const inline = isMap(objective.indicator) ? objective.indicator : isMap(spec.indicator) ? spec.indicator : null;
    if (inline) checkOperands(objective, mapAt(inline, 'spec'), path, report);
  }
}

/** A threshold metric needs op and value; a ratio metric is compared with its target and forbids both. */
export function checkOperands(
  objective: RawMap,
  indicatorSpec: RawMap,
  path: Path,
  report: (path: Path, message: string) => void,
): void {
  for (const key of ['op', 'value']) {
    const present = objective[key] !== undefined;
    if (indicatorSpec.thresholdMetric !== undefined && !present)
      report([...path, key], `a threshold metric needs ${key}`);
    if (indicatorSpec.ratioMetric !== undefined && present)
      report([...path, key], `a ratio metric is compared with its target; ${key} is not allowed`);
  }
}

function checkWindow(window: RawMap, path: Path, report: (path: Path, message: string) => void): void {
  const calendar = window.calendar;
  const rolling = window.isRolling === true;
  if (rolling && calendar !== undefined) report([...path, 'calendar'], 'a rolling window has no calendar');
  if (!rolling && calendar === undefined) report(path, 'a window that is not rolling needs a calendar');
  if (window.duration !== undefined && Number.parseInt(String(window.duration), 10) === 0)
    report([...path, 'duration'], 'a window must be longer than 0');
  if (!isMap(calendar)) return;
  if (parseLocalTime(String(calendar.startTime)) === null)
    report([...path, 'calendar', 'startTime'], 'not a time that exists; the form is 2025-01-01 00:00:00');
  if (!isTimeZone(String(calendar.timeZone)))
    report([...path, 'calendar', 'timeZone'], `${String(calendar.timeZone)} is not a time zone that is known here`);
}
