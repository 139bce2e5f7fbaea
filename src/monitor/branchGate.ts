/** The gate against the commit where a branch began: what the branch does to the objectives over findings, and to the findings. */
import { type GateReport, gateReport } from '../report/gate';
import type { FindingReport, WorkspaceReport } from '../report/report';
import type { Definition } from '../slo/definition/model';
import { compareWithBase, type GateSide, gateOutcome } from '../slo/gate';
import { gateSide, UNKNOWN_SIDE } from '../slo/gateSides';
import { leakObjectives, leakSides } from './leakSides';
import type { Monitor } from './monitor';
import type { FileSystem, GitRevisions } from './ports';
import type { Root } from './rootFiles';

/** What a comparison is with: in words, and by name of the objective. */
export interface GateBase {
  readonly with: string;
  readonly sides: ReadonlyMap<string, GateSide>;
}

/** A base that was scanned. */
export interface BranchBase extends GateBase {
  readonly findings: readonly FindingReport[];
}

/** The gate over a report: its outcome, and the comparison with a base where there is one. */
export function gateOver(
  report: WorkspaceReport,
  definition: Definition,
  base: GateBase | null,
  { strict, policy }: Pick<GateReport, 'strict' | 'policy'>,
): GateReport {
  const objectives = report.services.flatMap((service) => service.objectives);
  const isInvalid = report.definition.state === 'invalid';
  const states = isInvalid ? (['definition-error'] as const) : objectives.map(({ state }) => state);
  const heads = new Map(
    objectives.map(({ name, state, value, budget }) => [name, { state, value, remaining: budget?.remaining ?? null }]),
  );
  const compared = base ? definition.objectives.filter(({ name }) => base.sides.has(name)) : [];
  return gateReport({
    outcome: gateOutcome(states, strict),
    strict,
    measured: report.headline.measured,
    defined: report.headline.defined,
    policy,
    comparison:
      base && !isInvalid
        ? {
            with: base.with,
            compared: compared.map(({ name }) => name),
            ...compareWithBase(
              compared.map((objective) => {
                const known = heads.get(objective.name);
                return {
                  name: objective.name,
                  base: base.sides.get(objective.name) ?? UNKNOWN_SIDE,
                  head: known ? gateSide(objective, known) : UNKNOWN_SIDE,
                };
              }),
            ),
          }
        : null,
  });
}

export type BaseResult =
  | { readonly ok: true; readonly value: BranchBase }
  | { readonly ok: false; readonly message: string };

/**
 * Scans the files of the commit where this branch left a revision, and judges their findings under the definition of now.
 * @param base the revision in the user's words, and that commit
 * @param scanned a monitor over such files, scanned to its end; may throw to stop
 */
export async function branchBase(
  { definitionInForce: definition }: Pick<Monitor, 'definitionInForce'>,
  root: Root,
  { revision, commit }: { readonly revision: string; readonly commit: string },
  revisions: GitRevisions,
  scanned: (files: FileSystem) => Promise<Monitor>,
): Promise<BaseResult> {
  const short = commit.slice(0, 12);
  const files = await revisions.filesAt(root.path, commit);
  if (!files.ok) return { ok: false, message: files.error.message };
  const base = await scanned(files.value);
  const report = base.report();
  if (report.code.state === 'failed')
    return { ok: false, message: `the scan of ${short} failed: ${report.code.error ?? ''}` };
  const sides = leakSides(definition, (source) => base.leaksOf(source), Date.parse(report.generatedAt));
  // Without any script at the base every finding of now is new.
  const all = new Map(leakObjectives(definition).map(({ name }) => [name, sides.get(name) ?? UNKNOWN_SIDE]));
  return {
    ok: true,
    value: { with: `${revision} (merge base ${short})`, sides: all, findings: report.code.findings },
  };
}
