/** Which findings does an objective count? */
import type { FindingReport } from '../report/report';
import type { DataSourceDefinition, ObjectiveDefinition } from '../slo/definition/model';
import { compileFilter } from '../slo/recordFilter';
import { countedPaths } from './readSources';

/**
 * @param source where the objective has its findings from
 * @param roots folders of the workspace: of several, the paths of findings begin with the name of theirs
 */
export function countedFindings(
  { indicator }: ObjectiveDefinition,
  source: DataSourceDefinition | undefined,
  findings: readonly FindingReport[],
  roots: number,
): readonly FindingReport[] {
  const counts = indicator.kind === 'threshold' ? compileFilter(indicator.query.where) : () => true;
  const isCounted = countedPaths(source?.connectionDetails ?? {});
  return findings.filter(
    (finding) =>
      finding.confidence !== 'low' &&
      isCounted(roots > 1 ? finding.place.path.replace(/^[^/]*\//, '') : finding.place.path) &&
      counts({
        time: null,
        fields: { severity: finding.severity.toUpperCase(), kind: finding.kind, path: finding.place.path },
      }),
  );
}
