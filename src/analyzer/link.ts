/** Findings across files: a draft that depends on what another file exports is decided from that file's summary. */
import type { Finding } from './findings';
import { resolveModule } from './modules';
import type { FileSummary } from './summaries';

/** Holds if the export of that module is one of the types. */
export interface Condition {
  readonly module: string;
  readonly name: string;
  readonly types: readonly string[];
}

export interface ConditionalFinding {
  readonly condition: Condition;
  readonly finding: Finding;
  readonly suppressed: boolean;
}

/** Decides a condition of the file at `path`; unknown modules and exports do not hold. */
export function holds(condition: Condition, path: string, summaries: ReadonlyMap<string, FileSummary>): boolean {
  const types = exportedTypes(condition.module, condition.name, path, summaries, new Set());
  return types?.some((type) => condition.types.includes(type)) ?? false;
}

function exportedTypes(
  specifier: string,
  name: string,
  from: string,
  summaries: ReadonlyMap<string, FileSummary>,
  seen: Set<string>,
): readonly string[] | undefined {
  const path = resolveModule(from, specifier, (candidate) => summaries.has(candidate));
  const summary = path === undefined ? undefined : summaries.get(path);
  if (path === undefined || !summary || seen.has(`${path}#${name}`)) return undefined;
  seen.add(`${path}#${name}`);
  const own = Object.hasOwn(summary.values, name) ? summary.values[name] : undefined;
  if (own) return own;
  for (const reexport of summary.reexports) {
    if (reexport.name !== '*' && reexport.name !== name) continue;
    const found = exportedTypes(reexport.module, reexport.name === '*' ? name : reexport.from, path, summaries, seen);
    if (found) return found;
  }
  return undefined;
}
