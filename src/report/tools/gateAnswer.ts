/** Answer of `slo_gate`: whether the objectives are kept, and what this branch does to them and to the findings, against its base. */
import { comparisonLines, type GateReport, gateText } from '../gate';
import type { FindingReport, WorkspaceReport } from '../report';
import { answer, quoted, quotedList } from './answer';
import { codeLine, coverageLines, findingLine } from './facts';

export interface GateFacts {
  readonly report: WorkspaceReport;
  readonly gate: GateReport;
  /** Findings of now that the base does not have, and those of the base that are gone; or why nothing was compared. */
  readonly branch:
    | { readonly added: readonly FindingReport[]; readonly gone: readonly FindingReport[] }
    | { readonly reason: string };
}

const MAX_FINDINGS = 40;
const MAX_NAMES = 40;

function listed(title: string, findings: readonly FindingReport[]): readonly string[] {
  return [
    `${title}: ${findings.length}.`,
    ...findings.slice(0, MAX_FINDINGS).map(findingLine),
    ...(findings.length > MAX_FINDINGS ? [`- and ${findings.length - MAX_FINDINGS} more`] : []),
  ];
}

export function gateAnswer({ report, gate, branch }: GateFacts, maxCharacters: number): string {
  const objectives = report.services.flatMap((service) => service.objectives);
  const named = (...states: readonly string[]): readonly string[] =>
    objectives.filter(({ state }) => states.includes(state)).map(({ name }) => name);
  const violating = named('violating');
  const unknown = named('no_data', 'stale', 'error');
  return answer(
    [
      ...coverageLines(report),
      `Gate: ${gateText(gate)}, on what is measured: ${gate.coverage.measured} of ${gate.coverage.defined} objectives (policy ${gate.policy}${gate.strict ? ', strict: what is not measured fails' : ', what is not measured does not fail unless nothing is'}).`,
      codeLine(report),
      `Violated now: ${violating.length === 0 ? 'none of what is measured' : quotedList(violating, MAX_NAMES)}.`,
      ...(unknown.length === 0 ? [] : [`Not measured: ${quotedList(unknown, MAX_NAMES)}.`]),
      ...('reason' in branch
        ? [`Not compared with a base: ${branch.reason}`]
        : [
            ...comparisonLines(gate, quoted).map((line) => `${line}.`),
            `Compared are objectives over findings (${quotedList(gate.comparison?.compared ?? [], MAX_NAMES) || 'none is defined'}): the working tree, as it was just scanned, against the commit where this branch began, under the definition of now.`,
            ...listed('Findings that this branch adds', branch.added),
            ...listed('Findings that are gone since', branch.gone),
          ]),
    ],
    maxCharacters,
    'Ask slo_explain for one objective, kind or line.',
  );
}
