/** A baseline: how many findings of each file and fingerprint are known already, so that only new ones fail. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FindingReport } from '../report/report';
import { UsageError } from './arguments';
import { ioReason, type Shell } from './shell';

export interface Baseline {
  readonly schemaVersion: 1;
  /** `path#fingerprint`, the path as `check` shows it → number of findings. */
  readonly fingerprints: Readonly<Record<string, number>>;
}

/** Reads a baseline. Throws UsageError when it is missing or no baseline. */
export function readBaseline(file: string, { cwd }: Shell): Baseline {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${ioReason(error)}`);
  }
  const value = parsed(text);
  if (!isBaseline(value)) throw new UsageError(`${file} is no baseline of SLO Lens`);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, fingerprints } = value as Readonly<Record<string, unknown>>;
  return (
    schemaVersion === 1 &&
    typeof fingerprints === 'object' &&
    fingerprints !== null &&
    Object.values(fingerprints).every((count) => Number.isInteger(count))
  );
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
