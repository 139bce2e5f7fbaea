/** The gate of `slo --gate`: the outcome of now, and the comparison with a revision or with a former report. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { branchBase, type GateBase, gateOver } from '../monitor/branchGate';
import type { Monitor } from '../monitor/monitor';
import { nodeRevisions } from '../monitor/node/nodeRevisions';
import type { GateReport } from '../report/gate';
import type { WorkspaceReport } from '../report/report';
import type { Definition } from '../slo/definition/model';
import { gateSide, type KnownObjective, UNKNOWN_SIDE } from '../slo/gateSides';
import type { ObjectiveState } from '../slo/status';
import { type SloArguments, UsageError } from './arguments';
import { monitorOver } from './monitors';
import { ioReason, type Shell, scan } from './shell';

/** What the gate says of a report. Throws UsageError for a base that cannot be read. */
export async function judge(
  args: SloArguments,
  report: WorkspaceReport,
  monitor: Monitor,
  shell: Shell,
): Promise<GateReport> {
  const base = report.definition.state === 'invalid' ? null : await baseOf(args, monitor, shell);
  return gateOver(report, monitor.definitionInForce, base, {
    strict: args.strict,
    policy: args.noWorse ? 'no-worse' : 'any',
  });
}

function baseOf(args: SloArguments, monitor: Monitor, shell: Shell): Promise<GateBase | null> {
  if (args.since !== null) return revisionBase(args.since, monitor, shell);
  return Promise.resolve(args.baseline === null ? null : storedBase(args.baseline, monitor.definitionInForce, shell));
}

/** The findings where this branch began, under the definition of now. */
async function revisionBase(revision: string, monitor: Monitor, shell: Shell): Promise<GateBase> {
  const [root] = monitor.workspace.roots;
  if (!root) throw new UsageError('there is no folder');
  const commit = await nodeRevisions.mergeBase(root.path, revision);
  if (!commit.ok) throw new UsageError(`--since ${revision}: ${commit.error.message}`);
  const base = await branchBase(monitor, root, { revision, commit: commit.value }, nodeRevisions, async (files) => {
    const scanned = monitorOver(files, root.path, shell);
    await scan(scanned, shell);
    return scanned;
  });
  if (!base.ok) throw new UsageError(`--since ${revision}: ${base.message}`);
  return base.value;
}

const STATES: readonly ObjectiveState[] = ['meeting', 'at_risk', 'violating', 'no_data', 'stale', 'error'];

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function storedObjectives(value: unknown): ReadonlyMap<string, KnownObjective> | null {
  if (!isMap(value) || value.schemaVersion !== 1 || !Array.isArray(value.services)) return null;
  const found = new Map<string, KnownObjective>();
  for (const service of value.services) {
    if (!isMap(service) || !Array.isArray(service.objectives)) return null;
    for (const objective of service.objectives) {
      if (!isMap(objective) || typeof objective.name !== 'string') return null;
      const state = STATES.find((known) => known === objective.state);
      if (!state) return null;
      const remaining = isMap(objective.budget) ? numberOrNull(objective.budget.remaining) : null;
      found.set(objective.name, { state, value: numberOrNull(objective.value), remaining });
    }
  }
  return found;
}

/** A report that `slo --format json` wrote. Objectives that it does not know were not violated there: they are new. */
function storedBase(file: string, definition: Definition, { cwd }: Shell): GateBase {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`the baseline ${file} cannot be read: ${ioReason(error)}`);
  }
  const stored = storedObjectives(parsed(text));
  if (!stored) throw new UsageError(`${file} is no report of \`slo-lens slo --format json\``);
  return {
    with: file,
    sides: new Map(
      definition.objectives.map((objective) => {
        const known = stored.get(objective.name);
        return [objective.name, known ? gateSide(objective, known) : UNKNOWN_SIDE];
      }),
    ),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
