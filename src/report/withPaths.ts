/** Findings under other paths: as a user of some folder types them, for the root of what reads them. */
import type { CodeReport, FindingReport, Place, WorkspaceReport } from './report';

/** @param pathOf the path to show for one of the report */
export function withPaths(code: CodeReport, pathOf: (path: string) => string): CodeReport {
  const at = <T extends { readonly place: Place }>(one: T): T => ({
    ...one,
    place: { ...one.place, path: pathOf(one.place.path) },
  });
  const finding = (one: FindingReport): FindingReport => ({
    ...at(one),
    trail: one.trail.map((step) => (step.file === undefined ? step : { ...step, file: pathOf(step.file) })),
  });
  return {
    ...code,
    findings: code.findings.map(finding),
    suppressedFindings: code.suppressedFindings.map(finding),
    partialFiles: code.partialFiles.map(at),
    suppressionProblems: code.suppressionProblems.map(at),
  };
}

/** The same of the objectives of a report: their causes and what they were measured from. */
export function objectivesWithPaths(report: WorkspaceReport, pathOf: (path: string) => string): WorkspaceReport {
  const moved = (place: Place): Place => ({ ...place, path: pathOf(place.path) });
  return {
    ...report,
    services: report.services.map((service) => ({
      ...service,
      objectives: service.objectives.map((objective) => ({
        ...objective,
        causes: objective.causes.map((cause) =>
          'place' in cause && cause.place ? { ...cause, place: moved(cause.place) } : cause,
        ),
        evidence: { ...objective.evidence, places: objective.evidence.places.map(moved) },
      })),
    })),
  };
}
