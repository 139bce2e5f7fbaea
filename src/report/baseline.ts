/** Findings that are known already, by file and fingerprint: what is new, and what is gone. */
import type { FindingReport } from './report';

export interface Baseline {
  readonly schemaVersion: 1;
  /** `path#fingerprint`, the path as it is shown → number of findings. */
  readonly fingerprints: Readonly<Record<string, number>>;
}

/** The baseline that holds these findings; keys in order, so that it compares well. */
export function baselineOf(findings: readonly FindingReport[], pathOf: (path: string) => string): Baseline {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = keyOf(finding, pathOf);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { schemaVersion: 1, fingerprints: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Findings beyond the number that the baseline holds of each file and fingerprint. */
export function beyondBaseline(
  findings: readonly FindingReport[],
  baseline: Baseline,
  pathOf: (path: string) => string,
): readonly FindingReport[] {
  const left = new Map(Object.entries(baseline.fingerprints));
  return findings.filter((finding) => {
    const key = keyOf(finding, pathOf);
    const known = left.get(key) ?? 0;
    if (known > 0) left.set(key, known - 1);
    return known <= 0;
  });
}

function keyOf(finding: FindingReport, pathOf: (path: string) => string): string {
  return `${pathOf(finding.place.path)}#${finding.fingerprint}`;
}
