/** The report as JUnit XML, for pipelines that show tests: one suite per file or service. What is unknown is an error, never skipped. */
import type { Severity } from '../analyzer/findings/findings';
import { ageText, count, ownReason, plain } from './plainText';
import type { CodeReport, FindingReport, ObjectiveReport, WorkspaceReport } from './report';

interface Case {
  readonly name: string;
  readonly outcome: {
    readonly tag: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
  } | null;
  readonly detail: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Text that XML 1.0 can hold: control characters and lone surrogates are shown as escapes. */
function xml(text: string): string {
  return text
    .split('\n')
    .map((line) => plain(line))
    .join('\n')
    .replace(/\p{Surrogate}|[\ufffe\uffff]/gu, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Findings of a scan.
 * @param fails which severities fail: the gate of the command, so that a pipeline's view agrees with the exit code
 */
export function codeJunit(code: CodeReport, fails: (severity: Severity) => boolean): string {
  const byFile = new Map<string, FindingReport[]>();
  for (const finding of code.findings)
    byFile.set(finding.place.path, [...(byFile.get(finding.place.path) ?? []), finding]);
  const scanned: Case =
    code.files.analysed === 0
      ? {
          name: 'scan',
          outcome: { tag: 'skipped', type: 'nothing-analysed', message: 'No TypeScript or JavaScript was analysed' },
          detail: '',
        }
      : {
          name: `scan of ${count(code.files.analysed, 'file')}`,
          outcome: null,
          detail: code.partialFiles
            .map(
              ({ place, reason }) => `partly analysed: ${place.path}:${place.line + 1}:${place.column + 1} ${reason}`,
            )
            .join('\n'),
        };
  return document('SLO Lens leaks', [
    { name: 'scan', cases: [scanned] },
    ...[...byFile].map(([name, findings]) => ({ name, cases: findings.map((finding) => findingCase(finding, fails)) })),
  ]);
}

function findingCase(finding: FindingReport, fails: (severity: Severity) => boolean): Case {
  const { place, kind, severity, message, advice, trail } = finding;
  const steps = trail.map(
    (step) =>
      `${step.file ?? place.path}:${step.range.startLine + 1}:${step.range.startColumn + 1} ${plain(step.message)}`,
  );
  return {
    name: `${kind} ${place.line + 1}:${place.column + 1}`,
    outcome: fails(severity) ? { tag: 'failure', type: severity.toUpperCase(), message } : null,
    detail: [`${severity.toUpperCase()}: ${plain(message)}`, ...steps, ...(advice ? [plain(advice)] : [])].join('\n'),
  };
}

/**
 * Objectives by service: violating fails; no data, stale and error are errors. Rule: SLO reference, section 11.
 * @param isTolerated violations that the gate lets pass, by name of the objective: they are told and do not fail
 */
export function sloJunit(report: WorkspaceReport, isTolerated: (objective: string) => boolean = () => false): string {
  return document(
    'SLO Lens objectives',
    report.services.map((service) => ({
      name: service.displayName,
      cases: service.objectives.map((objective) =>
        objectiveCase(objective, report.generatedAt, isTolerated(objective.name)),
      ),
    })),
  );
}

function objectiveCase(objective: ObjectiveReport, now: string, tolerated: boolean): Case {
  const { displayName, state, valueText, targetText, evidence, causes } = objective;
  const reason = ownReason(objective);
  const message = `${valueText}, target ${targetText}${reason === '' ? '' : `: ${reason}`}`;
  const known = state === 'meeting' || state === 'at_risk' || state === 'violating';
  return {
    name: displayName,
    outcome:
      state === 'violating' && !tolerated
        ? { tag: 'failure', type: state, message }
        : known
          ? null
          : { tag: 'error', type: state, message },
    detail: [
      `${state.replace('_', ' ')}${state === 'violating' && tolerated ? ', no worse than at the base' : ''}: ${plain(message)}`,
      `source: ${plain(evidence.source)}, ${ageText(evidence.observedAt, now)}; ${plain(evidence.method)}`,
      ...causes.map((cause) => plain(`${cause.label} ${cause.detail}`)),
    ].join('\n'),
  };
}

function document(name: string, suites: readonly Suite[]): string {
  const tagged = (cases: readonly Case[], tag: string): number =>
    cases.filter((one) => one.outcome?.tag === tag).length;
  const counts = (cases: readonly Case[]): string =>
    `tests="${cases.length}" failures="${tagged(cases, 'failure')}" errors="${tagged(cases, 'error')}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(name)}" ${counts(suites.flatMap((suite) => suite.cases))}>`,
  ];
  for (const suite of suites) {
    // The schema that most readers check against (junit-10) knows this count of a suite, and not of all suites.
    const skipped = tagged(suite.cases, 'skipped');
    lines.push(`  <testsuite name="${xml(suite.name)}" ${counts(suite.cases)} skipped="${skipped}">`);
    for (const { name: title, outcome, detail } of suite.cases) {
      const head = `    <testcase classname="${xml(suite.name)}" name="${xml(title)}"`;
      if (outcome)
        lines.push(
          `${head}>`,
          `      <${outcome.tag}${outcome.tag === 'skipped' ? '' : ` type="${xml(outcome.type)}"`} message="${xml(plain(outcome.message))}">${xml(detail)}</${outcome.tag}>`,
          '    </testcase>',
        );
      else if (detail) lines.push(`${head}>`, `      <system-out>${xml(detail)}</system-out>`, '    </testcase>');
      else lines.push(`${head}/>`);
    }
    lines.push('  </testsuite>');
  }
  return `${[...lines, '</testsuites>'].join('\n')}\n`;
}
