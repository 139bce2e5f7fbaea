/** An AlertPolicy object and its condition and targets, read into one policy. */
import { parseWhen } from '../alerts/whenExpression';
import type { ComparisonOperator } from '../comparison';
import { parseDuration } from '../duration';
import { parseDeclaredBudget } from '../lint/budgetChecks';
import type { AlertPolicyDefinition, AlertSeverity } from './model';
import { isMap, listAt, mapAt, numberAt, type OpenSloObject, objectAt, type ReportProblem, textAt } from './openslo';
import { annotatedMs, splitNames } from './readSlo';
import type { Path } from './yamlDocuments';

export interface AlertReferences {
  readonly condition: (name: string) => OpenSloObject | undefined;
  readonly target: (name: string) => OpenSloObject | undefined;
}

const CONDITION: Path = ['spec', 'conditions', 0];

/** The condition of a policy: inline, or by reference; null when there is none. */
export function conditionObject(
  policy: OpenSloObject,
  find: (name: string) => OpenSloObject | undefined,
): OpenSloObject | null {
  const raw = listAt(policy.spec, 'conditions')[0];
  if (!isMap(raw)) return null;
  const name = textAt(raw, 'conditionRef');
  if (name === null) return objectAt(policy.document, [...policy.base, ...CONDITION], raw, 'AlertCondition');
  return find(name) ?? null;
}

function conditionOf(policy: OpenSloObject, references: AlertReferences, report: ReportProblem): OpenSloObject | null {
  const found = conditionObject(policy, references.condition);
  const raw = listAt(policy.spec, 'conditions')[0];
  const name = isMap(raw) ? textAt(raw, 'conditionRef') : null;
  if (!found && name !== null)
    report(
      policy,
      'warning',
      'slo/unknown-reference',
      [...CONDITION, 'conditionRef'],
      `there is no AlertCondition ${name}; the policy never fires`,
    );
  return found;
}

function targetsOf(policy: OpenSloObject, references: AlertReferences, report: ReportProblem): readonly string[] {
  return listAt(policy.spec, 'notificationTargets')
    .filter(isMap)
    .flatMap((raw, index) => {
      const name = textAt(raw, 'targetRef');
      const spec = name === null ? mapAt(raw, 'spec') : references.target(name)?.spec;
      if (!spec) {
        report(
          policy,
          'warning',
          'slo/unknown-reference',
          ['spec', 'notificationTargets', index, 'targetRef'],
          `there is no AlertNotificationTarget ${name}`,
        );
        return [];
      }
      return textAt(spec, 'target') ?? [];
    });
}

function checkedExpression(condition: OpenSloObject, key: string, report: ReportProblem): string | null {
  const text = condition.annotations[key];
  if (text === undefined) return null;
  const parsed = parseWhen(text);
  if (!parsed.ok)
    report(
      condition,
      'error',
      'slo/when-syntax',
      ['metadata', 'annotations', key],
      `${parsed.message} (character ${parsed.at + 1})`,
    );
  return text;
}

function severityOf(text: string): AlertSeverity | null {
  return text === 'P1' || text === 'P2' || text === 'P3' ? text : null;
}

/** `2%` as 0.02; null of other words. */
function shareOf(text: string | undefined): number | null {
  const budget = text === undefined ? null : parseDeclaredBudget(text);
  return budget?.kind === 'share' ? budget.share : null;
}

/** Reads a policy; null, with problems reported, when its condition is missing. */
export function readAlertPolicy(
  policy: OpenSloObject,
  references: AlertReferences,
  report: ReportProblem,
): AlertPolicyDefinition | null {
  const condition = conditionOf(policy, references, report);
  const targets = targetsOf(policy, references, report);
  if (!condition) return null;
  const block = mapAt(condition.spec, 'condition');
  const { annotations } = condition;
  const severityText = textAt(condition.spec, 'severity') ?? '';
  const severity = severityOf(severityText);
  if (!severity)
    report(
      condition,
      'warning',
      'slo/severity',
      ['spec', 'severity'],
      `severity ${severityText} is not P1, P2 or P3; treated as P3, which is only logged`,
    );
  return {
    name: policy.name,
    displayName: policy.displayName,
    description: textAt(policy.spec, 'description') ?? '',
    severity: severity ?? 'P3',
    whenBreaching: policy.spec.alertWhenBreaching === true,
    whenResolved: policy.spec.alertWhenResolved === true,
    whenNoData: policy.spec.alertWhenNoData === true,
    when: checkedExpression(condition, 'slo-lens/when', report),
    clearWhen: checkedExpression(condition, 'slo-lens/clear-when', report),
    burn: {
      operator: textAt(block, 'op') as ComparisonOperator,
      threshold: numberAt(block, 'threshold') ?? 0,
      lookbackMs: parseDuration(textAt(block, 'lookbackWindow') ?? '')?.ms ?? 0,
      shortMs: annotatedMs(annotations['slo-lens/short-window']),
    },
    alertAfterMs: parseDuration(textAt(block, 'alertAfter') ?? '0m')?.ms ?? 0,
    keepFiringForMs: annotatedMs(annotations['slo-lens/keep-firing-for']) ?? 0,
    edge: annotations['slo-lens/edge'] === 'true',
    inhibits: splitNames(annotations['slo-lens/inhibits']),
    minEvents: Number(annotations['slo-lens/min-events'] ?? 0),
    budgetConsumed: shareOf(annotations['slo-lens/budget-consumed']),
    runbook: annotations['slo-lens/runbook'] ?? null,
    seed: annotations['slo-lens/seed'] ?? null,
    assumed: splitNames(annotations['slo-lens/assumed']),
    targets,
    place: policy.document.locate(policy.base),
  };
}
