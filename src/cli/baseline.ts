/** The file of a baseline: how many findings of each file and fingerprint are known already, so that only new ones fail. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Baseline } from '../report/baseline';
import { UsageError } from './arguments';
import { ioReason, type Shell } from './shell';

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
