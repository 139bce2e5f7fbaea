/** The linter: what a valid definition says that its author can hardly mean. Rules: SLO reference, section 10. */
import { parseWhen, type WhenExpression } from '../alerts/whenExpression';
import { windowAt } from '../calendar';
import type { AlertPolicyDefinition, Definition, ObjectiveDefinition } from '../definition/model';
import { isMap, mapAt, type OpenSloObject, type RawMap, type ReportProblem, textAt } from '../definition/openslo';
import { splitNames } from '../definition/readSlo';
import type { Path } from '../definition/yamlDocuments';
import { countsThings, sourcesOf } from '../indicator';
import { lintSource } from './agentSources';
import { alertGap, isValueAlert, type Limit } from './alertGap';
import { allowedSlices, budgetMatches, meansAll, reachableBurnRate, takesNoShare } from './budgetChecks';
import { canBeTrue, firesTheWrongWay } from './termRanges';

/** Where the parts of a definition stand in its files. */
export interface DefinitionObjects {
  /** Every object of every file, inline policies and conditions too. */
  readonly all: readonly OpenSloObject[];
  /** The SLO of an objective, and the objective's position in it. */
  readonly slo: (objective: string) => { readonly object: OpenSloObject; readonly index: number } | null;
  /** The condition of a policy. */
  readonly condition: (policy: string) => OpenSloObject | null;
  readonly service: (name: string) => OpenSloObject | null;
  readonly source: (name: string) => OpenSloObject | null;
}

const annotation = (key: string): Path => ['metadata', 'annotations', key];
const percent = (share: number): string => `${Number((share * 100).toFixed(6))}%`;
const figure = (value: number): string => String(Number(value.toFixed(6)));

/** Reports every suspicious place of a definition that was read without structural errors. */
export function lintDefinition(definition: Definition, objects: DefinitionObjects, report: ReportProblem): void {
  for (const objective of definition.objectives) {
    lintBudget(objective, objects, report);
    lintCoarseRatio(objective, objects, report);
  }
  for (const policy of definition.policies) lintPolicy(policy, definition, objects, report);
  lintGaps(definition, objects, report);
  for (const service of definition.services) {
    const object = objects.service(service.name);
    if (object && service.declaredBudget !== null)
      lintDeclaredBudget(object, service.declaredBudget, service.budgetFrom, definition, objects, report);
  }
  for (const object of objects.all) {
    lintAssumed(object, report);
    if (object.kind !== 'DataSource') continue;
    lintGlobs(object, report);
    lintSource(object, report);
  }
}

function targetPath(object: OpenSloObject, index: number): Path {
  const raw = Array.isArray(object.spec.objectives) ? object.spec.objectives[index] : null;
  const key = isMap(raw) && raw.target === undefined ? 'targetPercent' : 'target';
  return ['spec', 'objectives', index, key];
}

/** Now is any instant: windows differ in length by a few days at most. */
function windowSlices(objective: ObjectiveDefinition): number {
  const { window, sliceMs } = objective;
  if (window.kind === 'rolling') return window.duration.ms / sliceMs;
  const found = windowAt(window, Date.UTC(2026, 0, 15));
  return (found ? found.end - found.start : window.duration.ms) / sliceMs;
}

function lintBudget(objective: ObjectiveDefinition, objects: DefinitionObjects, report: ReportProblem): void {
  const at = objects.slo(objective.name);
  // Without a budget of slices there is none to be too small.
  if (!at || objective.mode !== 'window' || objective.method === 'Occurrences' || objective.zeroTolerance) return;
  const slices = windowSlices(objective);
  const { allowed, ok } = allowedSlices(objective.target, slices);
  if (ok) return;
  const { indicator } = objective;
  // Of a composite it is the target of its strictest part.
  const index =
    indicator.kind === 'composite'
      ? indicator.components.findIndex((part) => part.objective.target === objective.target)
      : at.index;
  report(
    at.object,
    'warning',
    'slo/budget-under-one-slice',
    targetPath(at.object, index),
    `the budget is ${figure(allowed)} of ${slices} slices: the first bad slice ends it; lower the target, or state slo-lens/zero-tolerance: "true"`,
  );
}

/** Number of things that a source counts, where the definition itself says it. */
function itemsOf(details: RawMap, type: string): number | null {
  if (type === 'AgentStatusFiles') return typeof details.expectedAgents === 'number' ? details.expectedAgents : null;
  if (type !== 'SnapshotFiles' || textAt(mapAt(details, 'currentWhen'), 'contentHash') !== null) return null;
  const { files } = details;
  if (!Array.isArray(files)) return null;
  return files.every((file) => typeof file === 'string' && !/[*?[{]/.test(file)) ? files.length : null;
}

function lintCoarseRatio(objective: ObjectiveDefinition, objects: DefinitionObjects, report: ReportProblem): void {
  const at = objects.slo(objective.name);
  if (!at || objective.indicator.kind !== 'ratio') return;
  const source = objects.source(sourcesOf(objective).at(-1) ?? '');
  if (!source) return;
  const items = itemsOf(mapAt(source.spec, 'connectionDetails'), textAt(source.spec, 'type') ?? '');
  if (items === null || !meansAll(objective.target, items)) return;
  report(
    at.object,
    'info',
    'slo/coarse-ratio',
    targetPath(at.object, at.index),
    `of ${items} items, ${percent(objective.target)} means all of them: one that fails is ${percent(1 / items)}`,
  );
}

/** What the objective compares its current value with. */
function limitOf(objective: ObjectiveDefinition): Limit {
  return objective.threshold ?? { operator: 'gte', limit: objective.target };
}

function expressionOf(policy: AlertPolicyDefinition): WhenExpression | null {
  const parsed = policy.when === null ? null : parseWhen(policy.when);
  return parsed?.ok ? parsed.expression : null;
}

function lintGaps(definition: Definition, objects: DefinitionObjects, report: ReportProblem): void {
  const policies = new Map(definition.policies.map((policy) => [policy.name, policy]));
  for (const objective of definition.objectives) {
    // With a budget to spend, a bad value violates nothing yet.
    if (objective.mode !== 'current') continue;
    const alerts = objective.alertPolicies.flatMap((name) => {
      const policy = policies.get(name);
      const expression = policy && !policy.edge ? expressionOf(policy) : null;
      return policy && expression && isValueAlert(expression) ? [{ policy, expression }] : [];
    });
    if (alerts.length === 0) continue;
    const limit = limitOf(objective);
    const integer = countsThings(objective);
    const expressions = alerts.map(({ expression }) => expression);
    const gap = alertGap(limit, expressions, integer);
    if (gap.ok) continue;
    // It stands where the mending is smallest: at the alert that leaves the fewest values.
    const nearest = alerts.reduce((best, one) =>
      alertGap(limit, [one.expression], integer).integers.length <
      alertGap(limit, [best.expression], integer).integers.length
        ? one
        : best,
    );
    const condition = objects.condition(nearest.policy.name);
    if (!condition) continue;
    const some = gap.integers.slice(0, 5).join(', ');
    const more = gap.integers.length > 5 || gap.endless ? ', …' : '';
    const values = some === '' ? 'some values' : integer ? `${some}${more}` : `values such as ${some}${more}`;
    report(
      condition,
      'warning',
      'slo/alert-gap',
      annotation('slo-lens/when'),
      `${values} ${gap.integers.length === 1 && !more ? 'violates' : 'violate'} ${objective.name} without an alert; \`${gap.suggest}\` leaves no gap`,
    );
  }
}

function lintPolicy(
  policy: AlertPolicyDefinition,
  definition: Definition,
  objects: DefinitionObjects,
  report: ReportProblem,
): void {
  const condition = objects.condition(policy.name);
  if (!condition) return;
  const watched = definition.objectives.filter(({ alertPolicies }) => alertPolicies.includes(policy.name));
  const { operator, threshold } = policy.burn;
  if (operator === 'lt' || operator === 'lte')
    report(
      condition,
      'warning',
      'slo/alert-direction',
      ['spec', 'condition', 'op'],
      `op ${operator} fires while the budget is not burning; an alert on a burn rate takes gt or gte`,
    );
  if (policy.when === null) {
    for (const objective of watched) {
      const { max, ok } = reachableBurnRate(objective.target, threshold);
      if (ok) continue;
      report(
        condition,
        'error',
        'slo/unreachable-burn-rate',
        ['spec', 'condition', 'threshold'],
        `${threshold} can never be reached on ${objective.name}: at ${percent(objective.target)} the burn rate is at most ${figure(max)}`,
      );
    }
    return;
  }
  const expression = expressionOf(policy);
  if (!expression || watched.length === 0) return;
  if (!watched.some((objective) => canBeTrue(expression, objective)))
    report(
      condition,
      'warning',
      'slo/alert-never',
      annotation('slo-lens/when'),
      `\`${policy.when}\` can never be true of ${watched.map(({ name }) => name).join(', ')}`,
    );
  else if (watched.some((objective) => firesTheWrongWay(expression, objective)))
    report(
      condition,
      'warning',
      'slo/alert-direction',
      annotation('slo-lens/when'),
      `\`${policy.when}\` fires when things go well; the burn rate block beside it fires when they go badly`,
    );
}

function lintDeclaredBudget(
  service: OpenSloObject,
  declared: string,
  budgetFrom: string | null,
  definition: Definition,
  objects: DefinitionObjects,
  report: ReportProblem,
): void {
  const carrier = budgetFrom === null ? null : definition.objectives.find(({ name }) => name === budgetFrom);
  if (budgetFrom !== null && !carrier)
    report(
      service,
      'warning',
      'slo/unknown-reference',
      annotation('slo-lens/budget-from'),
      `there is no SLO ${budgetFrom}`,
    );
  if (carrier && !budgetMatches(declared, carrier))
    report(
      service,
      'warning',
      'slo/budget-mismatch',
      annotation('slo-lens/declared-budget'),
      `${carrier.name} allows ${carrier.countBudget ?? percent(carrier.zeroTolerance ? 0 : 1 - carrier.target)}, not ${declared}`,
    );
  for (const objective of definition.objectives) {
    if (objective.service !== service.name || !takesNoShare(declared, objective.zeroTolerance)) continue;
    const at = objects.slo(objective.name);
    if (at)
      report(
        at.object,
        'info',
        'slo/zero-tolerance-in-budget',
        annotation('slo-lens/zero-tolerance'),
        `the service declares a budget of ${declared}; this objective allows nothing and takes no share of it`,
      );
  }
}

function lintAssumed(object: OpenSloObject, report: ReportProblem): void {
  const fields = splitNames(object.annotations['slo-lens/assumed']);
  if (fields.length === 0) return;
  report(
    object,
    'hint',
    'slo/assumed',
    annotation('slo-lens/assumed'),
    `assumed, not stated by the source of this definition: ${fields.join(', ')}`,
  );
}

function leavesFolder(glob: string): boolean {
  return glob.split(/[\\/]/).includes('..') || /^(?:[\\/~]|[a-zA-Z]:)/.test(glob);
}

/** Strings of a value with their paths: a list of globs, or one. */
function strings(value: unknown, path: Path): readonly (readonly [string, Path])[] {
  if (typeof value === 'string') return [[value, path]];
  return Array.isArray(value)
    ? value.flatMap((one, index) => (typeof one === 'string' ? [[one, [...path, index]] as const] : []))
    : [];
}

function lintGlobs(source: OpenSloObject, report: ReportProblem): void {
  const details = mapAt(source.spec, 'connectionDetails');
  const when = mapAt(details, 'currentWhen');
  const base: Path = ['spec', 'connectionDetails'];
  const globs = [
    ...strings(details.files, [...base, 'files']),
    ...strings(details.queues, [...base, 'queues']),
    ...strings(details.pidFiles, [...base, 'pidFiles']),
    ...strings(details.paths, [...base, 'paths']),
    ...strings(when.contentHash, [...base, 'currentWhen', 'contentHash']),
    ...strings(mapAt(when, 'notOlderThan').newestOf, [...base, 'currentWhen', 'notOlderThan', 'newestOf']),
  ];
  for (const [glob, path] of globs)
    if (leavesFolder(glob))
      report(
        source,
        'error',
        'slo/path-escape',
        path,
        `${glob} leads out of the folder; paths are relative to the workspace folder and stay in it`,
      );
}
