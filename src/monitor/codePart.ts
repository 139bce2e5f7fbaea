/** The part of a report that says how the code is, and what of it could not be read: it needs no definition. */
import type { ProblemReport, WorkspaceReport } from '../report/report';
import type { SourceProblem } from '../sources/problems';
import type { CodeInputs, CodeReports } from './codeReports';
import { type PlaceNames, placeOf } from './reportPlaces';
import type { Root } from './rootFiles';

/** What `slo-lens check` is about. */
export type CodePart = Pick<WorkspaceReport, 'generatedAt' | 'code' | 'problems'>;

export interface CodePartInputs extends CodeInputs {
  readonly now: number;
  readonly configProblems: readonly RootProblem[];
  /** Kept by the caller from one report to the next. */
  readonly codeReports: CodeReports;
}

export interface RootProblem {
  readonly root: Root;
  readonly problem: SourceProblem;
}

/** The part, with faults of the configuration and of the code alone. */
export function codePartOf(inputs: CodePartInputs): CodePart {
  return {
    generatedAt: new Date(inputs.now).toISOString(),
    code: inputs.codeReports.report(inputs),
    problems: [...inputs.configProblems.map((one) => problemAt(one, inputs)), ...unreadCode(inputs)],
  };
}

/** A fault in a file, as reports tell it. */
export function problemAt({ root, problem }: RootProblem, names: PlaceNames): ProblemReport {
  return {
    kind: problem.kind,
    level: 'error',
    message: problem.message,
    place: placeOf(root, problem.file, problem.line, problem.column, names),
  };
}

/** Folders and files that the scan could not read. */
export function unreadCode(inputs: CodeInputs): readonly ProblemReport[] {
  return [
    ...inputs.states.flatMap(({ root, walk }) =>
      (walk?.problems ?? []).map(({ path, message }) =>
        problemAt({ root, problem: { kind: 'unreadable-folder', message, file: path, line: 1, column: 1 } }, inputs),
      ),
    ),
    ...inputs.states.flatMap(({ root, result }) =>
      (result?.unreadable ?? []).map(
        (one): ProblemReport => ({
          kind: 'unreadable',
          level: 'warning',
          message: one.message,
          place: placeOf(root, one.path, 1, 1, inputs),
        }),
      ),
    ),
  ];
}
